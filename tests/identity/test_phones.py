"""Option `identity.phone`: numbers join persons too, in their international form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from connector.identity import IdentityRules
from connector.identity.phones import e164, keep_together
from connector.privacy.history import history_of
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.identity.naive import Node, Row, truth
from tests.identity.world import KEYS, World

PHONES = IdentityRules(phone=True)
NUMBERS = ["030 901820", "+49 30 901820", "0049 (30) 901820", "+43 1 5128900", "01 5128900", "12", "none"]


def ring(world: World, row: Row, number: str | None, country: str | None = "DE") -> None:
    """A row with a phone number."""
    world.put(row)
    columns = "phone = :number" if row.table == "conversations" else "phone = :number, country = :country"
    with world.store.write() as connection:
        connection.execute(
            text(f"UPDATE {row.table} SET {columns} WHERE source_id = :source AND {KEYS[row.table]} = :key"),
            {"number": number, "country": country, "source": row.source_id, "key": row.key},
        )


def order(key: str, email: str | None = None, account: str | None = None, source: int = 1) -> Row:
    return Row("orders", source, key, account, email)


@pytest.mark.parametrize(
    ("number", "country", "known"),
    [
        ("030 901820", "DE", "+4930901820"),
        ("0049 (30) 90 18 20", "DE", "+4930901820"),
        ("+49 30 901820", None, "+4930901820"),
        ("030 901820", None, None),  # nobody knows the country
        ("12", "DE", None),
        ("call me", "DE", None),
        ("", "DE", None),
    ],
)
def test_numbers_in_their_international_form(number: str, country: str | None, known: str | None) -> None:
    assert e164(number, country) == known


def test_two_addresses_with_one_number_are_one_person(store: Store, clock: FakeClock) -> None:
    world = World(store, clock)
    ring(world, order("1", "ann@x.test"), "030 901820")
    ring(world, order("2", "annie@y.test", account="7", source=2), "+49 30 901820", None)
    ring(world, Row("conversations", 3, "c", "a9", None), "+4930901820")
    ring(world, order("4", "bob@x.test"), "030 901821")
    world.resolve()
    assert len(world.told().persons) == 4
    world.resolve(PHONES)
    assert world.person("orders", "1") == world.person("orders", "2", 2) == world.person("conversations", "c", 3)
    assert world.person("orders", "4") != world.person("orders", "1")
    world.resolve()
    assert len(world.told().persons) == 4
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM person_phones")).scalar() == 0


def test_a_person_is_told_which_number_joined_the_accounts(store: Store, clock: FakeClock) -> None:
    world = World(store, clock)
    ring(world, order("1", "ann@x.test", account="7"), "030 901820")
    ring(world, order("2", "annie@y.test", account="8"), "+49 30 901820")
    world.resolve(PHONES)
    person = world.person("orders", "1")
    assert person is not None
    with store.read() as connection:
        accounts = history_of(connection, person).accounts
    assert len(accounts) == 2
    for account in accounts:
        assert "its phone number is +4930901820" in [reason.render("en") for reason in account.why]


def test_a_number_that_changes_parts_them_again(store: Store, clock: FakeClock) -> None:
    world = World(store, clock)
    for key in "12":
        ring(world, order(key, f"{key}@x.test"), "030 901820")
    world.resolve(PHONES)
    assert world.person("orders", "1") == world.person("orders", "2")
    ring(world, order("2", "2@x.test"), "030 901821")
    world.resolve(PHONES)
    assert world.person("orders", "1") != world.person("orders", "2")


def test_a_number_of_too_many_is_nobodys(store: Store, clock: FakeClock) -> None:
    rules = IdentityRules(phone=True, shared_names=2)
    world = World(store, clock)
    for key in "12":
        ring(world, order(key, f"{key}@x.test"), "030 901820")
    world.resolve(rules)
    assert len(world.told().persons) == 1
    ring(world, order("3", "3@x.test"), "030 901820")
    world.resolve(rules)
    assert len(world.told().persons) == 3
    ring(world, order("3", "3@x.test"), None)
    world.resolve(rules)
    assert len(world.told().persons) == 2


def test_erased_persons_stay_joined_without_their_number(store: Store, clock: FakeClock) -> None:
    world = World(store, clock)
    for key in "12":
        ring(world, order(key, f"{key}@x.test"), "030 901820")
    world.resolve(PHONES)
    person = world.person("orders", "1")
    assert person is not None
    with store.write() as connection:
        keep_together(connection, [person], lambda email: f"erased-{email}")
    for key in "12":
        ring(world, order(key, f"erased-{key}@x.test"), None)
    world.resolve(PHONES)
    assert world.person("orders", "1") == world.person("orders", "2")
    with store.read() as connection:
        assert not [
            key for key in connection.execute(text("SELECT phone_key FROM person_phones")).scalars() if "49" in key
        ]


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('phones') / 'phones.db'}", clock=FakeClock()) as opened:
        yield opened


rows = st.builds(
    lambda table, source, key, account, email: Row(
        table, source, f"{table[0]}{key}", f"{account}" if account else None, f"{email}@x.test" if email else None
    ),
    st.sampled_from(["orders", "conversations"]),
    st.integers(1, 2),
    st.integers(1, 5),
    st.sampled_from([None, None, 1, 2, 3]),
    st.sampled_from([None, "a", "b", "c", "d"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.tuples(rows, st.sampled_from(NUMBERS)), min_size=1, max_size=6), max_size=4))
def test_through_any_history_persons_are_what_a_slow_union_gives(
    one_store: Store, steps: list[list[tuple[Row, str]]]
) -> None:
    rules = IdentityRules(phone=True, shared_names=2)
    world = World(one_store, FakeClock())
    world.empty()
    with one_store.write() as connection:
        connection.execute(text("DELETE FROM person_phones"))
    numbers: dict[tuple[str, int, str], str] = {}
    for step in steps:
        for row, number in step:
            ring(world, row, number)
            numbers[row.table, row.source_id, row.key] = number
        world.resolve(rules, batch=2)
        assert world.told().persons == slow(world, numbers, rules)


def slow(world: World, numbers: dict[tuple[str, int, str], str], rules: IdentityRules) -> frozenset[frozenset[Node]]:
    """The persons by e-mail and account, joined over numbers that at most so many of them have."""
    groups = [set(group) for group in truth(world.rows.values(), rules).persons]
    owners: dict[str, set[Node]] = {}
    for place, row in world.rows.items():
        phone = e164(numbers[place], "DE" if row.table == "orders" else None)
        if phone is None:
            continue
        if row.account_id is not None:
            owners.setdefault(phone, set()).add(("account", row.source_id, row.account_id))
        elif row.email_key is not None:
            owners.setdefault(phone, set()).add(("email", 0, row.email_key))
    for nodes in owners.values():
        if len(nodes) <= rules.shared_names:
            touched = [group for group in groups if group & nodes]
            groups = [group for group in groups if not group & nodes] + ([set().union(*touched)] if touched else [])
    return frozenset(map(frozenset, groups))
