"""Amounts in one currency (convention C6): each document at the rate of its order's day, exact integers.

A refund is converted at the rate of its order, so that an order paid back in full leaves nothing behind, and both
ways of dating refunds agree in total. What has no rate is left out of figures of money and counted (`no_rate`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import polars as pl

from connector.instants import EPOCH
from connector.kpi.rates import Rates
from connector.kpi.shop.history import ORDER, PAID_IN, History, days_of

SCALE = 10**12
"""Rates are integers of this fineness while amounts are converted."""

_MONEY = ("total", "tax", "shipping", "discount", "net")


def converted(history: History, rates: Rates) -> History:
    """The history with all amounts in the report currency; orders and refunds without a rate are set aside.

    What each was paid in then stands in the column `PAID_IN`.
    """
    orders = _with_rate(history.orders, rates, history.zone)
    unrated = pl.col("per_unit").is_null()
    without = orders.filter(unrated).drop("per_unit")
    kept = orders.filter(~unrated)
    refunds = history.refunds
    if refunds is not None:
        refunds = _in_report(_with_rate(refunds, rates, history.zone).filter(~unrated), rates)
    set_aside = {**history.set_aside, **({"no_rate": without} if without.height else {})}
    contents = history.contents
    if contents is not None and history.line_level:
        by_order = kept.select(*ORDER, "per_unit")
        lines = _lines(contents.lines, by_order)
        refunded = _lines(contents.refunded, by_order) if contents.refunded is not None else None
        contents = replace(contents, lines=lines, refunded=refunded)
    return replace(
        history,
        orders=_in_report(kept, rates),
        refunds=refunds,
        contents=contents,
        report=rates.report,
        rates_until=rates.until,
        set_aside={reason: _named(rows, rates) for reason, rows in set_aside.items()},
    )


def _with_rate(rows: pl.DataFrame, rates: Rates, zone: ZoneInfo) -> pl.DataFrame:
    """Rows with `per_unit`: units of their currency per unit of the report currency, times SCALE; null without one."""
    own = pl.col("rate") if "rate" in rows.columns else pl.lit(None, dtype=pl.Int64).alias("rate")
    keyed = rows.with_columns(days_of(rows["at"], zone).alias("day"), own)
    key = ["source_id", "currency", "day", "rate"]
    cases = keyed.select(key).unique()
    found = [_scaled(rates, *case) for case in cases.iter_rows()]
    cases = cases.with_columns(pl.Series("per_unit", found, dtype=pl.Int64))
    joined = keyed.join(cases, on=key, how="left", nulls_equal=True, maintain_order="left")
    return joined.drop("day", *([] if "rate" in rows.columns else ["rate"]))


def _scaled(rates: Rates, source: int, currency: str | None, day: int, own: int | None) -> int | None:
    rate = rates.per_unit(source, currency, EPOCH.date() + timedelta(days=day), own)
    scaled = round(rate * SCALE) if rate is not None else 0
    return scaled if 0 < scaled < 2**63 else None


def _in_report(rows: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    amounts = [_converted(name) for name in _MONEY if name in rows.columns]
    return _named(rows.with_columns(amounts).drop("per_unit"), rates)


def _named(rows: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """Rows under the report currency, which remember their own."""
    return rows.with_columns(pl.col("currency").alias(PAID_IN), currency=pl.lit(rates.report))


def _lines(lines: pl.DataFrame, by_order: pl.DataFrame) -> pl.DataFrame:
    rated = lines.join(by_order, on=list(ORDER), how="inner", maintain_order="left")
    return rated.with_columns(_converted(name) for name in _MONEY if name in rated.columns).drop("per_unit")


def _converted(name: str) -> pl.Expr:
    """The amount in the report currency, rounded half away from zero to a millionth."""
    amount, per_unit = pl.col(name).cast(pl.Int128), pl.col("per_unit").cast(pl.Int128)
    size = (2 * SCALE * amount.abs() + per_unit) // (2 * per_unit)
    return (size * amount.sign()).cast(pl.Int64).alias(name)
