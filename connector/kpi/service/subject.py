"""What the service's figures stand on: the frames read for a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import polars as pl
from sqlalchemy import Connection

from connector.frames import conversations as frames
from connector.frames.shops import Known, Shops, read_shops
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension
from connector.kpi.period import Period
from connector.kpi.question import Question
from connector.kpi.result import Flag
from connector.kpi.service import rows as behind
from connector.kpi.service import wanted as reading
from connector.kpi.service.desk import Desk, build, with_calendar
from connector.kpi.service.figures import ServiceKpi
from connector.kpi.service.scope import Scope
from connector.kpi.subject import Condition
from connector.messages import Message
from connector.messages.kpi import KPI

STREAMS = ("tickets", "chats", "conversations", "customer_threads")
"""The streams whose last success says how far conversations are known, by the names that sources give them."""
DESKS = STREAMS[:3]
"""Those of sources that are there for conversations: once synced, having none is an answer and not a gap."""

EVERY_FIGURE = ("service.exclude_tags", "service.bots")
"""Options that change every figure of the service."""

_READERS: Mapping[str, Callable[[Connection], pl.DataFrame]] = {
    "replies": frames.read_replies,
    "spans": frames.read_spans,
    "work": frames.read_work,
    "numbers": frames.read_numbers,
    "targets": frames.read_targets,
    "ratings": frames.read_ratings,
}


class Service:
    """The frames of one question, and every scope over them once."""

    def __init__(self, question: Question, desk: Desk, shops: Shops, delivered: bool) -> None:
        self.question = question
        self.desk = desk
        self.shops = shops
        self.delivered = delivered
        self.conditions = question.conditions(reading.COLUMNS, shops.ids)
        self._scopes: dict[object, Scope] = {}

    # --- what there is -----------------------------------------------------------------------------------------------

    def earliest(self) -> int | None:
        earliest = self.desk.conversations["created_at"].min()
        return earliest if isinstance(earliest, int) else None

    def unavailable(self, kpi: Kpi) -> Message | None:
        """A figure of conversations that nobody delivers is not 0 but unknown."""
        return None if self.delivered else KPI("reason.no_conversations_delivered")

    def known(self, kpi: Kpi) -> Known:
        return self.shops.known(STREAMS, dict(self.conditions).get("source_id"))

    # --- what a figure looks at --------------------------------------------------------------------------------------

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> Scope:
        own = _service(kpi)
        by_event = own.always or self.question.options.service.attribution == "event"
        dated = own.dated if by_event else "created_at"
        key = (period, dated, narrower)
        if key not in self._scopes:
            conditions = (*self.conditions, *narrower)
            self._scopes[key] = Scope(self.desk, period.start, period.end, dated, self.hours, conditions)
        return self._scopes[key]

    @cached_property
    def hours(self) -> bool:
        """Whether any source that is asked for has opening hours."""
        chosen = dict(self.conditions).get("source_id")
        timed = self.desk.timed_sources
        return bool(timed if chosen is None else timed & set(chosen))

    def values(self, kpi: Kpi, view: Scope, by: Dimension) -> Iterator[tuple[Condition, str | None]]:
        column = reading.COLUMNS[by.name]
        for value in view.values(column):
            shown = self.shops.names.get(value) if by.name == "source" and isinstance(value, int) else value
            yield (column, (value,)), None if shown is None else str(shown)

    def currencies(self, kpi: Kpi, views: Iterable[Scope]) -> list[str | None]:
        return [None]  # no figure of the service is money

    # --- what is said beside it --------------------------------------------------------------------------------------

    def options(self, kpi: Kpi) -> Sequence[str]:
        return (*kpi.options, *EVERY_FIGURE)

    def flags(self, kpi: Kpi, view: Scope) -> Iterator[Flag]:
        return iter(())

    def follows_history(self, kpi: Kpi) -> bool:
        return False

    def excluded(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        return view.excluded()

    def counts(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        counts = {"conversations_of_all_time": view.selected.height}
        if view.dated in view.selected.columns:
            counts["conversations"] = view.rows.height
        return counts

    def rows(self, kpi: Kpi, view: Scope) -> pl.DataFrame:
        return behind.rows(_service(kpi), view, self.shops.names)


def read(connection: Connection, question: Question, now: int, *, rows: bool) -> Service:
    """What the service's figures of a question stand on (`subject.Reader`)."""
    shops = read_shops(connection)
    conversations = frames.read_conversations(connection, reading.columns(question, rows=rows))
    besides = {name: _READERS[name](connection) for name in sorted(reading.besides(question))}
    synced = [sync.until for sync in shops.syncs if sync.stream in STREAMS and sync.until is not None]
    observed = max(synced, default=now)
    desk = build(conversations, besides, frames.read_desks(connection), question.options, question.zone, observed)
    if reading.calendar(question):
        desk = with_calendar(desk)
    delivered = conversations.height > 0 or any(sync.stream in DESKS and sync.until is not None for sync in shops.syncs)
    return Service(question, desk, shops, delivered)


def _service(kpi: Kpi) -> ServiceKpi:
    return cast(ServiceKpi, kpi)
