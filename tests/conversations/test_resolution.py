"""Solved, reopened, waited for, handled: 5.2 to 5.4, from stored rows."""

from __future__ import annotations

import pytest

from connector.conversations import OpeningHours, ServiceRules
from tests.conversations.desk import Desk, at

HOUR = 3600
DAY = 24 * 60
OFFICE = ServiceRules(
    hours=OpeningHours("Europe/Berlin", tuple((day * DAY + 9 * 60, day * DAY + 18 * 60) for day in range(5)))
)

# What is told does not depend on the database.
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def course(desk: Desk, *steps: tuple[str, str], state: str = "solved") -> None:
    """Ticket 1, opened on Monday 8 June 2026 at 09:00."""
    desk.ticket("1", state=state)
    for when, word in steps:
        desk.happens("1", f"06-{when}", "status", word)


def test_first_and_full_resolution_in_both_clocks(desk: Desk) -> None:
    course(desk, ("08 09:00", "new"), ("08 12:00", "solved"), ("09 09:00", "open"), ("09 10:00", "solved"))
    desk.tell(OFFICE)
    times = desk.times()
    assert (times["first_solved_at"], times["solved_at"]) == (at("06-08 12:00"), at("06-09 10:00"))
    assert (times["first_resolution_seconds"], times["resolution_seconds"]) == (3 * HOUR, 25 * HOUR)
    assert (times["first_resolution_business_seconds"], times["resolution_business_seconds"]) == (3 * HOUR, 10 * HOUR)
    assert (times["reopens"], times["first_reopened_at"]) == (1, at("06-09 09:00"))
    assert desk.rows("conversation_spans", "from_at, until_at, 1") == [
        (at("06-08 09:00"), at("06-08 12:00"), 1),
        (at("06-09 09:00"), at("06-09 10:00"), 1),
    ]


def test_open_again_is_not_resolved(desk: Desk) -> None:
    course(desk, ("08 12:00", "solved"), ("09 09:00", "open"), state="open")
    desk.tell()
    times = desk.times()
    assert (times["first_solved_at"], times["solved_at"]) == (at("06-08 12:00"), None)
    assert (times["first_resolution_seconds"], times["resolution_seconds"], times["reopens"]) == (None, None, 0)
    assert desk.rows("conversation_spans", "from_at, until_at, 1")[-1] == (at("06-09 09:00"), None, 1)


def test_closed_after_solved_is_one_solution_and_closed_alone_counts_from_the_closing(desk: Desk) -> None:
    course(desk, ("08 12:00", "solved"), ("12 12:00", "closed"), state="closed")
    desk.tell()
    assert (desk.times()["resolution_seconds"], desk.times()["reopens"]) == (3 * HOUR, 0)
    assert desk.times()["closed_at"] == at("06-12 12:00")
    desk.ticket("2", state="closed")
    desk.happens("2", "06-08 13:00", "status", "closed")
    desk.tell()
    assert desk.times("2")["resolution_seconds"] == 4 * HOUR


@pytest.mark.parametrize(
    ("reply", "again", "thanks"),
    [(None, "09 10:00", 1), ("09 09:30", "09 10:00", 0), (None, "10 09:01", 0), ("09 10:00", "09 10:00", 0)],
)
def test_a_thank_you_is_told_from_a_reopening(desk: Desk, reply: str | None, again: str, thanks: int) -> None:
    course(desk, ("08 12:00", "solved"), ("09 09:00", "open"), (again, "solved"))
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 12:00", "agent")
    desk.says("1", "06-09 09:00")
    if reply:
        desk.says("1", f"06-{reply}", "agent")
    desk.tell()
    assert (desk.times()["reopens"], desk.times()["thanks_reopens"]) == (1, thanks)


def test_who_waited_for_whom(desk: Desk) -> None:
    course(
        desk,
        ("08 09:00", "new"), ("08 10:00", "open"), ("08 11:00", "pending"), ("09 11:00", "hold"),
        ("09 12:00", "solved"),
    )  # fmt: skip
    desk.tell(OFFICE)
    times = desk.times()
    assert (times["requester_wait_seconds"], times["agent_wait_seconds"]) == (3 * HOUR, 24 * HOUR)
    assert (times["requester_wait_business_seconds"], times["agent_wait_business_seconds"]) == (3 * HOUR, 9 * HOUR)


