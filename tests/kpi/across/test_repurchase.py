"""Who ordered again (6.1 to 6.4): by hand, each person a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from connector.kpi.result import Figure
from tests.kpi.books import days_after
from tests.kpi.talks import Talks, later

FIRST = "2024-03-01 10:00"


def by_band(talks: Talks, id: str, **more: Any) -> dict[str | None, Figure]:
    """The records of a figure by the value of their band; the total under None."""
    figures = [figure for figure in talks.ask(id, **more).figures if figure.id == id]
    return {next(iter(figure.group.values())) if figure.group else None: figure for figure in figures}


def counts(figure: Figure) -> tuple[Any, Any]:
    return figure.numerator, figure.denominator


def bought(talks: Talks, person: int, *days: float, first: str = FIRST) -> str:
    """A first order, and others so many days later; gives the first one's id."""
    order = talks.order(first, person)
    for day in days:
        talks.order(days_after(first, day), person)
    return order


def wrote(talks: Talks, person: int, days: float, answer: float | None = 30, **more: Any) -> str:
    """A conversation so many days after the first order, answered after so many minutes."""
    begun = days_after(FIRST, days)
    story = [(begun, "customer")] + ([(later(begun, answer), "agent")] if answer is not None else [])
    return talks.talk(begun, *story, person=person, **more)


def test_with_and_without_contact(talks: Talks) -> None:
    """Persons 1-4 wrote within 30 days, 5-7 did not (7 wrote too late). Again from day 30 to 90: 1, 5, 6."""
    for person, orders in {1: [60], 2: [], 3: [100], 4: [90.5], 5: [45], 6: [90], 7: []}.items():
        bought(talks, person, *orders)
    for person, day in {1: 5, 2: 0, 3: 29, 4: 30, 7: 31}.items():
        wrote(talks, person, day)
    talks.save()
    bands = by_band(talks, "x_repurchase_by_contact")
    assert [(name, counts(one)) for name, one in bands.items()] == [
        ("with", (1, 4)),
        ("without", (2, 3)),
        (None, (3, 7)),
    ]
    total = bands[None]
    assert total.extra["match"] == {"conversations": 5, "with_email": 5, "matched": 5}
    assert total.extra["difference"]["value"] == pytest.approx(1 / 4 - 2 / 3)
    assert total.extra["standardised"]["difference"] == pytest.approx(1 / 4 - 2 / 3)
    assert total.extra["standardised"]["strata"] == 1
    record = total.to_json("de")
    assert record["difference"]["ci_method"] == "newcombe"
    assert record["group"] is None
    assert "Es geht miteinander einher" in record["notes"][-1]
    assert "Zugeordnet: Von 5 Gesprächen" in record["notes"][0]
    json.dumps(record, allow_nan=False)


def test_the_landmark_leaves_out_who_ordered_at_once(talks: Talks) -> None:
    for person, orders in {1: [10, 50], 2: [40], 3: [30]}.items():
        bought(talks, person, *orders)
        wrote(talks, person, 1)
    bought(talks, 4, first="2025-11-01")
    talks.save()
    total = by_band(talks, "x_repurchase_by_contact")[None]
    assert counts(total) == (1, 1)
    assert {name: total.excluded[name] for name in ("ordered_early", "window_open")} == {
        "ordered_early": 2,
        "window_open": 1,
    }
    without = by_band(talks, "x_repurchase_by_contact", set=["cross.landmark=false"])[None]
    assert counts(without) == (3, 3)
    assert "ordered_early" not in without.excluded


def test_follow_up_ends_where_the_desk_is_known_until(talks: Talks) -> None:
    bought(talks, 1)
    talks.synced("2024-05-01", "desk")
    talks.synced("2024-05-01", "chat")
    talks.save()
    total = by_band(talks, "x_repurchase_by_contact")[None]
    assert total.value is None
    assert total.excluded["window_open"] == 1


def test_every_order_may_be_looked_from(talks: Talks) -> None:
    bought(talks, 1, 40, 100)
    wrote(talks, 1, 41)
    talks.save()
    bands = by_band(talks, "x_repurchase_by_contact", set=["cross.index=every_order"])
    assert (counts(bands["with"]), counts(bands["without"])) == ((1, 1), (1, 2))
    assert bands[None].extra["standardised"]["strata"] == 3  # places 1, 2 and 3+


def test_first_replies_by_band_tickets_and_chats_apart(talks: Talks) -> None:
    waits: dict[int, float | None] = {1: 60, 2: 61, 3: 240, 4: 1440, 5: 1441, 6: None}
    for person, minutes in waits.items():
        bought(talks, person, *([50] if person in (1, 2, 3) else []))
        wrote(talks, person, 2, minutes)
    for person, chat in {11: 2, 12: 10, 13: 11, 14: None}.items():
        bought(talks, person, 50)
        wrote(talks, person, 2, chat, channel="chat", desk="chat")
    bought(talks, 20)
    begun = days_after(FIRST, 2)
    talks.talk(begun, (begun, "agent"), person=20, opened_by="agent")
    talks.save()
    bands = by_band(talks, "x_repurchase_by_frt")
    assert {name: counts(one) for name, one in bands.items()} == {
        "ticket 0-1h": (1, 1),
        "ticket 1-4h": (2, 2),
        "ticket 4-24h": (0, 1),
        "ticket 24h+": (0, 1),
        "ticket never": (0, 1),
        "chat 0-2m": (1, 1),
        "chat 2-10m": (1, 1),
        "chat 10m+": (1, 1),
        "chat never": (1, 1),
        None: (7, 10),
    }
    assert bands[None].extra["trend"] == {"ticket": None, "chat": None}
    assert bands[None].excluded["agent_started"] == 1


