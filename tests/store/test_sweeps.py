"""What a list of ids tells about what is stored."""

from __future__ import annotations

import pytest

from connector.contract import Wanted
from connector.messages.store import texts
from connector.store import Store, sweeps
from connector.store.gone import mark_gone, remember_absent
from connector.store.raw import iterate
from connector.store.sweeps import comparing, forget_unidentified, named_but_unknown
from connector.store.write import SetAsideRecord, save_page
from tests.store.shop import CUSTOMERS, ORDERS, customer, everything, normalise, order, rows


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "CHUNK", 2)


def ids(chunks: object) -> list[str]:
    return [wanted.id for chunk in chunks for wanted in chunk]  # type: ignore[attr-defined]


def save(store: Store, *records: object, stream: object = ORDERS, **more: object) -> None:
    save_page(store, 1, stream, records, cursor=None, normalise=normalise, **more)  # type: ignore[arg-type]


def aside(id_: str, step: str = "admit", read_at: int = 1, stamp: str | None = None) -> SetAsideRecord:
    return SetAsideRecord(id_, step, texts("value_missing", column="x"), read_at, b"{}", stamp, "where")  # type: ignore[arg-type]


def test_a_list_that_agrees_tells_nothing(store: Store) -> None:
    save(store, *(order(str(n), stamp=f"s{n}") for n in range(5)))
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen({str(n): f"s{n}" for n in range(3)})
        comparison.seen({str(n): f"s{n}" for n in range(2, 5)})
        comparison.seen({})
        assert ids(comparison.differing()) == []
        assert ids(comparison.missing()) == []
        assert (comparison.count_seen, comparison.count_held) == (5, 5)


def test_what_differs_is_to_be_read_again(store: Store) -> None:
    save(
        store,
        order("same", stamp="s"), order("changed", stamp="s", locator="parent"), order("gone", stamp="s"),
        order("no stamp"), order("listed without", stamp="s"), order("broken", stamp="s1", fail="badly"),
        order("still broken", stamp="s1", fail="badly"), set_aside=[aside("not admitted", stamp="s")],
    )  # fmt: skip
    mark_gone(store, 1, ORDERS, ["gone"], at=5)
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen(
            {
                "same": "s", "changed": "t", "gone": "s", "new": None, "no stamp": "s", "listed without": None,
                "broken": "s2", "still broken": "s1", "not admitted": "s",
            }
        )  # fmt: skip
        found = [wanted for chunk in comparison.differing() for wanted in chunk]
    assert sorted(wanted.id for wanted in found) == ["broken", "changed", "gone", "new", "no stamp", "not admitted"]
    assert Wanted("changed", "parent") in found
    assert Wanted("not admitted", "where") in found


def test_the_stamp_of_what_was_set_aside_counts_over_the_stored_one(store: Store) -> None:
    save(store, order("7", 1, stamp="s1"))
    save(store, order("7", 2, stamp="s2", fail="badly"))
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen({"7": "s2"})
        assert ids(comparison.differing()) == []


def test_what_could_not_be_admitted_is_asked_for_though_not_listed(store: Store) -> None:
    save(store, set_aside=[aside("7"), aside("8", "pull"), aside("9", "normalise"), aside("?")])
    with comparing(store, 1, ORDERS, 10) as comparison:
        assert ids(comparison.differing()) == ["7", "8"]
    mark_gone(store, 1, ORDERS, ["7"], at=20)
    remember_absent(store, 1, ORDERS, ["8"], at=20)
    assert rows(store, "SELECT record_id FROM set_aside ORDER BY 1") == [("9",), ("?",)]
    forget_unidentified(store, 1, ORDERS, before=2)
    assert rows(store, "SELECT record_id FROM set_aside ORDER BY 1") == [("9",)]


def test_what_is_not_listed_is_missing_unless_it_is_gone_or_was_read_since(store: Store) -> None:
    save(store, *(order(str(n), 1) for n in range(7)), order("late", 10))
    mark_gone(store, 1, ORDERS, ["3"], at=5)
    remember_absent(store, 1, ORDERS, ["never"], at=5)
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen({"1": None, "elsewhere": None})
        assert ids(comparison.missing()) == ["0", "2", "4", "5", "6"]
        assert comparison.count_held == 7


