"""The frames of the shop: orders, and refunds beside the orders they belong to.

Only rows that count are read (see `counting`); rows that are gone never do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting
from connector.frames.splitting import split

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_THROUGH_THE_ORDER: dict[str, Column] = {
    "shop": Column("o.shop", "text"),
    "shipping_method": Column("o.shipping_method", "text"),
    "coupon": Column("o.coupons", "text"),
    "tag": Column("o.tags", "text"),
    "attribution_type": Column("o.attribution_type", "text"),
    "attribution_source": Column("o.attribution_source", "text"),
    "attribution_medium": Column("o.attribution_medium", "text"),
    "attribution_campaign": Column("o.attribution_campaign", "text"),
    "device": Column("o.device_type", "text"),
    "rate": Column("o.rate_micros"),
}
"""What every document says through its order: `rate` is units of its currency per unit of the shop's main one."""

_LISTS = ("coupon", "tag")
"""Columns that hold a JSON list in the store and a list of texts in a frame."""

ORDER_COLUMNS: dict[str, Column] = {
    **_THROUGH_THE_ORDER,
    "source_id": Column("o.source_id"),
    "order_id": Column("o.order_id", "text"),
    "number": Column("o.number", "text"),
    "status": Column("o.status", "text"),
    "status_raw": Column("o.status_raw", "text"),
    "unknown_status": Column("NOT o.status_known", "boolean"),
    "created_at": Column("o.created_at"),
    "paid_at": Column(Counting("paid").day()),
    "completed_at": Column(Counting("completed").day()),
    "created_via": Column("o.created_via", "text"),
    "person_id": Column("o.person_id"),
    "email": Column("o.email", "text"),
    "name": Column("o.name", "text"),
    "country": Column("o.country", "text"),
    "currency": Column("o.currency", "category"),
    "payment_method": Column("o.payment_method", "text"),
    "tags": Column("o.tags", "text"),
    "total": Column("o.total_micros"),
    "tax": Column("o.tax_micros"),
    "shipping": Column("o.shipping_micros"),
    "discount": Column("o.discount_micros"),
    "net": Column("o.total_micros - o.tax_micros - o.shipping_micros"),
    "quantity": Column(
        "CAST(COALESCE((SELECT SUM(l.quantity_micros) FROM order_lines l WHERE l.source_id = o.source_id "
        "AND l.order_id = o.order_id AND l.kind = 'product'), 0) AS BIGINT)"
    ),
}
"""What may be read of an order. `quantity` is pieces of goods in millionths, as ordered."""

REFUND_COLUMNS: dict[str, Column] = {
    **_THROUGH_THE_ORDER,
    "source_id": Column("r.source_id"),
    "refund_id": Column("r.refund_id", "text"),
    "order_id": Column("r.order_id", "text"),
    "refunded_at": Column("r.created_at"),
    "currency": Column("COALESCE(r.currency, o.currency)", "category"),
    "total": Column("r.total_micros"),
    "tax": Column("r.tax_micros"),
    "shipping": Column("r.shipping_micros"),
    "reason": Column("r.reason", "text"),
    "returned": Column("r.returned", "boolean"),
    "quantity": Column(
        "CAST(COALESCE((SELECT SUM(l.quantity_micros) FROM refund_lines l WHERE l.source_id = r.source_id "
        "AND l.refund_id = r.refund_id), 0) AS BIGINT)"
    ),
    "order_total": Column("o.total_micros"),
    "order_tax": Column("o.tax_micros"),
    "order_shipping": Column("o.shipping_micros"),
    "created_at": Column("o.created_at"),
    "number": Column("o.number", "text"),
    "person_id": Column("o.person_id"),
    "country": Column("o.country", "text"),
    "payment_method": Column("o.payment_method", "text"),
    "tags": Column("o.tags", "text"),
}
"""What may be read of a refund; from `order_total` on, of its order. Amounts are positive."""

_SPLIT = ("total", "tax", "shipping", "order_total", "order_tax", "order_shipping")