def test_a_trend_needs_five_cases_in_every_band(talks: Talks) -> None:
    person = 0
    for minutes, again in ((30, 4), (120, 3), (600, 2), (3000, 1), (None, 0)):
        for number in range(5):
            person += 1
            bought(talks, person, *([50] if number < again else []))
            wrote(talks, person, 2, minutes)
    talks.save()
    trend = by_band(talks, "x_repurchase_by_frt")[None].extra["trend"]
    # By hand: 10 of 25, scores 0..4 in fives: sum of squares 50, sum of (score - 2) * successes = -10.
    assert trend["ticket"] == pytest.approx(2 * (1 - 0.998054), abs=2e-5)  # z = 10 / sqrt(0.24 * 50) = 2.8868


def test_satisfaction_after_contact(talks: Talks) -> None:
    for person, orders in {1: [50], 2: [50], 3: [], 4: [50], 5: [50]}.items():
        bought(talks, person, *orders)
    told = {1: (1, 4), 2: (2, 5), 3: (3, 2)}
    for person in (1, 2, 3, 4):
        key = wrote(talks, person, 1)
        if person in told:
            day, score = told[person]
            talks.rating(key, days_after(FIRST, 1 + day), score, "1-5")
            talks.rating(key, days_after(FIRST, 20), 1, "1-5", survey="again")
    talks.save()
    bands = by_band(talks, "x_repurchase_by_csat")
    assert {name: counts(one) for name, one in bands.items()} == {
        "4-5": (2, 2),
        "1-3": (0, 1),
        "not_answered": (1, 1),
        None: (3, 4),
    }
    assert bands[None].extra["difference"]["value"] == 1


def test_refunded_orders(talks: Talks) -> None:
    orders = {person: bought(talks, person, *([50] if person < 3 else [])) for person in (1, 2, 3, 4)}
    talks.refund(orders[1], days_after(FIRST, 4), "9.95")  # 99.5 % of 10.00 is all
    talks.refund(orders[2], days_after(FIRST, 8), "5.00")
    talks.refund(orders[3], days_after(FIRST, 31), "10.00")  # too late to be looked at
    wrote(talks, 1, 2)
    wrote(talks, 2, 9)
    talks.save()
    bands = by_band(talks, "x_repurchase_by_refund")
    assert {name: counts(one) for name, one in bands.items()} == {
        "full": (1, 1),
        "partial": (1, 1),
        "none": (0, 2),
        None: (2, 4),
    }
    extra = bands[None].extra
    assert extra["seconds_to_refund"]["median"] == 6 * 86_400
    assert (extra["contact_before_refund"]["numerator"], extra["contact_before_refund"]["denominator"]) == (1, 2)


def test_point_8_opposite_signs_raise_simpson(talks: Talks) -> None:
    """Those who wrote bought again more often in each quarter; but most of them came in the poor one."""
    person = 0
    for first, sides in {
        "2024-01-10": {True: (9, 10), False: (32, 40)},
        "2024-05-10": {True: (12, 40), False: (2, 10)},
    }.items():
        for contact, (again, whole) in sides.items():
            for number in range(whole):
                person += 1
                bought(talks, person, *([50] if number < again else []), first=first)
                if contact:
                    talks.talk(days_after(first, 3), person=person)
    talks.save()
    total = by_band(talks, "x_repurchase_by_contact")[None]
    assert total.extra["difference"]["value"] == pytest.approx(21 / 50 - 34 / 50)
    assert total.extra["standardised"]["difference"] == pytest.approx(0.1)
    assert total.has("simpson")


def test_without_a_desk_the_figures_say_what_is_missing(books: Any) -> None:
    books.refund(books.order(FIRST, 1), days_after(FIRST, 3), "10.00")
    books.order(days_after(FIRST, 50), 1)
    books.save()
    figure = books.figure("x_repurchase_by_contact")
    assert figure.has("not_available")
    assert figure.reason is not None
    assert "conversations" in figure.reason.render("en")
    bands = by_band(books, "x_repurchase_by_refund")
    assert counts(bands["full"]) == (1, 1)
    assert bands[None].extra["contact_before_refund"] is None
    assert "match" not in bands[None].extra


def test_without_a_shop_the_figures_say_so(new_talks: Callable[..., Talks]) -> None:
    talks = new_talks()
    talks.talk("2024-03-01", person=1)
    from connector.model import StreamState

    talks.rows[StreamState] = [row for row in talks.rows[StreamState] if row["source_id"] != 1]
    talks.save()
    figure = talks.figure("x_repurchase_by_contact")
    assert figure.has("not_available")
    assert figure.reason is not None
    assert "shop" in figure.reason.render("en")


def test_a_low_match_rate_is_flagged(talks: Talks) -> None:
    bought(talks, 1, 50)
    wrote(talks, 1, 1)
    for _ in range(2):
        talks.talk(FIRST, person=None)
    talks.save()
    total = by_band(talks, "x_repurchase_by_contact")[None]
    assert total.extra["match"] == {"conversations": 3, "with_email": 1, "matched": 1}
    assert total.has("low_match")
