"""What figures across sources stand on: the shop's history and the desk side by side, read in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import polars as pl
from sqlalchemy import Connection

from connector.errors import UsageError
from connector.frames.answers import read_answers
from connector.frames.checkouts import read_carts
from connector.frames.conversations import read_desks
from connector.frames.shops import Known
from connector.kpi.across import customer_value, reading
from connector.kpi.across import rows as behind
from connector.kpi.across.at_risk import BLANK, WORTH
from connector.kpi.across.contact_rate import per_100
from connector.kpi.across.figures import EVERY_FIGURE, AcrossKpi
from connector.kpi.across.view import View
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension
from connector.kpi.period import Period
from connector.kpi.question import Question
from connector.kpi.result import Flag
from connector.kpi.service import subject as service
from connector.kpi.service.scope import Scope as Talks
from connector.kpi.shop import subject as shop
from connector.kpi.shop.scope import Scope as Orders
from connector.kpi.subject import Condition
from connector.messages import Message
from connector.messages.kpi import KPI

CARTS = "carts"

Ranks = Mapping[str | int | None, int]
"""The place of each value of a breakdown."""


class Across:
    """Shop and desk of one question, and every view of both once."""

    def __init__(
        self,
        question: Question,
        sold: shop.Shop,
        desk: service.Service,
        answers: pl.DataFrame | None = None,
        carts: pl.DataFrame | None = None,
    ) -> None:
        self.question = question
        self._shop = sold
        self._desk = desk
        self._answers = answers
        self._carts = carts
        self._orders_as = reading.shop_kpi(question)
        self._money_as = reading.shop_kpi(question, money=True)
        self._talks_as = reading.desk_kpi(question)
        self._own = tuple((name, values) for name, values in question.filters.items() if name in reading.OWN)
        self._views: dict[object, View] = {}
        self._shared: dict[Any, Any] = {}

    # --- what there is -----------------------------------------------------------------------------------------------

    def earliest(self) -> int | None:
        found = (self._shop.earliest(), self._desk.earliest())
        return min((instant for instant in found if instant is not None), default=None)

    def unavailable(self, kpi: Kpi) -> Message | None:
        """Which source is missing: a shop, a desk, or somebody who asks customers."""
        own = _across(kpi)
        no_shop = self._shop.unavailable(self._orders_as)
        if own.id == "x_journey":
            return no_shop if no_shop and not self._desk.delivered else None
        if no_shop:
            return no_shop
        if own.desk and not self._desk.delivered:
            return KPI("reason.no_conversations_delivered")
        if own.answers and (self._answers is None or not (self._answers["metric"] == "csat").any()):
            return KPI("reason.not_asked_csat")
        return None

    @property
    def observed(self) -> int:
        """Until when both sides are known."""
        if not self._desk.delivered:
            return self._shop.observed
        if self._shop.unavailable(self._orders_as):
            return self._desk.desk.observed
        return min(self._shop.observed, self._desk.desk.observed)

    def known(self, kpi: Kpi) -> Known:
        own = _across(kpi)
        streams = (shop.ORDERS, *(shop.REFUNDS if own.refunds is not None else ()), *service.STREAMS)
        return self._shop.frames.shops.known(streams)

    # --- what a figure looks at --------------------------------------------------------------------------------------

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> View:
        own = _across(kpi)
        by = self.question.by.name if self.question.by else None
        key = (own.side, own.money, own.id == "x_contact_rate", own.dimensions == (), period, narrower)
        if key not in self._views:
            conditions = (*(one for one in self._own if one[0] in own.dimensions), *narrower)
            orders, talks = self._sides(own, period, conditions)
            self._views[key] = View(
                orders,
                talks,
                period.start,
                period.end,
                self.observed,
                self._desk.delivered,
                by,
                conditions,
                self._answers,
                self._carts,
                self._ranks(own, period) if by and own.id == "x_contact_rate" else None,
                _shared=self._shared,
            )
        return self._views[key]

    def _sides(self, kpi: AcrossKpi, period: Period, conditions: Sequence[Condition]) -> tuple[Orders, Talks]:
        """The side that the figure looks from, narrowed; of the other everything."""
        stand_in = self._money_as if kpi.money else self._orders_as
        narrowed = self._shop.view(stand_in, period)
        talks = Talks(self._desk.desk, period.start, period.end, hours=self._desk.hours)
        if kpi.side == "conversations":
            orders = Orders(narrowed.history, period.start, period.end)
            of_orders = [one for one in conditions if one[0] == "currency"]
            talks = replace(
                talks, conditions=(*self._desk.conditions, *(one for one in conditions if one not in of_orders))
            )
        elif kpi.dimensions and set(kpi.dimensions) <= reading.OWN:
            orders = Orders(narrowed.history, period.start, period.end)  # narrowed by what is computed, not by orders
            of_orders = []
        else:
            orders, of_orders = narrowed, list(conditions)
        for column, values in of_orders:
            orders = orders.narrowed((column, values))
        return orders, talks

    def _ranks(self, kpi: AcrossKpi, period: Period) -> Callable[[], Ranks]:
        def ranks() -> Ranks:
            key = ("ranks", period)
            if key not in self._shared:
                self._shared[key] = self._ranked(kpi, period)
            return cast(Ranks, self._shared[key])

        return ranks

    def _ranked(self, kpi: AcrossKpi, period: Period) -> Ranks:
        """The place of each value of the breakdown, the highest rate first; equal ones share it (6.6)."""
        assert self.question.by is not None
        rates: dict[str | int | None, float] = {}
        for condition, _ in self.values(kpi, self.view(kpi, period), self.question.by):
            found = per_100(self.view(kpi, period, condition))
            if condition[1][0] is not None and found and found[1] >= self.question.options.samples.small:
                rates[condition[1][0]] = found[0]
        return {value: 1 + sum(other > rate for other in rates.values()) for value, rate in rates.items()}

    def values(self, kpi: Kpi, view: View, by: Dimension) -> Iterator[tuple[Condition, str | None]]:
        own = _across(kpi)
        if by.name in ("segment", "order_count"):
            for value in customer_value.values(view, by.name):
                yield (by.name, (value,)), value
        elif by.name == "order_status":
            for status in view.orders.values("order_status"):
                yield ("order_status", (status,)), None if status is None else str(status)
        elif own.side == "orders":
            yield from self._shop.values(self._orders_as, view.orders, by)
        else:
            talks = replace(view.talks, start=BLANK) if own.money else view.talks
            yield from self._desk.values(self._talks_as, talks, by)

    def currencies(self, kpi: Kpi, views: Iterable[View]) -> Sequence[str | None]:
        scopes = [view.orders.during(min(view.end, view.observed) - WORTH, view.end) for view in views]
        return self._shop.currencies(self._money_as, scopes)

    # --- what is said beside it --------------------------------------------------------------------------------------

    def options(self, kpi: Kpi) -> Sequence[str]:
        return (*kpi.options, *EVERY_FIGURE)

    def flags(self, kpi: Kpi, view: View) -> Iterator[Flag]:
        doubts = (view.orders.unknown_status(), view.orders.conflicts())
        return (flag for flag in doubts if flag and _across(kpi).side == "orders")

    def follows_history(self, kpi: Kpi) -> bool:
        return True

    def excluded(self, kpi: Kpi, view: View) -> Mapping[str, int]:
        own = _across(kpi)
        if own.side == "conversations":
            return view.talks.excluded()
        return view.orders.excluded(persons=own.rows == "persons" and own.dimensions != ())

    def counts(self, kpi: Kpi, view: View) -> Mapping[str, int]:
        return {
            "orders_of_all_time": view.orders.selected.height,
            "orders": view.orders.orders.height,
            "conversations_of_all_time": view.talks.selected.height,
            "conversations": view.talks.rows.height,
        }

    def rows(self, kpi: Kpi, view: View) -> pl.DataFrame:
        return behind.rows(_across(kpi), view, self._shop.frames.shops.names)


def read(connection: Connection, question: Question, now: int, *, rows: bool) -> Across:
    """What the figures across sources of a question stand on (`subject.Reader`).

    Raises UsageError where the days of exposure are not shorter than those of the outcome.
    """
    kpis = reading.kpis_of(question)
    _check_windows(question)
    sold = shop.read(connection, reading.of_the_shop(question), now, rows=rows)
    desk = service.read(connection, reading.of_the_desk(question), now, rows=rows)
    if any(kpi.attributed for kpi in kpis):
        assert sold.frames.orders is not None
        orders = reading.with_contacts(sold.frames.orders, desk.desk.conversations)
        sold = shop.Shop(sold.question, replace(sold.frames, orders=orders), now)
    answers = None
    if any(kpi.answers for kpi in kpis):
        solved = question.options.csat.date == "solved"
        given, agents = read_answers(connection), read_desks(connection).agents
        answers = reading.answers_of(given, desk.desk.conversations, agents, solved=solved)
    carts = None
    shops = sold.frames.shops
    if any(kpi.carts for kpi in kpis) and any(sync.stream == CARTS and sync.offered for sync in shops.syncs):
        carts = read_carts(connection)
    across = Across(question, sold, desk, answers, carts)
    desk.desk = replace(desk.desk, observed=across.observed)
    return across


def _check_windows(question: Question) -> None:
    """Who ordered again during the exposure is left out: something must come after it."""
    cross = question.options.cross
    followed = any("cross.outcome_days" in kpi.options for kpi in question.kpis)
    if followed and cross.landmark and cross.exposure_days >= cross.outcome_days:
        raise UsageError(
            KPI("windows", exposure=cross.exposure_days, outcome=cross.outcome_days),
            KPI("windows.advice"),
        )


def _across(kpi: Kpi) -> AcrossKpi:
    return cast(AcrossKpi, kpi)
