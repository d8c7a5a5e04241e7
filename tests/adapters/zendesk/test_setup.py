"""How the desk is set up: opening hours, holidays, zones, targets and teams."""

from __future__ import annotations

import json

import pytest

from adapters.zendesk.simulator.setup import HOLIDAYS
from adapters.zendesk.streams import GROUPS, POLICIES, SCHEDULES
from adapters.zendesk.zones import iana_name
from connector.errors import UnexpectedPayload
from connector.simulation.clock import FakeClock
from tests.adapters.zendesk.desks import connected, everything, made, rows


def test_opening_hours_count_from_monday_in_a_zone_that_is_known(there, clock: FakeClock) -> None:
    _, server = there
    laden, overseas = (row for _, row in made(connected(server.address, clock), SCHEDULES))
    assert (laden["position"], laden["timezone"], overseas["timezone"]) == (0, "Europe/Berlin", "America/New_York")
    hours = json.loads(laden["intervals"])
    assert hours[0] == [9 * 60, 18 * 60], "Monday"
    assert hours[-1] == [6 * 1440, 6 * 1440 + 240], "Sunday is the last day"
    assert json.loads(laden["holidays"]) == [["2026-12-24", "2026-12-26"]]
    assert HOLIDAYS[8802] == json.loads(overseas["holidays"]) == []


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ([(0, 10_080)], [[8640, 18_720]]),  # around the clock: from Sunday on over the end of our week
        ([(1320, 1560)], [[9960, 10_200]]),  # from Sunday evening to Monday morning
        ([(1440, 1500), (1500, 1560), (1530, 1600)], [[0, 160]]),
        ([(1500, 1500)], []),
    ],
)
def test_hours_over_the_end_of_the_week_and_hours_that_touch(said, ours, clock: FakeClock) -> None:
    intervals = [{"start_time": begin, "end_time": end} for begin, end in said]
    row = rows(SCHEDULES, {"id": 1, "time_zone": "Berlin", "intervals": intervals}, clock)[0]
    assert json.loads(row["intervals"]) == ours


def test_a_schedule_with_a_holiday_of_no_known_shape_is_named_and_the_others_come(there, clock: FakeClock) -> None:
    desk, server = there
    adapter = connected(server.address, clock)
    everything(adapter, GROUPS)
    desk.on_request = lambda asked: (
        desk.instead.append((200, {"holidays": [7]})) if "8801/holidays" in asked["PATH_INFO"] else None
    )
    first, last = adapter.pull(SCHEDULES, None)
    assert [record.id for record in first.records] == ["8802"]
    assert [item.id for item in first.unreadable] == ["8801"]
    assert last.cursor


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"holidays": [{"start_date": "klara@example.com"}]}, "not a date"),
        ({"intervals": [{"start_time": 0, "end_time": 10**25}]}, "longer than a week"),
    ],
)
def test_hours_that_cannot_be_are_refused_without_a_word_of_theirs(odd, reason: str, clock: FakeClock) -> None:
    with pytest.raises(UnexpectedPayload) as refused:
        rows(SCHEDULES, {"id": 1, "time_zone": "Berlin", **odd}, clock)
    assert reason in str(refused.value)
    assert "klara" not in str(refused.value)


def test_names_of_zones() -> None:
    names = ("Berlin", "Vienna", "Bern", "Pacific Time (US & Canada)", "Europe/Paris", "UTC", "Atlantis", None)
    found = [iana_name(name) for name in names]
    assert found[:4] == ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "America/Los_Angeles"]
    assert found[4:] == ["Europe/Paris", "Etc/UTC", None, None]


def test_targets_by_channel_and_priority_without_names_of_customers(there, clock: FakeClock) -> None:
    _, server = there
    adapter = connected(server.address, clock)
    told = [row for _, row in made(adapter, POLICIES)]
    first = {(row["channel"], row["priority"]): row["target_seconds"] for row in told if row["policy_id"] == "9901"}
    assert first == {
        ("email", "normal"): 3600,
        ("email", "high"): 1800,
        ("form", "normal"): 3600,
        ("form", "high"): 1800,
    }
    assert [(row["channel"], row["metric"]) for row in told if row["policy_id"] == "9902"] == [
        (None, "requester_wait_time")
    ]
    kept = b"".join(adapter.admit(POLICIES, record).payload for record in everything(adapter, POLICIES)[0])
    assert b"Frau Muster" not in kept


def test_groups_have_names(there, clock: FakeClock) -> None:
    _, server = there
    told = {row["group_id"]: row["name"] for _, row in made(connected(server.address, clock), GROUPS)}
    assert told == {"7001": "Support", "7002": "Retouren"}
