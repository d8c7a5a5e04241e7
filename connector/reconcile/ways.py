"""WAY: how one figure is counted. From our way to the report's leads one step after the other, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from connector.kpi.options import KpiOptions
from connector.money import to_micros
from connector.reports import Practice

Customers = Literal["persons", "accounts"]


@dataclass(frozen=True, slots=True)
class Way:
    """Everything that decides a figure. Its first values are those of our options."""

    counted: frozenset[str] | Literal["options", "countable"]  # a set: every status of the source but these
    min_total: int | None  # millionths
    without_tags: tuple[str, ...]
    day: str  # the column of the day an order counts on
    refunds: Literal["refund", "order", "none"]
    refunds_of_undated: bool  # refunds of orders that lack that day are deducted too
    split: Literal["net", "estimate"]
    zone: ZoneInfo
    currencies: Literal["main", "added", "converted"]
    ignore_fully_refunded: bool
    returning: Literal["not_first", "prior_period_only"]
    customers: Customers
    aov: Literal["before_refunds", "after_refunds"]


STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("orders.statuses", ("counted",)),
    ("orders.min_total", ("min_total",)),
    ("orders.exclude_tags", ("without_tags",)),
    ("orders.date", ("day",)),
    ("refunds.date", ("refunds", "refunds_of_undated")),
    ("refunds.split", ("split",)),
    ("timezone", ("zone",)),
    ("currency", ("currencies",)),
    ("customers.ignore_fully_refunded", ("ignore_fully_refunded",)),
    ("returning.mode", ("returning",)),
    ("identity", ("customers",)),
    ("aov", ("aov",)),
    ("rounding", ()),
)
"""The order in which ways are changed, and what each step changes.

What a step explains depends on the steps before it: an order without a payment date is missing in every currency. What
rounding explains is no way of its own (see `result`).
"""

_DAYS = {"created": "created", "paid": "paid_stamp", "completed": "completed_stamp"}
"""The report goes by the stamp alone; ours falls back on the order's history where a source keeps one."""


def our_way(options: KpiOptions, zone: ZoneInfo) -> Way:
    """The way of our figures, in the shop's main currency."""
    least = options.orders.min_total
    return Way(
        counted="options",
        min_total=None if least is None else to_micros(least),
        without_tags=tuple(options.orders.exclude_tags),
        day=options.orders.date,
        refunds=options.refunds.date,
        refunds_of_undated=False,
        split=options.refunds.split,
        zone=zone,
        currencies="main",
        ignore_fully_refunded=options.customers.ignore_fully_refunded,
        returning=options.returning.mode,
        customers="persons",
        aov="before_refunds",
    )


def their_way(practice: Practice, zone: ZoneInfo) -> Way:
    """The way of a report in the shop's zone."""
    return Way(
        counted="countable" if practice.leaves_out is None else practice.leaves_out,
        min_total=None,
        without_tags=(),
        day=_DAYS[practice.date],
        refunds=practice.refunds,
        refunds_of_undated=True,
        split=practice.split,
        zone=zone,
        currencies=practice.currencies,
        ignore_fully_refunded=False,
        returning="not_first",
        customers=practice.customers,
        aov=practice.aov,
    )


def steps(ours: Way, theirs: Way) -> Iterator[tuple[str, Way]]:
    """Each option that differs, by its name, and the way once it is switched; the last way is theirs."""
    way = ours
    for name, fields in STEPS:
        changes: dict[str, Any] = {
            field: getattr(theirs, field) for field in fields if getattr(theirs, field) != getattr(way, field)
        }
        if changes:
            way = replace(way, **changes)
            yield name, way
