"""An answer made by hand, with every kind of figure, for the tests of what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from connector.instants import from_local_text
from connector.kpi.definition import Kpi
from connector.kpi.registry import KPIS
from connector.kpi.result import (
    Cell,
    Change,
    CohortRow,
    Comparison,
    Evaluation,
    Figure,
    Flag,
    Interval,
    Previous,
    Stats,
    Triangle,
    Unit,
)
from connector.messages.kpi import KPI

ZONE = ZoneInfo("Europe/Berlin")
START = from_local_text("2026-01-01T00:00:00", ZONE)
END = from_local_text("2026-11-01T00:00:00", ZONE)
BEFORE = from_local_text("2025-01-01T00:00:00", ZONE)
NOW = from_local_text("2026-11-21T20:44:32", ZONE)
DAY = 86_400.0


def defined(name: str) -> Kpi:
    return next(kpi for kpi in KPIS if kpi.id == name)


def figure(name: str, unit: Unit, value: Any, **more: Any) -> Figure:
    return Figure(id=name, label=defined(name).label, unit=unit, value=value, start=START, end=END, zone=ZONE, **more)


def orders() -> Figure:
    return figure(
        "orders",
        Unit.COUNT,
        12_345,
        flags=(Flag("data_until", datetime(2026, 11, 21, 14, tzinfo=UTC)),),
        excluded={"no_date": 3},
    )


def revenue(currency: str = "EUR", micros: str = "123456789.5") -> Figure:
    return figure("net_revenue", Unit.MONEY, Decimal(micros), currency=currency)


def retention() -> Figure:
    return figure(
        "crr",
        Unit.RATE,
        2 / 7,
        numerator=200,
        denominator=700,
        n=700,
        interval=Interval(0.2536, 0.3203, "wilson"),
        parts={"start": 700, "end": 640, "new": 300, "reactivated": 140, "retained": 200, "lost": 500},
        notes=(KPI("note.textbook", reactivated=140),),
        options={"retention.active_days": 365},
    )


def small() -> Figure:
    return figure(
        "repeat_rate",
        Unit.RATE,
        0.25,
        numerator=3,
        denominator=12,
        n=12,
        interval=Interval(0.0889, 0.5323, "wilson"),
        flags=(Flag("small", "12"),),
    )


def tiny() -> Figure:
    return figure(
        "refund_rate_orders",
        Unit.RATE,
        0.75,
        numerator=3,
        denominator=4,
        n=4,
        interval=Interval(0.3, 0.95, "wilson"),
        flags=(Flag("tiny", "5"),),
    )


def missing() -> Figure:
    return figure("crr_textbook", Unit.RATE, None, numerator=0, denominator=0, reason=KPI("reason.no_active_customers"))


def gaps() -> Figure:
    return figure(
        "time_between_orders",
        Unit.SECONDS,
        41.5 * DAY,
        n=420,
        interval=Interval(38 * DAY, 44.25 * DAY, "order_statistic"),
        stats=Stats(41.5 * DAY, 60.2 * DAY, 120 * DAY, 400 * DAY),
    )


def triangle() -> Figure:
    def row(cohort: str, size: int, *actives: int | None) -> CohortRow:
        cells = (None if active is None else Cell(active, active / size) for active in actives)
        return CohortRow(cohort, size, tuple(cells))

    table = Triangle(
        grain="month",
        columns=(0, 1, 2, 3),
        rows=(
            row("2026-07", 40, 40, 10, 0, 6),
            row("2026-08", 3, 3, 1, 1, None),
            row("2026-09", 50, 50, 20, None, None),
            row("2026-10", 60, 60, None, None, None),
        ),
        average=CohortRow("", 153, (Cell(153, 1.0), Cell(31, 31 / 93), Cell(1, 1 / 43), Cell(6, 0.15))),
    )
    return figure("cohorts", Unit.RATE, 31 / 93, numerator=31, denominator=93, n=93, table=table)


def compared() -> Figure:
    return figure(
        "aov",
        Unit.MONEY,
        Decimal("59990000"),
        currency="CHF",
        compared=True,
        previous=Previous(Decimal("50000000"), None, None, 80, BEFORE, START),
        change=Change(0.1998, "percent"),
    )


def by_country() -> list[Figure]:
    def row(group: Mapping[str, str | None] | None, value: int) -> Figure:
        return figure("orders", Unit.COUNT, value, grouped=True, group=group)

    return [row({"country": "DE"}, 900), row({"country": None}, 100), row(None, 1000)]


def answer(*figures: Figure, language: str = "en", compare: bool = False) -> Evaluation:
    shown = figures or (
        orders(),
        revenue(),
        revenue("JPY", "-5000400000"),
        retention(),
        missing(),
        small(),
        tiny(),
        gaps(),
        triangle(),
    )
    return Evaluation(
        generated_at=NOW,
        zone=ZONE,
        start=START,
        end=END,
        language=language,
        figures=tuple(shown),
        compare=Comparison("year", BEFORE, START) if compare else None,
    )
