"""The frames of abandonment: carts, and orders as checkouts that were begun, counted or not.

What a shop tidied away is among them: carts and unfinished checkouts (`draft`) are deleted after a while, and had been
begun all the same. Other orders that are gone are not.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_CARTS = {
    "source_id": Column("c.source_id"),
    "id": Column("c.cart_id", "text"),
    "started_at": Column("c.created_at"),
    "person_id": Column("c.person_id"),
    "products": Column("c.products"),
    "has_address": Column("c.has_address", "boolean"),
}
_ORDERS = {
    "source_id": Column("o.source_id"),
    "id": Column("o.order_id", "text"),
    "cart_id": Column("o.cart_id", "text"),
    "status": Column("o.status", "category"),
    "started_at": Column("o.created_at"),
    "person_id": Column("o.person_id"),
}
"""What is always read; `products` is the number of lines."""

CART_COLUMNS = {
    "shop": Column("c.shop", "category"),
    "country": Column("c.country", "category"),
    "currency": Column("c.currency", "category"),
    "email": Column("c.email", "text"),
    "quantity": Column("c.quantity_micros"),
}
ORDER_COLUMNS = {
    "shop": Column("o.shop", "category"),
    "country": Column("o.country", "category"),
    "currency": Column("o.currency", "category"),
    "payment_method": Column("o.payment_method", "category"),
    "number": Column("o.number", "text"),
    "email": Column("o.email", "text"),
    "total": Column("o.total_micros"),
    "tags": Column("o.tags", "text"),
}
"""What may be read besides; `quantity` is pieces and `total` an amount, both in millionths."""


def read_carts(connection: Connection, columns: Collection[str] = ()) -> pl.DataFrame:
    """All carts whose beginning is known, with those of `columns` that a cart has."""
    chosen = _CARTS | {name: column for name, column in CART_COLUMNS.items() if name in columns}
    return read_frame(connection, Query("carts", "c", "cart_id", chosen, where="c.created_at IS NOT NULL"))


def read_begun_orders(connection: Connection, counting: Counting, columns: Collection[str] = ()) -> pl.DataFrame:
    """Counted orders (`counts`), and those that came no further: draft, pending, failed, cancelled.

    With those of `columns` that an order has.
    """
    counts, values = counting.counts()
    where = (
        f"o.created_at IS NOT NULL AND ({counts} OR (o.gone_at IS NULL AND o.status IN "
        "('pending', 'failed', 'cancelled')) OR o.status = 'draft')"
    )
    chosen = _ORDERS | {name: column for name, column in ORDER_COLUMNS.items() if name in columns}
    chosen["counts"] = Column(counts, "boolean")
    return read_frame(connection, Query("orders", "o", "order_id", chosen, where=where, values=values))
