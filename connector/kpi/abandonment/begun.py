"""Each checkout and cart that was begun, beside the first counted order that came of it.

A source with carts is known by its carts: a checkout is a cart with a delivery address. Any other shop is known by its
orders: unfinished, unpaid, failed and cancelled ones were checkouts that came no further, and so was each counted one
until it was placed. What came of one is the earliest counted order of the same cart, or of the same person from the
beginning on, in whatever shop.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

import polars as pl

from connector.money import to_micros

KNOWN = ("source_id", "id", "person_id", "started_at", "ordered_at", "order_id", "observed", "counts")
"""What is known of each; null where it does not apply. `observed` is until when its source has been followed."""
DETAILS = ("number", "shop", "country", "currency", "payment_method", "email", "products", "quantity")
"""What is known besides, where it was read."""


def counted(orders: pl.DataFrame, min_total: Decimal | None, exclude_tags: Collection[str]) -> pl.DataFrame:
    """The orders without those counted ones that the options leave out."""
    rule = pl.col("counts")
    if min_total is not None:
        rule &= pl.col("total") >= to_micros(min_total)
    if exclude_tags:
        tags = pl.col("tags").fill_null("[]").str.json_decode(pl.List(pl.String))
        rule &= tags.list.set_intersection(list(exclude_tags)).list.len() == 0
    dropped = pl.col("counts") & ~rule
    return orders.filter(~dropped)


def begun_orders(orders: pl.DataFrame, observed: Mapping[int, int]) -> pl.DataFrame:
    """Orders of the sources in `observed` as checkouts that were begun."""
    own = orders.filter(pl.col("source_id").is_in(list(observed)))
    alone = own.filter(~pl.col("counts")).drop("cart_id")
    every = pl.concat([_placed(own.filter("counts").drop("cart_id")), _later(alone, orders)], how="diagonal")
    return _whole(every, "order", observed)


def begun_carts(carts: pl.DataFrame, orders: pl.DataFrame, observed: Mapping[int, int]) -> pl.DataFrame:
    """Carts of the sources in `observed`, with `has_address`."""
    own = carts.filter(pl.col("source_id").is_in(list(observed)))
    by_cart = (
        orders.filter(pl.col("counts") & pl.col("cart_id").is_not_null())
        .sort("started_at")
        .group_by("source_id", "cart_id", maintain_order=True)
        .agg(cart_at=pl.col("started_at").first(), cart_order=pl.col("id").first())
    )
    there = _later(own, orders).join(
        by_cart, left_on=["source_id", "id"], right_on=["source_id", "cart_id"], how="left", maintain_order="left"
    )
    sooner = pl.col("cart_at").is_not_null() & (
        pl.col("ordered_at").is_null() | (pl.col("cart_at") <= pl.col("ordered_at"))
    )
    there = there.with_columns(
        ordered_at=pl.when(sooner).then("cart_at").otherwise("ordered_at"),
        order_id=pl.when(sooner).then("cart_order").otherwise("order_id"),
    )
    return _whole(there, "cart", observed, "has_address")


def _placed(orders: pl.DataFrame) -> pl.DataFrame:
    return orders.with_columns(ordered_at=pl.col("started_at"), order_id=pl.col("id"))


def _later(begun: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Each with the person's next counted order from its beginning on."""
    placed = (
        orders.filter(pl.col("counts") & pl.col("person_id").is_not_null())
        .select("person_id", ordered_at=pl.col("started_at"), order_id=pl.col("id"))
        .sort("ordered_at")
    )
    known = begun.filter(pl.col("person_id").is_not_null()).sort("started_at")
    followed = known.join_asof(
        placed,
        left_on="started_at",
        right_on="ordered_at",
        by="person_id",
        strategy="forward",
        coalesce=False,
        check_sortedness=False,
    )
    nobody = begun.filter(pl.col("person_id").is_null())
    return pl.concat([followed, nobody], how="diagonal")


def _whole(rows: pl.DataFrame, kind: str, observed: Mapping[int, int], *more: str) -> pl.DataFrame:
    there = [name for name in DETAILS if name in rows.columns]
    counts = [] if "counts" in rows.columns else [pl.lit(None, dtype=pl.Boolean).alias("counts")]
    return rows.with_columns(
        *counts,
        observed=pl.col("source_id").replace_strict(dict(observed), default=None, return_dtype=pl.Int64),
    ).select(*KNOWN, *there, *more, kind=pl.lit(kind, dtype=pl.Categorical))
