"""What a question stands on: the frames read for it, the histories they tell, and the period of each figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property

import polars as pl

from connector.frames.reading import Frames, Reads, read_frames
from connector.instants import local_day
from connector.kpi import history as histories
from connector.kpi.definition import Kpi
from connector.kpi.history import History
from connector.kpi.period import Period, twelve_months
from connector.kpi.question import Question, Rows
from connector.kpi.scope import Condition, Scope

ORDERS = "orders"
REFUNDS = ("refunds", "order_slip")
"""The streams whose last success says how far orders and refunds are known, by the names that sources give them."""


class Ground:
    """The frames of one question, and every scope over them once. `now` in microseconds UTC."""

    def __init__(self, question: Question, frames: Frames, now: int) -> None:
        self.question = question
        self.frames = frames
        self.now = now
        self.conditions = question.conditions(frames.shops)
        self._histories: dict[tuple[bool, bool], History] = {}
        self._scopes: dict[object, Scope] = {}

    @property
    def available(self) -> bool:
        """Whether any shop has ever been synced: else a figure of the shop is not 0 but unknown."""
        synced = any(sync.stream == ORDERS for sync in self.frames.shops.syncs)
        return synced or any(frame is not None and frame.height for frame in (self.frames.orders, self.frames.undated))

    @cached_property
    def observed(self) -> int:
        """The last sync of any shop: how long each person has been followed. Now, where none is noted."""
        known = [sync.until for sync in self.frames.shops.syncs if sync.stream == ORDERS and sync.until is not None]
        return max(known, default=self.now)

    def known_until(self, kpi: Kpi) -> tuple[int | None, list[str]]:
        """How far all sources of a figure are known, and the names of those whose first sync is not finished."""
        streams = (ORDERS, *(REFUNDS if kpi.refunds is not None else ()))
        wanted = dict(self.conditions).get("source_id")
        syncs = [
            sync
            for sync in self.frames.shops.syncs
            if sync.stream in streams and sync.offered and (wanted is None or sync.source_id in wanted)
        ]
        unfinished = sorted({self.frames.shops.names[sync.source_id] for sync in syncs if sync.until is None})
        return min((sync.until for sync in syncs if sync.until is not None), default=None), unfinished

    @cached_property
    def period(self) -> Period:
        """The period asked for. Without one, all history: from the day of the first order or refund on."""
        zone = self.question.zone
        asked = self.question.asked
        after = asked.after if asked else local_day(self.now, zone) + timedelta(days=1)
        if asked and asked.first:
            return Period(asked.first, after, zone)
        first = self._earliest()
        last = after - timedelta(days=1)
        return Period(min(local_day(first, zone), last) if first is not None else last, after, zone)

    def period_of(self, kpi: Kpi) -> Period:
        """The period of one figure: some have one of their own where none is asked for."""
        if kpi.twelve_months and self.question.asked is None:
            return twelve_months(self.question.zone, self.now)
        return self.period

    def scope(self, kpi: Kpi, period: Period, *narrower: Condition) -> Scope:
        """What a figure looks at in a period, under the filters and further conditions."""
        history = self._history(kpi)
        key = (id(history), period, narrower)
        if key not in self._scopes:
            self._scopes[key] = Scope(history, period.start, period.end, (*self.conditions, *narrower))
        return self._scopes[key]

    def _history(self, kpi: Kpi) -> History:
        strict = kpi.persons and self.question.fully_refunded_out
        typed = kpi.refunds is not None and (self.question.typed or kpi.persons)
        if (strict, typed) not in self._histories:
            history = self._plain.without_fully_refunded() if strict else self._plain
            self._histories[strict, typed] = histories.typed_refunds(history) if typed else history
        return self._histories[strict, typed]

    @cached_property
    def _plain(self) -> History:
        return histories.build(self.frames, self.question.options, self.question.zone, self.observed)

    def _earliest(self) -> int | None:
        instants: list[int] = []
        for frame, column in ((self._plain.orders, "at"), (self._plain.refunds, "refunded_at")):
            if frame is not None and isinstance(earliest := frame[column].min(), int):
                instants.append(earliest)
        return min(instants, default=None)


def stand(store: Reads, question: Question, now: int, rows: Rows | None = None) -> Ground:
    """The ground of a question: reads the store once. `rows`: the rows are to be shown, with these columns."""
    frames = read_frames(store, lambda shops: (question.wanted(rows), question.counting(shops)))
    return Ground(question, frames, now)


def currencies(ground: Ground, kpi: Kpi, scopes: Iterable[Scope]) -> list[str | None]:
    """The currencies that a money figure has records in: most orders first.

    Where there was no business at all, the one asked for or the shops' own: an amount of 0 has a currency too.
    """
    orders: dict[str | None, int] = {}
    for scope in scopes:
        for name, count in scope.orders.group_by("currency").agg(pl.len()).iter_rows():
            orders[name] = orders.get(name, 0) + count
        if kpi.refunds is not None:
            for name in scope.refunds["currency"].unique():
                orders.setdefault(name, 0)
    if not orders:
        conditions = dict(ground.conditions)
        shops = ground.frames.shops.currencies
        wanted = conditions.get("source_id", tuple(shops))
        own = {currency for source, currency in shops.items() if source in wanted}
        named: list[str | None] = [*map(str, conditions.get("currency", ()))] or [*sorted(own)] or [None]
        orders = dict.fromkeys(named, 0)
    return sorted(orders, key=lambda name: (-orders[name], name is None, name or ""))
