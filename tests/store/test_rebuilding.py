"""A rebuild gives the rows that the syncs gave, and mends what a better mapping understands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from connector.contract import Record, Row, Stream
from connector.messages.store import texts
from connector.model import Order
from connector.store import Store, rebuilding
from connector.store.gone import mark_gone, remember_absent
from connector.store.rebuilding import rebuild_source
from connector.store.write import SetAsideRecord, save_page
from tests.store.shop import (
    CUSTOMERS,
    ORDERS,
    STREAMS,
    change,
    customer,
    everything,
    marks,
    normalise,
    order,
    persons_known,
    rows,
)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "CHUNK", 3)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a history: changes, gone ones, absent ones, another source."""
    orders = [order(str(n), n, lines=map(str, range(n % 4)), account=str(n % 3), email=f"{n}@x") for n in range(10)]
    save_page(store, 1, ORDERS, orders, cursor="c", normalise=normalise)
    save_page(store, 2, ORDERS, orders[:2], cursor="c", normalise=normalise)
    save_page(store, 1, CUSTOMERS, [customer("1", email="a@x")], cursor="c", normalise=normalise)
    save_page(
        store, 1, ORDERS, [order("5", 50, lines=("9",)), order("6", 60, draft=True)], cursor="d", normalise=normalise
    )
    mark_gone(store, 1, ORDERS, ["2", "5"], at=100)
    remember_absent(store, 1, CUSTOMERS, ["2"], at=100)
    change(store, "UPDATE orders SET person_id = 77")
    persons_known(store)
    marks(store)
    return store


def test_a_rebuild_of_what_was_synced_changes_nothing(filled: Store) -> None:
    before = everything(filled)
    told: list[tuple[str, int]] = []
    result = rebuild_source(filled, 1, STREAMS, normalise, progress=lambda *given: told.append(given))
    assert everything(filled) == before
    assert (result.records, result.mended, result.set_aside, result.removed) == (11, 0, 0, 0)
    assert told == [("orders", 3), ("orders", 6), ("orders", 9), ("orders", 10), ("customers", 1)]


def test_rows_that_were_damaged_lost_or_made_up_are_put_right(filled: Store) -> None:
    before = everything(filled)
    change(filled, "UPDATE orders SET total_micros = 666, gone_at = NULL WHERE source_id = 1")
    change(filled, "DELETE FROM order_lines WHERE order_id = '7' AND source_id = 1")
    change(
        filled,
        "INSERT INTO order_lines (source_id, order_id, line_id, kind, quantity_micros, total_micros, tax_micros) "
        "SELECT source_id, 'x' || order_id, line_id, kind, 1, 1, 1 FROM order_lines",
    )
    change(filled, "UPDATE customer_accounts SET account_id = '99'")
    marks(filled)
    result = rebuild_source(filled, 1, STREAMS, normalise)
    assert result.removed == len([row for row in before["order_lines"] if row[0] == 1]) - 3 + 1
    after = everything(filled)
    made_up = [row for row in after["order_lines"] if row[0] == 2 and row[1].startswith("x")]
    after["order_lines"] = [row for row in after["order_lines"] if row not in made_up]
    assert {key for _, _, key in after.pop("identity_marks")} == {"1", "99", "a@x"}
    before.pop("identity_marks")
    assert after == before


def test_another_mapping_is_taken_and_persons_stay(filled: Store) -> None:
    def better(stream: Stream, record: Record) -> Iterable[Row]:
        for model, row in normalise(stream, record):
            yield model, {**row, **({"email_key": "new@x", "total_micros": 5} if model is Order else {})}

    rebuild_source(filled, 1, STREAMS, better)
    assert set(rows(filled, "SELECT total_micros, email_key, person_id FROM orders WHERE source_id = 1")) == {
        (5, "new@x", 77)
    }
    assert ("email", "new@x") in marks(filled)
    assert rows(filled, "SELECT DISTINCT total_micros FROM orders WHERE source_id = 2") == [(10,)]


def test_what_was_set_aside_is_taken_in_once_it_is_understood(store: Store) -> None:
    page = [order(str(n), total=n, fail="badly") for n in range(7)]
    unfit = SetAsideRecord("x", "admit", texts("value_missing", column="x"), 1, json.dumps({"lines": []}).encode())
    save_page(store, 1, ORDERS, page, cursor=None, normalise=normalise, set_aside=[unfit])
    assert rebuild_source(store, 1, STREAMS, normalise).set_aside == 7

    def mended(stream: Stream, record: Record) -> Iterable[Row]:
        content: dict[str, Any] = json.loads(record.payload)
        if content["total"] == 3:
            raise ValueError
        return normalise(stream, Record(record.id, json.dumps({**content, "fail": None}).encode(), record.read_at))

    result = rebuild_source(store, 1, STREAMS, mended)
    assert (result.mended, result.set_aside) == (6, 1)
    assert rows(store, "SELECT record_id, step FROM set_aside ORDER BY 1") == [("3", "normalise"), ("x", "admit")]
    assert rows(store, "SELECT count(*) FROM orders") == [(6,)]


def test_a_stored_record_that_fails_now_keeps_its_rows_and_says_so(store: Store) -> None:
    save_page(store, 1, ORDERS, [order("7"), order("8")], cursor=None, normalise=normalise)
    before = rows(store, "SELECT * FROM orders ORDER BY order_id")

    def worse(stream: Stream, record: Record) -> Iterable[Row]:
        if record.id == "7":
            raise ValueError("ada@example.test")
        return normalise(stream, record)

    assert rebuild_source(store, 1, STREAMS, worse, language="de").set_aside == 1
    # Read again as it was, it is still not understood.
    save_page(store, 1, ORDERS, [order("7", 5)], cursor=None, normalise=worse)
    assert rows(store, "SELECT * FROM orders ORDER BY order_id") == before
    ((record_id, reason),) = rows(store, "SELECT record_id, reason FROM set_aside")
    assert record_id == "7"
    assert "nicht zu verstehen" in reason
    assert "ada" not in reason
    assert rebuild_source(store, 1, STREAMS, normalise).set_aside == 0
    assert rows(store, "SELECT * FROM set_aside") == []


def test_a_record_saved_in_the_middle_of_a_rebuild_is_not_set_back(store: Store) -> None:
    save_page(store, 1, ORDERS, [order("7", 1, total=1)], cursor=None, normalise=normalise)

    def slow(stream: Stream, record: Record) -> Iterable[Row]:
        if record.read_at == 1:
            save_page(store, 1, ORDERS, [order("7", 2, total=2)], cursor=None, normalise=normalise)
        return normalise(stream, record)

    rebuild_source(store, 1, STREAMS, slow)
    assert rows(store, "SELECT total_micros FROM orders") == [(2,)]
