"""What customers have brought in so far (definitions, 4.7)."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import polars as pl

from connector.kpi.distributions import total
from connector.kpi.measured import Measured, missing
from connector.kpi.result import Interval, Stats, Triangle
from connector.kpi.shop.cohorts import Reading, build, calendar
from connector.kpi.shop.founding import Founded
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.worth import bought, documents
from connector.kpi.statistics import mean_interval, percentile
from connector.messages.kpi import KPI


def clv_historical(scope: Scope) -> Measured:
    """The mean value of everybody who ordered up to the period's end, of all their orders up to then.

    Money after refunds and, where there is one, times `clv.margin`. `top_decile_share` is what the tenth of the
    customers with the highest value bring, of all; the table is the mean by month of the first order, cumulative over
    months of age.
    """
    worth = per_person(scope)
    if worth.is_empty():
        return missing(KPI("reason.no_customers_ever"), numerator=0, denominator=0, n=0)
    margin = _margin(scope)
    values = worth["net"].sort()
    people, whole = len(values), total(values)
    mean = Decimal(whole) / people * margin
    spread = float(((values - whole / people) ** 2).sum())
    bounds = mean_interval(people, whole / people, spread)
    stats = Stats(
        median=_money(percentile(values, 0.5), margin),
        mean=mean,
        p90=_money(percentile(values, 0.9), margin),
        max=_money(values[-1], margin),
    )
    measured = Measured(
        mean,
        Decimal(whole) * margin,
        people,
        n=people,
        interval=Interval(_money(bounds[0], margin), _money(bounds[1], margin), "t") if bounds else None,
        stats=stats,
        table=_by_age(scope, margin),
    )
    if whole <= 0:
        return measured
    best = math.ceil(people / 10)
    part = total(values.tail(best)) / whole
    note = KPI("note.top_decile", best=best, share=round(part * 100))
    return replace(measured, extra={"top_decile_share": part}).with_notes(note)


def per_person(scope: Scope) -> pl.DataFrame:
    """`person_id`, `currency`, `net` (millionths) and `first_at` of everybody with an order up to the period's end."""
    sums = documents(scope).group_by("person_id", "currency", maintain_order=True).agg(pl.col("net").sum())
    firsts = bought(scope).group_by("person_id").agg(pl.col("first_at").first())
    return sums.join(firsts, on="person_id", how="left", maintain_order="left")


def _by_age(scope: Scope, margin: Decimal) -> Triangle:
    """Cohorts by the month of the first order; a cell is the mean value of a member up to that month of age."""
    orders = bought(scope)
    members = orders.group_by("person_id", maintain_order=True).agg(start_at=pl.col("first_at").first())
    found = Founded(members.with_columns(key=pl.lit(None, dtype=pl.String)), orders, None, {})
    values = documents(scope).select("person_id", "at", value="net")
    columns = calendar(found.members, scope, "month")
    table = build(found, columns, Reading("revenue_per_member", cumulative=True), values)
    return replace(_times(table, margin), measure="value_per_member", beside=True)


def _times(table: Triangle, margin: Decimal) -> Triangle:
    """The table with every value times the margin."""
    if margin == 1:
        return table
    rows = []
    for row in (*table.rows, table.average):
        cells = (cell and replace(cell, value=cell.value and Decimal(cell.value) * margin) for cell in row.cells)
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows[:-1]), average=rows[-1])


def _margin(scope: Scope) -> Decimal:
    """What is left of one unit of net revenue; as it is written, so that 0.35 is no binary neighbour of it."""
    margin = scope.history.options.clv.margin
    return Decimal(1) if margin is None else Decimal(str(margin))


def _money(micros: float, margin: Decimal) -> Decimal:
    return Decimal(micros) * margin
