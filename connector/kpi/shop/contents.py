"""What is in the orders, as a condition on them: an order belongs to each product and category it contains (C7).

With `orders.line_level` figures of money and pieces use only the lines that meet the conditions: goods alone, so no
shipping and no fees, and of refunds only those that name their lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import polars as pl

PRODUCT, PRODUCT_NAMED, CATEGORY = "product", "product_named", "category"
"""Columns of a condition: one product by its label; products by number, SKU or exact name; categories by name."""
CONTENT = frozenset({PRODUCT, PRODUCT_NAMED, CATEGORY})

ORDER = ("source_id", "order_id")
REFUND = ("source_id", "refund_id")
_SEARCHED = ("product_id", "sku", "known_sku", "name", "known_name", "product")

Values = Sequence[str | int | None]


def meets(column: str, values: Values) -> pl.Expr:
    """Whether a line is of one of these products or categories; None among the values stands for none at all."""
    named = [str(value) for value in values if value is not None]
    if column == PRODUCT_NAMED:
        return reduce(pl.Expr.or_, (pl.col(name).is_in(named).fill_null(False) for name in _SEARCHED))
    if column == CATEGORY:
        return among_lists(CATEGORY, values)
    found = pl.col(PRODUCT).is_in(named).fill_null(False)
    return found | pl.col(PRODUCT).is_null() if None in values else found


def among_lists(column: str, values: Values) -> pl.Expr:
    """Whether a list has one of these values; None among them stands for an empty list."""
    held = pl.col(column)
    found = [held.list.contains(str(value)).fill_null(False) for value in values if value is not None]
    if None in values:
        found.append(held.list.len().fill_null(0) == 0)
    return reduce(pl.Expr.or_, found, pl.lit(False))


def holding(rows: pl.DataFrame, lines: pl.DataFrame, column: str, values: Values) -> pl.DataFrame:
    """Orders or refunds whose order contains such a line; None among the values: or no goods at all."""
    kept = pl.concat([lines.filter(meets(column, values)).select(ORDER), *_bare(rows, lines, values)])
    return rows.join(kept, on=ORDER, how="semi", maintain_order="left")


def on_lines(rows: pl.DataFrame, lines: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Orders or refunds with the amounts of these lines alone; those without any of them are left out."""
    held = [name for name in ("quantity", "net", "discount") if name in rows.columns and name in lines.columns]
    sums = lines.group_by(key).agg(pl.col(name).sum() for name in held)
    return rows.drop(held).join(sums, on=list(key), how="inner", maintain_order="left")


def parted_by_content(rows: pl.DataFrame, lines: pl.DataFrame, column: str) -> dict[str | int | None, pl.DataFrame]:
    """Orders or refunds under each product or category that their order contains; under None those without any.

    Without any: an order without goods, and one with goods that have no category or no name.
    """
    pairs = lines.select(*ORDER, value=column)
    if column == CATEGORY:
        pairs = _exploded(pairs, "value")
    bare = rows.select(ORDER).unique().join(lines.select(ORDER), on=ORDER, how="anti")
    pairs = pl.concat([pairs.unique(), bare.with_columns(value=pl.lit(None, dtype=pl.String))])
    return _parted(rows.join(pairs, on=ORDER, how="inner", maintain_order="left"))


def parted_by_lists(rows: pl.DataFrame, column: str) -> dict[str | int | None, pl.DataFrame]:
    """Rows under each value of a list of texts; under None those with an empty one."""
    return _parted(_exploded(rows.with_columns(pl.col(column).list.unique().alias("value")), "value"))


def _exploded(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each value of a list, in the order of the rows; null for an empty one."""
    empty = pl.col(column).list.len().fill_null(0) == 0
    nothing = pl.lit([None], dtype=pl.List(pl.String))
    return rows.with_columns(pl.when(empty).then(nothing).otherwise(column).alias(column)).explode(column)


def _parted(rows: pl.DataFrame) -> dict[str | int | None, pl.DataFrame]:
    parts = rows.partition_by("value", as_dict=True, maintain_order=True, include_key=False)
    return {key[0]: part for key, part in parts.items()}


def values_in(rows: Sequence[pl.DataFrame], lines: pl.DataFrame, column: str) -> set[str | None]:
    """The products or categories in these orders and refunds; None where some have none."""
    keys = pl.concat([frame.select(ORDER) for frame in rows]).unique()
    inside = lines.join(keys, on=ORDER, how="semi")[column]
    found: set[str | None] = values_of_lists(inside) if column == CATEGORY else set(inside.unique())
    return found | {None} if _bare(keys, lines, (None,))[0].height else found


def values_of_lists(lists: pl.Series) -> set[str | None]:
    """All values of lists of texts; None where one is empty."""
    return set(_exploded(lists.alias("value").to_frame(), "value")["value"].unique())


def _bare(rows: pl.DataFrame, lines: pl.DataFrame, values: Values) -> list[pl.DataFrame]:
    """The keys of orders without any line of goods, where they are wanted."""
    return [rows.select(ORDER).unique().join(lines.select(ORDER), on=ORDER, how="anti")] if None in values else []
