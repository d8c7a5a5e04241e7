"""Every refusal that is on record, and what comes of it."""

from __future__ import annotations

import pytest

from adapters.zendesk.streams import (
    ENGAGEMENTS,
    EVENTS,
    GROUPS,
    LOGS,
    METRIC_EVENTS,
    POLICIES,
    SCHEDULES,
    SURVEYS,
    TICKETS,
)
from connector.errors import AccessRefused, SourceError, StreamNotOffered, Unavailable, UnexpectedPayload
from connector.messages import LANGUAGES
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from connector.store import open_store
from connector.testing.world import World
from tests.adapters.zendesk.desks import FIXTURES, connected, everything, fixture

REFUSALS = [
    (400, "400_too_many_values.json", UnexpectedPayload),
    (401, "401_basic.json", AccessRefused),
    (401, "401_invalid_token.json", AccessRefused),
    (401, "survey_401.json", StreamNotOffered),
    (403, "403_missing_scope.json", StreamNotOffered),
    (403, "403_plan_or_role.json", StreamNotOffered),
    (404, "404_record_not_found.json", StreamNotOffered),
]


@pytest.mark.parametrize(("status", "path", "kind"), REFUSALS, ids=[path for _, path, _ in REFUSALS])
def test_a_refusal_on_record(status: int, path: str, kind: type[SourceError], there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    refusal = status, fixture(f"errors/{path}")
    desk.instead = [refusal, (200, {"access_token": "pretend-1"}), refusal]  # a 401 is answered with a new login once
    with pytest.raises(kind) as refused:
        everything(adapter, TICKETS)
    assert type(refused.value) is kind
    assert all(refused.value.advice.render(language) for language in LANGUAGES)


@pytest.mark.parametrize("name", ["429_account_limit.txt", "429_incremental_limit.txt", "429_edge_protection.json"])
def test_too_many_requests_are_waited_for_even_in_plain_text_and_without_retry_after(name, there, clock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    text = (FIXTURES / "errors" / name).read_text()
    desk.instead = [(429, text if name.endswith("txt") else fixture(f"errors/{name}"))] * 4
    began = clock.monotonic()
    assert len(everything(adapter, TICKETS)[0]) == len(desk.tickets)
    assert clock.monotonic() - began > 25


@pytest.mark.parametrize("status", [409, 500, 502, 503, 504, 520, 524])
def test_passing_troubles_are_tried_again(status: int, there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    desk.instead = [(status, {"error": "Conflict"})] * 2
    assert len(everything(adapter, TICKETS)[0]) == len(desk.tickets)


def test_limits_that_do_not_end_leave_it_to_the_next_tick(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    desk.instead = [(429, "Number of allowed API requests per minute exceeded")] * 100
    with pytest.raises(Unavailable):
        everything(adapter, TICKETS)


def test_a_subdomain_without_a_help_desk(clock: FakeClock) -> None:
    def nobody(environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<!doctype html><html><title>Oops, this help center no longer exists</title></html>"]

    with LoopbackServer(nobody) as server, pytest.raises(AccessRefused) as refused:
        connected(server.address, clock, access_token="x", client_id=None).check()
    assert "subdomain" in str(refused.value.advice)


def test_a_log_that_is_gone_is_passed_and_one_that_is_refused_skips_its_stream(there, clock: FakeClock) -> None:
    desk, server = there
    talked = [key for key, ticket in desk.tickets.items() if ticket["from_messaging_channel"]]
    adapter = connected(server.address, clock)
    everything(adapter, TICKETS)
    desk.tickets[talked[0]]["status"] = "deleted"
    assert {record.content.ticket_id for record in everything(adapter, LOGS)[0]} == set(talked[1:])
    everything(adapter, TICKETS)
    desk.instead = [(404, "<html>Nothing here</html>")]
    with pytest.raises(UnexpectedPayload):  # a web server says nothing of a log
        everything(adapter, LOGS)
    desk.refused.add("conversation_log")
    with pytest.raises(StreamNotOffered):
        everything(connected(server.address, clock), LOGS)


def test_a_login_of_an_agent_reads_what_it_may_and_the_rest_is_named(there, clock: FakeClock, tmp_path) -> None:
    desk, _ = there
    desk.refused |= {"incremental/ticket_events", "incremental/ticket_metric_events", "satisfaction_ratings"}
    world = World("zendesk", desk, open_store(f"sqlite:///{tmp_path}/connector.db", clock=clock), clock)
    try:
        results = world.sync()
    finally:
        world.close()
        world.store.close()
    skipped = {name for name, result in results.items() if result.status == "skipped"}
    assert skipped == {"ticket_events", "ticket_metric_events", "satisfaction_ratings"}
    assert {result.status for name, result in results.items() if name not in skipped} == {"ok"}
    assert not any(result.fails for result in results.values())


@pytest.mark.parametrize("stream", [SURVEYS, METRIC_EVENTS, POLICIES, SCHEDULES, ENGAGEMENTS], ids=lambda one: one.name)
def test_what_older_desks_do_not_have_is_skipped_whatever_their_404_looks_like(stream, there, clock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    desk.instead = [(404, "not found")]
    with pytest.raises(StreamNotOffered):
        everything(adapter, stream)


def test_an_export_that_gives_the_past_for_ever_is_an_error(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    _, cursor = everything(adapter, EVENTS)
    old = [{"id": 1, "ticket_id": 101, "timestamp": 1, "child_events": []}] * 1000
    desk.instead = [(200, {"ticket_events": old, "count": 1000, "end_of_stream": False})] * 3
    with pytest.raises(UnexpectedPayload):
        everything(adapter, EVENTS, cursor)
