"""Calendar units: where the one holding a day begins, where the next one begins, and its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from connector.kpi.period import add_months


@dataclass(frozen=True)
class Grain:
    """A calendar unit, `unit`: week, month or quarter."""

    unit: str
    begin: Callable[[date], date]
    following: Callable[[date], date]
    name: Callable[[date], str]

    def starts(self, earliest: date, latest: date) -> list[date]:
        """The first days of all units from that of the earliest day on, and of the one after the latest."""
        days = [self.begin(earliest)]
        while days[-1] <= latest:
            days.append(self.following(days[-1]))
        return days


def _week_name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


GRAINS = {
    "week": Grain(
        "week", lambda day: day - timedelta(days=day.weekday()), lambda day: day + timedelta(days=7), _week_name
    ),
    "month": Grain("month", lambda day: day.replace(day=1), lambda day: add_months(day, 1), lambda day: f"{day:%Y-%m}"),
    "quarter": Grain(
        "quarter",
        lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        lambda day: add_months(day, 3),
        lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    ),
}
"""Weeks are ISO weeks, named by the year that holds their Thursday."""
