"""Figures on a terminal: one table, with what must be known about them as footnotes below.

A change gets an arrow only where its interval excludes 0 (convention C4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from connector.export import wording
from connector.export.cohort_table import CohortTable
from connector.kpi.result import Evaluation, Figure, Unit
from connector.messages.export import texts

_NAME, _MARKS = 20, 8
"""Columns of a narrow screen that names of figures and numbers of footnotes keep; they are wrapped, values never."""


def answer(evaluation: Evaluation, language: str, tiny: int) -> RenderableType:
    """Everything that `connector kpi` shows. Cohorts of fewer than `tiny` persons show counts only (C9)."""
    notes = Footnotes()
    title = Text(
        f"{wording.days_between(evaluation.start, evaluation.end, evaluation.zone, language)} ({evaluation.zone.key})",
        style="dim",
    )
    parts: list[RenderableType] = [title]
    plain = [figure for figure in evaluation.figures if not figure.tabular]
    single = [figure for figure in plain if not figure.grouped]
    if single:
        parts.append(_table(single, evaluation, language, notes, names=()))
    for _, same in groupby((figure for figure in plain if figure.grouped), key=_kind):
        rows = list(same)
        heading = Text(rows[0].label.render(language), style="bold")
        if _kind(rows[0])[1] is not None:
            heading.append(f" ({rows[0].currency})")
        parts += [heading, _by_table(rows, evaluation, language, notes)]
    for figure in evaluation.figures:
        if figure.table is not None:
            marks = notes.marks(wording.remarks(figure, language)) if figure.tabular else ""
            parts += [Text(), CohortTable(figure, language, marks, tiny)]
    parts.append(_below(evaluation, language, notes))
    return Group(*parts)


def _kind(figure: Figure) -> tuple[str, str | None]:
    """What stands in one table: a figure; where its values do not show their currency, of one currency."""
    return figure.id, None if figure.unit is Unit.MONEY else figure.currency


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
        table.add_column(heading, min_width=_NAME)
    segments = any("recency_days" in figure.extra for figure in figures)
    rows = [_row(figure, evaluation, language, notes, names, segments) for figure in figures]
    titles = (
        ["value", *(f"portrait.{name}" for name in wording.PORTRAIT)] if segments else ["value", "interval", "sample"]
    )
    if any(figure.compared for figure in figures):
        titles += ["previous", "change"]
    for title in titles:
        table.add_column(texts.text(language, title), justify="right", no_wrap=True)
    table.add_column("", style="dim", min_width=_MARKS)
    for figure, row in zip(figures, rows, strict=True):
        table.add_row(*row, style="bold" if figure.grouped and figure.group is None else "")
    return table


def _row(
    figure: Figure, evaluation: Evaluation, language: str, notes: Footnotes, names: Sequence[str], segments: bool
) -> list[RenderableType]:
    own = [wording.group(figure, name, language) for name in names] or [wording.name(figure, language)]
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
    ]
    if segments:
        cells += [Text(one) for one in wording.portrait(figure, language)]
    else:
        cells.append(Text(wording.interval(figure, language)))
        cells.append(Text(wording.sample(figure, language), style="yellow" if figure.has(wording.SMALL) else ""))
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
