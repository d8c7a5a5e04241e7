"""Whatever happened in whatever order: persons are a function of the claims as they are now."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.identity import IdentityRules
from tests.identity.naive import Row, truth
from tests.identity.world import World

EMAILS = [f"{local}@{domain}" for local in ("ann", "ann+a", "ann+b", "bob", "eve") for domain in ("x.test",)]
EMAILS += ["bob+@x.test", "+tag@x.test", "m1@relay.test", "m2@eu.relay.test", "deleted@site.invalid", "staff@x.test"]
NAMES = [None, "", "Ann A", "ann  a ", "Bob", "Eve", "Zoë", "Zoe\u0308", "Max"]

rules = st.builds(
    IdentityRules,
    plus_tags=st.sampled_from(["keep", "merge"]),
    ignore=st.sampled_from([(), ("Staff@x.test",), ("ann+a@x.test",)]),
    relay_domains=st.sampled_from([(), ("relay.test",)]),
    shared_names=st.sampled_from([1, 2, 5]),
)
rows = st.builds(
    Row,
    table=st.sampled_from(["orders", "orders", "orders", "conversations", "carts", "survey_answers"]),
    source_id=st.sampled_from([1, 2]),
    key=st.sampled_from(["1", "2", "3", "4", "5"]),
    account_id=st.sampled_from([None, "2", "9", "10", "010", "b", "a"]),
    email_key=st.sampled_from([None, *EMAILS]),
    name=st.sampled_from(NAMES),
    created_at=st.sampled_from([None, 1, 2, 3]),
)
accounts = st.builds(
    lambda source_id, key, email: Row("customer_accounts", source_id, key, key, email),
    st.sampled_from([1, 2]),
    st.sampled_from(["2", "9", "10", "b"]),
    st.sampled_from([None, *EMAILS]),
)
Step = Callable[[World], object]
writes = st.one_of(rows, rows, accounts)
removals = st.integers(0, 1000)
bulks = st.sampled_from([1, 3, 1000])
resolves = st.tuples(st.just("resolve"), st.integers(1, 5), bulks)
whole = st.tuples(st.just("everything"), st.integers(1, 5), bulks)
histories = st.lists(st.one_of(writes, writes, writes, removals, resolves, whole, rules), min_size=1, max_size=40)


def play(world: World, history: list[object]) -> IdentityRules:
    """Let a history happen; answers the rules as they are at its end."""
    now = IdentityRules(shared_names=2)
    for step in history:
        if isinstance(step, Row):
            world.put(step)
        elif isinstance(step, IdentityRules):
            now = step
            world.resolve(now, batch=3)
        elif isinstance(step, int):
            if world.rows:
                world.remove(*sorted(world.rows)[step % len(world.rows)])
        elif isinstance(step, tuple):
            kind, batch, bulk = step
            world.resolve(now, everything=kind == "everything", batch=batch, bulk=bulk)
    return now


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(history=histories, batch=st.integers(1, 8), random=st.randoms(use_true_random=False))
def test_step_by_step_at_once_and_by_hand_agree(
    world: World, history: list[object], batch: int, random: object
) -> None:
    world.empty()
    now = play(world, history)
    world.resolve(now, batch=batch)
    expected = truth(world.rows.values(), now)
    assert world.told() == expected
    assert world.marks() == 0
    assert world.resolve(now, everything=True).changed_rows == 0

    claims = list(world.rows.values())
    random.shuffle(claims)  # type: ignore[attr-defined]
    world.empty()
    for row in claims:
        world.put(row)
    world.resolve(now)
    assert world.told() == expected
