"""What is in the orders: their lines of goods, and those of refunds, under the names of products and categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connector.frames.columns import Column, Query, read_frame
from connector.frames.counting import Counting

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_PRODUCT = ("source_id", "product_id")
_ORDER = ("source_id", "order_id")

_LINES = {
    "source_id": Column("l.source_id"),
    "order_id": Column("l.order_id", "text"),
    "product_id": Column("l.product_id", "text"),
    "sku": Column("l.sku", "text"),
    "name": Column("l.name", "text"),
}
_LINE_AMOUNTS = {
    "quantity": Column("l.quantity_micros"),
    "net": Column("l.total_micros"),
    "discount": Column("l.discount_micros"),
    "order_discount": Column("o.discount_micros"),
}
_REFUNDED = {
    "source_id": Column("l.source_id"),
    "order_id": Column("r.order_id", "text"),
    "refund_id": Column("l.refund_id", "text"),
    # Some systems name only the order's line, others only the product.
    "product_id": Column("COALESCE(i.product_id, l.product_id)", "text"),
    "sku": Column("i.sku", "text"),
    "name": Column("i.name", "text"),
    "quantity": Column("l.quantity_micros"),
    "net": Column("l.total_micros"),
}
_PRODUCTS = {
    "source_id": Column("p.source_id"),
    "product_id": Column("p.product_id", "text"),
    "known_sku": Column("p.sku", "text"),
    "known_name": Column("p.name", "text"),
    "category": Column("p.categories", "text"),
}


@dataclass(frozen=True)
class Contents:
    """Lines of goods. Amounts without tax, in millionths; `net` is after discounts.

    Both frames hold `source_id`, `order_id`, `product` (its name today, else on the line, else its number; products
    of one name in one source are told apart by their numbers), `category` (a list of names), and what a product may
    be asked for by: `product_id`, `sku`, `known_sku`, `name`, `known_name`. Amounts (`quantity`, `net`, `discount`)
    are there where they were asked for; refunded lines have a `refund_id` too.
    """

    lines: pl.DataFrame
    refunded: pl.DataFrame | None = None


def read_contents(
    connection: Connection, counting: Counting, *, amounts: bool, since: int | None = None, until: int | None = None
) -> Contents:
    """The lines of all orders that are not gone, or of those dated between `since` and `until` (microseconds UTC).

    `amounts` also reads what they were worth, and the lines of refunds. A discount of the whole order is shared out
    over its goods in proportion to their value.
    """
    products = _decoded(read_frame(connection, Query("products", "p", "product_id", _PRODUCTS)), "category")
    joins = "JOIN orders o ON o.source_id = l.source_id AND o.order_id = l.order_id"
    where, values = "l.kind = 'product' AND o.gone_at IS NULL", dict[str, Any]()
    if since is not None and until is not None:
        day = counting.day()
        where += f" AND ({day} IS NULL OR ({day} >= :since AND {day} < :until))"
        values = {"since": since, "until": until}
    columns = _LINES | (_LINE_AMOUNTS if amounts else {})
    lines = read_frame(connection, Query("order_lines", "l", "order_id", columns, joins, where, values))
    names = _names(lines, products)
    if not amounts:
        return Contents(_named(lines, names, products))
    refunded = read_frame(
        connection,
        Query(
            "refund_lines",
            "l",
            "refund_id",
            _REFUNDED,
            "JOIN refunds r ON r.source_id = l.source_id AND r.refund_id = l.refund_id "
            "LEFT JOIN order_lines i ON i.source_id = l.source_id AND i.order_id = r.order_id "
            "AND i.line_id = l.order_line_id",
            "r.gone_at IS NULL",
        ),
    )
    return Contents(_named(_discounted(lines), names, products), _named(refunded, names, products))


def _names(lines: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """What each product of a source is called: `source_id`, `product_id`, `product`."""
    import polars as pl

    sold = lines.filter(pl.col("product_id").is_not_null()).group_by(_PRODUCT).agg(pl.col("name").drop_nulls().last())
    called = sold.join(products, on=_PRODUCT, how="full", coalesce=True).select(
        *_PRODUCT, product=pl.coalesce("known_name", "name", "product_id")
    )
    again = pl.len().over("source_id", "product") > 1
    number = pl.format("{} (#{})", "product", "product_id")
    return called.with_columns(product=pl.when(again).then(number).otherwise("product"))


def _named(lines: pl.DataFrame, names: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    whole = lines.join(names, on=_PRODUCT, how="left", maintain_order="left")
    whole = whole.join(products, on=_PRODUCT, how="left", maintain_order="left")
    return whole.with_columns(product=pl.coalesce("product", "name"))


def _discounted(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines whose `net` is after discount and whose `discount` is known."""
    import polars as pl

    goods = pl.col("net").sum().over(_ORDER).cast(pl.Int128)
    part = 2 * pl.col("order_discount").cast(pl.Int128) * pl.col("net") + goods
    share = pl.when(goods > 0).then(part // (2 * goods)).otherwise(0).cast(pl.Int64)
    whole_order = pl.col("discount").is_null()
    lines = lines.with_columns(share=pl.when(whole_order).then(share).otherwise(0))
    return lines.with_columns(
        net=pl.col("net") - pl.col("share"), discount=pl.coalesce(pl.col("discount"), pl.col("share"))
    ).drop("share", "order_discount")


def _decoded(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.col(column).fill_null("[]").str.json_decode(pl.List(pl.String)))
