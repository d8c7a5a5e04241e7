"""What customers of each worth say (6.11), and how far people come (6.12)."""

from __future__ import annotations

from typing import Any

import pytest

from connector.model import Cart, StreamState, SurveyAnswer
from connector.store import Store
from tests.kpi.across.test_repurchase import by_band, counts
from tests.kpi.books import at, days_after
from tests.kpi.talks import Talks, later

DAY = "2024-03-01 10:00"


def asked(talks: Talks, person: int, when: str, score: int, metric: str = "csat", scale: str = "1-5") -> None:
    """An answer that a person gave."""
    number = len(talks.rows.get(SurveyAnswer, []))
    talks.rows.setdefault(SurveyAnswer, []).append(
        {
            "source_id": 10,
            "answer_id": f"s{number}",
            "survey": "poll",
            "kind": "relational" if metric == "nps" else "transactional",
            "metric": metric,
            "scale": scale,
            "score": score,
            "answered_at": at(when),
            "person_id": person,
            "conversation_id": None,
            "superseded": False,
        }
    )


def test_by_number_of_orders_at_the_time(talks: Talks) -> None:
    for days in (0, 10, 20):
        talks.order(days_after(DAY, days), 1)
    for days, score in ((-1, 2), (1, 5), (11, 4), (21, 1)):
        talks.rating(
            talks.talk(
                days_after(DAY, days), (days_after(DAY, days), "customer"), (later(days_after(DAY, days), 60), "agent")
            ),
            days_after(DAY, days),
            score,
            "1-5",
            person_id=1,
        )
    asked(talks, 1, days_after(DAY, 12), 9, "nps", "0-10")
    asked(talks, 2, days_after(DAY, 12), 3, "nps", "0-10")
    talks.save()
    bands = by_band(talks, "x_csat_by_customer_value")
    assert {name: counts(one) for name, one in bands.items()} == {
        "0": (0, 1),
        "1": (1, 1),
        "2": (1, 1),
        "3+": (0, 1),
        None: (2, 4),
    }
    assert bands["2"].extra["nps"]["relational"]["value"] == 100
    assert bands["0"].extra["nps"]["relational"]["value"] == -100
    assert bands["1"].extra["frt"]["median"] == 3600
    assert any("no segments" in note for note in bands[None].to_json("en")["notes"])


def test_by_segment(talks: Talks) -> None:
    for person in range(1, 61):
        for month in range(1, 1 + person % 6 + 1):
            talks.order(f"2025-{month + 5:02d}-10", person, f"{10 + person}.00")
        asked(talks, person, "2025-12-01", 5 if person % 6 > 2 else 1)
    talks.save()
    bands = by_band(talks, "x_csat_by_customer_value")
    assert next(iter(bands)) == "champions"
    assert sum(counts(one)[1] for name, one in bands.items() if name) == counts(bands[None])[1] == 60
    assert counts(bands["champions"])[0] == counts(bands["champions"])[1] > 0
    found = talks.ask("x_csat_by_customer_value", by="order_count").figures
    assert [figure.group["order_count"] if figure.group else None for figure in found] == ["1", "2", "3+", None]


def test_nobody_asked(talks: Talks) -> None:
    talks.order(DAY, 1)
    talks.talk(DAY)
    talks.save()
    for id in ("x_csat_by_customer_value", "x_repurchase_by_csat"):
        figure = talks.figure(id)
        assert figure.has("not_available")
        assert figure.reason is not None
        assert "satisfied" in figure.reason.render("en")


def carts(talks: Talks, *rows: tuple[int, str]) -> None:
    talks.rows.setdefault(StreamState, []).append(
        {"source_id": 1, "stream": "carts", "last_success_at": talks.clock.now()}
    )
    for number, (person, when) in enumerate(rows):
        talks.rows.setdefault(Cart, []).append(
            {
                "source_id": 1,
                "cart_id": f"c{number}",
                "created_at": at(when),
                "person_id": person,
                "products": 1,
                "quantity_micros": 1_000_000,
            }
        )


