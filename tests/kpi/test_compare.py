"""Convention C4: from one period to another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.kpi.result import Change, Unit
from connector.kpi.shop.figures import SHOP
from connector.kpi.statistics import newcombe
from tests.kpi.books import Books


def change(books: Books, id: str, kind: str = "previous", **more: object) -> Change:
    figure = books.figure(id, compare=kind, **more)
    assert figure.change is not None
    return figure.change


@pytest.fixture
def books(books: Books) -> Books:
    """February 2024: 10 orders of 10.00, 8 of them refunded. March 2024: 20 orders of 15.00, 4 refunded."""
    for number in range(10):
        order = books.order("2024-02-10", number + 1, "10.00")
        if number < 8:
            books.refund(order, "2024-02-20", "1.00")
    for number in range(20):
        order = books.order("2024-03-10", number + 1, "15.00")
        if number < 4:
            books.refund(order, "2024-03-20", "1.00")
    return books.save()


def test_counts_and_amounts_change_in_percent(books: Books) -> None:
    orders = change(books, "orders", period="2024-03")
    assert (orders.value, orders.unit, orders.interval) == (1.0, "percent", None)
    aov = change(books, "aov", period="2024-03")
    assert aov.value == pytest.approx(0.5)


def test_shares_change_in_points_with_newcombes_interval(books: Books) -> None:
    figure = books.figure("refund_rate_orders", compare="previous", period="2024-03")
    moved = figure.change
    assert moved is not None
    assert moved.value == pytest.approx(0.2 - 0.8)
    assert moved.unit == "points"
    assert moved.interval is not None
    assert (moved.interval.low, moved.interval.high) == newcombe((4, 20), (8, 10))
    assert moved.interval.method == "newcombe"
    assert moved.clear
    record = figure.to_json("en")
    assert record["previous"] == {
        "value": 0.8,
        "numerator": 8,
        "denominator": 10,
        "n": 10,
        "period_start": "2024-02-01T00:00:00+01:00",
        "period_end": "2024-03-01T00:00:00+01:00",
    }
    assert record["change"]["unit"] == "points"
    assert record["change"]["ci_method"] == "newcombe"


def test_from_zero_nothing_is_infinite(books: Books) -> None:
    moved = change(books, "orders", period="2024-02")
    assert moved.value is None
    assert moved.reason is not None
    assert moved.reason.render("en") == "previous 0"


def test_from_a_negative_amount(books: Books) -> None:
    books.rows.clear()
    books.refund(books.order("2023-11-30", 1, "9.00"), "2023-12-01", "9.00")
    books.order("2024-01-01", 1, "9.00")
    books.save()
    moved = change(books, "net_revenue", period="2024-01")
    assert moved.value is None
    assert moved.reason is not None
    assert moved.reason.key == "change.previous_negative"


def test_few_cases_are_never_compared(books: Books) -> None:
    moved = change(books, "refund_rate_orders", period="2024-03", set=["samples.tiny=11"])
    assert moved.value is None
    assert moved.reason is not None
    assert moved.reason.key == "change.tiny"


def test_a_missing_previous_value(books: Books) -> None:
    moved = change(books, "refund_rate_orders", period="2024-02")
    assert moved.value is None
    assert moved.reason is not None
    assert moved.reason.key == "change.previous_missing"


def test_a_year_earlier(books: Books) -> None:
    figure = books.figure("orders", compare="year", period="2025-03")
    assert figure.previous is not None
    assert figure.previous.value == 20
    document = books.ask("orders", compare="year", period="2025-03").to_json()
    assert document["compare"] == {
        "kind": "year",
        "from": "2024-03-01T00:00:00+01:00",
        "to": "2024-04-01T00:00:00+02:00",
    }


def test_a_currency_of_the_previous_period_alone_is_shown_too(books: Books) -> None:
    books.rows.clear()
    books.order("2024-02-10", 1, "3.00", currency="CHF")
    books.save()
    rows = {row.currency: row for row in books.ask("net_revenue", compare="previous", period="2024-03").figures}
    assert rows.keys() == {"EUR", "CHF"}
    assert rows["CHF"].change is not None
    assert rows["CHF"].change.value == -1.0


def test_each_figure_with_a_period_of_its_own_is_compared_with_its_own_previous_one(books: Books) -> None:
    crr = books.ask("crr", compare="previous").figures[0].to_json("en")
    assert crr["previous"]["period_start"] == "2024-01-01T00:00:00+01:00"
    assert crr["previous"]["period_end"] == "2025-01-01T00:00:00+01:00"


def test_without_a_comparison_nothing_is_said_about_one(books: Books) -> None:
    record = books.figure("orders").to_json("en")
    assert "change" not in record
    assert "previous" not in record
    assert books.ask("orders").to_json()["compare"] is None


def test_every_share_of_counts_has_newcombes_interval_in_points(new_books: Callable[..., Books]) -> None:
    books = new_books()
    for month, persons in (("2023-12", 30), ("2024-01", 24), ("2024-02", 18)):
        for person in range(1, persons + 1):
            order = books.order(f"{month}-10", person, quantity="1")
            if person % 3 == 0:
                books.refund(order, f"{month}-20", "10.00", quantity="1", returned=True)
            if person % 5 == 0:
                books.order(f"{month}-11", person, status="cancelled")
    books.save()
    rates = [kpi.id for kpi in SHOP if kpi.unit is Unit.RATE]
    told = books.ask(*rates, period="2024-01", compare="previous").figures
    compared = [figure for figure in told if figure.interval is not None and figure.interval.method == "wilson"]
    assert len({figure.id for figure in compared}) >= 11
    for figure in compared:
        assert figure.change is not None
        if figure.change.reason is None:
            assert figure.change.unit == "points"
            assert figure.change.interval is not None, figure.id
            assert figure.change.interval.method == "newcombe"


def test_a_group_that_only_the_earlier_period_has_is_shown_too(new_books: Callable[..., Books]) -> None:
    books = new_books()
    for country in ("DE", "AT"):
        books.order("2024-01-10", 1, country=country)
    books.order("2024-02-10", 1, country="DE")
    books.save()
    rows = books.ask("orders", by="country", period="2024-02", compare="previous").figures
    shown = [((row.group or {}).get("country"), row.value, row.previous and row.previous.value) for row in rows]
    assert shown == [("DE", 1, 1), ("AT", 0, 1), (None, 1, 2)]
