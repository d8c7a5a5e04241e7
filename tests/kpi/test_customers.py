"""Section 4.1: new and returning customers, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.kpi.books import Books

PRIOR = ["returning.mode=prior_period_only"]


@pytest.fixture
def march(books: Books) -> Books:
    """March 2024: person 1 bought before, 2 is new and buys twice, 3 is new, one order has no person."""
    books.order("2024-01-10", 1, "10.00")
    books.order("2024-03-10", 1, "20.00")
    books.order("2024-03-11", 2, "30.00")
    again = books.order("2024-03-12", 2, "40.00")
    books.order("2024-03-13", 3, "50.00")
    books.order("2024-03-14", None, "60.00")
    books.order("2024-04-14", 3, "70.00")
    books.refund(again, "2024-03-15", "5.00")
    return books.save()


def test_a_customer_can_be_new_and_returning_in_one_period(march: Books) -> None:
    assert march.value("customers", period="2024-03") == 3
    assert march.value("new_customers", period="2024-03") == 2
    assert march.value("returning_customers", period="2024-03") == 2
    assert march.figure("returning_customers", period="2024-03").notes


def test_first_order_before_the_period_makes_them_add_up(march: Books) -> None:
    assert march.value("new_customers", period="2024-03", set=PRIOR) == 2
    assert march.value("returning_customers", period="2024-03", set=PRIOR) == 1


def test_orders_without_a_person_are_counted_out(march: Books) -> None:
    for id in ("customers", "new_customers", "crr", "repeat_rate", "purchase_frequency", "new_order_share"):
        assert march.ask(id, period="2024-03").figures[0].excluded["no_identity"] == 1
    assert march.figure("orders", period="2024-03").excluded == {}


def test_shares_of_orders(march: Books) -> None:
    new = march.figure("new_order_share", period="2024-03")
    returning = march.figure("returning_order_share", period="2024-03")
    assert (new.numerator, new.denominator) == (2, 4)
    assert (returning.numerator, returning.denominator) == (2, 4)
    assert march.figure("new_order_share", period="2024-03", set=PRIOR).numerator == 3


def test_shares_of_revenue_put_refunds_on_the_side_of_their_order(march: Books) -> None:
    new = march.figure("new_revenue_share", period="2024-03")
    returning = march.figure("returning_revenue_share", period="2024-03")
    assert (new.numerator, new.denominator) == (Decimal(80_000_000), Decimal(135_000_000))
    assert (returning.numerator, returning.denominator) == (Decimal(55_000_000), Decimal(135_000_000))
    assert new.currency == "EUR"
    assert new.interval is None


def test_nothing_earned_cannot_be_shared_out(books: Books) -> None:
    order = books.order("2024-03-01", 1, "10.00")
    books.refund(order, "2024-03-02", "10.00")
    books.save()
    figure = books.figure("new_revenue_share", period="2024-03")
    assert figure.value is None
    assert figure.has("empty")
    assert figure.reason is not None


def test_a_fully_refunded_order_makes_no_customer_if_so_wanted(both: Books) -> None:
    first = both.order("2024-01-01", 1, "10.00")
    both.order("2024-03-01", 1, "20.00")
    both.refund(first, "2024-01-05", "10.00")
    both.save()
    assert both.value("new_customers", period="2024-03") == 0
    option = ["customers.ignore_fully_refunded=true"]
    figure = both.figure("new_customers", period="2024-03", set=option)
    assert figure.value == 1
    january = both.figure("customers", period="2024-01", set=option)
    assert (january.value, january.excluded) == (0, {"fully_refunded": 1})
    assert both.value("orders", period="2024-01", set=option) == 1


def test_first_ever_means_of_all_orders_whatever_the_filter(books: Books) -> None:
    books.order("2024-01-01", 1, country="DE")
    books.order("2024-03-01", 1, country="AT")
    books.order("2024-03-02", 2, country="AT")
    books.save()
    austria = {"country": ["AT"]}
    assert books.value("new_customers", period="2024-03", filters=austria) == 1
    assert books.value("returning_customers", period="2024-03", filters=austria) == 1


def test_two_orders_at_one_instant_take_turns_by_number(both: Books) -> None:
    """#9 comes before #10, though not as text; so the new customer's order is the German one."""
    both.order("2024-03-01 10:00", 1, number="10", order_id="a", country="AT")
    both.order("2024-03-01 10:00", 1, number="9", order_id="b", country="DE")
    both.order("2024-03-01 10:00", 2, number="RE-2", order_id="c", country="DE")
    both.order("2024-03-01 10:00", 2, number="RE-12", order_id="d", country="AT")
    both.save()
    types = {
        figure.group["country"]: figure.value
        for figure in both.ask("new_customers", period="2024-03", by="country").figures
        if figure.group
    }
    assert types == {"AT": 0, "DE": 2}


def test_persons_in_doubt_are_flagged(books: Books) -> None:
    books.order("2024-03-01", 1)
    books.order("2024-04-01", 2)
    books.person(1)
    books.person(2, conflict=True)
    books.save()
    assert books.figure("new_customers", period="2024-04").has("identity_conflict")
    assert not books.figure("new_customers", period="2024-03").has("identity_conflict")
    assert not books.figure("orders", period="2024-04").has("identity_conflict")


def test_a_first_order_at_the_first_instant_of_the_period_is_new(books: Books) -> None:
    books.order("2024-03-01 00:00", 1)
    books.order("2024-03-02", 1)
    books.save()
    assert books.value("new_customers", period="2024-03", set=PRIOR) == 1
    assert books.value("returning_customers", period="2024-03", set=PRIOR) == 0
