"""The frames of abandonment: carts, and orders as checkouts that were begun, counted or not.

What a shop tidied away is among them: carts and unfinished checkouts (`draft`) are deleted after a while, and had been
begun all the same. Other orders that are gone are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_CARTS = {
    "source_id": Column("c.source_id"),
    "id": Column("c.cart_id", "text"),
    "shop": Column("c.shop", "text"),
    "started_at": Column("c.created_at"),
    "person_id": Column("c.person_id"),
    "email": Column("c.email", "text"),
    "country": Column("c.country", "text"),
    "currency": Column("c.currency", "text"),
    "products": Column("c.products"),
    "quantity": Column("c.quantity_micros"),
    "has_address": Column("c.has_address", "boolean"),
}

_ORDERS = {
    "source_id": Column("o.source_id"),
    "id": Column("o.order_id", "text"),
    "number": Column("o.number", "text"),
    "cart_id": Column("o.cart_id", "text"),
    "shop": Column("o.shop", "text"),
    "status": Column("o.status", "text"),
    "started_at": Column("o.created_at"),
    "person_id": Column("o.person_id"),
    "email": Column("o.email", "text"),
    "country": Column("o.country", "text"),
    "currency": Column("o.currency", "text"),
    "payment_method": Column("o.payment_method", "text"),
    "total": Column("o.total_micros"),
    "tags": Column("o.tags", "text"),
}


def read_carts(connection: Connection) -> pl.DataFrame:
    """All carts whose beginning is known. `products` is the number of lines, `quantity` pieces in millionths."""
    return read_frame(connection, Query("carts", "c", "cart_id", _CARTS, where="c.created_at IS NOT NULL"))


def read_begun_orders(connection: Connection, counting: Counting) -> pl.DataFrame:
    """Counted orders (`counts`), and those that came no further: draft, pending, failed, cancelled."""
    counts, values = counting.counts()
    where = (
        f"o.created_at IS NOT NULL AND ({counts} OR (o.gone_at IS NULL AND o.status IN "
        "('pending', 'failed', 'cancelled')) OR o.status = 'draft')"
    )
    columns = {**_ORDERS, "counts": Column(counts, "boolean")}
    return read_frame(connection, Query("orders", "o", "order_id", columns, where=where, values=values))
