"""The service week by week, for its sheet: the same figures, over calendar weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from connector.frames.reading import Reads
from connector.instants import local_day
from connector.kpi.definition import Kpi
from connector.kpi.ground import Ground, stand
from connector.kpi.measured import Measured
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period
from connector.kpi.question import ask
from connector.kpi.registry import chosen
from connector.kpi.result import Value

SHOWN = (
    "contact_volume", "solved_volume", "backlog", "frt", "frt_sla", "full_resolution_time", "fcr", "missed_chats"
)  # fmt: skip
"""The figures whose course is shown."""
LONGEST = 53
"""Weeks shown at most: the latest ones."""


@dataclass(frozen=True)
class WeeklyService:
    """The course of some figures: the Monday of each week, oldest first, and the values in the order of `kpis`."""

    kpis: tuple[Kpi, ...]
    weeks: tuple[tuple[date, tuple[Value | None, ...]], ...]


def weekly_service(
    store: Reads,
    *,
    options: KpiOptions,
    zone: ZoneInfo,
    asked: Asked,
    filters: Mapping[str, Sequence[str]],
    now: int,
) -> WeeklyService:
    """The whole weeks (Monday to Sunday) of a period, the latest LONGEST ones; `asked.first` must be given.

    Figures that no source delivers, or that the filters do not fit, are left out. Raises StoreError from the store.
    """
    weeks = _weeks(asked, local_day(now, zone))
    kpis = tuple(kpi for kpi in chosen(SHOWN, options) if not set(filters) - set(kpi.dimensions))
    if not weeks or not kpis:
        return WeeklyService((), ())
    whole = Asked(weeks[0].first, weeks[-1].after, zone)
    question = ask(tuple(kpi.id for kpi in kpis), options=options, zone=zone, asked=whole, filters=filters)
    ground = stand(store, question, now)
    kpis = tuple(kpi for kpi in kpis if not ground.subject(kpi).unavailable(kpi))
    columns = [_course(ground, kpi, weeks) for kpi in kpis]
    return WeeklyService(
        kpis, tuple((week.first, values) for week, values in zip(weeks, zip(*columns, strict=True), strict=False))
    )


def _course(ground: Ground, kpi: Kpi, weeks: Sequence[Period]) -> list[Value | None]:
    """A figure's value in each week. The backlog tells all its days at once."""
    subject = ground.subject(kpi)
    if kpi.id == "backlog":
        whole = kpi.compute(subject.view(kpi, Period(weeks[0].first, weeks[-1].after, weeks[0].zone)))
        days = whole.extra.get("days", ()) if isinstance(whole, Measured) else ()
        by_day = {day["day"]: day["open"] for day in days}
        return [by_day.get((week.after - timedelta(days=1)).isoformat()) for week in weeks]
    values: list[Value | None] = []
    for week in weeks:
        measured = kpi.compute(subject.view(kpi, week))
        values.append(measured.value if isinstance(measured, Measured) else None)
    return values


def _weeks(asked: Asked, today: date) -> list[Period]:
    """The whole weeks of a period that are over."""
    if asked.first is None:
        return []
    first = asked.first + timedelta(days=-asked.first.weekday() % 7)
    found: list[Period] = []
    while (after := first + timedelta(days=7)) <= min(asked.after, today):
        found.append(Period(first, after, asked.zone))
        first = after
    return found[-LONGEST:]
