"""The workbook: headline figures, cohorts, the row tables, and what the file is about.

XlsxWriter in its constant memory mode: every sheet is written row by row from the top and leaves memory at once. The
sheets are made in the order an owner reads them; the rows are written first all the same, since the figures need
Polars, and what it takes it keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector.errors import UsageError
from connector.export.frugal import frugal
from connector.export.material import COHORTS, Material, Progress
from connector.export.rows import as_grid
from connector.export.state import stream_ages
from connector.export.tables import TABLES
from connector.export.workbook import family_sheets
from connector.export.workbook.about_sheet import AboutSheet
from connector.export.workbook.book import new_workbook
from connector.export.workbook.cohort_sheet import CohortSheet
from connector.export.workbook.figure_sheet import FigureSheet
from connector.export.workbook.revenue_block import write_revenue
from connector.export.workbook.row_sheets import LONGEST_SHEET, RowSheets
from connector.export.workbook.styles import Styles, local
from connector.export.workbook.week_sheet import write_weeks
from connector.instants import local_day
from connector.kpi.period import Asked
from connector.kpi.result import Evaluation, Figure
from connector.messages.export_labels import labels

if TYPE_CHECKING:
    from connector.export.monthly import MonthlyRevenue

WEEKS = "service_weeks"
NOT_EVERYWHERE = frozenset({"conversations", "messages"})
"""Tables that get no sheet where no source has ever given a row of them."""


def write_workbook(
    target: Path, material: Material, progress: Progress, *, longest: int = LONGEST_SHEET
) -> dict[str, int]:
    """Write the workbook; how many rows each table got. A sheet holds at most `longest` rows of a table.

    Raises UsageError where the file cannot be put in place, StoreError from the store.
    """
    with new_workbook(target) as workbook, frugal(material.connection):
        sheets = _Sheets(workbook, material, progress, longest)
        sheets.write()
    return sheets.rows


class _Sheets:
    """All sheets of one workbook, made in order and filled in another."""

    def __init__(self, workbook: Any, material: Material, progress: Progress, longest: int) -> None:
        self._workbook = workbook
        self._material = material
        self._request = material.request
        self._progress = progress
        self._styles = Styles(workbook, self._request.language)
        self._row_sheets = RowSheets(workbook, self._styles, self._request.zone, progress, longest=longest)
        self._longest = longest
        self._empty: list[str] = []
        self._held: dict[str, int] = {}  # how many rows or figures stand on the sheet of each name
        self._targets: dict[str, list[Any]] = {}
        for name in material.tables:
            if not self._needless(name):
                self._targets[name] = self._add(name)
            if name == "kpis":
                self._add_families()
        self._about = workbook.add_worksheet(self._title("about"))

    def write(self) -> None:
        """Fill all sheets."""
        material = self._material
        for name, targets in self._targets.items():
            if name in TABLES:
                self._held[name] = self._row_sheets.write(targets, material.rows(name))
        self._progress("kpis", 0)
        figures = material.figures()
        shown: list[Figure] = []
        if "kpis" in self._targets:
            shown += figures.figures
            self._figures(figures, self._targets["kpis"][0])
        for name in family_sheets.NAMES:
            if name in self._targets:
                self._progress(name, 0)
                shown += _further(self._family(name), shown)
        if COHORTS in self._targets:
            self._progress(COHORTS, 0)
            cohorts = material.cohorts()
            shown += cohorts.figures
            target, tiny = self._targets[COHORTS][0], self._request.options.samples.tiny
            CohortSheet(self._workbook, target, self._styles, cohorts, tiny=tiny).write()
            self._held[COHORTS] = sum(len(figure.table.rows) for figure in cohorts.figures if figure.table)
        self._finish(figures, shown)

    def _family(self, name: str) -> Sequence[Figure]:
        """Fill the sheet of a family; the figures on it."""
        targets, material = self._targets[name], self._material
        if name == family_sheets.AT_RISK:
            self._held[name] = self._row_sheets.write(targets, as_grid(material.work_list()))
            return ()
        found = family_sheets.write(self._workbook, targets[0], self._styles, material, name)
        self._held[name] = len(found.figures)
        if name == family_sheets.SERVICE:
            self._weeks(found)
        return found.figures

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each of the tables got."""
        return {name: self._held[name] for name in self._material.tables if name in self._held}

    def _needless(self, name: str) -> bool:
        """Whether a table gets no sheet: nobody named it, and no source gives it."""
        asked = self._request.tables is not None or name not in NOT_EVERYWHERE
        if asked or self._material.has_rows(name):
            return False
        self._empty.append(name)
        return True

    def _add(self, name: str) -> list[Any]:
        rows = self._material.count(name, self._longest) if name in TABLES else 0
        return self._row_sheets.add(self._title(name), rows)

    def _add_families(self) -> None:
        """The sheets of figures, in the order an owner reads them, as far as there is anything to say."""
        for name in family_sheets.NAMES:
            if family_sheets.there(self._material, name):
                for sheet in (name, WEEKS) if name == family_sheets.SERVICE else (name,):
                    self._targets[sheet] = self._row_sheets.add(self._title(sheet), 0)

    def _title(self, name: str) -> str:
        return labels.text(self._request.language, f"table.{name}")

    def _figures(self, figures: Evaluation, target: Any) -> None:
        sheet = FigureSheet(target, self._styles, figures)
        sheet.write()
        row, breaks = sheet.row + 1, []
        for series in self._revenue(figures):
            breaks.append(row)
            row = write_revenue(self._workbook, target, self._styles, series, row)
        target.set_h_pagebreaks(breaks)
        self._held["kpis"] = len(figures.figures)

    def _weeks(self, figures: Evaluation) -> None:
        """The course of the service's figures over the weeks of the period."""
        from connector.export.weekly import weekly_service

        zone = self._request.zone
        course = weekly_service(
            self._material.store,
            options=self._request.options,
            zone=zone,
            asked=Asked(local_day(figures.start, zone), local_day(figures.end, zone), zone),
            filters=self._material.filters,
            now=figures.generated_at,
        )
        self._held[WEEKS] = len(course.weeks)
        write_weeks(self._workbook, self._targets[WEEKS][0], self._styles, course)

    def _revenue(self, figures: Evaluation) -> list[MonthlyRevenue]:
        """The months of the period, where there are several and the filters fit."""
        from connector.export.monthly import monthly_revenue

        zone = self._request.zone
        today = local_day(figures.generated_at, zone)
        first, after = local_day(figures.start, zone), min(local_day(figures.end, zone), today)
        if self._request.asked is None or self._request.asked.first is None:
            first = first.replace(day=1)  # all history: there was nothing earlier in its first month
        try:
            series = monthly_revenue(
                self._material.store,
                options=self._request.options,
                zone=zone,
                asked=Asked(first, after, zone),
                filters=self._material.filters,
                now=figures.generated_at,
            )
        except UsageError:
            return []
        return [one for one in series if len(one.months) > 1]

    def _finish(self, figures: Evaluation, shown: list[Figure]) -> None:
        AboutSheet(self._about, self._styles).write(
            figures,
            shown,
            self._request,
            filters=self._material.filters,
            held={name: self._held[name] for name in self._targets},
            left_out=self._material.left_out,
            empty=self._empty,
            ages=stream_ages(self._material.connection),
            cuts=self._row_sheets.cuts,
        )
        made = local(figures.generated_at, self._request.zone)
        self._workbook.set_properties({"title": self._title("kpis"), "author": "shop-connector", "created": made})


def _further(figures: Sequence[Figure], shown: Sequence[Figure]) -> list[Figure]:
    """Those figures that are not shown yet."""
    there = {one.id for one in shown}
    return [figure for figure in figures if figure.id not in there]
