"""Sheets of figures, as an owner reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from connector.export import wording
from connector.export.text import cell_text
from connector.export.workbook.styles import FAINT, SECONDS_A_DAY, Styles, height, landscape
from connector.kpi.registry import KPIS
from connector.kpi.result import Evaluation, Figure, Unit, Value
from connector.messages.export import texts
from connector.messages.export_labels import labels
from connector.money import rounded

_FAMILIES = {kpi.id: kpi.family for kpi in KPIS}

NUMERIC = frozenset({"value", "previous", "change", "interval_from", "interval_to", "sample"})
PAGE = 130
"""Characters that fit across an A4 page lying on its side."""

_WIDTHS = {"figure": 38, "value": 18, "unit": 11, "previous": 16, "change": 13, "sample": 11, "remarks": 92}


class FigureSheet:
    """Writes the evaluation's figures, row by row from the top; `row` is the next free one.

    `listed` names, for figures by id, the sheet that lists what is behind them.
    """

    def __init__(
        self,
        sheet: Any,
        styles: Styles,
        evaluation: Evaluation,
        title: str = "kpis",
        listed: Mapping[str, str] | None = None,
    ) -> None:
        self._table = title
        self._listed = listed or {}
        self._styles = styles
        self._language = styles.language
        self._evaluation = evaluation
        self._figures = [figure for figure in evaluation.figures if not figure.tabular]
        compared = ["previous", "change"] if any(figure.compared for figure in self._figures) else []
        self._columns = ["value", "unit", *compared, "interval_from", "interval_to", "sample", "remarks"]
        self.sheet = sheet
        self.row = 0
        self._common = self._common_remarks()
        # What is said of a figure as a whole is not said again of each of its bands.
        self._totals = {
            figure.id: frozenset(wording.remarks(figure, self._language))
            for figure in self._figures
            if figure.grouped and figure.group is None
        }

    def write(self) -> None:
        """Title, figures by family, and what was left out."""
        self._look()
        self._title()
        self._heading()
        for family, figures in groupby(self._figures, key=lambda figure: _FAMILIES.get(figure.id, "")):
            self._section(family)
            for figure in _totals_first(list(figures)):
                self._figure(figure)
        self._left_out()

    def _common_remarks(self) -> list[str]:
        """What is true of all figures of the period is said once, at the top."""
        evaluation = self._evaluation
        said = [
            wording.remarks(figure, self._language)
            for figure in self._figures
            if (figure.start, figure.end) == (evaluation.start, evaluation.end)
        ]
        if len(said) < 2:
            return []
        return [one for one in said[0] if all(one in others for others in said)]

    def _look(self) -> None:
        widths = [_WIDTHS.get(name, 14) for name in ["figure", *self._columns]]
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self.sheet.hide_gridlines(2)
        landscape(self.sheet)
        self.sheet.set_print_scale(min(100, PAGE * 100 // sum(widths)))

    def _title(self) -> None:
        evaluation, language = self._evaluation, self._language
        self.sheet.set_row(0, 32)
        self.sheet.write_string(0, 0, labels.text(language, f"table.{self._table}"), self._styles.title)
        lines = [period_line(evaluation, language)]
        lines += [f"{one[:1].upper()}{one[1:]}" for one in self._common]
        for row, line in enumerate(lines, start=1):
            self.sheet.write_string(row, 0, line, self._styles.subtitle)
        self.row = len(lines) + 2

    def _heading(self) -> None:
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, texts.text(self._language, "figure"), self._styles.header)
        for place, name in enumerate(self._columns, start=1):
            style = self._styles.header_right if name in NUMERIC else self._styles.header_indented
            self.sheet.write_string(self.row, place, texts.text(self._language, name), style)
        self.row += 1
        self.sheet.freeze_panes(self.row, 1)

    def _section(self, family: str) -> None:
        key = f"family.{family}"
        if key in texts.en:
            self.sheet.set_row(self.row, 28)
            self.sheet.write_string(self.row, 0, texts.text(self._language, key), self._styles.section)
            self.row += 1

    def _figure(self, figure: Figure) -> None:
        said, name = "\n".join(self._said(figure)), self._named(figure)
        self.sheet.set_row(self.row, max(height(said, _WIDTHS["remarks"]), height(name, _WIDTHS["figure"])))
        self._name(figure, name)
        writers: dict[str, Callable[[Figure, int], None]] = {
            "value": self._value,
            "unit": self._unit,
            "previous": self._previous,
            "change": self._change,
            "interval_from": self._interval_from,
            "interval_to": self._interval_to,
            "sample": self._sample,
        }
        for place, name in enumerate(self._columns, start=1):
            if name == "remarks":
                self._text(place, said, text_wrap=True, font_color=FAINT, indent=1)
            else:
                writers[name](figure, place)
        self.row += 1

    def _named(self, figure: Figure) -> str:
        """What the figure is called; of a band its name, below that of the figure."""
        if not figure.group:
            return wording.name(figure, self._language)
        words = ", ".join(wording.group(figure, name, self._language) for name in figure.group)
        return words if figure.id in self._totals else f"{wording.name(figure, self._language)}: {words}"

    def _name(self, figure: Figure, name: str) -> None:
        if figure.id in self._listed and not figure.group:
            self.sheet.write_url(self.row, 0, internal(self._listed[figure.id]), self._styles.link, name)
        elif figure.group:
            self._text(0, name, text_wrap=True, indent=2 if figure.id in self._totals else 0)
        else:
            self._text(0, name, text_wrap=True, bold=figure.grouped)

    # --- one cell each ------------------------------------------------------------------------------------------------

    def _value(self, figure: Figure, place: int) -> None:
        if figure.value is None:
            self._text(place, texts.text(self._language, "missing"), align="right", font_color=FAINT)
        elif figure.has(wording.TINY):
            self._text(place, wording.value(figure, self._language), align="right")
        else:
            self._number(figure, figure.value, place, bold=True)

    def _unit(self, figure: Figure, place: int) -> None:
        if not figure.has(wording.TINY):  # "3 of 4" is no percentage
            self._text(place, wording.unit(figure, self._language), font_color=FAINT, indent=1)

    def _previous(self, figure: Figure, place: int) -> None:
        if figure.previous is not None and figure.previous.value is not None:
            self._number(figure, figure.previous.value, place)

    def _change(self, figure: Figure, place: int) -> None:
        moved = figure.change
        if moved is None:
            return
        if moved.value is None:
            self._text(place, texts.text(self._language, "missing"), align="right", font_color=FAINT)
            return
        shown = float(wording.in_points(moved.value, figure.unit)) if moved.unit == "points" else moved.value
        style = self._styles.change(moved.unit, bold=moved.clear)
        self.sheet.write_number(self.row, place, shown, style)

    def _interval_from(self, figure: Figure, place: int) -> None:
        if figure.interval is not None and not figure.has(wording.TINY):
            self._number(figure, figure.interval.low, place, font_color=FAINT)

    def _interval_to(self, figure: Figure, place: int) -> None:
        if figure.interval is not None and not figure.has(wording.TINY):
            self._number(figure, figure.interval.high, place, font_color=FAINT)

    def _sample(self, figure: Figure, place: int) -> None:
        cases = wording.cases(figure)
        if cases is not None:
            self.sheet.write_number(self.row, place, cases, self._styles.of(num_format="#,##0"))

    def _said(self, figure: Figure) -> list[str]:
        """What stands in the last column: all that is to know about this figure and not about all."""
        known = {*self._common, *(self._totals.get(figure.id, ()) if figure.group else ())}
        said = [one for one in wording.remarks(figure, self._language) if one not in known]
        if figure.value is None:
            said.insert(0, wording.missing(figure, self._language))
        if details := wording.details(figure, self._language):
            said.insert(0, " · ".join(details))
        if (figure.start, figure.end) != (self._evaluation.start, self._evaluation.end):
            days = wording.period(figure, self._language)
            said.append(texts("period_of", days=days).render(self._language))
        if figure.id in self._listed and not figure.group:
            said.append(texts("listed_on", sheet=self._listed[figure.id]).render(self._language))
        return [f"{one[:1].upper()}{one[1:]}" for one in said]

    def _number(self, figure: Figure, value: Value, place: int, **look: Any) -> None:
        in_days = figure.id in wording.PRINTED_IN_DAYS
        style = self._styles.figure(figure.unit, figure.currency, in_days=in_days, **look)
        self.sheet.write_number(self.row, place, as_cell(value, figure), style)

    def _text(self, place: int, text: str, **look: Any) -> None:
        if text:
            self.sheet.write_string(self.row, place, cell_text(text)[0], self._styles.of(**look))

    def _left_out(self) -> None:
        said = [note.render(self._language) for note in self._evaluation.notes]
        for one in self._evaluation.left_out:
            said.append(texts("left_out", id=one.id, reason=one.reason).render(self._language))
        for sentence in said:
            self.sheet.write_string(self.row + 1, 0, sentence, self._styles.subtitle)
            self.row += 1
        self.row += 1


def internal(sheet: str) -> str:
    """The address of a sheet inside the workbook."""
    return f"internal:'{sheet.replace(chr(39), 2 * chr(39))}'!A1"


def _totals_first(figures: list[Figure]) -> list[Figure]:
    """The figures in their order, of those in bands the whole before its parts."""
    found: list[Figure] = []
    for _, same in groupby(figures, key=lambda figure: figure.id):
        found += sorted(same, key=lambda figure: bool(figure.group))
    return found


def as_cell(value: Value, figure: Figure) -> float:
    """A figure's value as a sheet holds it: money rounded to its currency's digits, spans in days."""
    if isinstance(value, Decimal):
        return float(rounded(value, figure.currency))
    return value / SECONDS_A_DAY if figure.unit is Unit.SECONDS else value


def period_line(evaluation: Evaluation, language: str) -> str:
    """The period in words: its days, its zone, and what it is compared with."""
    span = wording.days_between(evaluation.start, evaluation.end, evaluation.zone, language)
    said = texts("period_and_zone", days=span, zone=evaluation.zone.key).render(language)
    if evaluation.compare is not None:
        other = wording.days_between(evaluation.compare.start, evaluation.compare.end, evaluation.zone, language)
        said = f"{said} · {texts('compared_with', days=other).render(language)}"
    return said
