"""When a request is tried again, how long it waits, and when it is given up."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise

import pytest

from connector.clock import Stopped
from connector.errors import AccessRefused, ConnectorError, SourceError, Unavailable, UnexpectedPayload
from connector.instants import to_datetime
from connector.settings import Timeouts
from connector.simulation.clock import FakeClock
from connector.transport import Answer, Request, TimedOut, Transport
from connector.transport import wire as wire_module
from tests.transport.scripted_server import (
    Line,
    Received,
    ScriptedServer,
    Step,
    answer,
    chunks,
    in_turn,
    packed,
    rows,
)

LIST = Request("orders", expect="list")
GOOD = rows({"id": 1})
PAGE = "<!DOCTYPE html><html><body>Briefly unavailable for scheduled maintenance</body></html>"
SHORT = Timeouts(connect="5s", read="0.2s")

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]

TRANSIENT: dict[str, Sequence[Step]] = {
    **{
        f"status {status}": [answer('{"code":"x"}', status)]
        for status in (408, 425, 429, 500, 501, 502, 503, 504, 520, 521, 522, 524, 525, 530, 599)
    },
    "429 in plain text": [answer("Number of allowed API requests per minute exceeded", 429)],
    "503 page": [answer(PAGE, 503, {"Content-Type": "text/html"})],
    "503 whose body is cut": [answer('{"cod', 503, length=900), Line.CLOSE],
    "reset before the answer": [Line.RESET],
    "closed before the answer": [Line.CLOSE],
    "reset in mid-head": [b"HTTP/1.1 200 OK\r\nContent-Le", Line.RESET],
    "reset in mid-body": [answer('[{"id":1}', length=500), Line.RESET],
    "cut body": [answer('[{"id":1}', length=500), Line.CLOSE],
    "cut body that looks whole": [answer('[{"id":1}]', length=500), Line.CLOSE],
    "cut body without a length": [b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[{"id":1},{"id"', Line.CLOSE],
    "cut chunk": [chunks(b'[{"id":1}', end=False), b"ff\r\nabc", Line.CLOSE],
    "last chunk missing": [chunks(b'[{"id":1}]', end=False), Line.CLOSE],
    "broken chunk size": [chunks(b"[1", end=False) + b"zz\r\n", Line.CLOSE],
    "broken gzip": [answer(b"\x1f\x8b\x08 no gzip at all", headers={"Content-Encoding": "gzip"})],
    "cut gzip": [
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
        + gzip.compress(b'[{"id":%d}]' % 10**60)[:-25],
        Line.CLOSE,
    ],
    "JSON that ends too early": [answer('[{"id":1},')],
    "empty body": [answer("")],
    "empty 204": [b"HTTP/1.1 204 No Content\r\n\r\n"],
    "page with 200": [answer(PAGE, headers={"Content-Type": "text/html"})],
    "text with 200": [answer("Fatal error: Allowed memory size exhausted")],
    "nonsense in place of HTTP": [b"SSH-2.0-OpenSSH_9.2\r\n", Line.CLOSE],
}


@pytest.mark.parametrize("trouble", TRANSIENT)
def test_transient_trouble_is_tried_again(trouble: str, serve: Serve, reach: Reach, clock: FakeClock) -> None:
    server = serve(in_turn(TRANSIENT[trouble], TRANSIENT[trouble], GOOD))
    transport = reach(server)
    started = clock.now()
    found = transport.fetch(LIST)
    assert found.records() == [b'{"id": 1}']
    assert len(server.received) == transport.requests == 3
    assert clock.slept, "it did not wait between the tries"
    assert started < found.read_at == clock.now(), "dated by the try that brought it"


@pytest.mark.parametrize("trouble", TRANSIENT)
def test_what_does_not_pass_ends_within_the_budget(trouble: str, serve: Serve, reach: Reach, clock: FakeClock) -> None:
    server = serve(lambda _: TRANSIENT[trouble])
    started = clock.monotonic()
    with pytest.raises(UnexpectedPayload if trouble == "text with 200" else Unavailable) as raised:
        reach(server, retry_for=120).fetch(LIST)
    assert clock.monotonic() - started <= 120
    assert 3 <= len(server.received) <= 15
    assert f"Tried {len(server.received)} times" in str(raised.value.message)
    assert raised.value.advice


@pytest.mark.parametrize("trouble", ["page with 200", "empty body", "text with 200"])
def test_a_wrong_body_is_not_borne_with_for_long(trouble: str, serve: Serve, reach: Reach) -> None:
    server = serve(lambda _: TRANSIENT[trouble])
    with pytest.raises(SourceError):
        reach(server).fetch(LIST)
    assert len(server.received) == 5


def test_a_page_with_200_is_named(serve: Serve, reach: Reach) -> None:
    with pytest.raises(Unavailable) as raised:
        reach(serve(lambda _: answer(PAGE))).fetch(LIST)
    assert "firewall" in str(raised.value.message)
    assert "maintenance" in str(raised.value.message)
    assert "Webseite" in raised.value.message.render("de")


def test_no_budget_means_one_try(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    server = serve(lambda _: answer("", 500))
    with pytest.raises(Unavailable) as raised:
        reach(server, retry_for=0).fetch(LIST)
    assert len(server.received) == 1
    assert not clock.slept
    assert "Tried" not in str(raised.value.message)


def test_waits_grow_and_are_never_the_same_twice(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times: list[float] = []

    def reply(_: Received) -> bytes:
        times.append(clock.monotonic())
        return answer("", 500)

    with pytest.raises(Unavailable):
        reach(serve(reply)).fetch(LIST)
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert waits[0] <= 0.5
    assert all(0.24 * 2**place <= wait <= 0.51 * 2**place for place, wait in enumerate(waits[:6]))
    assert max(waits) <= 60
    assert len({round(wait / 2**place, 6) for place, wait in enumerate(waits)}) == len(waits)


def test_sleep_comes_in_slices_so_that_a_stop_is_noticed(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    stop = threading.Event()

    class Stopping(FakeClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if len(self.slept) == 3:
                stop.set()

    own = Stopping()
    server = serve(lambda _: answer("", 503, {"Retry-After": "60"}))
    transport = reach(server, clock=own, stop=stop.is_set)
    assert not transport.stopped
    with pytest.raises(Stopped):
        transport.fetch(LIST)
    assert transport.stopped
    assert len(own.slept) == 3
    assert max(own.slept) <= 1
    with pytest.raises(Stopped):
        transport.fetch(LIST)
    assert len(server.received) == 1


@pytest.mark.parametrize("status", [429, 503, 500])
def test_retry_after_in_seconds_is_obeyed(status: int, serve: Serve, reach: Reach, clock: FakeClock) -> None:
    server = serve(in_turn(answer("", status, {"Retry-After": "37"}), GOOD))
    started = clock.monotonic()
    reach(server).fetch(LIST)
    assert 37 <= clock.monotonic() - started <= 39


def http_date(instant: int) -> str:
    return format_datetime(to_datetime(instant), usegmt=True)


@pytest.mark.parametrize("wrong_by", [0, -7200, 7200])
def test_retry_after_as_a_date_is_read_by_the_clock_of_the_source(
    wrong_by: int, serve: Serve, reach: Reach, clock: FakeClock
) -> None:
    there = clock.now() + wrong_by * 1_000_000
    headers = {"Retry-After": http_date(there + 50_000_000), "Date": http_date(there)}
    started = clock.monotonic()
    reach(serve(in_turn(answer("", 429, headers), GOOD))).fetch(LIST)
    assert 50 <= clock.monotonic() - started <= 52


def test_retry_after_as_a_date_without_a_date_is_read_by_our_clock(
    serve: Serve, reach: Reach, clock: FakeClock
) -> None:
    headers = {"Retry-After": http_date(clock.now() + 20_000_000)}
    started = clock.monotonic()
    reach(serve(in_turn(answer("", 503, headers), GOOD))).fetch(LIST)
    assert 19 <= clock.monotonic() - started <= 22


@pytest.mark.parametrize("text", ["soon", "-5", "", "Mon, 99 Foo 2026 25:61:00 GMT", "1e9"])
def test_a_retry_after_that_cannot_be_read_does_no_harm(text: str, serve: Serve, reach: Reach) -> None:
    assert reach(serve(in_turn(answer("", 429, {"Retry-After": text}), GOOD))).fetch(LIST).status == 200


def test_a_past_retry_after_does_not_hurry_us(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    headers = {"Retry-After": "Mon, 01 Jan 2024 00:00:00 GMT"}
    reach(serve(in_turn(answer("", 429, headers), GOOD))).fetch(LIST)
    assert sum(clock.slept) > 0


@pytest.mark.parametrize("as_date", [False, True])
def test_a_wait_longer_than_the_budget_is_not_begun_and_says_until_when(
    as_date: bool, serve: Serve, reach: Reach, clock: FakeClock
) -> None:
    clock.set(int(datetime(2026, 11, 21, 20, 0, tzinfo=UTC).timestamp()) * 1_000_000)
    when = http_date(clock.now() + 3600 * 1_000_000) if as_date else "3600"
    server = serve(lambda _: answer("", 429, {"Retry-After": when}))
    with pytest.raises(Unavailable) as raised:
        reach(server).fetch(LIST)
    assert len(server.received) == 1
    assert not clock.slept
    assert "2026-11-21 21:00:00 UTC" in str(raised.value.message)
    assert "2026-11-21 21:00:00 UTC" in raised.value.message.render("de")


def test_a_source_that_is_asked_too_often_gets_a_longer_rest(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    reach(serve(in_turn(answer("", 429), GOOD))).fetch(LIST)
    assert sum(clock.slept) >= 2.5


def test_each_try_is_signed_anew(serve: Serve, reach: Reach) -> None:
    from requests import PreparedRequest
    from requests.auth import AuthBase

    class Counting(AuthBase):
        nonce = 0

        def __call__(self, request: PreparedRequest) -> PreparedRequest:
            self.nonce += 1
            request.prepare_url(request.url, (("nonce", str(self.nonce)),))
            return request

    server = serve(in_turn(answer("", 500), [Line.RESET], GOOD))
    reach(server).configured(auth=Counting()).fetch(Request("orders", (("a", "b"),)))
    assert [one.target for one in server.received] == [f"/orders?a=b&nonce={nonce}" for nonce in (1, 2, 3)]


@pytest.mark.parametrize("steps", [[], [answer("[", length=500)]], ids=["no answer", "no more of the body"])
def test_silence_is_a_time_out_and_tried_again(steps: list[Step], serve: Serve, reach: Reach) -> None:
    never = threading.Event()
    server = serve(in_turn([*steps, never], GOOD))
    assert reach(server, timeouts=SHORT).fetch(LIST).status == 200
    assert len(server.received) == 2
    never.set()


def test_a_request_without_patience_is_told_soon(serve: Serve, reach: Reach) -> None:
    never = threading.Event()
    busy = answer("", 500)
    server = serve(in_turn(busy, [never], busy, [never]))
    with pytest.raises(TimedOut) as raised:
        reach(server, timeouts=SHORT).fetch(Request("orders", patience=2))
    assert len(server.received) == 4
    assert raised.value.advice
    never.set()


def test_a_time_out_is_named(serve: Serve, reach: Reach) -> None:
    never = threading.Event()
    with pytest.raises(Unavailable) as raised:
        reach(serve(lambda _: [never]), timeouts=SHORT, retry_for=0).fetch(LIST)
    assert "nothing for 0.2 seconds" in str(raised.value.message)
    never.set()


def test_a_slow_body_is_read_to_its_end(serve: Serve, reach: Reach) -> None:
    body = b'[{"id":1}]'
    pauses: list[Step] = [answer(b"", length=len(body))]
    for place in range(len(body)):
        pauses += [body[place : place + 1], Tick()]
    assert reach(serve(lambda _: pauses), timeouts=SHORT).fetch(LIST).records() == [b'{"id":1}']


class Tick(threading.Event):
    """A pause shorter than the read time-out."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(0.05)


