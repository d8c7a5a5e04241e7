"""Net revenue month by month, for the chart on the first sheet: the same figure, over calendar months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from connector.frames.reading import Reads
from connector.kpi.ground import stand
from connector.kpi.measured import Measured
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period, add_months
from connector.kpi.question import ask
from connector.kpi.registry import chosen

LONGEST = 36
"""Months shown at most: the latest ones."""


@dataclass(frozen=True)
class MonthlyRevenue:
    """Net revenue by calendar month, oldest first: its first day, and the amount in millionths."""

    currency: str | None
    months: tuple[tuple[date, Decimal], ...]


def monthly_revenue(
    store: Reads,
    *,
    options: KpiOptions,
    zone: ZoneInfo,
    asked: Asked,
    filters: Mapping[str, Sequence[str]],
    now: int,
) -> list[MonthlyRevenue]:
    """One series per currency over the whole months of a period, the latest LONGEST ones.

    `asked.first` must be given. Raises UsageError where the filters do not fit net revenue, StoreError from the store.
    """
    months = _months(asked)
    if not months:
        return []
    question = ask(
        ("net_revenue",),
        options=options,
        zone=zone,
        asked=Asked(months[0].first, months[-1].after, zone),
        filters=filters,
    )
    (kpi,) = chosen(("net_revenue",), options)
    ground = stand(store, question, now)
    subject = ground.subject(kpi)
    if subject.unavailable(kpi):
        return []
    whole = Period(months[0].first, months[-1].after, zone)
    series = []
    for currency in subject.currencies(kpi, [subject.view(kpi, whole)]):
        narrower = ("currency", (currency,))
        amounts: list[tuple[date, Decimal]] = []
        for month in months:
            measured = kpi.compute(subject.view(kpi, month, narrower))
            value = measured.value if isinstance(measured, Measured) else None
            amounts.append((month.first, value if isinstance(value, Decimal) else Decimal(0)))
        series.append(MonthlyRevenue(currency, tuple(amounts)))
    return series


def _months(asked: Asked) -> list[Period]:
    """The whole calendar months of a period."""
    if asked.first is None:
        return []
    first = asked.first if asked.first.day == 1 else add_months(asked.first.replace(day=1), 1)
    found: list[Period] = []
    while (after := add_months(first, 1)) <= asked.after:
        found.append(Period(first, after, asked.zone))
        first = after
    return found[-LONGEST:]
