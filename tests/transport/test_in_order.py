"""Several requests under way at once: in order, lazily, no more than allowed, and given up when nobody wants them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.clock import Stopped
from connector.errors import AccessRefused
from connector.settings import Timeouts
from connector.simulation.clock import FakeClock
from connector.transport import Answer, Request, Transport
from connector.transport.flow import Flow
from connector.transport.ordered import answers_in_order
from tests.transport.scripted_server import Line, Received, ScriptedServer, answer, rows

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]


def number_of(one: Received) -> int:
    return int(one.target.strip("/"))


def echo(one: Received) -> bytes:
    return rows({"id": number_of(one)})


def asked(count: int) -> Iterator[Request]:
    return (Request(str(number), expect="list") for number in range(count))


def numbers(answers: Iterator[Answer]) -> list[int]:
    return [int(answer.request.path) for answer in answers]


class Gauge:
    """A script that remembers how many requests were under way at once.

    From the `after`th on they wait until `gather` of them are there.
    """

    def __init__(self, gather: int, after: int = 0) -> None:
        self.now = self.most = 0
        self._gather = gather
        self._after = after
        self._lock = threading.Lock()
        self._gathered = threading.Event()

    def __call__(self, one: Received) -> bytes:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now >= self._gather:
                self._gathered.set()
        if number_of(one) >= self._after:
            self._gathered.wait(5)
            time.sleep(0.005)
        with self._lock:
            self.now -= 1
        return echo(one)


def test_answers_come_in_the_order_asked(serve: Serve, reach: Reach) -> None:
    def slow_first(one: Received) -> bytes:
        time.sleep(0.03 if number_of(one) % 4 == 0 else 0)
        return echo(one)

    found = list(reach(serve(slow_first)).fetch_in_order(asked(30), ahead=8))
    assert [answer.records() for answer in found] == [[b'{"id": %d}' % number] for number in range(30)]


@pytest.mark.parametrize(
    ("setting", "default", "ahead", "most"),
    [
        (None, None, None, 4),
        (None, 7, None, 7),
        (None, None, 6, 6),
        (3, None, None, 3),
        (3, 8, 8, 3),
        (8, None, None, 8),
        (1, 8, 8, 1),
        (None, 1, None, 1),
        (None, None, 99, 16),
    ],
)
def test_never_more_under_way_than_allowed(
    setting: int | None, default: int | None, ahead: int | None, most: int, serve: Serve, reach: Reach
) -> None:
    gauge = Gauge(gather=most, after=60)
    transport = reach(serve(gauge), in_flight=setting).configured(default_in_flight=default)
    assert numbers(transport.fetch_in_order(asked(100), ahead)) == list(range(100))
    assert gauge.most == most


def test_one_at_a_time_takes_no_thread(serve: Serve, reach: Reach) -> None:
    before = threading.active_count()

    threads: set[str] = set()

    class Watching(FakeClock):
        def now(self) -> int:
            threads.add(threading.current_thread().name)
            return super().now()

    assert numbers(reach(serve(echo), clock=Watching()).fetch_in_order(asked(5), ahead=1)) == list(range(5))
    assert threads == {threading.current_thread().name}
    assert threading.active_count() <= before + 2  # the server's own


@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_requests_are_consumed_no_further_than_allowed(ahead: int, serve: Serve, reach: Reach) -> None:
    pulled = taken = 0

    def requests() -> Iterator[Request]:
        nonlocal pulled
        for number in range(20):
            pulled += 1
            assert pulled <= taken + ahead
            yield Request(str(number))

    for _ in reach(serve(echo)).fetch_in_order(requests(), ahead):
        taken += 1
    assert taken == pulled == 20


@pytest.mark.parametrize("ahead", [1, 3])
def test_a_generator_may_decide_by_earlier_answers(ahead: int, serve: Serve, reach: Reach) -> None:
    last = -1

    def requests() -> Iterator[Request]:
        number = 0
        while last < 10:
            yield Request(str(number))
            number += 1

    for found in reach(serve(echo)).fetch_in_order(requests(), ahead):
        last = int(found.request.path)
    assert 10 <= last <= 10 + ahead


def test_nothing_is_sent_before_the_first_answer_is_wanted(serve: Serve, reach: Reach) -> None:
    server = serve(echo)
    answers = reach(server).fetch_in_order(asked(5))
    time.sleep(0.05)
    assert not server.received
    assert numbers(answers) == list(range(5))


@pytest.mark.parametrize("ahead", [1, 4])
def test_a_failure_is_raised_in_its_place(ahead: int, serve: Serve, reach: Reach) -> None:
    server = serve(lambda one: answer("", 403) if number_of(one) == 5 else echo(one))
    answers = reach(server).fetch_in_order(asked(50), ahead)
    assert [int(next(answers).request.path) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(AccessRefused):
        next(answers)
    assert len(server.received) <= 5 + ahead


@pytest.mark.parametrize("ahead", [1, 4])
def test_a_failure_of_the_generator_is_raised_in_its_place(ahead: int, serve: Serve, reach: Reach) -> None:
    def requests() -> Iterator[Request]:
        yield from asked(5)
        raise LookupError

    answers = reach(serve(echo)).fetch_in_order(requests(), ahead)
    assert [int(next(answers).request.path) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(LookupError):
        next(answers)


def test_trouble_of_one_leaves_the_order(serve: Serve, reach: Reach) -> None:
    seen: set[int] = set()

    def reply(one: Received) -> bytes | list[Line]:
        number = number_of(one)
        if number % 3 == 0 and number not in seen:
            seen.add(number)
            return answer("", 503) if number % 2 else [Line.RESET]
        return echo(one)

    server = serve(reply)
    assert numbers(reach(server).fetch_in_order(asked(30))) == list(range(30))
    assert len(server.received) == 40


def test_closing_begins_nothing_more_and_does_not_wait(serve: Serve, reach: Reach) -> None:
    hold = threading.Event()

    def reply(one: Received) -> list[bytes | threading.Event]:
        return [echo(one)] if number_of(one) == 0 else [hold, echo(one)]

    server = serve(reply)
    began = time.monotonic()
    with closing(reach(server).fetch_in_order(asked(99), ahead=4)) as answers:
        assert int(next(answers).request.path) == 0
    assert time.monotonic() - began < 2
    hold.set()
    time.sleep(0.05)
    assert len(server.received) <= 4


def test_what_nobody_waits_for_any_more_is_not_tried_again(serve: Serve, reach: Reach) -> None:
    asleep, go_on = threading.Event(), threading.Event()

    class Sleeping(FakeClock):
        def sleep(self, seconds: float) -> None:
            asleep.set()
            go_on.wait(5)
            super().sleep(seconds)

    server = serve(lambda one: answer("", 500) if number_of(one) == 1 else echo(one))
    answers = reach(server, clock=Sleeping()).fetch_in_order(asked(3), ahead=2)
    next(answers)
    assert asleep.wait(5)
    answers.close()
    go_on.set()
    time.sleep(0.05)
    assert [number_of(one) for one in server.received].count(1) == 1


def test_a_stop_ends_the_wait_for_an_answer(serve: Serve, reach: Reach) -> None:
    stop, hold = threading.Event(), threading.Event()

    def reply(_: Received) -> list[bytes | threading.Event]:
        stop.set()
        return [hold]

    began = time.monotonic()
    with pytest.raises(Stopped):
        list(reach(serve(reply), stop=stop.is_set).fetch_in_order(asked(9)))
    assert time.monotonic() - began < 3
    hold.set()


def test_the_number_under_way_follows_the_source() -> None:
    flow = Flow()
    assert flow.width(16) == 2
    for _ in range(200):
        flow.good(8)
    assert flow.width(16) == 8
    assert flow.width(3) == 3
    flow.strained()
    assert flow.width(16) == 4
    for _ in range(5):
        flow.strained()
    assert flow.width(16) == 1
    for _ in range(5):
        flow.good(8)
    assert flow.width(16) == 2


def test_fewer_are_under_way_where_answers_lie_ready_before_they_are_wanted() -> None:
    flow = Flow()
    for _ in range(200):
        flow.good(8)
    for _ in range(2):
        flow.good(8, ready=True)
    flow.good(8)
    assert flow.width(16) == 8, "one that was waited for shows that they are not too many"
    for _ in range(200):
        flow.good(8, ready=True)
    assert flow.width(16) == 1


def test_a_source_that_answers_at_once_is_asked_by_the_callers_own_thread() -> None:
    clock, own, takes = FakeClock(), list[bool](), 0.01

    def fetch(request: Request, _: Callable[[], bool]) -> Answer:
        own.append(threading.current_thread() is threading.main_thread())
        clock.sleep(takes)
        return Answer(200, {}, b"", 0, "", request)

    flow = Flow()
    flow.strained()
    for number, _ in enumerate(answers_in_order(fetch, asked(40), 8, flow, lambda: False, clock.monotonic)):
        takes = 0.01 if number < 20 else 0.03
    assert not own[0], "nobody knows yet how quick it is"
    assert all(own[2:20])
    assert not any(own[24:])


@pytest.mark.parametrize("trouble", [[answer("", 429)], [answer("", 503)], [threading.Event()]])
def test_fewer_are_under_way_after_the_source_was_strained(
    trouble: list[bytes | threading.Event], serve: Serve, reach: Reach
) -> None:
    under_way: set[int] = set()
    most = 0
    strained = False

    def reply(one: Received) -> bytes | list[bytes | threading.Event]:
        nonlocal most, strained
        if one.target == "/strained" and not strained:
            strained = True
            return trouble
        if one.target.startswith("/slow"):
            under_way.add(one.connection)
            most = max(most, len(under_way))
            time.sleep(0.2)
            under_way.discard(one.connection)
        return rows()

    transport = reach(serve(reply), timeouts=Timeouts(connect="5s", read="0.5s"))
    assert len(list(transport.fetch_in_order(asked(60), ahead=8))) == 60
    list(transport.fetch_in_order((Request("slow") for _ in range(8)), ahead=8))
    assert most == 8
    transport.fetch(Request("strained"))
    most = 0
    list(transport.fetch_in_order((Request("slow") for _ in range(8)), ahead=8))
    assert 4 <= most <= 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pauses=st.lists(st.integers(min_value=0, max_value=3), max_size=25),
    ahead=st.integers(min_value=2, max_value=9),
    fails_at=st.none() | st.integers(min_value=0, max_value=25),
)
def test_whatever_the_delays_order_and_limits_hold(pauses: list[int], ahead: int, fails_at: int | None) -> None:
    pulled = taken = 0
    now = most = 0
    lock = threading.Lock()

    def fetch(request: Request, _: Callable[[], bool]) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        number = int(request.path)
        time.sleep(pauses[number] / 5000)
        with lock:
            now -= 1
        if number == fails_at:
            raise ArithmeticError
        return Answer(200, {}, b"", 0, "", request)

    def requests() -> Iterator[Request]:
        nonlocal pulled
        for number in range(len(pauses)):
            pulled += 1
            assert pulled <= taken + ahead
            yield Request(str(number))

    found = []
    try:
        for one in answers_in_order(fetch, requests(), ahead, Flow(), lambda: False, time.monotonic):
            found.append(int(one.request.path))
            taken += 1
    except ArithmeticError:
        assert taken == fails_at
    else:
        assert taken == len(pauses)
    assert found == list(range(taken))
    assert most <= ahead
