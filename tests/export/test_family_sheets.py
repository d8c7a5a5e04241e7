"""The workbook's sheets of figures across shop and service, the work list, and the journey with its chart."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from connector.export.exporting import export_workbook
from connector.export.material import Request
from connector.model import CustomerAccount
from connector.simulation.clock import FakeClock
from connector.store import open_store
from tests.export.shops import put
from tests.kpi.books import BERLIN, Books
from tests.kpi.talks import Talks


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Talks]:
    """Ten buyers in 2025, of whom five wrote; one of them bought again in December and waits for an answer."""
    with open_store(f"sqlite:///{tmp_path / 'desk.db'}", clock=FakeClock()) as store:
        talks = Talks(store)
        for person in range(1, 11):
            talks.order(f"2025-03-{person:02d} 10:00", person, "50.00")
            if person % 2:
                begun = f"2025-03-{person + 2:02d} 10:00"
                talks.talk(begun, (begun, "customer"), (begun, "solved"), person=person)
        talks.order("2025-05-01", 2)
        talks.order("2025-12-01", 3, "80.00")
        talks.talk("2025-12-29 12:00", ("2025-12-29 12:00", "customer"), person=3, conversation_id="late")
        yield talks.save()


def workbook(books: Books, path: Path, **more: Any) -> Any:
    request = Request(zone=BERLIN, tables=["kpis"], **more)
    export_workbook(books.store, path / "report.xlsx", request, clock=books.clock)
    return openpyxl.load_workbook(path / "report.xlsx")


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_sheets_stand_in_the_order_an_owner_reads(talks: Talks, tmp_path: Path) -> None:
    book = workbook(talks, tmp_path)
    assert book.sheetnames == [
        *("Key figures", "Retention", "Service", "Service by week", "Shop and service", "At risk", "Journey"),
        "About this file",
    ]


def test_each_figure_has_its_bands_below_it_with_interval_and_sample(talks: Talks, tmp_path: Path) -> None:
    told = rows(workbook(talks, tmp_path, language="de")["Shop und Kundendienst"])
    place = next(number for number, row in enumerate(told) if row[0] == "Wiederkauf nach Kontakt")
    whole, with_contact, without = told[place : place + 3]
    assert whole[1] == pytest.approx(0.1)
    assert whole[3] < 0.1 < whole[4]
    assert whole[5] == 10
    assert any("Zugeordnet: Von 6 Gesprächen" in str(row[0]) for row in told[:place])  # true of all, said once
    assert "Es geht miteinander einher" in whole[6]
    assert (with_contact[0], with_contact[1]) == ("Mit Kontakt", 0)
    assert (without[0], without[1]) == ("Ohne Kontakt", pytest.approx(0.2))
    assert "Zugeordnet" not in (without[6] or "")


def test_the_work_list_is_a_sheet_with_links(talks: Talks, tmp_path: Path) -> None:
    with talks.store.write() as connection:  # as a desk says it that names only the account
        late = "UPDATE conversations SET account_id = 'a3', email = NULL WHERE conversation_id = 'late'"
        source_id = connection.execute(text(f"{late} RETURNING source_id")).scalar_one()
    account = {"source_id": source_id, "account_id": "a3", "email": "person3@example.test", "name": "Ada"}
    put(talks.store, CustomerAccount, [account])
    sheet = workbook(talks, tmp_path)["At risk"]
    told = rows(sheet)
    (row,) = (dict(zip(told[0], row, strict=True)) for row in told[1:])
    assert row["Link"] == "https://desk.example/late"
    assert [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink] == ["https://desk.example/late"]
    assert (row["Net revenue in 365 days"], row["E-mail"], row["Name"]) == (130, "person3@example.test", "Ada")


def test_the_revenue_at_risk_leads_to_its_list(talks: Talks, tmp_path: Path) -> None:
    sheet = workbook(talks, tmp_path)["Shop and service"]
    (row,) = (row for row in sheet.iter_rows() if row[0].value == "Revenue at risk")
    assert row[0].hyperlink.location == "'At risk'!A1"
    assert "They are listed on the sheet At risk." in row[6].value


def test_the_journey_is_a_table_and_a_native_chart(talks: Talks, tmp_path: Path) -> None:
    told = rows(workbook(talks, tmp_path)["Journey"])
    phases = {row[0]: row[1] for row in told[-4:]}
    assert phases == {"Awareness": 0, "Consideration": 0, "Purchase": 10, "After the purchase": 6}
    with zipfile.ZipFile(tmp_path / "report.xlsx") as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    assert any("Journey" in chart and "barChart" in chart for chart in charts)


def test_filters_that_do_not_fit_leave_the_work_list_out(talks: Talks, tmp_path: Path) -> None:
    book = workbook(talks, tmp_path, filters={"country": ["DE"]})
    assert not {"At risk", "Service", "Service by week"} & set(book.sheetnames)
    assert any(row[0] == "Contact rate" for row in rows(book["Shop and service"]))


def test_a_shop_alone_gets_no_sheets_about_conversations(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'shop.db'}", clock=FakeClock()) as store:
        books = Books(store)
        books.order("2025-03-01", 1)
        book = workbook(books.save(), tmp_path)
    assert book.sheetnames == ["Key figures", "Retention", "About this file"]
