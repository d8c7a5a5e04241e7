"""What the figures of abandonment stand on: carts and orders, and which source is known by which of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import polars as pl
from sqlalchemy import Connection

from connector.frames.checkouts import read_begun_orders, read_carts
from connector.frames.counting import Counting
from connector.frames.shops import Known, Shops, read_shops
from connector.kpi.abandonment import begun
from connector.kpi.abandonment import rows as behind
from connector.kpi.abandonment.computing import View
from connector.kpi.abandonment.figures import AbandonmentKpi
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension
from connector.kpi.period import Period
from connector.kpi.question import Question
from connector.kpi.result import Flag
from connector.kpi.subject import Condition, in_order
from connector.messages import Message
from connector.messages.kpi import KPI

ORDERS, CARTS = "orders", "carts"
"""The streams of a shop that tell of checkouts, by the names that sources give them."""

COLUMNS: Mapping[str, str] = {
    "source": "source_id",
    **{name: name for name in ("shop", "country", "currency", "payment_method")},
}
"""Where the frames hold each dimension."""

OPTIONS = ("orders.statuses", "orders.min_total", "orders.exclude_tags")
"""Options that decide which order counts, and so which checkout was one."""


class Abandonment:
    """What was begun in all shops, and what came of it. `now` in microseconds UTC."""

    def __init__(self, question: Question, shops: Shops, orders: pl.DataFrame, carts: pl.DataFrame, now: int) -> None:
        self.question = question
        self._shops = shops
        self._now = now
        options = question.options.orders
        self._orders = begun.counted(orders, options.min_total, options.exclude_tags)
        self._carts = carts
        self._conditions = question.conditions(COLUMNS, shops.ids)

    # --- what there is -----------------------------------------------------------------------------------------------

    @cached_property
    def _with_carts(self) -> dict[int, int]:
        """The sources that give carts, and until when both carts and orders are known."""
        offered = {sync.source_id for sync in self._shops.syncs if sync.stream == CARTS and sync.offered}
        return {source: self._until(source, (CARTS, ORDERS)) for source in offered}

    @cached_property
    def _without_carts(self) -> dict[int, int]:
        """The shops whose kind has no carts to give, and until when their orders are known.

        A shop that has carts and does not show them is in neither: its orders do not tell what was begun.
        """
        having = {sync.source_id for sync in self._shops.syncs if sync.stream == CARTS}
        ordering = {sync.source_id for sync in self._shops.syncs if sync.stream == ORDERS and sync.offered}
        return {source: self._until(source, (ORDERS,)) for source in ordering - having}

    def _until(self, source: int, streams: Sequence[str]) -> int:
        known = [
            sync.until
            for sync in self._shops.syncs
            if sync.source_id == source and sync.stream in streams and sync.until is not None
        ]
        return min(known, default=self._now)

    def earliest(self) -> int | None:
        instants = (frame["started_at"].min() for frame in (self._orders, self._carts))
        return min((instant for instant in instants if isinstance(instant, int)), default=None)

    def unavailable(self, kpi: Kpi) -> Message | None:
        """Figures of carts need a source that gives carts; the others any shop."""
        shops = self._shops_among(self._conditions)
        if not shops:
            return KPI("reason.no_shop")
        if untold := self._untold(kpi, self._conditions):
            return KPI("reason.no_cart_source", sources=", ".join(untold)) if len(untold) == len(shops) else None
        return None

    def _shops_among(self, conditions: Iterable[Condition]) -> set[int]:
        """The sources with orders that meet the conditions about sources."""
        found = {sync.source_id for sync in self._shops.syncs if sync.stream == ORDERS}
        for column, values in conditions:
            if column == "source_id":
                found &= {value for value in values if isinstance(value, int)}
        return found

    def _untold(self, kpi: Kpi, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """The names of those that do not tell what a figure needs."""
        if _kpi(kpi).begun == "payments":
            return ()
        telling = {**self._with_carts, **({} if _kpi(kpi).begun == "carts" else self._without_carts)}
        return tuple(sorted(self._shops.names[source] for source in self._shops_among(conditions) - telling.keys()))

    def known(self, kpi: Kpi) -> Known:
        streams = (ORDERS,) if _kpi(kpi).begun == "payments" else (ORDERS, CARTS)
        return self._shops.known(streams, dict(self._conditions).get("source_id"))

    # --- what a figure looks at --------------------------------------------------------------------------------------

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> View:
        rows = self._begun(_kpi(kpi)).filter(
            (pl.col("started_at") >= period.start) & (pl.col("started_at") < period.end)
        )
        conditions = (*self._conditions, *narrower)
        for column, values in conditions:
            named = [value for value in values if value is not None]
            meets = pl.col(column).is_in(named).fill_null(False) if named else pl.lit(False)
            rows = rows.filter((meets | pl.col(column).is_null()) if None in values else meets)
        return View(
            rows,
            self.question.options.abandonment.hours,
            by_orders=bool((rows["kind"] == "order").any()),
            untold=self._untold(kpi, conditions),
        )

    def _begun(self, kpi: AbandonmentKpi) -> pl.DataFrame:
        if kpi.begun == "carts":
            return self._full_carts
        return self._payments if kpi.begun == "payments" else self._checkouts

    @cached_property
    def _all_carts(self) -> pl.DataFrame:
        return begun.begun_carts(self._carts, self._orders, self._with_carts)

    @cached_property
    def _full_carts(self) -> pl.DataFrame:
        return self._all_carts.filter(pl.col("products") > 0).drop("has_address")

    @cached_property
    def _checkouts(self) -> pl.DataFrame:
        with_address = self._all_carts.filter("has_address").drop("has_address")
        return pl.concat([with_address, begun.begun_orders(self._orders, self._without_carts)], how="diagonal")

    @cached_property
    def _payments(self) -> pl.DataFrame:
        shops = {source: self._until(source, (ORDERS,)) for source in self._shops.names}
        return begun.begun_orders(self._orders.filter(pl.col("counts") | (pl.col("status") == "failed")), shops)

    def values(self, kpi: Kpi, view: View, by: Dimension) -> Iterator[tuple[Condition, str | None]]:
        column = COLUMNS[by.name]
        for value in in_order(view.rows[column].unique()):
            shown = self._shops.names.get(value) if isinstance(value, int) else value
            yield (column, (value,)), None if shown is None else str(shown)

    def currencies(self, kpi: Kpi, views: Iterable[View]) -> Sequence[str | None]:
        """No figure of abandonment is an amount."""
        return ()

    # --- what is said beside it --------------------------------------------------------------------------------------

    def options(self, kpi: Kpi) -> Sequence[str]:
        return (*OPTIONS, *kpi.options)

    def flags(self, kpi: Kpi, view: View) -> Iterable[Flag]:
        return ()

    def follows_history(self, kpi: Kpi) -> bool:
        return False

    def excluded(self, kpi: Kpi, view: View) -> Mapping[str, int]:
        return {}

    def counts(self, kpi: Kpi, view: View) -> Mapping[str, int]:
        carts = int((view.rows["kind"] == "cart").sum())
        orders = view.rows.height - carts
        return {name: count for name, count in (("begun_carts", carts), ("begun_orders", orders)) if count}

    def rows(self, kpi: Kpi, view: View) -> pl.DataFrame:
        return behind.rows(_kpi(kpi), view, self._shops.names)


def read(connection: Connection, question: Question, now: int, *, rows: bool) -> Abandonment:
    """What the figures of abandonment stand on (`subject.Reader`)."""
    shops = read_shops(connection)
    counting = Counting(statuses=question.options.orders.statuses, sources=shops.ids)
    columns = {COLUMNS[name] for name in (*question.filters, *([question.by.name] if question.by else []))}
    columns |= {"total"} if question.options.orders.min_total is not None else set()
    columns |= {"tags"} if question.options.orders.exclude_tags else set()
    columns |= set(begun.DETAILS) if rows else set()
    orders = read_begun_orders(connection, counting, columns)
    return Abandonment(question, shops, orders, read_carts(connection, columns), now)


def _kpi(kpi: Kpi) -> AbandonmentKpi:
    return cast(AbandonmentKpi, kpi)
