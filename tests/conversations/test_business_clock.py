"""Spans inside opening hours, by hand and against counting minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.conversations.business_clock import BusinessClock
from connector.conversations.opening import OpeningHours
from connector.instants import from_datetime

BERLIN = "Europe/Berlin"
DAY = 24 * 60
OFFICE = OpeningHours(BERLIN, tuple((day * DAY + 9 * 60, day * DAY + 18 * 60) for day in range(5)), region="DE-BY")
NIGHT = OpeningHours(BERLIN, ((5 * DAY + 22 * 60, 6 * DAY + 6 * 60), (6 * DAY + 22 * 60, 7 * DAY + 6 * 60)))
ALWAYS = OpeningHours(BERLIN, ((0, 7 * DAY),))


def at(text: str, zone: str = BERLIN) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("hours", "begin", "end", "minutes"),
    [
        (OFFICE, "2026-06-08 10:00", "2026-06-08 11:30", 90),  # a Monday
        (OFFICE, "2026-06-08 08:00", "2026-06-08 09:00", 0),  # until it opens
        (OFFICE, "2026-06-08 09:00", "2026-06-08 18:00", 540),  # from opening to closing
        (OFFICE, "2026-06-08 18:00", "2026-06-09 09:00", 0),  # from closing to opening
        (OFFICE, "2026-06-08 17:59", "2026-06-09 09:01", 2),
        (OFFICE, "2026-06-12 17:00", "2026-06-15 10:00", 120),  # over the weekend
        (OFFICE, "2026-06-13 12:00", "2026-06-14 12:00", 0),  # outside to outside
        (OFFICE, "2026-06-03 17:00", "2026-06-05 10:00", 120),  # Corpus Christi, which only some states keep
        (OFFICE, "2026-12-31 17:00", "2027-01-04 10:00", 120),  # New Year is a Friday
        (OFFICE, "2026-03-27 17:00", "2026-03-30 10:00", 120),  # the clock is changed in the weekend
        (OFFICE, "2026-06-08 12:00", "2026-06-08 11:00", 0),  # backwards
        (NIGHT, "2026-06-13 20:00", "2026-06-14 12:00", 480),  # over midnight
        (NIGHT, "2026-06-14 20:00", "2026-06-15 12:00", 480),  # over the end of the week
        (NIGHT, "2026-03-28 20:00", "2026-03-29 12:00", 420),  # one hour is skipped
        (NIGHT, "2026-10-24 20:00", "2026-10-25 12:00", 540),  # one hour comes twice
        (ALWAYS, "2026-03-29 00:00", "2026-03-30 00:00", 23 * 60),
        (ALWAYS, "2026-10-25 00:00", "2026-10-26 00:00", 25 * 60),
    ],
)
def test_spans(hours: OpeningHours, begin: str, end: str, minutes: int) -> None:
    assert BusinessClock(hours).seconds(at(begin), at(end)) == minutes * 60


def test_a_clock_change_inside_an_interval() -> None:
    """02:00 to 03:00 is skipped in March; in October 02:30 to 03:00 comes twice, and twice it is open."""
    hours = OpeningHours(BERLIN, ((6 * DAY + 150, 6 * DAY + 240),))
    clock = BusinessClock(hours)
    assert clock.seconds(at("2026-03-29 00:00"), at("2026-03-29 12:00")) == 60 * 60
    assert clock.seconds(at("2026-10-25 00:00"), at("2026-10-25 12:00")) == 120 * 60
    assert clock.seconds(at("2026-10-18 00:00"), at("2026-10-18 12:00")) == 90 * 60


def test_a_zone_where_midnight_is_skipped() -> None:
    hours = OpeningHours("America/Sao_Paulo", ((6 * DAY, 6 * DAY + 120),))
    clock = BusinessClock(hours)
    assert clock.seconds(at("2018-11-03 12:00", hours.zone), at("2018-11-04 12:00", hours.zone)) == 60 * 60


def test_open_at_the_instant_of_opening_and_not_of_closing() -> None:
    clock = BusinessClock(OFFICE)
    assert [clock.is_open(at(f"2026-06-08 {hour}")) for hour in ("08:59", "09:00", "17:59", "18:00")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_listed_days_are_closed() -> None:
    hours = OpeningHours(BERLIN, OFFICE.intervals, closed=(("2026-06-09", "2026-06-10"),))
    assert BusinessClock(hours).seconds(at("2026-06-08 17:00"), at("2026-06-11 10:00")) == 120 * 60


def test_a_closing_without_end_is_laid_out_for_the_years_asked_about_alone() -> None:
    hours = OpeningHours(BERLIN, (), closed=(("1900-01-01", "9999-12-31"), ("2025-12-31", "2026-01-01")))
    assert len(hours.holidays(2026, 2027)) == 730


def test_stamps_from_nowhere_cost_nothing() -> None:
    clock = BusinessClock(OFFICE)
    assert clock.seconds(-(2**62), at("1969-01-01 00:00")) == 0
    assert clock.seconds(at("2200-01-01 00:00"), 2**62) == 0


intervals = st.lists(
    st.tuples(st.integers(0, 7 * DAY - 1), st.integers(1, 3 * DAY)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=4,
)
ZONES = [BERLIN, "UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"]


def naive(hours: OpeningHours, begin: int, end: int) -> int:
    """Every minute for itself: is its local minute of the week inside an interval, and its day no holiday."""
    zone, closed = ZoneInfo(hours.zone), hours.holidays(2011, 2020)
    count = 0
    for minute in range(begin, end):
        local = datetime.fromtimestamp(minute * 60, zone)
        week = local.weekday() * DAY + local.hour * 60 + local.minute
        inside = any((week - first) % (7 * DAY) < last - first for first, last in hours.intervals)
        count += inside and local.date() not in closed
    return count


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    parts=intervals,
    around=st.sampled_from(["2019-03-31", "2019-10-27", "2018-11-04", "2019-04-06", "2011-12-30", "2019-01-01"]),
    offset=st.integers(-2 * DAY, 2 * DAY),
    length=st.integers(0, 2 * DAY),
    closed=st.lists(st.integers(-2, 3), max_size=2),
)
def test_like_counting_every_minute(
    zone: str, parts: list[tuple[int, int]], around: str, offset: int, length: int, closed: list[int]
) -> None:
    day = date.fromisoformat(around)
    days = tuple(2 * ((day + timedelta(days=shift)).isoformat(),) for shift in closed)
    hours = OpeningHours(zone, tuple(parts), closed=days)  # type: ignore[arg-type]
    begin = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) // 60 + offset
    minute = 60_000_000
    seconds = BusinessClock(hours).seconds(begin * minute, (begin + length) * minute)
    assert seconds == 60 * naive(hours, begin, begin + length)
