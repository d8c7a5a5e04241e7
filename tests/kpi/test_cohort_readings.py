"""Section 4.6: the other readings of the cohort table, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from connector.kpi.options import KpiOptions
from connector.kpi.rows import rows_behind
from connector.model import Conversation, OrderLine
from tests.kpi.books import BERLIN, Books, at


@pytest.fixture
def books(books: Books) -> Books:
    """Three persons begin in January 2024, one in March; the data end on 20 May."""
    books.order("2024-01-10", 1, "10.00")
    books.order("2024-01-20", 1, "5.00")
    books.refund(books.order("2024-01-11", 2, "20.00", tax="3.00", shipping="2.00"), "2024-04-01", "4.00")
    books.order("2024-01-12", 3, "30.00")
    books.order("2024-02-15", 1, "7.00")
    books.order("2024-03-05", 1, "8.00")
    books.order("2024-03-06", 2, "9.00")
    books.order("2024-03-15", 5, "50.00")
    books.synced("2024-05-20")
    return books


def asked(books: Books, *options: str, **more: Any) -> dict[str, Any]:
    record: dict[str, Any] = books.figure("cohorts", set=[f"cohorts.{one}" for one in options], **more).to_json("en")
    return record


def held(row: dict[str, Any], name: str = "active") -> list[Any]:
    return [cell and cell[name] for cell in row["cells"]]


def test_cumulative_is_who_came_back_up_to_a_month(books: Books) -> None:
    record = asked(books.save(), "cumulative=true")
    january, march = record["table"]["rows"]
    assert held(january) == [3, 1, 2, 2]
    assert held(march) == [1, 0, None, None]
    assert held(record["table"]["average"]) == [4, 1, 2, 2]
    assert record["value"] == 0.25


def test_orders_in_all_and_per_member(books: Books) -> None:
    record = asked(books.save(), "measure=orders")
    assert (record["unit"], record["value"]) == ("count", 1)
    assert held(record["table"]["rows"][0], "value") == [4, 1, 2, 0]
    assert held(record["table"]["average"], "value") == [5, 1, 2, 0]
    per_member = asked(books, "measure=orders_per_member")
    assert per_member["unit"] == "number"
    assert held(per_member["table"]["rows"][0], "value") == pytest.approx([4 / 3, 1 / 3, 2 / 3, 0])
    assert held(per_member["table"]["average"], "value") == pytest.approx([5 / 4, 1 / 4, 2 / 3, 0])


def test_revenue_is_net_with_refunds_in_the_month_of_the_order(books: Books) -> None:
    record = asked(books.save(), "measure=revenue")
    assert (record["unit"], record["currency"], record["value"]) == ("money", "EUR", "7.00")
    january, march = record["table"]["rows"]
    assert held(january, "value") == ["56.00", "7.00", "17.00", "0.00"]  # 10 + 5 + (20 - 3 - 2 - 4) + 30
    assert held(march, "value") == ["50.00", "0.00", None, None]
    assert held(january) == [3, 1, 2, 0]
    per_member = asked(books, "measure=revenue_per_member")["table"]
    assert held(per_member["rows"][0], "value") == ["18.67", "2.33", "5.67", "0.00"]
    assert held(per_member["average"], "value") == ["26.50", "1.75", "5.67", "0.00"]
    summed = asked(books, "measure=revenue_per_member", "cumulative=true")["table"]
    assert held(summed["rows"][0], "value") == ["18.67", "21.00", "26.67", "26.67"]


def test_each_currency_has_its_own_table_of_revenue(books: Books) -> None:
    books.order("2024-01-31", 6, "100.00", currency="CHF")
    books.order("2024-02-01", 6, "1.00", currency="EUR")
    books.save()
    euro, francs = (one.to_json("en") for one in books.ask("cohorts", set=["cohorts.measure=revenue"]).figures)
    assert (euro["currency"], francs["currency"]) == ("EUR", "CHF")
    assert held(euro["table"]["rows"][0], "value")[:2] == ["56.00", "7.00"]
    assert held(francs["table"]["rows"][0], "value") == ["100.00", "0.00", "0.00", "0.00"]
    assert len(books.ask("cohorts").figures) == 1


def test_orders_without_a_currency_have_a_table_too(books: Books) -> None:
    books.order("2024-01-31", 6, "100.00", currency=None)
    books.save()
    unknown = books.ask("cohorts", set=["cohorts.measure=revenue"]).figures[-1].to_json("en")
    assert unknown["currency"] is None
    assert held(unknown["table"]["rows"][0], "value")[0] == "100.00"


def test_rolling_blocks_begin_with_each_customer(books: Books) -> None:
    """Person 1: 36 days after the first order is block 1, 55 days too. Person 2: 55 days. No calendar month shows."""
    record = asked(books.save(), "rolling=true")
    january, march = record["table"]["rows"]
    assert record["table"]["grain"] == "block"
    assert held(january) == [3, 2, 0, 0]  # the 128 days of the youngest: four blocks
    assert held(march) == [1, 0, None, None]


def test_a_block_is_blank_until_it_is_over_for_the_youngest(books: Books) -> None:
    books.order("2024-01-31", 9)
    found = asked(books.save(), "rolling=true", end="2024-03-29")["table"]
    january, march = found["rows"]
    assert held(january) == [4, None]  # 59 days for the youngest, 79 for the others
    assert held(march) == [None, None]  # the month still grows


def test_first_paid_dates_orders_by_their_payment(books: Books) -> None:
    books.order("2024-01-30", 7, paid="2024-02-02")
    books.order("2024-01-05", 8, status="on_hold")
    books.order("2024-02-05", 8, paid="2024-02-06")
    books.save()
    record = asked(books, "base=first_paid")
    assert [(row["cohort"], held(row)) for row in record["table"]["rows"]] == [("2024-02", [2, 0, 0])]
    assert record["excluded"] == {"unpaid": 9}


def conversation(books: Books, person: int | None, when: str, **more: Any) -> None:
    values = {"channel": "chat", "status": "solved", "state": "solved", "countable": True} | more
    number = str(len(books.rows.get(Conversation, ())) + 1)
    books._row(Conversation, source_id=1, conversation_id=number, person_id=person, created_at=at(when), **values)


def test_first_contact_begins_a_cohort(both: Books) -> None:
    """Who wrote first in January: person 1 ordered in that month, person 2 two months later, person 4 never."""
    books = both
    books.order("2024-01-10", 1)
    books.order("2024-03-06", 2)
    books.order("2024-03-06", 3)
    conversation(books, 1, "2024-01-02")
    conversation(books, 1, "2024-02-02")
    conversation(books, 2, "2024-01-15")
    conversation(books, 4, "2024-01-16")
    conversation(books, 3, "2024-01-17", countable=False)
    conversation(books, None, "2024-01-18")
    books.synced("2024-05-20")
    books.save()
    (row,) = asked(books, "base=first_contact")["table"]["rows"]
    assert (row["cohort"], row["size"], held(row)) == ("2024-01", 3, [1, 0, 1, 0])
    (row,) = asked(books, "base=first_contact", "cumulative=true")["table"]["rows"]
    assert held(row) == [1, 1, 2, 2]
    (row,) = asked(books, "base=first_contact", filters={"country": ["DE"]})["table"]["rows"]
    assert row["size"] == 2
    nobody = asked(books, "base=first_contact", period="2023")
    assert (nobody["value"], nobody["reason"]) == (None, "nobody wrote for the first time in the period")


def test_by_country_counts_in_each_column_those_who_have_got_so_far(books: Books) -> None:
    books.order("2024-02-01", 10, country="AT")
    books.order("2024-03-02", 10, country="DE")
    record = asked(books.save(), "by=country")
    germany, austria = record["table"]["rows"]
    assert (germany["cohort"], germany["size"]) == ("DE", 4)
    assert held(germany) == [4, 1, 2, 0]
    assert held(germany, "of") == [4, 4, 3, 3]
    assert (austria["cohort"], held(austria)) == ("AT", [1, 1, 0, None])
    assert held(record["table"]["average"], "of") == [5, 5, 4, 3]
    assert record["value"] == 2 / 5
    summed = asked(books, "by=country", "measure=orders", "cumulative=true")["table"]
    assert held(summed["rows"][0], "value") == [5, 6, 7, 7]  # person 5 leaves with the column that is not over


def test_by_channel_coupon_and_product(books: Books) -> None:
    books.rows.clear()
    said = {"coupons": None, "attribution_source": None, "created_via": None}
    first = said | {"coupons": '["SPRING", "ten"]', "attribution_source": "google", "created_via": "checkout"}
    books.order("2024-01-10", 1, quantity="2", **first)
    books.order("2024-02-10", 1, **(said | {"coupons": '["other"]', "attribution_source": "bing"}))
    books.order("2024-01-11", 2, **(said | {"created_via": "admin"}))
    books.rows[OrderLine][0] |= {"product_id": "7", "name": "Tea"}
    books.save()

    def sizes(*options: str) -> dict[str | None, int]:
        return {row["cohort"]: row["size"] for row in asked(books, *options)["table"]["rows"]}

    assert sizes("by=channel") == {"google": 1, "admin": 1}
    assert sizes("by=coupon") == {"spring": 1, "ten": 1, None: 1}
    assert sizes("by=product") == {"Tea": 1, None: 1}
    record = asked(books, "by=coupon")
    assert record["table"]["average"]["size"] == 2
    assert record["value"] == 0.5


def test_who_is_in_a_cohort(books: Books) -> None:
    books.save()
    options = KpiOptions().with_override("cohorts.by=country")
    found = rows_behind(books.store, "cohorts", clock=books.clock, zone=BERLIN, options=options)
    assert found["state"].to_list() == ["DE"] * 4
    found = rows_behind(books.store, "cohorts", clock=books.clock, zone=BERLIN)
    assert dict(found.select("person_id", "state").iter_rows())[5] == "2024-03"
