"""The case table of the first response time (definitions, 5.1), row by row, from messages to the figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kpi.talks import OFFICE, Talks, later

MONDAY = "2024-03-04 10:00"
MINUTE, HOUR = 60, 3600


def frt(talks: Talks, **more: Any) -> Any:
    return talks.save().figure("frt", period="2024", **more)


def test_from_the_creation_to_the_first_human_reply(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 30), "agent"))
    figure = frt(talks)
    assert (figure.value, figure.n, figure.unit) == (30 * MINUTE, 1, "seconds")
    assert figure.extra["unanswered"] == 0
    assert figure.stats is not None
    assert (figure.stats.mean, figure.stats.p90, figure.stats.max) == (1800, 1800, 1800)


def test_several_customer_messages_count_from_the_first(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 20), "customer"), (later(MONDAY, 30), "agent"))
    assert frt(talks).value == 30 * MINUTE


@pytest.mark.parametrize("silent", ["note", "auto"])
def test_point_5_a_note_and_an_automatic_reply_are_no_replies(talks: Talks, silent: str) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 1), silent), (later(MONDAY, 45), "agent"))
    assert frt(talks).value == 45 * MINUTE


def test_point_5_what_an_agent_opened_is_left_out_or_timed_to_the_next_reply(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "agent"),
        (later(MONDAY, 60), "customer"),
        (later(MONDAY, 90), "agent"),
        opened_by="agent",
    )
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 10), "agent"))
    figure = frt(talks)
    assert (figure.value, figure.n, figure.excluded) == (10 * MINUTE, 1, {"agent_started": 1})
    with_it = talks.figure("frt", period="2024", set=["frt.agent_started=second_reply"])
    assert (with_it.n, with_it.excluded) == (2, {})
    assert with_it.stats is not None
    assert with_it.stats.max == 90 * MINUTE


def test_reopened_after_a_bot_solved_it_counts_from_the_reopening(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (MONDAY, "customer"),
        (later(MONDAY, 1), "bot"),
        (later(MONDAY, 2), "solved"),
        (later(MONDAY, 300), "open"),
        (later(MONDAY, 300), "customer"),
        (later(MONDAY, 320), "agent"),
    )
    assert frt(talks).value == 20 * MINUTE


def test_point_5_no_reply_yet_is_counted_with_its_age(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-05 10:00")
    talks.talk(MONDAY, (MONDAY, "customer"))
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 30), "agent"))
    figure = frt(talks)
    assert (figure.value, figure.n, figure.extra["unanswered"]) == (30 * MINUTE, 1, 1)
    assert figure.extra["unanswered_age"]["max"] == 24 * HOUR
    assert any("the oldest for 24 hours" in note.render("en") for note in figure.notes)
    record = figure.to_json("en")
    assert record["unanswered"] == 1
    assert record["stats"]["median"] == 1800.0


def test_a_long_wait_is_told_in_days(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(now="2024-03-10 09:00")
    talks.talk(MONDAY, (MONDAY, "customer"))
    assert any("the oldest for 5 days" in note.render("en") for note in frt(talks).notes)


def test_solved_without_a_public_reply_is_left_out(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 5), "note"), (later(MONDAY, 9), "solved"))
    figure = frt(talks)
    assert (figure.value, figure.n, figure.excluded, figure.extra["unanswered"]) == (None, 0, {"no_reply": 1}, 0)
    assert figure.reason.render("en") == "no conversation of the period has been answered"


def test_outside_opening_hours_the_business_time_is_0_and_kept(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(hours=OFFICE)
    talks.talk("2024-03-02 11:00", ("2024-03-02 11:00", "customer"), ("2024-03-02 12:00", "agent"))
    figure = frt(talks)
    assert (figure.value, figure.n) == (0, 1)
    assert figure.extra["stats_other"] == {
        "clock": "calendar",
        "n": 1,
        "median": 3600.0,
        "mean": 3600.0,
        "p90": 3600.0,
        "max": 3600.0,
    }


@pytest.mark.parametrize(
    ("asked", "replied", "minutes"),
    [
        ("2024-03-01 17:30", "2024-03-04 09:10", 40),  # over a weekend
        ("2024-10-02 17:00", "2024-10-04 10:00", 120),  # over a holiday
        ("2024-03-04 18:00", "2024-03-05 09:15", 15),  # at exactly closing time
        ("2024-03-04 09:00", "2024-03-04 09:15", 15),  # at exactly opening time
    ],
)
def test_point_5_over_a_weekend_a_holiday_and_at_the_borders_of_opening_hours(
    new_talks: Callable[..., Talks], asked: str, replied: str, minutes: int
) -> None:
    talks = new_talks(hours=OFFICE)
    talks.talk(asked, (asked, "customer"), (replied, "agent"))
    assert frt(talks).value == minutes * MINUTE


def test_the_clock_is_chosen_and_said(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks(hours=OFFICE)
    talks.talk("2024-03-01 17:30", ("2024-03-01 17:30", "customer"), ("2024-03-04 09:10", "agent"))
    business = frt(talks)
    calendar = talks.figure("frt", period="2024", set=["service.clock=calendar"])
    assert (business.value, business.extra["stats_other"]["clock"]) == (40 * MINUTE, "calendar")
    assert calendar.value == (2 * 24 + 15) * HOUR + 40 * MINUTE
    assert calendar.extra["stats_other"]["clock"] == "business"
    assert calendar.extra["stats_other"]["median"] == 40 * MINUTE


def test_without_opening_hours_the_calendar_leads_with_a_note(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 30), "agent"))
    figure = frt(talks)
    assert "stats_other" not in figure.extra
    assert any("business_hours" in note.render("en") for note in figure.notes)
    missing = talks.figure("frt", period="2024", set=["service.clock=business"])
    assert missing.value is None
    assert missing.has("not_available")


def test_where_a_bot_stands_in_front_the_wait_begins_at_the_hand_over(talks: Talks) -> None:
    chat = talks.talk(
        MONDAY,
        (later(MONDAY, 1), "customer"),
        (later(MONDAY, 2), "bot"),
        (later(MONDAY, 15), "agent"),
        (later(MONDAY, 20), "closed"),
        channel="chat",
        desk="chat",
    )
    talks.happened(chat, later(MONDAY, 10), "handoff", desk="chat")
    figure = frt(talks)
    assert figure.value == 5 * MINUTE
    for start, minutes in (("created", 15), ("first_customer_message", 14)):
        assert talks.value("frt", period="2024", set=[f"frt.start={start}"]) == minutes * MINUTE
    assert talks.value("first_bot_response", period="2024") == 1 * MINUTE


def test_a_chat_counts_from_the_customers_first_message(talks: Talks) -> None:
    talks.talk(
        MONDAY,
        (later(MONDAY, 3), "customer"),
        (later(MONDAY, 4), "agent"),
        (later(MONDAY, 9), "closed"),
        channel="chat",
        desk="chat",
    )
    assert frt(talks).value == 1 * MINUTE


def test_by_creation_or_by_event(talks: Talks) -> None:
    talks.talk("2024-03-31 12:00", ("2024-03-31 12:00", "customer"), ("2024-04-01 12:00", "agent"))
    talks.save()
    march, april = ("2024-03", "2024-04")
    assert [talks.figure("frt", period=month).n for month in (march, april)] == [1, 0]
    by_event = [talks.figure("frt", period=month, set=["service.attribution=event"]) for month in (march, april)]
    assert [figure.n for figure in by_event] == [0, 1]
    assert any("day of the reply" in note.render("en") for note in by_event[1].notes)


def test_a_chat_left_in_vain_is_unanswered_and_not_solved(talks: Talks) -> None:
    talks.talk(MONDAY, (MONDAY, "customer"), (later(MONDAY, 9), "closed"), channel="chat", desk="chat", missed=True)
    figure = frt(talks)
    assert (figure.extra["unanswered"], figure.excluded) == (1, {})
