"""What ticket events come to: order numbers in any comment, counted work, merges, and parts of kinds nobody knows."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.simulator.desk import AGENTS
from adapters.zendesk.simulator.setup import TIME_TOTAL
from adapters.zendesk.streams import EVENTS, LOGS
from connector.conversations import ServiceRules, tell_conversations
from connector.errors import Unavailable
from connector.instants import DAY, HOUR, MINUTE, SECOND, to_utc_text
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from connector.store import open_store
from connector.testing.world import World
from tests.adapters.zendesk.desks import connected, fixture, made, rows

ANNA, BEN = AGENTS[:2]
CUSTOMER = 500_001


@pytest.fixture
def desk(clock: FakeClock) -> ZendeskDesk:
    """A help desk with its agents and a customer."""
    made_desk = ZendeskDesk.empty(clock=clock)
    made_desk.hire(0)
    made_desk.customer(1, person(1, 1), 0)
    return made_desk


@pytest.fixture
def at(desk: ZendeskDesk) -> int:
    return desk.server_time() // SECOND * SECOND - 2 * DAY


def written(desk: ZendeskDesk, ticket: dict[str, Any], author: int, text: str, at: int, **via: Any) -> None:
    """Somebody writes a comment with these words."""
    desk.reply(ticket, author, at, public=False)
    comment = next(
        part for event in desk.events for part in event["child_events"] if part.get("created_at") == to_utc_text(at)
    )
    comment.update(body=text, plain_body=text, **via)


def told(desk: ZendeskDesk, clock: FakeClock, stream: Any = EVENTS) -> list[tuple[str, dict[str, Any]]]:
    with LoopbackServer(desk) as server:
        return made(connected(server.address, clock), stream)


# --- order numbers ---------------------------------------------------------------------------------------------------


def test_an_order_named_in_a_later_comment_is_found(desk, at, clock, tmp_path) -> None:
    one = desk.open(CUSTOMER, at, Random(1), "Wo ist mein Paket?", channel="email")
    written(desk, one, ANNA, "Welche Nummer?", at + MINUTE)
    written(desk, one, CUSTOMER, "Es geht um Bestellung 1042 und #1043", at + 2 * MINUTE)
    talk = desk.open(CUSTOMER, at, Random(1), "Hallo", channel="whatsapp")
    desk.logs.says(talk["id"], "user", CUSTOMER, "Order 2077", at + MINUTE)
    world = World("zendesk", desk, open_store(f"sqlite:///{tmp_path}/connector.db", clock=clock), clock)
    try:
        world.sync()
        tell_conversations(world.store, rules=ServiceRules(zone="Europe/Berlin"), clock=clock)
        with world.store.read() as connection:
            query = "SELECT conversation_id, number FROM conversation_numbers ORDER BY conversation_id, position"
            found = [tuple(row) for row in connection.execute(sa.text(query))]
    finally:
        world.close()
        world.store.close()
    assert found == [(str(one["id"]), "1042"), (str(one["id"]), "1043"), (str(talk["id"]), "2077")]


def test_numbers_of_tickets_are_no_orders(desk, at, clock) -> None:
    first, second = (desk.open(CUSTOMER, at + number, Random(1), "Hallo", channel="email") for number in range(2))
    written(desk, first, CUSTOMER, f"Re: [Anfrage #{first['id']}] danke", at + MINUTE)
    written(desk, first, ANNA, "Ihre Anfrage #4711 ist eingegangen", at + 2 * MINUTE, via="Rule")
    desk.merge(first, second, at + HOUR)
    messages = [row for table, row in told(desk, clock) if table == "messages"]
    assert len(messages) == 6
    assert {row["order_numbers"] for row in messages} == {None}


@pytest.mark.parametrize("texts_kept", [True, False])
def test_numbers_stay_whether_texts_are_kept_or_not(texts_kept: bool, clock: FakeClock) -> None:
    comment = {**fixture("recorded/ticket_comment_child_event.json"), "ticket_id": 7, "role": "customer"}
    comment["plain_body"] = "Bestellung 1042, Ticket #7"
    assert json.loads(rows(EVENTS, comment, clock, texts_kept=texts_kept)[0]["order_numbers"]) == ["1042"]
    line = {**fixture("official/conversation_log.json")["events"][0], "ticket_id": 7}
    line["content"] = {"type": "text", "text": "order no. 1042"}
    assert json.loads(rows(LOGS, line, clock, texts_kept=texts_kept)[0]["order_numbers"]) == ["1042"]


# --- work ------------------------------------------------------------------------------------------------------------


def test_time_tracking_says_who_worked_how_long_even_twice_equally_long(desk, at, clock) -> None:
    one = desk.open(CUSTOMER, at, Random(1), "Hallo", channel="email")
    desk.track(one, 185, at + HOUR, agent=ANNA)
    desk.track(one, 185, at + 2 * HOUR, agent=BEN)
    work = [row for _, row in told(desk, clock) if row.get("kind") == "work"]
    assert [(row["agent_id"], row["seconds"], row["at"] - at) for row in work] == [
        (str(ANNA), 185, HOUR - 185 * SECOND),
        (str(BEN), 185, 2 * HOUR - 185 * SECOND),
    ]


def test_a_total_that_was_put_back_and_other_fields_are_no_work(desk, at, clock) -> None:
    one = desk.open(CUSTOMER, at, Random(1), "Hallo", channel="email")
    changes = [({str(TIME_TOTAL): "60"}, "300"), ({str(TIME_TOTAL): None}, "60"), ({"360009004": "99"}, None)]
    for number, (value, before) in enumerate(changes):
        desk._event(one["id"], at + number * MINUTE, ANNA, [desk._change("custom_ticket_fields", value, before=before)])
    assert not [row for _, row in told(desk, clock) if row.get("kind") == "work"]


# --- merges ----------------------------------------------------------------------------------------------------------


def test_a_merge_is_known_from_the_target_too(desk, at, clock) -> None:
    """An owner may word the closing note anew; the target's note then names what went into it."""
    first, second = (desk.open(CUSTOMER, at + number, Random(1), "Hallo", channel="email") for number in range(2))
    desk.merge(first, second, at + HOUR)
    for event in desk.events:
        for part in event["child_events"]:
            if "#" in part.get("body", ""):
                part.update(body="Doppelt", plain_body="Doppelt")
    merged = [row for _, row in told(desk, clock) if row.get("kind") == "merged"]
    assert [(row["conversation_id"], row["value"]) for row in merged] == [(str(first["id"]), str(second["id"]))]


