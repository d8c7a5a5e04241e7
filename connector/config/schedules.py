"""When something is due, as people write it: a duration, a cron line, `daily`, or 0 for never.

A cron line has the five fields and the meaning of crontab(5): 0 and 7 are Sunday, and where both the day of the month
and the day of the week are restricted, either of them suffices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from connector.messages.config import texts
from connector.settings import Unfit, seconds

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_PART = re.compile(r"(?:(?P<all>\*)|(?P<low>\w+)(?:-(?P<high>\w+))?)(?:/(?P<step>\d+))?")


@dataclass(frozen=True)
class Every:
    """Again and again, `seconds` after the last time."""

    seconds: float


@dataclass(frozen=True)
class Cron:
    """At the minutes that a cron line names, in the reporting zone. Weekdays count from 0 = Sunday to 6."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...] | None  # None = every day of the month
    months: tuple[int, ...]
    weekdays: tuple[int, ...] | None  # None = every day of the week
    either: bool  # a day counts when the day of the month or the day of the week fits, not only when both do


@dataclass(frozen=True)
class Daily:
    """Once a day, at a quiet hour that the program chooses."""


Schedule = Every | Cron | Daily | None


def schedule(text: str) -> Every | Cron | None:
    """What a source's `schedule` says; None = on demand only. Raises `Unfit`."""
    if text.strip() == "0":
        return None
    if len(text.split()) == 5:
        return cron(text)
    try:
        span = float(seconds(text))
    except Unfit:
        raise Unfit(texts("schedule")) from None
    if span == 0:
        return None
    if span < 1:
        raise Unfit(texts("too_often"))
    return Every(span)


def sweep(text: str) -> Daily | Cron | None:
    """What a source's `sweep` says; None = never. Raises `Unfit`."""
    if text.strip() == "0":
        return None
    if text.strip() == "daily":
        return Daily()
    if len(text.split()) == 5:
        return cron(text)
    raise Unfit(texts("sweep"))


def cron(line: str) -> Cron:
    """A cron line of five fields, written out. Raises `Unfit`."""
    written = line.lower().split()
    minutes, hours, days, months, weekdays = (
        _values(text, name, low, high) for text, (name, low, high) in zip(written, _FIELDS, strict=True)
    )
    any_day, any_weekday = written[2].startswith("*"), written[4].startswith("*")
    if any_weekday and not any(day <= _LONGEST[month - 1] for month in months for day in days):
        raise Unfit(texts("cron_never"))
    return Cron(
        minutes=minutes,
        hours=hours,
        days=None if len(days) == 31 else days,
        months=months,
        weekdays=None if len(weekdays) == 7 else weekdays,
        either=not any_day and not any_weekday,
    )


def _values(text: str, field: str, low: int, high: int) -> tuple[int, ...]:
    chosen: set[int] = set()
    for part in text.split(","):
        span = _span(part, field, low, high)
        if span is None:
            raise Unfit(texts("cron_field", text=part, field=texts(field), low=low, high=high))
        chosen.update(span)
    return tuple(sorted({day % 7 for day in chosen} if field == "weekday" else chosen))


def _span(part: str, field: str, low: int, high: int) -> range | None:
    match = _PART.fullmatch(part)
    if not match:
        return None
    first: int | None = low
    last: int | None = high
    if not match["all"]:
        first = _number(match["low"], field)
        if match["high"]:
            last = _number(match["high"], field)
            if field == "weekday" and last == 0:
                last = 7  # fri-sun: as an end, Sunday closes the week
        elif not match["step"]:
            last = first
    step = int(match["step"] or 1)
    if first is None or last is None or step < 1 or not low <= first <= last <= high:
        return None
    return range(first, last + 1, step)


def _number(text: str, field: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if field == "weekday" and text in _WEEKDAYS:
        return _WEEKDAYS.index(text)
    if field == "month" and text in _MONTHS:
        return _MONTHS.index(text) + 1
    return None
