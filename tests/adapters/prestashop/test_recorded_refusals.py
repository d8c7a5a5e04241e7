"""Every refusal recorded from a running shop is a sentence with advice, of the right kind, in both languages."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from adapters.prestashop import ORDERS, STATES, PrestaShop
from connector.errors import AccessRefused, ConnectorError, StreamNotOffered, Unavailable, UnexpectedPayload
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from connector.transport import Answer, Request
from tests.adapters.prestashop.recorded import KEY, RECORDED, connected

INDEX = {entry["file"]: entry for entry in json.loads((RECORDED / "index.json").read_text("utf-8"))}


class Replay:
    """Gives one recorded answer to every request."""

    def __init__(self, name: str) -> None:
        self._entry = INDEX[name]
        self._body = (RECORDED / name).read_bytes()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        headers = [(name, text) for name, text in self._entry["headers"].items() if text.isascii()]
        start_response(f"{self._entry['status']} Recorded", headers)
        return [self._body]


@contextmanager
def replayed(name: str, clock: FakeClock, **settings: Any) -> Iterator[tuple[PrestaShop, LoopbackServer]]:
    with LoopbackServer(Replay(name)) as server:
        shop, transport = connected(server.address, clock, **settings)
        yield shop, server
        transport.close()


def refused(name: str, clock: FakeClock, **settings: Any) -> tuple[ConnectorError, int]:
    """The error that this answer leads to, and how often was asked."""
    with replayed(name, clock, **settings) as (shop, server):
        with pytest.raises(ConnectorError) as caught:
            list(shop.pull(STATES, None))
        return caught.value, server.served


CASES = [
    ("error_no_key.txt", AccessRefused, "key_lost"),
    ("error_wrong_key.json", AccessRefused, "unknown_key"),
    ("error_key_inactive.json", AccessRefused, "unknown_key"),
    ("error_key_format.json", AccessRefused, "key_format"),
    ("error_key_without_permissions.json", AccessRefused, "key_without_rights"),
    ("error_resource_not_allowed.json", StreamNotOffered, "not_allowed"),
    ("error_method_not_allowed.json", AccessRefused, "method_refused"),
    ("error_webservice_disabled.json", AccessRefused, "switched_off"),
    ("error_unknown_resource.json", StreamNotOffered, "unknown_resource"),
    ("error_unknown_language.json", UnexpectedPayload, "bad_query"),
    ("error_unknown_filter.json", UnexpectedPayload, "bad_query"),
    ("error_empty_filter.json", UnexpectedPayload, "bad_query"),
    ("error_date_filter_without_date1.json", UnexpectedPayload, "bad_query"),
    ("error_sort_date_without_date1.json", UnexpectedPayload, "bad_query"),
    ("error_unknown_display_field.json", UnexpectedPayload, "bad_query"),
    ("error_display_syntax.json", UnexpectedPayload, "bad_query"),
    ("error_limit_syntax.json", UnexpectedPayload, "bad_query"),
]


@pytest.mark.parametrize(("name", "kind", "key"), CASES, ids=[name for name, *_ in CASES])
def test_a_refusal_is_final_and_says_what_to_do(clock, name, kind, key):
    error, asked = refused(name, clock)
    assert type(error) is kind
    assert error.message.key == key
    assert asked == 1, "asking again changes nothing"
    assert clock.slept == []
    for language in ("en", "de"):
        said = f"{error.message.render(language)} {error.advice.render(language)}"
        assert "/var/www" not in said, "no path of the server is shown"
        assert "{" not in said
        assert KEY not in said


def test_a_lost_header_points_to_the_other_way_of_sending_the_key(clock):
    error, _ = refused("error_no_key.txt", clock)
    assert "auth: query" in str(error.advice)
    error, _ = refused("error_no_key.txt", clock, auth="query")
    assert "ws_key" in str(error.advice)


@pytest.mark.parametrize("code", ["19", "39", "²", "1" * 5000, None])
def test_a_500_with_a_code_of_the_web_service_is_final_and_an_odd_code_is_none(clock, code):
    def refusing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("500 Internal Server Error", [("Content-Type", "application/json"), ("PSWS-Version", "8.2.1")])
        return [json.dumps({"errors": [{"code": code, "message": "?"}, {"code": 3, "message": "?"}]}).encode()]

    with LoopbackServer(refusing) as server:
        shop, transport = connected(server.address, clock)
        with pytest.raises(ConnectorError) as caught:
            list(shop.pull(STATES, None))
        transport.close()
        asked = server.served
    known = code in ("19", "39")
    assert isinstance(caught.value, UnexpectedPayload) == known
    assert (asked == 1) == known


@pytest.mark.parametrize("name", ["error_other_host.txt", "error_unknown_shop.txt"])
def test_a_redirect_is_never_followed_and_named(clock, name):
    error, asked = refused(name, clock)
    assert isinstance(error, AccessRefused)
    assert "shop.example" in str(error.message)
    assert "exact address" in str(error.advice)
    assert asked == 1
    error, _ = refused(name, clock, shop="9")
    assert "9" in str(error.message)
    assert "`shop`" in str(error.advice)


def test_an_unknown_address_is_told_from_an_unknown_record(clock):
    def nothing_here(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<html><body>404 Not Found</body></html>"]

    with LoopbackServer(nothing_here) as server:
        shop, transport = connected(server.address, clock)
        with pytest.raises(AccessRefused) as caught:
            list(shop.pull(STATES, None))
        transport.close()
    assert caught.value.message.key == "no_service"


@pytest.mark.parametrize("name", ["error_php_warning.json", "error_no_date_upd_column.txt", "api_root_json_500.txt"])
def test_a_page_that_breaks_is_asked_for_in_smaller_pieces_and_then_given_up(clock, name):
    with replayed(name, clock) as (shop, server):
        with pytest.raises(Unavailable) as caught:
            list(shop.pull(ORDERS, None))
        limits = [part for request in server.requests for part in request.split("&") if part.startswith("limit=")]
    assert type(caught.value) is Unavailable, "no kind of its own reaches the report"
    assert limits[:7] == [f"limit={size}" for size in (100, 50, 25, 12, 6, 3, 1)]
    assert caught.value.advice is not None


def test_text_of_a_module_ahead_of_the_json_is_passed_over():
    body = (RECORDED / "orders_text_before_json.json").read_bytes()
    answer = Answer(200, {"Content-Type": "application/json"}, body, 0, "", Request("api/orders"))
    assert answer.records("orders") == [b'{"id":1}']


def test_nothing_of_the_key_or_a_path_is_logged(clock, caplog):
    with caplog.at_level(logging.DEBUG):
        refused("error_unknown_filter.json", clock, auth="query")
        refused("error_wrong_key.json", clock)
    assert KEY not in caplog.text
    assert "/var/www" not in caplog.text