def test_the_journey(talks: Talks) -> None:
    """1 wrote, bought on day 2 and wrote again; 2 filled a cart and bought; 3 only wrote; 4 bought, out of a known
    session; 5 bought, nobody knows why, and was refunded; 6 was known before the period.
    """
    talks.talk(DAY, person=1)
    talks.order(days_after(DAY, 2), 1)
    talks.talk(days_after(DAY, 5), person=1)
    talks.order(days_after(DAY, 4), 2)
    talks.talk(DAY, person=3)
    talks.order(DAY, 4, attribution_type="organic")
    talks.refund(talks.order(DAY, 5), days_after(DAY, 9), "10.00")
    talks.order("2024-01-01", 6)
    talks.talk(DAY, person=6)
    carts(talks, (2, DAY))
    talks.save()
    bands = by_band(talks, "x_journey", start="2024-03-01", end="2024-12-31")
    assert {name: (one.extra["persons"], *counts(one)) for name, one in bands.items()} == {
        "awareness": (4, 3, 4),
        "consideration": (3, 2, 3),
        "purchase": (4, 2, 4),
        "post_purchase": (2, None, None),
        None: (5, 4, 5),
    }
    assert bands["consideration"].extra["seconds_to_next"]["median"] == 3 * 86_400
    assert bands["purchase"].extra["seconds_to_next"]["median"] == 6 * 86_400


def test_phases_that_nobody_tells_of_are_not_zero(books: Any) -> None:
    books.order(DAY, 1)
    books.order(days_after(DAY, 5), 1)
    books.save()
    bands = by_band(books, "x_journey")
    assert {name: one.has("not_available") for name, one in bands.items()} == {
        "awareness": True,
        "consideration": True,
        "purchase": False,
        "post_purchase": False,
        None: False,
    }
    assert counts(bands["purchase"]) == (1, 1)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_figure_is_told_in_words(talks: Talks, language: str) -> None:
    """An invented month, all figures at once: no sentence lacks a value, no number is none."""
    import json

    from connector.export import figures
    from connector.kpi.across.figures import ACROSS

    for person in range(1, 9):
        order = talks.order(days_after(DAY, person), person, paid=DAY)
        key = talks.talk(
            days_after(DAY, person + 1),
            (days_after(DAY, person + 1), "customer"),
            person=person,
            order_source_id=1,
            order_id=order,
        )
        talks.rating(key, days_after(DAY, person + 2), person % 5 + 1, "1-5")
        talks.talk(DAY, (DAY, "customer"), person=person, channel="chat", desk="chat")
    talks.refund(order, days_after(DAY, 20), "5.00")
    talks.save()
    evaluation = talks.ask(*(kpi.id for kpi in ACROSS), language=language)
    table = figures.to_csv(evaluation)
    assert "standardised" in table.splitlines()[0]
    assert '""with_email"": ' in table
    document = json.dumps(evaluation.to_json(), allow_nan=False)
    assert "{" + "count" not in document
    assert {figure.id for figure in evaluation.figures} == {kpi.id for kpi in ACROSS}


def test_both_databases_tell_the_same(store: Store) -> None:
    """One small world on SQLite and on PostgreSQL; the shop's source is configured no more, its orders stay."""
    from connector.kpi.across.figures import ACROSS

    talks = Talks(store)
    for person in range(1, 7):
        order = talks.order(days_after(DAY, person), person, paid=DAY, completed=days_after(DAY, 9))
        asks = days_after(DAY, person + 1)
        talks.talk(asks, (asks, "customer"), person=person, order_source_id=1, order_id=order)
    talks.order("2025-12-20", 1, "30.00")
    talks.synced("2025-12-31")
    talks.save()
    found = {figure.id: figure for figure in talks.ask(*(kpi.id for kpi in ACROSS)).figures if not figure.group}
    assert counts(found["x_contact_rate"]) == (6, 7)
    assert found["x_time_to_contact"].value == 86_400
    assert counts(found["x_repurchase_by_contact"]) == (0, 6)
    assert (found["x_revenue_at_risk"].value, found["x_revenue_at_risk"].n) == (30_000_000, 1)
    assert counts(found["x_journey"]) == (6, 6)
