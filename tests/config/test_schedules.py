"""Schedules as people write them, and when they are due."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from connector.config.schedules import Cron, Daily, Every, cron, schedule, sweep
from connector.daemon.ticks import next_time, quiet_minute
from connector.instants import from_datetime, to_datetime
from connector.settings import Unfit

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    return from_datetime(datetime.fromisoformat(text).replace(tzinfo=BERLIN))


def next_of(line: str, now: str) -> str:
    due = next_time(cron(line), "shop", BERLIN, now=at(now), last=None)
    assert due is not None
    return to_datetime(due, BERLIN).strftime("%Y-%m-%d %H:%M %a")


def test_durations_cron_lines_and_never() -> None:
    assert schedule("15m") == Every(900.0)
    assert schedule("90s") == Every(90.0)
    assert schedule("0") is None
    assert isinstance(schedule("*/15 7-22 * * *"), Cron)
    assert sweep("daily") == Daily()
    assert sweep("0") is None


@pytest.mark.parametrize(
    "text", ["", "soon", "15", "0.2s", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *",
             "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *", "1,,2 * * * *", "-5 * * * *", "0 0 31 2 *",
             "0 0 31 4,6 *"],
)  # fmt: skip
def test_what_is_no_schedule(text: str) -> None:
    with pytest.raises(Unfit):
        schedule(text)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("0 8 * * 1", "2026-11-23 08:00 Mon"),  # in cron 1 is Monday, not Tuesday
        ("0 8 * * 0", "2026-11-22 08:00 Sun"),
        ("0 8 * * 7", "2026-11-22 08:00 Sun"),
        ("0 8 * * fri-sun", "2026-11-22 08:00 Sun"),
        ("0 8 * * 5/1", "2026-11-22 08:00 Sun"),
        ("*/15 7-22 * * *", "2026-11-22 07:00 Sun"),
        ("30 3 1 jan *", "2027-01-01 03:30 Fri"),
        ("0 8 13 * fri", "2026-11-27 08:00 Fri"),  # either of the two days suffices
        ("0 8 */2 * mon", "2026-11-23 08:00 Mon"),  # a field that begins with * restricts nothing on its own
        ("0 0 29 2 *", "2028-02-29 00:00 Tue"),
    ],
)
def test_cron_lines_mean_what_cron_means_by_them(line: str, due: str) -> None:
    assert next_of(line, "2026-11-21T23:05") == due


def test_an_odd_weekday_and_day_of_month_both_must_fit_where_one_field_begins_with_a_star() -> None:
    assert next_of("0 8 */2 * tue", "2026-11-21T23:05") == "2026-12-01 08:00 Tue"  # the 24th is even


def test_an_interval_counts_from_the_last_try() -> None:
    now = at("2026-11-21T12:00")
    assert next_time(Every(900), "shop", BERLIN, now=now, last=at("2026-11-21T11:50")) == at("2026-11-21T12:05")
    assert next_time(Every(900), "shop", BERLIN, now=now, last=at("2026-11-21T11:00")) == now
    assert next_time(Every(900), "shop", BERLIN, now=now, last=None) == now
    assert next_time(None, "shop", BERLIN, now=now, last=None) is None


def test_the_night_of_a_source_is_always_the_same_and_not_everybodys() -> None:
    nights = {name: next_time(Daily(), name, BERLIN, now=at("2026-11-21T12:00"), last=None) for name in "abcdefgh"}
    assert nights == {name: next_time(Daily(), name, BERLIN, now=at("2026-11-21T13:00"), last=None) for name in nights}
    assert len(set(nights.values())) > 4
    for due in nights.values():
        assert due is not None
        assert at("2026-11-22T03:00") <= due < at("2026-11-22T06:00")
    assert quiet_minute("main-shop") == 39  # in every process
