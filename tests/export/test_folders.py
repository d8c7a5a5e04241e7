"""Folders of CSV and Parquet files, and that every output shows the same digits."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from connector.errors import UsageError
from connector.export.csv_files import Dialect
from connector.export.exporting import export_csv, export_parquet, export_workbook
from connector.export.figures import to_json
from connector.export.material import TABLE_NAMES, Request
from connector.kpi.evaluate import evaluate
from connector.kpi.period import asked
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.export.oddities import small_shop
from tests.export.shops import BERLIN, tea_shop


def csv_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_every_table_is_a_csv_file(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    clock.set(small_shop(store))
    done = export_csv(store, tmp_path / "out", Request(zone=BERLIN), clock=clock)
    assert {path.name for path in done.files} == {f"{name}.csv" for name in TABLE_NAMES}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in done.files}
    orders = csv_rows(tmp_path / "out" / "orders.csv")
    assert len(orders) == done.rows["orders"] == 7
    assert orders[0]["total"] == "119.00"
    assert orders[0]["refunded_net"] == "17.983193"  # all stored digits
    assert orders[0]["created_at"] == "2026-01-31T22:30:00Z"
    assert orders[3]["name"] == '\'=HYPERLINK("https://evil.example.test")'
    assert csv_rows(tmp_path / "out" / "order_taxes.csv")[0]["rate"] == "19"


def test_the_dialect_follows_the_language_unless_it_is_given(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    clock.set(small_shop(store))
    german = Request(zone=BERLIN, language="de", tables=["orders"])
    export_csv(store, tmp_path, german, clock=clock)
    content = (tmp_path / "orders.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfQuelle;Bestell-ID;")
    assert b";31.01.2026 23:30:00;31.01.2026;" in content
    assert b";119,00;19,00;" in content
    export_csv(store, tmp_path, german, clock=clock, dialect=Dialect.PLAIN)
    assert (tmp_path / "orders.csv").read_bytes().startswith(b"source,order_id,")


def test_parquet_has_proper_types_and_text_as_it_is(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    clock.set(small_shop(store))
    done = export_parquet(store, tmp_path, Request(zone=BERLIN, language="de"), clock=clock)
    assert {path.name for path in done.files} == {f"{name}.parquet" for name in TABLE_NAMES}
    orders = pl.read_parquet(tmp_path / "orders.parquet")
    assert orders.schema["total"] == pl.Decimal(38, 6)
    assert orders.schema["created_at"] == pl.Datetime("us", "UTC")
    assert orders.schema["created_on"] == pl.Date
    assert orders.schema["counted"] == pl.Boolean
    assert orders.schema["customer_order_no"] == pl.Int64
    first = orders.row(0, named=True)
    assert first["total"] == Decimal("119")
    assert first["created_at"] == datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    assert first["created_on"] == date(2026, 1, 31)
    assert orders["name"][3] == '=HYPERLINK("https://evil.example.test")'
    kpis = pl.read_parquet(tmp_path / "kpis.parquet")
    assert kpis.schema["value"] == pl.Float64
    assert kpis.filter(pl.col("id") == "orders")["value"].to_list() == [5]
    assert pl.read_parquet(tmp_path / "cohorts.parquet").columns[:3] == ["cohort", "size", "month_0"]


def test_empty_tables_keep_their_columns_and_types(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    export_parquet(store, tmp_path, Request(zone=BERLIN), clock=clock)
    empty = pl.read_parquet(tmp_path / "orders.parquet")
    assert empty.height == 0
    assert empty.schema["total"] == pl.Decimal(38, 6)


def test_a_table_of_several_chunks_is_one_file_in_order(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    clock.set(tea_shop(store, 6000))
    done = export_parquet(store, tmp_path, Request(zone=BERLIN, tables=["orders"]), clock=clock)
    orders = pl.read_parquet(tmp_path / "orders.parquet")
    assert orders.height == done.rows["orders"] == 6000
    assert orders["created_at"].is_sorted()
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db" and "connector.db" not in path.name] == [
        "orders.parquet"
    ]


def test_a_file_where_the_folder_should_be(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError) as error:
        export_csv(store, tmp_path / "out", Request(zone=BERLIN), clock=clock)
    assert error.value.message.key == "folder_is_file"


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"filters": {"currency": ["EUR"]}},
        {"filters": {"country": ["AT", "CH"]}},
        {"filters": {"customer_type": ["returning"]}},
        {"filters": {"payment_method": ["paypal"], "customer_type": ["new"]}},
    ],
)
def test_a_pivot_over_the_exported_rows_gives_the_figures(
    store: Store, tmp_path: Path, clock: FakeClock, question: dict[str, Any]
) -> None:
    now = tea_shop(store, 500)
    clock.set(now)
    period = asked("2026", None, None, BERLIN, now)
    request = Request(zone=BERLIN, asked=period, tables=["orders", "refunds"], **question)
    export_parquet(store, tmp_path, request, clock=clock)
    orders = pl.read_parquet(tmp_path / "orders.parquet").filter(pl.col("counted"))
    refunds = pl.read_parquet(tmp_path / "refunds.parquet")
    export_parquet(store, tmp_path, Request(zone=BERLIN, tables=["orders"]), clock=clock)
    uncounted = pl.read_parquet(tmp_path / "orders.parquet").filter(~pl.col("counted"))["order_id"].to_list()
    figures = {
        (figure.id, figure.currency): figure.value
        for figure in evaluate(
            store,
            ["orders", "net_revenue", "refunds_value"],
            clock=clock,
            zone=BERLIN,
            asked=period,
            filters=question.get("filters"),
        ).figures
    }
    assert orders.height == figures["orders", None] > 0
    for (name, currency), value in figures.items():
        if name == "net_revenue":
            back = figures["refunds_value", currency]
            goods = orders.filter(pl.col("currency") == currency)["net"].sum()
            assert goods * 1_000_000 == value + back
            paid = refunds.filter(pl.col("currency") == currency, ~pl.col("order_id").is_in(uncounted))["net"].sum()
            assert paid * 1_000_000 == back


def test_every_output_shows_the_same_digits(store: Store, tmp_path: Path, clock: FakeClock) -> None:
    now = tea_shop(store, 300)
    clock.set(now)
    request = Request(zone=BERLIN, tables=["kpis"], asked=asked("2026", None, None, BERLIN, now))
    evaluation = evaluate(store, clock=clock, zone=BERLIN, asked=request.asked)
    by_json = {(row["id"], row["currency"]): row["value"] for row in json.loads(to_json(evaluation))["results"]}
    export_csv(store, tmp_path, request, clock=clock, dialect=Dialect.PLAIN)
    plain = {(row["id"], row["currency"] or None): row["value"] for row in csv_rows(tmp_path / "kpis.csv")}
    export_csv(store, tmp_path, request, clock=clock, dialect=Dialect.EXCEL_DE)
    german = [row["Value"] for row in csv_rows(tmp_path / "kpis.csv", ";")]
    export_parquet(store, tmp_path, request, clock=clock)
    parquet = pl.read_parquet(tmp_path / "kpis.parquet")["value"].to_list()
    export_workbook(store, tmp_path / "report.xlsx", request, clock=clock)
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Key figures"]
    by_label = {row[0].value: row[1].value for row in sheet.iter_rows() if row[1].value is not None}
    assert len(by_json) == len(plain) == len(german) == len(parquet) > 10
    for (key, value), comma, number, figure in zip(by_json.items(), german, parquet, evaluation.figures, strict=True):
        if value is None:
            assert (plain[key], comma, number) == ("", "", None)
            assert by_label[figure.label.render("en")] == "n/a"
            continue
        written = value if isinstance(value, str) else repr(value)
        assert plain[key] == written
        assert comma == written.replace(".", ",")
        assert number == float(value)
        if figure.currency in (None, "CHF"):  # a label stands once for each currency; the last one is CHF's
            cell = by_label[figure.label.render("en")]
            exact = isinstance(value, str | int)
            assert cell == (float(value) if exact else pytest.approx(value, rel=1e-15))  # a sheet holds 16 digits
