"""A clock that runs only while a desk is open.

The open times of all years asked about are laid out once, in UTC, with the seconds before each; a span is then two
look-ups by bisection, about a microsecond each. Where a zone's clock is changed, an instant is open if the local time
it shows is: an hour that the clock skips is not there, one that it shows twice is there twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from connector.conversations.opening import OpeningHours
from connector.instants import SECOND

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Beyond these years it is always closed: such stamps are mistakes, and must not cost memory."""

_DAY = 86_400  # seconds


class BusinessClock:
    """The clock of one set of opening hours. Instants in microseconds UTC."""

    def __init__(self, hours: OpeningHours) -> None:
        self.hours = hours
        self._years = range(0)
        self._begins: list[int] = []  # microseconds UTC, as all three
        self._ends: list[int] = []
        self._before: list[int] = []  # open time before each begin
        self._covered = (1, 0)

    def seconds(self, begin: int, end: int) -> int:
        """Whole open seconds between two instants; 0 where the end is not after the begin."""
        if end <= begin:
            return 0
        self._cover(begin)
        self._cover(end)
        return (self._elapsed(end) - self._elapsed(begin)) // SECOND

    def is_open(self, instant: int) -> bool:
        """Whether it is open at an instant. It is at the instant of opening, and no longer at that of closing."""
        self._cover(instant)
        at = bisect_right(self._begins, instant) - 1
        return at >= 0 and instant < self._ends[at]

    def _elapsed(self, instant: int) -> int:
        at = bisect_right(self._begins, instant) - 1
        if at < 0:
            return 0
        return self._before[at] + min(instant, self._ends[at]) - self._begins[at]

    def _cover(self, instant: int) -> None:
        if self._covered[0] <= instant < self._covered[1]:
            return
        year = _year(instant)
        if not self._years:
            self._lay_out(range(year, year + 1))
        elif year not in self._years:
            self._lay_out(range(min(year, self._years.start), max(year + 1, self._years.stop)))

    def _lay_out(self, years: range) -> None:
        self._years = years
        spans = list(open_spans(self.hours, years))
        self._begins = [begin * SECOND for begin, _ in spans]
        self._ends = [end * SECOND for _, end in spans]
        self._before, total = [], 0
        for begin, end in zip(self._begins, self._ends, strict=True):
            self._before.append(total)
            total += end - begin
        first, last = _new_year(years.start), _new_year(years.stop)
        self._covered = (first * SECOND, last * SECOND)


def open_spans(hours: OpeningHours, years: range) -> Iterator[tuple[int, int]]:
    """When it is open in these years (of UTC): seconds since 1970, ordered, what touches made one."""
    closed = hours.holidays(years.start - 1, years.stop)
    by_weekday = hours.by_weekday
    held: tuple[int, int] | None = None
    for first, last, offset in _offsets(hours.tz, _new_year(years.start), _new_year(years.stop)):
        for number in range((first + offset) // _DAY, (last + offset - 1) // _DAY + 1):
            # 1 January 1970 was a Thursday.
            parts = by_weekday[(number + 3) % 7]
            if not parts or date.fromordinal(_EPOCH_DAY + number) in closed:
                continue
            midnight = number * _DAY - offset
            for begin, end in parts:
                span = max(first, midnight + begin * 60), min(last, midnight + end * 60)
                if span[0] >= span[1]:
                    continue
                if held is not None and held[1] >= span[0]:
                    held = held[0], span[1]
                    continue
                if held is not None:
                    yield held
                held = span
    if held is not None:
        yield held


_EPOCH_DAY = date(1970, 1, 1).toordinal()


def _offsets(zone: ZoneInfo, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The spans of one offset from UTC, in seconds: from, to, offset. Two changes within a day are not looked for."""
    since, at, offset = begin, begin, _offset(zone, begin)
    while at < end:
        following = min(at + _DAY, end)
        if _offset(zone, following) != offset:
            low, high = at, following
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            yield since, high, offset
            since, offset = high, _offset(zone, high)
            following = max(high, at + 1)
        at = following
    if since < end:
        yield since, end, offset


def _offset(zone: ZoneInfo, at: int) -> int:
    shift = datetime.fromtimestamp(at, zone).utcoffset()
    assert shift is not None
    return int(shift.total_seconds())


def _year(instant: int) -> int:
    if instant < _new_year(FIRST_YEAR) * SECOND:
        return FIRST_YEAR
    if instant >= _new_year(LAST_YEAR + 1) * SECOND:
        return LAST_YEAR
    return datetime.fromtimestamp(instant // SECOND, UTC).year


def _new_year(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
