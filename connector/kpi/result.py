"""One result record for every figure: terminal, JSON, CSV, spreadsheets and mail print it, and compute nothing.

How to read a number here: an `int` is a count; a `float` is a rate (0..1), a plain number or a span in seconds;
a `Decimal` is always money, in millionths of the record's `currency`, not yet rounded (`connector.money.written`
and `rounded` do that, once). `None` is "not known", and a flag and `reason` say why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from connector.kpi.record import document, record
from connector.messages import Message
from connector.messages.kpi import KPI

Value = int | float | Decimal


class Unit(StrEnum):
    """What a value is, as the record says it."""

    COUNT = "count"  # int
    MONEY = "money"  # Decimal, millionths of `currency`
    RATE = "rate"  # float, 0..1 (the textbook retention rate may exceed 1)
    NUMBER = "number"  # float
    POINTS = "points"  # float, -100..100: one share minus another, in points and without a percent sign
    SECONDS = "seconds"  # float; printed humanised
    PER_100_ORDERS = "per_100_orders"  # float


@dataclass(frozen=True, slots=True)
class Flag:
    """What a reader must know before trusting the figure: `small`, `data_until 2024-03-05 14:00`, …

    `detail` is for the sentence; the record names it only where the flag says nothing without it.
    """

    name: str
    detail: str | date | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.detail:%Y-%m-%d %H:%M}" if isinstance(self.detail, datetime) else self.name

    def words(self) -> Message:
        """The flag as a sentence for the shop owner."""
        return KPI(f"flag.{self.name}", detail=self.detail)


def excluded_words(reason: str, count: int) -> Message:
    """How many rows were left out and why, as a sentence for the shop owner."""
    return KPI(f"excluded.{reason}", count=count)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval. `method` names how: `wilson`, `t`, `order_statistic`, `newcombe`, …"""

    low: Value
    high: Value
    method: str


@dataclass(frozen=True, slots=True)
class Stats:
    """A distribution beside its median (convention C8); in the figure's own unit, spans in seconds."""

    median: Value
    mean: Value
    p90: Value
    max: Value


@dataclass(frozen=True, slots=True)
class Previous:
    """The same figure over the period it is compared with. `start` and `end` in microseconds UTC."""

    value: Value | None
    numerator: Value | None
    denominator: Value | None
    n: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """From the previous figure to this one.

    `unit` "points": a difference of two shares (0.05 = 5 points), or of two values in points (5.0 = 5 points).
    "percent": a ratio (0.12 = +12 %). `value` is None where there is nothing to compare with, and `reason` says so.
    """

    value: float | None
    unit: str
    interval: Interval | None = None
    reason: Message | None = None

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0: only then may an arrow or a colour be shown (convention C4)."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """What members of a cohort did in one column: how many were active, and their share of the cohort.

    `value` is what the table's measure adds up, where it is another. `of` is how many members the share is of where
    the column is not over for all of them: then only those count for whom it is.
    """

    active: int
    rate: float
    value: Value | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One cohort: `cohort` is 2024-01, 2024-W07, 2024-Q1, or a value of the first order (None: it has none).

    A cell is None while its time is not over.
    """

    cohort: str | None
    size: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    """The cohort table. Column i = i units (`grain`: week, month, quarter, block of 30 days) after the beginning.

    `average` is the bottom row: for each column the sums over the cohorts that have reached it, by the sum of their
    sizes; its `size` is the sum over all cohorts. With `summed` its values are sums. `measure` is what cells hold
    (`active`: nothing but who was), `by` what puts people into cohorts. `beside`: the table goes with a value and is
    not the figure itself.
    """

    grain: str
    columns: tuple[int, ...]
    rows: tuple[CohortRow, ...]
    average: CohortRow
    measure: str = "active"
    cumulative: bool = False
    by: str = "date"
    summed: bool = False
    beside: bool = False


