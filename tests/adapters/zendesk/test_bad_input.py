"""What real desks hold: people who left, tickets of nobody, chains, old wounds, and exports that repeat themselves."""

from __future__ import annotations

import json
from itertools import islice
from random import Random

import pytest

from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.simulator.desk import AGENTS
from adapters.zendesk.streams import AGENTS as AGENTS_STREAM
from adapters.zendesk.streams import EVENTS, METRIC_EVENTS, TICKETS, USERS
from connector.contract import Wanted
from connector.instants import DAY, HOUR, MINUTE, SECOND
from connector.messages import LANGUAGES
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from connector.store import open_store
from connector.testing.world import World
from tests.adapters.zendesk.desks import connected, everything, fixture, made, rows


@pytest.fixture
def desk(clock: FakeClock) -> ZendeskDesk:
    """A help desk with its agents and three customers, since ten years."""
    made_desk = ZendeskDesk.empty(clock=clock)
    at = made_desk.server_time() // SECOND * SECOND - 3650 * DAY
    made_desk.hire(at)
    for number in range(1, 4):
        made_desk.customer(number, person(1, number), at)
    return made_desk


def ago(desk: ZendeskDesk, span: int) -> int:
    return desk.server_time() // SECOND * SECOND - span


def said(desk: ZendeskDesk, clock: FakeClock) -> list[dict]:
    with LoopbackServer(desk) as server:
        return [row for table, row in made(connected(server.address, clock), EVENTS) if table == "messages"]


def test_a_former_colleague_is_known_by_what_only_colleagues_can_do(desk, clock) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    desk.reply(one, AGENTS[1], ago(desk, 23 * HOUR), status="pending")
    desk.users[AGENTS[1]]["role"] = "end-user"
    answers = [row for row in said(desk, clock) if row["agent_id"] == str(AGENTS[1])]
    assert [row["author_role"] for row in answers] == ["agent"]


def test_who_left_is_still_read_by_name_where_old_tickets_name_them(desk, clock, tmp_path) -> None:
    one = desk.open(500_001, ago(desk, 400 * DAY), Random(1), "Hallo")
    desk.reply(one, AGENTS[1], ago(desk, 399 * DAY), status="solved")
    desk.users[AGENTS[1]].update(role="end-user", active=False)
    world = World("zendesk", desk, open_store(f"sqlite:///{tmp_path}/connector.db", clock=clock), clock)
    try:
        world.sync()
        agents = world.stored()["agents"]
    finally:
        world.close()
        world.store.close()
    assert agents[(str(AGENTS[1]),)]["name"] == desk.users[AGENTS[1]]["name"]
    assert agents[(str(AGENTS[1]),)]["active"] is False


def test_roles_stay_as_first_seen_even_when_everything_is_read_again(desk, clock, store_url) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo", channel="email")
    desk.reply(one, AGENTS[1], ago(desk, 23 * HOUR), status="solved")
    desk.reply(one, AGENTS[1], ago(desk, 22 * HOUR))
    world = World("zendesk", desk, open_store(store_url, clock=clock), clock)
    try:
        world.sync()
        before = world.everything()["messages"]
        desk.users[AGENTS[1]]["role"] = "end-user"
        for mode in ("changes", "full", "sweep"):
            world.sync(mode, streams=["ticket_events"])
            assert world.everything()["messages"] == before
    finally:
        world.close()
        world.store.close()


def test_deleted_users_have_no_name_and_their_comments_stay(desk, clock) -> None:
    desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    desk.users[500_001].update(active=False, name="Permanently Deleted User", email=None, phone=None)
    with LoopbackServer(desk) as server:
        accounts = {row["account_id"]: row for _, row in made(connected(server.address, clock), USERS)}
    assert (accounts["500001"]["name"], accounts["500001"]["email_key"]) == (None, None)
    del desk.users[500_001]  # for good
    assert {row["author_role"] for row in said(desk, clock)} == {"customer"}


def test_a_note_by_somebody_who_is_gone_was_an_agents(desk, clock) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    desk.reply(one, AGENTS[0], ago(desk, 23 * HOUR), public=False)
    del desk.users[AGENTS[0]]
    assert [row["author_role"] for row in said(desk, clock) if not row["public"]] == ["agent"]


def test_a_ticket_of_nobody_with_an_address(desk, clock) -> None:
    desk.users[500_002].update(email=None, phone=None, name=None)
    desk.open(500_002, ago(desk, DAY), Random(1), "Hallo")
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock)
        ticket = made(adapter, TICKETS)[0][1]
        account = {row["account_id"]: row for _, row in made(adapter, USERS)}[ticket["account_id"]]
    assert (account["email"], account["email_key"], account["name"]) == (None, None, None)
    bare = rows(TICKETS, {"id": 7, "status": "open", "requester_id": None, "via": None}, clock)[0]
    assert (bare["account_id"], bare["channel"], bare["created_at"]) == (None, "other", None)


