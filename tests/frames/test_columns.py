"""Frames are what the tables hold, whatever the database and however many chunks it takes."""

from __future__ import annotations

import polars as pl
import pytest
from sqlalchemy import insert

from connector.frames import columns
from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting
from connector.frames.orders import ORDER_COLUMNS, REFUND_COLUMNS, read_orders, read_refunds
from connector.frames.shops import read_shops
from connector.model import Order, Refund
from connector.store import Store
from tests.kpi.books import Books

LARGEST = 2**63 - 1


def rows(*orders: dict[str, object]) -> list[dict[str, object]]:
    base = {
        "source_id": 1,
        "order_id": "1",
        "status": "completed",
        "status_raw": "completed",
        "status_known": True,
        "countable": True,
        "created_at": 1,
        "number": None,
        "currency": "EUR",
        "total_micros": 0,
        "tax_micros": 0,
        "shipping_micros": 0,
        "discount_micros": 0,
        "email": None,
        "gone_at": None,
    }
    return [base | order for order in orders]


def fill(store: Store, *orders: dict[str, object]) -> None:
    with store.write() as connection:
        connection.execute(insert(Order), rows(*orders))


def read(store: Store, *names: str) -> pl.DataFrame:
    with store.read() as connection:
        return read_orders(connection, names, Counting())


def test_values_arrive_as_they_are(store: Store) -> None:
    text = 'quote " backslash \\ tab \t line \n ünïcödé 茶 🍵 \u2028'
    fill(
        store,
        {"order_id": "a", "total_micros": LARGEST, "email": text, "created_at": -LARGEST},
        {"order_id": "b", "total_micros": 0, "email": None, "status_known": False},
        {"order_id": "c", "total_micros": -1, "email": ""},
    )
    frame = read(store, "total", "email", "unknown_status", "number")
    assert dict(frame.schema) == {
        "at": pl.Int64(),
        "email": pl.String(),
        "number": pl.String(),
        "total": pl.Int64(),
        "unknown_status": pl.Boolean(),
    }
    assert frame["total"].to_list() == [LARGEST, 0, -1]
    assert frame["at"].to_list() == [-LARGEST, 1, 1]
    assert frame["email"].to_list() == [text, None, ""]
    assert frame["number"].to_list() == [None, None, None]
    assert frame["unknown_status"].to_list() == [False, True, False]


@pytest.mark.parametrize("chunk", [1, 2, 3, 4, 100])
def test_chunks_lose_and_double_nothing(store: Store, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "CHUNK", chunk)
    ids = ["1", "10", "2", "Z", "a", "é", "茶"]  # in the order of their bytes
    fill(
        store,
        *({"order_id": name, "source_id": source} for source in (1, 3) for name in ids),
        {"order_id": "gone", "gone_at": 5},
        {"order_id": "not counted", "countable": False},
    )
    frame = read(store, "source_id", "order_id")
    assert frame.select("source_id", "order_id").rows() == [(source, name) for source in (1, 3) for name in ids]


def test_an_empty_table_has_its_columns(store: Store) -> None:
    with store.read() as connection:
        orders = read_orders(connection, ORDER_COLUMNS, Counting())
        refunds = read_refunds(connection, {*REFUND_COLUMNS, "net"}, Counting())
    assert set(orders.columns) == {"at", *ORDER_COLUMNS}
    assert set(refunds.columns) == {"at", "net", "estimated", *REFUND_COLUMNS}
    assert orders.is_empty()


def test_orders_of_a_period_alone(store: Store) -> None:
    fill(
        store,
        *({"order_id": str(instant), "created_at": instant} for instant in range(10)),
        {"order_id": "x", "created_at": None},
    )
    with store.read() as connection:
        frame = read_orders(connection, {"order_id"}, Counting(), since=3, until=6)
    assert sorted(frame["order_id"]) == ["3", "4", "5", "x"]  # "x" has no day


def test_refunds_beside_their_orders(store: Store) -> None:
    fill(
        store,
        {"order_id": "1", "currency": "CHF", "total_micros": 119, "tax_micros": 19},
        {"order_id": "2", "countable": False},
        {"order_id": "3", "gone_at": 1},
    )
    refund = {"source_id": 1, "created_at": 7, "total_micros": 119, "tax_micros": None, "shipping_micros": None}
    with store.write() as connection:
        connection.execute(
            insert(Refund),
            [
                refund | {"refund_id": "a", "order_id": "1", "currency": None, "gone_at": None},
                refund | {"refund_id": "b", "order_id": "1", "currency": "CHF", "gone_at": None, "tax_micros": 5},
                refund | {"refund_id": "c", "order_id": "1", "currency": None, "gone_at": 9},
                refund | {"refund_id": "d", "order_id": "2", "currency": None, "gone_at": None},
                refund | {"refund_id": "e", "order_id": "3", "currency": None, "gone_at": None},
                refund | {"refund_id": "f", "order_id": "4", "currency": None, "gone_at": None},
            ],
        )
    with store.read() as connection:
        frame = read_refunds(connection, {"refund_id", "net", "currency"}, Counting())
        as_goods = read_refunds(connection, {"net"}, Counting(), estimate=False)
        without_parts = read_refunds(connection, {"refund_id"}, Counting())
    assert frame.select("refund_id", "currency", "tax", "net", "estimated").rows() == [
        ("a", "CHF", 19, 100, True),
        ("b", "CHF", 5, 114, True),  # shipping is missing, and the order had none
    ]
    assert as_goods["net"].to_list() == [119, 114]
    assert "net" not in without_parts.columns


def test_whole_refunds_are_not_called_estimated(books_of: Books) -> None:
    order = books_of.order("2024-03-01", total="119.00", tax="19.00")
    books_of.refund(order, "2024-03-02", "11.90", tax="1.90", shipping="0")
    books_of.save()
    with books_of.store.read() as connection:
        frame = read_refunds(connection, {"net"}, Counting())
    assert frame.select("tax", "net", "estimated").rows() == [(1_900_000, 10_000_000, False)]


@pytest.fixture
def books_of(store: Store) -> Books:
    return Books(store)


def test_the_shops_and_how_far_they_are(books_of: Books) -> None:
    books_of.synced(None, stream="refunds")
    books_of.save()
    with books_of.store.read() as connection:
        shops = read_shops(connection)
    assert shops.ids == {"shop": 1}
    assert shops.currencies == {1: "EUR"}
    assert [(sync.stream, sync.until is None) for sync in shops.syncs] == [("orders", False), ("refunds", True)]


def test_both_databases_take_any_expression(store: Store) -> None:
    fill(store, {"order_id": "1", "total_micros": 5})
    query = Query(
        "orders",
        "o",
        "order_id",
        {"doubled": Column("2 * o.total_micros"), "same": Column("o.status = 'x'", "boolean")},
    )
    with store.read() as connection:
        assert read_frame(connection, query).rows() == [(10, False)]
