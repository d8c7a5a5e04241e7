"""The shop's own time.

PrestaShop writes what PHP's `date()` says in the shop's zone, without naming the zone. Windows are computed on these
texts as they stand: a mark turned into UTC and back would lose or double the hour in which clocks are put back.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from connector.instants import from_local_text, to_datetime

FORMAT = "%Y-%m-%d %H:%M:%S"
FAR = "9999-12-31 23:59:59"  # an open end matches nothing, so windows end here
OVERLAP = timedelta(hours=2)  # an hour of it is used up when clocks are put back
_ONE_SECOND = timedelta(seconds=1)


def instant(text: str | None, zone: ZoneInfo) -> int | None:
    """Microseconds UTC of a stamp; None for none. ValueError for what is no stamp.

    None is written `0000-00-00 00:00:00`; programs that write into the shop also use the first and last year there is.

    Of the hour that comes twice in autumn the first is meant: the stamp does not say which.
    """
    if not text or text.startswith(("0000", "0001", "9999")):
        return None
    return from_local_text(text, zone)


def local(moment: int, zone: ZoneInfo) -> str:
    """The shop's wall clock at an instant (microseconds UTC), as it writes it."""
    return to_datetime(moment, zone).strftime(FORMAT)


def shifted(text: str, by: timedelta) -> str:
    """A stamp moved on the wall clock, whatever the zone does meanwhile."""
    return (datetime.strptime(text, FORMAT) + by).strftime(FORMAT)  # noqa: DTZ007 - it has no zone


def is_stamp(text: str | None) -> bool:
    """Whether this is a date and time that can be computed with."""
    try:
        shifted(text or "", _ONE_SECOND)
    except (ValueError, OverflowError):
        return False
    return True


def window_start(mark: str, newest: str) -> str:
    """Where a walk for changes begins: the overlap before `mark`, or just behind `newest` where that is earlier.

    `mark` is the wall clock at the last walk, `newest` the latest change seen by then ("" = none). Nothing lies between
    the two, so the second bound costs nothing; but it keeps changes from being missed where the zone is set wrongly
    and the shop's wall clock is really behind `mark`.
    """
    start = shifted(mark, -OVERLAP)
    return min(start, shifted(newest, _ONE_SECOND)) if newest else start