def test_a_comment_by_a_suspended_user_is_a_customers(desk, clock) -> None:
    desk.users[500_003]["suspended"] = True
    desk.open(500_003, ago(desk, DAY), Random(1), "Hallo")
    assert [row["author_role"] for row in said(desk, clock)] == ["customer"]


def test_a_ticket_that_is_opened_again_after_years_keeps_its_first_solution(desk, clock) -> None:
    one = desk.open(500_001, ago(desk, 3000 * DAY), Random(1), "Hallo")
    desk.reply(one, AGENTS[0], ago(desk, 2999 * DAY), status="solved")
    desk.reply(one, 500_001, ago(desk, DAY), status="open")
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock)
        row = made(adapter, TICKETS)[0][1]
        states = [event for table, event in made(adapter, EVENTS) if event.get("kind") == "status"]
    assert (row["state"], row["solved_at"], row["resolution_seconds"], row["reopens"]) == ("open", None, None, 1)
    assert row["first_solved_at"] - row["created_at"] == DAY
    assert [event["value"] for event in states] == ["new", "solved", "open"]


def test_a_ticket_that_was_opened_by_an_agent_or_by_a_program_in_a_customers_name(clock) -> None:
    ticket = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
    by_agent = rows(TICKETS, {**ticket, "submitter_id": 9001}, clock)[0]
    assert (by_agent["opened_by"], by_agent["first_customer_message_at"]) == ("agent", None)
    by_program = rows(TICKETS, {**ticket, "submitter_id": 9001, "via": {"channel": "api"}}, clock)[0]
    assert by_program["opened_by"] is None, "the first message tells"
    assert rows(TICKETS, ticket, clock)[0]["first_customer_message_at"] == by_agent["created_at"]


def test_a_desk_without_opening_hours_measures_nothing_in_them(clock) -> None:
    ticket = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
    for business in (0, 90, None):
        spans = ("reply_time_in_minutes", "full_resolution_time_in_minutes", "requester_wait_time_in_minutes")
        metrics = {name: {"calendar": 90, "business": business} for name in spans}
        row = rows(TICKETS, {**ticket, "metric_set": metrics}, clock)[0]
        assert (row["frt_seconds"], row["frt_business_seconds"], row["resolution_business_seconds"]) == (
            5400,
            None,
            None,
        )


def test_solved_before_it_was_answered(clock) -> None:
    ticket = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
    odd = fixture("recorded/ticket_metrics_records.json")["ticket_metrics"][1]
    row = rows(TICKETS, {**ticket, "status": "open", "metric_set": odd}, clock)[0]
    assert row["frt_seconds"] == 97_667 * 60 > row["first_solved_at"] // SECOND - row["created_at"] // SECOND
    assert (row["resolution_seconds"], row["solved_at"], row["reopens"]) == (None, None, 1)


# --- a second with more in it than fits ------------------------------------------------------------------------------


def crowded(desk: ZendeskDesk, count: int) -> None:
    at = ago(desk, DAY)
    for number in range(count):
        desk.open(500_001 + number % 3, at, Random(1), "x")


def test_a_thousand_tickets_of_one_second(desk, clock) -> None:
    crowded(desk, 1000)
    later = desk.open(500_001, ago(desk, HOUR), Random(1), "später")
    with LoopbackServer(desk) as server:
        adapter = connected(server.address, clock, page_size=300)
        tickets, _ = everything(adapter, TICKETS)
        events, _ = everything(adapter, EVENTS)
    assert sorted(int(record.id) for record in tickets) == sorted(desk.tickets)
    assert sorted(record.id for record in events) == sorted(key for key, _ in desk.parts())
    assert str(later["id"]) in {record.id for record in tickets}


def test_a_second_that_the_export_cuts_is_said_and_passed(desk, clock) -> None:
    crowded(desk, 1005)
    desk.open(500_001, ago(desk, HOUR), Random(1), "später")
    desk.cuts_seconds = True
    with LoopbackServer(desk) as server:
        pages = list(connected(server.address, clock).pull(EVENTS, None))
    told = [item.reason for page in pages for item in page.unreadable]
    assert len(told) == 1
    assert "second" in told[0].render("en")
    assert all(told[0].render(language) for language in LANGUAGES)
    tickets = {record.content.ticket_id for page in pages for record in page.records}
    assert max(desk.tickets) in tickets, "what came later is there"


