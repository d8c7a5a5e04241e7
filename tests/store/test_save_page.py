"""A page is saved whole: raw records, rows, marks and cursor, or nothing of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from connector.contract import Feed, Record, Row, Stream, Sweep
from connector.messages.store import texts
from connector.model import Conversation, Message, Order, Refund, Run
from connector.store import Store
from connector.store.gone import mark_gone
from connector.store.raw import iterate
from connector.store.rows import RowError
from connector.store.runs import start_run
from connector.store.write import PageResult, SetAsideRecord, save_page
from tests.store.shop import (
    CUSTOMERS,
    ORDERS,
    change,
    customer,
    everything,
    marks,
    normalise,
    order,
    persons_known,
    rows,
)


def save(store: Store, *records: Record, stream: Stream = ORDERS, **more: Any) -> PageResult:
    return save_page(store, 1, stream, records, **{"cursor": None, "normalise": normalise, **more})


def test_records_become_rows_and_the_cursor_moves_with_them(store: Store) -> None:
    assert save(store, order("7", lines=("a", "b"), total=12), order("8"), cursor="c1") == PageResult(inserted=2)
    assert rows(store, "SELECT order_id, total_micros, status_known, person_id FROM orders ORDER BY 1") == [
        ("7", 12, True, None),
        ("8", 10, True, None),
    ]
    assert rows(store, "SELECT order_id, line_id FROM order_lines ORDER BY 1, 2") == [
        ("7", "a"),
        ("7", "b"),
        ("8", "1"),
    ]
    assert rows(store, "SELECT source_id, stream, cursor FROM stream_states") == [(1, "orders", "c1")]


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    records = [order("7", 1, stamp="s", locator="l", updated_at=5), order("8", 1)]
    save(store, *records, cursor="c1")
    before = everything(store)
    assert save(
        store, *(order(r.id, 99, stamp=r.stamp, updated_at=r.updated_at) for r in records), cursor="c1"
    ) == PageResult(unchanged=2)
    assert everything(store) == before


def test_expecting_what_is_new_changes_nothing_where_it_is_not(store: Store) -> None:
    save(store, order("7", 1, lines=("a", "b")))
    page = [order("7", 2, lines=("b",)), order("8", 2)]
    assert save(store, *page, expect_new=True) == PageResult(inserted=1, updated=1)
    assert rows(store, "SELECT order_id, line_id FROM order_lines ORDER BY 1") == [("7", "b"), ("8", "1")]
    assert save(store, *page, expect_new=True) == PageResult(unchanged=2)


def test_a_changed_record_replaces_its_rows_and_keeps_its_person(store: Store) -> None:
    save(store, order("7", 1, lines=("a", "b")))
    change(store, "UPDATE orders SET person_id = 41")
    assert save(store, order("7", 2, lines=("b", "c"), total=3)) == PageResult(updated=1)
    assert rows(store, "SELECT total_micros, person_id FROM orders") == [(3, 41)]
    assert rows(store, "SELECT line_id, total_micros FROM order_lines ORDER BY 1") == [("b", 3), ("c", 3)]


def test_a_column_that_is_no_longer_given_goes_back_to_its_default(store: Store) -> None:
    save(store, order("7", 1, more={"countable": False, "number": "R-7"}))
    save(store, order("7", 2))
    assert rows(store, "SELECT countable, number FROM orders") == [(True, None)]


def test_a_record_that_becomes_nothing_loses_its_rows(store: Store) -> None:
    persons_known(store)
    save(store, order("7", 1, account="3"))
    marks(store)
    save(store, order("7", 2, draft=True))
    assert rows(store, "SELECT * FROM orders") == []
    assert rows(store, "SELECT * FROM order_lines") == []
    assert marks(store) == {("account", "3")}


def test_rows_with_ids_of_their_own_are_replaced_by_their_owner(store: Store) -> None:
    stream = Stream("orders", (Feed(Refund, "order_id"),), Sweep.STAMPS)

    def refunds(_stream: Stream, record: Record) -> list[Row]:
        ids = record.payload.decode().split()
        return [(Refund, {"refund_id": id_, "order_id": record.id, "total_micros": 1}) for id_ in ids]

    save(store, Record("7", b"a b", 1), Record("8", b"c", 1), stream=stream, normalise=refunds)
    save(store, Record("7", b"b d", 2), Record("9", b"", 2), stream=stream, normalise=refunds)
    assert rows(store, "SELECT order_id, refund_id FROM refunds ORDER BY 2") == [("7", "b"), ("8", "c"), ("7", "d")]


def test_threads_save_side_by_side(store: Store) -> None:
    def sync(source_id: int) -> None:
        for page in range(15):
            save_page(store, source_id, ORDERS, [order(str(page), email="a@x")], cursor=str(page), normalise=normalise)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(sync, range(1, 5)))
    assert rows(store, "SELECT source_id, count(*) FROM orders GROUP BY 1 ORDER BY 1") == [(n, 15) for n in range(1, 5)]
    assert rows(store, "SELECT DISTINCT cursor FROM stream_states") == [("14",)]


def test_an_older_read_never_overwrites_a_newer_one(store: Store) -> None:
    save(store, order("7", 20, total=2))
    assert save(store, order("7", 10, total=1, updated_at=10**18)) == PageResult(unchanged=1)
    assert rows(store, "SELECT total_micros FROM orders") == [(2,)]


def test_a_shop_clock_that_was_ahead_and_is_put_right_heals(store: Store) -> None:
    save(store, order("7", 10, total=1, updated_at=10**18))
    save(store, order("7", 20, total=2, updated_at=5))
    assert rows(store, "SELECT total_micros FROM orders") == [(2,)]


@pytest.mark.parametrize(("stamps", "winner"), [((5, 6), 2), ((6, 5), 1), ((5, 5), 2), ((None, 5), 2), ((5, None), 2)])
def test_of_reads_that_began_together_the_later_stamp_counts(
    store: Store, stamps: tuple[int | None, int | None], winner: int
) -> None:
    save(store, order("7", 10, total=1, updated_at=stamps[0]))
    save(store, order("7", 10, total=2, updated_at=stamps[1]))
    assert rows(store, "SELECT total_micros FROM orders") == [(winner,)]


def test_of_a_record_that_comes_twice_in_a_page_the_newer_counts(store: Store) -> None:
    assert save(store, order("7", 2, total=2), order("7", 1, total=1)) == PageResult(inserted=1, unchanged=1)
    assert rows(store, "SELECT total_micros FROM orders") == [(2,)]
    save(store, order("8", 2, total=1), order("8", 2, total=2))
    assert rows(store, "SELECT total_micros FROM orders WHERE order_id = '8'") == [(2,)]


def test_another_stamp_or_locator_alone_is_kept_without_touching_rows(store: Store) -> None:
    save(store, order("7", 1, stamp="a", locator="x", updated_at=1))
    assert save(store, order("7", 2, stamp="b", locator="y", updated_at=2)) == PageResult(unchanged=1)
    assert rows(store, "SELECT stamp, locator, updated_at, read_at FROM raw_records") == [("b", "y", 2, 1)]
    assert save(store, order("7", 3)) == PageResult(unchanged=1)
    assert rows(store, "SELECT stamp, locator, updated_at FROM raw_records") == [("b", "y", 2)]


def test_what_was_gone_and_is_back(store: Store) -> None:
    save(store, order("7", 1, account="3"), order("8", 1))
    assert mark_gone(store, 1, ORDERS, ["7", "8", "9"], at=10) == 2
    assert mark_gone(store, 1, ORDERS, ["7"], at=11) == 0
    assert rows(store, "SELECT gone_at FROM orders") == [(10,), (10,)]
    marks(store)
    assert save(store, order("7", 20, account="3")) == PageResult(updated=1)
    assert save(store, order("8", 5, total=77)) == PageResult(updated=1)
    assert rows(store, "SELECT order_id, gone_at, total_micros FROM orders ORDER BY 1") == [
        ("7", None, 10),
        ("8", 10, 77),
    ]
    assert rows(store, "SELECT record_id, gone_at FROM raw_records ORDER BY 1") == [("7", None), ("8", 10)]


def test_what_was_read_after_the_question_is_not_gone(store: Store) -> None:
    save(store, order("7", 30))
    assert mark_gone(store, 1, ORDERS, ["7"], at=20) == 0
    assert rows(store, "SELECT gone_at FROM orders") == [(None,)]


def test_the_cursor_stays_where_no_promise_is_made(store: Store) -> None:
    save(store, cursor="c1")
    save(store, order("7"), cursor=None)
    save(store, order("8"), cursor="c2", keep_cursor=True)
    assert rows(store, "SELECT cursor FROM stream_states") == [("c1",)]


def test_the_run_counts_page_by_page(store: Store) -> None:
    run = start_run(store, 1, "orders", kind="sync", at=1)
    save(store, order("7"), order("8"), run_id=run)
    save(store, order("7", 2, total=1), order("8", 2), order("9", fail="badly"), run_id=run)
    columns = "records, inserted, updated, unchanged, set_aside"
    assert rows(store, f"SELECT {columns} FROM {Run.__tablename__}") == [(5, 2, 1, 1, 1)]


# --- set aside ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["politely", "badly"])
def test_a_record_that_is_not_understood_is_set_aside_and_the_rest_goes_on(store: Store, how: str) -> None:
    assert save(store, order("7", fail=how), order("8"), cursor="c") == PageResult(inserted=1, set_aside=1)
    ((record_id, step, reason),) = rows(store, "SELECT record_id, step, reason FROM set_aside")
    assert (record_id, step) == ("7", "normalise")
    assert "ada@" not in reason
    assert rows(store, "SELECT record_id FROM raw_records") == [("8",)]
    assert rows(store, "SELECT cursor FROM stream_states") == [("c",)]


def test_the_reason_is_in_the_owners_language(store: Store) -> None:
    save(store, order("7", fail="badly"), language="de")
    assert "nicht zu verstehen (KeyError, shop.py:" in rows(store, "SELECT reason FROM set_aside")[0][0]


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ({"total": 2**63}, "orders.total_micros"),
        ({"total": -(2**63) - 1}, "orders.total_micros"),
        ({"total": 2**80}, "orders.total_micros"),
        ({"total": "12"}, "orders.total_micros"),
        ({"total": True}, "orders.total_micros"),
        ({"total": None}, "orders.total_micros"),
        ({"total": 1.5}, "orders.total_micros"),
        ({"name": 5}, "orders.name"),
        ({"more": {"countable": 1}}, "orders.countable"),
        ({"lines": [None]}, "order_lines.line_id"),
    ],
)
def test_a_value_that_no_column_takes_sets_its_record_aside(store: Store, content: dict[str, Any], column: str) -> None:
    assert save(store, order("7", **content), order("8")) == PageResult(inserted=1, set_aside=1)
    assert column in rows(store, "SELECT reason FROM set_aside")[0][0]
    assert rows(store, "SELECT order_id FROM order_lines") == [("8",)]


def test_the_largest_numbers_that_fit_are_stored(store: Store) -> None:
    save(store, order("7", total=2**63 - 1), order("8", total=-(2**63)))
    assert rows(store, "SELECT total_micros FROM orders ORDER BY 1") == [(-(2**63),), (2**63 - 1,)]


def test_a_record_may_not_claim_rows_of_another(store: Store) -> None:
    assert save(store, order("7", line_owner="8")) == PageResult(set_aside=1)


def test_characters_that_no_database_takes_are_replaced(store: Store) -> None:
    save(store, order("7\0", name="A\0da \ud83d Ä😀", lines=("x\0",), stamp="\0", locator="\ud800"), order("8\\u0000"))
    assert rows(store, "SELECT name FROM orders ORDER BY order_id") == [("A\ufffdda \ufffd Ä😀",), (None,)]
    assert rows(store, "SELECT order_id, line_id FROM order_lines ORDER BY 1") == [
        ("7\ufffd", "x\ufffd"),
        ("8\\u0000", "1"),
    ]
    assert rows(store, "SELECT record_id, stamp, locator FROM raw_records ORDER BY 1")[0] == (
        "7\ufffd",
        "\ufffd",
        "\ufffd",
    )
    assert save(store, order("7\0", 2, name="A\0da \ud83d Ä😀", lines=("x\0",))) == PageResult(unchanged=1)


def test_what_is_set_aside_keeps_what_was_stored_before(store: Store) -> None:
    save(store, order("7", 1, total=1))
    save(store, order("7", 2, total=2, fail="badly"))
    assert rows(store, "SELECT total_micros FROM orders") == [(1,)]
    assert [record.payload for record in iterate(store, 1, ORDERS)] == [order("7", total=1).payload]


@pytest.mark.parametrize("total", [1, 3], ids=["as it was before", "changed"])
def test_what_was_set_aside_is_dropped_when_a_later_read_is_stored(store: Store, total: int) -> None:
    save(store, order("7", 1, total=1))
    save(store, order("7", 2, total=2, fail="badly"))
    save(store, order("7", 3, total=total))
    assert rows(store, "SELECT * FROM set_aside") == []
    assert rows(store, "SELECT total_micros FROM orders") == [(total,)]


def test_an_older_read_does_not_drop_what_was_set_aside_later(store: Store) -> None:
    save(store, order("7", 2, total=2, fail="badly"))
    assert save(store, order("7", 1, total=1)) == PageResult(inserted=1)
    assert rows(store, "SELECT read_at FROM set_aside") == [(2,)]
    save(store, order("7", 0, fail="politely"))
    assert rows(store, "SELECT read_at FROM set_aside") == [(2,)]


def test_records_that_could_not_be_admitted_are_kept_with_the_page(store: Store) -> None:
    entry = SetAsideRecord("9", "admit", texts("value_missing", column="x"), 3, b'{"total": "text"}', "s", "l", 4)
    assert save(store, order("7"), set_aside=[entry], cursor="c") == PageResult(inserted=1, set_aside=1)
    columns = "record_id, step, stamp, locator, updated_at, read_at"
    assert rows(store, f"SELECT {columns} FROM set_aside") == [("9", "admit", "s", "l", 4, 3)]
    save(store, order("9", 5))
    assert rows(store, "SELECT * FROM set_aside") == []


def test_a_mistake_of_the_adapter_is_no_mistake_of_the_record(store: Store) -> None:
    with pytest.raises(RowError, match="nmber"):
        save(store, order("7", more={"nmber": "5"}))
    with pytest.raises(RowError, match="person_id"):
        save(store, order("7", more={"person_id": 5}))
    with pytest.raises(RowError, match="source_id"):
        save(store, order("7", more={"source_id": 5}))
    with pytest.raises(RowError, match="messages"):
        save(store, order("7"), normalise=lambda stream, record: [(Message, {"message_id": "1"})])
    with pytest.raises(RowError, match="order_id"):
        save(store, order("7"), normalise=lambda stream, record: [(Order, {"status": "x"})])
    assert rows(store, "SELECT * FROM raw_records") == []


def test_a_column_that_must_be_given_and_is_not_sets_the_record_aside(store: Store) -> None:
    save(store, order("7"), normalise=lambda stream, record: [(Order, {"order_id": "7", "status": "x"})])
    assert "orders.status_raw" in rows(store, "SELECT reason FROM set_aside")[0][0]


def test_links_of_conversations_are_not_the_records(store: Store) -> None:
    tickets = Stream("tickets", (Feed(Conversation, "conversation_id"),), Sweep.NONE)

    def tickets_rows(_stream: Stream, record: Record) -> list[Row]:
        row = {"conversation_id": record.id, "channel": "chat", "status": record.payload.decode(), "state": "open"}
        return [(Conversation, row)]

    save(store, Record("1", b"new", 1), stream=tickets, normalise=tickets_rows)
    change(store, "UPDATE conversations SET person_id = 1, order_source_id = 2, order_id = '3', order_reason = 'rule'")
    save(store, Record("1", b"open", 2), stream=tickets, normalise=tickets_rows)
    columns = "status, person_id, order_source_id, order_id, order_reason"
    assert rows(store, f"SELECT {columns} FROM conversations") == [("open", 1, 2, "3", "rule")]


# --- marks ----------------------------------------------------------------------------------------------------------


def test_new_claims_are_marked(store: Store) -> None:
    persons_known(store)
    save(store, order("7", account="3", email="a@x"), order("8", email="b@x"), order("9"))
    assert marks(store) == {("account", "3"), ("email", "a@x"), ("email", "b@x")}
    assert rows(store, "SELECT * FROM identity_marks") == []


def test_until_persons_were_put_together_nothing_is_marked(store: Store) -> None:
    save(store, order("7", account="3", email="a@x"))
    save(store, order("7", 2, account="4", email="a@x"))
    assert marks(store) == set()


def test_moved_claims_are_marked_where_they_were_and_where_they_are(store: Store) -> None:
    persons_known(store)
    save(store, order("7", 1, account="3", email="a@x"), customer("3"))
    marks(store)
    save(store, order("7", 2, account="4", email="a@x"))
    assert marks(store) == {("account", "3"), ("account", "4"), ("email", "a@x")}
    save(store, order("7", 3, email="b@x"))
    assert marks(store) == {("account", "4"), ("email", "a@x"), ("email", "b@x")}


def test_a_change_that_moves_no_claim_marks_nothing(store: Store) -> None:
    persons_known(store)
    save(store, order("7", 1, account="3", email="a@x", name="Ada"))
    marks(store)
    save(store, order("7", 2, account="3", email="a@x", name="Ada", total=99, lines=()))
    assert marks(store) == set()


def test_another_name_is_marked_since_shared_addresses_are_told_by_names(store: Store) -> None:
    persons_known(store)
    save(store, order("7", 1, email="a@x", name="Ada"))
    marks(store)
    save(store, order("7", 2, email="a@x", name="Grace"))
    assert marks(store) == {("email", "a@x")}


def test_accounts_and_what_is_gone_are_marked(store: Store) -> None:
    persons_known(store)
    save(store, customer("3", email="a@x"), stream=CUSTOMERS)
    assert marks(store) == {("account", "3"), ("email", "a@x")}
    mark_gone(store, 1, CUSTOMERS, ["3"], at=10)
    assert marks(store) == {("account", "3"), ("email", "a@x")}
    save(store, customer("3", 20, email="a@x"), stream=CUSTOMERS)
    assert rows(store, "SELECT gone_at FROM customer_accounts") == [(None,)]


# --- together or not at all -----------------------------------------------------------------------------------------


def test_a_page_that_fails_in_the_middle_leaves_nothing(store: Store) -> None:
    change(store, "INSERT INTO stream_states (source_id, stream, cursor) VALUES (1, 'orders', 'c0')")
    before = everything(store)
    drop = "ALTER TABLE stream_states RENAME TO hidden"
    change(store, drop)
    with pytest.raises(Exception, match="stream_states"):
        save(store, order("7", account="3"), cursor="c1")
    change(store, "ALTER TABLE hidden RENAME TO stream_states")
    assert everything(store) == before


def test_a_page_saved_by_another_between_look_and_turn_still_counts(store: Store) -> None:
    """The other one writes while ours is being normalised; its read is the newer."""

    def slow(stream: Stream, record: Record) -> Any:
        if record.read_at == 10:
            save(store, order("7", 20, total=2))
        return normalise(stream, record)

    assert save(store, order("7", 10, total=1), normalise=slow) == PageResult(unchanged=1)
    assert rows(store, "SELECT total_micros FROM orders") == [(2,)]
