"""Every refusal recorded from a running shop is a sentence with advice, of the right kind, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from adapters.woocommerce.refusals import NoRoute, Refusals, absent
from adapters.woocommerce.settings import WooCommerceSettings
from connector.errors import AccessRefused, ConnectorError, StreamNotOffered, UnexpectedPayload
from connector.messages import LANGUAGES
from connector.simulation.server import LoopbackServer
from connector.testing.world import World
from connector.transport import Answer, Request

RECORDED = Path(__file__).parents[2] / "fixtures" / "woocommerce" / "errors"
HTTP, HTTPS = "http://shop.example.test", "https://shop.example.test"


def recorded(name: str) -> Answer:
    entry = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    body = entry["body"] if isinstance(entry["body"], str) else json.dumps(entry["body"])
    return Answer(entry["status"], entry["headers"], body.encode(), 1, HTTPS, Request("wp-json/wc/v3/orders"))


def explained(name: str, url: str = HTTPS, auth: str = "header", key: str = "ck_1") -> ConnectorError | None:
    given: dict[str, Any] = {"url": url, "auth": auth, "consumer_key": key, "consumer_secret": "cs_1"}
    return Refusals(WooCommerceSettings.model_validate(given)).explain(recorded(name))


CASES: list[tuple[str, dict[str, str], type[ConnectorError], str, str]] = [
    ("401_unknown_key", {}, AccessRefused, "unknown_key", "lost_header_advice"),
    ("401_no_credentials", {}, AccessRefused, "unknown_key", "lost_header_advice"),
    ("401_no_credentials", {"auth": "query"}, AccessRefused, "unknown_key", "unknown_key_advice"),
    ("401_basic_over_http", {"url": HTTP}, AccessRefused, "unknown_key", "unknown_key_advice"),
    ("401_unknown_key", {"key": " cs_1"}, AccessRefused, "swapped", "swapped_advice"),
    ("401_wrong_secret", {}, AccessRefused, "wrong_secret", "wrong_secret_advice"),
    ("401_write_key_reads", {}, AccessRefused, "write_only_key", "write_only_key_advice"),
    ("401_oauth_bad_signature", {"url": HTTP}, AccessRefused, "bad_signature", "bad_signature_advice"),
    ("401_oauth_nonce_reused", {"url": HTTP}, AccessRefused, "bad_signature", "bad_signature_advice"),
    ("401_oauth_old_timestamp", {"url": HTTP}, AccessRefused, "bad_timestamp", "bad_timestamp_advice"),
    ("403_key_of_plain_customer", {}, StreamNotOffered, "no_rights", "no_rights_advice"),
    ("404_no_route", {}, NoRoute, "no_route", "no_route_advice"),
    ("400_invalid_date", {}, UnexpectedPayload, "bad_request", "bad_request_advice"),
    ("400_per_page_101", {}, UnexpectedPayload, "bad_request", "bad_request_advice"),
    ("400_several_params", {}, UnexpectedPayload, "bad_request", "bad_request_advice"),
]


@pytest.mark.parametrize(("name", "how", "kind", "message", "advice"), CASES)
def test_what_a_refusal_means(
    name: str, how: dict[str, str], kind: type[ConnectorError], message: str, advice: str
) -> None:
    error = explained(name, **how)
    assert error is not None
    assert error.advice is not None
    assert (type(error), error.message.key, error.advice.key) == (kind, message, advice)
    for language in LANGUAGES:
        assert "{" not in f"{error.message.render(language)} {error.advice.render(language)}"


@pytest.mark.parametrize("name", ["404_order", "404_customer", "500_fatal_json", "500_fatal_html"])
def test_what_is_left_to_its_status(name: str) -> None:
    assert explained(name) is None


def test_only_the_apis_own_404_says_that_a_thing_is_not_there() -> None:
    assert absent(recorded("404_order"))
    assert absent(recorded("404_customer"))
    assert not absent(recorded("404_no_route"))
    assert not absent(recorded("401_unknown_key"))


# --- the check -------------------------------------------------------------------------------------------------------


def test_the_check_says_who_answers(there: World) -> None:
    adapter, transport = there.build()
    info = adapter.check()
    transport.close()
    assert (info.product, info.version, info.timezone, info.currency) == (
        "WooCommerce",
        "10.0.2",
        "Europe/Berlin",
        "EUR",
    )
    assert {warning.key for warning in info.warnings} == {"plain_http"}


def test_a_shop_before_9_0_has_refunds_all_the_same(there: World) -> None:
    there.simulator.version = "8.9.3"
    adapter, transport = there.build()
    access = {one.stream: one for one in adapter.check().streams}
    transport.close()
    assert access["refunds"].readable


def test_a_key_without_rights_is_noted_stream_by_stream(there: World) -> None:
    key = there.simulator.add_key(may_view=False)
    adapter, transport = there.build(consumer_key=key.consumer_key, consumer_secret=key.consumer_secret)
    info = adapter.check()
    transport.close()
    assert not any(one.readable for one in info.streams)
    assert {(one.reason.key, one.advice.key) for one in info.streams if one.reason and one.advice} == {
        ("no_rights", "no_rights_advice")
    }


def test_a_shop_that_fails_at_telling_its_version_holds_nothing_up(there: World) -> None:
    def failing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if "system_status" not in environ["PATH_INFO"]:
            return there.simulator(environ, start_response)
        start_response("500 Internal Server Error", [("Content-Type", "text/html")])
        return [b"<html>critical error</html>"]

    with LoopbackServer(failing) as server:
        adapter, transport = there.build(url=server.address)
        info = adapter.check()
        transport.close()
    assert (info.version, info.currency) == (None, "EUR")
    assert there.clock.slept == []


@pytest.mark.parametrize(
    ("index", "key"),
    [
        ({"namespaces": ["wp/v2"]}, "no_woocommerce"),
        ({"name": "A shop of another kind"}, "no_woocommerce"),
        ({"namespaces": "none"}, "no_wordpress"),
    ],
)
def test_wordpress_without_woocommerce_is_told_without_a_key(there: World, index: Any, key: str) -> None:
    def blog(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(index).encode()]

    with LoopbackServer(blog) as server:
        adapter, transport = there.build(url=server.address)
        with pytest.raises(AccessRefused) as caught:
            adapter.check()
        transport.close()
        (request,) = server.requests
    assert caught.value.message.key == key
    assert "oauth_" not in request, "no key is shown to a stranger"


def test_a_zone_that_is_an_offset_is_warned_of(there: World) -> None:
    def shop(environ: dict[str, Any], start_response: Any) -> Any:
        answer = there.simulator(environ, start_response)
        if environ["PATH_INFO"].rstrip("/") == "/wp-json":
            return [json.dumps({**json.loads(b"".join(answer)), "timezone_string": "", "gmt_offset": 1}).encode()]
        return answer

    with LoopbackServer(shop) as server:
        adapter, transport = there.build(url=server.address)
        info = adapter.check()
        transport.close()
    assert info.timezone is None
    (said,) = [warning for warning in info.warnings if warning.key == "no_zone"]
    assert "1 h" in said.render("en")
