"""Conventions C3 and C4: what people write, and which instants it means."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import UsageError
from connector.instants import DAY, HOUR, to_zone_text
from connector.kpi.period import Period, add_months, asked, parse, twelve_months
from tests.kpi.books import BERLIN, at

NOW = at("2026-11-21 15:00")  # a Saturday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-W07", "2026-02-09", "2026-02-15"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2026-W1", "2025-12-29", "2026-01-04"),
        ("2026-10-31", "2026-10-31", "2026-10-31"),
        ("today", "2026-11-21", "2026-11-21"),
        ("yesterday", "2026-11-20", "2026-11-20"),
        ("this-week", "2026-11-16", "2026-11-22"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("this-quarter", "2026-10-01", "2026-12-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("last-90d", "2026-08-23", "2026-11-20"),
        ("last-2w", "2026-11-02", "2026-11-15"),
        ("last-12mo", "2025-11-01", "2026-10-31"),
        ("LAST-3M", "2026-08-01", "2026-10-31"),
        ("last-1y", "2025-01-01", "2025-12-31"),
    ],
)
def test_what_people_write(text: str, first: str, last: str) -> None:
    period = parse(text, BERLIN, NOW)
    assert (period.first.isoformat(), date.fromordinal(period.after.toordinal() - 1).isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2026-13", "period.impossible"),
        ("2026-00", "period.impossible"),
        ("2026-02-30", "period.impossible"),
        ("2026-Q5", "period.impossible"),
        ("2026-W54", "period.impossible"),
        ("2026-W00", "period.impossible"),
        ("0000", "period.impossible"),
        ("1900", "period.impossible"),
        ("3000", "period.impossible"),
        ("last-0d", "period.impossible"),
        ("last-99999y", "period.impossible"),
        ("last-99999d", "period.impossible"),
        ("soon", "period.unknown"),
        ("", "period.unknown"),
        ("26", "period.unknown"),
        ("2026-1", "period.unknown"),
        ("next-month", "period.unknown"),
    ],
)
def test_what_is_no_period(text: str, key: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(text, BERLIN, NOW)
    assert error.value.message.key == key
    assert error.value.advice is not None


def test_days_are_local_and_half_open() -> None:
    october = parse("2026-10", BERLIN, NOW)
    assert to_zone_text(october.start, BERLIN) == "2026-10-01T00:00:00+02:00"
    assert to_zone_text(october.end, BERLIN) == "2026-11-01T00:00:00+01:00"
    assert october.end - october.start == 31 * DAY + HOUR  # the night the clocks go back
    march = parse("2026-03", BERLIN, NOW)
    assert march.end - march.start == 31 * DAY - HOUR


def test_a_day_that_begins_at_one() -> None:
    """In Beirut the clocks went forward at midnight on 31 March 2024: the day began at one o'clock."""
    beirut = ZoneInfo("Asia/Beirut")
    day = parse("2024-03-31", beirut, NOW)
    assert to_zone_text(day.start, beirut) == "2024-03-31T01:00:00+03:00"
    assert parse("2024-03-30", beirut, NOW).end == day.start


def test_today_is_today_in_the_reporting_zone() -> None:
    late = at("2026-11-21 23:30", ZoneInfo("UTC"))
    assert parse("today", BERLIN, late).first == date(2026, 11, 22)


def test_from_and_to_with_the_last_day_included() -> None:
    found = asked(None, "2026-01-15", "2026-01-16", BERLIN, NOW)
    assert found is not None
    assert (found.first, found.after) == (date(2026, 1, 15), date(2026, 1, 17))
    found = asked(None, "2026-02", "2026-03", BERLIN, NOW)
    assert found is not None
    assert (found.first, found.after) == (date(2026, 2, 1), date(2026, 4, 1))
    found = asked(None, "2026-02-01", None, BERLIN, NOW)
    assert found is not None
    assert found.after == date(2026, 11, 22)
    found = asked(None, None, "2025", BERLIN, NOW)
    assert found is not None
    assert (found.first, found.start, found.after) == (None, None, date(2026, 1, 1))
    assert asked(None, None, None, BERLIN, NOW) is None
    found = asked("2026-Q1", None, None, BERLIN, NOW)
    assert found is not None
    assert (found.first, found.after) == (date(2026, 1, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        ("2026-02-02", "2026-02-01", "period.reversed"),
        ("2027-01-01", None, "period.reversed"),
        ("2026-02-30", None, "period.impossible"),
        (None, "tomorrow", "period.day_unknown"),
        ("2026-Q1", None, "period.day_unknown"),
        ("last-month", None, "period.day_unknown"),
    ],
)
def test_dates_that_cannot_be(start: str | None, end: str | None, key: str) -> None:
    with pytest.raises(UsageError) as error:
        asked(None, start, end, BERLIN, NOW)
    assert error.value.message.key == key


def test_a_period_and_dates_at_once() -> None:
    with pytest.raises(UsageError) as error:
        asked("2026", "2026-01-01", None, BERLIN, NOW)
    assert error.value.message.key == "period.both"


@pytest.mark.parametrize(
    ("first", "after", "before"),
    [
        ("2026-03-01", "2026-04-01", "2026-02-01"),  # a month: the calendar month before
        ("2026-04-01", "2026-07-01", "2026-01-01"),  # a quarter
        ("2024-01-01", "2025-01-01", "2023-01-01"),  # a year
        ("2026-02-01", "2026-05-01", "2025-11-04"),  # three months that are no quarter: 89 days
        ("2026-02-09", "2026-02-16", "2026-02-02"),  # a week
        ("2026-03-02", "2026-04-02", "2026-01-30"),  # 31 days that are no calendar month
    ],
)
def test_the_period_just_before(first: str, after: str, before: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(after), BERLIN)
    previous = period.previous()
    assert (previous.first.isoformat(), previous.after) == (before, period.first)


def test_a_year_before() -> None:
    leap = Period(date(2024, 2, 1), date(2024, 3, 1), BERLIN).year_before()
    assert (leap.first, leap.after) == (date(2023, 2, 1), date(2023, 3, 1))
    week = parse("2026-W07", BERLIN, NOW).year_before()
    assert (week.first, week.after) == (date(2025, 2, 9), date(2025, 2, 16))


def test_the_last_twelve_whole_months() -> None:
    period = twelve_months(BERLIN, NOW)
    assert (period.first, period.after) == (date(2025, 11, 1), date(2026, 11, 1))


def test_the_longest_question_has_a_period_before_it() -> None:
    longest = asked(None, "1970", "2999", BERLIN, NOW)
    assert longest is not None
    assert longest.first is not None
    whole = Period(longest.first, longest.after, BERLIN)
    assert whole.previous().after == whole.first
    assert whole.year_before().first == date(1969, 1, 1)


@given(st.dates(date(1980, 1, 1), date(2200, 1, 1)), st.integers(-300, 300))
def test_adding_months_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and add_months(found.replace(day=1), 1) > found)


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.integers(1, 800))
def test_previous_periods_join_without_a_gap(day: date, days: int) -> None:
    period = Period(day, date.fromordinal(day.toordinal() + days), BERLIN)
    previous = period.previous()
    assert previous.end == period.start
    assert previous.first < previous.after
