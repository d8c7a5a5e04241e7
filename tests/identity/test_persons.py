"""Who is who in a store, and what happens to ids."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from connector.identity import IdentityRules, current_person, person_of_email
from connector.privacy.history import history_of
from tests.identity.naive import Row, truth
from tests.identity.world import World


def test_guest_account_and_conversation_with_one_address_are_one_person(world: World) -> None:
    world.order("1", "ann@x.test")
    world.account("7", "ann@x.test")
    world.order("2", "ann.office@x.test", account="7")
    world.put(Row("conversations", 2, "c1", None, "ann.office@x.test"))
    outcome = world.resolve()
    person = world.person("orders", "1")
    assert person is not None
    assert world.person("orders", "2") == person
    assert world.person("customer_accounts", "7") == person
    assert world.person("conversations", "c1", source=2) == person
    assert (outcome.persons, outcome.changed_rows) == (1, 4)


def test_orders_without_address_and_account_are_nobodys(world: World) -> None:
    world.order("1")
    world.order("2", "deleted@site.invalid")
    world.order("3", "deleted@site.invalid")
    world.order("4", account="9")
    world.resolve()
    assert [world.person("orders", key) is None for key in "1234"] == [True, True, True, False]


def test_an_erased_order_leaves_its_person(world: World) -> None:
    world.account("7", "ann@x.test")
    world.order("1", "ann@x.test", account="7")
    world.order("2", "ann@x.test")
    world.resolve()
    world.order("2", "deleted@site.invalid", name="[deleted]")
    world.order("1", "deleted@site.invalid", name="[deleted]")
    world.resolve()
    assert world.person("orders", "1") is None
    assert world.person("orders", "2") is None
    assert world.person("customer_accounts", "7") == person_of_email(world.store, "ann@x.test")


def test_a_gone_order_still_claims(world: World) -> None:
    world.account("7", "ann@x.test")
    world.order("1", "ann.office@x.test", account="7")
    world.order("2", "ann.office@x.test")
    with world.store.write() as connection:
        connection.execute(text("UPDATE orders SET gone_at = 5 WHERE order_id = '1'"))
    world.resolve()
    assert world.person("orders", "2") == world.person("customer_accounts", "7") == world.person("orders", "1")


def test_the_dispute_of_two_accounts_is_said_on_the_owner(world: World) -> None:
    world.order("1", "shared@x.test", account="10")
    world.order("2", "shared@x.test", account="9")
    world.order("3", "shared@x.test")
    world.resolve()
    assert world.person("orders", "3") == world.person("orders", "2") != world.person("orders", "1")
    assert world.told() == truth(world.rows.values(), IdentityRules())
    assert len(world.told().conflicts) == 1
    world.order("1", account="10")
    world.resolve()
    assert world.told().conflicts == frozenset()


def test_an_address_with_too_many_names_is_nobodys(world: World) -> None:
    world.account("7", "sales@market.test")
    for number in range(6):
        world.order(str(number), "sales@market.test", name=f"Buyer {number}", account="7" if number == 0 else None)
    world.resolve()
    assert [world.person("orders", str(number)) is None for number in range(6)] == [False, *[True] * 5]
    assert world.person("orders", "0") == world.person("customer_accounts", "7")
    assert person_of_email(world.store, "sales@market.test") is None


def test_a_name_more_or_less_makes_an_address_shared_or_somebodys_own(world: World) -> None:
    for number in range(5):
        world.order(str(number), "family@x.test", name=f"Buyer {number}")
    world.order("a", "family@x.test", account="7", source=2)
    world.resolve()
    person = world.person("orders", "0")
    assert person is not None
    assert world.person("orders", "a", source=2) == person
    world.order("5", "family@x.test", name="Buyer 5")
    world.resolve()
    assert world.person("orders", "a", source=2) == person
    assert {world.person("orders", str(number)) for number in range(6)} == {None}
    world.order("5", "family@x.test", name=" buyer  4")
    world.resolve()
    assert {world.person("orders", str(number)) for number in range(6)} == {person}


@pytest.mark.parametrize(("names", "shared"), [(2, True), (1, False)])
def test_an_address_with_thousands_of_orders_is_judged_by_all_its_names(world: World, names: int, shared: bool) -> None:
    world.order("0", "box@x.test", name="First")
    columns = "status, status_raw, status_known, countable, total_micros, tax_micros, shipping_micros, discount_micros"
    with world.store.write() as connection:
        for number in range(1, 2501):
            # The second name comes late, behind everything that is read first.
            name = "Second" if names == 2 and number == 2500 else "First"
            connection.execute(
                text(
                    f"INSERT INTO orders (source_id, order_id, email_key, name, {columns}) "
                    f"SELECT 1, :key, email_key, :name, {columns} FROM orders WHERE order_id = '0'"
                ),
                {"key": f"{number:05}", "name": name},
            )
    world.resolve(IdentityRules(shared_names=1))
    assert (world.person("orders", "0") is None) == shared
    assert (world.person("orders", "02500") is None) == shared


def test_a_merge_keeps_the_older_person(world: World) -> None:
    world.order("1", "ann@x.test")
    world.resolve()
    world.order("2", "ann.office@x.test")
    world.resolve()
    older, younger = world.person("orders", "1"), world.person("orders", "2")
    assert older is not None
    assert younger is not None
    world.account("7", "ann.office@x.test")
    world.order("3", "ann@x.test", account="7")
    outcome = world.resolve()
    assert {world.person("orders", key) for key in "123"} == {older}
    assert outcome.merged == 1
    assert world.changes() == [("merge", older, younger)]
    assert current_person(world.store, younger) == older == current_person(world.store, older)
    assert current_person(world.store, 999) is None


def test_a_merged_id_leads_on_through_later_merges(world: World) -> None:
    for number in "123":
        world.order(number, f"p{number}@x.test")
        world.resolve()
    first, second, third = (world.person("orders", number) for number in "123")
    world.order("4", "p3@x.test", account="7")
    world.order("5", "p2@x.test", account="7")
    world.resolve()
    world.order("6", "p1@x.test", account="7")
    world.resolve()
    assert world.changes() == [("merge", second, third), ("merge", first, second)]
    assert third is not None
    assert current_person(world.store, third) == first
    assert first is not None
    with world.store.read() as connection:
        assert history_of(connection, first).other_ids == (second, third)


def joined(world: World, **orders: tuple[str, int | None]) -> int:
    """Orders of several addresses, joined by an account's; the person."""
    for key, (email, created_at) in orders.items():
        world.order(key, email, created_at=created_at)
        world.order(f"link-{key}", email, account="7", created_at=999)
    world.resolve()
    person = world.person("orders", next(iter(orders)))
    assert person is not None
    return person


