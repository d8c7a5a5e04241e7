"""The cohort triangle as a sheet: shares with a colour scale, the weighted average, and its curve."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from connector.export import wording
from connector.export.columns import Column
from connector.export.csv_files import label
from connector.export.figure_grids import grain_key
from connector.export.text import cell_text
from connector.export.workbook.figure_sheet import as_cell
from connector.export.workbook.styles import ACCENT, FAINT, GRID, SHADE, Styles, landscape, money_format
from connector.kpi.result import Cell, CohortRow, Evaluation, Figure, Triangle
from connector.messages.export import texts
from connector.messages.export_labels import labels
from connector.money import digits

_FIRST = 2
"""Columns before the first unit of time: the cohort and its size."""


class CohortSheet:
    """Writes each cohort table of an evaluation under the one before. Cohorts below `tiny` show counts only (C9)."""

    def __init__(self, workbook: Any, sheet: Any, styles: Styles, evaluation: Evaluation, *, tiny: int) -> None:
        self._workbook = workbook
        self._styles = styles
        self._language = styles.language
        self._figures = [figure for figure in evaluation.figures if figure.table is not None]
        self._title = labels.text(self._language, "table.cohorts")
        self._tiny = tiny
        self.sheet = sheet
        self.row = 0

    def write(self) -> None:
        """Title, triangles, curves."""
        sheet, styles = self.sheet, self._styles
        sheet.hide_gridlines(2)
        sheet.set_default_row(18)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 10)
        sheet.set_column(_FIRST, _FIRST + 120, 8)
        landscape(sheet)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 32)
        sheet.write_string(0, 0, self._title, styles.title)
        said = [wording.cohort_reading(figure.table, self._language) for figure in self._figures[:1] if figure.table]
        sheet.write_string(1, 0, " ".join(said[0]) if said else "", styles.subtitle)
        self.row = 3
        for figure in self._figures:
            if figure.table is not None:
                self._triangle(figure, figure.table)

    def _triangle(self, figure: Figure, table: Triangle) -> None:
        if figure.currency is not None:
            self.sheet.write_string(self.row, 0, figure.currency, self._styles.section)
            self.row += 1
        heading = self.row
        self._heading(table)
        if not table.rows:
            self.sheet.write_string(self.row, 0, wording.missing(figure, self._language), self._styles.subtitle)
            self.row += 2
            return
        first = self.row
        for cohort in table.rows:
            self._cohort(cohort, figure, table)
        self._colour(first, self.row - 1, len(table.columns))
        self._average(figure, table)
        self._curve(figure, table, heading)

    def _heading(self, table: Triangle) -> None:
        styles, language = self._styles, self._language
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, labels.text(language, "column.cohort"), styles.header)
        self.sheet.write_string(self.row, 1, labels.text(language, "column.size"), styles.header_right)
        for place, number in enumerate(table.columns, start=_FIRST):
            self.sheet.write_number(self.row, place, number, styles.header_right)
        self.row += 1
        if self.row <= 5:  # the first table, with or without a line for its currency
            self.sheet.freeze_panes(self.row, _FIRST)

    def _cohort(self, cohort: CohortRow, figure: Figure, table: Triangle) -> None:
        styles = self._styles
        name = cell_text(wording.cohort(cohort.cohort, self._language))[0]
        self.sheet.write_string(self.row, 0, name, styles.of())
        self.sheet.write_number(self.row, 1, cohort.size, styles.of(num_format="#,##0", font_color=FAINT))
        for place, cell in enumerate(cohort.cells, start=_FIRST):
            if cell is None:
                continue
            people = cohort.size if cell.of is None else cell.of
            if people < self._tiny:
                said = texts("of", part=cell.active, whole=people).render(self._language)
                self.sheet.write_string(self.row, place, said, styles.of(align="right", font_color=FAINT))
            else:
                look = {"font_color": FAINT} if place == _FIRST else {}  # the beginning itself stands back
                self._number(place, cell, figure, table, **look)
        self.row += 1

    def _number(self, place: int, cell: Cell, figure: Figure, table: Triangle, **look: Any) -> None:
        if table.measure == "active":
            self.sheet.write_number(self.row, place, cell.rate, self._styles.of(num_format="0.0%", **look))
        elif cell.value is not None:
            style = self._styles.of(num_format=_format(cell, figure), **look)
            self.sheet.write_number(self.row, place, as_cell(cell.value, figure), style)

    def _colour(self, first: int, last: int, count: int) -> None:
        if count > 1:
            scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "min_color": "#FFFFFF"}
            scale |= {"max_type": "percentile", "max_value": 95, "max_color": SHADE}
            self.sheet.conditional_format(first, _FIRST + 1, last, _FIRST + count - 1, scale)

    def _average(self, figure: Figure, table: Triangle) -> None:
        styles = self._styles
        look: dict[str, Any] = {"bold": True, "top": 1, "top_color": ACCENT}
        self.sheet.write_string(self.row, 0, wording.bottom_row(table, self._language), styles.of(**look))
        self.sheet.write_number(self.row, 1, table.average.size, styles.of(num_format="#,##0", **look))
        for place, cell in enumerate(table.average.cells, start=_FIRST):
            if cell is None:
                self.sheet.write_blank(self.row, place, None, styles.of(**look))
            else:
                self._number(place, cell, figure, table, **look)
        self.row += 1

    def _curve(self, figure: Figure, table: Triangle, heading: int) -> None:
        """How many come back, on average, one unit after the other; the first column is left out."""
        reached = _reached(table.average.cells)
        if reached < 3:
            self.row += 2
            return
        row, name = self.row - 1, self.sheet.get_name()
        chart = self._workbook.add_chart({"type": "line"})
        chart.add_series(
            {
                "name": wording.bottom_row(table, self._language),
                "categories": [name, heading, _FIRST + 1, heading, _FIRST + reached - 1],
                "values": [name, row, _FIRST + 1, row, _FIRST + reached - 1],
                "line": {"color": ACCENT, "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": ACCENT}, "border": {"color": ACCENT}},
            }
        )
        unit = Column(table.grain, label=grain_key(table.grain), words=(("number", ""),))
        shares = table.measure == "active"
        said = texts.text(self._language, "curve_title" if shares else f"cohorts_cells.{table.measure}")
        chart.set_title({"name": said, "name_font": {"size": 12, "bold": True}})
        chart.set_x_axis({"name": label(unit, self._language).strip(), "name_font": {"bold": False}})
        grid = {"visible": True, "line": {"color": GRID}}
        last = next(cell for cell in reversed(table.average.cells) if cell is not None)
        axis: dict[str, Any] = {"num_format": "0%", "min": 0} if shares else {"num_format": _format(last, figure)}
        chart.set_y_axis({**axis, "major_gridlines": grid})
        chart.set_legend({"none": True})
        chart.set_size({"width": 760, "height": 300})
        self.sheet.insert_chart(self.row + 1, 0, chart, {"object_position": 3})
        self.row += 18


def _format(cell: Cell, figure: Figure) -> str:
    """The number format of what a cell adds up; the currency stands in the heading."""
    if isinstance(cell.value, Decimal):
        return money_format(None, "en", digits(figure.currency))
    return "#,##0" if isinstance(cell.value, int) else "#,##0.00"


def _reached(cells: Sequence[Cell | None]) -> int:
    """How many columns some cohort has reached."""
    return sum(cell is not None for cell in cells)
