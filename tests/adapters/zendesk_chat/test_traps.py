"""What recorded and composed answers become, and how the export is walked: each trap of the API by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.zendesk_chat import AGENTS, CHATS, ZendeskChat
from adapters.zendesk_chat.settings import ZendeskChatSettings
from adapters.zendesk_chat.simulator import ZendeskChatAccount
from connector.contract import Record
from connector.errors import AccessRefused, UnexpectedPayload
from connector.model import Conversation, ConversationEvent, Message, SurveyAnswer
from connector.settings import Timeouts
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from connector.transport import Transport

FIXTURES = Path(__file__).parents[2] / "fixtures" / "zendesk_chat"


def connected(url: str, clock: FakeClock, **settings: Any) -> ZendeskChat:
    account = {"url": url, "access_token": "chat-token-1f6b0c9d2e", **settings}
    transport = Transport(url, clock=clock, random=Random(1), timeouts=Timeouts(), retry_for=5)
    return ZendeskChat(ZendeskChatSettings.model_validate(account), transport)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def account(clock: FakeClock) -> Iterator[tuple[ZendeskChatAccount, LoopbackServer]]:
    made = ZendeskChatAccount.small(clock=clock, seed=3)
    with LoopbackServer(made) as server:
        yield made, server


def chats(path: str) -> list[dict[str, Any]]:
    content = json.loads((FIXTURES / path).read_text(encoding="utf-8"))
    return content.get("chats") or [content]


def rows(chat: dict[str, Any], clock: FakeClock) -> dict[type, list[dict[str, Any]]]:
    adapter = connected("https://shop.zendesk.test", clock)
    record = adapter.admit(CHATS, Record(chat["id"], json.dumps(chat).encode(), 1))
    again = adapter.admit(CHATS, Record(chat["id"], record.payload, 1))
    assert again.payload == record.payload, "what was admitted is admitted as it is"
    made: dict[type, list[dict[str, Any]]] = {}
    for table, row in adapter.normalise(CHATS, Record(chat["id"], record.payload, 1)):
        assert set(row) <= set(table.__table__.c.keys())
        made.setdefault(table, []).append(row)
    return made


def test_a_chat_with_two_agents_and_a_trigger(clock: FakeClock) -> None:
    made = rows(chats("composed/incremental_page1_full.json")[0], clock)
    conversation = made[Conversation][0]
    assert conversation["same_as"] == "zendesk:shop.zendesk.test/tickets/101"
    assert (conversation["frt_seconds"], conversation["handle_seconds"]) == (42, 680)
    assert (conversation["agent_id"], conversation["queue_seconds"], conversation["missed"]) == ("9002", 40, False)
    assert json.loads(conversation["order_numbers"]) == ["1042"]
    roles = [message["author_role"] for message in made[Message]]
    assert roles[:3] == ["customer", "bot", "agent"]
    assert {"transfer", "assigned", "work"} <= {event["kind"] for event in made[ConversationEvent]}
    answer = made[SurveyAnswer][0]
    assert (answer["score"], answer["scale"], answer["label"]) == (1, "good-bad", "good")


def test_a_missed_chat_of_nobody(clock: FakeClock) -> None:
    missed = chats("composed/incremental_page2_boundary_row_again.json")[0]
    conversation = rows(missed, clock)[Conversation][0]
    assert conversation["missed"] is True
    assert conversation["status"] == "missed"
    assert (conversation["name"], conversation["email"], conversation["frt_seconds"]) == (None, None, None)


@pytest.mark.parametrize("path", ["recorded/offline_msg.json", "official/offline_msg.json"])
def test_an_offline_message_is_a_form_with_one_message(path: str, clock: FakeClock) -> None:
    made = rows(chats(path)[0], clock)
    assert (made[Conversation][0]["channel"], made[Conversation][0]["offline"]) == ("form", True)
    assert [message["author_role"] for message in made[Message]] == ["customer"]
    assert made[Message][0]["length"] > 0


def test_an_old_chat_without_nicks_ids_or_engagements(clock: FakeClock) -> None:
    made = rows(chats("recorded/chat.json")[0], clock)
    assert {message["author_role"] for message in made[Message]} == {"customer", "agent"}
    assert len({message["message_id"] for message in made[Message]}) == len(made[Message])
    agents = {message["agent_id"] for message in made[Message] if message["author_role"] == "agent"}
    assert agents == {"4120927"}
    # 717 seconds in all, the agent joined 6.9 seconds after the start.
    assert made[Conversation][0]["handle_seconds"] == 710


def test_a_visitor_who_takes_another_name_stays_the_customer(clock: FakeClock) -> None:
    chat = chats("recorded/chat.json")[0]
    chat["visitor"]["name"] = "Bob"
    made = rows(chat, clock)
    assert {message["author_role"] for message in made[Message]} == {"customer", "agent"}


def test_a_deleted_chat_is_not_counted(clock: FakeClock) -> None:
    made = rows(chats("composed/incremental_deleted_chat.json")[0], clock)
    assert made[Conversation][0]["state"] == "deleted"
    assert made[Conversation][0]["countable"] is False
    assert set(made) == {Conversation}


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("**/*.json")), ids=lambda path: path.name)
def test_nothing_forbidden_is_kept(path: Path, clock: FakeClock) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    listed = content.get("chats") if isinstance(content, dict) else None
    for chat in listed or ([content] if isinstance(content, dict) and "visitor" in content else []):
        adapter = connected("https://shop.zendesk.test", clock)
        kept = adapter.admit(CHATS, Record(chat["id"], json.dumps(chat).encode(), 1)).payload.decode()
        texts = [entry["msg"] for entry in chat.get("history", []) if len(entry.get("msg") or "") > 6]
        session = chat.get("session", {})
        personal = [*texts, chat.get("message"), session.get("ip"), session.get("user_agent"), session.get("city")]
        assert [text for text in personal if text and text in kept] == []


def test_unread_may_be_a_number_and_nulls_are_borne(clock: FakeClock) -> None:
    chat = chats("recorded/incremental_chats_page.json")[0]
    chat.update(unread=3, tags=None, agent_names=None, history=None)
    assert rows(chat, clock)[Conversation][0]["state"] == "open"


def test_more_chats_of_one_second_than_a_page_holds(account, clock: FakeClock) -> None:
    made, server = account
    seen: list[str] = []
    for page in connected(server.address, clock, page_size=2).pull(CHATS, None):
        seen += [record.id for record in page.records]
    assert sorted(seen) == sorted(made.chats)


def test_the_filled_next_page_is_not_followed_and_an_export_that_stands_still_is_an_error(account, clock) -> None:
    made, server = account
    assert len(list(connected(server.address, clock).pull(CHATS, None))) == 1
    made.pinned = True
    with pytest.raises(UnexpectedPayload):
        list(connected(server.address, clock, page_size=5).pull(CHATS, None))


def test_a_chat_that_comes_late_into_a_second_that_was_read(account, clock: FakeClock) -> None:
    made, server = account
    adapter = connected(server.address, clock)
    cursor = [page.cursor for page in adapter.pull(CHATS, None)][-1]
    now = clock.now() // 1_000_000
    late = {**next(reversed(made.chats.values())), "id": "0000.first"}
    made.put(late, now - 60)
    assert "0000.first" in {record.id for page in adapter.pull(CHATS, cursor) for record in page.records}


def test_an_account_without_chat_and_a_wrong_token_say_what_to_do(account, clock: FakeClock) -> None:
    made, server = account
    with pytest.raises(AccessRefused) as refused:
        connected(server.address, clock, access_token="other").check()
    assert refused.value.advice
    made.exists = False
    with pytest.raises(AccessRefused) as refused:
        connected(server.address, clock).check()
    assert "Messaging" in str(refused.value.advice)


def test_one_list_that_is_refused_does_not_end_the_check(account, clock: FakeClock) -> None:
    made, server = account
    made.refused.add("agents")
    access = {one.stream: one.readable for one in connected(server.address, clock).check().streams}
    assert access == {"agents": False, "chats": True}


def test_an_account_that_moved_to_messaging_is_told_so(clock: FakeClock) -> None:
    with LoopbackServer(ZendeskChatAccount.empty(clock=clock)) as server:
        warnings = connected(server.address, clock).check().warnings
    assert any("Messaging" in str(warning) for warning in warnings)


def test_the_old_host_has_the_api_elsewhere() -> None:
    settings = {"url": "https://www.zopim.com", "access_token": "x", "desk_url": "https://shop.zendesk.test"}
    parsed = ZendeskChatSettings.model_validate(settings)
    assert (parsed.prefix, parsed.desk) == ("api/v2/", "https://shop.zendesk.test")


def test_an_agent_is_a_number_and_a_name(clock: FakeClock) -> None:
    adapter = connected("https://shop.zendesk.test", clock)
    payload = (FIXTURES / "recorded" / "agent.json").read_bytes()
    record = adapter.admit(AGENTS, Record("4123471", payload, 1))
    assert b"@" not in record.payload
    assert [row["name"] for _, row in adapter.normalise(AGENTS, record)] == ["Test"]


def test_a_chat_that_comes_late_into_the_second_where_a_walk_was_broken_off(account, clock: FakeClock) -> None:
    made, server = account
    adapter = connected(server.address, clock, page_size=5)
    now = clock.now() // 1_000_000
    late = next(reversed(made.chats.values()))
    for number in range(5):  # five of one second, where the second page ends
        made.put({**late, "id": f"5555.{number}"}, now - 60)
    walk = adapter.pull(CHATS, None)
    cursor = next(page.cursor for page in walk if any(record.id == "5555.0" for record in page.records))
    made.put({**late, "id": "0000.first"}, now - 60)
    assert "0000.first" in {record.id for page in adapter.pull(CHATS, cursor) for record in page.records}
