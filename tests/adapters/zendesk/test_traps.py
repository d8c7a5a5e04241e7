"""What recorded and composed answers become, and how the exports are walked: each trap of the API by itself."""

from __future__ import annotations

import json
from random import Random

import pytest
from pydantic import ValidationError

from adapters.zendesk.settings import ZendeskSettings
from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.streams import AGENTS, ENGAGEMENTS, EVENTS, GROUPS, LOGS, METRIC_EVENTS, RATINGS, TICKETS, USERS
from connector.contract import Record, Stream
from connector.errors import AccessRefused, UnexpectedPayload
from connector.instants import DAY, HOUR, SECOND
from connector.model import Conversation, Message
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.simulation.server import LoopbackServer
from tests.adapters.zendesk.desks import connected, everything, fixture, rows


def test_a_solved_ticket(clock: FakeClock) -> None:
    ticket = rows(TICKETS, fixture("composed/tickets_cursor_page1.json")["tickets"][0], clock)[0]
    assert (ticket["self_ref"], ticket["channel"]) == ("zendesk:shop.zendesk.test/tickets/101", "email")
    assert (ticket["frt_seconds"], ticket["frt_business_seconds"]) == (5400, 3600)
    assert (ticket["state"], ticket["replies"], ticket["opened_by"]) == ("solved", 1, "customer")
    assert json.loads(ticket["order_numbers"]) == ["1042"]
    assert ticket["solved_at"] - ticket["created_at"] == 5400 * 1_000_000


def test_deleted_whatsapp_and_web_tickets(clock: FakeClock) -> None:
    deleted, whatsapp, web = (
        rows(TICKETS, ticket, clock)[0] for ticket in fixture("composed/tickets_cursor_page2_last.json")["tickets"][:3]
    )
    assert (deleted["state"], deleted["countable"]) == ("deleted", False)
    assert (whatsapp["channel"], whatsapp["status"], whatsapp["state"]) == ("messaging", "hold", "open")
    assert whatsapp["frt_seconds"] == 301, "messaging is measured in seconds"
    assert web["channel"] == "form"


@pytest.mark.parametrize(
    "path",
    [
        "recorded/tickets_cursor_page.json",
        "recorded/tickets_time_based_per_page_1_returns_7.json",
        "official/tickets_cursor.json",
        "official/tickets_time_based.json",
        "composed/tickets_cursor_page1.json",
    ],
)
def test_every_known_ticket_is_understood_and_no_text_is_kept(path: str, clock: FakeClock) -> None:
    for ticket in fixture(path)["tickets"]:
        assert len(rows(TICKETS, ticket, clock)) == 1
        adapter = connected("https://shop.zendesk.test", clock)
        kept = adapter.admit(TICKETS, Record("1", json.dumps(ticket).encode(), 1)).payload.decode()
        for text in (ticket.get("subject"), ticket.get("description")):
            assert not text or json.dumps(text)[1:-1] not in kept


def test_merged_tickets_and_samples_are_not_counted(clock: FakeClock) -> None:
    ticket = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
    merged = rows(TICKETS, {**ticket, "status": "closed", "tags": ["closed_by_merge"]}, clock)[0]
    assert (merged["state"], merged["countable"]) == ("merged", False)
    assert rows(TICKETS, {**ticket, "via": {"channel": "sample_ticket"}}, clock)[0]["countable"] is False


def test_a_channel_may_be_a_number_or_unknown(clock: FakeClock) -> None:
    ticket = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
    assert rows(TICKETS, {**ticket, "via": {"channel": 81}}, clock)[0]["channel"] == "messaging"
    new = rows(TICKETS, {**ticket, "via": {"channel": "carrier_pigeon"}}, clock)[0]
    assert (new["channel"], new["channel_raw"]) == ("other", "carrier_pigeon")


def test_ratings_and_offers(clock: FakeClock) -> None:
    listed = fixture("composed/satisfaction_ratings_page.json")["satisfaction_ratings"]
    made = [rows(RATINGS, rating, clock)[0] for rating in listed]
    assert [(row["score"], row["answered_at"] is not None) for row in made] == [(1, True), (0, True), (None, False)]


def test_work_is_dated_in_utc_though_the_stamps_carry_no_zone(clock: FakeClock) -> None:
    row = rows(ENGAGEMENTS, fixture("composed/engagements_page1.json")["agent_engagement_data"][0], clock)[0]
    assert (row["seconds"], row["kind"], row["agent_id"]) == (720, "work", "9001")


