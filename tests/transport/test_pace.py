"""How often a source is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.simulation.clock import FakeClock
from connector.transport import Pace, Request, Transport
from tests.transport.scripted_server import Received, ScriptedServer, answer, rows

Serve = Callable[..., ScriptedServer]
Reach = Callable[..., Transport]


class Times:
    """A script that notes when each request came."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.at: list[float] = []
        self._started = clock.monotonic()

    def __call__(self, _: Received) -> bytes:
        self.at.append(self.clock.monotonic() - self._started)
        return rows()


def test_the_owners_pace_spreads_all_requests(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)
    transport = reach(serve(times), requests_per_minute=30)
    views = transport, transport.configured(), transport.configured()
    for view in views:
        view.fetch(Request("a"))
    assert times.at == pytest.approx([0, 2, 4], abs=0.01)


def test_a_try_takes_its_turn_like_any_request(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)

    def reply(one: Received) -> bytes:
        good = times(one)
        return answer("", 500) if len(times.at) == 1 else good

    reach(serve(reply), requests_per_minute=6).fetch(Request("a"))
    assert times.at == pytest.approx([0, 10], abs=0.01)


def test_waiting_for_a_turn_is_no_part_of_the_budget(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)

    def reply(one: Received) -> bytes:
        good = times(one)
        return answer("", 500) if len(times.at) == 3 else good

    transport = reach(serve(reply), requests_per_minute=1, retry_for=90)
    for _ in range(3):
        transport.fetch(Request("a"))
    assert times.at == pytest.approx([0, 60, 120, 180], abs=0.01)


def test_a_budget_counts_its_own_requests_only(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)
    transport = reach(serve(times)).configured(budgets={"exports": 2})
    again = transport.configured(budgets={"exports": 2})
    for view in (transport, again, transport):
        view.fetch(Request("a", budget="exports"))
        view.fetch(Request("b"))
    assert times.at == pytest.approx([0, 0, 0, 0, 61, 61], abs=0.01)


def test_an_owners_pace_replaces_what_the_adapter_thinks_right(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)
    transport = reach(serve(times), requests_per_minute=60).configured(pace=Pace(1), budgets={"exports": 1})
    for _ in range(3):
        transport.fetch(Request("a", budget="exports"))
    assert times.at == pytest.approx([0, 1, 2], abs=0.01)


def test_an_adapters_pace_holds_where_the_owner_says_nothing(serve: Serve, reach: Reach, clock: FakeClock) -> None:
    times = Times(clock)
    transport = reach(serve(times)).configured(pace=Pace(12))
    transport.fetch(Request("a"))
    transport.configured().fetch(Request("b"))
    assert times.at == pytest.approx([0, 5], abs=0.01)


def test_a_budget_nobody_knows_is_a_mistake_of_the_adapter(serve: Serve, reach: Reach) -> None:
    with pytest.raises(KeyError):
        reach(serve(lambda _: rows())).fetch(Request("a", budget="exprots"))


def test_a_rest_that_one_was_asked_to_take_is_taken_by_all(serve: Serve, reach: Reach) -> None:
    class Meanwhile(FakeClock):
        """While the first request waits, another one is made."""

        def sleep(self, seconds: float) -> None:
            if not self.slept:
                self.slept.append(0)
                transport.fetch(Request("b"))
            super().sleep(seconds)

    clock = Meanwhile()
    times = Times(clock)

    def reply(one: Received) -> bytes:
        good = times(one)
        return answer("", 429, {"Retry-After": "40"}) if len(times.at) == 1 else good

    transport = reach(serve(reply), clock=clock)
    transport.fetch(Request("a"))
    assert len(times.at) == 3
    assert times.at[1] >= 39.9


@settings(deadline=None)
@given(
    per_minute=st.integers(min_value=1, max_value=20),
    gaps=st.lists(st.floats(min_value=0, max_value=30), max_size=60),
)
def test_no_minute_ever_sees_more_than_its_budget(per_minute: int, gaps: list[float]) -> None:
    clock = FakeClock()
    pace = Pace(budgets={"exports": per_minute})
    sent: list[float] = []
    for gap in gaps:
        clock.sleep(gap)
        pace.wait("exports", clock, clock.sleep)
        sent.append(clock.monotonic())
    for place, at in enumerate(sent):
        assert sum(1 for other in sent[place:] if other < at + 60) <= per_minute
