"""What two sources see, or what was merged, counts once, whatever comes first."""

from __future__ import annotations

from itertools import permutations

import pytest

from connector.model import Conversation
from connector.store.statements import delete
from tests.conversations.desk import Desk, at

TICKET = "zendesk:x.test/tickets/7"


def chat_arrives(desk: Desk) -> None:
    desk.ticket("c", "06-08 09:00", source=2, channel="chat", state="closed", closed_at=at("06-08 09:20"),
                same_as=TICKET, handle_seconds=240, queue_seconds=30, opened_by="customer")  # fmt: skip
    desk.says("c", "06-08 09:01", source=2)
    desk.says("c", "06-08 09:03", "agent", source=2, agent_id="x9")


def ticket_arrives(desk: Desk) -> None:
    desk.ticket("7", "06-08 09:20", self_ref=TICKET, opened_by="agent", state="solved", channel="chat")


def ticket_is_worked_on(desk: Desk) -> None:
    desk.says("7", "06-08 09:20", "agent", automatic=True, channel="chat_transcript")
    desk.says("7", "06-08 10:00", "agent")
    desk.happens("7", "06-08 10:00", "status", "solved")


STEPS = (chat_arrives, ticket_arrives, ticket_is_worked_on)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("between", [False, True])
def test_a_chat_counts_with_its_ticket(desk: Desk, order: tuple[int, ...], between: bool) -> None:
    for place in order:
        STEPS[place](desk)
        if between:
            desk.tell(batch=1)
    desk.tell()
    part, whole = desk.times("c", 2), desk.times("7")
    assert (part["state"], bool(part["countable"]), part["part_of_source_id"], part["part_of_id"]) == (
        "merged", False, 1, "7",
    )  # fmt: skip
    assert (part["replies"], part["frt_seconds"]) == (None, None)
    assert (bool(whole["countable"]), whole["opened_by"], whole["first_customer_message_at"]) == (
        True, "customer", at("06-08 09:01"),
    )  # fmt: skip
    assert (whole["frt_seconds"], whole["replies"], whole["handle_seconds"]) == (120, 2, 240)
    assert (whole["resolution_seconds"], whole["queue_seconds"], bool(whole["missed"])) == (3600, 30, False)
    assert desk.tell() == 0


def test_a_chat_that_says_so_no_longer_stands_alone_again(desk: Desk) -> None:
    chat_arrives(desk)
    ticket_arrives(desk)
    desk.tell()
    desk.ticket("c", "06-08 09:00", source=2, channel="chat", state="closed", closed_at=at("06-08 09:20"))
    desk.tell()
    assert (desk.times("c", 2)["part_of_id"], bool(desk.times("c", 2)["countable"])) == (None, True)
    assert desk.times("c", 2)["frt_seconds"] == 120
    assert (desk.times("7")["has_messages"], desk.times("7")["replies"]) == (0, None)


def test_a_chat_without_its_ticket_stands_alone_until_the_ticket_comes_and_when_it_is_gone_from_the_store(
    desk: Desk,
) -> None:
    chat_arrives(desk)
    desk.tell()
    assert desk.times("c", 2)["part_of_id"] is None
    ticket_arrives(desk)
    desk.tell()
    assert desk.times("c", 2)["part_of_id"] == "7"
    with desk.store.write() as connection:  # as a rebuild does with rows that no record accounts for
        delete(desk.store.dialect, Conversation, ("source_id", "conversation_id")).send(connection, [(1, "7")])
        connection.exec_driver_sql("INSERT INTO conversation_marks (source_id, conversation_id) VALUES (1, '7')")
    desk.tell()
    assert desk.times("c", 2)["part_of_id"] is None
    assert desk.rows("conversation_times", "source_id, conversation_id, state") == [(2, "c", "closed")]


@pytest.mark.parametrize("by_event", [False, True])
@pytest.mark.parametrize("target_first", [False, True])
def test_a_merged_ticket_counts_with_its_target(desk: Desk, by_event: bool, target_first: bool) -> None:
    def target() -> None:
        desk.ticket("2", "06-08 10:00")
        desk.says("2", "06-08 10:00")
        desk.tell()

    if target_first:
        target()
    desk.ticket("1", state="merged", countable=False, **({} if by_event else {"merged_into": "2"}))
    desk.says("1", "06-08 09:00")
    desk.says("1", "06-08 09:30", "agent")
    desk.tell()
    if by_event:
        desk.happens("1", "06-08 11:00", "merged", "2")
    desk.tell()
    if not target_first:
        assert bool(desk.times()["countable"]) is False
        target()
    assert (desk.times()["part_of_id"], desk.times()["merged_into"]) == ("2", "2")
    assert (desk.times("2")["frt_seconds"], desk.times("2")["replies"], desk.times("2")["customer_messages"]) == (
        1800, 1, 2,
    )  # fmt: skip


def test_chains_and_rings(desk: Desk) -> None:
    for id_, into in (("1", "2"), ("2", "3"), ("3", None), ("4", "5"), ("5", "4"), ("6", "6")):
        desk.ticket(id_, merged_into=into)
    desk.tell(batch=2)
    assert [desk.times(id_)["part_of_id"] for id_ in "123456"] == ["3", "3", None, None, "4", None]


def test_one_agent_in_two_sources_is_one_person(desk: Desk) -> None:
    from connector.model import Agent

    chat_arrives(desk)
    ticket_arrives(desk)
    ticket_is_worked_on(desk)
    desk.tell()
    assert desk.times("7")["agents"] == 2
    desk.save(Agent, 1, agent_id="a1", name="Ada L")
    desk.save(Agent, 2, agent_id="x9", name="ada l")
    desk.tell()
    assert desk.times("7")["agents"] == 1


def test_only_what_is_marked_is_told_again(desk: Desk) -> None:
    for number in range(5):
        desk.ticket(str(number))
        desk.says(str(number), "06-08 09:00")
    assert desk.tell(batch=2) == 5
    assert desk.tell() == 0
    desk.says("3", "06-08 10:00", "agent")
    assert desk.tell() == 1
    desk.says("3", "06-08 10:00", "agent")  # the same again
    assert desk.tell() == 0
    assert desk.tell(everything=True) == 5


def test_a_message_that_moves_is_taken_from_the_one_and_given_to_the_other(desk: Desk) -> None:
    desk.ticket("1")
    desk.ticket("2")
    desk.says("1", "06-08 09:00", message_id="m")
    desk.tell()
    desk.says("2", "06-08 09:00", message_id="m")
    assert desk.tell() == 2
    assert (desk.times("1")["has_messages"], desk.times("2")["customer_messages"]) == (0, 1)
