"""The cohort triangle (definitions, 4.6).

A cohort is all whose first order ever fell in one calendar unit; column i is i units later. A unit without any
purchase is a 0 that stays in its column; a cell whose unit is not over is None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from connector.instants import day_start, local_day
from connector.kpi.measured import Measured, missing, share
from connector.kpi.period import add_months
from connector.kpi.result import Cell, CohortRow, Triangle
from connector.kpi.shop.scope import Scope, persons_of
from connector.messages.kpi import KPI


@dataclass(frozen=True)
class Grain:
    """A calendar unit: where the one holding a day begins, where the next one begins, and its name."""

    begin: Callable[[date], date]
    following: Callable[[date], date]
    name: Callable[[date], str]


def _week_name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


GRAINS = {
    "week": Grain(lambda day: day - timedelta(days=day.weekday()), lambda day: day + timedelta(days=7), _week_name),
    "month": Grain(lambda day: day.replace(day=1), lambda day: add_months(day, 1), lambda day: f"{day:%Y-%m}"),
    "quarter": Grain(
        lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        lambda day: add_months(day, 3),
        lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    ),
}


def cohorts(scope: Scope) -> Measured:
    """The triangle of all cohorts whose first orders lie in the period.

    It ends at the earlier of the period's end and the last sync. The value is the weighted average of column 1: the
    share of all cohorts that bought again in the unit after their first.
    """
    grain = scope.history.options.cohorts.grain
    orders = _orders_of_members(scope)
    if orders.is_empty():
        return missing(KPI("reason.no_first_orders"), numerator=0, denominator=0, n=0)
    table = triangle(orders, grain, min(scope.end, scope.observed), scope.history.zone)
    reached = [row for row in table.rows if len(row.cells) > 1 and row.cells[1] is not None]
    again = sum(row.cells[1].active for row in reached if row.cells[1] is not None)
    measured = share(again, sum(row.size for row in reached), KPI("reason.no_cohorts"))
    return replace(measured, table=table).with_notes(KPI(f"note.cohort_{grain}"))


def triangle(orders: pl.DataFrame, grain: str, horizon: int, zone: ZoneInfo) -> Triangle:
    """Who of each cohort bought in each unit that is over at `horizon` (microseconds UTC).

    `orders` hold `person_id`, `at` and `first_at`, sorted by person and instant; there is at least one.
    """
    unit = GRAINS[grain]
    instants = [int(orders["first_at"].min()), max(int(orders["at"].max()), horizon)]  # type: ignore[arg-type]
    days = _units(unit, *(local_day(instant, zone) for instant in instants))
    starts = pl.Series([day_start(day, zone) for day in days], dtype=pl.Int64)
    over = sum(1 for instant in starts[1:] if instant <= horizon)
    counts = active_counts(orders, starts)
    sizes = {cohort: count for (cohort, column), count in counts.items() if column == 0}
    columns = tuple(range(max(over, 1)))
    rows = tuple(
        CohortRow(
            unit.name(days[cohort]),
            size,
            tuple(
                Cell(active, active / size) if cohort + column < over else None
                for column in columns
                for active in [counts.get((cohort, column), 0)]
            ),
        )
        for cohort, size in sorted(sizes.items())
    )
    return Triangle(grain, columns, rows, _average(columns, rows))


def active_counts(orders: pl.DataFrame, starts: pl.Series) -> dict[tuple[int, int], int]:
    """(cohort, units later) -> how many persons bought. Both count the units that begin at `starts`."""
    units = orders.select(
        "person_id",
        cohort=starts.search_sorted(orders["first_at"], side="right").cast(pl.Int64) - 1,
        unit=starts.search_sorted(orders["at"], side="right").cast(pl.Int64) - 1,
    )
    # Sorted by person and instant, a person's orders in one unit stand together: the first of them is enough.
    another = (pl.col("person_id") != pl.col("person_id").shift()) | (pl.col("unit") != pl.col("unit").shift())
    counted = (
        units.filter(another.fill_null(True))
        .group_by("cohort", column=pl.col("unit") - pl.col("cohort"))
        .agg(active=pl.len())
    )
    return {(cohort, column): active for cohort, column, active in counted.iter_rows()}


def _orders_of_members(scope: Scope) -> pl.DataFrame:
    """All orders of those whose first order is among the period's; with `person_id`, `at` and `first_at`."""
    orders = scope.history.orders
    if scope.conditions:
        members = persons_of(scope.persons.filter("first"))
        orders = orders.filter(pl.col("person_id").is_in(members.implode()))
    else:
        orders = orders.filter((pl.col("first_at") >= scope.start) & (pl.col("first_at") < scope.end))
    return orders.select("person_id", "at", "first_at")


def _units(unit: Grain, earliest: date, latest: date) -> list[date]:
    """The first days of all units from the earliest day on, and of the one after the latest."""
    days = [unit.begin(earliest)]
    while days[-1] <= latest:
        days.append(unit.following(days[-1]))
    return days


def _average(columns: tuple[int, ...], rows: tuple[CohortRow, ...]) -> CohortRow:
    cells: list[Cell | None] = []
    for column in columns:
        reached = [(cell, row.size) for row in rows if (cell := row.cells[column]) is not None]
        active, size = sum(cell.active for cell, _ in reached), sum(size for _, size in reached)
        cells.append(Cell(active, active / size) if size else None)
    return CohortRow("", sum(row.size for row in rows), tuple(cells))
