"""The figures of a source by month, counted in any way. Ours must come out as `connector kpi` gives them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import polars as pl

from connector.kpi.shop.history import fully_refunded
from connector.money import MICROS
from connector.reconcile.books import AMOUNTS, Books
from connector.reconcile.result import DOCUMENTS, Month
from connector.reconcile.ways import Way

Sums = dict[str, dict[str, Decimal]]

_UNIT = pl.lit(MICROS, dtype=pl.Int64)


def count(books: Books, way: Way, until: int) -> dict[str, Month]:
    """Every figure of each month in which anything happened before `until` (microseconds UTC)."""
    counted = _counted(books, way)
    dated = counted.filter(pl.col("at").is_not_null())
    inside = dated.filter(pl.col("own") & (pl.col("at") < until)).with_columns(month=_month("at", way))
    refunds = _refunds(books, way, counted, until)
    orders = _numbers(inside.group_by("month").agg(value=pl.len()))
    sold, back = _sums(inside, way, books.currency), _sums(refunds, way, books.currency)
    documents = _numbers(
        pl.concat([inside.select("month"), refunds.select("month")]).group_by("month").agg(value=pl.len())
    )
    divided_by = _numbers(_in_scope(inside, way, books.currency).group_by("month").agg(value=pl.len()))
    new, returning = _customers(books, way, counted, until)
    found: dict[str, Month] = {}
    for month in {*orders, *sold, *back}:
        out, returned = sold.get(month, {}), back.get(month, {})
        net = {name: out.get(name, Decimal(0)) - returned.get(name, Decimal(0)) for name in AMOUNTS}
        goods = net["net"] if way.aov == "after_refunds" else out.get("net", Decimal(0))
        found[month] = {
            "orders": orders.get(month, 0),
            "net_revenue": _whole(net["net"]),
            "aov": _whole(goods / divided_by[month]) if divided_by.get(month) else None,
            "new_customers": new.get(month, 0),
            "returning_customers": returning.get(month, 0),
            "total_sales": _whole(net["total"]),
            "taxes": _whole(net["tax"]),
            "shipping": _whole(net["shipping"]),
            "refunds_value": _whole(returned.get("net", Decimal(0))),
            "gross_sales": _whole(out.get("net", Decimal(0)) + out.get("discount", Decimal(0))),
            "discounts": _whole(out.get("discount", Decimal(0))),
            DOCUMENTS: documents.get(month, 0),
        }
    return found


def _counted(books: Books, way: Way) -> pl.DataFrame:
    """The orders that count, with the day they count on (`at`, null where they lack it). Others' by our options."""
    rule = pl.col("counts")
    if way.counted == "countable":
        rule = pl.when("own").then("countable").otherwise("counts")
    elif way.counted != "options":
        rule = pl.when("own").then(~pl.col("status_raw").is_in(sorted(way.counted))).otherwise("counts")
    if way.min_total is not None:
        rule &= pl.col("total") >= way.min_total
    if way.without_tags:
        tags = pl.col("tags").fill_null("[]").str.json_decode(pl.List(pl.String))
        rule &= tags.list.set_intersection(list(way.without_tags)).list.len() == 0
    return books.orders.filter(rule).with_columns(at=pl.col(way.day))


def _refunds(books: Books, way: Way, counted: pl.DataFrame, until: int) -> pl.DataFrame:
    """The refunds deducted, with the month they are deducted in."""
    refunds = books.refunds[way.split]
    if way.refunds == "none":
        refunds = refunds.clear()
    orders = (
        counted.filter("own") if way.refunds_of_undated else counted.filter(pl.col("own") & pl.col("at").is_not_null())
    )
    there = refunds.join(orders.select("order", "at", "rate"), on="order")
    day = "at" if way.refunds == "order" else "refunded_at"
    return there.filter(pl.col(day) < until).with_columns(month=_month(day, way))


def _customers(books: Books, way: Way, counted: pl.DataFrame, until: int) -> tuple[dict[str, int], dict[str, int]]:
    """New and returning customers by month."""
    if way.ignore_fully_refunded:
        full = fully_refunded(
            books.refunds[way.split].join(counted.filter(pl.col("at").is_not_null()).select("order"), on="order")
        )
        counted = counted.join(full.select("source_id", "order_id"), on=["source_id", "order_id"], how="anti")
    if way.customers == "persons":
        key, begun = "person_id", "at"
        rows = counted.filter(pl.col("at").is_not_null() & pl.col("person_id").is_not_null())
    else:
        key, begun = "account", "created"
        rows = counted.filter("own")
    number = pl.col("number").cast(pl.Int64, strict=False)
    rows = rows.sort(begun, number, "order", nulls_last=True).with_columns(
        first=pl.int_range(pl.len()).over(key) == 0, first_at=pl.col(begun).min().over(key)
    )
    inside = rows.filter(pl.col("own") & (pl.col("at") < until)).with_columns(
        month=_month("at", way), first_month=_month("first_at", way)
    )
    new = _numbers(inside.filter("first").group_by("month").agg(value=pl.len()))
    again = ~pl.col("first") if way.returning == "not_first" else pl.col("first_month") < pl.col("month")
    return new, _numbers(inside.filter(again).group_by("month").agg(value=pl.col(key).n_unique()))


def _in_scope(rows: pl.DataFrame, way: Way, main: str | None) -> pl.DataFrame:
    """The rows whose money is looked at, with the rate it is divided by (`per`, millionths)."""
    if way.currencies == "added":
        return rows.with_columns(per=_UNIT)
    own = pl.col("currency") == main if main is not None else pl.lit(True)
    if way.currencies == "main":
        return rows.filter(own).with_columns(per=_UNIT)
    return rows.with_columns(per=pl.coalesce("rate", pl.when(own).then(_UNIT))).filter(pl.col("per").is_not_null())


def _sums(rows: pl.DataFrame, way: Way, main: str | None) -> Sums:
    """The amounts of each month, exact: one currency's are added up before they are divided by a rate."""
    amounts = [name for name in (*AMOUNTS, "discount") if name in rows.columns]
    parts = _in_scope(rows, way, main).group_by("month", "per").agg(pl.col(amounts).sum())
    found: Sums = {}
    with localcontext() as exact:
        exact.prec = 60
        for row in parts.iter_rows(named=True):
            month = found.setdefault(row["month"], dict.fromkeys(amounts, Decimal(0)))
            for name in amounts:
                month[name] += Decimal(row[name] * MICROS) / row["per"]
    return found


def _month(column: str, way: Way) -> pl.Expr:
    local = pl.from_epoch(column, time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(way.zone.key)
    return local.dt.strftime("%Y-%m")


def _numbers(rows: pl.DataFrame) -> dict[str, int]:
    return dict(rows.select("month", "value").iter_rows())


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))