def test_another_stream_and_source_is_not_looked_at(store: Store) -> None:
    save(store, customer("1"), stream=CUSTOMERS)
    save_page(store, 2, ORDERS, [order("1", stamp="other")], cursor=None, normalise=normalise)
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen({"1": "s"})
        assert ids(comparison.differing()) == ["1"]
        assert ids(comparison.missing()) == []
        assert comparison.count_held == 0


def test_records_may_be_saved_while_the_differences_are_gone_through(store: Store) -> None:
    save(store, *(order(str(n), stamp="old") for n in range(7)))
    seen = []
    with comparing(store, 1, ORDERS, 10) as comparison:
        comparison.seen({str(n): "new" for n in range(7)})
        for chunk in comparison.differing():
            seen += [wanted.id for wanted in chunk]
            save(store, *(order(wanted.id, 20, stamp="new", total=5) for wanted in chunk))
        assert ids(comparison.differing()) == []
    assert seen == [str(n) for n in range(7)]


def test_two_comparisons_at_once_do_not_meet(store: Store) -> None:
    with comparing(store, 1, ORDERS, 10) as one, comparing(store, 1, CUSTOMERS, 10) as other:
        one.seen({"1": None})
        other.seen({"2": None, "3": None})
        assert (one.count_seen, other.count_seen) == (1, 2)
    with comparing(store, 1, ORDERS, 10) as again:
        assert again.count_seen == 0


# --- named and not held ---------------------------------------------------------------------------------------------


def test_ids_named_elsewhere_and_not_known(store: Store) -> None:
    save(
        store, *(order(str(n), account=account) for n, account in enumerate(["5", "0", None, "6", "7", "5", "8", "9"]))
    )
    save_page(store, 2, ORDERS, [order("1", account="99")], cursor=None, normalise=normalise)
    save(store, customer("6"), stream=CUSTOMERS)
    save(store, stream=CUSTOMERS, set_aside=[aside("8")])
    assert ids(named_but_unknown(store, 1, CUSTOMERS)) == ["5", "7", "9"]
    remember_absent(store, 1, CUSTOMERS, ["5", "7", "6"], at=10)
    assert ids(named_but_unknown(store, 1, CUSTOMERS)) == ["9"]
    assert rows(store, "SELECT account_id, gone_at FROM customer_accounts") == [("6", None)]
    assert [record.id for record in iterate(store, 1, CUSTOMERS)] == ["6"]


def test_what_was_absent_and_comes_after_all(store: Store) -> None:
    remember_absent(store, 1, CUSTOMERS, ["5"], at=10)
    save(store, customer("5", 20, email="a@x"), stream=CUSTOMERS)
    assert rows(store, "SELECT account_id, gone_at FROM customer_accounts") == [("5", None)]
    assert rows(store, "SELECT gone_at FROM raw_records") == [(None,)]


def test_remembering_twice_changes_nothing(store: Store) -> None:
    remember_absent(store, 1, CUSTOMERS, ["5"], at=10)
    before = everything(store)
    remember_absent(store, 1, CUSTOMERS, ["5"], at=20)
    assert everything(store) == before


def test_the_search_for_named_ids_goes_by_indexes(store: Store) -> None:
    if store.dialect != "sqlite":
        pytest.skip("the plan of a nearly empty PostgreSQL table says nothing")
    sql: list[str] = []
    from sqlalchemy import event

    event.listen(store.engine, "before_cursor_execute", lambda *given: sql.append(given[2]))
    list(named_but_unknown(store, 1, CUSTOMERS))
    query = next(text for text in sql if "GROUP BY" in text)
    with store.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (1, "", 1, "c", 1, "c")).fetchall()
    steps = [row[3] for row in plan]
    assert "SEARCH named USING COVERING INDEX ix_orders_account" in steps[0]
    assert not any(step.startswith("SCAN") or "TEMP B-TREE" in step for step in steps), steps
