"""What the definitions ask an implementation to show, point by point (their section 8), for the figures of the shop."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from connector.kpi.statistics import wilson
from connector.model import Order
from tests.kpi.books import Books, at


def test_point_1_strict_and_textbook_differ_by_exactly_the_reactivated(books: Books) -> None:
    """Ten active at the start of 2024, nine still at the end; three lapsed ones came back, two are new."""
    for person in range(1, 11):
        books.order("2023-06-01", person)
    for person in range(1, 10):
        books.order("2024-06-01", person)
    for person in range(11, 14):
        books.order("2022-06-01", person)
        books.order("2024-07-01", person)
    for person in (14, 15):
        books.order("2024-08-01", person)
    books.save()
    strict, textbook = books.ask("crr", period="2024").figures
    assert strict.parts == textbook.parts
    assert strict.parts == {"start": 10, "end": 14, "new": 2, "reactivated": 3, "retained": 9, "lost": 1}
    assert (strict.numerator, textbook.numerator, strict.denominator) == (9, 12, 10)
    assert strict.value is not None
    assert strict.value <= 1
    assert textbook.value == 1.2


def test_point_2_an_empty_middle_month_stays_in_its_column(books: Books) -> None:
    books.order("2024-01-10", 1)
    books.order("2024-03-10", 1)
    books.save()
    table = books.figure("cohorts", period="2024").table
    assert table is not None
    assert [cell and cell.active for cell in table.rows[0].cells][:4] == [1, 0, 1, 0]


def test_point_3_fixed_follow_up_agrees_with_the_later_truth_and_the_naive_share_does_not(
    new_books: Callable[..., Books],
) -> None:
    """A growing shop in which 40 % order again, evenly over 90 days; asked 90 days before all is known."""
    chance = random.Random(1)
    books = new_books(now="2024-12-01")
    books.synced("2024-06-01")
    later = new_books(now="2024-12-01")
    early, end = at("2024-06-01"), at("2024-06-01")
    for person in range(1, 2001):
        first = at("2024-01-01") + int((chance.random() ** 0.5) * (end - at("2024-01-01")))
        orders = [first]
        if chance.random() < 0.4:
            orders.append(first + int(chance.random() * 90 * 86_400_000_000))
        for instant in orders:
            for kept, seen in ((books, instant <= early), (later, True)):
                if seen:
                    kept.order(None, person)
                    kept.rows[Order][-1]["created_at"] = instant
    books.save()
    later.save()
    period = {"start": "2024-01-01", "end": "2024-05-31"}
    truth = later.figure("repeat_within_90", **period)
    fixed = books.figure("repeat_within_90", **period)
    assert truth.denominator == 2000
    assert fixed.excluded["window_open"] > 1000
    assert fixed.interval is not None
    assert truth.value is not None
    assert fixed.interval.low <= truth.value <= fixed.interval.high
    naive = wilson(int(books.figure("repeat_rate", **period).numerator or 0), 2000)
    assert naive is not None
    assert naive[1] < truth.value


def test_point_4_local_midnight(books: Books) -> None:
    """00:30 in Berlin on 1 March is still 29 February in UTC; the order belongs to March."""
    books.order("2024-03-01 00:30", 1)
    books.save()
    assert books.value("orders", period="2024-03") == 1
    assert books.value("orders", period="2024-02") == 0


def test_point_4_two_currencies_are_never_added(books: Books) -> None:
    books.order("2024-03-01", 1, "10.00", currency="EUR")
    books.order("2024-03-02", 1, "10.00", currency="EUR")
    books.order("2024-03-02", 1, "7.00", currency="CHF")
    books.save()
    found = [(row.currency, row.to_json("en")["value"]) for row in books.ask("net_revenue").figures]
    assert found == [("EUR", "20.00"), ("CHF", "7.00")]
    assert len(books.ask("orders").figures) == 1


def test_point_4_refunds_by_both_dates_agree_in_total(books: Books) -> None:
    for day, back in (("2024-01-31", "2024-02-01"), ("2024-12-31", "2025-01-02")):
        books.refund(books.order(day, 1, "50.00"), back, "20.00")
    books.save()
    by_refund, by_sale = (
        [books.value("net_revenue", period=period, set=[f"refunds.date={date}"]) for period in ("2024", "2025")]
        for date in ("refund", "order")
    )
    assert by_refund == [80, -20]
    assert by_sale == [60, 0]
    assert sum(by_refund, Decimal(0)) == sum(by_sale, Decimal(0))


def test_point_7_wilson_at_none_and_at_all(books: Books) -> None:
    for person in range(1, 6):
        books.order("2024-03-01", person)
    books.save()
    none = books.figure("refund_rate_orders", period="2024-03").interval
    everyone = books.figure("new_order_share", period="2024-03").interval
    assert none is not None
    assert everyone is not None
    assert none.low == 0
    assert everyone.high == 1
    assert 0 < none.high < 1
    assert 0 < everyone.low < 1
