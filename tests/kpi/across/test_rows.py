"""The rows behind each figure, compared periods, and every breakdown: nothing breaks, and what is listed adds up."""

from __future__ import annotations

import pytest

from connector.kpi.across.figures import ACROSS
from connector.kpi.rows import rows_behind
from connector.messages.export_labels import labels
from tests.kpi.books import BERLIN, days_after
from tests.kpi.talks import Talks, later

DAY = "2025-08-01 10:00"


@pytest.fixture
def world(talks: Talks) -> Talks:
    """Eight customers; each wrote and answered a survey; half ordered again, one was refunded, one waits."""
    for person in range(1, 9):
        order = talks.order(days_after(DAY, person), person, "20.00", paid=DAY)
        asks = days_after(DAY, person + 1)
        key = talks.talk(
            asks,
            (asks, "customer"),
            (later(asks, 20 * person), "agent"),
            (later(asks, 500), "solved"),
            person=person,
            order_source_id=1,
            order_id=order,
            tags='["parcel"]',
        )
        talks.rating(key, later(asks, 600), person % 5 + 1, "1-5")
        begun = days_after("2025-05-01", person)
        talks.talk(begun, (begun, "customer"), person=person, channel="chat", desk="chat")
        if person % 2:
            talks.order(days_after(DAY, person + 50), person)
    talks.refund(order, days_after(DAY, 15), "5.00")
    talks.order("2025-12-01", 1)
    waits = "2025-12-28"
    talks.talk(waits, (waits, "customer"), person=1, order_source_id=None, order_id=None)
    return talks.save()


ROWS = {
    "x_repurchase_by_contact": 8,
    "x_repurchase_by_frt": 8,
    "x_repurchase_by_csat": 8,
    "x_repurchase_by_refund": 8,
    "x_prepurchase_conversion": 8,
    "x_slow_answer_check": 8,
    "x_contact_rate": 13,
    "x_contact_rate_total": 17,
    "x_revenue_at_risk": 2,  # the chat of May was never answered either
    "x_time_to_contact": 13,
    "x_refund_after_contact": 8,
    "x_csat_by_customer_value": 8,
    "x_journey": 8,
}


@pytest.mark.parametrize("id", [kpi.id for kpi in ACROSS])
def test_the_rows_behind_each_figure(world: Talks, id: str) -> None:
    rows = rows_behind(world.store, id, clock=world.clock, zone=BERLIN)
    assert rows.height == ROWS[id]
    assert all(f"column.{name}" in labels.en and f"column.{name}" in labels.de for name in rows.columns)


def test_two_periods_beside_each_other(world: Talks) -> None:
    ids = [kpi.id for kpi in ACROSS]
    figures = world.ask(*ids, period="2025-08", compare="previous").figures
    rate = next(figure for figure in figures if figure.id == "x_contact_rate")
    assert (rate.value, rate.previous and rate.previous.denominator) == (100, 0)
    assert {figure.id for figure in figures} == set(ids)


@pytest.mark.parametrize("id", [kpi.id for kpi in ACROSS if kpi.dimensions])
def test_every_breakdown_has_a_total_like_the_whole(world: Talks, id: str) -> None:
    kpi = next(one for one in ACROSS if one.id == id)
    whole = next(figure for figure in world.ask(id).figures if figure.group is None)
    for dimension in kpi.dimensions:
        found = world.ask(id, by=dimension).figures
        total = next(figure for figure in found if figure.group is None)
        assert (total.value, total.n) == (whole.value, whole.n), dimension
        assert dimension == "order_count" or len(found) > 1 or not whole.n or dimension == "segment", dimension
