"""What is read for a comparison: every order that is not gone, with what any way of counting asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting
from connector.frames.orders import ORDER_COLUMNS, REFUND_COLUMNS, with_parts
from connector.frames.reading import Reads

if TYPE_CHECKING:
    import polars as pl

AMOUNTS = ("total", "tax", "shipping", "net")


@dataclass(frozen=True)
class Books:
    """Orders of all sources, since a person's first order may lie elsewhere, and their refunds by way of splitting.

    Of an order: `own` (is it the compared source's), `counts` by our options, `countable` by the source's own rule, the
    days it can be dated by, `account` (the account, else a guest's e-mail). Amounts in millionths, instants in
    microseconds UTC. Refunds name the place of their order (`order`).
    """

    orders: pl.DataFrame
    refunds: Mapping[str, pl.DataFrame]
    currency: str | None  # the main one of the source


def read_books(store: Reads, source_id: int, counting: Counting, currency: str | None) -> Books:
    """The books of a comparison. Raises StoreError."""
    import polars as pl

    counts, values = counting.counts()
    chosen = {
        "own": Column(f"o.source_id = {source_id}", "boolean"),
        "counts": Column(counts, "boolean"),
        "countable": Column("o.countable", "boolean"),
        "created": Column("o.created_at"),
        "paid_stamp": Column("o.paid_at"),
        "completed_stamp": Column("o.completed_at"),
        **{day: Column(Counting(day).day()) for day in ("paid", "completed")},
        "rate": Column("o.rate_micros"),
        "account": Column("COALESCE(o.account_id, 'guest ' || COALESCE(o.email_key, ''))", "text"),
        **{
            name: ORDER_COLUMNS[name]
            for name in (
                *("source_id", "order_id", "number", "status_raw", "person_id", "currency", "tags"),
                *AMOUNTS,
                "discount",
            )
        },
    }
    refunded = {
        name: REFUND_COLUMNS[name]
        for name in (
            *("source_id", "order_id", "refunded_at", "currency", "total", "tax", "shipping"),
            *("order_total", "order_tax", "order_shipping"),
        )
    }
    with store.read() as connection:
        orders = read_frame(
            connection, Query("orders", "o", "order_id", chosen, where="o.gone_at IS NULL", values=values)
        )
        refunds = read_frame(
            connection,
            Query(
                "refunds",
                "r",
                "refund_id",
                refunded,
                "JOIN orders o ON o.source_id = r.source_id AND o.order_id = r.order_id",
                "r.gone_at IS NULL AND o.gone_at IS NULL",
            ),
        )
    orders = orders.with_row_index("order")
    refunds = refunds.join(orders.select("source_id", "order_id", "order"), on=["source_id", "order_id"])
    return Books(
        orders,
        {split: with_parts(refunds, estimate=split == "estimate") for split in ("estimate", "net")},
        currency or _commonest(orders.filter(pl.col("own"))),
    )


def _commonest(orders: pl.DataFrame) -> str | None:
    """The currency of most orders, for a shop that does not say its own."""
    import polars as pl

    counts = orders.drop_nulls("currency").group_by("currency").agg(pl.len()).sort("len", "currency", descending=True)
    return counts["currency"][0] if counts.height else None
