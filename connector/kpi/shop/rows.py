"""The very rows behind a figure: the orders in an average, the customers who were lost (`--rows`).

Two kinds of frame. Documents: orders and refunds, refunds with negative amounts, so that a column adds up to the
figure. Persons: each once, with the part (`state`) it plays in the figure. Money is decimal in major units, instants
are UTC times.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from connector.kpi.shop.figures import ShopKpi
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.states import states
from connector.kpi.shop.wanted import Rows
from connector.money import MICROS

MONEY = pl.Decimal(38, 6)
INSTANT = pl.Datetime("us", "UTC")

Kind = pl.DataType | type[pl.DataType]

DOCUMENTS: Mapping[str, Kind] = {
    "kind": pl.String,  # order | refund | cancelled
    "source": pl.String,
    "order_id": pl.String,
    "number": pl.String,
    "refund_id": pl.String,
    "status": pl.String,
    "dated_at": INSTANT,  # the day it counts on
    "previous_at": INSTANT,  # the person's order before this one
    "person_id": pl.Int64,
    "customer_type": pl.String,  # new | returning
    "email": pl.String,
    "country": pl.String,
    "payment_method": pl.String,
    "currency": pl.String,
    "total": MONEY,
    "tax": MONEY,
    "shipping": MONEY,
    "discount": MONEY,
    "net": MONEY,
    "quantity": MONEY,
}
"""The columns of documents. `quantity` is pieces of goods."""

PERSONS: Mapping[str, Kind] = {
    "person_id": pl.Int64,
    "state": pl.String,
    "email": pl.String,
    "name": pl.String,
    "country": pl.String,
    "orders": pl.Int64,  # of all time
    "first_order_at": INSTANT,
    "second_order_at": INSTANT,
    "last_order_at": INSTANT,
}
"""The columns of persons, before those that only one figure has. Name, address and country are those of the last order
that says them."""

SHOWN = Rows(
    orders=frozenset(
        {"source_id", "order_id", "number", "status", "person_id", "email", "name", "country", "payment_method"}
        | {"currency", "total", "tax", "shipping", "discount", "net", "quantity"}
    ),
    refunds=frozenset(
        {"source_id", "order_id", "number", "refund_id", "person_id", "country", "payment_method"}
        | {"currency", "total", "net", "quantity"}
    ),
)


def rows(kpi: ShopKpi, scope: Scope, sources: Mapping[int, str]) -> pl.DataFrame:
    """The rows behind a figure over a scope, with the columns `DOCUMENTS` or `PERSONS`; `sources` by number."""
    if kpi.rows == "persons":
        return _persons(scope, states(kpi, scope))
    return _documents(kpi, scope, sources)


def _documents(kpi: ShopKpi, scope: Scope, sources: Mapping[int, str]) -> pl.DataFrame:
    frames = []
    if kpi.rows == "orders":
        orders = scope.persons if kpi.persons else scope.orders
        if kpi.id == "time_between_orders":
            orders = orders.filter(pl.col("before_at").is_not_null())
        frames.append(orders.with_columns(kind=pl.lit("order"), customer_type=scope.customer_type))
    if kpi.cancelled:
        frames.append(scope.cancelled.with_columns(kind=pl.lit("cancelled")))
    if kpi.refunds is not None:
        refunds = scope.refunds if "refunds.date" in kpi.options else scope.refunds_of_orders
        amounts = [-pl.col(name) for name in ("total", "tax", "shipping", "net", "quantity")]
        by_sale = scope.history.options.refunds.date == "order" or "refunds.date" not in kpi.options
        day = pl.col("at") if by_sale else pl.col("refunded_at")
        frames.append(refunds.with_columns(*amounts, kind=pl.lit("refund"), at=day))
    whole = pl.concat([_shaped(frame, sources) for frame in frames])
    return whole.sort("dated_at", "source", "order_id", "refund_id", nulls_last=True, maintain_order=True)


def _shaped(frame: pl.DataFrame, sources: Mapping[int, str]) -> pl.DataFrame:
    """A frame with exactly the columns of documents; what it does not have is null."""
    there = frame.with_columns(
        source=pl.col("source_id").replace_strict(sources, default=None, return_dtype=pl.String),
        dated_at=pl.col("at"),
        previous_at=pl.col("before_at") if "before_at" in frame.columns else pl.lit(None, dtype=pl.Int64),
    )
    return there.select(
        (_typed(name, kind) if name in there.columns else pl.lit(None, dtype=kind).alias(name))
        for name, kind in DOCUMENTS.items()
    )


def _typed(name: str, kind: Kind) -> pl.Expr:
    if kind == MONEY:
        return (pl.col(name).cast(pl.Decimal(38, 6)) / MICROS).cast(MONEY)
    return pl.col(name).cast(kind)


def _persons(scope: Scope, parts: pl.DataFrame) -> pl.DataFrame:
    """Each person of `parts` (`person_id`, `state`) with what their orders of all time say."""
    at, first = pl.col("at"), pl.col("first")
    about = (
        scope.history.orders.filter(pl.col("person_id").is_in(parts["person_id"].implode()))
        .group_by("person_id")
        .agg(
            *(pl.col(name).drop_nulls().last() for name in ("email", "name", "country")),
            orders=pl.len().cast(pl.Int64),
            first_order_at=at.first(),
            second_order_at=pl.col("next_at").filter(first).first(),
            last_order_at=at.last(),
        )
    )
    joined = parts.join(about, on="person_id", how="left").sort("state", "person_id", maintain_order=True)
    own = [name for name in parts.columns if name not in PERSONS]
    return joined.select(*(pl.col(name).cast(kind) for name, kind in PERSONS.items()), *own)
