"""What a test of an implementation must show (definitions, section 8): the points about the shop, by their numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from connector.emails import email_key
from connector.export.exporting import export_csv, export_workbook
from connector.export.figures import to_csv, to_json, to_table
from connector.export.material import Request
from connector.identity import IdentityRules, resolve
from connector.kpi.period import asked
from connector.kpi.statistics import wilson
from connector.model import CustomerAccount
from tests.kpi.books import BERLIN, Books, days_after


def test_1_strict_and_textbook_retention_differ_by_the_reactivated(books: Books) -> None:
    """Strict retention never exceeds 100 %, whoever comes back."""
    for person in range(1, 5):  # active at the start; 1 and 2 stay
        books.order("2023-06-01", person)
    for person in (1, 2):
        books.order("2024-06-01", person)
    for person in range(5, 10):  # long gone at the start, and back
        books.order("2022-01-01", person)
        books.order("2024-07-01", person)
    books.order("2024-08-01", 10)  # new
    books.save()
    strict, textbook = books.figure("crr", period="2024"), books.figure("crr_textbook", period="2024")
    assert strict.parts == {"start": 4, "end": 8, "new": 1, "reactivated": 5, "retained": 2, "lost": 2}
    assert (strict.value, textbook.value) == (0.5, 1.75)
    assert textbook.value - strict.value == strict.parts["reactivated"] / strict.parts["start"]  # type: ignore[operator]


def test_2_a_month_in_which_a_cohort_buys_nothing_is_a_zero_in_its_column(books: Books) -> None:
    for person in (1, 2):
        books.order("2024-01-10", person)
    books.order("2024-03-10", 1)  # and nobody in February
    books.save()
    table = books.figure("cohorts", period="2024").table
    assert table is not None
    cells = [cell.active if cell else None for cell in table.rows[0].cells]
    assert cells[:4] == [2, 0, 1, 0]


def test_3_a_second_order_within_90_days_asked_90_days_too_early(new_books: Callable[..., Books]) -> None:
    """200 customers, one a day; four of ten order again after 80 days. Asked early, the young half looks lost."""
    early, later = "2024-07-20", "2024-12-31"

    def shop(synced: str) -> Books:
        books = new_books()
        for person in range(200):
            first = days_after("2024-01-01", person)
            if first < synced:
                books.order(first, person + 1)
            if person % 5 < 2 and days_after(first, 80) < synced:
                books.order(days_after(first, 80), person + 1)
        books.synced(synced)
        return books.save()

    truth = shop(later).value("repeat_within_90")
    assert truth == 0.4
    asked_early = shop(early)
    for id in ("repeat_within_90", "repeat_within_90_km"):
        interval = asked_early.figure(id).interval
        assert interval is not None
        assert float(interval.low) <= truth <= float(interval.high), id
    naive = asked_early.figure("repeat_rate")
    assert isinstance(naive.numerator, int)
    assert isinstance(naive.denominator, int)
    bounds = wilson(naive.numerator, naive.denominator)
    assert bounds is not None
    assert not bounds[0] <= truth <= bounds[1]


def test_4_a_guest_and_an_account_with_differently_written_addresses_are_one_person(books: Books) -> None:
    for written, account in ((" Ann@Shop.Example ", None), ("ann@shop.example", "7"), ("ANN@SHOP.EXAMPLE", None)):
        books.order("2024-03-01", None, email=written, email_key=email_key(written), account_id=account)
    books._row(
        CustomerAccount,
        source_id=1,
        account_id="7",
        email="Ann@shop.example",
        email_key=email_key("Ann@shop.example"),
    )
    books.save()
    resolve(books.store, rules=IdentityRules(), clock=books.clock, everything=True)
    assert books.value("customers") == 1
    assert books.figure("customers").excluded == {}


def test_4_an_order_at_local_midnight_falls_in_the_local_month(books: Books) -> None:
    books.order("2024-04-01 00:00", 1)
    books.order("2024-04-01 00:30", 2)  # still March in UTC
    books.order("2024-03-31 23:59", 3)
    books.save()
    assert [books.value("orders", period=month) for month in ("2024-03", "2024-04")] == [1, 2]


def test_4_two_currencies_are_never_added(books: Books) -> None:
    books.order("2024-03-01", 1, "10.00")
    books.order("2024-03-01", 2, "20.00", currency="CHF")
    books.save()
    rows = books.ask("total_sales", period="2024-03").figures
    assert {row.currency: row.to_json("en")["value"] for row in rows} == {"EUR": "10.00", "CHF": "20.00"}


def test_4_refunds_by_their_own_day_and_by_that_of_the_sale_agree_in_total(books: Books) -> None:
    march = books.order("2024-03-30", 1, "50.00")
    books.order("2024-04-10", 2, "20.00")
    books.refund(march, "2024-04-02", "30.00")
    books.save()
    by_sale = {"set": ["refunds.date=order"]}
    months = ("2024-03", "2024-04")
    assert [books.value("net_revenue", period=month) for month in months] == [50, -10]
    assert [books.value("net_revenue", period=month, **by_sale) for month in months] == [20, 20]
    assert books.value("net_revenue") == books.value("net_revenue", **by_sale) == 40


def test_7_wilson_at_none_and_at_all(books: Books) -> None:
    for person in range(1, 6):
        books.order("2024-03-01", person)
    books.save()
    none = books.figure("refund_rate_orders", period="2024-03").interval
    everyone = books.figure("new_order_share", period="2024-03").interval
    assert none is not None
    assert everyone is not None
    assert (none.low, everyone.high) == (0, 1)
    assert 0 < none.high < 1
    assert 0 < everyone.low < 1


@pytest.fixture
def hostile(books: Books) -> Books:
    """Amounts that have to be rounded, and texts that a spreadsheet would run."""
    for number, start in enumerate("=+-@", 1):
        books.order(
            f"2024-03-0{number}",
            number,
            f"10.0{number}5",
            payment_method=f"{start}cmd|' /C calc'!A0",
            name=f"{start}1",
        )
    for number in (5, 6):
        books.order(f"2024-03-0{number}", number, "10.005", name="Ann")
    return books.save()


def test_9_csv_workbook_json_and_screen_show_the_same_digits(hostile: Books, tmp_path: Path) -> None:
    answer = hostile.ask(period="2024-03")
    document = {record["id"]: record for record in json.loads(to_json(answer))["results"]}
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(to_csv(answer), newline=""))}
    screen = io.StringIO()
    Console(file=screen, width=140).print(to_table(answer))
    when = asked("2024-03", None, None, BERLIN, hostile.clock.now())
    file = tmp_path / "report.xlsx"
    export_workbook(hostile.store, file, Request(zone=BERLIN, asked=when), clock=hostile.clock)
    sheet = openpyxl.load_workbook(file)["Key figures"]
    cells = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
    for id, label in (("net_revenue", "Net revenue"), ("aov", "Average order value")):
        digits = document[id]["value"]
        assert rows[id]["value"] == digits
        assert digits in screen.getvalue()
        assert f"{cells[label]:.2f}" == digits
    assert (document["net_revenue"]["value"], document["aov"]["value"]) == ("60.13", "10.02")


def test_9_text_cells_that_start_like_formulas_are_neutralised(hostile: Books, tmp_path: Path) -> None:
    grouped = hostile.ask("orders", by="payment_method")
    assert any(
        record["group"] and record["group"]["payment_method"][0] == "=" for record in grouped.to_json()["results"]
    )
    for line in csv.reader(io.StringIO(to_csv(grouped), newline="")):
        assert not any(cell.startswith(("=", "+", "@")) for cell in line)
    request = Request(zone=BERLIN, tables=["orders"])
    export_csv(hostile.store, tmp_path / "out", request, clock=hostile.clock)
    written = (tmp_path / "out" / "orders.csv").read_text(encoding="utf-8")
    names = [row["name"] for row in csv.DictReader(io.StringIO(written, newline=""))]
    assert sorted(names) == ["'+1", "'-1", "'=1", "'@1", "Ann", "Ann"]
    file = tmp_path / "orders.xlsx"
    export_workbook(hostile.store, file, request, clock=hostile.clock)
    book = openpyxl.load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@")) for cell in cells)
