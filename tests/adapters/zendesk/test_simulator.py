"""The pretend help desk is honest: its answers have the fields of recorded and official ones, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.zendesk.simulator import ZendeskDesk
from connector.simulation.clock import FakeClock
from tests.adapters.zendesk.desks import fixture

# Path and parameters, the list in the answer, and the samples with their list.
Sample = tuple[str, str]
LISTS: list[tuple[str, dict[str, str], str, list[Sample]]] = [
    (
        "incremental/tickets/cursor.json",
        {"include": "users,groups,metric_sets"},
        "tickets",
        [("recorded/tickets_cursor_page.json", "tickets"), ("composed/tickets_cursor_page1.json", "tickets")],
    ),
    ("incremental/users/cursor.json", {}, "users", [("recorded/users_cursor_page.json", "users")]),
    (
        "incremental/ticket_events.json",
        {"include": "comment_events"},
        "ticket_events",
        [("composed/ticket_events_page.json", "ticket_events")],
    ),
    (
        "incremental/ticket_metric_events.json",
        {},
        "ticket_metric_events",
        [
            ("recorded/ticket_metric_events_records.json", "ticket_metric_events"),
            ("composed/ticket_metric_events_page.json", "ticket_metric_events"),
        ],
    ),
    (
        "satisfaction_ratings.json",
        {"page[size]": "2"},
        "satisfaction_ratings",
        [
            ("recorded/satisfaction_ratings_records.json", "satisfaction_ratings"),
            ("composed/satisfaction_ratings_page.json", "satisfaction_ratings"),
        ],
    ),
    (
        "guide/survey_responses",
        {},
        "survey_responses",
        [("official/csat_survey_responses.json", "survey_responses")],
    ),
    (
        "engagements",
        {"page_size": "2"},
        "agent_engagement_data",
        [
            ("recorded/engagements_page.json", "agent_engagement_data"),
            ("composed/engagements_page2.json", "agent_engagement_data"),
        ],
    ),
]
ABSENT = {"result_type", "deleted_ticket_form_id"}  # of newer samples only


def asked(desk: ZendeskDesk, path: str, query: dict[str, str]) -> dict[str, Any]:
    status, answer = desk.answer(f"/api/v2/{path}", query, {"HTTP_AUTHORIZATION": f"Bearer pretend-{desk.tokens}"})
    assert status == 200
    return answer


@pytest.fixture
def desk(clock: FakeClock) -> ZendeskDesk:
    return ZendeskDesk.small(clock=clock, seed=3)


@pytest.mark.parametrize(("path", "query", "key", "samples"), LISTS, ids=[path for path, *_ in LISTS])
def test_rows_have_the_fields_of_recorded_ones(path, query, key, samples, desk: ZendeskDesk) -> None:
    answer = asked(desk, path, query)
    known = [set(row) for sample, name in samples for row in fixture(sample)[name]]
    shown = [set(row) for row in answer[key]]
    assert shown
    assert set().union(*shown) <= set().union(*known), "nothing of our own"
    assert set.intersection(*known) - ABSENT <= set.intersection(*shown), "whatever every sample has"


@pytest.mark.parametrize(("path", "query", "key", "samples"), LISTS, ids=[path for path, *_ in LISTS])
def test_what_stands_around_the_rows_is_as_recorded(path, query, key, samples, desk: ZendeskDesk) -> None:
    around = set(asked(desk, path, query)) - {"groups"}
    whole = set(fixture(samples[-1][0])) | ({"links"} & around)  # not in every sample
    if key == "ticket_metric_events":  # the sample is of the form with page[size]; by time it is that of events
        whole = set(fixture("official/ticket_metric_events.json")) | {"end_of_stream"}
    assert around == whole


def test_the_parts_of_events_are_as_recorded_and_comments_come_only_where_asked_for(desk: ZendeskDesk) -> None:
    whole = asked(desk, "incremental/ticket_events.json", {"include": "comment_events"})["ticket_events"]
    parts = [part for event in whole for part in event["child_events"]]
    comment = fixture("recorded/ticket_comment_child_event.json")
    assert {frozenset(part) for part in parts if part["event_type"] == "Comment"} == {frozenset(comment)}
    bare = asked(desk, "incremental/ticket_events.json", {})["ticket_events"]
    sample = fixture("composed/ticket_events_without_comment_sideload.json")["ticket_events"][0]["child_events"][0]
    hidden = [part for event in bare for part in event["child_events"] if "comment_present" in part]
    assert {frozenset(part) for part in hidden} == {frozenset(sample)}
    assert not any("body" in part for event in bare for part in event["child_events"] if part in hidden)


def test_measurements_come_only_where_asked_for_and_a_log_has_the_fields_of_the_reference(desk: ZendeskDesk) -> None:
    assert "metric_set" not in asked(desk, "incremental/tickets/cursor.json", {})["tickets"][0]
    measured = asked(desk, "incremental/tickets/cursor.json", {"include": "metric_sets"})["tickets"]
    sample = fixture("recorded/ticket_metrics_records.json")["ticket_metrics"][0]
    assert all(set(sample) <= set(ticket["metric_set"]) for ticket in measured)
    talked = next(key for key, lines in desk.logs.lines.items() if any(one["author"]["type"] == "bot" for one in lines))
    log = asked(desk, f"tickets/{talked}/conversation_log", {})
    official = fixture("official/conversation_log.json")
    assert set(log) == set(official)
    by_type = {line["type"]: set(line) - {"reference", "source"} for line in official["events"]}
    for line in log["events"]:
        assert set(line) - {"reference", "source"} == by_type[line["type"]]


def test_work_is_kept_for_ninety_days(desk: ZendeskDesk, clock: FakeClock) -> None:
    before = len(asked(desk, "engagements", {})["agent_engagement_data"])
    clock.sleep(89 * 86_400)
    left = asked(desk, "engagements", {})["agent_engagement_data"]
    assert 0 == len(left) < before == len(desk.engagements)
    assert len(desk.unlisted()["engagements"]) == before


def test_too_many_people_at_once_are_refused_and_lists_of_staff_have_to_be_asked_for(desk: ZendeskDesk) -> None:
    login = {"HTTP_AUTHORIZATION": f"Bearer pretend-{desk.tokens}"}
    ids = ",".join(map(str, range(101)))
    assert desk.answer("/api/v2/users/show_many.json", {"ids": ids}, login)[0] == 400
    everybody, staff = (asked(desk, "users.json", query)["users"] for query in ({}, {"role[]": "admin"}))
    assert len(staff) == 3 < len(everybody)
