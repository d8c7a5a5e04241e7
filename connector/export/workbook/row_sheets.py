"""Row tables as sheets: one row after the other, memory flat, whatever their number.

A table longer than a sheet goes on in a second one. Text is always written as text; what does not fit into a cell is
cut and reported. Addresses can be clicked in tables of up to MOST_LINKS rows: a sheet holds 65,530 links at most, and
each stays in memory until the file is closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from connector.export.columns import Column, Grid, Kind
from connector.export.csv_files import titles
from connector.export.text import cell_text
from connector.export.workbook.styles import FIRST_YEAR, SECONDS_A_DAY, Styles, landscape, local
from connector.money import MICROS

MOST_LINKS = 10_000
"""Rows of a table up to which its addresses can be clicked."""
LONGEST_SHEET = 1_048_575
"""Data rows a sheet can hold beside its header (Excel specifications and limits)."""

NARROWEST, WIDEST = 8, 42
WIDEST_PRINT = 14
"""Columns that are still readable when squeezed onto the width of a page."""

MEASURED_ROWS = 300
"""Column widths are measured on the first rows."""

_FIXED_WIDTHS = {Kind.INSTANT: 16, Kind.DAY: 11, Kind.BOOL: 9, Kind.DURATION: 11, Kind.MONEY: 13}
_RIGHT = frozenset(Kind) - {Kind.TEXT, Kind.LINK, Kind.BOOL, Kind.INSTANT, Kind.DAY}
_WEB = re.compile(r"https?://\S{1,2000}")
"""What can be clicked: an address that opens in a browser, not longer than Excel takes it."""

Write = Callable[[Any, int, int, Any, Any], None]
"""Writes one cell: sheet, row, column, value, the whole row of values."""


@dataclass
class Cuts:
    """Cells whose text had to be cut: how many, and where the first ones are."""

    count: int = 0
    places: list[str] = field(default_factory=list)

    def add(self, sheet: str, row: int, column: str) -> None:
        """One more; `row` as the sheet numbers it."""
        self.count += 1
        if len(self.places) < 20:
            self.places.append(f"{sheet}: {column}, {row}")


class RowSheets:
    """Writes grids into sheets of one workbook."""

    def __init__(
        self,
        workbook: Any,
        styles: Styles,
        zone: ZoneInfo,
        progress: Callable[[str, int], None],
        *,
        longest: int = LONGEST_SHEET,
    ) -> None:
        self._workbook = workbook
        self._styles = styles
        self._zone = zone
        self._progress = progress
        self._longest = longest
        self._linked: set[str] = set()
        self.cuts = Cuts()

    def add(self, title: str, rows: int) -> list[Any]:
        """Empty sheets for a table of so many rows (0: not known, few): one, or further ones called "title (2)"."""
        parts = max(1, -(-rows // self._longest))
        names = [title, *(f"{title[:24]} ({part})" for part in range(2, parts + 1))]
        if rows <= MOST_LINKS:
            self._linked.add(title)
        return [self._workbook.add_worksheet(name) for name in names]

    def write(self, targets: Sequence[Any], grid: Grid) -> int:
        """Write a grid into its sheets, one after the other; how many rows it had."""
        headings = titles(grid.columns, self._styles.language)
        sheets = [_Sheet(target, grid.columns, headings, self._styles) for target in targets]
        waiting = iter(sheets)
        sheet = next(waiting)
        names = [column.name for column in grid.columns]
        writers = [self._writer(column, names, headings[place]) for place, column in enumerate(grid.columns)]
        count = row = 0
        for values in grid.rows:
            if row == self._longest:
                sheet.finish(row)
                sheet, row = next(waiting), 0
            row += 1
            count += 1
            target = sheet.target
            for place, value in enumerate(values):
                if value is not None:
                    writers[place](target, row, place, value, values)
            if row <= MEASURED_ROWS:
                sheet.measure(values)
            if count % 1000 == 0:
                self._progress(grid.name, count)
        sheet.finish(row)
        self._progress(grid.name, count)
        return count

    def _writer(self, column: Column, names: list[str], heading: str) -> Write:
        kind, styles, zone = column.kind, self._styles, self._zone
        if kind is Kind.MONEY:
            return self._money_writer(column, names)
        style = styles.cell(kind)
        if kind in {Kind.TEXT, Kind.LINK}:
            cuts = self.cuts

            def write_text(sheet: Any, row: int, place: int, value: Any, _: Any) -> None:
                text, cut = cell_text(str(value))
                sheet.write_string(row, place, text, style)
                if cut:
                    cuts.add(sheet.get_name(), row + 1, heading)

            return self._link_writer(write_text) if kind is Kind.LINK else write_text
        if kind is Kind.INSTANT:

            def write_instant(sheet: Any, row: int, place: int, value: int, _: Any) -> None:
                moment = local(value, zone)
                if moment is not None:
                    sheet.write_datetime(row, place, moment, style)

            return write_instant
        if kind is Kind.DAY:

            def write_day(sheet: Any, row: int, place: int, value: date, _: Any) -> None:
                if value.year >= FIRST_YEAR:
                    sheet.write_datetime(row, place, value, style)

            return write_day
        if kind is Kind.BOOL:
            return lambda sheet, row, place, value, _: sheet.write_boolean(row, place, value, style)
        divisor = {Kind.QUANTITY: MICROS, Kind.PERCENT: MICROS, Kind.DURATION: SECONDS_A_DAY}.get(kind, 1)
        return lambda sheet, row, place, value, _: sheet.write_number(row, place, value / divisor, style)

    def _link_writer(self, write_text: Write) -> Write:
        linked, style = self._linked, self._styles.link

        def write_link(sheet: Any, row: int, place: int, value: str, values: Any) -> None:
            if row <= MOST_LINKS and sheet.get_name() in linked and _WEB.fullmatch(value) and value.isprintable():
                sheet.write_url(row, place, value, style, value)
            else:
                write_text(sheet, row, place, value, values)

        return write_link

    def _money_writer(self, column: Column, names: list[str]) -> Write:
        styles = self._styles
        if column.currency is not None or column.currency_in not in names:
            fixed = styles.amount(column.currency)
            return lambda sheet, row, place, value, _: sheet.write_number(row, place, value / MICROS, fixed)
        at = names.index(column.currency_in)
        known: dict[str | None, Any] = {}

        def write(sheet: Any, row: int, place: int, value: int, values: Any) -> None:
            currency = values[at]
            style = known.get(currency)
            if style is None:
                style = known[currency] = styles.amount(currency)
            sheet.write_number(row, place, value / MICROS, style)

        return write


class _Sheet:
    """One sheet: header, widths, filter, how it prints."""

    def __init__(self, target: Any, columns: tuple[Column, ...], headings: list[str], styles: Styles) -> None:
        self.target = target
        self._columns = columns
        self._widths = [
            max(_FIXED_WIDTHS.get(column.kind, NARROWEST), *(len(word) + 3 for word in heading.split()))
            for column, heading in zip(columns, headings, strict=True)
        ]
        target.set_row(0, 32)
        for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
            target.write_string(0, place, heading, styles.header_right if column.kind in _RIGHT else styles.header)
        target.freeze_panes(1, 0)
        landscape(target)
        if len(columns) <= WIDEST_PRINT:
            target.fit_to_pages(1, 0)
        target.repeat_rows(0)

    def measure(self, values: Any) -> None:
        """Widen columns to a row's texts."""
        for place, value in enumerate(values):
            if isinstance(value, str) and (length := len(value) + 2) > self._widths[place]:
                self._widths[place] = min(length, WIDEST)

    def finish(self, rows: int) -> None:
        """Set what depends on the rows: widths, filter, and no warnings about numbers that are ids."""
        for place, width in enumerate(self._widths):
            self.target.set_column(place, place, width)
        last = len(self._columns) - 1
        self.target.autofilter(0, 0, max(rows, 1), last)
        self.target.ignore_errors({"number_stored_as_text": f"A1:XFD{rows + 1}"})
