"""`connector kpi … --rows FILE`: the rows behind a figure, as .csv, .xlsx or .parquet by the file's ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from connector.errors import UsageError
from connector.export.columns import Column, Grid, Kind, Row
from connector.export.csv_files import Dialect, write_file
from connector.export.parquet_files import system_errors
from connector.export.placing import placed
from connector.instants import from_datetime
from connector.messages.export import texts
from connector.messages.export_labels import labels
from connector.money import to_micros

if TYPE_CHECKING:
    import polars as pl

ENDINGS = (".csv", ".xlsx", ".parquet")

_NAMED = {"quantity": Kind.QUANTITY, "url": Kind.LINK}
"""Columns of which more is known than their type says: decimals that are no money, texts that are addresses."""


def write_rows(target: Path, frame: pl.DataFrame, *, zone: ZoneInfo, language: str) -> None:
    """Write a frame to a file. CSV is of the dialect `plain`; a workbook has labels in `language` and local times.

    Decimals are money in major units (six places), or pieces where the column is called `quantity`; times are UTC.
    Raises UsageError for another ending, and where the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending == ".csv":
        write_file(target, as_grid(frame), Dialect.PLAIN, zone=zone, language=language)
    elif ending == ".parquet":
        with placed(target) as draft, system_errors():
            frame.write_parquet(draft)
    elif ending == ".xlsx":
        _write_workbook(target, frame, zone, language)
    else:
        raise UsageError(
            texts("ending_unknown", path=target), texts("ending_unknown_advice", endings=", ".join(ENDINGS))
        )


def as_grid(frame: pl.DataFrame) -> Grid:
    """A frame's rows in the canonical values of a grid."""
    columns = tuple(Column(name, _kind(name, dtype)) for name, dtype in frame.schema.items())
    return Grid("rows", columns, _rows(frame, [_turn(column.kind) for column in columns]))


def _rows(frame: pl.DataFrame, turns: list[Callable[[Any], Any]]) -> Iterator[Row]:
    for row in frame.iter_rows():
        yield [None if value is None else turn(value) for turn, value in zip(turns, row, strict=True)]


def _kind(name: str, dtype: pl.DataType) -> Kind:
    import polars as pl

    if name in _NAMED:
        return _NAMED[name]
    if dtype.is_decimal():
        return Kind.MONEY
    if dtype == pl.Boolean:
        return Kind.BOOL
    if dtype.is_integer():
        return Kind.DURATION if name.endswith("_seconds") else Kind.COUNT
    if dtype.is_float():
        return Kind.FIGURE
    if dtype == pl.Date:
        return Kind.DAY
    return Kind.INSTANT if isinstance(dtype, pl.Datetime) else Kind.TEXT


def _turn(kind: Kind) -> Callable[[Any], Any]:
    if kind in {Kind.MONEY, Kind.QUANTITY}:
        return _micros
    return _instant if kind is Kind.INSTANT else _as_it_is


def _micros(amount: Decimal) -> int:
    return to_micros(amount)


def _instant(moment: datetime) -> int:
    return from_datetime(moment)


def _as_it_is(value: Any) -> Any:
    return value


def _write_workbook(target: Path, frame: pl.DataFrame, zone: ZoneInfo, language: str) -> None:
    from connector.export.material import quiet
    from connector.export.workbook.book import new_workbook
    from connector.export.workbook.row_sheets import RowSheets
    from connector.export.workbook.styles import Styles

    with new_workbook(target) as workbook:
        sheets = RowSheets(workbook, Styles(workbook, language), zone, quiet)
        targets = sheets.add(labels.text(language, "table.rows"), frame.height)
        sheets.write(targets, as_grid(frame))
