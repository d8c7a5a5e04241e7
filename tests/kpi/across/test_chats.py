"""Chats before a purchase (6.5, 6.8), by hand."""

from __future__ import annotations

import pytest

from tests.kpi.across.test_repurchase import by_band, counts
from tests.kpi.books import days_after
from tests.kpi.talks import Talks, later

START = "2024-03-01 10:00"


def chat(talks: Talks, person: int | None, when: str = START, minutes: float | None = 1, agent: str = "7") -> None:
    story: list[tuple[str, str] | tuple[str, str, str]] = [(when, "customer")]
    if minutes is not None:
        story.append((later(when, minutes), "agent", agent))
    talks.talk(when, *story, person=person, channel="chat", desk="chat", agent_id=agent)


def test_chats_of_those_who_had_not_ordered(talks: Talks) -> None:
    """Persons 1 and 2 order within 7 days, 3 on day 8, 4 never; 5 had ordered before; an unknown visitor."""
    chat(talks, 1)
    talks.order(days_after(START, 1), 1, "30.00")
    chat(talks, 2)
    talks.order(days_after(START, 7), 2, "50.00", tax="10.00")
    chat(talks, 3, minutes=5)
    talks.order(days_after(START, 8), 3)
    chat(talks, 4, minutes=None)
    talks.order("2024-01-01", 5)
    chat(talks, 5)
    talks.order(days_after(START, 2), 5)
    chat(talks, None)
    chat(talks, 6, "2025-12-30")
    talks.talk(START, (START, "customer"), person=7)  # a ticket
    talks.save()
    bands = by_band(talks, "x_prepurchase_conversion")
    assert {name: counts(one) for name, one in bands.items()} == {
        "chat 0-2m": (2, 2),
        "chat 2-10m": (0, 1),
        "chat 10m+": (0, 0),
        "chat never": (0, 1),
        None: (2, 4),
    }
    total = bands[None]
    assert total.extra["net_revenue"] == {"EUR": "70.00"}
    assert total.extra["seconds_to_order"]["median"] == 4 * 86_400
    assert total.excluded == {"no_identity": 1, "ordered_before": 1, "window_open": 1}
    assert any("40,00" not in note and "70,00 EUR" in note for note in total.to_json("de")["notes"])


def test_returning_customers_and_other_channels(talks: Talks) -> None:
    talks.order("2024-01-01", 5)
    chat(talks, 5)
    talks.order(days_after(START, 2), 5)
    talks.talk(START, (START, "customer"), person=7)
    talks.order(days_after(START, 1), 7)
    talks.save()
    again = by_band(talks, "x_prepurchase_conversion", set=["cross.returning=true"])[None]
    assert (counts(again), again.excluded.get("never_ordered")) == ((1, 1), None)
    every = by_band(talks, "x_prepurchase_conversion", set=["cross.channels=all"])
    assert (counts(every["ticket never"]), counts(every[None])) == ((1, 1), (1, 1))


def test_one_chat_of_a_person_in_those_days(talks: Talks) -> None:
    """Days 0, 3, 7 and 8: the one of day 8 begins anew, since the window of the first is over then."""
    for day in (0, 3, 7, 8):
        chat(talks, 1, days_after(START, day))
    talks.save()
    total = by_band(talks, "x_prepurchase_conversion")[None]
    assert (counts(total), total.excluded["further_chat"]) == ((0, 2), 2)


def test_by_agent(talks: Talks) -> None:
    talks.agent("7", "Ada", "chat")
    talks.agent("8", "Ben", "chat")
    for person, agent in ((1, "7"), (2, "8"), (3, "8")):
        chat(talks, person, agent=agent)
    talks.order(days_after(START, 1), 3)
    talks.save()
    found = talks.ask("x_prepurchase_conversion", by="agent").figures
    assert [(figure.group, counts(figure)) for figure in found] == [
        ({"agent": "Ada"}, (0, 1)),
        ({"agent": "Ben"}, (1, 2)),
        (None, (1, 3)),
    ]


def test_slow_and_never_against_fast(talks: Talks) -> None:
    for person in range(1, 11):
        chat(talks, person, minutes=1)
        chat(talks, 10 + person, minutes=None if person % 2 else 30)
        if person <= 8:
            talks.order(days_after(START, 1), person)
        if person <= 3:
            talks.order(days_after(START, 1), 10 + person)
    talks.save()
    total = by_band(talks, "x_slow_answer_check")[None]
    assert counts(total) == (11, 20)
    assert total.extra["difference"]["value"] == pytest.approx(-0.5)
    assert total.extra["difference"]["ci_high"] < 0
    assert any("45 %" in note and "source" in note for note in total.to_json("en")["notes"])


def test_a_person_with_five_thousand_conversations(talks: Talks) -> None:
    """One every ten hours: the first of each seven days counts, that is every 17th; all belong to nobody's order."""
    for number in range(5000):
        talks.talk(
            days_after("2020-01-01", number * 10 / 24),
            person=1,
            channel="chat",
            desk="chat",
            conversation_id=f"c{number:04d}",
        )
    talks.order("2019-12-31", 2)
    talks.save()
    figures = {figure.id: figure for figure in talks.ask("x_prepurchase_conversion", "x_contact_rate").figures}
    total = figures["x_prepurchase_conversion"]
    assert counts(total) == (0, 295)
    assert total.excluded["further_chat"] == 5000 - 295
    assert counts(figures["x_contact_rate"]) == (0, 1)
