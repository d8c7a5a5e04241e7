"""Contact rates (6.6), time to contact (6.9) and refunds after contact (6.10), by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kpi.across.test_repurchase import by_band, counts
from tests.kpi.books import days_after
from tests.kpi.talks import Talks

DAY = "2024-03-01 10:00"


def about(talks: Talks, order: str, days: float, **more: Any) -> str:
    """A conversation about an order, so many days after it."""
    return talks.talk(days_after(DAY, days), order_source_id=1, order_id=order, **more)


def test_conversations_for_a_hundred_orders(talks: Talks) -> None:
    orders = [talks.order(DAY, person, shipping_method="post") for person in range(1, 5)]
    talks.order(DAY, 9, shipping_method="van")
    for order in (orders[0], orders[0], orders[1]):
        about(talks, order, 2)
    talks.talk(days_after(DAY, 2), state="spam", order_source_id=1, order_id=orders[2])
    talks.save()
    figure = talks.figure("x_contact_rate")
    assert (figure.value, counts(figure), figure.unit) == (60, (3, 5), "per_100_orders")
    assert figure.extra["orders_with_contact"] == 2
    rate = figure.extra["orders_with_contact_rate"]
    assert (rate["value"], rate["ci_method"]) == (0.4, "wilson")
    assert figure.interval is not None
    # Conversations per order 2, 1, 0, 0, 0: deviation 0.8944, t(4) = 2.7764.
    assert figure.interval.high == pytest.approx(60 + 100 * 2.7764 * 0.894427 / 5**0.5, rel=1e-4)
    total = talks.figure("x_contact_rate_total", period="2024-03")
    assert (total.value, counts(total)) == (60, (3, 5))


def test_ranks_are_given_where_there_are_enough_orders(talks: Talks) -> None:
    for method, orders, contacts in (("post", 30, 3), ("van", 30, 6), ("bike", 29, 20)):
        for number in range(orders):
            order = talks.order(DAY, 1, shipping_method=method)
            if number < contacts:
                about(talks, order, 1)
    talks.save()
    found = talks.ask("x_contact_rate", by="shipping_method").figures
    assert {figure.group["shipping_method"] if figure.group else None: figure.extra["rank"] for figure in found} == {
        "bike": None,
        "post": 2,
        "van": 1,
        None: None,
    }


def test_an_order_counts_for_each_of_its_products(talks: Talks) -> None:
    talks.product("1", "Cup", ["Kitchen"])
    talks.product("2", "Plate", ["Kitchen"])
    order, other = talks.order(DAY, 1), talks.order(DAY, 2)
    talks.line(order, "1")
    talks.line(order, "2")
    talks.line(other, "2")
    about(talks, order, 1)
    talks.save()
    found = talks.ask("x_contact_rate", by="product").figures
    assert [(figure.group, counts(figure)) for figure in found] == [
        ({"product": "Cup"}, (1, 1)),
        ({"product": "Plate"}, (1, 2)),
        (None, (1, 2)),
    ]
    assert counts(talks.figure("x_contact_rate", filters={"product": ["Plate"]})) == (1, 2)


def test_time_from_order_to_contact(talks: Talks) -> None:
    for days in (0.5, 1, 2, 10, 31):
        about(talks, talks.order(DAY, 1), days)
    talks.order(DAY, 2)
    talks.order("2025-12-20", 3)
    talks.save()
    figure = talks.figure("x_time_to_contact")
    assert (figure.value, figure.n) == (1.5 * 86_400, 4)
    assert {one["band"]: one["numerator"] for one in figure.extra["shares"]} == {
        "0-24h": 2,
        "1-3d": 1,
        "3-7d": 0,
        "7-14d": 1,
        "14-30d": 0,
    }
    assert figure.excluded == {"window_open": 1, "contact_later": 1}


def test_time_to_contact_by_how_far_the_order_had_come(talks: Talks) -> None:
    about(talks, talks.order(DAY, 1, paid=days_after(DAY, 2)), 1)
    about(talks, talks.order(DAY, 1, paid=DAY, completed=days_after(DAY, 2)), 1)
    about(talks, talks.order(DAY, 1, paid=DAY, completed=days_after(DAY, 2)), 4)
    talks.save()
    found = talks.ask("x_time_to_contact", by="order_status").figures
    assert {figure.group["order_status"] if figure.group else None: figure.n for figure in found} == {
        "completed": 1,
        "paid": 1,
        "unpaid": 1,
        None: 3,
    }


def test_refunds_after_contact(talks: Talks) -> None:
    """Refunded 30 days after; a day before; never; too young; and about an order that does not count."""
    for days in (31, 0.5, None):
        order = talks.order(DAY, 1, "20.00")
        about(talks, order, 1, tags='["damaged"]' if days == 31 else None)
        if days is not None:
            talks.refund(order, days_after(DAY, days), "5.00")
    talks.talk("2025-12-20", order_source_id=1, order_id=talks.order("2025-12-19", 2))
    about(talks, talks.order(DAY, 3, status="cancelled"), 1)
    talks.save()
    bands = by_band(talks, "x_refund_after_contact")
    assert (counts(bands["ticket never"]), counts(bands[None])) == ((1, 3), (1, 3))
    assert bands[None].excluded == {"window_open": 1, "order_not_counted": 1}
    found = talks.ask("x_refund_after_contact", by="tag").figures
    assert [(figure.group, counts(figure)) for figure in found] == [
        ({"tag": "damaged"}, (1, 1)),
        ({"tag": None}, (0, 2)),
        (None, (1, 3)),
    ]
