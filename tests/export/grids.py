"""One grid in every format, for the tests of what all writers share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from connector.export import csv_files, parquet_files
from connector.export.columns import Column, Grid, Kind, Row
from connector.export.workbook.book import new_workbook
from connector.export.workbook.row_sheets import RowSheets
from connector.export.workbook.styles import Styles

UTC = ZoneInfo("UTC")
COLUMNS = (
    Column("name", Kind.TEXT),
    Column("created_at", Kind.INSTANT),
    Column("total", Kind.MONEY),
    Column("currency", Kind.TEXT),
)


def grid(rows: int) -> Grid:
    """So many different rows, made as they are asked for."""

    def made() -> Iterator[Row]:
        for number in range(rows):
            yield [f"Name {number * 7919 % 100_003}", number * 1_000_000_007, number * 104_729, "EUR"]

    return Grid("t", COLUMNS, made())


def write(form: str, target: Path, *, rows: int = 3) -> None:
    """Write so many rows in the format csv, xlsx or parquet."""
    if form == "csv":
        csv_files.write_file(target, grid(rows), csv_files.Dialect.PLAIN, zone=UTC, language="en")
    elif form == "parquet":
        parquet_files.write_file(target, grid(rows))
    else:
        with new_workbook(target) as workbook:
            sheets = RowSheets(workbook, Styles(workbook, "en"), UTC, lambda table, count: None)
            sheets.write(sheets.add("Rows", rows), grid(rows))
