"""From the API's JSON to figures: each row of the case tables for response, solution and satisfaction."""

from __future__ import annotations

from random import Random
from zoneinfo import ZoneInfo

import pytest

from adapters.zendesk.simulator import ZendeskDesk
from adapters.zendesk.simulator.desk import AGENTS
from connector.conversations import ServiceRules, tell_conversations
from connector.identity import resolve
from connector.identity.rules import IdentityRules
from connector.instants import DAY, HOUR, MINUTE, from_utc_text
from connector.kpi.evaluate import evaluate
from connector.kpi.options import KpiOptions
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.store import open_store
from connector.testing.world import World

MONDAY = from_utc_text("2026-10-05T08:00:00Z")  # ten o'clock in Berlin
SATURDAY = from_utc_text("2026-10-10T18:00:00Z")
ANNA, BEN = AGENTS[:2]


class Desk:
    """A help desk in which each customer has one story, told apart by a tag."""

    def __init__(self, clock: FakeClock, tmp_path, *, hours: bool = False) -> None:
        self.clock = clock
        self.pretend = ZendeskDesk.empty(clock=clock)
        self.pretend.hire(MONDAY - DAY)
        if not hours:
            self.pretend.schedules = []
        self._folder = tmp_path
        self._people = 0

    def ticket(self, tag: str, at: int, *, by: int | None = None, customer: int | None = None, channel: str = "email"):
        if customer is None:
            self._people += 10
            customer = self.pretend.customer(self._people, person(1, self._people), at)
        made = self.pretend.open(customer, at, Random(1), "Hallo", submitter=by, channel=channel)
        made["tags"] = [tag]
        return made

    def figures(self, ids: list[str], **question):
        world = World(
            "zendesk", self.pretend, open_store(f"sqlite:///{self._folder}/connector.db", clock=self.clock), self.clock
        )
        try:
            assert {result.status for result in world.sync().values()} == {"ok"}
            resolve(world.store, rules=IdentityRules(), clock=self.clock)
            tell_conversations(world.store, rules=ServiceRules(zone="Europe/Berlin"), clock=self.clock)
            answer = evaluate(world.store, ids, clock=self.clock, zone=ZoneInfo("Europe/Berlin"), **question)
            return answer.to_json("en")["results"]
        finally:
            world.close()
            world.store.close()


@pytest.fixture
def desk(clock: FakeClock, tmp_path) -> Desk:
    return Desk(clock, tmp_path)


def by_tag(results, name: str = "value") -> dict[str, object]:
    return {result["group"]["tag"]: result[name] for result in results if result["group"]}


def test_first_response_time(desk: Desk) -> None:
    there = desk.pretend
    one = desk.ticket("several messages", MONDAY)
    there.reply(one, one["requester_id"], MONDAY + 5 * MINUTE)
    there.reply(one, ANNA, MONDAY + 30 * MINUTE)
    one = desk.ticket("note first", MONDAY)
    there.reply(one, ANNA, MONDAY + MINUTE, public=False)
    there.reply(one, ANNA, MONDAY + 40 * MINUTE)
    one = desk.ticket("automatic first", MONDAY)
    there.reply(one, -1, MONDAY + MINUTE)
    there.reply(one, ANNA, MONDAY + 50 * MINUTE)
    one = desk.ticket("opened by an agent", MONDAY, by=ANNA)
    there.reply(one, one["requester_id"], MONDAY + MINUTE)
    there.reply(one, ANNA, MONDAY + 10 * MINUTE)
    desk.ticket("no reply", MONDAY)
    one = desk.ticket("solved without reply", MONDAY)
    there.reply(one, ANNA, MONDAY + HOUR, public=False, status="solved")
    one = desk.ticket("solved by a bot", MONDAY, channel="native_messaging")
    assert one["id"] % 2, "no bot in front of the ticket"
    there.logs.says(one["id"], "bot", -1, "Ist das gelöst?", MONDAY + MINUTE)
    there.reply(one, -1, MONDAY + 2 * MINUTE, public=False, status="solved")
    there.reply(one, one["requester_id"], MONDAY + 2 * HOUR, status="open")
    there.reply(one, BEN, MONDAY + 2 * HOUR + 10 * MINUTE)
    results = desk.figures(["frt"], by="tag")
    assert {tag: value for tag, value in by_tag(results).items() if value is not None} == {
        "several messages": 1800,
        "note first": 2400,
        "automatic first": 3000,
        "solved by a bot": 600,
    }
    total = next(result for result in results if result["group"] is None)
    assert (total["n"], total["unanswered"]) == (4, 1)
    assert total["excluded"]["no_reply"] == 1


