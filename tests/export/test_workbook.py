"""The workbook, read back: order of sheets, real dates and numbers, formats, labels in both languages, safe texts."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from connector.errors import UsageError
from connector.export.exporting import export_workbook
from connector.export.material import Exported, Material, Request, quiet
from connector.export.workbook import row_sheets, write_workbook
from connector.kpi.period import asked
from connector.model import Order, OrderLine
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.export.oddities import small_shop
from tests.export.shops import BERLIN, at, order, put, sources, tea_shop

ENGLISH = [
    "Key figures",
    *("Retention", "Service", "Service by week", "Shop and service", "At risk", "Journey"),
    "Cohorts",
    "Orders",
    "Order taxes",
    "Order lines",
    "Refunds",
    "Persons",
    "Conversations",
]
GERMAN = [
    "Kennzahlen",
    *("Kundenbindung", "Kundendienst", "Kundendienst nach Wochen"),
    *("Shop und Kundendienst", "Gefährdet", "Kundenreise"),
    "Kohorten",
    "Bestellungen",
    "Steuern",
    "Positionen",
    "Erstattungen",
    "Personen",
    "Gespräche",
]


def export(store: Store, target: Path, clock: FakeClock, now: int, **request: Any) -> Exported:
    clock.set(now)
    return export_workbook(store, target, Request(zone=BERLIN, **request), clock=clock)


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """A row sheet's cells by heading."""
    heading, *rows = list(sheet.iter_rows())
    names = [cell.value for cell in heading]
    return [dict(zip(names, row, strict=True)) for row in rows]