def test_a_trickle_does_not_hold_us_for_ever(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    class Passing(Tick):
        def wait(self, timeout: float | None = None) -> bool:
            clock.sleep(50)
            return super().wait()

    trickle: list[Step] = [answer(b"", length=9999)] + [b" ", Passing()] * 200
    server = serve(in_turn(trickle, trickle, GOOD))
    with pytest.raises(Unavailable) as raised:
        reach(server).fetch(LIST)
    assert "too slowly" in str(raised.value.message)
    assert len(server.received) == 1


def test_a_stop_is_noticed_in_mid_body(serve: Serve, reach: Reach) -> None:
    stop = threading.Event()

    class Stopping(Tick):
        def wait(self, timeout: float | None = None) -> bool:
            stop.set()
            return super().wait()

    with pytest.raises(Stopped):
        reach(serve(lambda _: [answer(b"[", length=99), Stopping(), b" ", Tick()]), stop=stop.is_set).fetch(LIST)


def test_a_body_beyond_all_measure_is_refused(serve: Serve, reach: Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "LARGEST_BODY", 2_000_000)
    server = serve(lambda _: packed(b" " * 4_000_000))
    transport = reach(server)
    with pytest.raises(UnexpectedPayload) as raised:
        transport.fetch(LIST)
    assert "256 MB" in str(raised.value.message)
    assert len(server.received) == 1
    assert transport.bytes < 10_000, "counted as it came over the line"


def test_of_an_endless_refusal_only_the_beginning_is_read(serve: Serve, reach: Reach) -> None:
    class Endless(list[Step]):
        pass

    endless = Endless([answer(b"", 403, length=10**9), *[b"x" * 100_000] * 40, Line.CLOSE])
    transport = reach(serve(lambda _: endless))
    with pytest.raises(AccessRefused):
        transport.fetch(LIST)
    assert transport.bytes < 3_000_000


def test_an_adapter_has_the_first_word_and_is_not_argued_with(serve: Serve, reach: Reach) -> None:
    seen: list[Answer] = []

    class Explained(AccessRefused):
        def __init__(self, words: ConnectorError) -> None:
            super().__init__(words.message, words.advice)

    def explain(found: Answer) -> ConnectorError | None:
        seen.append(found)
        from connector.messages.transport import texts

        if (found.json_or_none() or {}).get("code") == 32:
            return Explained(AccessRefused(texts("no_json", url="x")))
        return None

    server = serve(in_turn(answer(PAGE), answer('{"code":3}', 500), answer('{"code":32}', 500)))
    with pytest.raises(Explained):
        reach(server).configured(explain=explain).fetch(LIST)
    assert [found.status for found in seen] == [200, 500, 500]
    assert len(server.received) == 3


def test_a_token_that_ran_out_is_renewed_once(serve: Serve, reach: Reach) -> None:
    from requests import PreparedRequest
    from requests.auth import AuthBase

    class Token(AuthBase):
        def __init__(self) -> None:
            self.number = 1
            self.refused: list[str | None] = []

        def __call__(self, request: PreparedRequest) -> PreparedRequest:
            request.headers["Authorization"] = f"Bearer {self.number}"
            return request

        def renew(self, sent: str | None) -> bool:
            self.refused.append(sent)
            self.number += 1
            return True

    server = serve(in_turn(answer("", 401), GOOD, answer("", 401), answer("", 401)))
    transport = reach(server).configured(auth=(token := Token()))
    transport.fetch(LIST)
    assert [one.headers["authorization"] for one in server.received] == ["Bearer 1", "Bearer 2"]
    assert token.refused == ["Bearer 1"]
    with pytest.raises(AccessRefused):
        transport.fetch(LIST)
    assert len(server.received) == 4
    with pytest.raises(AccessRefused):
        transport.fetch(Request("orders", anonymous=True))
    assert len(server.received) == 5


def test_whoever_waits_is_told_why_once(
    serve: Serve, reach: Reach, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    down = [answer("", 503)]
    with caplog.at_level("WARNING", "connector.transport"):
        reach(serve(in_turn(down, down, down, GOOD))).fetch(LIST)
        assert caplog.messages == [], "not of what passes in seconds"
        reach(serve(in_turn(*[down] * 6, GOOD))).fetch(LIST)
    (said,) = caplog.messages
    assert "Asking again, for up to " in said