def test_outside_opening_hours_no_time_passes(clock: FakeClock, tmp_path) -> None:
    desk = Desk(clock, tmp_path, hours=True)
    one = desk.ticket("night", SATURDAY)
    desk.pretend.reply(one, ANNA, SATURDAY + HOUR, status="solved")
    one = desk.ticket("over the weekend", SATURDAY)  # Laden: Sunday 0 to 4, and from Monday 9 in Berlin
    desk.pretend.reply(one, ANNA, from_utc_text("2026-10-12T07:30:00Z"), status="solved")
    results = desk.figures(["frt"], by="tag")
    assert by_tag(results) == {"night": 0, "over the weekend": 4 * 3600 + 1800}
    other = by_tag(results, "stats_other")
    assert other["night"]["median"] == 3600


def test_four_ways_of_first_contact_resolution_give_four_results(desk: Desk) -> None:
    there = desk.pretend

    def solved(tag: str, at: int, replies: int, customer: int | None = None):
        one = desk.ticket(tag, at, customer=customer)
        for number in range(replies):
            last = number == replies - 1
            there.reply(one, ANNA, at + (number + 1) * HOUR, status="solved" if last else "pending")
        return one

    good = solved("once and for all", MONDAY, 1)
    again = solved("wrote again", MONDAY, 1)
    slow = solved("two replies", MONDAY, 2)
    reopened = solved("reopened", MONDAY, 1)
    there.reply(reopened, reopened["requester_id"], MONDAY + 5 * HOUR, status="open")
    there.reply(reopened, BEN, MONDAY + 6 * HOUR, status="solved")
    solved("the second contact", MONDAY + 2 * DAY, 2, customer=again["requester_id"])
    for one, score in ((good, "good"), (again, "good"), (slow, "bad"), (reopened, "bad")):
        there.rate(one, score, MONDAY + 3 * DAY)
    ids = ["fcr", "one_touch_rate", "not_reopened_rate"]
    found = {result["id"]: (result["numerator"], result["denominator"]) for result in desk.figures(ids)}
    assert found == {"fcr": (3, 5), "one_touch_rate": (2, 5), "not_reopened_rate": (4, 5)}
    by_survey = KpiOptions.model_validate({"fcr": {"method": "survey"}})
    (asked,) = desk.figures(["fcr"], options=by_survey)
    assert (asked["numerator"], asked["denominator"]) == (2, 4), "good and bad by what customers said"


def test_resolution_waits_and_reopening(desk: Desk) -> None:
    there = desk.pretend
    one = desk.ticket("long", MONDAY)
    there.reply(one, ANNA, MONDAY + HOUR, status="pending")
    there.reply(one, one["requester_id"], MONDAY + 4 * HOUR, status="open")
    there.reply(one, ANNA, MONDAY + 5 * HOUR, status="solved")
    there.reply(one, one["requester_id"], MONDAY + 10 * HOUR, status="open")
    there.reply(one, BEN, MONDAY + 12 * HOUR, status="solved")
    ids = ["first_resolution_time", "full_resolution_time", "requester_wait_time", "agent_wait_time", "reopen_rate"]
    found = {result["id"]: result["value"] for result in desk.figures(ids)}
    assert found["first_resolution_time"] == 5 * 3600
    assert found["full_resolution_time"] == 12 * 3600
    assert found["requester_wait_time"] == (1 + 1 + 2) * 3600
    assert found["agent_wait_time"] == 3 * 3600
    assert found["reopen_rate"] == 1


def test_both_surveys_of_a_ticket_count_once_the_newer_one(desk: Desk) -> None:
    there = desk.pretend
    for number in range(3):
        one = desk.ticket(f"t{number}", MONDAY)
        there.reply(one, ANNA, MONDAY + HOUR, status="solved")
        there.rate(one, "bad", MONDAY + 2 * HOUR)
        if number:
            there.survey(one, 5, MONDAY + 3 * HOUR)
    found = [result["n"] for result in desk.figures(["csat"])]
    assert sorted(found) == [1, 2], "two scales, never added up, and no ticket in both"


def test_merged_tickets_count_with_their_target(desk: Desk) -> None:
    there = desk.pretend
    first, second = desk.ticket("first", MONDAY), desk.ticket("second", MONDAY + HOUR)
    there.merge(first, second, MONDAY + 2 * HOUR)
    there.reply(second, ANNA, MONDAY + 3 * HOUR, status="solved")
    volume = desk.figures(["contact_volume"], options=KpiOptions())
    assert [result["value"] for result in volume] == [1]
