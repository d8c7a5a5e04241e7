"""Checkouts and carts that came to nothing, and those that came back (definitions, 4.9), worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from connector.errors import UsageError
from connector.kpi.abandonment.rows import COLUMNS
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.kpi.rows import rows_behind
from connector.messages.export_labels import labels
from connector.model import Cart, StreamState
from tests.kpi.books import BERLIN, Books, at

MARCH = {"period": "2025-03"}


def cart(
    books: Books,
    number: str,
    created: str,
    person: int | None = 1,
    *,
    products: int = 1,
    address: bool = True,
    shop: str = "outlet",
    **more: Any,
) -> str:
    books._row(
        Cart,
        source_id=books.sources[shop],
        cart_id=number,
        created_at=at(created),
        person_id=person,
        products=products,
        quantity_micros=products * 1_000_000,
        has_address=address,
        **{"currency": "EUR", "country": "DE", **more},
    )
    return number


def order(books: Books, created: str, person: int | None, *amount: str, cart_id: str | None = None, **more: Any) -> str:
    """An order that may name its cart."""
    return books.order(created, person, *amount, cart_id=cart_id, **more)


def with_carts(books: Books, shop: str = "outlet") -> Books:
    books._row(StreamState, source_id=books.sources[shop], stream="carts", last_success_at=books.clock.now())
    for row in books.rows[StreamState]:
        row["error_class"] = None
    return books


@pytest.fixture
def both_shops(new_books: Callable[..., Books]) -> Books:
    """A shop that is known by its orders, and an outlet that has carts."""
    return with_carts(new_books(shops=("shop", "outlet")))


def test_orders_that_came_no_further_are_abandoned_checkouts(books: Books) -> None:
    books.order("2025-03-01 10:00", 1)
    for person, status in ((2, "pending"), (3, "failed"), (4, "cancelled"), (None, "draft")):
        books.order("2025-03-02 10:00", person, status=status)
    books.order("2025-03-03 10:00", 5, status="trash")
    books.order("2025-03-04 10:00", 6, status="on_hold")
    books.save()
    figure = books.figure("checkout_abandonment", **MARCH)
    assert (figure.numerator, figure.denominator) == (4, 6)
    assert figure.has("lower_bound")


def test_an_order_of_the_same_person_within_a_day_makes_it_good(books: Books) -> None:
    books.order("2025-03-02 10:00", 1, status="failed")
    books.order("2025-03-03 10:00", 1)  # 24 hours later to the second
    books.order("2025-03-12 10:00", 2, status="failed")
    books.order("2025-03-13 10:01", 2)
    books.order("2025-03-20 10:00", 3)
    books.order("2025-03-20 11:00", 3, status="pending")  # what was ordered before is no outcome of it
    books.save()
    assert (books.figure("checkout_abandonment", **MARCH).numerator) == 2
    assert books.figure("checkout_abandonment", set=["abandonment.hours=72"], **MARCH).numerator == 1
    assert books.figure("checkout_abandonment", set=["abandonment.hours=1"], **MARCH).numerator == 3


@pytest.mark.parametrize("hours", ["2", "0", "always"])
def test_other_hours_are_refused(hours: str) -> None:
    with pytest.raises(UsageError) as error:
        KpiOptions().with_override(f"abandonment.hours={hours}")
    assert "1 | 24 | 72" in error.value.message.render("de")


def test_a_draft_that_the_shop_tidied_away_was_begun_all_the_same(books: Books) -> None:
    books.order("2025-03-02 10:00", None, status="draft", gone_at=at("2025-03-04"))
    books.order("2025-03-02 10:00", 2, status="failed", gone_at=at("2025-03-04"))
    books.order("2025-03-02 10:00", 3)
    books.save()
    figure = books.figure("checkout_abandonment", **MARCH)
    assert (figure.numerator, figure.denominator) == (1, 2)


def test_what_is_not_old_enough_is_left_out_and_counted(books: Books) -> None:
    """It is noon of 1 January 2026."""
    books.order("2025-12-31 11:00", 1, status="pending")
    books.order("2025-12-31 13:00", 2, status="pending")
    books.order("2025-12-31 13:00", 3)
    books.save()
    figure = books.figure("checkout_abandonment", period="2025-12")
    assert (figure.numerator, figure.denominator, figure.excluded) == (1, 1, {"window_open": 2})
    recovered = books.figure("recovered_rate", period="2025-12")
    assert recovered.value is None
    assert recovered.excluded == {"window_open": 1}


def test_carts_of_a_shop_that_has_them(both_shops: Books) -> None:
    ordered = cart(both_shops, "c1", "2025-03-01 10:00", 1)
    order(both_shops, "2025-03-01 10:30", 1, shop="outlet", cart_id=ordered)
    cart(both_shops, "c2", "2025-03-02 10:00", 2)
    cart(both_shops, "c3", "2025-03-03 10:00", None, address=False)
    cart(both_shops, "c4", "2025-03-03 10:00", 4, products=0)
    cart(both_shops, "c5", "2025-03-03 10:00", None, products=0, address=False)
    anonymous = cart(both_shops, "c6", "2025-03-05 10:00", None)
    order(both_shops, "2025-03-05 10:30", 6, shop="outlet", cart_id=anonymous)  # the visitor registered meanwhile
    # There it is the cart that tells, not an unpaid order.
    order(both_shops, "2025-03-06", 7, shop="outlet", status="pending")
    both_shops.save()
    carts = both_shops.figure("cart_abandonment", **MARCH)
    assert (carts.numerator, carts.denominator) == (2, 4)  # c2 and c3 of c1, c2, c3, c6
    assert any(note.render("en").startswith("Without shop: no carts") for note in carts.notes)
    checkouts = both_shops.figure("checkout_abandonment", **MARCH)
    assert (checkouts.numerator, checkouts.denominator) == (2, 4)  # c2 and c4 of c1, c2, c4, c6
    assert not checkouts.has("lower_bound")


def test_a_cart_that_was_ordered_later_is_abandoned_and_comes_back(both_shops: Books) -> None:
    late = cart(both_shops, "c1", "2025-03-01 10:00", 1)
    order(both_shops, "2025-03-04 10:00", 1, shop="outlet", cart_id=late)
    cart(both_shops, "c2", "2025-03-01 10:00", 2)
    order(both_shops, "2025-03-08 10:00", 2, shop="shop")  # in the other shop, seven days later to the second
    cart(both_shops, "c3", "2025-03-01 10:00", 3)
    order(both_shops, "2025-03-08 10:01", 3, shop="outlet")
    cart(both_shops, "c4", "2025-03-01 10:00", None)
    both_shops.save()
    asked_for = {"filters": {"source": ["outlet"]}, **MARCH}
    assert both_shops.figure("checkout_abandonment", **asked_for).numerator == 4
    figure = both_shops.figure("recovered_rate", **asked_for)
    assert (figure.numerator, figure.denominator) == (2, 4)
    assert any("nobody's" in note.render("en") for note in figure.notes)


def test_a_shop_without_carts_has_no_cart_abandonment(books: Books) -> None:
    books.order("2025-03-01", 1)
    books.save()
    figure = books.figure("cart_abandonment", **MARCH)
    assert figure.value is None
    assert figure.has("not_available")
    assert figure.reason is not None
    assert "shop: no carts" in figure.reason.render("en")


def test_a_shop_that_hides_its_carts_is_not_judged_by_its_orders(both_shops: Books) -> None:
    state = both_shops.rows[StreamState][-1]
    state |= {"last_success_at": None, "error_class": "StreamNotOffered"}
    order(both_shops, "2025-03-01", 1, shop="outlet", status="pending")
    both_shops.save()
    figure = both_shops.figure("checkout_abandonment", filters={"source": ["outlet"]}, **MARCH)
    assert figure.has("not_available")
    whole = both_shops.figure("checkout_abandonment", **MARCH)
    assert (whole.value, whole.denominator) == (None, 0)


def test_failed_payments(both_shops: Books) -> None:
    for status in ("failed", "completed", "processing", "pending", "cancelled"):
        order(both_shops, "2025-03-01", 1, status=status, payment_method="card")
    order(both_shops, "2025-03-01", 1, status="failed", shop="outlet", payment_method="cheque")
    both_shops.save()
    figure = both_shops.figure("payment_failure_rate", **MARCH)
    assert (figure.numerator, figure.denominator) == (2, 4)
    by = both_shops.ask("payment_failure_rate", by="payment_method", **MARCH).figures
    assert [(one.group, one.numerator, one.denominator) for one in by] == [
        ({"payment_method": "card"}, 1, 3),
        ({"payment_method": "cheque"}, 1, 1),
        (None, 2, 4),
    ]


def test_filters_and_groups(both_shops: Books) -> None:
    cart(both_shops, "c1", "2025-03-01", 1, country="AT", currency="CHF", shop="outlet")
    order(both_shops, "2025-03-01", 2, status="failed", country="DE")
    order(both_shops, "2025-03-01", 3, country="DE")
    both_shops.save()
    by = both_shops.ask("checkout_abandonment", by="source", **MARCH).figures
    assert [(one.group, one.numerator, one.denominator) for one in by] == [
        ({"source": "shop"}, 1, 2),
        ({"source": "outlet"}, 1, 1),
        (None, 2, 3),
    ]
    assert both_shops.figure("checkout_abandonment", filters={"country": ["AT"]}, **MARCH).denominator == 1
    assert both_shops.figure("checkout_abandonment", filters={"currency": ["EUR"]}, **MARCH).denominator == 2
    with pytest.raises(UsageError):
        both_shops.figure("checkout_abandonment", filters={"customer_type": ["new"]}, **MARCH)


def test_options_decide_what_counts_as_an_order(books: Books) -> None:
    books.order("2025-03-01", 1, "3.00", status="failed")
    books.order("2025-03-01 12:00", 1, "3.00")
    books.save()
    assert books.figure("checkout_abandonment", **MARCH).numerator == 0
    figure = books.figure("checkout_abandonment", set=["orders.min_total=5"], **MARCH)
    assert (figure.numerator, figure.denominator) == (1, 1)
    assert books.figure("checkout_abandonment", set=["orders.statuses=[failed]"], **MARCH).numerator == 0


def test_the_rows_add_up_to_the_figure(both_shops: Books) -> None:
    cart(both_shops, "c1", "2025-03-01", 1)
    cart(both_shops, "c2", "2025-03-02", 2)
    order(both_shops, "2025-03-04", 2, shop="outlet")
    order(both_shops, "2025-03-02", 3, status="failed")
    order(both_shops, "2025-03-02", 4)
    both_shops.save()

    def behind(id: str) -> list[tuple[str, str]]:
        frame = rows_behind(
            both_shops.store,
            id,
            clock=both_shops.clock,
            zone=BERLIN,
            asked=asked("2025-03", None, None, BERLIN, both_shops.clock.now()),
        )
        return sorted(zip(frame["id"], frame["state"], strict=True))

    assert behind("checkout_abandonment") == [
        ("2", "abandoned"),
        ("3", "ordered"),
        ("c1", "abandoned"),
        ("c2", "recovered"),
    ]
    assert behind("cart_abandonment") == [("c1", "abandoned"), ("c2", "recovered")]
    assert behind("recovered_rate") == [("2", "abandoned"), ("c1", "abandoned"), ("c2", "recovered")]
    assert behind("payment_failure_rate") == [("1", "counted"), ("2", "failed"), ("3", "counted")]


def test_every_column_of_the_rows_has_a_label() -> None:
    assert {f"column.{name}" for name in COLUMNS} <= labels.en.keys()


def test_nothing_at_all(books: Books, new_books: Callable[..., Books]) -> None:
    books.save()
    for id in ("checkout_abandonment", "recovered_rate", "payment_failure_rate"):
        figure = books.figure(id, **MARCH)
        assert (figure.value, figure.reason is None) == (None, False)
    empty = new_books(shops=())
    assert empty.figure("checkout_abandonment", **MARCH).has("not_available")


def test_the_first_cart_begins_all_history(both_shops: Books) -> None:
    cart(both_shops, "c1", "2024-05-05 12:00", 1)
    order(both_shops, "2025-01-01", 1)
    both_shops.save()
    figure = both_shops.figure("cart_abandonment")
    assert figure.start == at("2024-05-05")
    assert date(2024, 5, 5) == date.fromisoformat(figure.to_json("en")["period_start"][:10])


def test_on_both_databases(both: Books) -> None:
    with_carts(both, "shop")
    cart(both, "c1", "2025-03-01", 1, shop="shop")
    both.order("2025-03-02", 2, status="failed")
    both.order("2025-03-03", 3)
    both.save()
    assert both.figure("cart_abandonment", **MARCH).numerator == 1
    assert both.figure("payment_failure_rate", **MARCH).numerator == 1
