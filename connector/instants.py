"""Instants: integer microseconds UTC, and how the wire's stamps and local days turn into them and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = EPOCH.replace(tzinfo=None)


def from_datetime(moment: datetime) -> int:
    """Microseconds UTC of an aware datetime. ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a naive time is no instant")
    return _micros(moment - EPOCH)


def to_datetime(instant: int, zone: ZoneInfo | None = None) -> datetime:
    """The aware datetime of an instant, in `zone` (default UTC).

    On the first and the last day that Python can name ("0001-01-01" and "9999-12-31", which programs write for never)
    some zones' clocks show a day beyond them; there it is UTC's time of day.
    """
    moment = EPOCH + timedelta(microseconds=instant)
    if zone is None:
        return moment
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.replace(tzinfo=zone)


def from_utc_text(text: str) -> int:
    """Microseconds UTC of an ISO 8601 stamp; one without an offset is read as UTC. ValueError if it is none."""
    moment = _parsed(text)
    return _micros(moment - (EPOCH if moment.tzinfo else _NAIVE_EPOCH))


def from_local_text(text: str, zone: ZoneInfo) -> int:
    """Microseconds UTC of a stamp without offset in `zone`; of a repeated hour the first. ValueError if it is none."""
    return from_datetime(_parsed(text).replace(tzinfo=zone))


def _parsed(text: str) -> datetime:
    """The library's own error quotes the text, and anything may stand where a date belongs."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("not a date") from None


def _micros(span: timedelta) -> int:
    """Microseconds of a span. Dividing it by one of a microsecond takes four times as long."""
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def to_utc_text(instant: int) -> str:
    """`2026-11-21T20:44:32Z`: whole seconds, as APIs take it in a parameter."""
    return to_datetime(instant).strftime("%Y-%m-%dT%H:%M:%SZ")


def to_zone_text(instant: int, zone: ZoneInfo) -> str:
    """ISO 8601 with the zone's offset, as JSON output gives it."""
    return to_datetime(instant, zone).isoformat()


def local_day(instant: int, zone: ZoneInfo) -> date:
    """The local calendar day an instant falls on."""
    return to_datetime(instant, zone).date()


def day_start(day: date, zone: ZoneInfo) -> int:
    """The instant at which a local day begins (the first existing moment where a clock change skips midnight)."""
    return from_datetime(datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC))
