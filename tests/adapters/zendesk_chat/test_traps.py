"""What recorded and composed answers become, and how the export is walked: each trap of the API by itself."""

from __future__ import annotations

import json

import pytest

from adapters.zendesk_chat import AGENTS, CHATS
from adapters.zendesk_chat.settings import ZendeskChatSettings
from adapters.zendesk_chat.simulator import ZendeskChatAccount
from connector.contract import Record, Wanted
from connector.errors import AccessRefused, UnexpectedPayload
from connector.instants import MINUTE, SECOND, from_utc_text
from connector.model import Conversation, ConversationEvent, Message, SurveyAnswer
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from tests.adapters.zendesk_chat.accounts import FIXTURES, NOWHERE, chats, connected, fixture, rows


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


@pytest.mark.parametrize(
    "path",
    [
        "recorded/chat.json",
        "recorded/offline_msg.json",
        "recorded/incremental_chats_page.json",
        "official/offline_msg.json",
        "composed/incremental_page1_full.json",
        "composed/incremental_page2_boundary_row_again.json",
    ],
)
def test_nothing_forbidden_is_kept(path: str, clock: FakeClock) -> None:
    for chat in chats(path):
        kept = connected(NOWHERE, clock).admit(CHATS, Record(chat["id"], json.dumps(chat).encode(), 1)).payload.decode()
        texts = [entry["msg"] for entry in chat.get("history", []) if len(entry.get("msg") or "") > 6]
        session = chat["session"]
        personal = [*texts, chat.get("message"), session["ip"], session["user_agent"], session["city"]]
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


def test_one_who_is_asked_for_singly_and_is_not_there(account, clock: FakeClock) -> None:
    made, server = account
    adapter = connected(server.address, clock)
    found = dict(adapter.read(AGENTS, [Wanted("9001"), Wanted("1")]))
    assert found[Wanted("1")] is None
    assert found[Wanted("9001")] is not None
    made.instead = [(404, "<html>Nothing here</html>")]
    with pytest.raises(UnexpectedPayload) as refused:
        list(adapter.read(AGENTS, [Wanted("9001")]))
    assert "Messaging" in str(refused.value.advice)


def test_an_account_that_moved_to_messaging_is_told_so(clock: FakeClock) -> None:
    with LoopbackServer(ZendeskChatAccount.empty(clock=clock)) as server:
        warnings = connected(server.address, clock).check().warnings
    assert any("Messaging" in str(warning) for warning in warnings)


def test_the_old_host_has_the_api_elsewhere() -> None:
    settings = {"url": "https://www.zopim.com", "access_token": "x", "desk_url": "https://shop.zendesk.test"}
    parsed = ZendeskChatSettings.model_validate(settings)
    assert (parsed.prefix, parsed.desk) == ("api/v2/", "https://shop.zendesk.test")


def test_an_agent_is_a_number_and_a_name(clock: FakeClock) -> None:
    adapter = connected(NOWHERE, clock)
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


# --- how the export is walked ----------------------------------------------------------------------------------------


def test_the_recorded_pages_end_with_the_row_that_comes_again(account, clock: FakeClock) -> None:
    """Two rows fill a page; its last one comes again on the next; the third page is empty and names a next one."""
    made, server = account
    pages = ("page1_full", "page2_boundary_row_again", "page3_empty_still_has_next_page")
    made.instead = [(200, fixture(f"composed/incremental_{page}.json")) for page in pages]
    found = list(connected(server.address, clock, page_size=2).pull(CHATS, None))
    assert [[record.id[-3:] for record in page.records] for page in found] == [["Aa1", "Bb2"], ["Bb2", "Cc3"], []]
    assert not made.instead


def test_a_place_is_a_second_and_an_id_and_every_page_is_asked_for_whole(account, clock: FakeClock) -> None:
    made, server = account
    queries: list[str] = []
    made.on_request = lambda environ: queries.append(environ["QUERY_STRING"])
    list(connected(server.address, clock, page_size=10).pull(CHATS, None))
    assert len(queries) > 2
    assert all("fields=chats%28%2A%29" in query for query in queries)
    assert all("start_id=2610.10414779." in query for query in queries[1:])
    stamps = [int(query.partition("start_time=")[2].partition("&")[0]) for query in queries[1:]]
    assert all(0 < clock.now() // SECOND - stamp < 50 * 86_400 for stamp in stamps), "seconds, not microseconds"


def test_two_hundred_requests_a_minute_and_no_more(clock: FakeClock) -> None:
    times: list[float] = []
    made = ZendeskChatAccount.bulk(clock=clock, size=210, seed=1)
    made.on_request = lambda environ: times.append(clock.monotonic())
    with LoopbackServer(made) as server:
        list(connected(server.address, clock, page_size=1).pull(CHATS, None))
    assert len(times) > 205
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[200:], strict=False))


def test_a_stub_in_place_of_a_chat_is_set_aside(clock: FakeClock) -> None:
    (stub,) = chats("composed/incremental_without_fields_param.json")
    with pytest.raises(UnexpectedPayload) as refused:
        rows(stub, clock)
    assert "timestamp" in str(refused.value)


# --- what a chat says ------------------------------------------------------------------------------------------------


def test_an_end_that_is_not_said_is_the_beginning_and_the_duration(clock: FakeClock) -> None:
    chat = chats("recorded/chat.json")[0]
    del chat["end_timestamp"]
    row = rows(chat, clock)[Conversation][0]
    assert row["closed_at"] == from_utc_text("2017-04-24T04:36:45Z") + 717 * SECOND


def test_files_are_messages_and_kinds_nobody_knows_are_passed_by(clock: FakeClock) -> None:
    chat = chats("composed/incremental_page1_full.json")[0]
    before = len(rows(chat, clock)[Message])
    stamp = "2026-10-01T10:09:00.000000Z"
    file = {"type": "chat.file", "timestamp": stamp, "name": "Ben Admin", "nick": "agent:9002"}
    chat["history"] += [file, {"type": "chat.of.tomorrow", "timestamp": stamp, "msg": "?", "nick": "agent:9002"}]
    messages = rows(chat, clock)[Message]
    assert (len(messages), messages[-1]["author_role"], messages[-1]["agent_id"]) == (before + 1, "agent", "9002")


def test_a_rating_that_turned_is_told_with_the_one_before_and_one_taken_back_is_none(clock: FakeClock) -> None:
    chat = chats("composed/incremental_page1_full.json")[0]
    turned = {
        "type": "chat.rating",
        "timestamp": "2026-10-01T10:15:00.000000Z",
        "nick": "visitor:v1",
        "new_rating": "bad",
    }
    chat.update(rating="bad", history=[*chat["history"], turned])
    answers = rows(chat, clock)[SurveyAnswer]
    assert [(row["score"], row["answered_at"] - from_utc_text("2026-10-01T10:11:00Z")) for row in answers] == [
        (1, 0),
        (0, 4 * MINUTE),
    ]
    assert len({row["answer_id"] for row in answers}) == 2
    chat["rating"] = None
    assert [(row["score"], row["answered_at"]) for row in rows(chat, clock)[SurveyAnswer]] == [(None, None)]
