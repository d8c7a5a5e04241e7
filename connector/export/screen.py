"""Figures on a terminal: one table, with what must be known about them as footnotes below.

A change gets an arrow only where its interval excludes 0 (convention C4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from connector.export import wording
from connector.export.formatting import number, percent
from connector.kpi.result import Cell, CohortRow, Evaluation, Figure
from connector.messages.export import texts
from connector.messages.export_labels import labels

_SHADES = ("grey93 on #1f3a40", "grey93 on #265058", "grey93 on #2d6671", "black on #4f8f96", "black on #86b9ba")
"""From a low to a high share of a cohort."""


def answer(evaluation: Evaluation, language: str, tiny: int) -> RenderableType:
    """Everything that `connector kpi` shows. Cohorts of fewer than `tiny` persons show counts only (C9)."""
    notes = Footnotes()
    title = Text(
        f"{wording.days_between(evaluation.start, evaluation.end, evaluation.zone, language)} ({evaluation.zone.key})",
        style="dim",
    )
    parts: list[RenderableType] = [title]
    plain = [figure for figure in evaluation.figures if figure.table is None]
    single = [figure for figure in plain if not figure.grouped]
    if single:
        parts.append(_table(single, evaluation, language, notes, names=()))
    for _, same in groupby((figure for figure in plain if figure.grouped), key=lambda figure: figure.id):
        rows = list(same)
        parts += [Text(rows[0].label.render(language), style="bold"), _by_table(rows, evaluation, language, notes)]
    for figure in evaluation.figures:
        if figure.table is not None:
            marks = notes.marks(wording.remarks(figure, language))
            parts += [Text(), Triangle(figure, language, marks, tiny)]
    parts.append(_below(evaluation, language, notes))
    return Group(*parts)


class Footnotes:
    """Sentences numbered in the order they are first needed; the same sentence keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def marks(self, sentences: Iterable[str]) -> str:
        """The numbers of these sentences: "1, 3"."""
        return ", ".join(str(self._numbers.setdefault(one, len(self._numbers) + 1)) for one in sentences)

    def table(self) -> Table:
        """The footnotes, as they stand below."""
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right", style="bold")
        table.add_column()
        for said, place in self._numbers.items():
            table.add_row(str(place), Text(said))
        return table


def _table(
    figures: Sequence[Figure], evaluation: Evaluation, language: str, notes: Footnotes, names: Sequence[str]
) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    headings = [wording.dimension(name, language) for name in names] or [texts.text(language, "figure")]
    for heading in headings:
        table.add_column(heading)
    rows = [_row(figure, evaluation, language, notes, names) for figure in figures]
    titles = ["value", "interval", "sample"]
    if any(figure.compared for figure in figures):
        titles += ["previous", "change"]
    for title in titles:
        table.add_column(texts.text(language, title), justify="right", no_wrap=True)
    table.add_column("", style="dim", no_wrap=True)
    for figure, row in zip(figures, rows, strict=True):
        table.add_row(*row, style="bold" if figure.grouped and figure.group is None else "")
    return table


def _row(
    figure: Figure, evaluation: Evaluation, language: str, notes: Footnotes, names: Sequence[str]
) -> list[RenderableType]:
    own = [wording.group(figure, name, language) for name in names] or [figure.label.render(language)]
    remarks = wording.remarks(figure, language)
    if figure.value is None:
        remarks.insert(0, f"{own[0]}: {wording.missing(figure, language)}")
    if (details := wording.details(figure, language)) and not figure.grouped:
        remarks.insert(0, f"{own[0]}: {' · '.join(details)}")
    if (figure.start, figure.end) != (evaluation.start, evaluation.end):
        remarks.append(texts("period_of", days=wording.period(figure, language)).render(language))
    cells: list[RenderableType] = [
        *(Text(name) for name in own),
        Text(texts.text(language, "missing"), style="dim")
        if figure.value is None
        else Text(wording.value(figure, language), style="bold"),
        Text(wording.interval(figure, language)),
        Text(wording.sample(figure, language), style="yellow" if figure.has(wording.SMALL) else ""),
    ]
    if figure.compared:
        cells += [Text(wording.previous(figure, language)), _change(figure, language)]
    return [*cells, notes.marks(remarks)]


def _by_table(figures: Sequence[Figure], evaluation: Evaluation, language: str, notes: Footnotes) -> Table:
    names = tuple(dict.fromkeys(name for figure in figures for name in figure.group or ()))
    return _table(figures, evaluation, language, notes, names or wording.dimensions(evaluation))


def _change(figure: Figure, language: str) -> Text:
    said = wording.change(figure, language)
    moved = figure.change
    if moved is None or moved.value is None or not moved.clear:
        return Text(said)
    return Text(f"{'↑' if moved.value > 0 else '↓'} {said}", style="bold cyan")


def _below(evaluation: Evaluation, language: str, notes: Footnotes) -> RenderableType:
    lines: list[RenderableType] = [Text(), notes.table()]
    lines += [Text(note.render(language)) for note in evaluation.notes]
    for left in evaluation.left_out:
        lines.append(Text(texts("left_out", id=left.id, reason=left.reason).render(language)))
    return Group(*lines)


class Triangle:
    """The cohort table, as many of its columns as the console has room for."""

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
        heading = Text(figure.label.render(language), style="bold")
        if figure.group is not None:
            heading.append(": " + ", ".join(wording.group(figure, name, language) for name in figure.group))
        yield heading.append(f"  {self._marks}", style="dim")
        if not triangle.rows:
            yield Text(wording.missing(figure, language), style="dim")
            return
        first = max(len(texts.text(language, "average")), *(len(row.cohort) for row in triangle.rows))
        size = max(len(labels.text(language, "column.size")), len(number(triangle.average.size, language)))
        wide = len(percent(1, language))
        room = max(1, (options.max_width - first - size - 2) // (wide + 1))
        shown = triangle.columns[:room]
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
        table.add_column(labels.text(language, "column.cohort"), no_wrap=True)
        table.add_column(labels.text(language, "column.size"), justify="right", no_wrap=True)
        for column in shown:
            table.add_column(str(column), justify="right", min_width=wide, no_wrap=True)
        for row in triangle.rows:
            table.add_row(row.cohort, number(row.size, language), *self._cells(row, len(shown)))
        average = [
            Text("" if cell is None else percent(cell.rate, language), style="bold")
            for cell in triangle.average.cells[: len(shown)]
        ]
        table.add_row(
            Text(texts.text(language, "average"), style="bold"), number(triangle.average.size, language), *average
        )
        yield table
        hidden = len(triangle.columns) - len(shown)
        if hidden:
            yield Text(texts("columns_hidden", count=hidden).render(language), style="dim")

    def _cells(self, row: CohortRow, count: int) -> list[Text]:
        tiny = row.size < self._tiny
        return [
            Text("") if cell is None else self._cell(cell, tiny, faded=place == 0)
            for place, cell in enumerate(row.cells[:count])
        ]

    def _cell(self, cell: Cell, tiny: bool, *, faded: bool) -> Text:
        if tiny:
            return Text(number(cell.active, self._language), style="dim")
        shade = "dim" if faded else _SHADES[min(int(cell.rate * 2 * len(_SHADES)), len(_SHADES) - 1)]
        return Text(percent(cell.rate, self._language), style=shade)