EXTRA = (
    "stats_other",  # the distribution by the other clock: {"clock": …, "median": …, …}
    "unanswered",  # conversations still without a reply
    "unanswered_age",  # {"median", "mean", "p90", "max"}: seconds they have been waiting until the last sync
    "days",  # [{"day", "open"}]: what was open at the end of each local day
    "match",  # {"conversations", "with_email", "matched"}
    "difference",  # {"value", "ci_low", "ci_high", "ci_method"} of with and without
    "standardised",  # {"difference", "with", "without", "strata", "dropped"}
    "orders_with_contact",
    "orders_with_contact_rate",  # {"value", "ci_low", "ci_high", "ci_method"}
    "rank",  # place among the groups with enough cases, the highest first
    "persons",
    "open_orders",  # {"orders", "value"}: not yet completed, and what they are worth
    "expected_value",  # of these persons, over the months of `clv.horizon_months`
    "net_revenue",  # {"EUR": amount as text, …}: of the orders that followed
    "seconds_to_order",  # {"median", "mean", "p90", "max", "n"}
    "seconds_to_refund",  # likewise
    "seconds_to_next",  # likewise: to the next phase
    "contact_before_refund",  # {"value", "numerator", "denominator", "ci_low", "ci_high", "ci_method"}
    "shares",  # [{"band", "numerator", "denominator", "value", "ci_low", "ci_high", "ci_method"}]
    "nps",  # by kind of survey: {"value", "n", "ci_low", "ci_high", "ci_method"}
    "frt",  # {"median", "mean", "p90", "max", "n"}: seconds
    "model",  # parameters of a fitted model
    "trend",  # {"ticket": p value, "chat": p value}: of a trend over the bands of each
    "top_decile_share",  # what the tenth of the customers with the highest value bring, of all
    "expected_orders",  # of all customers together
    "share",  # of all persons, in a segment
    "recency_days",  # whole days since the last order: the median
    "frequency",  # orders: the mean
    "monetary",  # net revenue: the mean
)
"""Fields of a record that only some figures have. Their values are plain: numbers, texts, lists, mappings, and
`Decimal` for money."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the RECORD of every output."""

    id: str
    label: Message
    unit: Unit
    value: Value | None
    start: int  # microseconds UTC, first instant of the period
    end: int  # microseconds UTC, first instant after the period
    zone: ZoneInfo
    numerator: Value | None = None
    denominator: Value | None = None
    n: int | None = None
    interval: Interval | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)  # "orders.date": "created", …: those that matter here
    currency: str | None = None
    flags: tuple[Flag, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    reason: Message | None = None  # why the value is None: "no orders in the period"
    stats: Stats | None = None
    parts: Mapping[str, Value] | None = None  # e.g. the sets of the retention rate
    table: Triangle | None = None
    grouped: bool = False  # a row of a `--by` table
    group: Mapping[str, str | None] | None = None  # None in a `--by` table = the total row
    compared: bool = False
    previous: Previous | None = None
    change: Change | None = None
    counts: Mapping[str, int] = field(default_factory=dict)  # what went in, for `--explain`
    extra: Mapping[str, Any] = field(default_factory=dict)  # further fields that only some figures have: EXTRA

    @property
    def tabular(self) -> bool:
        """Whether the figure is a table, and its value only one cell of it."""
        return self.table is not None and not self.table.beside

    def has(self, flag: str) -> bool:
        """Whether a flag of that name is set."""
        return any(one.name == flag for one in self.flags)

    def to_json(self, language: str) -> dict[str, Any]:
        """The record as JSON shows it: money as text, rates 0..1, spans in seconds, unknown as null."""
        return record(self, language)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The period a question is compared with: `kind` previous or year, its bounds in microseconds UTC."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure of the headline set that was not computed, and why."""

    id: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer to one question: every output prints this document. Instants in microseconds UTC."""

    generated_at: int
    zone: ZoneInfo
    start: int
    end: int
    language: str
    figures: tuple[Figure, ...]
    compare: Comparison | None = None
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Message, ...] = ()  # about the answer as a whole

    def to_json(self, language: str | None = None) -> dict[str, Any]:
        """The JSON document, in `language` or that of the question."""
        return document(self, language or self.language)