def test_the_way_of_a_closing_note_names_the_target(desk, at, clock) -> None:
    first, second = (desk.open(CUSTOMER, at + number, Random(1), "Hallo", channel="email") for number in range(2))
    desk.merge(first, second, at + HOUR)
    closing = next(
        part
        for event in desk.events
        for part in event["child_events"]
        if "geschlossen und mit der" in part.get("body", "")
    )
    closing["via"]["source"]["from"] = {"ticket_id": second["id"]}
    closing.update(body="Siehe #99999", plain_body="Siehe #99999")
    merged = {(row["conversation_id"], row["value"]) for _, row in told(desk, clock) if row.get("kind") == "merged"}
    assert merged == {(str(first["id"]), str(second["id"]))}


# --- comments --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Comment", "VoiceComment"])
def test_comments_of_the_reference_and_of_calls_are_messages(kind: str, clock: FakeClock) -> None:
    (comment,) = fixture("official/comment_events_child_event.json")["child_events"]
    (message,) = rows(EVENTS, {**comment, "event_type": kind, "ticket_id": 7, "role": "agent"}, clock)
    assert (message["length"], message["agent_id"], message["channel"]) == (17, "5031726587", "api")


def test_recorded_comments_are_understood(clock: FakeClock) -> None:
    comments = fixture("recorded/ticket_comments_page.json")["comments"]
    said = [
        rows(EVENTS, {**one, "event_type": "Comment", "ticket_id": 7, "role": "agent"}, clock)[0] for one in comments
    ]
    assert [row["length"] for row in said] == [len(one["plain_body"]) for one in comments]
    assert [row["public"] for row in said] == [one["public"] for one in comments]


def test_a_passing_fault_makes_nobody_a_customer(desk, at, clock) -> None:
    desk.open(CUSTOMER, at, Random(1), "Hallo", channel="email", submitter=ANNA)
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock)
        desk.on_request = lambda asked: (
            desk.instead.extend([(503, "busy")] * 50) if "show_many" in asked["PATH_INFO"] else None
        )
        with pytest.raises(Unavailable):
            made(adapter, EVENTS)
        desk.on_request, desk.instead = None, []
        assert [row["author_role"] for table, row in made(adapter, EVENTS) if table == "messages"] == ["agent"]


# --- an open list of kinds -------------------------------------------------------------------------------------------


def test_parts_of_kinds_nobody_knows_are_passed_by_whatever_their_shape(desk, at, clock) -> None:
    desk.open(CUSTOMER, at, Random(1), "Hallo", channel="email")
    odd = [
        {"id": 1, "event_type": "KnowledgeLinked", "body": {"article": {"id": 5}}},
        {"id": "x", "event_type": "ChatStartedEvent", "status": {"of": "a chat"}},
        {"event_type": "Notification"},
    ]
    desk.events[0]["child_events"] += odd
    with LoopbackServer(desk) as server:
        (page,) = connected(server.address, clock).pull(EVENTS, None)
    assert (len(page.records), page.unreadable) == (2, [])
    desk.events[0]["child_events"].append({"id": 2, "event_type": "Comment", "body": {"no": "text"}})
    with LoopbackServer(desk) as server:
        (page,) = connected(server.address, clock).pull(EVENTS, None)
    assert (len(page.records), len(page.unreadable)) == (2, 1), "a comment of an odd shape is said"


def test_the_recorded_page_of_events_becomes_messages_and_changes(there, clock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    desk.users |= {501: {**desk.users[AGENTS[0]], "id": 501, "role": "end-user"}}
    list(adapter.pull(EVENTS, None))
    desk.instead = [(200, fixture("composed/ticket_events_page.json")), (200, {"users": [desk.users[501]]})]
    found = made(adapter, EVENTS)
    said = [(row["conversation_id"], row["author_role"], row["public"]) for table, row in found if table == "messages"]
    customer, note, reply, opening = (
        ("101", "customer", True),
        ("101", "agent", False),
        ("101", "agent", True),
        ("105", "agent", True),
    )
    assert said == [customer, note, reply, opening]
    changes = [(row["kind"], row["value"], row["agent_id"]) for table, row in found if table == "conversation_events"]
    assert changes == [
        ("status", "new", None),
        ("assigned", "9001", "9001"),
        ("status", "open", "9001"),
        ("status", "solved", "9001"),
    ]
