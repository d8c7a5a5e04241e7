"""Days on the command line."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from connector.errors import UsageError
from connector.instants import day_start
from connector.messages.cli import texts


def first_instant(text: str, zone: ZoneInfo, *, now: int) -> int:
    """The instant (microseconds UTC) at which the day written `2026-01-31` begins in `zone`.

    Raises UsageError for what is no day, and for one that begins after `now`.
    """
    try:
        instant = day_start(date.fromisoformat(text.strip()), zone)
    except (ValueError, OverflowError):
        raise UsageError(texts("bad_date", text=text), texts("bad_date_advice")) from None
    if instant > now:
        raise UsageError(texts("future_date", text=text), texts("future_date_advice"))
    return instant
