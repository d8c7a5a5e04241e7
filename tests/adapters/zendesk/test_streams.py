"""What each stream's records become: clocks, promises, logs, surveys, work, merges, and how the desk is set up."""

from __future__ import annotations

import json
from random import Random

import pytest

from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.simulator.desk import AGENTS
from adapters.zendesk.streams import (
    ENGAGEMENTS,
    EVENTS,
    GROUPS,
    LOGS,
    METRIC_EVENTS,
    POLICIES,
    RATINGS,
    SURVEYS,
    TICKETS,
)
from connector.errors import Unavailable
from connector.instants import DAY, HOUR, MINUTE, SECOND, from_utc_text
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from tests.adapters.zendesk.desks import connected, everything, fixture, made, rows


def served(desk: ZendeskDesk, stream, clock: FakeClock):
    with LoopbackServer(desk) as server:
        return made(connected(server.address, clock), stream)


def a_desk(clock: FakeClock) -> tuple[ZendeskDesk, int]:
    """A help desk with its agents and one customer, two days ago."""
    desk = ZendeskDesk.empty(clock=clock)
    at = desk.server_time() // SECOND * SECOND - 2 * DAY
    desk.hire(at)
    desk.customer(1, person(1, 1), at)
    return desk, at


def ticket(desk: ZendeskDesk, at: int, channel: str, text: str = "Wo bleibt Bestellung 1042?") -> dict:
    return desk.open(500_001, at, Random(1), text, channel=channel)


# --- clocks and promises ---------------------------------------------------------------------------------------------


def test_clocks_start_pause_and_stop_and_a_promise_has_its_target(clock: FakeClock) -> None:
    listed = fixture("composed/ticket_metric_events_page.json")["ticket_metric_events"]
    told = [row for event in listed for row in rows(METRIC_EVENTS, event, clock)]
    assert ("sla", "reply_time/business", 3600) in {(row["kind"], row["value"], row["seconds"]) for row in told}
    clocks = [(row["conversation_id"], row["value"]) for row in told if row["kind"] == "clock"]
    assert ("105", "agent_work_time/pause") in clocks
    assert ("101", "requester_wait_time/activate") in clocks
    assert all(row["conversation_id"] != "103" for row in told), "a withdrawn event tells nothing"


def test_measurements_between_are_not_kept(there, clock: FakeClock) -> None:
    desk, server = there
    records, _ = everything(connected(server.address, clock, page_size=7), METRIC_EVENTS)
    assert {record.id for record in records} == set(desk.clocks.kept())
    assert len(records) < len(desk.clocks.rows)


