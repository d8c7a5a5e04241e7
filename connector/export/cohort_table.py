"""A cohort table on a terminal: as many of its columns as there is room for."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from connector.export import wording
from connector.export.formatting import number
from connector.kpi.result import Cell, CohortRow, Figure, Triangle
from connector.messages.export import texts
from connector.messages.export_labels import labels

_SHADES = ("grey93 on #1f3a40", "grey93 on #265058", "grey93 on #2d6671", "black on #4f8f96", "black on #86b9ba")
"""From a low to a high share of a cohort."""

_LONGEST = 40  # characters of a cohort's name


class CohortTable:
    """The table of one figure. Cohorts of fewer than `tiny` persons show counts only (C9)."""

    def __init__(self, figure: Figure, language: str, marks: str, tiny: int) -> None:
        self._figure = figure
        self._language = language
        self._marks = marks
        self._tiny = tiny

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The heading, the table, and how many columns did not fit."""
        figure, language = self._figure, self._language
        triangle = figure.table
        if triangle is None:
            return
        yield self._heading()
        if not triangle.rows:
            yield Text(wording.missing(figure, language), style="dim")
            return
        if triangle.measure != "active" or triangle.cumulative or triangle.by != "date" or triangle.grain == "block":
            yield Text(" ".join(wording.cohort_reading(triangle, language)), style="dim")
        bottom = wording.bottom_row(triangle, language)
        names = [wording.cohort(row.cohort, language) for row in triangle.rows]
        first = min(_LONGEST, max(len(bottom), *map(len, names)))
        size = max(len(labels.text(language, "column.size")), len(number(triangle.average.size, language)))
        wide = self._width(triangle)
        shown = triangle.columns[: max(1, (options.max_width - first - size - 2) // (wide + 1))]
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
        table.add_column(labels.text(language, "column.cohort"), no_wrap=True, max_width=_LONGEST)
        table.add_column(labels.text(language, "column.size"), justify="right", no_wrap=True)
        for column in shown:
            table.add_column(str(column), justify="right", min_width=wide, no_wrap=True)
        for name, row in zip(names, triangle.rows, strict=True):
            table.add_row(Text(name), number(row.size, language), *self._cells(row, triangle, len(shown)))
        average = [
            Text("" if cell is None else self._said(cell, triangle), style="bold")
            for cell in triangle.average.cells[: len(shown)]
        ]
        table.add_row(Text(bottom, style="bold"), number(triangle.average.size, language), *average)
        yield table
        hidden = len(triangle.columns) - len(shown)
        if hidden:
            yield Text(texts("columns_hidden", count=hidden).render(language), style="dim")

    def _heading(self) -> Text:
        figure, language = self._figure, self._language
        heading = Text(figure.label.render(language), style="bold")
        if figure.currency is not None:
            heading.append(f" ({figure.currency})")
        if figure.group is not None:
            heading.append(": " + ", ".join(wording.group(figure, name, language) for name in figure.group))
        return heading.append(f"  {self._marks}", style="dim")

    def _width(self, triangle: Triangle) -> int:
        """The widest cell there is."""
        rows = (triangle.average, *triangle.rows)
        return max((len(self._said(cell, triangle)) for row in rows for cell in row.cells if cell), default=5)

    def _said(self, cell: Cell, triangle: Triangle) -> str:
        return wording.cohort_cell(cell, triangle, self._figure.currency, self._language)

    def _cells(self, row: CohortRow, triangle: Triangle, count: int) -> list[Text]:
        return [
            Text("") if cell is None else self._cell(cell, row, triangle, faded=place == 0)
            for place, cell in enumerate(row.cells[:count])
        ]

    def _cell(self, cell: Cell, row: CohortRow, triangle: Triangle, *, faded: bool) -> Text:
        if (row.size if cell.of is None else cell.of) < self._tiny:
            return Text(number(cell.active, self._language), style="dim")
        shade = "dim" if faded else _SHADES[min(int(cell.rate * 2 * len(_SHADES)), len(_SHADES) - 1)]
        return Text(self._said(cell, triangle), style=shade)