def test_a_smaller_page_that_cannot_hold_a_second_grows(desk, clock) -> None:
    crowded(desk, 40)
    desk.cuts_seconds = True
    with LoopbackServer(desk) as server:
        pages = list(connected(server.address, clock, page_size=10).pull(EVENTS, None))
    assert {record.id for page in pages for record in page.records} == {key for key, _ in desk.parts()}
    assert not any(page.unreadable for page in pages)


# --- exports that repeat and overlap ---------------------------------------------------------------------------------


def test_the_last_minutes_are_walked_through_once_in_pages_of_two(desk, clock) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    for second in range(100, 94, -1):
        desk.reply(one, 500_001, ago(desk, second * SECOND))
    with LoopbackServer(desk) as server:
        _, cursor = everything(connected(server.address, clock), EVENTS)
        desk.reply(one, 500_001, ago(desk, 90 * SECOND))
        again = list(islice(connected(server.address, clock, page_size=2).pull(EVENTS, cursor), 20))
    assert sum(len(page.records) for page in again) == 1
    assert len(again) < 8, "each second is asked for once"


def test_what_is_new_comes_though_our_clock_is_hours_slow(desk, clock) -> None:
    desk.clock_offset = 3 * 3600
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    for minutes in range(170, 0, -10):
        desk.reply(one, 500_001, ago(desk, minutes * MINUTE))
    with LoopbackServer(desk) as server:
        held, cursor = everything(connected(server.address, clock), EVENTS)
        desk.reply(one, 500_001, ago(desk, 5 * MINUTE))
        again = list(islice(connected(server.address, clock, page_size=5).pull(EVENTS, cursor), 20))
    new = {key for key, _ in desk.parts()} - {record.id for record in held}
    assert new
    assert new <= {record.id for page in again for record in page.records}


def test_what_comes_again_changes_nothing(desk, clock, store_url) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    desk.reply(one, AGENTS[0], ago(desk, 23 * HOUR), status="pending")
    world = World("zendesk", desk, open_store(store_url, clock=clock), clock)
    try:
        world.sync()
        before = world.everything()
        for mode in ("full", "full", "sweep"):
            world.sync(mode)
        assert world.everything() == before
        desk.reply(one, 500_001, ago(desk, 2 * MINUTE), status="open")
        world.sync()
        clock.sleep(300)
        world.sync()
        world.assert_equal()
    finally:
        world.close()
        world.store.close()


def test_a_page_with_things_that_are_no_records(there, clock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, USERS)
    page = {"ticket_metric_events": [7, None, {"id": 1}, {"id": 2, "ticket_id": 3, "metric": "reply_time"}], "count": 4}
    desk.instead = [(200, {**page, "end_of_stream": True})]
    (only,) = adapter.pull(METRIC_EVENTS, None)
    assert (len(only.records), len(only.unreadable)) == (0, 3)
    ticket = {"id": 5, "created_at": "gestern"}
    desk.instead = [(200, {"tickets": [ticket, "x"], "after_cursor": "a", "end_of_stream": True})]
    (only,) = adapter.pull(TICKETS, None)
    assert [record.id for record in only.records] == ["5"]
    assert len(only.unreadable) == 1


def test_a_ticket_of_a_shape_nobody_knows_is_set_aside_under_its_id_and_the_rest_goes_on(desk, clock, tmp_path) -> None:
    one = desk.open(500_001, ago(desk, DAY), Random(1), "Hallo")
    desk.open(500_002, ago(desk, DAY), Random(1), "Hallo")
    one["tags"] = {"not": {"a": "list"}}
    world = World("zendesk", desk, open_store(f"sqlite:///{tmp_path}/connector.db", clock=clock), clock)
    try:
        assert world.sync()["tickets"].status == "partial"
        assert {key[0] for key in world.stored()["conversations"]} == {str(one["id"] + 1)}
        one["tags"] = ["wieder gut"]
        desk.reply(one, AGENTS[0], ago(desk, 0))
        clock.sleep(300)
        assert world.sync()["tickets"].status == "ok"
        world.assert_equal()
    finally:
        world.close()
        world.store.close()


def test_one_who_is_asked_for_singly_and_is_not_there(there, clock) -> None:
    _, server = there
    adapter = connected(server.address, clock)
    found = dict(adapter.read(AGENTS_STREAM, [Wanted("9001"), Wanted("1")]))
    assert found[Wanted("1")] is None
    assert json.loads(adapter.admit(AGENTS_STREAM, found[Wanted("9001")]).payload)["name"] == "Anna Agent"
