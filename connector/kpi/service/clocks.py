"""Both clocks: which one leads, and the other beside it (definitions, 5.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

import polars as pl

from connector.kpi.distributions import median_of, stats_of
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.service.scope import Scope
from connector.messages import Message
from connector.messages.kpi import KPI

BUSINESS, CALENDAR = "business", "calendar"


def leading(scope: Scope) -> str:
    """The headline clock: the configured one; `auto` is opening hours where any source asked for has them."""
    chosen = scope.options.service.clock
    if chosen == "auto":
        return BUSINESS if scope.hours else CALENDAR
    return chosen


def missing_hours(scope: Scope) -> Measured | None:
    """Without opening hours nothing can be measured in them."""
    if leading(scope) == BUSINESS and not scope.hours:
        return missing(KPI("reason.no_business_hours"), n=0, flag=NOT_AVAILABLE)
    return None


def seconds(scope: Scope, name: str, clock: str) -> pl.Expr:
    """The span `name` by a clock. A source without opening hours is open around the clock."""
    calendar = pl.col(f"{name}_seconds")
    if clock == CALENDAR:
        return calendar
    timed = pl.col("source_id").is_in(sorted(scope.desk.timed_sources))
    return pl.when(timed).then(pl.col(f"{name}_business_seconds")).otherwise(calendar)


def timed(scope: Scope, rows: pl.DataFrame, name: str, reason: Message) -> Measured:
    """The distribution of the span `name` over `rows`: by the leading clock, and in `stats_other` by the other."""
    if problem := missing_hours(scope):
        return problem
    lead = leading(scope)
    measured = median_of(rows.select(seconds(scope, name, lead).alias("span"))["span"], reason)
    return replace(measured, extra={**measured.extra, **_other(scope, rows, name, lead)}).with_notes(
        *said_of_clock(scope, rows)
    )


def said_of_clock(scope: Scope, rows: pl.DataFrame) -> tuple[Message | None, ...]:
    """Which clock leads, and what it cannot say."""
    if leading(scope) == CALENDAR:
        return (KPI("note.no_business_hours") if not scope.hours else KPI("note.calendar_clock"),)
    untimed = int((~rows["source_id"].is_in(sorted(scope.desk.timed_sources))).sum())
    return KPI("note.business_clock"), KPI("note.around_the_clock", count=untimed) if untimed else None


def said_of_day(scope: Scope) -> Message:
    """By which day conversations count here: the two do not agree within a short period."""
    return KPI("note.by_event") if scope.by_event else KPI("note.by_creation")


def _other(scope: Scope, rows: pl.DataFrame, name: str, lead: str) -> Mapping[str, Mapping[str, object]]:
    """The distribution by the clock that does not lead, where both exist."""
    if not scope.hours:
        return {}
    other = CALENDAR if lead == BUSINESS else BUSINESS
    ordered = rows.select(seconds(scope, name, other).alias("span"))["span"].drop_nulls().sort()
    if ordered.is_empty():
        return {}
    return {"stats_other": {"clock": other, "n": len(ordered), **asdict(stats_of(ordered))}}