def test_recorded_metric_events_that_measure_in_between_tell_nothing(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    recorded = fixture("recorded/ticket_metric_events_records.json")["ticket_metric_events"]
    official = fixture("official/ticket_metric_events.json")["ticket_metric_events"]
    page = {"ticket_metric_events": [*recorded, *official], "count": 6, "end_of_stream": True}
    desk.instead = [(200, page)]
    told = [(row["conversation_id"], row["value"]) for _, row in made(adapter, METRIC_EVENTS)]
    assert told == [("1", "agent_work_time/fulfill"), ("155", "agent_work_time/activate")]


def test_a_target_is_exact_to_the_second_where_the_desk_says_it_so(clock: FakeClock) -> None:
    listed = fixture("composed/ticket_metric_events_page.json")["ticket_metric_events"]
    promise = next(event for event in listed if event["type"] == "apply_sla")
    short = {**promise, "sla": {**promise["sla"], "target": 1, "target_in_seconds": 30}}
    assert rows(METRIC_EVENTS, short, clock)[0]["seconds"] == 30
    metric = {"metric": "first_reply_time", "priority": "normal", "target": 1, "target_in_seconds": 30}
    policy = {"id": 1, "policy_metrics": [metric, {**metric, "target_in_seconds": None, "target": 2}]}
    assert [row["target_seconds"] for row in rows(POLICIES, policy, clock)] == [30, 120]


@pytest.mark.parametrize("number", range(4))
def test_recorded_and_official_measurements(number: int, clock: FakeClock) -> None:
    recorded = fixture("recorded/ticket_metrics_records.json")["ticket_metrics"]
    measured = [*recorded, fixture("official/ticket_metric.json")][number]
    one = {**fixture("composed/tickets_cursor_page1.json")["tickets"][0], "metric_set": measured}
    row = rows(TICKETS, one, clock)[0]
    replied = measured["reply_time_in_minutes"]["calendar"]
    assert row["frt_seconds"] == (None if replied is None else replied * 60)
    assert (row["reopens"], row["replies"]) == (measured["reopens"], measured["replies"])


# --- messaging -------------------------------------------------------------------------------------------------------


def test_a_line_of_a_log_as_the_reference_prints_it(clock: FakeClock) -> None:
    bot = {**fixture("official/conversation_log.json")["events"][0], "ticket_id": 123}
    message = rows(LOGS, bot, clock)[0]
    assert (message["author_role"], message["agent_id"], message["public"]) == ("bot", None, True)
    assert (message["length"], message["conversation_id"]) == (len("Hey! Have a question? I'm here to assist."), "123")
    assert message["created_at"] == from_utc_text("2025-04-22T09:24:26.861Z")


def test_a_bot_in_front_hands_over_when_the_ticket_is_made(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    ticket(desk, at - HOUR, "email")
    talk = ticket(desk, at, "native_messaging")
    assert talk["id"] % 2 == 0, "a bot was in front"
    desk.reply(talk, AGENTS[0], at + 5 * MINUTE, status="solved")
    told = served(desk, LOGS, clock)
    messages = [row for table, row in told if table == "messages"]
    assert [row["author_role"] for row in messages] == ["bot", "customer", "agent"]
    assert [row["agent_id"] for row in messages] == [None, None, str(AGENTS[0])]
    handoffs = [row for table, row in told if table == "conversation_events"]
    assert [(row["kind"], row["at"]) for row in handoffs] == [("handoff", at)]


def test_without_a_bot_nothing_is_handed_over_and_the_opening_note_is_no_message_twice(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    talk = ticket(desk, at, "whatsapp")
    assert talk["id"] % 2
    assert [(table, row["author_role"]) for table, row in served(desk, LOGS, clock)] == [("messages", "customer")]
    notes = [row for table, row in served(desk, EVENTS, clock) if table == "messages"]
    assert [(row["public"], row["author_role"]) for row in notes] == [(False, "customer")]


def test_the_walk_of_the_tickets_serves_the_logs_too(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    _, cursor = everything(adapter, TICKETS)
    desk.asked.clear()
    records, end = everything(adapter, LOGS)
    assert {record.id for record in records} == set(desk.logs.kept())
    assert {name.rpartition("/")[2] for name, _ in desk.asked} == {"conversation_log"}
    assert end == cursor, "both stand at the same place"


def test_logs_alone_walk_the_tickets_themselves_and_stop_and_resume(there, clock: FakeClock) -> None:
    desk, server = there
    walk = connected(server.address, clock, page_size=7).pull(LOGS, None)
    cursors = [page.cursor for page in walk if page.cursor][:2]
    seen = {record.id for record in everything(connected(server.address, clock), LOGS, cursors[-1])[0]}
    assert seen < set(desk.logs.kept())
    assert {record.id for record in everything(connected(server.address, clock), LOGS)[0]} == set(desk.logs.kept())


def test_a_long_log_is_read_page_by_page_and_only_its_first_bot_hands_over(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    ticket(desk, at - HOUR, "email")
    talk = ticket(desk, at, "native_messaging")
    for number in range(150):
        desk.logs.says(talk["id"], "bot" if number % 2 else "user", -1 if number % 2 else 500_001, "Hallo", at + number)
    told = served(desk, LOGS, clock)
    assert len([row for table, row in told if table == "messages"]) == 152
    assert len([row for table, row in told if table == "conversation_events"]) == 1


def test_a_hundred_logs_a_minute_and_no_more(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    for number in range(120):
        ticket(desk, at + number * SECOND, "whatsapp")
    times: list[float] = []
    desk.on_request = lambda asked: (
        times.append(clock.monotonic()) if "conversation_log" in asked["PATH_INFO"] else None
    )
    served(desk, LOGS, clock)
    assert len(times) == 120
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[100:], strict=False))


def test_words_in_markup_count_as_what_is_read(clock: FakeClock) -> None:
    line = {**fixture("official/conversation_log.json")["events"][0], "ticket_id": 7}
    line["content"] = {"type": "html", "body": "<div><p>Stra&szlig;e &amp; Ort</p></div>"}
    assert rows(LOGS, line, clock, texts_kept=True)[0]["body"] == "Straße & Ort"
    assert rows(LOGS, line, clock)[0]["length"] == len("Straße & Ort")
    picture = {**line, "content": {"type": "image", "media_url": "https://elsewhere.test/x.png"}}
    assert (rows(LOGS, picture, clock)[0]["length"], rows(LOGS, picture, clock)[0]["author_role"]) == (None, "bot")


# --- surveys ---------------------------------------------------------------------------------------------------------


def test_an_answer_to_the_newer_survey(clock: FakeClock) -> None:
    answer = rows(SURVEYS, fixture("official/csat_survey_responses.json")["survey_responses"][0], clock)[0]
    assert (answer["scale"], answer["score"], answer["label"]) == ("1-5", 1, "bad")
    assert (answer["conversation_id"], answer["account_id"]) == ("99", "4398080151295")
    assert answer["answered_at"] == from_utc_text("2024-08-14T12:00:00Z")
    assert answer["comment"] is None


def test_of_surveys_nobody_knows_when_they_were_offered(clock: FakeClock) -> None:
    answered = fixture("official/csat_survey_responses.json")["survey_responses"][0]
    offers = [
        rows(SURVEYS, one, clock)[0] for one in (answered, {**answered, "answers": []}, {**answered, "answers": None})
    ]
    assert [(row["score"], row["answered_at"] is None) for row in offers] == [(1, False), (None, True), (None, True)]
    assert {row["offered_at"] for row in offers} == {None}, "else every survey would seem to be answered"


def test_surveys_are_asked_for_by_milliseconds(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    _, cursor = everything(adapter, SURVEYS)
    desk.asked.clear()
    assert everything(adapter, SURVEYS, cursor)[0] == []
    since = int(desk.asked[-1][1]["filter[created_at_start]"])
    assert abs(since - (clock.now() // 1000 - 600_000)) < 5000


def test_recorded_ratings_are_offers(clock: FakeClock) -> None:
    listed = fixture("recorded/satisfaction_ratings_records.json")["satisfaction_ratings"]
    assert {rows(RATINGS, rating, clock)[0]["score"] for rating in listed} == {None}


# --- work ------------------------------------------------------------------------------------------------------------


def test_time_tracking_and_order_fields_are_read_and_other_fields_dropped(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    for number in range(4):
        ticket(desk, at + number, "email", "Hallo")
    desk.track(desk.tickets[101], 431, at + HOUR)
    told = {row["conversation_id"]: row for table, row in served(desk, TICKETS, clock)}
    assert (told["101"]["handle_seconds"], told["102"]["handle_seconds"]) == (431, None)
    assert json.loads(told["104"]["order_numbers"]) == ["3104"]
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock)
        kept = [adapter.admit(TICKETS, record).payload for record in everything(adapter, TICKETS)[0]]
    assert not any(b"Mausi" in payload for payload in kept)


def test_a_passing_fault_does_not_hide_the_fields_of_all_tickets(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    for number in range(4):
        ticket(desk, at + number, "email", "Hallo")
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock)
        everything(adapter, GROUPS)
        desk.on_request = lambda asked: (
            desk.instead.extend([(503, "busy")] * 50) if "ticket_fields" in asked["PATH_INFO"] else None
        )
        with pytest.raises(Unavailable):
            everything(adapter, TICKETS)
        desk.on_request, desk.instead = None, []
        told = made(adapter, TICKETS)
    assert [json.loads(row["order_numbers"] or "[]") for _, row in told] == [[], [], [], ["3104"]]


@pytest.mark.parametrize(
    ("title", "is_number"),
    [
        ("Order number", True),
        ("Bestell-Nr.", True),
        ("Numéro de commande", True),
        ("Auftrag", True),
        ("Order total", False),
        ("Bestellwert", False),
        ("Number of orders", False),
        ("Bestelldatum", False),
        ("Border", False),
    ],
)
def test_which_fields_hold_order_numbers(title: str, is_number: bool, clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    ticket(desk, at, "email", "Hallo")["custom_fields"] = [{"id": 5, "value": 1042}]
    desk.fields = [{"id": 5, "type": "text", "title": title}]
    assert served(desk, TICKETS, clock)[0][1]["order_numbers"] == ('["1042"]' if is_number else None)


def test_without_the_right_to_know_fields_tickets_come_all_the_same(there, clock: FakeClock) -> None:
    desk, server = there
    desk.refused.add("ticket_fields")
    told = made(connected(server.address, clock), TICKETS)
    assert len(told) == len(desk.tickets)
    assert {row["handle_seconds"] for _, row in told} == {None}


def test_recorded_engagements(clock: FakeClock) -> None:
    for path in ("recorded/engagements_page.json", "recorded/engagements_by_ticket.json"):
        for engagement in fixture(path)["agent_engagement_data"]:
            assert rows(ENGAGEMENTS, engagement, clock)[0]["seconds"] >= 0


# --- what was merged -------------------------------------------------------------------------------------------------


def test_a_merged_ticket_names_the_one_it_went_into_and_chains_name_each_link(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    first, second, third = (ticket(desk, at + number * MINUTE, "email") for number in range(3))
    desk.merge(first, second, at + HOUR)
    desk.merge(second, third, at + 2 * HOUR)
    merged = {
        row["conversation_id"]: row["value"] for _, row in served(desk, EVENTS, clock) if row.get("kind") == "merged"
    }
    assert merged == {str(first["id"]): str(second["id"]), str(second["id"]): str(third["id"])}
    states = {row["conversation_id"]: (row["state"], row["countable"]) for _, row in served(desk, TICKETS, clock)}
    assert states[str(first["id"])] == ("merged", False)
    assert states[str(third["id"])] == ("open", True)


def test_a_note_that_names_another_ticket_merges_nothing(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    one = ticket(desk, at, "email", "Siehe #77, das war schon geschlossen")
    desk.reply(one, AGENTS[0], at + MINUTE, status="closed")
    assert not [row for _, row in served(desk, EVENTS, clock) if row.get("kind") == "merged"]


# --- changes ---------------------------------------------------------------------------------------------------------


def test_changes_of_status_have_the_raw_word_their_instant_and_who_did_it(clock: FakeClock) -> None:
    desk, at = a_desk(clock)
    one = ticket(desk, at, "email")
    desk.reply(one, AGENTS[0], at + 10 * MINUTE, status="pending")
    desk.reply(one, 500_001, at + HOUR, status="open")
    told = [row for table, row in served(desk, EVENTS, clock) if table == "conversation_events"]
    states = [(row["value"], row["at"] - at, row["agent_id"]) for row in told if row["kind"] == "status"]
    assert states == [("new", 0, None), ("pending", 10 * MINUTE, str(AGENTS[0])), ("open", HOUR, None)]
    assert [(row["value"], row["agent_id"]) for row in told if row["kind"] == "assigned"] == [(str(AGENTS[0]),) * 2]