def test_a_split_keeps_the_id_with_the_earliest_order(world: World) -> None:
    person = joined(world, a=("late@x.test", 20), b=("early@x.test", 10))
    for key in ("link-a", "link-b"):
        world.remove("orders", 1, key)
    outcome = world.resolve()
    assert world.person("orders", "b") == person
    left = world.person("orders", "a")
    assert left not in (person, None)
    assert outcome.split == 1
    assert world.changes() == [("split", person, left)]


def test_orders_of_one_instant_are_told_apart_by_number(world: World) -> None:
    person = joined(world, **{"10": ("a@x.test", 5), "9": ("b@x.test", 5)})
    for key in ("link-10", "link-9"):
        world.remove("orders", 1, key)
    world.resolve()
    assert world.person("orders", "9") == person != world.person("orders", "10")


def test_without_orders_a_split_keeps_the_id_with_the_account(world: World) -> None:
    world.account("7", "a@x.test")
    world.put(Row("conversations", 1, "c1", "7", "b@x.test"))
    world.put(Row("conversations", 1, "c2", None, "b@x.test"))
    world.resolve()
    person = world.person("customer_accounts", "7")
    world.remove("conversations", 1, "c1")
    world.resolve()
    assert world.person("customer_accounts", "7") == person
    assert world.person("conversations", "c2") not in (person, None)


def test_a_corrected_address_keeps_its_person(world: World) -> None:
    world.order("1", "ann@exmaple.test", created_at=1)
    world.resolve()
    person = world.person("orders", "1")
    world.order("1", "ann@example.test", created_at=1)
    world.resolve()
    assert world.person("orders", "1") == person
    assert world.changes() == []
    assert person_of_email(world.store, "ann@exmaple.test") is None


def test_an_order_that_moves_to_another_person_moves_nobody_else(world: World) -> None:
    world.order("1", "ann@x.test", created_at=1)
    world.order("2", "ann@x.test", created_at=2)
    world.order("3", "bob@x.test", created_at=3)
    world.resolve()
    ann, bob = world.person("orders", "1"), world.person("orders", "3")
    world.order("1", "bob@x.test", created_at=1)
    outcome = world.resolve()
    assert [world.person("orders", key) for key in "123"] == [bob, ann, bob]
    assert (outcome.merged, outcome.split, outcome.changed_rows) == (0, 0, 1)


