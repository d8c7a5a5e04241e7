"""The very rows behind a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.kpi.rows import rows_behind
from connector.kpi.shop.figures import SHOP, ShopKpi
from connector.kpi.shop.rows import DOCUMENTS, PERSONS
from tests.kpi.books import BERLIN, Books


def rows(books: Books, id: str, period: str | None = None, **more: Any) -> pl.DataFrame:
    when = asked(period, None, None, BERLIN, books.clock.now())
    return rows_behind(books.store, id, clock=books.clock, zone=BERLIN, asked=when, **more)


def some(books: Books) -> Books:
    books.order("2023-06-01", 1, "10.00", name="Ada", country="AT")
    books.order("2023-06-02", 2, "20.00")
    books.order("2024-03-01", 1, "30.00", tax="5.00", shipping="2.00", discount="1.00", quantity="3")
    third = books.order("2024-03-02", 3, "40.00", currency="CHF")
    books.order("2024-03-03", None, "50.00")
    books.order("2024-03-04", 4, status="cancelled")
    books.refund(third, "2024-03-05", "4.00")
    return books.save()


@pytest.fixture
def books(books: Books) -> Books:
    return some(books)


def test_a_column_of_documents_adds_up_to_the_figure(both: Books) -> None:
    found = rows(some(both), "net_revenue", "2024-03")
    assert dict(found.schema) == {
        name: kind if isinstance(kind, pl.DataType) else kind() for name, kind in DOCUMENTS.items()
    }
    assert found["kind"].to_list() == ["order", "order", "order", "refund"]
    by_currency = dict(found.group_by("currency").agg(pl.col("net").sum()).iter_rows())
    assert by_currency == {"EUR": Decimal("73.000000"), "CHF": Decimal("36.000000")}
    first = found.row(0, named=True)
    assert (first["source"], first["number"], first["total"], first["quantity"]) == (
        "shop",
        "3",
        Decimal("30.000000"),
        Decimal("3.000000"),
    )
    assert first["customer_type"] == "returning"
    assert str(first["previous_at"]) == "2023-05-31 22:00:00+00:00"


def test_the_orders_in_an_average(books: Books) -> None:
    found = rows(books, "aov", "2024-03")
    assert found["order_id"].to_list() == ["3", "4", "5"]
    assert rows(books, "aov", "2024-03", filters={"currency": ["CHF"]})["order_id"].to_list() == ["4"]


def test_refunds_alone_and_cancelled_orders(books: Books) -> None:
    assert rows(books, "refunds_value", "2024-03")["kind"].to_list() == ["refund"]
    assert rows(books, "cancellation_rate", "2024-03")["kind"].to_list().count("cancelled") == 1


def test_who_was_lost(books: Books) -> None:
    found = rows(books, "lost_customers", "2024")
    assert dict(found.schema) == {
        name: kind if isinstance(kind, pl.DataType) else kind() for name, kind in PERSONS.items()
    }
    assert found.select("person_id", "state", "orders").rows() == [(2, "lost", 1)]
    assert set(rows(books, "crr", "2024").select("person_id", "state").rows()) == {
        (1, "retained"),
        (2, "lost"),
        (3, "new"),
    }


def test_a_person_is_told_by_the_last_order_that_says_something(books: Books) -> None:
    found = rows(books, "customers", "2024-03").row(by_predicate=pl.col("person_id") == 1, named=True)
    assert (found["name"], found["email"], found["country"]) == ("Ada", "person1@example.test", "DE")
    assert (found["state"], found["orders"]) == ("returning", 2)
    assert str(found["first_order_at"]) == "2023-05-31 22:00:00+00:00"
    assert found["second_order_at"] == found["last_order_at"]


@pytest.mark.parametrize("id", [kpi.id for kpi in SHOP])
def test_every_figure_has_rows_that_count_up_to_it(books: Books, id: str) -> None:
    found = rows(books, id, "2024")
    figures = [figure for figure in books.ask(id, period="2024").figures if figure.id == id]
    figure = figures[0]
    states = found["state"].to_list() if "state" in found.columns else []
    kpi = next(kpi for kpi in SHOP if kpi.id == id)
    if id in ("customers", "new_customers", "returning_customers", "lost_customers"):
        assert len(states) == figure.value
    elif id.startswith("repeat_within"):
        assert states.count("repeat") == figure.numerator
        assert len(states) - states.count("window_open") == figure.denominator
    elif id in ("repeat_rate", "repeat_rate_period"):
        assert (states.count("repeat"), len(states)) == (figure.numerator, figure.denominator)
    elif id == "crr":
        assert states.count("retained") == figure.numerator
        assert states.count("retained") + states.count("lost") == figure.denominator
    elif id == "churn_rate":
        assert len(states) == figure.numerator
    elif kpi.rows == "orders" and id != "time_between_orders":
        orders = found.filter(pl.col("kind") == "order").height
        assert orders == sum(one.counts["orders_with_person" if kpi.persons else "orders"] for one in figures)


def test_cohorts_by_name(books: Books) -> None:
    assert rows(books, "cohorts")["state"].to_list() == ["2023-06", "2023-06", "2024-03"]
    weekly = rows(books, "cohorts", options=KpiOptions().with_override("cohorts.grain=week"))
    assert weekly["state"].to_list() == ["2023-W22", "2023-W22", "2024-W09"]


def test_no_rows_keep_their_columns(books: Books) -> None:
    assert rows(books, "net_revenue", "2020").columns == list(DOCUMENTS)
    assert rows(books, "customers", "2020").columns == list(PERSONS)
    with pytest.raises(UsageError):
        rows(books, "nothing")


@pytest.mark.parametrize("kpi", SHOP, ids=lambda kpi: kpi.id)
def test_rows_are_had_under_every_kind_of_question(books: Books, kpi: ShopKpi) -> None:
    options = KpiOptions()
    for text in ("currency.report=EUR", "orders.merge=day", "retention.active_days=period"):
        options = options.with_override(text)
    if kpi.fits_line_level:
        options = options.with_override("orders.line_level=true")
    found = rows(books, kpi.id, "2024-03", options=options, filters={"product": ["none"], "device": ["Mobile"]})
    assert found.is_empty()
    assert rows(books, kpi.id, "2024", options=options.with_override("orders.line_level=false")) is not None
