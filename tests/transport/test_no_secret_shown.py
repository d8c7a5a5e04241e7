"""Whatever goes wrong: no key, no e-mail address and no query in messages, log lines, tracebacks or printed objects."""

from __future__ import annotations

import base64
import io
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote_plus

import pytest
from requests.auth import AuthBase

from connector.errors import ConnectorError
from connector.transport import BasicAuth, BearerAuth, QueryAuth, Request, Transport
from connector.transport.redaction import Redactor
from tests.transport.scripted_server import Line, Received, ScriptedServer, Step, answer, in_turn, rows
from tests.transport.test_tries import TRANSIENT

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]

SECRET = "cs_0123/456+789 ß"
EMAIL = "ada.lovelace@example.test"
LEAKS = (SECRET, quote_plus(SECRET), EMAIL, quote_plus(EMAIL), base64.b64encode(f"user:{SECRET}".encode()).decode())

ECHOES: dict[str, Callable[[Received], bytes]] = {
    "code echoes the key": lambda _: answer('{"code":"' + SECRET + '"}', 401),
    "error echoes an address": lambda _: answer('{"error":"' + EMAIL + '"}', 400),
    "redirect echoes the query": lambda one: answer("", 302, {"Location": "https://www.shop.example" + one.target}),
    "redirect with the key in its path": lambda _: answer("", 302, {"Location": f"/{quote_plus(SECRET)}/{EMAIL}"}),
    "other data": lambda _: answer('{"code":"' + SECRET + '","message":"' + EMAIL + '"}'),
    "headers that cannot be read": lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno header\r\n\r\n{}",
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything any library logs, in the greatest detail."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def auths() -> Sequence[AuthBase]:
    return BasicAuth("user", SECRET), BearerAuth(quote_plus(SECRET)), QueryAuth([("consumer_secret", SECRET)])


def shown_by(error: ConnectorError) -> str:
    texts = [str(error), repr(error), repr(error.args)]
    for message in (error.message, error.advice):
        texts += [message.render("en"), message.render("de"), repr(message)] if message else []
    texts += traceback.format_exception(error)
    assert error.__cause__ is None
    assert error.__context__ is None
    return "\n".join(texts)


@pytest.mark.parametrize("kind", range(3))
@pytest.mark.parametrize("trouble", [*TRANSIENT, *ECHOES])
def test_no_failure_shows_a_secret(trouble: str, kind: int, serve: Serve, reach: Reach, log: io.StringIO) -> None:
    steps = TRANSIENT.get(trouble)
    server = serve(in_turn(steps) if steps is not None else ECHOES[trouble])
    transport = reach(server, f"/{EMAIL}", retry_for=20, secrets=[SECRET]).configured(
        auth=auths()[kind], headers={"X-Key": "k-4711"}
    )
    request = Request(f"customers/{EMAIL}", (("email", EMAIL), ("key", SECRET)), expect="list")
    with pytest.raises(ConnectorError) as raised:
        transport.fetch(request)
    assert "127.0.0.1" in str(raised.value.message)
    shown = shown_by(raised.value)
    shown += log.getvalue() + repr(request) + repr(transport) + repr(auths()[kind]) + repr(transport.configured())
    assert not [leak for leak in (*LEAKS, "k-4711") if leak in shown]
    assert f"/{EMAIL}" not in shown
    assert "?" not in log.getvalue()


def test_no_connection_shows_no_secret(reach: Reach, log: io.StringIO) -> None:
    transport = reach("http://127.0.0.1:1", retry_for=3, secrets=[SECRET], proxy=None)
    for auth in auths():
        with pytest.raises(ConnectorError) as raised:
            transport.configured(auth=auth).fetch(Request("x", (("key", SECRET),)))
        assert not [leak for leak in LEAKS if leak in shown_by(raised.value) + log.getvalue()]


def test_a_proxy_password_is_not_shown(reach: Reach, log: io.StringIO) -> None:
    transport = reach("https://shop.example", retry_for=3, proxy="http://me:hunter2@127.0.0.1:1")
    with pytest.raises(ConnectorError) as raised:
        transport.fetch(Request("x"))
    assert "hunter2" not in shown_by(raised.value) + log.getvalue()


def test_a_key_that_cannot_be_sent_is_not_shown(serve: Serve, reach: Reach, log: io.StringIO) -> None:
    transport = reach(serve(lambda _: rows()))
    for token in ("hunter2\nX-Other: 1", "hunter2→"):
        with pytest.raises(ConnectorError) as raised:
            transport.configured(auth=BearerAuth(token)).fetch(Request("x"))
        assert "hunter2" not in shown_by(raised.value) + log.getvalue()


def test_a_failure_in_a_thread_shows_no_secret(serve: Serve, reach: Reach, log: io.StringIO) -> None:
    server = serve(lambda _: [Line.RESET])
    transport = reach(server, retry_for=3, secrets=[SECRET]).configured(auth=auths()[2])
    with pytest.raises(ConnectorError) as raised:
        list(transport.fetch_in_order([Request("x"), Request("y")]))
    assert not [leak for leak in LEAKS if leak in shown_by(raised.value) + log.getvalue()]


def test_a_good_answer_shows_nothing_of_itself(serve: Serve, reach: Reach) -> None:
    steps: list[Step] = [answer('[{"email":"' + EMAIL + '"}]', headers={"Set-Cookie": SECRET.replace(" ß", "")})]
    found = reach(serve(lambda _: steps), secrets=[SECRET]).fetch(Request("x", (("email", EMAIL),)))
    assert repr(found).startswith("<Answer 200 http://127.0.0.1:")
    assert EMAIL not in repr(found)
    assert SECRET not in repr(found)


def test_each_retry_is_one_line(serve: Serve, reach: Reach, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "connector.transport")
    server = serve(in_turn(answer("", 500), [Line.RESET], rows()))
    reach(server).fetch(Request("orders", (("a", "b"),)))
    first, second = [record.getMessage() for record in caplog.records if record.name == "connector.transport"]
    assert first.startswith(f"GET {server.address}/orders: status 500; try 2 follows in 0.")
    assert second.startswith(f"GET {server.address}/orders: connection lost; try 3 follows in 0.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://u:p@shop.example:8443/a/b?c=d#e", "https://shop.example:8443/a/b"),
        ("/relative?x=1", "/relative"),
        ("https://shop.example/jane@mail.example/x", "https://shop.example/***/x"),
        ("https://shop.example/jane%40mail.example", "https://shop.example/***"),
        ("https://shop.example/key-s3cr%2Ft", "https://shop.example/key-***"),
        ("https://shop.example/a\nb\x1b[31m", "https://shop.example/ab[31m"),
        ("http://[bad", "***"),
    ],
)
def test_an_address_that_may_be_shown(text: str, shown: str) -> None:
    assert Redactor(["s3cr/t", ""]).address(text) == shown


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("rest_no_route", "rest_no_route"),
        (26, "26"),
        (True, None),
        ("Couldn't authenticate you", None),
        ("s3crt", None),
        ("a" * 65, None),
        ("", None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_a_code_that_may_be_shown(value: object, code: str | None) -> None:
    assert Redactor(["s3crt"]).code(value) == code


@pytest.mark.parametrize("spelt", ["cs_a%2Fb%2Bc%20d", "cs_a%2Fb%2Bc+d", "cs_a/b%2Bc%20d", "cs_a/b+c d"])
def test_a_secret_is_hidden_however_it_is_spelt(spelt: str) -> None:
    assert Redactor(["cs_a/b+c d"])(f"before {spelt} after") == "before *** after"
