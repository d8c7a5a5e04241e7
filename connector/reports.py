"""What an adapter may add to the contract: the shop's own report, for `connector reconcile`.

- REPORT: the figures that the system itself shows its owner, month by month.
- FIGURE: one column of it, named by the id of the figure of ours that stands beside it (`FIGURES`).
- PRACTICE: how the report counts a figure, in the words of our options, so that a difference can be explained by
  switching one option after the other.

An adapter either asks its API (WooCommerce has a report there) or applies the system's own formulas to the records that
are stored (PrestaShop shows its statistics in the back office only). The core knows neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from connector.contract import Record
from connector.messages import Message

COUNTS = ("orders", "new_customers", "returning_customers")
MONEY = ("net_revenue", "aov", "total_sales", "taxes", "shipping", "refunds_value", "gross_sales", "discounts")
FIGURES = ("orders", "net_revenue", "aov", "new_customers", "returning_customers", *MONEY[2:])
"""What can be compared, in the order shown. Money in millionths of the shop's main currency."""

StoredRecords = Callable[[str], Iterable[Record]]
"""The stored records of a stream, by its name: admitted, gone ones left out."""


@dataclass(frozen=True, slots=True)
class Practice:
    """How a report counts one figure."""

    date: Literal["created", "paid", "completed"]
    """The stamp that an order is dated by; one without it is left out."""
    leaves_out: frozenset[str] | None = None
    """Statuses (`orders.status_raw`) that do not count; None = exactly the orders that are `countable`."""
    refunds: Literal["refund", "none"] = "refund"
    """Refunds are deducted on their own day, whatever day their order has, or not at all."""
    split: Literal["net", "estimate"] = "net"
    """What a refund without tax and shipping is: all goods, or split in the order's own proportions."""
    currencies: Literal["added", "converted"] = "added"
    """Other currencies than the main one: added as if equal, or converted by each order's own rate."""
    customers: Literal["persons", "accounts"] = "accounts"
    """Who is one customer: a resolved person, or an account, else a guest's e-mail, of this source alone; the first
    order is then the one created first, whatever day it counts on."""
    aov: Literal["before_refunds", "after_refunds"] = "after_refunds"
    """What the average order value divides by the number of orders: net sales before or after refunds."""
    rounding: Literal["each", "sum"] = "each"
    """sum: the report adds up amounts that the API gives rounded. Then each order and each refund may shift a sum by
    one smallest unit of the currency, and a difference up to that is explained by it."""


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What is asked of a report: whole months of the shop's calendar, up to what is known."""

    months: tuple[str, ...]  # "2026-10", without gaps
    until: int  # microseconds UTC, a whole second: nothing from then on
    zone: ZoneInfo  # the shop's


@dataclass(frozen=True)
class Report:
    """A shop's own report. `months` holds every month wished for; counts as they are, money in millionths."""

    name: Message
    months: Mapping[str, Mapping[str, int]]
    practices: Mapping[str, Practice]  # of every figure it has
    notes: tuple[Message, ...] = ()


@runtime_checkable
class Reports(Protocol):
    """A power of an adapter: the system's own report."""

    def report(self, wish: ReportWish, stored: StoredRecords) -> Report:
        """The report. Raises `SourceError`; `StreamNotOffered` where this system or key has no such report."""
        ...
