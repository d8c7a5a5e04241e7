"""From the API's JSON to figures: first replies, missed and offline chats, work and satisfaction of a chat account."""

from __future__ import annotations

from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.zendesk_chat.simulator import ZendeskChatAccount
from adapters.zendesk_chat.simulator.chats import Script
from adapters.zendesk_chat.simulator.deeds import hire
from connector.conversations import ServiceRules, tell_conversations
from connector.identity import resolve
from connector.identity.rules import IdentityRules
from connector.instants import SECOND, from_utc_text
from connector.kpi.evaluate import evaluate
from connector.simulation.clock import FakeClock
from connector.simulation.people import person
from connector.store import open_store
from connector.testing.world import World

MONDAY = from_utc_text("2026-10-05T08:00:00Z")
ANNA, BEN = 9001, 9002


class Chats:
    """An account in which each chat has one story, told apart by a tag."""

    def __init__(self, clock: FakeClock, tmp_path) -> None:
        self.clock = clock
        self.pretend = ZendeskChatAccount.empty(clock=clock)
        hire(self.pretend)
        self._folder = tmp_path

    def begins(self, at: int = MONDAY) -> Script:
        number = len(self.pretend.chats) + 1
        return Script(number, at, person(1, number))

    def ends(self, script: Script, tag: str, **changed: Any) -> None:
        chat = {**script.ended(missed=not script.agents, tags=(tag,)), **changed}
        self.pretend.put(chat, script.now // SECOND)

    def figures(self, ids: list[str], **question: Any) -> list[dict[str, Any]]:
        store = open_store(f"sqlite:///{self._folder}/connector.db", clock=self.clock)
        world = World("zendesk_chat", self.pretend, store, self.clock)
        try:
            assert {result.status for result in world.sync().values()} == {"ok"}
            resolve(store, rules=IdentityRules(), clock=self.clock)
            tell_conversations(store, rules=ServiceRules(zone="Europe/Berlin"), clock=self.clock)
            answer = evaluate(store, ids, clock=self.clock, zone=ZoneInfo("Europe/Berlin"), **question)
            return answer.to_json("en")["results"]
        finally:
            world.close()
            store.close()


@pytest.fixture
def there(clock: FakeClock, tmp_path) -> Chats:
    return Chats(clock, tmp_path)


def test_first_replies_and_missed_chats(there: Chats) -> None:
    one = there.begins()
    one.wait(30).asks("Hallo")  # the wait begins here
    one.wait(5).trigger("Einen Moment bitte.")
    one.wait(35).joins(ANNA)
    one.wait(20).answers(Random(1))
    there.ends(one.wait(60), "answered")
    one = there.begins()
    one.wait(10).asks("Hallo")
    one.wait(5).trigger("Einen Moment bitte.")
    there.ends(one.wait(300), "only a trigger")
    one = there.begins()
    one.wait(10).asks("Hallo")
    one.wait(40 * 60).joins(BEN)
    one.wait(1).answers(Random(1))
    there.ends(one.wait(60), "late, and the visitor waited")
    one = there.begins()
    one.wait(10).asks("Hallo")
    there.ends(one.wait(60), "left while waiting", missed=False, dropped=True)
    results = there.figures(["frt"], by="tag")
    waits = {result["group"]["tag"]: result["value"] for result in results if result["group"]}
    assert {tag: value for tag, value in waits.items() if value is not None} == {
        "answered": 60,
        "late, and the visitor waited": 2401,
    }
    (missed,) = there.figures(["missed_chats"])
    assert (missed["numerator"], missed["denominator"]) == (2, 4)


def test_work_and_ratings(there: Chats) -> None:
    one = there.begins()
    one.wait(10).asks("Hallo")
    one.wait(10).joins(ANNA)
    one.wait(100).answers(Random(1))
    one.joins(BEN)  # a transfer
    one.wait(50).answers(Random(1))
    one.rated("good")
    there.ends(one.wait(10), "turned", rating="bad")
    chat = next(iter(there.pretend.chats.values()))
    first = next(line for line in chat["history"] if line["type"] == "chat.rating")
    turned = {**first, "timestamp": "2026-10-05T08:20:00.000000Z", "rating": "good", "new_rating": "bad"}
    chat["history"].append(turned)
    there.pretend.put(chat, MONDAY // SECOND + 1500)
    found = {result["id"]: result for result in there.figures(["aht", "agents_involved", "csat", "csat_turned"])}
    assert found["aht"]["value"] == 100 + 50 + 8 + 10
    assert found["agents_involved"]["value"] == 2
    assert (found["csat"]["numerator"], found["csat"]["denominator"]) == (0, 1), "the last word counts"
    assert found["csat_turned"]["value"] == 1
