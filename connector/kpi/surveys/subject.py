"""What the surveys' figures stand on: the answers and offers of all sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import polars as pl
from sqlalchemy import Connection

from connector.frames.answers import read_answers, with_content
from connector.frames.conversations import read_desks
from connector.frames.shops import Known, Shops, read_shops
from connector.instants import DAY
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension
from connector.kpi.period import Period
from connector.kpi.question import Question
from connector.kpi.result import Flag
from connector.kpi.subject import Condition, in_order
from connector.kpi.surveys import answers as shaping
from connector.kpi.surveys import rows as behind
from connector.kpi.surveys.effort import SCALES
from connector.kpi.surveys.figures import SurveyKpi
from connector.kpi.surveys.scope import LISTS, Scope, meeting
from connector.messages import Message
from connector.messages.kpi import KPI

STREAMS = ("answers", "satisfaction_ratings", "survey_responses", "chats")
"""The streams that bring answers, by the names that sources give them."""

COLUMNS: Mapping[str, str] = {
    "source": "source_id",
    **{name: name for name in ("survey", "channel", "agent", "group", "product", "category")},
}
"""Where the frame holds each dimension."""
ASKED = {**COLUMNS, "product": "product_named"}
"""Where it holds what is asked for by a filter: products by number, SKU or name."""


class Surveys:
    """All answers and offers, and every scope over them once."""

    def __init__(self, question: Question, shops: Shops, rows: pl.DataFrame) -> None:
        self.question = question
        self._shops = shops
        self._rows = rows
        self._conditions = question.conditions(ASKED, shops.ids)
        self._scopes: dict[object, Scope] = {}
        self._prepared: dict[str, tuple[pl.DataFrame, pl.DataFrame]] = {}

    # --- what there is -----------------------------------------------------------------------------------------------

    def earliest(self) -> int | None:
        instants = (self._rows[name].min() for name in ("answered_at", "offered_at"))
        return min((instant for instant in instants if isinstance(instant, int)), default=None)

    def unavailable(self, kpi: Kpi) -> Message | None:
        """A question that nobody asked has no answers at all; one that is asked may have none in a period."""
        metric = _survey(kpi).metric
        if metric in self._sources:
            return None
        return KPI(f"reason.not_asked_{metric}")

    @cached_property
    def _sources(self) -> Mapping[str, frozenset[int]]:
        """The sources that ask about each metric."""
        asked = self._rows.select("metric", "source_id").unique().group_by("metric").all()
        return {metric: frozenset(sources) for metric, sources in asked.iter_rows()}

    def known(self, kpi: Kpi) -> Known:
        asking = self._sources.get(_survey(kpi).metric, frozenset())
        chosen = dict(self._conditions).get("source_id")
        return self._shops.known(STREAMS, asking if chosen is None else asking & set(cast("tuple[int, ...]", chosen)))

    # --- what a figure looks at --------------------------------------------------------------------------------------

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> Scope:
        own = _survey(kpi)
        conditions = (*self._conditions, *narrower, *self._scales(own))
        first = own.metric == "csat" and self.question.options.csat.answer == "first"
        key = (own.metric, period, first, conditions)
        if key not in self._scopes:
            answers, offers = self._of(own.metric)
            self._scopes[key] = Scope(
                answers, offers, period.start, period.end, self.question.options, first, conditions
            )
        return self._scopes[key]

    def _scales(self, kpi: SurveyKpi) -> tuple[Condition, ...]:
        """The scales that a figure, or the option `ces.version`, leaves."""
        wanted = kpi.scales
        version = self.question.options.ces.version
        if kpi.metric == "ces" and version is not None:
            wanted = tuple(scale for scale in wanted or SCALES.values() if scale == SCALES[version])
            return (("scale", wanted),)
        return (("scale", wanted),) if wanted else ()

    def _of(self, metric: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        if metric not in self._prepared:
            rows = self._rows.filter(pl.col("metric") == metric)
            solved = metric == "csat" and self.question.options.csat.date == "solved"
            self._prepared[metric] = shaping.dated(shaping.merged(rows), solved=solved), shaping.offers(rows)
        return self._prepared[metric]

    def values(self, kpi: Kpi, view: Scope, by: Dimension) -> Iterator[tuple[Condition, str | None]]:
        column = COLUMNS[by.name]
        rows = view.offered if _survey(kpi).offers else view.rows
        held = rows[column].explode() if column in LISTS else rows[column]
        for value in in_order(held.unique()):
            shown = self._shops.names.get(value) if isinstance(value, int) else value
            yield (column, (value,)), None if shown is None else str(shown)

    def currencies(self, kpi: Kpi, views: Iterable[Scope]) -> Sequence[str | None]:
        """No answer is an amount."""
        return ()

    # --- what is said beside it --------------------------------------------------------------------------------------

    def options(self, kpi: Kpi) -> Sequence[str]:
        return kpi.options

    def flags(self, kpi: Kpi, view: Scope) -> Iterable[Flag]:
        return ()

    def follows_history(self, kpi: Kpi) -> bool:
        return False

    def excluded(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        """Further answers to one survey, and answers about conversations that are not solved where that is asked."""
        if _survey(kpi).offers:
            return {}
        of_period = meeting(view.given, view.conditions)
        counts = {"further_answer": of_period.height - view.rows.height}
        if _survey(kpi).metric == "csat" and self.question.options.csat.date == "solved":
            inside = (pl.col("answered_at") >= view.start) & (pl.col("answered_at") < view.end)
            counts["not_solved"] = meeting(view.answers.filter(pl.col("at").is_null() & inside), view.conditions).height
        return counts

    def counts(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        counts = {"answers": view.rows.height, "offered": view.offered.height}
        return {name: count for name, count in counts.items() if count}

    def rows(self, kpi: Kpi, view: Scope) -> pl.DataFrame:
        return behind.rows(_survey(kpi), view, self._shops.names)


def read(connection: Connection, question: Question, now: int, *, rows: bool) -> Surveys:
    """What the surveys' figures of a question stand on (`subject.Reader`)."""
    shops = read_shops(connection)
    answers = read_answers(connection)
    if {"product", "category"} & {*question.filters, *([question.by.name] if question.by else [])}:
        answers = with_content(connection, answers, within=question.options.cross.attribution_days * DAY)
    return Surveys(question, shops, shaping.prepared(answers, read_desks(connection).agents))


def _survey(kpi: Kpi) -> SurveyKpi:
    return cast(SurveyKpi, kpi)
