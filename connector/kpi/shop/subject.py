"""What the shop's figures stand on: the frames read for a question, and the histories they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import cast

import polars as pl
from sqlalchemy import Connection

from connector.frames.reading import Frames, read_frames
from connector.frames.shops import Known
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension
from connector.kpi.period import Period
from connector.kpi.question import Question
from connector.kpi.rates import Rates
from connector.kpi.result import Flag
from connector.kpi.shop import history as histories
from connector.kpi.shop import rows as behind
from connector.kpi.shop import wanted as reading
from connector.kpi.shop.conversion import converted
from connector.kpi.shop.figures import ShopKpi
from connector.kpi.shop.history import ATTRIBUTION, PAID_IN, History, first_touch
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.worth import BEGINNING
from connector.kpi.subject import Condition
from connector.messages import Message
from connector.messages.kpi import KPI

ORDERS = "orders"
REFUNDS = ("refunds", "order_slip")
"""The streams whose last success says how far orders and refunds are known, by the names that sources give them."""

EVERY_FIGURE = ("orders.date", "orders.statuses", "orders.min_total", "orders.exclude_tags")
"""Options that change every figure of the shop."""


class Shop:
    """The frames of one question, and every scope over them once. `now` in microseconds UTC."""

    def __init__(self, question: Question, frames: Frames, now: int) -> None:
        self.question = question
        self.frames = frames
        self.now = now
        self.conditions = question.conditions(reading.FILTERED, frames.shops.ids)
        self._histories: dict[tuple[bool, ...], History] = {}
        self._scopes: dict[object, Scope] = {}
        self._first: dict[object, Scope] = {}

    # --- what there is -----------------------------------------------------------------------------------------------

    def earliest(self) -> int | None:
        instants: list[int] = []
        plain = self._plain
        for frame, column in ((plain.orders, "at"), (plain.refunds, "refunded_at"), (plain.contacts, "start_at")):
            if frame is not None and isinstance(earliest := frame[column].min(), int):
                instants.append(earliest)
        return min(instants, default=None)

    def unavailable(self, kpi: Kpi) -> Message | None:
        """Until a shop has been synced, a figure of the shop is not 0 but unknown."""
        synced = any(sync.stream == ORDERS for sync in self.frames.shops.syncs)
        held = any(frame is not None and frame.height for frame in (self.frames.orders, self.frames.undated))
        return None if synced or held else KPI("reason.no_shop")

    @cached_property
    def observed(self) -> int:
        """The last sync of any shop: how long each person has been followed. Now, where none is noted."""
        known = [sync.until for sync in self.frames.shops.syncs if sync.stream == ORDERS and sync.until is not None]
        return max(known, default=self.now)

    def known(self, kpi: Kpi) -> Known:
        streams = (ORDERS, *(REFUNDS if _shop(kpi).refunds is not None else ()))
        return self.frames.shops.known(streams, dict(self.conditions).get("source_id"))

    # --- what a figure looks at --------------------------------------------------------------------------------------

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> Scope:
        history = self._history(_shop(kpi))
        key = (id(history), self._by_first_touch(kpi), period, narrower)
        if key not in self._scopes:
            self._scopes[key] = self._scope(history, kpi, period, narrower)
        return self._scopes[key]

    def _scope(self, history: History, kpi: Kpi, period: Period, narrower: tuple[Condition, ...]) -> Scope:
        """A new scope. What is the same in every period is found, and held, only once."""
        key = (id(history), self._by_first_touch(kpi), narrower)
        if key in self._first:
            return self._first[key].during(period.start, period.end)
        if narrower:
            *wider, (column, values) = narrower
            scope = self.view(kpi, period, *wider).narrowed((self._column(kpi, column), values))
        else:
            conditions = tuple((self._column(kpi, column), values) for column, values in self.conditions)
            scope = Scope(history, period.start, period.end, conditions)
        self._first[key] = scope
        return scope

    def values(self, kpi: Kpi, view: Scope, by: Dimension) -> Iterator[tuple[Condition, str | None]]:
        column = self._column(kpi, reading.COLUMNS[by.name])
        names = self.frames.shops.names
        for value in view.values(column, refunds=_shop(kpi).refunds is not None, cancelled=_shop(kpi).cancelled):
            shown = names.get(value) if by.name == "source" and isinstance(value, int) else value
            yield (column, (value,)), None if shown is None else str(shown)

    def currencies(self, kpi: Kpi, views: Iterable[Scope]) -> list[str | None]:
        """Most orders first. Where there was no business at all, the one asked for or the shops' own: an amount of 0
        has a currency too.
        """
        orders: dict[str | None, int] = {}
        for scope in (view.during(BEGINNING, view.end) if _shop(kpi).so_far else view for view in views):
            for name, count in scope.orders.group_by("currency").agg(pl.len()).iter_rows():
                orders[name] = orders.get(name, 0) + count
            if _shop(kpi).refunds is not None:
                for name in scope.refunds["currency"].unique():
                    orders.setdefault(name, 0)
        if not orders and (report := self.question.options.currency.report):
            return [report]
        if not orders:
            conditions = dict(self.conditions)
            shops = self.frames.shops.currencies
            chosen = conditions.get("source_id", tuple(shops))
            own = {currency for source, currency in shops.items() if source in chosen}
            named: list[str | None] = [*map(str, conditions.get(PAID_IN, ()))] or [*sorted(own)] or [None]
            orders = dict.fromkeys(named, 0)
        return sorted(orders, key=lambda name: (-orders[name], name is None, name or ""))

    def _by_first_touch(self, kpi: Kpi) -> bool:
        """Whether orders are narrowed by where their customer's first one came from."""
        return _shop(kpi).first_touch and reading.attributed(self.question)

    def _column(self, kpi: Kpi, column: str) -> str:
        """The column of a condition: figures that follow customers go by where their first order came from."""
        if column == PAID_IN and not self._converts(kpi):
            return "currency"
        return first_touch(column) if column in ATTRIBUTION and _shop(kpi).first_touch else column

    def _converts(self, kpi: Kpi) -> bool:
        """Whether the amounts of a figure are converted to one currency."""
        return kpi.money and self.question.options.currency.report is not None

    # --- what is said beside it --------------------------------------------------------------------------------------

    def options(self, kpi: Kpi) -> Sequence[str]:
        currency = self.question.options.currency
        converting = ("currency.report", *(("currency.rates", "currency.table") if currency.report else ()))
        lines = ("orders.line_level",) if _shop(kpi).lines else ()
        return (*EVERY_FIGURE, *kpi.options, *lines, *(converting if kpi.money else ()))

    def flags(self, kpi: Kpi, view: Scope) -> Iterator[Flag]:
        doubts = (view.unknown_status(), view.conflicts() if _shop(kpi).persons else None, view.converted())
        return (flag for flag in doubts if flag)

    def follows_history(self, kpi: Kpi) -> bool:
        return _shop(kpi).persons and _shop(kpi).history

    def excluded(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        return view.excluded(persons=_shop(kpi).persons, refunds="refunds.date" in kpi.options)

    def counts(self, kpi: Kpi, view: Scope) -> Mapping[str, int]:
        counts = {"orders_of_all_time": view.selected.height, "orders": view.orders.height}
        if _shop(kpi).persons:
            counts["orders_with_person"] = view.persons.height
        if _shop(kpi).refunds is not None:
            counts["refunds"] = view.refunds.height
        if _shop(kpi).cancelled:
            counts["cancelled"] = view.cancelled.height
        return counts

    def rows(self, kpi: Kpi, view: Scope) -> pl.DataFrame:
        return behind.rows(_shop(kpi), view, self.frames.shops.names)

    # --- histories ---------------------------------------------------------------------------------------------------

    def _history(self, kpi: ShopKpi) -> History:
        options = self.question.options
        strict = kpi.persons and reading.fully_refunded_out(self.question)
        merged = kpi.persons and options.orders.merge == "day" and "orders.merge" in kpi.options
        lines = kpi.lines and options.orders.line_level
        converts = self._converts(kpi)
        key = (strict, merged, lines, converts)
        if key not in self._histories:
            history = self._plain.without_fully_refunded() if strict else self._plain
            history = history.merged_by_day() if merged else history
            history = histories.typed_refunds(history) if reading.types_refunds(self.question) else history
            history = replace(history, line_level=True) if lines else history
            self._histories[key] = converted(history, self._rates) if converts else history
        return self._histories[key]

    @cached_property
    def _rates(self) -> Rates:
        return Rates(self.question.options.currency, self.frames.shops.currencies)

    @cached_property
    def _plain(self) -> History:
        return histories.build(self.frames, self.question.options, self.question.zone, self.observed)


def read(connection: Connection, question: Question, now: int, *, rows: bool) -> Shop:
    """What the shop's figures of a question stand on (`subject.Reader`)."""
    shown = behind.SHOWN if rows else None
    frames = read_frames(connection, lambda shops: (reading.wanted(question, shown), reading.counting(question, shops)))
    return Shop(question, frames, now)


def _shop(kpi: Kpi) -> ShopKpi:
    return cast(ShopKpi, kpi)
