"""The case table of 5.1, from stored rows to the times of a first reply."""

from __future__ import annotations

import pytest

from connector.conversations import DeskHours, OpeningHours, ServiceRules
from connector.model import Agent, ConversationReply
from tests.conversations.desk import Desk, at

MINUTE = 60
DAY = 24 * 60
OFFICE = OpeningHours("Europe/Berlin", tuple((day * DAY + 9 * 60, day * DAY + 18 * 60) for day in range(5)))

# What is told does not depend on the database.
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


def test_several_questions_before_the_reply(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:20")
    desk.says("1", "06-08 10:00", "agent")
    assert desk.tell() == 1
    times = desk.times()
    assert times["frt_seconds"] == times["frt_created_seconds"] == times["frt_message_seconds"] == 60 * MINUTE
    assert times["frt_business_seconds"] is None
    assert (times["replies"], times["customer_messages"], times["agents"]) == (1, 2, 1)
    assert times["waiting_since_at"] is None


def test_a_note_and_an_automatic_answer_are_no_reply(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:01", "system", automatic=True)
    desk.says("1", "06-08 09:02", "agent", automatic=True)
    desk.says("1", "06-08 09:05", "agent", public=False, agent_id="a2")
    desk.tell()
    assert desk.times()["first_reply_at"] is None
    assert desk.times()["frt_seconds"] is None
    assert desk.times()["waiting_since_at"] == at("06-08 09:00")
    desk.says("1", "06-08 11:00", "agent")
    desk.tell()
    assert desk.times()["frt_seconds"] == 120 * MINUTE
    assert desk.times()["agents"] == 2


def test_opened_by_an_agent(desk: Desk) -> None:
    """Left out of the first replies; the second reply is measured from the creation."""
    desk.ticket("1", opened_by="agent")
    desk.says("1", "06-08 09:00", "agent")
    desk.says("1", "06-08 12:00")
    desk.says("1", "06-08 12:30", "agent")
    desk.tell()
    times = desk.times()
    assert times["frt_seconds"] is None
    assert times["second_reply_seconds"] == 210 * MINUTE
    assert times["first_reply_at"] == at("06-08 12:30")
    assert times["replies"] == 1


def test_who_opened_it_is_told_by_the_first_message_where_nobody_says_it(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00", "agent")
    desk.says("1", "06-08 09:30", "agent")
    desk.tell()
    assert desk.times()["opened_by"] == "agent"
    assert desk.times()["second_reply_seconds"] == 30 * MINUTE


def test_a_bot_hands_over(desk: Desk) -> None:
    desk.ticket("1", channel="chat")
    desk.says("1", "06-08 09:01")
    desk.says("1", "06-08 09:02", "bot")
    desk.happens("1", "06-08 09:10", "handoff")
    desk.says("1", "06-08 09:12", "agent")
    desk.happens("1", "06-08 09:20", "handoff")  # too late to have been a bot's
    desk.tell()
    times = desk.times()
    assert times["handoff_at"] == times["frt_from_at"] == at("06-08 09:10")
    assert (times["frt_seconds"], times["frt_message_seconds"], times["frt_created_seconds"]) == (120, 660, 720)
    assert (times["first_bot_reply_at"], times["bot_replies"]) == (at("06-08 09:02"), 1)


def test_a_chat_waits_from_its_first_message(desk: Desk) -> None:
    desk.ticket("1", channel="chat")
    desk.says("1", "06-08 09:03")
    desk.says("1", "06-08 09:04", "agent")
    desk.tell()
    assert desk.times()["frt_seconds"] == 60


def test_reopened_after_a_bot_had_solved_it(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:01", "bot")
    desk.happens("1", "06-08 09:02", "status", "solved")
    desk.happens("1", "06-08 10:00", "status", "open")
    desk.says("1", "06-08 10:00")
    desk.says("1", "06-08 10:30", "agent")
    desk.tell()
    assert desk.times()["frt_seconds"] == 30 * MINUTE
    assert desk.times()["frt_from_at"] == at("06-08 10:00")


def test_reopened_after_a_person_had_solved_it_without_a_word(desk: Desk) -> None:
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.happens("1", "06-08 09:02", "status", "solved")
    desk.happens("1", "06-08 10:00", "status", "open")
    desk.says("1", "06-08 10:30", "agent")
    desk.tell()
    assert desk.times()["frt_seconds"] == 90 * MINUTE


def test_bots_on_the_owners_list_and_on_the_sources(desk: Desk) -> None:
    desk.save(Agent, agent_id="a7", name="Helper")
    desk.save(Agent, agent_id="a8", name="Robo", role="bot")
    desk.ticket("1")
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:01", "agent", agent_id="a7")
    desk.says("1", "06-08 09:02", "agent", agent_id="a8")
    desk.says("1", "06-08 09:20", "agent", agent_id="a7", public=False)
    desk.says("1", "06-08 09:30", "agent")
    desk.tell()
    assert desk.times()["frt_seconds"] == MINUTE
    assert (desk.times()["agents"], desk.times()["estimated_seconds"]) == (2, (2 + 10 + 1) * MINUTE)
    assert desk.tell(ServiceRules(bots=("helper",))) == 1
    assert desk.times()["frt_seconds"] == 30 * MINUTE
    assert (desk.times()["bot_replies"], desk.times()["replies"], desk.times()["agents"]) == (2, 1, 1)
    assert desk.times()["estimated_seconds"] == MINUTE


@pytest.mark.parametrize(
    ("asked", "replied", "business"),
    [
        ("06-08 10:00", "06-08 11:00", 60 * MINUTE),
        ("06-08 20:00", "06-08 21:00", 0),  # kept, with nothing
        ("06-08 17:30", "06-09 09:30", 60 * MINUTE),
    ],
)
def test_in_both_clocks(desk: Desk, asked: str, replied: str, business: int) -> None:
    desk.ticket("1", asked)
    desk.says("1", asked)
    desk.says("1", replied, "agent")
    desk.tell(ServiceRules(hours=OFFICE))
    assert desk.times()["frt_business_seconds"] == business
    assert desk.rows("conversation_replies", "number, seconds, business_seconds") == [
        (1, (at(replied) - at(asked)) // 1_000_000, business)
    ]
    assert desk.tell(ServiceRules()) == 1
    assert desk.times()["frt_business_seconds"] is None


def test_next_replies(desk: Desk) -> None:
    desk.ticket("1")
    for when, role in (
        ("09:00", "customer"), ("09:05", "customer"), ("09:30", "agent"), ("09:40", "agent"), ("11:00", "customer"),
        ("11:10", "bot"), ("12:00", "agent"), ("13:00", "customer"),
    ):  # fmt: skip
        desk.says("1", f"06-08 {when}", role)
    desk.tell()
    assert desk.rows(ConversationReply.__tablename__, "number, asked_at, replied_at, seconds") == [
        (1, at("06-08 09:00"), at("06-08 09:30"), 30 * MINUTE),
        (2, at("06-08 11:00"), at("06-08 12:00"), 60 * MINUTE),
    ]
    assert desk.times()["reply_gap_seconds"] == 90 * MINUTE
    assert desk.times()["waiting_since_at"] == at("06-08 13:00")
    assert desk.times()["replies"] == 3


def test_several_messages_of_one_chat_session_are_one_reply(desk: Desk) -> None:
    desk.ticket("1", channel="messaging")
    for when, role in (
        ("08 09:00", "customer"), ("08 09:01", "agent"), ("08 09:02", "agent"), ("08 09:05", "customer"),
        ("08 09:06", "agent"), ("09 09:00", "customer"), ("09 09:05", "agent"),
    ):  # fmt: skip
        desk.says("1", f"06-{when}", role)
    desk.tell()
    assert desk.times()["replies"] == 2


def test_without_messages_the_source_is_believed(desk: Desk) -> None:
    desk.ticket(
        "1", first_reply_at=at("06-08 10:00"), frt_seconds=3000, frt_business_seconds=1800, replies=2, reopens=1
    )
    desk.tell()
    times = desk.times()
    assert (times["frt_seconds"], times["frt_business_seconds"], times["replies"]) == (3000, 1800, 2)
    assert (times["reopens"], times["has_messages"], times["customer_messages"]) == (1, False, None)


def test_a_transcript_alone_says_nothing(desk: Desk) -> None:
    desk.ticket("1", first_reply_at=at("06-08 10:00"), frt_seconds=3000, channel="chat")
    desk.says("1", "06-08 10:30", "agent", automatic=True)
    desk.tell()
    assert (desk.times()["frt_seconds"], desk.times()["has_messages"], desk.times()["agents"]) == (3000, 0, None)


def test_hours_of_group_source_desk_and_all(desk: Desk) -> None:
    def hours(begin: int, end: int) -> OpeningHours:
        return OpeningHours("Europe/Berlin", ((begin * 60, end * 60),))

    for id_, group in (("1", None), ("2", "VIP")):
        desk.ticket(id_, "06-08 00:00", group_name=group)
        desk.says(id_, "06-08 00:00")
        desk.says(id_, "06-09 00:00", "agent")

    def measured() -> list[int | None]:
        return [desk.times(id_)["frt_business_seconds"] for id_ in ("1", "2")]

    desk.tell(ServiceRules(hours=hours(9, 10)))
    assert measured() == [3600, 3600]
    from connector.model import BusinessSchedule

    desk.save(BusinessSchedule, schedule_id="s", timezone="Europe/Berlin", intervals="[[540, 660]]")
    desk.tell()
    assert measured() == [7200, 7200]
    desk.tell(ServiceRules(hours=hours(9, 10), desks={"desk": DeskHours(hours(9, 12), {"VIP": hours(9, 13)})}))
    assert measured() == [3 * 3600, 4 * 3600]