def texts_of(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def beside(sheet: Worksheet, label: str, column: int = 1) -> Any:
    """The cell so many columns right of the one that says `label`."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == label:
                return row[cell.column - 1 + column]
    raise AssertionError(f"{label} not found")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "report.xlsx"


def test_sheets_stand_in_the_order_an_owner_reads(store: Store, target: Path, clock: FakeClock) -> None:
    now = small_shop(store)
    done = export(store, target, clock, now)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == [*ENGLISH, "Messages", "Products", "About this file"]
    assert done.files == (target,)
    assert done.rows["orders"] == 7
    export(store, target, clock, now, language="de")
    assert openpyxl.load_workbook(target).sheetnames == [*GERMAN, "Nachrichten", "Produkte", "Über diese Datei"]


def test_an_empty_store_gives_a_workbook_all_the_same(store: Store, target: Path, clock: FakeClock) -> None:
    export(store, target, clock, at("2026-11-21T12:00:00"))
    book = openpyxl.load_workbook(target)
    assert "Conversations" not in book.sheetnames
    assert "n/a" in texts_of(book["Key figures"])
    assert any("Nothing has been synced yet" in text for text in texts_of(book["About this file"]))


def test_order_cells_are_real_dates_numbers_and_truth_values(store: Store, target: Path, clock: FakeClock) -> None:
    export(store, target, clock, small_shop(store), language="de")
    sheet = openpyxl.load_workbook(target)["Bestellungen"]
    rows = table(sheet)
    first, yen = rows[0], rows[2]
    assert first["Erstellt"].value == datetime.fromisoformat("2026-01-31T23:30")  # local time
    assert first["Erstellt"].number_format == "dd.mm.yyyy hh:mm"
    assert first["Tag"].value == datetime.fromisoformat("2026-01-31")
    assert first["Gezählt"].value is True
    assert rows[4]["Gezählt"].value is False
    assert first["Gesamtbetrag"].value == 119.0
    assert first["Gesamtbetrag"].number_format == "#,##0.00\\ [$€-407]"
    assert yen["Gesamtbetrag"].number_format == "#,##0\\ [$JPY]"
    assert first["Erstattet, netto"].value == 17.983193
    assert (first["Artikel"].value, first["Artikel"].number_format) == (2.5, "General")
    assert first["Bestellnummer"].value == "9"  # an id is text, whatever it looks like
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:AH8"


def test_english_formats_and_labels(store: Store, target: Path, clock: FakeClock) -> None:
    export(store, target, clock, small_shop(store))
    first = table(openpyxl.load_workbook(target)["Orders"])[0]
    assert first["Created"].number_format == "yyyy-mm-dd hh:mm"
    assert first["Total"].number_format == "[$€-2]#,##0.00"


def test_hostile_texts_are_text(store: Store, target: Path, clock: FakeClock) -> None:
    names = [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "a\x00b\x0bc",
        "<r><t>x</t></r>",
        "_x0041_",
        "🌿" * 20,
        "x" * 40_000,
    ]
    now = at("2026-11-21T12:00:00")
    sources(store, now)
    put(store, Order, [order(f"{n:02}", now - 1000 + n, name=name.replace("\x00", "")) for n, name in enumerate(names)])
    put(store, OrderLine, [
        {"source_id": 1, "order_id": "00", "line_id": "1", "kind": "product", "name": "http://evil.example.test/=1",
         "quantity_micros": 0, "total_micros": 0, "tax_micros": 0},
    ])  # fmt: skip
    export(store, target, clock, now)
    book = openpyxl.load_workbook(target)
    cells = [row["Name"] for row in table(book["Orders"])]
    assert [cell.value for cell in cells[:6]] == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'\n=1"]
    assert cells[6].value == "ab\ufffdc"
    assert cells[7].value == "'<r><t>x</t></r>"
    assert cells[8].value in {"_x0041_", "_x005F_x0041_"}  # escaped in the file; openpyxl shows the escape
    assert cells[9].value == "🌿" * 20
    assert len(cells[10].value) == 32_767
    assert {cell.data_type for row in book["Orders"].iter_rows() for cell in row} <= {"s", "inlineStr", "n", "d", "b"}
    with zipfile.ZipFile(target) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)
        leading_out = [name for name in archive.namelist() if b"relationships/hyperlink" in archive.read(name)]
    assert b"<f>" not in content
    assert leading_out == []
    said = texts_of(book["About this file"])
    assert any("and cut: 1. Orders: Name, 12" in text for text in said)


def test_addresses_can_be_clicked_where_they_open_in_a_browser(
    store: Store, target: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = at("2026-11-21T12:00:00")
    sources(store, now)
    address = "https://shop.example.test/wp-admin/post.php?post=1&action=edit#items"
    urls = [address, "javascript:alert(1)", "file:///etc/passwd", "internal:Orders!A1", f"https://x.test/{'x' * 2500}"]
    put(store, Order, [order(str(n), now - 100 + n, url=url) for n, url in enumerate(urls)])
    export(store, target, clock, now, tables=["orders"])
    cells = [row["Link"] for row in table(openpyxl.load_workbook(target)["Orders"])]
    assert [cell.value for cell in cells] == urls
    assert cells[0].hyperlink.target == address.partition("#")[0]
    assert cells[0].hyperlink.location == "items"
    assert [cell.hyperlink for cell in cells[1:]] == [None] * 4
    monkeypatch.setattr(row_sheets, "MOST_LINKS", 4)
    export(store, target, clock, now, tables=["orders"])
    cells = [row["Link"] for row in table(openpyxl.load_workbook(target)["Orders"])]
    assert [cell.value for cell in cells] == urls
    assert not any(cell.hyperlink for cell in cells)  # too many rows: no link in any of them


def test_the_figures_sheet(store: Store, target: Path, clock: FakeClock) -> None:
    now = tea_shop(store, 400)
    export(store, target, clock, now, language="de", asked=asked("2026", None, None, BERLIN, now))
    sheet = openpyxl.load_workbook(target)["Kennzahlen"]
    assert sheet["A1"].value == "Kennzahlen"
    assert sheet["A2"].value == "01.01.2026 – 31.12.2026 · Zeitzone Europe/Berlin"
    assert isinstance(beside(sheet, "Bestellungen").value, int)
    revenue = beside(sheet, "Nettoumsatz")
    assert revenue.number_format == "#,##0.00\\ [$€-407]"
    assert round(revenue.value, 2) == revenue.value
    rate = beside(sheet, "Wiederkaufrate")
    assert rate.number_format == "0.0%"
    assert 0 <= rate.value <= 1
    low, high = beside(sheet, "Wiederkaufrate", 3), beside(sheet, "Wiederkaufrate", 4)
    assert low.value < rate.value < high.value
    assert "Der Zeitraum ist noch nicht zu Ende" in texts_of(sheet)
    assert sheet.freeze_panes is not None


def test_the_months_of_net_revenue_add_up_to_the_figure(store: Store, target: Path, clock: FakeClock) -> None:
    now = tea_shop(store, 400)
    whole_year = asked("2025", None, None, BERLIN, now)
    export(store, target, clock, now, asked=whole_year, filters={"currency": ["EUR"]})
    sheet = openpyxl.load_workbook(target)["Key figures"]
    cells = [row for row in sheet.iter_rows() if isinstance(row[0].value, datetime)]
    assert [row[0].value.month for row in cells] == list(range(1, 13))
    total = beside(sheet, "Net revenue").value
    assert sum(row[1].value for row in cells) == pytest.approx(total, abs=0.06)  # twelve roundings to the cent
    with zipfile.ZipFile(target) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert any("'Key figures'!$B$" in chart for chart in charts)
    assert any("Cohorts!$" in chart for chart in charts)


def test_the_cohort_sheet(store: Store, target: Path, clock: FakeClock) -> None:
    now = tea_shop(store, 600)
    export(store, target, clock, now, language="de")
    sheet = openpyxl.load_workbook(target)["Kohorten"]
    assert [cell.value for cell in sheet[4]][:5] == ["Kohorte", "Kunden", 0, 1, 2]
    body = [row for row in sheet.iter_rows(min_row=5) if row[1].value is not None]
    *cohorts, average = body
    assert average[0].value == "Durchschnitt"
    assert average[1].value == sum(row[1].value for row in cohorts)
    big = next(row for row in cohorts if row[1].value >= 5 and isinstance(row[3].value, float))
    assert big[2].value == 1
    assert big[3].number_format == "0.0%"
    assert cohorts[-1][3].value is None  # not over yet
    small = [row for row in cohorts if row[1].value < 5 and row[2].value is not None]
    assert all(" von " in row[2].value for row in small)
    assert sheet.conditional_formatting


def test_the_sheet_about_the_file(store: Store, target: Path, clock: FakeClock) -> None:
    now = small_shop(store)
    export(store, target, clock, now, language="de", filters={"country": ["de"]})
    book = openpyxl.load_workbook(target)
    about = book["Über diese Datei"]
    assert beside(about, "Land").value == "DE"
    assert beside(about, "Bestellungen").value == "5 Zeilen"
    assert beside(about, "Bestellungen", 0).hyperlink.location == "'Bestellungen'!A1"
    assert beside(about, "Gespräche").value.startswith("Fehlt: Der verlangte Filter")
    assert beside(about, "main-shop (woocommerce): orders").value == "Vollständig bis 21.11.2026 12:00."
    assert "Schlägt seit 21.11.2026 12:00 fehl." in beside(about, "helpdesk (zendesk): tickets").value
    assert beside(about, "Programm").value.startswith("shop-connector ")
    assert any("netto" in text.lower() or "Rabatte" in text for text in texts_of(about))
    assert "Gespräche" not in book.sheetnames


def test_options_that_differ_from_the_usual_are_said(store: Store, target: Path, clock: FakeClock) -> None:
    request = Request(zone=BERLIN)
    options = request.options.with_override("orders.date=paid")
    export(store, target, clock, small_shop(store), options=options)
    said = texts_of(openpyxl.load_workbook(target)["About this file"])
    assert any("Set otherwise than usual: orders.date: paid" in text for text in said)


def test_a_table_longer_than_a_sheet_goes_on_in_another(store: Store, target: Path, clock: FakeClock) -> None:
    clock.set(small_shop(store))
    with store.read() as connection:
        material = Material(connection, Request(zone=BERLIN, tables=["orders", "products"]), clock)
        rows = write_workbook(target, material, quiet, longest=3)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Orders", "Orders (2)", "Orders (3)", "Products", "About this file"]
    assert rows == {"orders": 7, "products": 1}
    numbers = [row["Order number"].value for name in book.sheetnames[:3] for row in table(book[name])]
    assert numbers == ["9", "10", "11", "12", "13", "14", "15"]


def test_only_the_tables_asked_for(store: Store, target: Path, clock: FakeClock) -> None:
    export(store, target, clock, small_shop(store), tables=["messages", "orders"])
    assert openpyxl.load_workbook(target).sheetnames == ["Orders", "Messages", "About this file"]


@pytest.mark.parametrize(
    ("request_", "key"),
    [
        ({"tables": ["ordres"]}, "table_unknown"),
        ({"tables": ["conversations"], "filters": {"country": ["DE"]}}, "table_unfit"),
        ({"tables": ["cohorts"], "filters": {"customer_type": ["new"]}}, "table_unfit"),
        ({"filters": {"source": ["nowhere"]}}, "source_unknown"),
        ({"filters": {"colour": ["red"]}}, "unknown_dimension"),
    ],
)
def test_what_cannot_be_exported_is_said(
    store: Store, target: Path, clock: FakeClock, request_: dict[str, Any], key: str
) -> None:
    with pytest.raises(UsageError) as error:
        export(store, target, clock, small_shop(store), **request_)
    assert error.value.message.key == key
    assert error.value.advice is not None
    assert not target.exists()


def test_an_unknown_table_is_guessed(store: Store, target: Path, clock: FakeClock) -> None:
    with pytest.raises(UsageError) as error:
        export(store, target, clock, small_shop(store), tables=["ordres"])
    assert error.value.advice is not None
    assert error.value.advice.render("en") == "Did you mean orders?"


def test_progress_is_told(store: Store, target: Path, clock: FakeClock) -> None:
    clock.set(small_shop(store))
    told: list[tuple[str, int]] = []
    export_workbook(
        store, target, Request(zone=BERLIN), clock=clock, progress=lambda name, rows: told.append((name, rows))
    )
    assert ("orders", 7) in told
    assert told.index(("orders", 7)) < told.index(("kpis", 0)), "figures take longest and come last"


def test_a_comparison_has_columns_of_its_own(store: Store, target: Path, clock: FakeClock) -> None:
    now = tea_shop(store, 400)
    month = asked("2026-10", None, None, BERLIN, now)
    export(store, target, clock, now, language="de", asked=month, compare="previous", tables=["kpis"])
    sheet = openpyxl.load_workbook(target)["Kennzahlen"]
    assert "verglichen mit 01.09.2026 – 30.09.2026" in sheet["A2"].value
    heading = [cell.value for cell in next(row for row in sheet.iter_rows() if row[0].value == "Kennzahl")]
    assert heading[:5] == ["Kennzahl", "Wert", "Einheit", "Vorher", "Änderung"]
    now_, before, change = (beside(sheet, "Bestellungen", column) for column in (1, 3, 4))
    assert change.value == pytest.approx(now_.value / before.value - 1)
    assert change.number_format == "+0.0%;-0.0%;0.0%"