def test_long_work_is_met_when_it_ends(there, clock: FakeClock) -> None:
    """The list goes by when work began, and holds it only once it has ended."""
    desk, server = there
    adapter = connected(server.address, clock)
    _, cursor = everything(adapter, ENGAGEMENTS)
    clock.sleep(3 * 86_400)
    now = desk.server_time() // SECOND * SECOND
    desk.work(desk.tickets[104], 9001, now - 4 * DAY, now - HOUR)
    assert f"engagement-A{len(desk.engagements)}" in {one.id for one in everything(adapter, ENGAGEMENTS, cursor)[0]}


def test_work_is_asked_for_as_far_back_as_it_is_kept_page_by_page(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    paths: list[str] = []
    desk.on_request = lambda environ: paths.append(environ["QUERY_STRING"])
    desk.instead = [(200, fixture(f"composed/engagements_page{number}.json")) for number in (1, 2)]
    records, _ = everything(adapter, ENGAGEMENTS)
    assert [record.id for record in records] == ["engagement-A1", "engagement-A2"]
    assert f"start_time={(clock.now() - 90 * DAY) // SECOND}" in paths[0]
    assert "start_time_cursor=1790848804&engagement_id_cursor=A1" in paths[1]


@pytest.mark.parametrize(
    "page",
    [
        {"satisfaction_ratings": [], "meta": {"has_more": True, "after_cursor": None}},
        {"satisfaction_ratings": [], "has_more": True, "next_page_url": None},
    ],
    ids=["by cursor", "by address"],
)
def test_a_list_that_has_more_and_does_not_say_where_is_an_error(page, there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    desk.instead = [(200, page)]
    with pytest.raises(UnexpectedPayload):
        everything(adapter, RATINGS)


def test_a_list_that_is_paged_by_number_alone(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, USERS)
    queries: list[str] = []
    desk.on_request = lambda environ: queries.append(environ["QUERY_STRING"])
    group = {"id": 1, "name": "Support"}
    first = {"groups": [group], "count": 2, "next_page": "https://elsewhere.test/api/v2/groups.json?page=2"}
    desk.instead = [(200, first), (200, {"groups": [{**group, "id": 2}], "count": 2, "next_page": None})]
    assert [record.id for record in everything(adapter, GROUPS)[0]] == ["1", "2"]
    assert queries == ["page%5Bsize%5D=100", "page=2"]


def test_customers_without_address_and_deleted_ones(clock: FakeClock) -> None:
    users = {user["id"]: user for user in fixture("composed/users_cursor_page.json")["users"]}
    assert rows(USERS, users[502], clock)[0]["email_key"] is None
    assert rows(USERS, users[501], clock)[0]["email_key"] == "klara@example.com"
    assert rows(USERS, users[9001], clock) == [], "who answers is no customer"
    assert rows(AGENTS, {**users[9001], "role": "end-user"}, clock)[0]["active"] is False


def test_a_recorded_comment_keeps_length_and_role_only(clock: FakeClock) -> None:
    comment = {**fixture("recorded/ticket_comment_child_event.json"), "ticket_id": 7, "role": "agent"}
    message = rows(EVENTS, comment, clock)[0]
    assert (message["length"], message["author_role"], message["channel"]) == (11, "agent", "web")


def test_what_lies_beside_tickets_is_asked_for_with_every_page(there, clock: FakeClock) -> None:
    desk, server = there
    everything(connected(server.address, clock, page_size=5), TICKETS)
    includes = [query.get("include") for name, query in desk.asked if name.endswith("tickets/cursor")]
    assert len(includes) > 3
    assert set(includes) == {"users,groups,metric_sets"}


def test_an_empty_page_that_is_not_the_last_is_passed(there, clock: FakeClock) -> None:
    desk, server = there
    desk.empty_once = True
    records, _ = everything(connected(server.address, clock), TICKETS)
    assert len(records) == len(desk.tickets)


@pytest.mark.parametrize("stream", [TICKETS, USERS], ids=lambda stream: stream.name)
def test_an_export_that_stands_still_is_an_error(stream: Stream, there, clock: FakeClock) -> None:
    desk, server = there
    desk.pinned = True
    with pytest.raises(UnexpectedPayload):
        everything(connected(server.address, clock, page_size=1), stream)


def test_more_events_of_one_second_than_a_page_holds(there, clock: FakeClock) -> None:
    desk, server = there
    records, _ = everything(connected(server.address, clock, page_size=2), EVENTS)
    assert sorted(record.id for record in records) == sorted(key for key, _ in desk.parts())


def test_an_agent_who_became_a_customer_stays_the_author_as_first_seen(there, clock: FakeClock) -> None:
    desk, server = there
    first, cursor = everything(connected(server.address, clock), EVENTS)
    assert {record.content.role for record in first if record.content.event_type == "Comment"} == {"agent", "customer"}
    desk.users[9001]["role"] = "end-user"
    assert everything(connected(server.address, clock), EVENTS, cursor)[0] == []


def test_all_exports_together_keep_to_ten_a_minute(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock, page_size=5)
    times: list[float] = []
    desk.on_request = lambda asked: times.append(clock.monotonic()) if "incremental" in asked["PATH_INFO"] else None
    adapter.check()
    for stream in (TICKETS, USERS, EVENTS, METRIC_EVENTS, LOGS):
        everything(adapter, stream)
    assert len(times) > 20
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[10:], strict=False)), "in no minute more"


