"""The last sheet: what the file speaks of, how the figures are defined, and how fresh the data are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from connector import __version__
from connector.export import wording
from connector.export.formatting import instant, number
from connector.export.material import Request
from connector.export.state import StreamAge
from connector.export.text import cell_text
from connector.export.workbook.family_sheets import FAMILIES
from connector.export.workbook.figure_sheet import internal, period_line
from connector.export.workbook.row_sheets import Cuts
from connector.export.workbook.styles import FAINT, LINKED, Styles, height
from connector.kpi.options import KpiOptions
from connector.kpi.registry import available
from connector.kpi.result import Evaluation, Figure
from connector.messages.export import texts
from connector.messages.export_labels import labels

_PROGRAM = "shop-connector"
_OF_FIGURES = frozenset({"kpis", *FAMILIES})
NAME_WIDTH, TEXT_WIDTH = 40, 100
"""Widths of the two columns, in characters."""


class AboutSheet:
    """Writes blocks of two columns, from the top."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self._styles = styles
        self._language = styles.language
        self._sheet = sheet
        self._row = 0

    def write(
        self,
        evaluation: Evaluation,
        figures: Sequence[Figure],
        request: Request,
        *,
        filters: Mapping[str, Sequence[str]],
        held: Mapping[str, int],
        left_out: Sequence[str],
        empty: Sequence[str],
        ages: Sequence[StreamAge],
        cuts: Cuts,
    ) -> None:
        """What was asked, what is in the file, the state of the data, and the definitions of `figures`.

        `held` says how many figures or rows each sheet holds, by the name of its table.
        """
        sheet, language = self._sheet, self._language
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, 1, TEXT_WIDTH)
        sheet.set_portrait()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 32)
        sheet.write_string(0, 0, labels.text(language, "table.about"), self._styles.title)
        self._row = 2
        self._asked(evaluation, request, filters)
        self._contents(held, left_out, empty, cuts)
        self._data(ages, evaluation)
        if figures:
            self._definitions(figures, request.options)

    def _asked(self, evaluation: Evaluation, request: Request, filters: Mapping[str, Sequence[str]]) -> None:
        self._line("about.period", period_line(evaluation, self._language))
        everything = request.asked is None and not filters
        self._line(
            "about.period_of_rows",
            texts.text(self._language, "about.all_rows" if everything else "about.rows_of_period"),
        )
        for name, values in filters.items():
            self._pair(wording.dimension(name, self._language), ", ".join(values))
        self._line("about.made", instant(evaluation.generated_at, evaluation.zone, self._language))
        self._line("about.program", f"{_PROGRAM} {__version__}")

    def _contents(self, held: Mapping[str, int], left_out: Sequence[str], empty: Sequence[str], cuts: Cuts) -> None:
        self._section("about.contents")
        for name, count in held.items():
            key = "about.figures" if name in _OF_FIGURES else "about.rows"
            sentence = texts(key, count=number(count, self._language)).render(self._language)
            self._pair(labels.text(self._language, f"table.{name}"), sentence, leads=True)
        said = dict.fromkeys(left_out, texts.text(self._language, "about.left_out"))
        said |= dict.fromkeys(empty, texts.text(self._language, "about.empty"))
        for name, sentence in said.items():
            self._pair(labels.text(self._language, f"table.{name}"), sentence)
        self._pair(labels.text(self._language, "column.counted"), texts.text(self._language, "about.counted"))
        self._pair(labels.text(self._language, "column.gone_at"), texts.text(self._language, "about.gone"))
        self._line("about.apostrophe", texts.text(self._language, "about.apostrophe_why"))
        if cuts.count:
            shown = number(cuts.count, self._language)
            why = texts("about.cut_why", count=shown, places="; ".join(cuts.places))
            self._line("about.cut", why.render(self._language))

    def _data(self, ages: Sequence[StreamAge], evaluation: Evaluation) -> None:
        self._section("about.data")
        if not ages:
            self._pair("", texts.text(self._language, "about.no_data"))
        for age in ages:
            if age.last_success_at is None:
                said = texts.text(self._language, "about.never")
            else:
                when = instant(age.last_success_at, evaluation.zone, self._language)
                said = texts("about.until", when=when).render(self._language)
            if age.failing_since is not None:
                since = instant(age.failing_since, evaluation.zone, self._language)
                said = f"{said} {texts('about.failing', since=since).render(self._language)}"
            self._pair(f"{age.source} ({age.adapter}): {age.stream}", said)

    def _definitions(self, figures: Sequence[Figure], options: KpiOptions) -> None:
        self._section("about.definitions")
        known = {kpi.id: kpi for kpi in available(options)}
        for figure in {figure.id: figure for figure in figures}.values():
            kpi = known.get(figure.id)
            if kpi is None:
                continue
            said = kpi.formula.render(self._language)
            said = f"{kpi.question.render(self._language)}\n{said[:1].upper()}{said[1:]}"
            if changed := _changed(figure):
                said = f"{said}\n{texts('about.options', options=changed).render(self._language)}"
            self._pair(figure.label.render(self._language), said)

    def _section(self, key: str) -> None:
        self._row += 1
        self._sheet.set_row(self._row, 28)
        self._sheet.write_string(self._row, 0, texts.text(self._language, key), self._styles.section)
        self._row += 1

    def _line(self, key: str, text: str) -> None:
        self._pair(texts.text(self._language, key), text)

    def _pair(self, name: str, text: str, *, leads: bool = False) -> None:
        """A line: what, and what is said of it. `leads`: the name is that of a sheet and leads there."""
        look = {"text_wrap": True, "valign": "top"}
        self._sheet.set_row(self._row, max(height(name, NAME_WIDTH), height(text, TEXT_WIDTH)))
        if leads:
            self._sheet.write_url(self._row, 0, internal(name), self._styles.of(**LINKED, **look), name)
        else:
            self._sheet.write_string(self._row, 0, cell_text(name)[0], self._styles.of(font_color=FAINT, **look))
        self._sheet.write_string(self._row, 1, cell_text(text)[0], self._styles.of(**look))
        self._row += 1


def _changed(figure: Figure) -> str:
    """The options in force that are not the definitions' own, as config.yaml writes them."""
    usual = KpiOptions()
    return ", ".join(f"{name}: {value}" for name, value in figure.options.items() if value != usual.value(name))
