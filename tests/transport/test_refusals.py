"""What is said when a source answers, but not with what was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.errors import AccessRefused, NotFound, SourceError, Unavailable, UnexpectedPayload
from connector.transport import Request, Transport, error_code
from tests.transport.scripted_server import ScriptedServer, answer

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]

PAGE = "<html><head><title>Attention Required!</title></head></html>"


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (400, '{"code":"rest_invalid_param","message":"Invalid"}', UnexpectedPayload, "status 400, code rest_invalid"),
        (401, '{"code":"woocommerce_rest_cannot_view"}', AccessRefused, "accept the key (status 401, code woocomm"),
        (401, "401 Unauthorized", AccessRefused, "(status 401)"),
        (401, '{"errors":[{"code":26,"message":"/var/www"}]}', AccessRefused, "code 26"),
        (401, '{"error":"Couldn\'t authenticate you"}', AccessRefused, "(status 401)"),
        (402, "", UnexpectedPayload, "status 402"),
        (403, '{"error":{"title":"Forbidden","message":"plan"}}', AccessRefused, "may not be read with this key"),
        (403, PAGE, AccessRefused, "firewall"),
        (404, '{"error":"RecordNotFound","description":"Not found"}', NotFound, "code RecordNotFound"),
        (404, "", NotFound, "is not there"),
        (405, '{"errors":[{"code":25}]}', UnexpectedPayload, "code 25"),
        (407, "", Unavailable, "proxy"),
        (410, "", UnexpectedPayload, "status 410"),
        (414, "<html>", UnexpectedPayload, "status 414"),
    ],
)
def test_a_refusal_is_final_and_has_a_next_step(
    status: int, body: str, kind: type[SourceError], words: str, serve: Serve, reach: Reach
) -> None:
    server = serve(lambda _: answer(body, status))
    with pytest.raises(kind) as raised:
        reach(server).fetch(Request("orders", expect="list"))
    assert type(raised.value) is kind
    assert words in str(raised.value.message)
    assert server.address in str(raised.value.message)
    assert raised.value.advice is not None
    assert raised.value.message.render("de") != raised.value.message.render("en")
    assert raised.value.advice.render("de") != raised.value.advice.render("en")
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("https://www.shop.example/?url=orders&ws_key=SECRET", "https://www.shop.example/"),
        ("//other.example:8443/a/b#c", "http://other.example:8443/a/b"),
        ("https://user:SECRET@shop.example/x", "https://shop.example/x"),
        ("/index.php?controller=404", "/index.php"),
        ("http://[broken", "***"),
    ],
)
def test_a_redirect_is_not_followed_and_names_the_right_address(
    status: int, location: str, target: str, serve: Serve, reach: Reach
) -> None:
    server = serve(lambda _: answer("", status, {"Location": location}))
    with pytest.raises(AccessRefused) as raised:
        reach(server).fetch(Request("api/orders"))
    assert f"to {server.address}{target} (" in str(raised.value.message) or f"to {target} (" in str(
        raised.value.message
    )
    assert "SECRET" not in str(raised.value.message)
    assert "exact address" in str(raised.value.advice)
    assert len(server.received) == 1


def test_a_redirect_to_nowhere(serve: Serve, reach: Reach) -> None:
    with pytest.raises(AccessRefused):
        reach(serve(lambda _: answer("", 302))).fetch(Request("x"))


@pytest.mark.parametrize(
    ("expect", "body"),
    [("list", '{"code":"oops"}'), ("object", "[]"), ("list", "null"), ("object", "12")],
)
def test_other_json_than_asked_for_is_not_asked_for_again(expect: str, body: str, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: answer(body))
    with pytest.raises(UnexpectedPayload):
        reach(server).fetch(Request("x", expect=expect))  # type: ignore[arg-type]
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("expect", "body"),
    [
        ("list", "[]"),
        ("object", "{}"),
        ("json", "[]"),
        ("json", "{}"),
        ("json", "null"),
        ("any", "<api/>"),
        ("any", ""),
    ],
)
def test_what_was_asked_for_is_taken_whatever_its_content_type(
    expect: str, body: str, serve: Serve, reach: Reach
) -> None:
    server = serve(lambda _: answer(body, headers={"Content-Type": "text/html; charset=latin-1"}))
    assert reach(server).fetch(Request("x", expect=expect)).body == body.encode()  # type: ignore[arg-type]


def test_statuses_that_are_an_answer_here(serve: Serve, reach: Reach) -> None:
    transport = reach(serve(lambda _: answer('{"code":"invalid_id"}', 404)))
    found = transport.fetch(Request("orders/1", expect="object", accept=frozenset({404})))
    assert found.status == 404
    assert found.json() == {"code": "invalid_id"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"code": "a"}, "a"),
        ({"errors": [{"code": 20}, {"code": 21}]}, 20),
        ({"errors": []}, None),
        ({"error": "invalid_token", "error_description": "x"}, "invalid_token"),
        ({"error": {"title": "Forbidden"}}, "Forbidden"),
        ({"errors": [{"code": "Unauthorized", "title": "x"}]}, "Unauthorized"),
        ([], None),
        (None, None),
        ("text", None),
    ],
)
def test_the_code_of_an_error_body(body: object, code: object) -> None:
    assert error_code(body) == code