def test_a_source_without_history(desk: Desk) -> None:
    desk.ticket("1", state="solved", solved_at=at("06-08 12:00"), first_solved_at=at("06-08 10:00"), reopens=1)
    desk.ticket("2", state="closed", closed_at=at("06-08 11:00"))
    desk.ticket("3", state="deleted", updated_at=at("06-08 10:00"))
    desk.tell()
    assert (desk.times()["resolution_seconds"], desk.times()["first_resolution_seconds"]) == (3 * HOUR, HOUR)
    assert (desk.times()["reopens"], desk.times()["thanks_reopens"], desk.times()["has_history"]) == (1, None, False)
    assert desk.times("2")["solved_at"] == at("06-08 11:00")
    assert desk.times("3")["countable"] == 0
    assert desk.rows("conversation_spans", "conversation_id, from_at, until_at") == [
        ("1", at("06-08 09:00"), at("06-08 12:00")),
        ("2", at("06-08 09:00"), at("06-08 11:00")),
        ("3", at("06-08 09:00"), at("06-08 10:00")),
    ]


def test_work_and_the_people_in_it(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:10", "agent")
    desk.says("1", "06-08 09:20", "agent", agent_id="a2", public=False)
    desk.happens("1", "06-08 09:10", "work", seconds=300, agent_id="a1")
    desk.happens("1", "06-08 09:20", "work", seconds=60, agent_id="a3")
    desk.tell()
    assert (desk.times()["handle_seconds"], desk.times()["agents"], desk.times()["replies"]) == (360, 3, 1)
    assert desk.times()["estimated_seconds"] == 660
    desk.ticket("1", handle_seconds=500)
    desk.tell()
    assert desk.times()["handle_seconds"] == 500


# --- chats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "ended", "missed", "offline"),
    [
        ((("09:00", "customer"), ("09:01", "agent")), "09:10", False, False),
        ((("09:00", "customer"),), "09:10", True, False),
        ((("09:00", "customer"), ("11:00", "agent")), "09:10", True, False),  # half an hour and the visit were over
        ((("09:00", "customer"), ("09:20", "agent")), "09:10", False, False),  # gone, yet within half an hour
        ((("09:00", "customer"), ("09:40", "agent")), None, False, False),  # it goes on: the visitor was there
        ((("20:00", "customer"),), "20:10", False, True),  # nobody could be there
        ((("09:00", "agent"),), "09:10", False, False),  # the visitor said nothing
        ((("09:00", "customer"), ("09:01", "bot")), "09:10", False, False),  # a bot was enough
        ((("09:00", "customer"), ("09:01", "system")), "09:10", True, False),
    ],
)
def test_missed_and_offline(
    desk: Desk, said: tuple[tuple[str, str], ...], ended: str | None, missed: bool, offline: bool
) -> None:
    over = {"state": "closed", "closed_at": at(f"06-08 {ended}")} if ended else {}
    desk.ticket("1", f"06-08 {said[0][0]}", channel="chat", **over)
    for when, role in said:
        desk.says("1", f"06-08 {when}", role)
    desk.tell(OFFICE)
    assert (bool(desk.times()["missed"]), bool(desk.times()["offline"])) == (missed, offline)


def test_a_bot_alone(desk: Desk) -> None:
    for id_, handed in (("1", False), ("2", True)):
        desk.ticket(id_, channel="chat", state="closed", closed_at=at("06-08 09:30"))
        desk.says(id_, "06-08 09:00")
        desk.says(id_, "06-08 09:01", "bot")
        if handed:
            desk.happens(id_, "06-08 09:02", "handoff")
    desk.tell()
    assert [(bool(desk.times(id_)["bot_only"]), bool(desk.times(id_)["missed"])) for id_ in ("1", "2")] == [
        (True, False),
        (False, True),
    ]


def test_a_missed_chat_is_over_and_was_not_solved(desk: Desk) -> None:
    desk.ticket("1", channel="chat", state="closed", closed_at=at("06-08 09:30"), missed=True)
    desk.ticket("2", state="open")
    desk.tell()
    assert (desk.times()["solved_at"], desk.times()["missed"], desk.times("2")["missed"]) == (None, True, None)
    assert desk.rows("conversation_spans", "conversation_id, until_at, 1") == [
        ("1", at("06-08 09:30"), 1),
        ("2", None, 1),
    ]
