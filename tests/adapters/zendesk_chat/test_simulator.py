"""The pretend account is honest: its chats have the fields of recorded ones, and no others."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from adapters.zendesk_chat.simulator import TOKEN, ZendeskChatAccount
from connector.simulation.clock import FakeClock
from tests.adapters.zendesk_chat.accounts import chats, fixture

LOGIN = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
WHOLE = {"fields": "chats(*)"}


@pytest.fixture
def small(clock: FakeClock) -> ZendeskChatAccount:
    return ZendeskChatAccount.small(clock=clock, seed=3)


def shown(account: ZendeskChatAccount, query: dict[str, str]) -> dict[str, Any]:
    status, body = account.answer("/api/v2/chat/incremental/chats", query, LOGIN)
    assert status == 200
    return msgspec.json.decode(body)


def test_chats_have_the_fields_of_recorded_ones(small: ZendeskChatAccount) -> None:
    listed = [chat for chat in shown(small, WHOLE)["chats"] if chat["type"] == "chat" and not chat.get("deleted")]
    newer = chats("composed/incremental_page1_full.json")[0]
    assert {frozenset(chat) - {"engagements"} for chat in listed} == {frozenset(newer) - {"engagements"}}
    old = [chat for chat in listed if "engagements" not in chat]
    recorded = chats("recorded/chat.json")[0]
    assert old
    assert all(set(recorded) <= set(chat) for chat in old)
    for name in ("visitor", "session", "response_time", "count"):
        assert {frozenset(chat[name]) for chat in listed} == {frozenset(newer[name])}
    engagements = {frozenset(one) for chat in listed for one in chat.get("engagements", ())}
    assert engagements == {frozenset(newer["engagements"][0])}
    pages = {frozenset(page) for chat in listed for page in chat["webpath"]}
    assert pages == {frozenset(newer["webpath"][0])}


def test_lines_of_a_history_have_the_fields_of_recorded_ones(small: ZendeskChatAccount) -> None:
    listed = shown(small, WHOLE)["chats"]
    newer = chats("composed/incremental_page1_full.json")[0]["history"]
    known = {entry["type"]: set(entry) for entry in newer}
    lines = [line for chat in listed if "engagements" in chat for line in chat["history"]]
    assert {line["type"] for line in lines} >= {"chat.msg", "chat.rating", "chat.request.rating"}
    assert all(set(line) == known[line["type"]] for line in lines)
    recorded = {frozenset(entry) for entry in chats("recorded/chat.json")[0]["history"] if entry["type"] == "chat.msg"}
    old = [line for chat in listed if "history" in chat and "engagements" not in chat for line in chat["history"]]
    assert {frozenset(line) for line in old if line["type"] == "chat.msg"} == recorded


def test_offline_messages_and_deleted_chats_have_the_fields_of_recorded_ones(small: ZendeskChatAccount) -> None:
    listed = shown(small, WHOLE)["chats"]
    recorded = chats("recorded/incremental_chats_page.json")[0]
    assert {frozenset(chat) for chat in listed if chat["type"] == "offline_msg"} == {frozenset(recorded)}
    deleted = chats("composed/incremental_deleted_chat.json")[0]
    assert {frozenset(chat) for chat in listed if chat.get("deleted")} == {frozenset(deleted)}


def test_what_stands_around_is_as_recorded_and_without_fields_only_stubs_come(small: ZendeskChatAccount) -> None:
    page = shown(small, WHOLE)
    assert set(page) == set(fixture("recorded/incremental_chats_page.json"))
    assert page["next_page"]
    stubs = shown(small, {})["chats"]
    assert not any("history" in chat or "message" in chat for chat in stubs)
    agent = small.answer("/api/v2/chat/agents/9001", {}, LOGIN)[1]
    assert set(agent) == set(fixture("recorded/agent.json"))
