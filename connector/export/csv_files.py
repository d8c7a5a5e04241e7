"""CSV in two dialects.

`plain` is for programs: UTF-8, comma, decimal point, line feed, ISO instants in UTC, English column names. `excel-de`
is for a double click in a German Excel: UTF-8 with BOM, semicolon, decimal comma, CR LF, local times, labels in the
owner's language. Row tables keep all stored digits in both.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from connector.export.columns import Column, Grid, Kind
from connector.export.placing import placed
from connector.export.text import csv_text
from connector.instants import SECOND, to_datetime
from connector.messages.export_labels import labels
from connector.money import MICROS, exact

_CHUNK = 1000

Turn = Callable[[Any], str]


class Dialect(StrEnum):
    """How a CSV file is written."""

    PLAIN = "plain"
    EXCEL_DE = "excel-de"

    @property
    def encoding(self) -> str:
        """Excel knows UTF-8 by its byte order mark only."""
        return "utf-8-sig" if self is Dialect.EXCEL_DE else "utf-8"


class Sink(Protocol):
    """Whatever takes text: a file, a string buffer."""

    def write(self, text: str, /) -> object:
        """Take a piece of text."""
        ...


class _LineFeeds:
    """Ends rows in a line feed alone. The csv module quotes a carriage return only where it ends rows with one."""

    def __init__(self, out: Sink) -> None:
        self._out = out

    def write(self, line: str, /) -> None:
        """Take one row, as the csv module gives it."""
        self._out.write(line.removesuffix("\r\n") + "\n")


def write_file(target: Path, grid: Grid, dialect: Dialect, *, zone: ZoneInfo, language: str) -> int:
    """Write a grid to a CSV file, whole or not at all; how many rows it has. Raises UsageError with the reason."""
    with placed(target) as draft, draft.open("w", encoding=dialect.encoding, newline="") as file:
        return write_grid(file, grid, dialect, zone=zone, language=language)


def write_grid(out: Sink, grid: Grid, dialect: Dialect, *, zone: ZoneInfo, language: str) -> int:
    """Write a grid as CSV text; how many rows it had. `zone` and `language` matter to `excel-de` alone."""
    plain = dialect is Dialect.PLAIN
    writer = csv.writer(_LineFeeds(out) if plain else out, delimiter="," if plain else ";", lineterminator="\r\n")
    writer.writerow([csv_text(title) for title in titles(grid.columns, None if plain else language)])
    turns = [_plain(column) if plain else _excel_de(column, zone) for column in grid.columns]
    rows = iter(grid.rows)
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        writer.writerows(
            ["" if value is None else turn(value) for turn, value in zip(turns, row, strict=True)] for row in chunk
        )
        count += len(chunk)
    return count


def titles(columns: Sequence[Column], language: str | None) -> list[str]:
    """The header: labels in a language, or the names machines read."""
    if language is None:
        return [column.name for column in columns]
    return [label(column, language) for column in columns]


def label(column: Column, language: str) -> str:
    """A column's label; its own name where the catalogue has none (a column of a third party)."""
    if column.label_key not in labels.en:
        return column.name
    return labels(column.label_key, **dict(column.words)).render(language)


def _plain(column: Column) -> Turn:
    return _PLAIN[column.kind]


def _excel_de(column: Column, zone: ZoneInfo) -> Turn:
    kind = column.kind
    if kind is Kind.INSTANT:
        return lambda instant: f"{to_datetime(instant, zone):%d.%m.%Y %H:%M:%S}"
    if kind is Kind.DAY:
        return lambda day: f"{day:%d.%m.%Y}"
    if kind is Kind.BOOL:
        return lambda flag: "WAHR" if flag else "FALSCH"  # the words a German Excel reads as truth values
    turn = _PLAIN[kind]
    if kind in {Kind.TEXT, Kind.LINK}:
        return turn
    return lambda value: turn(value).replace(".", ",")


def _instant(instant: int) -> str:
    """`2026-11-21T20:44:32Z`, with microseconds only where there are any."""
    moment = to_datetime(instant)
    return f"{moment:%Y-%m-%dT%H:%M:%S}{f'.{moment:%f}' if instant % SECOND else ''}Z"


def quantity(micros: int) -> str:
    """Millionths without needless zeros: "3", "0.5", "19.25"."""
    whole, part = divmod(abs(micros), MICROS)
    fraction = f"{part:06d}".rstrip("0")
    return f"{'-' if micros < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def _number(value: float | int | Decimal) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return repr(value) if isinstance(value, float) else str(value)


def _text(text: object) -> str:
    return csv_text(str(text))


_PLAIN: dict[Kind, Turn] = {
    Kind.TEXT: _text,
    Kind.LINK: _text,
    Kind.INSTANT: _instant,
    Kind.DAY: lambda day: str(day.isoformat()),
    Kind.MONEY: exact,
    Kind.COUNT: str,
    Kind.QUANTITY: quantity,
    Kind.PERCENT: quantity,
    Kind.FIGURE: _number,
    Kind.BOOL: lambda flag: "true" if flag else "false",
    Kind.RATE: _number,
    Kind.DURATION: _number,
}
