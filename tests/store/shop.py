"""A small shop's streams, as an adapter would declare them, and what its records become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import text

from connector.contract import Feed, Record, Row, Stream, Sweep
from connector.errors import UnexpectedPayload
from connector.messages.store import texts
from connector.model import CustomerAccount, Order, OrderLine, Refund
from connector.store import Store
from connector.store.tables import METADATA

ORDERS = Stream("orders", (Feed(Order, "order_id"), Feed(OrderLine, "order_id")), Sweep.STAMPS)
CUSTOMERS = Stream(
    "customers", (Feed(CustomerAccount, "account_id"),), Sweep.WHOLE, named_by=(Feed(Order, "account_id"),)
)
REFUNDS = Stream("refunds", (Feed(Refund, "refund_id"),), Sweep.STAMPS)
STREAMS = (ORDERS, CUSTOMERS, REFUNDS)


def order(id_: str, read_at: int = 1, *, lines: Iterable[str] = ("1",), **content: Any) -> Record:
    """An order as a shop gives it."""
    updated_at, stamp, locator = (content.pop(name, None) for name in ("updated_at", "stamp", "locator"))
    payload = {"total": 10, "lines": list(lines), **content}
    return Record(id_, json.dumps(payload).encode(), read_at, updated_at, stamp, locator)


def customer(id_: str, read_at: int = 1, **content: Any) -> Record:
    """An account."""
    return Record(id_, json.dumps(content).encode(), read_at)


def normalise(stream: Stream, record: Record) -> Iterable[Row]:
    """What a record becomes. `fail` in it says that and how it cannot be understood."""
    content: Mapping[str, Any] = json.loads(record.payload)
    if content.get("fail") == "politely":
        raise UnexpectedPayload(texts("value_missing", column="orders.total"))
    if content.get("fail") == "badly":
        raise KeyError("ada@example.test")
    if stream is CUSTOMERS:
        yield CustomerAccount, {"account_id": record.id, "email_key": content.get("email"), "name": content.get("name")}
        return
    if stream is REFUNDS:
        yield Refund, {"refund_id": record.id, "order_id": content["order"], "total_micros": 1}
        return
    if content.get("draft"):
        return
    yield (
        Order,
        {
            "order_id": record.id,
            "status": "completed",
            "status_raw": content.get("status", "completed"),
            "total_micros": content["total"],
            "tax_micros": 0,
            "shipping_micros": 0,
            "discount_micros": 0,
            "account_id": content.get("account"),
            "email_key": content.get("email"),
            "name": content.get("name"),
            **content.get("more", {}),
        },
    )
    for line in content["lines"]:
        yield (
            OrderLine,
            {
                "order_id": content.get("line_owner", record.id),
                "line_id": line,
                "kind": "product",
                "quantity_micros": 1_000_000,
                "total_micros": content["total"],
                "tax_micros": 0,
            },
        )


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def change(store: Store, sql: str) -> None:
    """Change the store by hand."""
    with store.write() as connection:
        connection.execute(text(sql))


def persons_known(store: Store) -> None:
    """As after persons were put together for the first time: from now on pages mark what claims they change."""
    change(store, "INSERT INTO stream_states (source_id, stream, cursor) VALUES (0, 'identity', 'rules')")


def marks(store: Store) -> set[tuple[str, str]]:
    """What is marked for identity, kind and key; the marks are removed."""
    found = {(row[0], row[1]) for row in rows(store, "SELECT kind, key FROM identity_marks")}
    change(store, "DELETE FROM identity_marks")
    return found


def everything(store: Store, *, without: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order of its key."""
    return {
        name: rows(store, f"SELECT * FROM {name} ORDER BY {', '.join(c.name for c in table.primary_key)}")
        for name, table in METADATA.tables.items()
        if name not in set(without)
    }


def sqlite_url(folder: Path) -> str:
    """The address of a store in a folder."""
    return f"sqlite:///{folder / 'connector.db'}"
