"""The cohort table (definitions, 4.6).

A cohort is all who began in one calendar unit (or with one product, country, coupon or channel); column i is i units
later. A unit without any purchase is a 0 that stays in its column; a cell whose unit is not over is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from connector.kpi.measured import Measured, missing, share
from connector.kpi.result import Cell, CohortRow, Triangle, Value
from connector.kpi.shop.founding import Founded, founded
from connector.kpi.shop.grains import GRAINS
from connector.kpi.shop.meeting import among
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.triangle import Blocks, Calendar, Counted, count
from connector.messages.kpi import KPI

MONEY = ("revenue", "revenue_per_member")
PER_MEMBER = ("orders_per_member", "revenue_per_member")
SEVERAL = ("product", "coupon")
"""Of these a first order may have several: its customer then belongs to several cohorts."""


@dataclass(frozen=True)
class Reading:
    """How a table is read: the options of one call."""

    measure: str = "active"
    cumulative: bool = False
    by: str = "date"
    everyone_at_0: bool = True  # column 0 is the beginning itself, an order

    @property
    def summed(self) -> bool:
        """Whether the bottom row is a sum, not an average."""
        return self.measure in ("orders", "revenue")


def cohorts(scope: Scope) -> Measured:
    """The table of all cohorts that began in the period.

    It ends at the earlier of the period's end and the last sync. The value is column 1 of the bottom row: with the
    default measure the share of all cohorts that bought again in the unit after their first.
    """
    options = scope.history.options.cohorts
    found = founded(scope)
    if found.members.is_empty():
        contact = options.base == "first_contact"
        return missing(KPI("reason.no_first_contacts" if contact else "reason.no_first_orders"), n=0)
    reading = Reading(options.measure, options.cumulative, options.by, options.base != "first_contact")
    table = build(found, windows(scope, found), reading, _values(scope, found))
    notes = [KPI("note.cohort_block" if options.rolling else f"note.cohort_{options.grain}")]
    if options.measure != "active":
        notes = [KPI("note.cohort_measure")]
    if options.measure in MONEY:
        notes.append(KPI("note.cohort_currency"))
    if options.by in SEVERAL:
        notes.append(KPI("note.cohort_several"))
    if options.by != "date":
        notes.append(KPI("note.cohort_observed"))
    return replace(_value(table), table=table, excluded=found.left_out).with_notes(*notes)


def windows(scope: Scope, found: Founded) -> Calendar:
    """The columns of a question: calendar units, or blocks (`cohorts.rolling`), over at the horizon."""
    options = scope.history.options.cohorts
    return calendar(found.members, scope, options.grain, Blocks if options.rolling else Calendar)


def calendar(members: pl.DataFrame, scope: Scope, grain: str, kind: type[Calendar] = Calendar) -> Calendar:
    """The units from the first beginning to the last one or the horizon, after which nothing counts."""
    first, last = (int(bound) for bound in (members["start_at"].min(), members["start_at"].max()))  # type: ignore[arg-type]
    horizon = min(scope.end, scope.observed)
    return kind.over(GRAINS[grain], first, max(last, horizon), horizon, scope.history.zone)


def build(found: Founded, columns: Calendar, reading: Reading, values: pl.DataFrame | None) -> Triangle:
    """The table. `values` (`person_id`, `at`, `value`) are what a cell adds up, where it does."""

    def counted(members: pl.DataFrame) -> dict[str | int | None, Counted]:
        return count(
            members,
            found.orders,
            values,
            columns,
            cumulative=reading.cumulative,
            everyone_at_0=reading.everyone_at_0,
        )

    by_date = reading.by == "date"
    key = columns.unit(found.members["start_at"]) if by_date else found.members["key"]
    found_by = counted(found.members.with_columns(cohort=key))
    named: list[tuple[str | None, Counted]]
    if by_date:
        named = [(columns.grain.name(columns.days[int(place or 0)]), found_by[place]) for place in _in_time(found_by)]
    else:
        named = [(None if name is None else str(name), found_by[name]) for name in _by_size(found_by)]
    wide = max(1, *(len(one.observed) for _, one in named))
    rows = tuple(CohortRow(name, one.size, _cells(one, wide, reading, whole=by_date)) for name, one in named)
    if by_date:
        average = _average([one for _, one in named], rows, reading, wide)
    else:  # from the members themselves, since somebody may be in several rows
        everyone = counted(found.members.unique("person_id", maintain_order=True).with_columns(cohort=pl.lit(0)))[0]
        average = CohortRow("", everyone.size, _cells(everyone, wide, reading, whole=False))
    unit = "block" if isinstance(columns, Blocks) else columns.grain.unit
    return Triangle(
        unit, tuple(range(wide)), rows, average, reading.measure, reading.cumulative, reading.by, reading.summed
    )


def _in_time(cohorts: Iterable[str | int | None]) -> list[str | int | None]:
    return sorted(cohorts, key=lambda place: int(place or 0))


def _by_size(cohorts: Mapping[str | int | None, Counted]) -> list[str | int | None]:
    """The largest first."""
    return sorted(cohorts, key=lambda name: (-cohorts[name].size, name is None, str(name)))


def _values(scope: Scope, found: Founded) -> pl.DataFrame | None:
    """What the cells of this question add up: 1 for each order, or net revenue with refunds on the order's day."""
    measure = scope.history.options.cohorts.measure
    if measure == "active":
        return None
    if measure not in MONEY:
        return found.orders.select("person_id", "at", value=pl.lit(1, dtype=pl.Int64))
    paid = among(pl.col("currency"), dict(scope.conditions).get("currency", ()))
    documents = [found.orders.lazy().filter(paid).select("person_id", "at", value="net")]
    if found.refunds is not None:
        documents.append(found.refunds.lazy().filter(paid).select("person_id", "at", value=-pl.col("net")))
    return pl.concat(documents).collect()