def test_the_pages_of_the_reference_end_with_the_last_and_not_with_an_empty_one(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    pages = ("page1", "empty_but_not_end", "page2_last")
    first, empty, last = ((200, fixture(f"composed/tickets_cursor_{page}.json")) for page in pages)
    desk.instead = [first, empty, last]
    records, cursor = everything(adapter, TICKETS)
    assert [record.id for record in records].count("103") == 2, "it changed in between"
    assert len({record.id for record in records}) == 5
    desk.instead = [(200, fixture("composed/tickets_cursor_page3_nothing_new.json"))]
    again, end = everything(adapter, TICKETS, cursor)
    assert (again, end) == ([], cursor.replace("MTc5MDg1MDYwMC4wfHwxMDN8", "MTc5MDg1MTUwMC4wfHwxMDV8"))


def test_a_change_that_moves_no_date_comes_again(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    _, cursor = everything(adapter, TICKETS)
    clock.sleep(3600)
    old = desk.tickets[101]
    old["generated_timestamp"] = desk.server_time() // 1_000_000 - 120  # a field was deleted, the ticket archived
    clock.sleep(60)
    (record,), _ = everything(adapter, TICKETS, cursor)
    assert (record.id, record.updated_at) == ("101", old["generated_timestamp"] * 1_000_000)


@pytest.mark.parametrize("stream", [TICKETS, USERS, EVENTS, METRIC_EVENTS], ids=lambda stream: stream.name)
def test_an_export_is_never_asked_for_its_last_minute(stream: Stream, there, clock: FakeClock) -> None:
    _, server = there
    adapter = connected(server.address, clock)
    assert everything(adapter, stream, adapter.cursor_at(stream, clock.now()))[0] == []


def test_people_who_came_beside_tickets_are_not_asked_for_and_others_a_hundred_at_a_time(clock: FakeClock) -> None:
    desk = ZendeskDesk.empty(clock=clock)
    at = desk.server_time() // SECOND * SECOND - DAY
    desk.hire(at)
    for number in range(1, 131):
        desk.open(desk.customer(number, person(1, number), at), at, Random(1), "Hallo", channel="email")
    with LoopbackServer(desk) as server:
        alone = connected(server.address, clock)
        assert {record.content.role for record in everything(alone, EVENTS)[0] if record.content.role} == {"customer"}
        assert [len(query["ids"].split(",")) for name, query in desk.asked if name == "users/show_many"] == [100, 30]
        desk.asked.clear()
        beside = connected(server.address, clock)
        everything(beside, TICKETS)
        everything(beside, EVENTS)
    assert not [name for name, _ in desk.asked if name == "users/show_many"]


def test_a_token_that_ran_out_is_asked_for_again(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, USERS)
    desk.tokens += 1
    assert len(everything(adapter, TICKETS)[0]) == len(desk.tickets)


def test_a_wrong_client_says_what_to_do(there, clock: FakeClock) -> None:
    _, server = there
    with pytest.raises(AccessRefused) as refused:
        connected(server.address, clock, client_secret="other").check()
    assert "client_secret" in str(refused.value.advice)


def test_a_stream_that_the_plan_lacks_is_named_and_the_others_go_on(there, clock: FakeClock) -> None:
    desk, server = there
    desk.refused.add("engagements")
    access = {one.stream: one.readable for one in connected(server.address, clock).check().streams}
    assert access.pop("engagements") is False
    assert set(access.values()) == {True}


def test_a_login_is_needed_and_api_tokens_are_warned_of(clock: FakeClock) -> None:
    with pytest.raises(ValidationError):
        ZendeskSettings.model_validate({"url": "https://shop.zendesk.test"})
    parsed = {"url": "https://shop.zendesk.test", "email": "a@example.test", "api_token": "t"}
    assert ZendeskSettings.model_validate(parsed).secrets == ("t",)


def test_messages_and_tickets_of_the_small_desk_fit(there, clock: FakeClock) -> None:
    _, server = there
    adapter = connected(server.address, clock)
    tables = {
        table
        for stream in (TICKETS, EVENTS)
        for one in everything(adapter, stream)[0]
        for table, _ in adapter.normalise(stream, adapter.admit(stream, one))
    }
    assert {Conversation, Message} <= tables
