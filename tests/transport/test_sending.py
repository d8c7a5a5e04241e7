"""What is sent: addresses, headers, signatures; over which connections; what is counted."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

import connector
from connector.errors import AccessRefused, SettingsError
from connector.simulation.clock import FakeClock
from connector.transport import BasicAuth, BearerAuth, QueryAuth, Request, Transport
from tests.transport.scripted_server import Received, ScriptedServer, answer, packed, rows

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]


def test_headers(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    transport = reach(server).configured(headers={"X-One": "1", "X-Two": "2"})
    transport.fetch(Request("a", headers={"X-Two": "zwei"}))
    sent = server.received[0].headers
    assert sent["user-agent"] == f"shop-connector/{connector.__version__}"
    assert sent["accept"] == "application/json"
    assert sent["accept-encoding"] == "gzip, deflate"
    assert (sent["x-one"], sent["x-two"]) == ("1", "zwei")
    assert "authorization" not in sent
    assert "cookie" not in sent


@pytest.mark.parametrize(
    ("base", "path", "target"),
    [
        ("", "orders", "/orders"),
        ("", "/orders", "/orders"),
        ("/", "/orders", "/orders"),
        ("/shop", "api/orders/", "/shop/api/orders/"),
        ("/shop/", "/api/orders", "/shop/api/orders"),
        ("/shop", "", "/shop"),
        ("", "?rest_route=/wc/v3", "/?rest_route=/wc/v3"),
        ("/shop", "FULL/other/place?cursor=a%3D%3D&b=c", "/other/place?cursor=a%3D%3D&b=c"),
        ("", "//elsewhere.example/x", "/elsewhere.example/x"),
        ("", "@elsewhere.example/x", "/@elsewhere.example/x"),
    ],
)
def test_paths_go_behind_the_base_address(base: str, path: str, target: str, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    found = reach(server, base).fetch(Request(path.replace("FULL", server.address)))
    assert server.received[0].target == target
    assert found.url == server.address + target.partition("?")[0]


def test_parameters_keep_their_order_and_may_repeat(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    params = (("status[]", "a b"), ("status[]", "ü&="), ("filter[id]", "[1|2]"))
    reach(server).fetch(Request("x?y=1", params))
    assert server.received[0].target == ("/x?y=1&status%5B%5D=a+b&status%5B%5D=%C3%BC%26%3D&filter%5Bid%5D=%5B1%7C2%5D")


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/next?key=1",
        "http://127.0.0.1/next",
        "https://127.0.0.1:PORT/next",
        "http://127.0.0.1:PORT@evil.example/next",
        "http://evil.example\\@127.0.0.1:PORT/next",
        "http://127.0.0.1:PORT.evil.example/",
        "http://localhost:PORT/next",
        "http://",
        "http://[",
    ],
)
def test_a_link_to_another_origin_is_not_followed(link: str, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    with pytest.raises(AccessRefused) as raised:
        reach(server).configured(auth=BearerAuth("t")).fetch(Request(link.replace("PORT", str(server.port))))
    assert "exact address" in str(raised.value.advice)
    assert not server.received


def test_one_origin_in_several_spellings(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    transport = reach(f"HTTP://127.0.0.1:{server.port}")
    transport.fetch(Request(f"http://someone:else@127.0.0.1:{server.port}/a#b"))
    assert server.received[0].target == "/a"
    assert "authorization" not in server.received[0].headers


def test_an_address_in_unicode_and_its_ascii_form_are_one() -> None:
    from connector.transport.addresses import Home
    from connector.transport.redaction import Redactor

    home = Home("https://straße.example:443/shop", Redactor())
    assert home.resolve("https://xn--strae-oqa.example/next") == "https://xn--strae-oqa.example/next"


def test_an_address_that_is_none(reach: Reach) -> None:
    for address in ("ftp://shop.example", "shop.example", "http://", "http://a:b"):
        with pytest.raises(SettingsError):
            reach(address)
    with pytest.raises(SettingsError):
        reach("https://" + "a" * 64 + ".example").fetch(Request("x"))


def test_ways_to_prove_who_asks(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    transport = reach(server)
    transport.configured(auth=BasicAuth("ck_1", "geheim:ß")).fetch(Request("a"))
    transport.configured(auth=BearerAuth("token")).fetch(Request("b"))
    transport.configured(auth=QueryAuth([("ws_key", "K&Y")])).fetch(Request("c", (("limit", "1"),)))
    transport.configured(auth=BearerAuth("token")).fetch(Request("d", anonymous=True))
    basic, bearer, query, anonymous = server.received
    assert base64.b64decode(basic.headers["authorization"].removeprefix("Basic ")).decode() == "ck_1:geheim:ß"
    assert bearer.headers["authorization"] == "Bearer token"
    assert query.target == "/c?limit=1&ws_key=K%26Y"
    assert "authorization" not in query.headers
    assert "authorization" not in anonymous.headers


@pytest.mark.parametrize("token", ["two\nlines", "tökén→", "\r", "x\r\n y"])
def test_a_key_that_cannot_be_sent_is_said(token: str, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    with pytest.raises(SettingsError) as raised:
        reach(server).configured(auth=BearerAuth(token)).fetch(Request("a"))
    assert token not in str(raised.value.message)
    assert not server.received


def test_a_body_may_be_sent(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: answer("{}"))
    reach(server).fetch(Request("oauth/tokens", method="POST", json={"grant_type": "client_credentials"}))
    (received,) = server.received
    assert (received.method, received.body) == ("POST", b'{"grant_type": "client_credentials"}')
    assert received.headers["content-type"] == "application/json"


def test_no_password_is_taken_from_a_netrc_file(
    serve: Serve, reach: Reach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(lambda _: rows())
    reach(server).fetch(Request("a"))
    reach(server).configured(auth=BearerAuth("mine")).fetch(Request("b"))
    assert [one.headers.get("authorization") for one in server.received] == [None, "Bearer mine"]


def test_no_cookie_is_kept(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: answer("[]", headers={"Set-Cookie": "PrestaShop-1=x; path=/; Max-Age=1000000"}))
    transport = reach(server)
    transport.fetch(Request("a"))
    transport.fetch(Request("b"))
    assert "cookie" not in server.received[1].headers


def test_connections_are_kept(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows({"id": 1}))
    transport = reach(server)
    other = transport.configured(auth=BearerAuth("x"))
    for _ in range(5):
        transport.fetch(Request("a"))
        other.fetch(Request("b"))
    assert server.connections == 1


def test_a_refusal_does_not_cost_the_connection(serve: Serve, reach: Reach) -> None:
    server = serve(lambda one: rows() if one.target == "/a" else answer('{"code":"x"}', 404))
    transport = reach(server)
    for path in ("a", "b", "a", "b"):
        transport.fetch(Request(path, accept=frozenset({404})))
    assert server.connections == 1


def test_views_share_the_counters(serve: Serve, reach: Reach) -> None:
    body = b'[{"id":1}]'
    server = serve(lambda one: packed(body) if one.target == "/packed" else answer(body))
    transport = reach(server)
    transport.configured(auth=BearerAuth("x")).fetch(Request("plain"))
    assert (transport.requests, transport.bytes) == (1, len(body))
    assert transport.configured().fetch(Request("packed")).body == body
    assert transport.requests == 2
    assert transport.bytes == len(body) + len(gzip.compress(body))


def test_a_view_keeps_what_it_is_not_told_anew(serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: rows())
    transport = reach(server).configured(auth=BearerAuth("x"), headers={"X-One": "1"})
    transport.configured(headers={"X-Two": "2"}).fetch(Request("a"))
    (received,) = server.received
    assert received.headers["authorization"] == "Bearer x"
    assert (received.headers["x-one"], received.headers["x-two"]) == ("1", "2")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Date": "Sat, 21 Nov 2026 20:44:32 GMT"}, 1795293872),
        ({"Date": "Sat, 21 Nov 2026 20:44:32 GMT", "Age": "30"}, 1795293842),
        ({"date": "Saturday, 21-Nov-26 20:44:32 GMT", "age": "soon"}, 1795293872),
        ({"Date": "Sat, 21 Nov 2026 21:44:32 +0100"}, 1795293872),
        ({"Date": "yesterday"}, None),
        ({"Date": "Sat, 99 Nov 99999 20:44:32 GMT", "Age": "9" * 5000}, None),
        ({}, None),
    ],
)
def test_the_time_of_the_source(
    headers: dict[str, str], seconds: int | None, serve: Serve, reach: Reach, clock: FakeClock
) -> None:
    found = reach(serve(lambda _: answer("[]", headers=headers))).fetch(Request("a"))
    assert found.server_time == (seconds and seconds * 1_000_000)
    assert found.read_at == clock.now()


def test_headers_of_an_answer_ignore_case(serve: Serve, reach: Reach) -> None:
    found = reach(serve(lambda _: answer("[]", headers={"x-wp-TOTAL": "298"}))).fetch(Request("a"))
    assert found.headers["X-WP-Total"] == "298"


def test_it_is_dated_by_the_start_of_the_try(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    def late(_: Received) -> bytes:
        clock.sleep(30)
        return rows()

    started = clock.now()
    assert reach(serve(late)).fetch(Request("a")).read_at == started
