"""All counted orders under the options in force, each beside what went before and after it in its person's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import polars as pl

from connector.frames.lines import Contents
from connector.frames.reading import DATED, Frames
from connector.instants import DAY, EPOCH, day_start
from connector.kpi.options import KpiOptions
from connector.money import to_micros

FULL = 995
"""Thousandths of an order's total from which on it is refunded in full (99.5 %)."""

ORDER = ("source_id", "order_id")
PAID_IN = "paid_in"
"""The column of an order's own currency where amounts are converted; `currency` is that of the amounts."""
ATTRIBUTION = ("attribution_type", "attribution_source", "attribution_medium", "attribution_campaign", "device")
"""The columns that say where an order came from."""


T = TypeVar("T")


@dataclass(frozen=True)
class History:
    """What figures are computed over: frames with declared columns, and how far they reach.

    `orders` are sorted by person and instant, and hold `at`; where history is needed also `first` (is it the
    person's first ever), `first_at`, `before_at` and `next_at` (the instants of the person's first order, of the one
    before and of the one after; null where there is none). `set_aside` are counted orders that the options leave out,
    by reason. Instants in microseconds UTC.
    """

    options: KpiOptions
    zone: ZoneInfo
    observed: int  # the last sync: nothing after it is known
    orders: pl.DataFrame
    refunds: pl.DataFrame | None = None
    cancelled: pl.DataFrame | None = None
    set_aside: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    conflicts: frozenset[int] = frozenset()
    contents: Contents | None = None
    line_level: bool = False  # amounts are those of lines
    contacts: pl.DataFrame | None = None  # `person_id`, `start_at`: everybody's first conversation
    report: str | None = None  # the currency that amounts were converted to
    rates_until: date | None = None  # the last day whose rates are known, where that is known
    _kept: dict[Callable[[History], Any], Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def once(self, compute: Callable[[History], T]) -> T:
        """What is the same for every scope over this history: computed when first asked for, then kept with it."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        return self._kept[compute]  # type: ignore[no-any-return]

    def without_fully_refunded(self) -> History:
        """The same as if orders refunded in full had never been (option `customers.ignore_fully_refunded`)."""
        assert self.refunds is not None
        full = fully_refunded(self.refunds).select(ORDER)
        kept = self.orders.join(full, on=ORDER, how="anti", maintain_order="left")
        return replace(
            self,
            orders=in_sequence(kept),
            refunds=self.refunds.join(full, on=ORDER, how="anti", maintain_order="left"),
            set_aside={
                **self.set_aside,
                "fully_refunded": self.orders.join(full, on=ORDER, how="semi", maintain_order="left"),
            },
        )

    def merged_by_day(self) -> History:
        """The same with the orders of one person on one local day as one: the first of them stands for all.

        Option `orders.merge`; orders without a person stay as they are.
        """
        person = pl.col("person_id")
        day = days_of(self.orders["at"], self.zone)
        own = self.orders.with_columns(day=day)
        again = ((person == person.shift()) & (pl.col("day") == pl.col("day").shift())).fill_null(False)
        return replace(self, orders=in_sequence(own.filter(~again).drop("day")))


def build(frames: Frames, options: KpiOptions, zone: ZoneInfo, observed: int) -> History:
    """The history that the frames tell under these options."""
    assert frames.orders is not None
    assert frames.undated is not None
    orders = frames.orders
    set_aside = {"no_date": frames.undated}
    for reason, keeps in _conditions(options).items():
        set_aside[reason] = orders.filter(~keeps)
        set_aside["no_date"] = set_aside["no_date"].filter(keeps)
        orders = orders.filter(keeps)
    refunds, cancelled = frames.refunds, frames.cancelled
    if refunds is not None:
        # Refunds of orders that are left out are left out too, so that both ways of dating refunds agree in total.
        refunds = refunds.filter(pl.col("at").is_between(*DATED) & _all(_conditions(options, "order_total")))
    if cancelled is not None:
        cancelled = cancelled.filter(_all(_conditions(options)))
    return History(
        options,
        zone,
        observed,
        in_sequence(orders, complete=True) if frames.complete else orders,
        refunds,
        cancelled,
        {reason: rows for reason, rows in set_aside.items() if rows.height},
        frames.conflicts,
        frames.contents,
        contacts=frames.contacts,
    )


def in_sequence(orders: pl.DataFrame, *, complete: bool = False) -> pl.DataFrame:
    """Orders sorted by person and instant, with the instants of the person's first, previous and next order.

    Only for orders of all time (`complete`, or such as were in sequence before). Where they came from is told of the
    person's first order too: `first_attribution_source`, …
    """
    if "person_id" not in orders.columns or not (complete or "first" in orders.columns):
        return orders
    person, at = pl.col("person_id"), pl.col("at")
    known = person.is_not_null()
    after_own = (person == person.shift()).fill_null(False)
    before_own = (person == person.shift(-1)).fill_null(False)
    touched = [name for name in ATTRIBUTION if name in orders.columns]
    return orders.with_columns(
        first=pl.when(known).then(~after_own),
        before_at=pl.when(after_own).then(at.shift()),
        next_at=pl.when(before_own).then(at.shift(-1)),
    ).with_columns(
        pl.when(known).then(pl.when("first").then(at).forward_fill()).alias("first_at"),
        *(pl.when(known).then(pl.col(name).first().over("person_id")).alias(first_touch(name)) for name in touched),
    )


def first_touch(column: str) -> str:
    """The column that says the same of the person's first order ever."""
    return f"first_{column}"


def days_of(instants: pl.Series, zone: ZoneInfo) -> pl.Series:
    """The number of each instant's local day since 1970 (instants in microseconds UTC)."""
    seen = (instants // DAY).unique()
    # Only days near an instant are looked up: one wrong clock does not make it all days of a thousand years.
    near = pl.concat([seen - 1, seen, seen + 1]).unique().sort()
    starts = pl.Series([day_start(EPOCH.date() + timedelta(days=day), zone) for day in near], dtype=pl.Int64)
    return near[starts.search_sorted(instants, side="right").cast(pl.Int64) - 1]


def fully_refunded(refunds: pl.DataFrame) -> pl.DataFrame:
    """The orders (`source_id`, `order_id`) whose refunds reach 99.5 % of their total."""
    return (
        refunds.group_by(ORDER)
        .agg(refunded=pl.col("total").sum(), order_total=pl.col("order_total").first())
        .filter((pl.col("order_total") > 0) & (pl.col("refunded") * 1000 >= pl.col("order_total") * FULL))
    )


def typed_refunds(history: History) -> History:
    """The history with its refunds beside `first` and `first_at` of their orders: whether a new customer's."""
    assert history.refunds is not None
    touched = [first_touch(name) for name in ATTRIBUTION if name in history.orders.columns]
    types = history.orders.select(*ORDER, "first", "first_at", *touched)
    # Few orders are refunded: to look for those among all orders takes less memory than the other way round.
    types = types.join(history.refunds.select(ORDER), on=ORDER, how="semi")
    refunds = history.refunds.join(types, on=ORDER, how="left", maintain_order="left")
    return replace(history, refunds=refunds)


def _conditions(options: KpiOptions, total: str = "total") -> dict[str, pl.Expr]:
    """What an order must be to count, by the reason that is named where it is not (C5)."""
    conditions: dict[str, pl.Expr] = {}
    if options.orders.min_total is not None:
        conditions["below_min_total"] = pl.col(total) >= to_micros(options.orders.min_total)
    if options.orders.exclude_tags:
        tags = pl.col("tags").fill_null("[]").str.json_decode(pl.List(pl.String))
        conditions["tagged"] = tags.list.set_intersection(options.orders.exclude_tags).list.len() == 0
    return conditions


def _all(conditions: Mapping[str, pl.Expr]) -> pl.Expr:
    return reduce(pl.Expr.and_, conditions.values(), pl.lit(True))
