"""Section 4.7, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connector.kpi.options import KpiOptions
from connector.kpi.rows import rows_behind
from tests.kpi.books import BERLIN, Books


@pytest.fixture
def books(books: Books) -> Books:
    """Person 1 brings 10 + 20 - 5 in January and 15 in March; person 2 brings 100 in February; person 3 nothing."""
    books.order("2024-01-10", 1, "10.00")
    books.refund(books.order("2024-01-20", 1, "26.00", tax="4.00", shipping="2.00"), "2024-03-01", "5.00")
    books.order("2024-03-10", 1, "15.00")
    books.order("2024-02-10", 2, "100.00")
    books.refund(books.order("2024-02-11", 3, "30.00"), "2024-02-12", "30.00")
    books.order("2024-02-12", None, "500.00")
    books.synced("2024-05-20")
    return books


def test_mean_median_and_the_share_of_the_best(books: Books) -> None:
    record = books.save().figure("clv_historical").to_json("en")
    assert (record["value"], record["numerator"], record["denominator"]) == ("46.67", "140.00", 3)
    assert record["stats"] == {"median": "40.00", "mean": "46.67", "p90": "88.00", "max": "100.00"}
    assert record["top_decile_share"] == 100 / 140
    assert record["ci_method"] == "t"
    assert record["excluded"] == {"no_identity": 1}
    assert "tiny" in record["flags"]


def test_by_cohort_and_month_of_age(books: Books) -> None:
    table = books.save().figure("clv_historical").to_json("en")["table"]
    values = {row["cohort"]: [cell and cell["value"] for cell in row["cells"]] for row in (*table["rows"],)}
    assert values == {"2024-01": ["25.00", "25.00", "40.00", "40.00"], "2024-02": ["50.00", "50.00", "50.00", None]}
    assert [cell["value"] for cell in table["average"]["cells"]] == ["41.67", "41.67", "46.67", "40.00"]


def test_the_margin_scales_every_amount(books: Books) -> None:
    record = books.save().figure("clv_historical", set=["clv.margin=0.35"]).to_json("en")
    assert (record["value"], record["stats"]["max"]) == ("16.33", "35.00")
    assert record["table"]["rows"][0]["cells"][0]["value"] == "8.75"
    assert record["options"]["clv.margin"] == 0.35


def test_it_is_as_of_the_periods_end_with_everything_before(books: Books) -> None:
    record = books.save().figure("clv_historical", period="2024-02").to_json("en")
    assert (record["value"], record["denominator"]) == ("41.67", 3)  # without the 15 of March


def test_each_currency_by_itself(books: Books) -> None:
    books.order("2024-02-20", 1, "7.00", currency="CHF")
    found = {one.currency: one.to_json("en")["value"] for one in books.save().ask("clv_historical").figures}
    assert found == {"EUR": "46.67", "CHF": "7.00"}
    frame = rows_behind(books.store, "clv_historical", clock=books.clock, zone=BERLIN)
    assert frame.select("person_id", "currency", "value").rows() == [
        (1, "EUR", Decimal("40.000000")),
        (1, "CHF", Decimal("7.000000")),
        (2, "EUR", Decimal("100.000000")),
        (3, "EUR", Decimal("0.000000")),
    ]


def test_the_rows_say_the_cohort_and_the_margin(books: Books) -> None:
    books.save()
    options = KpiOptions().with_override("clv.margin=0.5")
    frame = rows_behind(books.store, "clv_historical", clock=books.clock, zone=BERLIN, options=options)
    first = frame.row(0, named=True)
    assert (first["state"], first["orders"], first["net"], first["value"]) == ("2024-01", 3, Decimal(40), Decimal(20))


def test_nobody_and_nothing_left(books: Books) -> None:
    nobody = books.save().figure("clv_historical", period="2023").to_json("en")
    assert (nobody["value"], nobody["n"], nobody["reason"]) == (None, 0, "no customers up to the end of the period")
    books.rows.clear()
    books.refund(books.order("2022-02-11", 9, "30.00"), "2022-02-12", "30.00")
    nothing = books.save().figure("clv_historical", period="2022").to_json("en")
    assert nothing["value"] == "0.00"
    assert "top_decile_share" not in nothing


def test_where_the_first_order_came_from_filters_refunds_too(books: Books) -> None:
    books.rows.clear()
    first = books.order("2024-01-10", 1, "10.00", attribution_source="google")
    later = books.order("2024-02-10", 1, "20.00", attribution_source="bing")
    books.order("2024-02-10", 2, "40.00", attribution_source="bing")
    for order, back in ((first, "1.00"), (later, "2.00")):
        books.refund(order, "2024-03-01", back)
    books.save()
    for id in ("clv_historical", "cohorts"):
        options = ["cohorts.measure=revenue_per_member", "cohorts.cumulative=true"]
        record = books.figure(id, filters={"attribution_source": ["google"]}, set=options).to_json("en")
        assert record["n"] == 1
        found = record["value"] if id == "clv_historical" else record["table"]["rows"][0]["cells"][1]["value"]
        assert found == "27.00"
