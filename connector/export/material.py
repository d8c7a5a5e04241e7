"""What an export is asked for, and everything it may hold; all of it is read in one transaction."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, exists, func, select

from connector.clock import Clock
from connector.errors import UsageError
from connector.export.columns import Grid
from connector.export.frugal import give_back
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables import TABLES
from connector.frames.shops import Shops, read_shops
from connector.frames.unheard import refuse_unheard
from connector.kpi.dimensions import DIMENSIONS, read_filters
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked
from connector.kpi.registry import KPIS, available
from connector.kpi.result import Evaluation
from connector.messages.export import texts

if TYPE_CHECKING:
    import polars as pl

COHORTS = "cohorts"
AT_RISK = "x_revenue_at_risk"
_FROM_MESSAGES = frozenset({"aht_estimated"})
"""Figures for which every message must be read: not among those of a family."""
TABLE_NAMES: tuple[str, ...] = ("kpis", COHORTS, *TABLES)
"""Every table there is, in the order of a workbook's sheets."""

Progress = Callable[[str, int], None]
"""Is told a table's name and how many of its rows are written so far; 0 where its figures begin to be computed."""


def quiet(table: str, rows: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Request:
    """What an export is asked for.

    Without a period (`asked`) and filters it holds every stored row. `tables` None = all of them. `texts_kept` says
    that message texts are stored and may be given out (`privacy.message_text: full`).
    """

    zone: ZoneInfo
    language: str = "en"
    options: KpiOptions = field(default_factory=KpiOptions)
    asked: Asked | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Sequence[str] | None = None
    compare: str | None = None  # previous | year: the figures beside those of another period
    history_from: date | None = None
    texts_kept: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written: the files, the rows of each table, and the tables that the filters do not fit."""

    files: tuple[Path, ...]
    rows: Mapping[str, int]
    left_out: tuple[str, ...] = ()


class Material:
    """Everything an export may hold, read from one transaction when it is asked for.

    Polars is loaded when the first figure is computed: rows that are written before that need less memory.
    """

    def __init__(self, connection: Connection, request: Request, clock: Clock) -> None:
        self.connection = connection
        self.request = request
        self.filters = read_filters(request.filters)
        self.store = _Snapshot(connection)
        self._clock = clock
        shops = read_shops(connection)
        _check_sources(self.filters.get("source", ()), shops)
        refuse_unheard(connection, self.filters)
        self.scope = Scope(
            zone=request.zone,
            options=request.options,
            start=request.asked.start if request.asked else None,
            end=request.asked.end if request.asked else None,
            filters=self.filters,
            sources=shops.ids,
            texts_kept=request.texts_kept,
        )
        self.tables, self.left_out = self._chosen()

    def _chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tables to write, and those that the filters do not fit. Raises UsageError for a named one."""
        named = self.request.tables
        for name in named or ():
            if name not in TABLE_NAMES:
                raise _unknown(name)
        wanted = [name for name in TABLE_NAMES if named is None or name in named]
        unfit = {name: sorted(set(self.filters) - _fitting(name)) for name in wanted}
        if named is not None:
            for name, filters in unfit.items():
                if filters:
                    raise _unfit(name, filters)
        return tuple(name for name in wanted if not unfit[name]), tuple(name for name in wanted if unfit[name])

    def has_rows(self, table: str) -> bool:
        """Whether the store holds any row of a row table, whatever was asked for."""
        return bool(self.connection.execute(select(exists(select(stored(TABLES[table].model))))).scalar())

    def count(self, table: str, above: int) -> int:
        """How many rows a row table gives: exactly where they may be more than `above`, else what is stored."""
        held = self.connection.execute(select(func.count()).select_from(stored(TABLES[table].model))).scalar_one()
        if held <= above:
            return int(held)
        return sum(1 for _ in self.rows(table).rows)

    def figures(self) -> Evaluation:
        """The headline set; figures that the filters do not fit are left out and named.

        It is computed one family after the other, since each then needs fewer columns in memory. All history begins
        with the first order or conversation, so a family whose own begins later is asked again.
        """
        from connector.kpi.leaving_out import left_out
        from connector.kpi.question import ask

        request = self.request
        question = ask((), options=request.options, zone=request.zone, filters=self.filters)
        families = [[kpi.id for kpi in kpis] for _, kpis in groupby(question.kpis, key=lambda kpi: kpi.family)]
        parts = [self._evaluation(ids, request.compare) for ids in families]
        if not parts:
            return self._evaluation((), request.compare)
        begins = min((part.start for part in parts if part.figures), default=None)
        parts = [
            part if part.start == begins or not part.figures else self._evaluation(ids, request.compare, begins)
            for ids, part in zip(families, parts, strict=True)
        ]
        figures = tuple(figure for part in parts for figure in part.figures)
        return replace(parts[0], figures=figures, left_out=left_out(self.store, question, self._clock.now()))

    def fitting(self, family: str) -> list[str]:
        """The ids of the figures of a family that the filters fit."""
        return [
            kpi.id
            for kpi in available(self.request.options)
            if kpi.family == family and kpi.id not in _FROM_MESSAGES and not set(self.filters) - set(kpi.dimensions)
        ]

    def families(self, names: Sequence[str]) -> Evaluation:
        """The fitting figures of some families, computed one family after the other. There must be one."""
        parts = [self._evaluation(ids, self.request.compare) for ids in map(self.fitting, names) if ids]
        return replace(parts[0], figures=tuple(figure for part in parts for figure in part.figures))

    def work_list(self) -> pl.DataFrame:
        """The conversations at risk with their persons' worth. Raises UsageError for filters that do not fit."""
        from connector.kpi.rows import rows_behind

        request = self.request
        return rows_behind(
            self.store,
            AT_RISK,
            clock=self._clock,
            zone=request.zone,
            options=request.options,
            asked=request.asked,
            filters=self.filters,
            history_from=request.history_from,
        )

    def cohorts(self) -> Evaluation:
        """The cohort table."""
        return self._evaluation((COHORTS,))

    def rows(self, table: str) -> Grid:
        """The rows of a row table."""
        return TABLES[table].rows(self.connection, self.scope)

    def grid(self, table: str) -> Grid:
        """Any table as a plain grid."""
        if table in TABLES:
            return self.rows(table)
        from connector.export.figure_grids import cohort_grid, figure_grid

        if table == COHORTS:
            return cohort_grid(self.cohorts().figures)
        return figure_grid(self.figures(), self.request.language)

    def _evaluation(self, ids: Sequence[str], compare: str | None = None, begins: int | None = None) -> Evaluation:
        from connector.kpi.evaluate import evaluate

        request = self.request
        give_back()  # what the one before was computed with
        return evaluate(
            self.store,
            ids,
            clock=self._clock,
            zone=request.zone,
            options=request.options,
            asked=request.asked,
            filters=self.filters,
            compare=compare,
            language=request.language,
            history_from=request.history_from,
            only_available=True,
            begins=begins,
        )


class _Snapshot:
    """A store whose every reading is the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._connection


def _fitting(table: str) -> frozenset[str]:
    """The filters that fit a table. The headline set takes all, since it leaves out what they do not fit."""
    if table in TABLES:
        return TABLES[table].filters
    if table == COHORTS:
        return frozenset(next(kpi.dimensions for kpi in KPIS if kpi.id == COHORTS))
    return frozenset(DIMENSIONS)


def _check_sources(names: Sequence[str], shops: Shops) -> None:
    for name in names:
        if name not in shops.ids:
            known = ", ".join(shops.ids)
            advice = texts("source_known", names=known) if known else texts("source_none")
            raise UsageError(texts("source_unknown", name=name), advice)


def _unknown(name: str) -> UsageError:
    close = difflib.get_close_matches(name, TABLE_NAMES, n=1)
    advice = texts("table_near", name=close[0]) if close else texts("table_known", names=", ".join(TABLE_NAMES))
    return UsageError(texts("table_unknown", name=name), advice)


def _unfit(name: str, filters: Sequence[str]) -> UsageError:
    return UsageError(
        texts("table_unfit", name=name, filters=", ".join(filters)), texts("table_unfit_advice", name=name)
    )