def read_orders(
    connection: Connection,
    columns: Collection[str],
    counting: Counting,
    *,
    since: int | None = None,
    until: int | None = None,
) -> pl.DataFrame:
    """The counted orders: `at` (microseconds UTC; null where the order lacks the day it is dated by) and `columns`.

    `since` and `until` bound `at` where history is not needed; orders without that day are read all the same.
    """
    where, values = counting.counts()
    day = counting.day()
    if since is not None and until is not None:
        where += f" AND ({day} IS NULL OR ({day} >= :since AND {day} < :until))"
        values |= {"since": since, "until": until}
    return _orders(connection, columns, day, where, values)


def read_cancelled(connection: Connection, columns: Collection[str], counting: Counting) -> pl.DataFrame:
    """Cancelled orders that do not count and are not gone; `at` is their creation, as they often have no other day."""
    counts, values = counting.counts()
    where = f"o.gone_at IS NULL AND o.status = 'cancelled' AND NOT {counts}"
    return _orders(connection, columns, "o.created_at", where, values)


def _orders(
    connection: Connection, columns: Collection[str], day: str, where: str, values: Mapping[str, Any]
) -> pl.DataFrame:
    chosen = {"at": Column(day), **{name: ORDER_COLUMNS[name] for name in sorted(columns)}}
    return _listed(read_frame(connection, Query("orders", "o", "order_id", chosen, where=where, values=values)))


def read_refunds(
    connection: Connection, columns: Collection[str], counting: Counting, *, estimate: bool = True
) -> pl.DataFrame:
    """The refunds of counted orders, with `at` (their order's day), `refunded_at`, and `columns`.

    Where `net` is asked for, a refund without tax or shipping is split (`splitting.split`): then `estimated` is true
    and `tax`, `shipping` and `net` are whole.
    """
    counts, values = counting.counts()
    splits = "net" in columns
    needed = ({*columns, "refunded_at"} | set(_SPLIT if splits else ())) - {"net", "estimated"}
    chosen = {"at": Column(counting.day()), **{name: REFUND_COLUMNS[name] for name in sorted(needed)}}
    frame = read_frame(
        connection,
        Query(
            "refunds",
            "r",
            "refund_id",
            chosen,
            "JOIN orders o ON o.source_id = r.source_id AND o.order_id = r.order_id",
            f"r.gone_at IS NULL AND {counts}",
            values,
        ),
    )
    frame = _listed(frame)
    return with_parts(frame, estimate=estimate) if splits else frame


def _listed(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with lists of texts where the store holds JSON. Coupon codes know no capitals."""
    import polars as pl

    held = [name for name in _LISTS if name in frame.columns]
    if "coupon" in held:
        frame = frame.with_columns(pl.col("coupon").str.to_lowercase())
    return frame.with_columns(pl.col(name).fill_null("[]").str.json_decode(pl.List(pl.String)) for name in held)


def with_parts(refunds: pl.DataFrame, *, estimate: bool) -> pl.DataFrame:
    """Refunds whose `tax`, `shipping` and `net` are whole, the missing ones by `splitting.split` (`estimated`)."""
    import polars as pl

    known = pl.col("tax").is_not_null() & pl.col("shipping").is_not_null()
    refunds = refunds.with_columns(estimated=~known)
    if refunds["estimated"].any():
        parts = [
            split(
                row["total"],
                row["tax"],
                row["shipping"],
                order_total=row["order_total"],
                order_tax=row["order_tax"],
                order_shipping=row["order_shipping"],
                estimate=estimate,
            )
            for row in refunds.select(_SPLIT).iter_rows(named=True)
        ]
        refunds = refunds.with_columns(
            pl.Series("tax", [tax for tax, _ in parts], dtype=pl.Int64),
            pl.Series("shipping", [shipping for _, shipping in parts], dtype=pl.Int64),
        )
    return refunds.with_columns(net=pl.col("total") - pl.col("tax") - pl.col("shipping"))