def _cells(one: Counted, wide: int, reading: Reading, *, whole: bool) -> tuple[Cell | None, ...]:
    """The cells of a cohort. `whole`: only columns that are over for every member."""
    cells: list[Cell | None] = []
    for column in range(wide):
        observed = one.observed[column] if column < len(one.observed) else 0
        if not observed or (whole and observed < one.size):
            cells.append(None)
            continue
        value = _cell_value(one.value[column], observed, reading)
        cells.append(Cell(one.active[column], one.active[column] / observed, value, None if whole else observed))
    return tuple(cells)


def _cell_value(total: int, people: int, reading: Reading) -> Value | None:
    if reading.measure == "active":
        return None
    if reading.measure in MONEY:
        return Decimal(total) / people if reading.measure in PER_MEMBER else Decimal(total)
    return total / people if reading.measure in PER_MEMBER else total


def _average(counted: Sequence[Counted], rows: Sequence[CohortRow], reading: Reading, wide: int) -> CohortRow:
    """Sums over the cohorts that have reached a column, by the sums of their sizes."""
    cells: list[Cell | None] = []
    for column in range(wide):
        reached = [one for one, row in zip(counted, rows, strict=True) if row.cells[column] is not None]
        size, active = sum(one.size for one in reached), sum(one.active[column] for one in reached)
        value = _cell_value(sum(one.value[column] for one in reached), size, reading) if size else None
        cells.append(Cell(active, active / size, value) if size else None)
    return CohortRow("", sum(row.size for row in rows), tuple(cells))


def _value(table: Triangle) -> Measured:
    """Column 1 of the bottom row, with its interval where it is a share."""
    cell = table.average.cells[1] if len(table.average.cells) > 1 else None
    if cell is None:
        return missing(KPI("reason.no_cohorts"), numerator=0, denominator=0, n=0)
    people = cell.of if cell.of is not None else _reached(table.rows, 1)
    if table.measure == "active":
        return share(cell.active, people, KPI("reason.no_cohorts"))
    return Measured(cell.value, n=people)


def _reached(rows: Iterable[CohortRow], column: int) -> int:
    return sum(row.size for row in rows if row.cells[column] is not None)
