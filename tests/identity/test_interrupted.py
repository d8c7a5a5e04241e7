"""Stopped anywhere and started again, persons end the same as if never stopped."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from connector.identity import IdentityRules, resolve
from connector.simulation.clock import FakeClock
from tests.identity.naive import Row, truth
from tests.identity.test_any_history import bulks, histories, play
from tests.identity.world import World


class Stopped(BaseException):
    """What a kill looks like from inside."""


class StoppingClock(FakeClock):
    """Kills whoever asks it once too often: at the beginning of each transaction, and in the middle of a batch."""

    def __init__(self, asked: int) -> None:
        super().__init__()
        self.left = asked

    def monotonic(self) -> float:
        self._count()
        return super().monotonic()

    def now(self) -> int:
        self._count()
        return super().now()

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Stopped


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    history=histories,
    stops=st.lists(st.tuples(st.integers(0, 15), bulks), min_size=1, max_size=4),
    later=histories,
    bulk=bulks,
)
def test_stopped_anywhere_and_resumed(
    world: World, history: list[object], stops: list[tuple[int, int]], later: list[object], bulk: int
) -> None:
    world.empty()
    rules = play(world, history)
    for asked, size in stops:
        with suppress(Stopped):
            resolve(world.store, rules=rules, clock=StoppingClock(asked), batch=1, bulk=size, everything=True)
    for step in later:
        if isinstance(step, Row):
            world.put(step)
    world.resolve(rules, batch=2, bulk=bulk)
    assert world.told() == truth(world.rows.values(), rules)
    assert world.marks() == 0


def test_a_batch_is_done_whole_or_not_at_all(world: World) -> None:
    for number in range(4):
        world.order(str(number), f"p{number}@x.test")
    with pytest.raises(Stopped):
        # Two questions a batch: the first transaction of all and two batches go well, the third stops in the middle.
        resolve(world.store, rules=IdentityRules(), clock=StoppingClock(6), batch=1)
    assert world.marks() == 2
    assert sum(world.person("orders", str(number)) is not None for number in range(4)) == 2
    with world.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM persons")).scalar_one() == 2
        assert connection.execute(text("SELECT count(*) FROM person_aliases")).scalar_one() == 2
    world.resolve()
    assert world.marks() == 0
    assert world.told() == truth(world.rows.values(), IdentityRules())


def test_rows_that_wait_for_their_person_get_it_from_whoever_comes_next(world: World) -> None:
    for number in range(6):
        world.order(str(number), f"p{number}@x.test")
    world.put(Row("carts", 1, "c1", "7", None))
    with pytest.raises(Stopped):
        # One transaction to begin, seven batches of two questions and an empty one; then the walk, four rows at a time.
        resolve(world.store, rules=IdentityRules(), clock=StoppingClock(17), batch=1, bulk=1)
    assert world.marks() == 0
    assert [world.person("orders", str(number)) is None for number in range(6)] == [False] * 4 + [True] * 2
    assert world.resolve().changed_rows == 3
    assert world.told() == truth(world.rows.values(), IdentityRules())
    assert world.resolve().persons == 0


def test_changed_rules_are_carried_through_by_whoever_comes_next(world: World) -> None:
    world.order("1", "ann+a@x.test")
    world.order("2", "ann@x.test")
    world.order("3", "bob+a@x.test")
    world.order("4", "bob@x.test")
    world.resolve()
    merge = IdentityRules(plus_tags="merge")
    with pytest.raises(Stopped):
        resolve(world.store, rules=merge, clock=StoppingClock(4), batch=1)
    assert world.marks() > 0
    world.resolve(merge)
    assert world.person("orders", "1") == world.person("orders", "2")
    assert world.person("orders", "3") == world.person("orders", "4")
    assert world.told() == truth(world.rows.values(), merge)
