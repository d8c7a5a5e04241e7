"""The rows behind a figure as a file of any kind."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from connector.errors import UsageError
from connector.export.rows import write_rows
from connector.instants import to_datetime
from connector.kpi.rows import rows_behind
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.export.shops import BERLIN, at, tea_shop

FRAME = pl.DataFrame(
    {
        "order_id": ["7", "=8"],
        "dated_at": [to_datetime(at("2026-07-01T00:30:00")), None],
        "net": [Decimal("12.100000"), Decimal("-0.000001")],
        "quantity": [Decimal("2.500000"), None],
        "orders": [3, None],
        "p_alive": [0.25, None],
        "currency": ["CHF", "EUR"],
    },
    schema_overrides={"net": pl.Decimal(38, 6), "quantity": pl.Decimal(38, 6), "dated_at": pl.Datetime("us", "UTC")},
)


def test_csv_is_plain(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.csv", FRAME, zone=BERLIN, language="de")
    assert (tmp_path / "rows.csv").read_bytes() == (
        b"order_id,dated_at,net,quantity,orders,p_alive,currency\n"
        b"7,2026-06-30T22:30:00Z,12.10,2.5,3,0.25,CHF\n"
        b"'=8,,-0.000001,,,,EUR\n"
    )


def test_workbook(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.XLSX", FRAME, zone=BERLIN, language="de")
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "rows.XLSX").read_bytes()))
    sheet = book["Zeilen"]
    heading, first, second = list(sheet.iter_rows())
    assert [cell.value for cell in heading[:5]] == ["Bestell-ID", "Gezählt am", "Netto", "Menge", "Bestellungen"]
    assert [cell.value for cell in heading[5:]] == ["Wahrscheinlichkeit, noch zu kaufen", "Währung"]
    assert first[1].value == datetime.fromisoformat("2026-07-01T00:30")
    assert (first[2].value, first[2].number_format) == (12.1, "#,##0.00\\ [$CHF]")
    assert (first[3].value, first[4].value, first[5].value) == (2.5, 3, 0.25)
    assert second[0].value == "'=8"


def test_parquet_is_the_frame(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.parquet", FRAME, zone=BERLIN, language="de")
    assert pl.read_parquet(tmp_path / "rows.parquet").equals(FRAME)


def test_another_ending_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        write_rows(tmp_path / "rows.ods", FRAME, zone=BERLIN, language="de")
    assert error.value.advice is not None
    assert ".csv, .xlsx, .parquet" in error.value.advice.render("en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["net_revenue", "crr", "time_between_orders"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_rows_of_real_figures(store: Store, tmp_path: Path, clock: FakeClock, name: str, ending: str) -> None:
    clock.set(tea_shop(store, 120))
    frame = rows_behind(store, name, clock=clock, zone=BERLIN)
    target = tmp_path / f"rows.{ending}"
    write_rows(target, frame, zone=BERLIN, language="en")
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(target)["Rows"]
        assert sheet.max_row - 1 == frame.height
        assert all(cell.value and "_" not in cell.value for cell in sheet[1]), [cell.value for cell in sheet[1]]
    elif ending == "csv":
        assert len(target.read_text(encoding="utf-8").splitlines()) - 1 == frame.height
    else:
        assert pl.read_parquet(target).height == frame.height
