"""Stopped anywhere and started again, persons end the same as if never stopped."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from connector.identity import IdentityRules, resolve
from connector.simulation.clock import FakeClock
from tests.identity.naive import Row, truth
from tests.identity.test_any_history import histories, play
from tests.identity.world import World


class Stopped(BaseException):
    """What a kill looks like from inside."""


class StoppingClock(FakeClock):
    """Kills whoever asks it for the time once too often."""

    def __init__(self, asked: int) -> None:
        super().__init__()
        self.left = asked

    def now(self) -> int:
        self.left -= 1
        if self.left < 0:
            raise Stopped
        return super().now()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories, stops=st.lists(st.integers(0, 3), min_size=1, max_size=4), later=histories)
def test_stopped_after_any_batch_and_resumed(
    world: World, history: list[object], stops: list[int], later: list[object]
) -> None:
    world.empty()
    rules = play(world, history)
    for asked in stops:
        try:
            resolve(world.store, rules=rules, clock=StoppingClock(asked), batch=1)
        except Stopped:
            continue
    for step in later:
        if isinstance(step, Row):
            world.put(step)
    world.resolve(rules, batch=2)
    assert world.told() == truth(world.rows.values(), rules)
    assert world.marks() == 0


def test_a_batch_is_done_whole_or_not_at_all(world: World) -> None:
    for number in range(4):
        world.order(str(number), f"p{number}@x.test")
    with pytest.raises(Stopped):
        resolve(world.store, rules=IdentityRules(), clock=StoppingClock(2), batch=1)
    assert world.marks() == 2
    assert sum(world.person("orders", str(number)) is not None for number in range(4)) == 2
    with world.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM persons")).scalar_one() == 2
        assert connection.execute(text("SELECT count(*) FROM person_aliases")).scalar_one() == 2
    world.resolve()
    assert world.marks() == 0
    assert world.told() == truth(world.rows.values(), IdentityRules())


def test_changed_rules_are_carried_through_by_whoever_comes_next(world: World) -> None:
    world.order("1", "ann+a@x.test")
    world.order("2", "ann@x.test")
    world.order("3", "bob+a@x.test")
    world.order("4", "bob@x.test")
    world.resolve()
    merge = IdentityRules(plus_tags="merge")
    with pytest.raises(Stopped):
        resolve(world.store, rules=merge, clock=StoppingClock(1), batch=1)
    assert world.marks() > 0
    world.resolve(merge)
    assert world.person("orders", "1") == world.person("orders", "2")
    assert world.person("orders", "3") == world.person("orders", "4")
    assert world.told() == truth(world.rows.values(), merge)
