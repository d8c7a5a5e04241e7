"""Work, transfers, texts and refusals of the chat: what figures need and what may be kept."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from adapters.zendesk_chat import CHATS
from adapters.zendesk_chat.simulator import ZendeskChatAccount
from adapters.zendesk_chat.simulator.deeds import chat, hire
from connector.contract import Record
from connector.errors import AccessRefused, SourceError, StreamNotOffered, Unavailable
from connector.instants import DAY, HOUR, SECOND
from connector.messages import LANGUAGES
from connector.model import Conversation, ConversationEvent, Message, SurveyAnswer
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from tests.adapters.zendesk_chat.accounts import NOWHERE, TEXTS, chats, connected, fixture, rows

# --- what figures need -----------------------------------------------------------------------------------------------


def test_a_transfer_between_agents_is_no_hand_over_by_a_bot(clock: FakeClock) -> None:
    made = rows(chats("composed/incremental_page1_full.json")[0], clock)
    kinds = {event["kind"] for event in made[ConversationEvent]}
    assert "transfer" in kinds
    assert "handoff" not in kinds
    assert made[Conversation][0].get("handoff_at") is None


def test_an_old_chat_without_engagements_has_its_work_from_the_first_agent_on(clock: FakeClock) -> None:
    made = rows(chats("recorded/chat.json")[0], clock)
    work = [event for event in made[ConversationEvent] if event["kind"] == "work"]
    assert [(event["seconds"], event["agent_id"]) for event in work] == [(710, made[Conversation][0]["agent_id"])]


def test_work_is_told_once(clock: FakeClock) -> None:
    made = rows(chats("composed/incremental_page1_full.json")[0], clock)
    work = [event["seconds"] for event in made[ConversationEvent] if event["kind"] == "work"]
    assert sum(work) == made[Conversation][0]["handle_seconds"]


def test_a_visitor_who_left_while_waiting_was_missed(clock: FakeClock) -> None:
    content = chats("composed/incremental_page2_boundary_row_again.json")[0]
    assert rows({**content, "missed": False, "dropped": True}, clock)[Conversation][0]["missed"] is True
    answered = chats("composed/incremental_page1_full.json")[0]
    assert rows({**answered, "dropped": True}, clock)[Conversation][0]["missed"] is False


def test_triggers_are_automatic_and_no_reply(clock: FakeClock) -> None:
    account = ZendeskChatAccount.empty(clock=clock)
    hire(account)
    begin = account.server_time() // SECOND * SECOND - DAY
    made = chat(account, Random(1), begin, person(1, 1), agents=(), started_by="trigger")
    told = rows(made, clock)
    triggers = [message for message in told[Message] if message["author_role"] == "bot"]
    assert triggers
    assert all(message["automatic"] for message in triggers)
    assert (told[Conversation][0]["first_reply_at"], told[Conversation][0]["missed"]) == (None, True)


# --- texts -----------------------------------------------------------------------------------------------------------


def test_texts_are_kept_only_where_the_owner_keeps_them(clock: FakeClock) -> None:
    talk = {**chats("composed/incremental_page1_full.json")[0], "comment": "Sehr nett"}
    note = chats("recorded/offline_msg.json")[0]
    kept, note_kept = rows(talk, clock, TEXTS), rows(note, clock, TEXTS)
    said = [entry["msg"] for entry in talk["history"] if entry["type"] == "chat.msg"]
    assert [message["body"] for message in kept[Message]] == said
    assert kept[SurveyAnswer][0]["comment"] == "Sehr nett"
    assert note_kept[Message][0]["body"] == note["message"]
    for content in (talk, note):
        dropped = rows(content, clock)
        assert {message["body"] for message in dropped[Message]} == {None}
        assert {answer["comment"] for answer in dropped.get(SurveyAnswer, ())} <= {None}


def test_once_texts_are_no_longer_kept_rows_have_none(clock: FakeClock) -> None:
    content = chats("composed/incremental_page1_full.json")[0]
    full = connected(NOWHERE, clock, TEXTS)
    stored = full.admit(CHATS, Record(content["id"], json.dumps(content).encode(), 1)).payload
    bare = connected(NOWHERE, clock)
    bodies = {row["body"] for table, row in bare.normalise(CHATS, Record("1", stored, 1)) if table is Message}
    assert bodies == {None}
    again = bare.admit(CHATS, Record("1", stored, 1)).payload
    assert not any(entry["msg"].encode() in again for entry in content["history"] if entry.get("msg"))


# --- refusals --------------------------------------------------------------------------------------------------------

REFUSALS: list[tuple[int, Any, type[SourceError]]] = [
    (401, {"error": "invalid_token", "error_description": "expired"}, AccessRefused),
    (403, {"error": "Forbidden", "description": "Missing the following required scopes: chat"}, StreamNotOffered),
    (404, fixture("errors/404.json"), AccessRefused),
]


@pytest.mark.parametrize(("status", "body", "kind"), REFUSALS, ids=[str(status) for status, *_ in REFUSALS])
def test_a_refusal_on_record(status: int, body: Any, kind: type[SourceError], account, clock: FakeClock) -> None:
    made, server = account
    made.instead = [(status, body)]
    with pytest.raises(kind) as refused:
        list(connected(server.address, clock).pull(CHATS, None))
    assert all(refused.value.advice.render(language) for language in LANGUAGES)


def test_too_many_requests_in_plain_text_are_waited_for(account, clock: FakeClock) -> None:
    made, server = account
    made.instead = [(429, "Number of allowed API requests per minute exceeded")] * 3
    began = clock.monotonic()
    pages = list(connected(server.address, clock).pull(CHATS, None))
    assert sum(len(page.records) for page in pages) == len(made.chats)
    assert clock.monotonic() - began > 15
    made.instead = [(429, "Number of allowed API requests per minute exceeded")] * 100
    with pytest.raises(Unavailable):
        list(connected(server.address, clock).pull(CHATS, None))


# --- moved to messaging ----------------------------------------------------------------------------------------------


def test_an_account_that_fell_silent_may_have_moved(clock: FakeClock) -> None:
    made = ZendeskChatAccount.empty(clock=clock)
    hire(made)
    chat(made, Random(1), made.server_time() - 90 * DAY, person(1, 1))
    with LoopbackServer(made) as server:
        adapter = connected(server.address, clock)
        assert any("30 days" in str(warning) for warning in adapter.check().warnings)
        chat(made, Random(1), made.server_time() - HOUR, person(1, 2))
        assert not any("Messaging" in str(warning) for warning in adapter.check().warnings)


def test_a_walk_over_nothing_ends_and_keeps_its_place(clock: FakeClock) -> None:
    with LoopbackServer(ZendeskChatAccount.empty(clock=clock)) as server:
        pages = list(connected(server.address, clock).pull(CHATS, None))
    assert [len(page.records) for page in pages] == [0]
    assert pages[0].cursor