def test_changed_rules_are_noticed(world: World) -> None:
    world.order("1", "ann+a@x.test")
    world.order("2", "ann@x.test")
    world.order("3", "relay1@market.test")
    world.resolve()
    person = world.person("orders", "2")
    assert person != world.person("orders", "1")
    merge = IdentityRules(plus_tags="merge", relay_domains=("market.test",))
    world.resolve(merge)
    assert world.person("orders", "1") == world.person("orders", "2")
    assert world.person("orders", "3") is None
    assert person_of_email(world.store, " Ann+Other@x.test") == world.person("orders", "1")
    world.resolve()
    assert world.person("orders", "1") != world.person("orders", "2")
    assert person_of_email(world.store, "ann+other@x.test") is None


def test_the_names_of_all_spellings_of_an_address_are_counted_together(world: World) -> None:
    merge = IdentityRules(plus_tags="merge", shared_names=2)
    world.order("1", "box+a@x.test", name="Ann")
    world.order("2", "box+b@x.test", name="Bob")
    world.order("3", "box@x.test", name="Eve")
    world.resolve(merge)
    world.order("4", "box@x.test", name="Eve")
    world.resolve(merge)
    assert {world.person("orders", key) for key in "1234"} == {None}
    world.order("2", "bob@x.test", name="Bob")
    world.resolve(merge)
    assert world.person("orders", "1") == world.person("orders", "4") != world.person("orders", "2")
    assert world.told() == truth(world.rows.values(), merge)


def test_rows_that_lost_their_person_get_the_same_one_again(world: World) -> None:
    joined(world, a=("ann@x.test", 10), b=("ann.office@x.test", 20))
    world.order("c", "bob@x.test")
    world.resolve()
    persons = [world.person("orders", key) for key in "abc"]
    with world.store.write() as connection:
        connection.execute(text("UPDATE orders SET person_id = NULL"))
    assert world.resolve(everything=True, batch=1).changed_rows == 5
    assert [world.person("orders", key) for key in "abc"] == persons
    assert world.changes() == []


def test_a_split_knows_the_earliest_order_of_rows_that_lost_their_person_too(world: World) -> None:
    person = joined(world, a=("ann@x.test", 20), b=("zoe@x.test", 10))
    with world.store.write() as connection:
        connection.execute(text("UPDATE orders SET person_id = NULL"))
    for key in ("link-a", "link-b"):
        world.remove("orders", 1, key)
    world.resolve(everything=True)
    assert world.person("orders", "b") == person != world.person("orders", "a")


@pytest.mark.parametrize("bulk", [1, 1000])
def test_a_long_run_gives_every_row_its_person(world: World, bulk: int) -> None:
    merge = IdentityRules(plus_tags="merge", shared_names=2)
    world.order("1", "ann+a@x.test")
    world.order("2", "ann+b@x.test", source=2)
    world.order("3", "bob@x.test", account="7")
    world.put(Row("survey_answers", 1, "s1", None, "ann+a@x.test"))
    world.put(Row("carts", 1, "c1", "7", "bob+cart@x.test"))
    for number in range(3):
        world.order(f"m{number}", "market@x.test", name=f"Buyer {number}")
    outcome = world.resolve(merge, batch=2, bulk=bulk)
    assert world.told() == truth(world.rows.values(), merge)
    assert outcome.changed_rows == 5
    assert world.person("survey_answers", "s1") == world.person("orders", "2", source=2)
    assert world.person("orders", "m0") is None
    assert world.resolve(merge, everything=True, bulk=bulk).changed_rows == 0


def test_everything_also_forgets_what_no_row_claims_any_more(world: World) -> None:
    world.order("1", "ann@x.test")
    world.order("2", "bob@x.test")
    world.resolve()
    with world.store.write() as connection:
        connection.execute(text("DELETE FROM orders WHERE order_id = '1'"))
    world.resolve()
    assert person_of_email(world.store, "ann@x.test") is not None
    world.resolve(everything=True)
    assert person_of_email(world.store, "ann@x.test") is None


def test_a_person_is_found_by_address_however_it_is_written(world: World) -> None:
    world.order("1", "jürgen@x.test")
    world.resolve()
    assert person_of_email(world.store, "  JU\u0308RGEN@X.test ") == world.person("orders", "1")
    assert person_of_email(world.store, "nobody@x.test") is None
    assert person_of_email(world.store, "no address") is None


def test_nothing_marked_writes_nothing(world: World) -> None:
    world.order("1", "ann@x.test")
    world.resolve()
    with world.store.write() as connection:
        connection.execute(text("UPDATE orders SET person_id = 77"))
    assert world.resolve().changed_rows == 0
    assert world.person("orders", "1") == 77
    assert world.resolve(everything=True).changed_rows == 1
    assert world.person("orders", "1") == person_of_email(world.store, "ann@x.test")
