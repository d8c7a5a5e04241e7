"""Convention C7: filters, and breakdowns with `--by`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.errors import UsageError
from tests.kpi.books import Books


@pytest.fixture
def books(new_books: Callable[..., Books]) -> Books:
    books = new_books(shops=("shop", "outlet"))
    books.order("2024-03-01", 1, "10.00", country="DE", payment_method="card")
    books.order("2024-03-02", 2, "20.00", country="AT", payment_method="invoice", shop="outlet")
    books.order("2024-03-03", 1, "40.00", country="DE", payment_method="invoice", currency="CHF")
    third = books.order("2024-03-04", 3, "80.00", country=None, payment_method=None)
    books.refund(third, "2024-03-05", "5.00")
    return books.save()


def orders(books: Books, **filters: list[str]) -> int:
    value = books.value("orders", filters=filters)
    assert isinstance(value, int)
    return value


def test_values_of_one_filter_add_up_and_filters_narrow_down(books: Books) -> None:
    assert orders(books, country=["DE"]) == 2
    assert orders(books, country=["de", "AT"]) == 3
    assert orders(books, country=["DE"], payment_method=["invoice"]) == 1
    assert orders(books, source=["outlet"]) == 1
    assert orders(books, currency=["eur"]) == 3
    assert orders(books, country=["FR"]) == 0


def test_customer_type(books: Books) -> None:
    assert orders(books, customer_type=["new"]) == 3
    assert orders(books, customer_type=["returning"]) == 1
    returning = books.ask("net_revenue", filters={"customer_type": ["new"], "currency": ["EUR"]}).figures
    assert [row.to_json("en")["value"] for row in returning] == ["105.00"]


def test_names_may_have_hyphens(books: Books) -> None:
    assert books.value("orders", filters={"payment-method": ["card"]}) == 1
    assert books.ask("orders", by="payment-method").figures[0].group == {"payment_method": "card"}


def test_filters_stand_in_the_record(books: Books) -> None:
    record = books.figure("orders", filters={"country": ["de"], "source": ["shop"]}).to_json("en")
    assert record["filters"] == {"country": ["DE"], "source": ["shop"]}


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"colour": ["red"]}, "unknown_dimension"),
        ({"country": ["Germany"]}, "bad_value"),
        ({"currency": ["euro"]}, "bad_value"),
        ({"customer_type": ["old"]}, "bad_value"),
        ({"source": ["warehouse"]}, "unknown_source"),
    ],
)
def test_a_filter_that_cannot_be_is_an_error(books: Books, filters: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UsageError) as error:
        books.ask("orders", filters=filters)
    assert error.value.message.key == said
    assert error.value.advice is not None
    assert error.value.advice.render("de")


def test_a_filter_that_does_not_fit_a_named_figure_is_an_error(books: Books) -> None:
    with pytest.raises(UsageError) as error:
        books.ask("crr", filters={"customer_type": ["new"]})
    assert "customer_type" in error.value.message.render("de")
    with pytest.raises(UsageError):
        books.ask("cohorts", by="customer_type")


def test_in_the_headline_set_such_figures_are_left_out_and_named(books: Books) -> None:
    answer = books.ask(filters={"customer_type": ["new"]})
    assert {"orders", "net_revenue", "aov", "customers", "refund_rate_orders"} == {row.id for row in answer.figures}
    left_out = [one.id for one in answer.left_out]
    assert left_out == [
        "new_customers",
        "returning_customers",
        "crr",
        "crr_textbook",
        "repeat_rate",
        "repeat_within_90",
    ]
    assert {one["id"] for one in answer.to_json("de")["left_out"]} == set(left_out)


def test_one_row_per_value_and_a_total_of_the_raw_rows(books: Books) -> None:
    rows = books.ask("customers", by="payment_method").figures
    assert [(row.to_json("en")["group"], row.value) for row in rows] == [
        ({"payment_method": "card"}, 1),
        ({"payment_method": "invoice"}, 2),
        ({"payment_method": None}, 1),
        (None, 3),
    ]


def test_an_empty_text_is_a_value_like_any_other(books: Books) -> None:
    """Orders that a plugin made may name no way of payment by an empty text."""
    from sqlalchemy import update

    from connector.model import Order

    with books.store.write() as connection:
        connection.execute(update(Order).where(Order.payment_method == "card").values(payment_method=""))  # type: ignore[arg-type]
    groups = [(row.group or {}).get("payment_method") for row in books.ask("orders", by="payment_method").figures[:-1]]
    assert groups == ["", "invoice", None]


def test_sources_by_name(books: Books) -> None:
    rows = books.ask("orders", by="source").figures
    assert [(row.group, row.value) for row in rows] == [({"source": "shop"}, 3), ({"source": "outlet"}, 1), (None, 4)]


def test_customer_types_side_by_side(books: Books) -> None:
    rows = books.ask("orders", by="customer_type").figures
    assert [(row.group, row.value) for row in rows] == [
        ({"customer_type": "new"}, 3),
        ({"customer_type": "returning"}, 1),
        (None, 4),
    ]


def test_money_has_one_row_per_group_and_currency(books: Books) -> None:
    rows = books.ask("net_revenue", by="payment_method").figures
    shown = [((row.group or {}).get("payment_method"), row.currency, row.to_json("en")["value"]) for row in rows]
    assert shown == [
        ("card", "EUR", "10.00"),
        ("invoice", "CHF", "40.00"),
        ("invoice", "EUR", "20.00"),
        (None, "EUR", "75.00"),
        (None, "EUR", "105.00"),
        (None, "CHF", "40.00"),
    ]


def test_a_country_with_nothing_but_a_refund_has_a_row_where_refunds_count(books: Books) -> None:
    rows = books.ask("refunds_value", by="country", period="2024-03").figures
    assert ({"country": None}, 5_000_000) in [(row.group, row.value) for row in rows]


def test_many_groups_are_told_to_differ_by_chance(books: Books) -> None:
    for number in range(12):
        books.order("2024-04-01", 100 + number, payment_method=f"method {number}")
    with books.store.write() as connection:
        from sqlalchemy import insert

        from connector.model import Order

        connection.execute(insert(Order), books.rows[Order][4:])
    total = books.ask("refund_rate_orders", by="payment_method").figures[-1]
    assert total.group is None
    assert any(note.key == "note.chance" for note in total.notes)
