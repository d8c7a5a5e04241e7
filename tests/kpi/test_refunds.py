"""How often and how much is refunded, returned and cancelled (section 3), worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.kpi.books import Books


@pytest.fixture
def march(books: Books) -> Books:
    """Four orders in March 2024 of 100.00 each. One refunded in full, one to 99.5 %, one to 99.4 % in two parts."""
    whole, nearly, not_quite, _ = (books.order(f"2024-03-0{day}", day, "100.00") for day in range(1, 5))
    books.refund(whole, "2024-03-20", "100.00")
    books.refund(nearly, "2025-06-01", "99.50")
    books.refund(not_quite, "2024-04-20", "99.00")
    books.refund(not_quite, "2024-04-21", "0.40")
    april = books.order("2024-04-01", 9, "50.00")
    books.refund(april, "2024-04-02", "50.00")
    return books.save()


def test_orders_with_any_refund_so_far(march: Books) -> None:
    figure = march.figure("refund_rate_orders", period="2024-03")
    assert (figure.numerator, figure.denominator, figure.value) == (3, 4, 0.75)
    assert figure.interval is not None
    assert figure.interval.method == "wilson"


def test_refunded_in_full_from_995_thousandths_on(march: Books) -> None:
    figure = march.figure("full_refund_rate", period="2024-03")
    assert (figure.numerator, figure.denominator) == (2, 4)


def test_the_refunded_share_of_the_goods(march: Books) -> None:
    figure = march.figure("refund_rate_value", period="2024-03")
    assert figure.value == 298.9 / 400
    assert (figure.numerator, figure.denominator) == (Decimal(298_900_000), Decimal(400_000_000))
    assert figure.interval is None


def test_a_young_month_is_still_maturing(books: Books) -> None:
    books.order("2025-12-01")
    books.order("2025-11-01", 2)
    books.synced("2025-12-31 01:00")
    books.save()
    assert not books.figure("refund_rate_orders", period="2025-11").has("still_maturing")
    assert not books.figure("refund_rate_orders", period="2025-12").has("still_maturing")  # 30 days and one hour
    assert books.figure("refund_rate_orders", period="2025-12", set=[]).value == 0
    books.rows.clear()
    books.order("2025-12-01 02:00", 3)
    books.save()
    assert books.figure("refund_rate_orders", period="2025-12").has("still_maturing")


def test_a_refund_is_no_return(books: Books) -> None:
    order = books.order("2024-03-01", quantity="4")
    books.refund(order, "2024-03-02", "1.00", quantity="1")
    books.save()
    figure = books.figure("return_rate_units", period="2024-03")
    assert figure.value is None
    assert figure.has("not_available")
    assert figure.reason is not None


def test_pieces_that_came_back_where_the_shop_says_so(both: Books) -> None:
    order = both.order("2024-03-01", quantity="4")
    both.order("2024-03-02", quantity="6")
    both.refund(order, "2024-05-02", "1.00", quantity="1", returned=True)
    both.refund(order, "2024-05-03", "1.00", quantity="2", returned=False)
    both.save()
    figure = both.figure("return_rate_units", period="2024-03")
    assert (figure.numerator, figure.denominator, figure.value) == (1, 10, 0.1)


def test_shops_that_do_not_report_returns_are_left_out_of_the_return_rate(new_books: Callable[..., Books]) -> None:
    books = new_books(shops=("telling", "silent"))
    order = books.order("2024-03-01", quantity="4", shop="telling")
    books.refund(order, "2024-03-02", "1.00", quantity="1", returned=True, shop="telling")
    books.order("2024-03-01", quantity="40", shop="silent")
    books.save()
    figure = books.figure("return_rate_units", period="2024-03")
    assert (figure.value, figure.excluded) == (0.25, {"no_return_data": 1})


def test_cancelled_orders(both: Books) -> None:
    for day in range(1, 4):
        both.order(f"2024-03-0{day}", day)
    both.order("2024-03-05", 5, status="cancelled")
    both.order("2024-03-06", 6, status="cancelled", gone_at=1)
    both.order("2024-03-07", 7, status="failed")
    both.order("2024-04-01", 8, status="cancelled")
    both.save()
    figure = both.figure("cancellation_rate", period="2024-03")
    assert (figure.numerator, figure.denominator) == (1, 4)
    # An order cancelled was mostly never paid: by payment the rate would say nothing, so creation decides.
    paid = both.figure("cancellation_rate", period="2024-03", set=["orders.date=paid"])
    assert (paid.numerator, paid.denominator, paid.excluded) == (1, 4, {})
    counted = both.figure("cancellation_rate", period="2024-03", set=["orders.statuses=[completed, cancelled]"])
    assert (counted.numerator, counted.denominator) == (0, 4)


def test_a_refund_counts_only_with_its_order(books: Books) -> None:
    """By payment an order that was never paid is left out; so is its refund, or both dates would not agree."""
    unpaid = books.order("2024-03-01", total="10.00")
    paid = books.order("2024-03-02", total="20.00", paid="2024-03-03")
    books.refund(unpaid, "2024-03-05", "1.00")
    books.refund(paid, "2024-03-05", "2.00")
    books.refund(paid, None, "4.00")
    books.save()
    figure = books.figure("net_revenue", period="2024-03", set=["orders.date=paid"])
    assert figure.to_json("en")["value"] == "18.00"
    assert figure.excluded == {"no_date": 1, "refund_without_date": 1}
    assert books.value("net_revenue", period="2024-03", set=["orders.date=paid", "refunds.date=order"]) == 14
