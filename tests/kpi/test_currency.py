"""Convention C6: amounts in one currency, with rates of orders, of a table of one's own, and of the central bank."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from tests.kpi.books import Books

EUR = "currency.report=EUR"
TABLE = "currency.table={CHF: {2024-01-01: 0.5, 2024-04-01: 0.8}, USD: 2}"


def some(books: Books) -> Books:
    """A shop in euro with orders in three currencies, one of them without any rate."""
    books.order("2024-03-01", 1, "10.00")
    francs = books.order("2024-03-31 23:59", 2, "10.00", currency="CHF", rate_micros=4_000_000)
    books.order("2024-04-01", 2, "10.00", currency="CHF")
    books.order("2024-04-02", 3, "7.00", currency="SEK")
    books.refund(francs, "2024-05-01", "4.00")
    return books.save()


@pytest.fixture
def books(books: Books) -> Books:
    return some(books)


def money(books: Books, id: str, *set: str, **more: Any) -> list[tuple[str | None, str | None]]:
    return [(figure.currency, figure.to_json("en")["value"]) for figure in books.ask(id, set=set, **more).figures]


def test_without_a_report_currency_nothing_is_added(books: Books) -> None:
    assert money(books, "total_sales") == [("CHF", "16.00"), ("EUR", "10.00"), ("SEK", "7.00")]
    assert money(books, "total_sales", filters={"currency": ["CHF"]}) == [("CHF", "16.00")]


def test_the_orders_own_rate_and_else_the_table(both: Books) -> None:
    books = some(both)
    # 10 EUR + 10/4 EUR by its own rate + 10/0.8 by the table; its own rate for the refund too, whenever it came.
    assert money(books, "gross_sales", EUR, TABLE) == [("EUR", "25.00")]
    assert money(books, "net_revenue", EUR, TABLE) == [("EUR", "24.00")]
    assert money(books, "refunds_value", EUR, TABLE, period="2024-05") == [("EUR", "1.00")]
    assert money(books, "gross_sales", EUR) == [("EUR", "12.50")]


def test_the_table_alone_each_rate_from_its_day_on(books: Books) -> None:
    assert money(books, "gross_sales", EUR, TABLE, "currency.rates=table") == [("EUR", "42.50")]
    assert money(books, "gross_sales", EUR, TABLE, "currency.rates=table", period="2024-03") == [("EUR", "30.00")]


def test_from_one_foreign_currency_to_another_by_way_of_the_shops_own(books: Books) -> None:
    rates = "currency.table={EUR: 0.5}"  # half a euro for a dollar
    assert money(books, "gross_sales", "currency.report=USD", rates) == [("USD", "25.00")]


def test_what_has_no_rate_is_left_out_of_money_alone_and_counted(books: Books) -> None:
    figure = books.figure("net_revenue", set=[EUR, TABLE])
    assert figure.excluded == {"no_rate": 1}
    assert [str(flag) for flag in figure.flags if flag.name == "converted"] == ["converted"]
    assert figure.options["currency.report"] == "EUR"
    assert books.value("orders", set=[EUR, TABLE]) == 4
    assert books.figure("orders", set=[EUR, TABLE]).excluded == {}
    only = books.figure("net_revenue", set=[EUR], filters={"currency": ["SEK"]})
    assert (only.to_json("en")["value"], only.currency, only.excluded) == ("0.00", "EUR", {"no_rate": 1})
    assert books.figure("aov", set=[EUR], filters={"currency": ["SEK"]}).value is None


def test_filters_and_groups_go_by_the_currency_paid_in(books: Books) -> None:
    rows = books.ask("gross_sales", set=[EUR, TABLE], by="currency").figures
    shown = [((row.group or {}).get("currency"), row.currency, row.to_json("en")["value"]) for row in rows]
    assert shown == [("CHF", "EUR", "15.00"), ("EUR", "EUR", "10.00"), (None, "EUR", "25.00")]
    assert rows[-1].excluded == {"no_rate": 1}


def test_lines_are_converted_with_their_order(new_books: Callable[..., Books]) -> None:
    books = new_books()
    order = books.order("2024-03-01", 1, "9.00", currency="USD")
    books.line(order, "1", total="8.00")
    books.save()
    assert money(books, "net_revenue", EUR, TABLE, "orders.line_level=true") == [("EUR", "4.00")]


def test_the_central_banks_history(new_books: Callable[..., Books]) -> None:
    books = new_books()
    books.order("2024-03-01", 1, "10.813", currency="USD")  # a Friday: 1.0813 dollars for a euro
    books.order("2024-03-03", 1, "10.813", currency="USD")  # the Sunday after it
    books.order("2024-03-01", 1, "10.00", currency="XTS")
    books.save()
    figure = books.figure("gross_sales", set=[EUR, "currency.rates=ecb"])
    assert figure.to_json("en")["value"] == "20.00"
    assert figure.excluded == {"no_rate": 1}
    with pytest.raises(UsageError) as error:
        books.ask("aov", set=["currency.report=XTS", "currency.rates=ecb"])
    assert error.value.message.key == "rates.unknown_report"


def test_rates_that_are_not_known_yet_are_said_to_end(new_books: Callable[..., Books]) -> None:
    books = new_books(now="2090-01-01")
    books.order("2089-12-01", 1, currency="USD")
    books.save()
    figure = books.figure("net_revenue", set=[EUR, "currency.rates=ecb"])
    assert figure.excluded == {"no_rate": 1}
    assert "note.rates_until" in [note.key for note in figure.notes]


def test_the_central_bank_without_its_package(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "currency_converter", None)
    with pytest.raises(UsageError) as error:
        books.ask("aov", set=[EUR, "currency.rates=ecb"])
    assert error.value.advice is not None
    assert "shop-connector[ecb]" in error.value.advice.render("de")
    assert books.value("orders", set=[EUR, "currency.rates=ecb"]) == 4


@pytest.mark.parametrize(
    "text",
    ["currency.report=euro", "currency.table={CHF: 0}", "currency.table={francs: 1}", "currency.rates=guess"],
)
def test_what_is_no_currency_and_no_rate(text: str) -> None:
    with pytest.raises(UsageError):
        KpiOptions().with_override(text)
