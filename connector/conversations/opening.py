"""When a desk is open: weekly intervals of local time, without holidays."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

WEEK = 7 * 24 * 60  # minutes
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class OpeningHours:
    """Opening hours in an IANA zone.

    `intervals` are half-open, in minutes of the local week since Monday 00:00; they may run over midnight, and over
    the end of the week. A holiday closes the whole local day: those of `region` (as the library `holidays` knows it:
    DE-BY, AT), and the days of `closed`, each a first and a last day.
    """

    zone: str
    intervals: tuple[tuple[int, int], ...]
    region: str | None = None
    closed: tuple[tuple[str, str], ...] = ()  # YYYY-MM-DD, both included

    def text(self) -> str:
        """The hours as JSON, the same text for the same hours."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def of_text(cls, text: str) -> OpeningHours:
        """The hours that `text` gave."""
        said = json.loads(text)
        return cls(
            said["zone"],
            tuple((begin, end) for begin, end in said["intervals"]),
            said["region"],
            tuple((first, last) for first, last in said["closed"]),
        )

    @cached_property
    def by_weekday(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For Monday to Sunday the open minutes of the day, ordered, what touches or overlaps made one."""
        days: list[list[tuple[int, int]]] = [[] for _ in range(7)]
        for begin, end in self.intervals:
            while begin < end:
                midnight = (begin // DAY_MINUTES + 1) * DAY_MINUTES
                part, day = min(end, midnight), begin // DAY_MINUTES % 7
                days[day].append((begin % DAY_MINUTES, part - (midnight - DAY_MINUTES)))
                begin = part
        return tuple(tuple(_joined(sorted(day))) for day in days)

    def holidays(self, first_year: int, last_year: int) -> frozenset[date]:
        """The local days of these years that are closed all day."""
        days = set()
        for begin, end in self.closed:
            day = max(date.fromisoformat(begin), date(first_year, 1, 1))
            last = min(date.fromisoformat(end), date(last_year, 12, 31))
            while day <= last:
                days.add(day)
                day += timedelta(days=1)
        if self.region:
            from holidays import country_holidays

            country, _, part = self.region.partition("-")
            days.update(country_holidays(country, subdiv=part or None, years=range(first_year, last_year + 1)))
        return frozenset(days)

    @property
    def tz(self) -> ZoneInfo:
        """The zone."""
        return ZoneInfo(self.zone)


def _joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in parts:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
