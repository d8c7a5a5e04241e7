"""What one figure looks at: a history, a period, and the filters and groups that narrow it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

import polars as pl

from connector.instants import day_start
from connector.kpi.result import Flag
from connector.kpi.shop.contents import CONTENT, ORDER, REFUND, on_lines, values_in, values_of_lists
from connector.kpi.shop.history import ATTRIBUTION, PAID_IN, History, first_touch
from connector.kpi.shop.meeting import CANCELLED, LINES, ORDERS, REFUNDED, REFUNDS, Meeting
from connector.kpi.subject import Condition, in_order
from connector.messages import Message
from connector.messages.kpi import KPI

T = TypeVar("T")

FIRST_TOUCH = frozenset(first_touch(name) for name in ATTRIBUTION)


@dataclass(frozen=True)
class Scope:
    """Orders and refunds of a period `[start, end)` (microseconds UTC) that meet all conditions.

    `observed` is how far the data reach. The column `customer_type` of a condition is not stored: it is whether an
    order is its person's first, or, by option, whether the person first ordered before the period.
    """

    history: History
    start: int
    end: int
    conditions: tuple[Condition, ...] = ()
    wider: Scope | None = field(default=None, repr=False, compare=False)
    """A scope of one condition less and the same period, which this one is cut out of."""
    _kept: dict[Callable[[Scope], Any], Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def observed(self) -> int:
        """The last sync, microseconds UTC: how long each person has been followed."""
        return self.history.observed

    def during(self, start: int, end: int) -> Scope:
        """The same question about another period."""
        other = Scope(self.history, start, end, self.conditions)
        if not any(column == "customer_type" for column, _ in self.conditions):
            vars(other)["_meeting"] = self._meeting  # which does not depend on the period then
        return other

    def narrowed(self, condition: Condition) -> Scope:
        """The same question about what meets one condition more."""
        return Scope(self.history, self.start, self.end, (*self.conditions, condition), self)

    def once(self, compute: Callable[[Scope], T]) -> T:
        """What several figures compute alike over this scope: computed when first asked for, then kept with it."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        return self._kept[compute]  # type: ignore[no-any-return]

    @cached_property
    def selected(self) -> pl.DataFrame:
        """Orders of all time that meet the conditions; at line level with the amounts of the lines that do."""
        orders = self._meeting.frame(ORDERS)
        return on_lines(orders, self._meeting.frame(LINES), ORDER) if self.history.line_level else orders

    @cached_property
    def orders(self) -> pl.DataFrame:
        """Those of the period."""
        return self.selected.filter(self._inside("at"))

    @cached_property
    def persons(self) -> pl.DataFrame:
        """Those of the period that belong to a person. In a history all others come last: nothing is copied."""
        return self.orders.head(self.orders.height - self.orders["person_id"].null_count())

    @cached_property
    def firsts(self) -> pl.DataFrame:
        """The first orders ever among them: `person_id`, `at`, and `next_at` of the person's second one."""
        return self.persons.lazy().filter("first").select("person_id", "at", "next_at").collect()

    @cached_property
    def refunds(self) -> pl.DataFrame:
        """Refunds that count in the period: by their own day, or by the day of the sale (`refunds.date`)."""
        by = "at" if self.history.options.refunds.date == "order" else "refunded_at"
        return self._all_refunds.filter(self._inside(by))

    @cached_property
    def refunds_of_orders(self) -> pl.DataFrame:
        """All refunds so far of the period's orders."""
        return self._all_refunds.filter(self._inside("at"))

    @cached_property
    def cancelled(self) -> pl.DataFrame:
        """Cancelled, uncounted orders created in the period."""
        return self._meeting.frame(CANCELLED).filter(self._inside("at"))

    @property
    def is_new(self) -> pl.Expr:
        """Whether an order or refund is a new customer's (4.1); null where there is no person."""
        if self.history.options.returning.mode == "prior_period_only":
            return pl.col("first_at") >= self.start
        return pl.col("first")

    @property
    def customer_type(self) -> pl.Expr:
        """new or returning; null where there is no person."""
        return self._meeting.customer_type()

    def created(self) -> int:
        """How many counted orders were created in the period, whatever day orders are dated by."""
        rows = [self.selected, *([self._meeting.frame("no_date")] if "no_date" in self.history.set_aside else [])]
        return sum(each.filter(self._inside("created_at")).height for each in rows)

    def values(self, column: str, *, refunds: bool = False, cancelled: bool = False) -> list[str | int | None]:
        """The values of a column among the period's orders (`refunds`, `cancelled`: among those too), None last."""
        frames = [self.orders, *([self.refunds] if refunds else []), *([self.cancelled] if cancelled else [])]
        found: set[Any] = set()
        if column in CONTENT:
            found |= values_in(frames, self._meeting.frame(LINES) if self.history.line_level else self._lines, column)
        else:
            for frame in (frame for frame in frames if column in frame.columns or column == "customer_type"):
                values = frame.select(self._column(column).alias("value"))["value"]
                found |= values_of_lists(values) if values.dtype == pl.List(pl.String) else set(values.unique())
        return in_order(found)

    @property
    def notes(self) -> tuple[Message, ...]:
        """What must be said of the way in which orders are looked at here."""
        first = any(column in FIRST_TOUCH for column, _ in self.conditions)
        report = self.history.report
        return (
            *((KPI("note.first_touch"),) if first else ()),
            *((KPI("note.lines"),) if self.history.line_level else ()),
            *((KPI("note.converted", currency=report),) if report else ()),
            *self._rates_end(),
        )

    def _rates_end(self) -> tuple[Message, ...]:
        """From when on no rates are known, where that is why orders of the period are left out."""
        until = self.history.rates_until
        if until is None or "no_rate" not in self.history.set_aside:
            return ()
        late = day_start(until + timedelta(days=1), self.history.zone)
        missing = self._meeting.frame("no_rate").filter(self._inside("at") & (pl.col("at") >= late))
        return (KPI("note.rates_until", day=until),) if missing.height else ()

    def excluded(self, *, persons: bool = False, refunds: bool = False) -> dict[str, int]:
        """How many counted orders of the period are left out, by reason (C5).

        `persons`: also those without a person. `refunds`: also refunds without a day, where their day decides.
        """
        counts = {
            reason: self._meeting.frame(reason).filter(self._inside_any_day(rows)).height
            for reason, rows in self.history.set_aside.items()
        }
        if persons:
            counts["no_identity"] = self.orders.height - self.persons.height
        if refunds and self.history.options.refunds.date == "refund":
            undated = pl.col("refunded_at").is_null()
            counts["refund_without_date"] = self.refunds_of_orders.filter(undated).height
        if refunds and self.history.line_level:
            by = "at" if self.history.options.refunds.date == "order" else "refunded_at"
            every = self._meeting.frame(REFUNDS).filter(self._inside(by))
            with_lines = self._refunded_lines.select(REFUND)
            counts["refund_without_lines"] = every.join(with_lines, on=REFUND, how="anti").height
        return {reason: count for reason, count in counts.items() if count}

    def unknown_status(self) -> Flag | None:
        """The flag for counted orders with a status that the source's adapter does not know (C5)."""
        count = int(self.orders["unknown_status"].sum())
        return Flag("unknown_status", str(count)) if count else None

    def converted(self) -> Flag | None:
        """The flag for amounts that were paid in another currency (C6)."""
        if self.history.report is None:
            return None
        other = int((self.orders["currency"] != self.orders[PAID_IN]).sum())
        return Flag("converted", str(other)) if other else None

    def conflicts(self) -> Flag | None:
        """The flag for persons of the period whose e-mail two accounts of one source used (C2)."""
        if not self.history.conflicts:
            return None
        doubtful = pl.col("person_id").is_in(sorted(self.history.conflicts))
        count = self.orders.filter(doubtful)["person_id"].n_unique()
        return Flag("identity_conflict", str(count)) if count else None

    @cached_property
    def _all_refunds(self) -> pl.DataFrame:
        refunds = self._meeting.frame(REFUNDS)
        if not self.history.line_level:
            return refunds
        # What a line was refunded is said by the line: nothing is estimated.
        exact = refunds.with_columns(estimated=pl.lit(False))
        return on_lines(exact, self._meeting.frame(REFUNDED), REFUND)

    @cached_property
    def _meeting(self) -> Meeting:
        """What meets the conditions at any time."""
        if self.wider is not None:
            return self.wider._meeting.narrowed(self.conditions[-1])
        return Meeting(self.history, self.conditions, self.is_new)

    @property
    def _lines(self) -> pl.DataFrame:
        assert self.history.contents is not None
        return self.history.contents.lines

    @property
    def _refunded_lines(self) -> pl.DataFrame:
        assert self.history.contents is not None
        assert self.history.contents.refunded is not None
        return self.history.contents.refunded

    def _inside(self, column: str) -> pl.Expr:
        return (pl.col(column) >= self.start) & (pl.col(column) < self.end)

    def _inside_any_day(self, rows: pl.DataFrame) -> pl.Expr:
        """By the day an order counts on, else by its creation, else always."""
        day = pl.coalesce("at", *(["created_at"] if "created_at" in rows.columns else []))
        return day.is_null() | ((day >= self.start) & (day < self.end))

    def _column(self, name: str) -> pl.Expr:
        return self.customer_type if name == "customer_type" else pl.col(name)


def persons_of(orders: pl.DataFrame, which: pl.Expr | None = None) -> pl.Series:
    """Each person of these orders, or of those `which` says, once."""
    return _persons(orders, which).unique()


def orders_each(orders: pl.DataFrame, which: pl.Expr | None = None) -> pl.Series:
    """How many of these orders (`which`: of some of them) each of their persons has.

    The orders stand together by person, as histories do.
    """
    return _persons(orders, which).rle().struct.field("len")


def _persons(orders: pl.DataFrame, which: pl.Expr | None) -> pl.Series:
    """The person of each order. Of orders that are filtered here no other column is copied."""
    person = pl.col("person_id")
    return orders.select(person if which is None else person.filter(which))["person_id"].drop_nulls()
