"""Periods: what people write, the local days meant, and the period to compare with (conventions C3 and C4).

A period is whole local days in the reporting zone, half-open: from the first instant of one day up to, not
including, the first instant of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from connector.errors import UsageError
from connector.instants import day_start, local_day
from connector.messages.kpi import KPI

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""What may be asked for; the period before the longest one still lies in the calendar."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `first` up to, not including, `after`, in `zone`."""

    first: date
    after: date
    zone: ZoneInfo

    @property
    def start(self) -> int:
        """The first instant, microseconds UTC."""
        return day_start(self.first, self.zone)

    @property
    def end(self) -> int:
        """The first instant after it, microseconds UTC."""
        return day_start(self.after, self.zone)

    @property
    def days(self) -> int:
        """How many local days it has."""
        return (self.after - self.first).days

    def previous(self) -> Period:
        """The calendar month, quarter or year before, where this is a whole one; else as many days just before."""
        for months in (1, 3, 12):
            if self._is_whole(months):
                return Period(add_months(self.first, -months), self.first, self.zone)
        return Period(self.first - timedelta(days=self.days), self.first, self.zone)

    def year_before(self) -> Period:
        """The same dates one year earlier; 29 February becomes the 28th."""
        last = self.after - timedelta(days=1)
        return Period(add_months(self.first, -12), add_months(last, -12) + timedelta(days=1), self.zone)

    def _is_whole(self, months: int) -> bool:
        begins = self.first.day == 1 and (self.first.month - 1) % months == 0
        return begins and add_months(self.first, months) == self.after


def parse(text: str, zone: ZoneInfo, now: int) -> Period:
    """The period that `2026`, `2026-Q3`, `2026-10`, `2026-W07`, `last-month`, `last-90d`, … means at the instant `now`.

    Raises UsageError for what is no period and for what the calendar does not have.
    """
    wanted = text.strip().lower()
    for pattern, meaning in _CALENDAR:
        if match := re.fullmatch(pattern, wanted):
            try:
                first, after = meaning(*map(int, match.groups()))
            except (ValueError, OverflowError):
                raise _impossible(text) from None
            if not FIRST_YEAR <= first.year <= LAST_YEAR:
                raise _impossible(text)
            return Period(first, after, zone)
    today = local_day(now, zone)
    if wanted in _NAMED:
        first, after = _NAMED[wanted](today)
        return Period(first, after, zone)
    if match := re.fullmatch(r"last-(\d{1,5})(d|w|mo|m|y)", wanted):
        try:
            first, after = _LAST[match[2]](today, int(match[1]))
        except (ValueError, OverflowError):
            raise _impossible(text) from None
        if first < after and first.year >= FIRST_YEAR:
            return Period(first, after, zone)
        raise _impossible(text)
    raise UsageError(KPI("period.unknown", text=text), KPI("period.unknown.advice"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of a question: local days from `first` (None = from the beginning) up to, not including, `after`."""

    first: date | None
    after: date
    zone: ZoneInfo

    @property
    def start(self) -> int | None:
        """The first instant, microseconds UTC; None = from the beginning."""
        return None if self.first is None else day_start(self.first, self.zone)

    @property
    def end(self) -> int:
        """The first instant after it, microseconds UTC."""
        return day_start(self.after, self.zone)


def asked(period: str | None, start: str | None, end: str | None, zone: ZoneInfo, now: int) -> Asked | None:
    """What `--period`, `--from` and `--to` mean; None where none of them is given.

    The day given to `--to` is included; without it the period ends with today. Both take 2026-10-31, 2026-10 and 2026.
    Raises UsageError for what is no period or date, for a reversed period, and for both ways at once.
    """
    if period is not None:
        if start is not None or end is not None:
            raise UsageError(KPI("period.both"), KPI("period.both.advice"))
        whole = parse(period, zone, now)
        return Asked(whole.first, whole.after, zone)
    if start is None and end is None:
        return None
    first = _day(start, zone, now).first if start is not None else None
    after = _day(end, zone, now).after if end is not None else local_day(now, zone) + timedelta(days=1)
    if first is not None and first >= after:
        last = after - timedelta(days=1)
        raise UsageError(KPI("period.reversed", start=first, end=last), KPI("period.reversed.advice"))
    return Asked(first, after, zone)


def twelve_months(zone: ZoneInfo, now: int) -> Period:
    """The last twelve whole months before the current one."""
    month = local_day(now, zone).replace(day=1)
    return Period(add_months(month, -12), month, zone)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def _impossible(text: str) -> UsageError:
    return UsageError(KPI("period.impossible", text=text), KPI("period.impossible.advice"))


def _day(text: str, zone: ZoneInfo, now: int) -> Period:
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}|today|yesterday", text.strip().lower()):
        return parse(text, zone, now)
    raise UsageError(KPI("period.day_unknown", text=text), KPI("period.day_unknown.advice"))


Days = tuple[date, date]


def _months(first: date, count: int) -> Days:
    return first, add_months(first, count)


def _quarter(year: int, quarter: int) -> Days:
    return _months(date(year, quarter * 3 - 2, 1), 3)


def _week(year: int, week: int) -> Days:
    first = date.fromisocalendar(year, week, 1)
    return first, first + timedelta(days=7)


def _one_day(day: date) -> Days:
    return day, day + timedelta(days=1)


_CALENDAR: tuple[tuple[str, Callable[..., Days]], ...] = (
    (r"(\d{4})", lambda year: _months(date(year, 1, 1), 12)),
    (r"(\d{4})-?q(\d)", _quarter),
    (r"(\d{4})-?w(\d{1,2})", _week),
    (r"(\d{4})-(\d{2})", lambda year, month: _months(date(year, month, 1), 1)),
    (r"(\d{4})-(\d{2})-(\d{2})", lambda year, month, day: _one_day(date(year, month, day))),
)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


_NAMED: dict[str, Callable[[date], Days]] = {
    "today": _one_day,
    "yesterday": lambda day: _one_day(day - timedelta(days=1)),
    "this-week": lambda day: (_monday(day), _monday(day) + timedelta(days=7)),
    "last-week": lambda day: (_monday(day) - timedelta(days=7), _monday(day)),
    "this-month": lambda day: _months(day.replace(day=1), 1),
    "last-month": lambda day: _months(add_months(day.replace(day=1), -1), 1),
    "this-quarter": lambda day: _months(_quarter_start(day), 3),
    "last-quarter": lambda day: _months(add_months(_quarter_start(day), -3), 3),
    "this-year": lambda day: _months(date(day.year, 1, 1), 12),
    "last-year": lambda day: _months(date(day.year - 1, 1, 1), 12),
}

# Whole days, weeks, months or years before the current one, which is not included.
_LAST: dict[str, Callable[[date, int], Days]] = {
    "d": lambda day, count: (day - timedelta(days=count), day),
    "w": lambda day, count: (_monday(day) - timedelta(days=7 * count), _monday(day)),
    "mo": lambda day, count: (add_months(day.replace(day=1), -count), day.replace(day=1)),
    "m": lambda day, count: (add_months(day.replace(day=1), -count), day.replace(day=1)),
    "y": lambda day, count: (date(day.year - count, 1, 1), date(day.year, 1, 1)),
}
