"""Every figure counted slowly from plain lists, straight from the definitions' words. Shares no code with ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

DAY = 24 * 3600 * 1_000_000


@dataclass(frozen=True)
class NaiveOrder:
    key: int  # also its number: the later of two at one instant
    at: int
    person: int | None
    currency: str
    country: str
    total: int
    tax: int
    shipping: int
    discount: int
    quantity: int
    counted: bool
    cancelled: bool


@dataclass(frozen=True)
class NaiveRefund:
    order: int
    at: int
    total: int
    tax: int
    shipping: int


@dataclass
class Naive:
    """The books, and a question: a period, a filter, and how the options stand."""

    orders: list[NaiveOrder]
    refunds: list[NaiveRefund]
    start: int
    end: int
    observed: int
    zone: ZoneInfo
    wanted: Callable[[NaiveOrder], bool] = lambda order: True
    active_days: int = 365
    prior_only: bool = False
    refunds_by_order: bool = False
    by_key: dict[int, NaiveOrder] = field(init=False)

    def __post_init__(self) -> None:
        self.by_key = {order.key: order for order in self.orders}

    # --- sets -------------------------------------------------------------------------------------------------------

    def history(self, person: int) -> list[NaiveOrder]:
        own = [order for order in self.orders if order.counted and order.person == person]
        return sorted(own, key=lambda order: (order.at, order.key))

    def inside(self) -> list[NaiveOrder]:
        return [o for o in self.orders if o.counted and self.start <= o.at < self.end and self.wanted(o)]

    def selected(self) -> list[NaiveOrder]:
        return [o for o in self.orders if o.counted and self.wanted(o)]

    def counted_refunds(self) -> list[NaiveRefund]:
        found = []
        for refund in self.refunds:
            order = self.by_key[refund.order]
            day = order.at if self.refunds_by_order else refund.at
            if order.counted and self.wanted(order) and self.start <= day < self.end:
                found.append(refund)
        return found

    def first(self, person: int) -> NaiveOrder:
        return self.history(person)[0]

    def people(self, orders: Iterable[NaiveOrder]) -> set[int]:
        return {order.person for order in orders if order.person is not None}

    def is_new(self, order: NaiveOrder) -> bool:
        assert order.person is not None
        first = self.first(order.person)
        return first.at >= self.start if self.prior_only else first is order

    # --- figures ----------------------------------------------------------------------------------------------------

    def money(self, currency: str) -> dict[str, Fraction | int | None]:
        orders = [order for order in self.inside() if order.currency == currency]
        refunds = [one for one in self.counted_refunds() if self.by_key[one.order].currency == currency]
        net = sum(o.total - o.tax - o.shipping for o in orders)
        discounts = sum(o.discount for o in orders)
        back = sum(r.total - r.tax - r.shipping for r in refunds)
        tax = sum(o.tax for o in orders) - sum(r.tax for r in refunds)
        shipping = sum(o.shipping for o in orders) - sum(r.shipping for r in refunds)
        gross = net + discounts
        revenue = gross - discounts - back
        count = len(orders)
        return {
            "gross_sales": gross,
            "discounts": discounts,
            "refunds_value": back,
            "net_revenue": revenue,
            "taxes": tax,
            "shipping": shipping,
            "total_sales": revenue + tax + shipping,
            "aov": Fraction(net, count) if count else None,
            "aov_after_refunds": Fraction(revenue, count) if count else None,
            "aov_total": Fraction(sum(o.total for o in orders), count) if count else None,
        }

    def counts(self) -> dict[str, Any]:
        inside = self.inside()
        persons = self.people(inside)
        returning = {o.person for o in inside if o.person is not None and not self.is_new(o)}
        return {
            "orders": len(inside),
            "customers": len(persons),
            "new_customers": sum(1 for o in inside if o.person is not None and self.first(o.person) is o),
            "returning_customers": len(returning),
            **self.retention(),
        }

    def retention(self) -> dict[str, Any]:
        def active(instant: int) -> set[int]:
            length = self.active_days * DAY
            return self.people(o for o in self.selected() if instant - length < o.at <= instant)

        start, end = active(self.start), active(self.end)
        new = {p for p in self.people(self.inside()) if self.start <= self.first(p).at < self.end}
        parts = {
            "start": len(start),
            "end": len(end),
            "new": len(new),
            "reactivated": len(end - start - new),
            "retained": len(start & end),
            "lost": len(start - end),
        }
        return {
            "parts": parts,
            "crr": _share(len(start & end), len(start)),
            "crr_textbook": _share(len(end) - len(new), len(start)),
            "churn_rate": _share(len(start - end), len(start)),
            "lost_customers": len(start - end),
        }

    def rates(self) -> dict[str, Fraction | None]:
        inside = self.inside()
        persons = self.people(inside)
        ever = self.people(o for o in self.selected() if o.at < self.end)
        twice = [p for p in ever if sum(o.person == p and o.at < self.end for o in self.selected()) >= 2]
        twice_inside = [p for p in persons if sum(o.person == p for o in inside) >= 2]
        identified = [o for o in inside if o.person is not None]
        keys = {o.key for o in inside}
        back = {key: sum(r.total for r in self.refunds if r.order == key) for key in keys}
        refunded = [key for key in keys if any(r.order == key for r in self.refunds)]
        full = [
            key
            for key in refunded
            if self.by_key[key].total > 0 and Fraction(back[key], self.by_key[key].total) >= Fraction(995, 1000)
        ]
        cancelled = [o for o in self.orders if o.cancelled and self.start <= o.at < self.end and self.wanted(o)]
        return {
            "repeat_rate": _share(len(twice), len(ever)),
            "repeat_rate_period": _share(len(twice_inside), len(persons)),
            "purchase_frequency": _share(len(identified), len(persons)),
            "new_order_share": _share(sum(map(self.is_new, identified)), len(identified)),
            "refund_rate_orders": _share(len(refunded), len(inside)),
            "full_refund_rate": _share(len(full), len(inside)),
            "cancellation_rate": _share(len(cancelled), len(inside) + len(cancelled)),
        }

    def within(self, days: int) -> tuple[int, int, int]:
        """(second order in time, observed long enough, not yet)."""
        again = over = waiting = 0
        for person in self.people(self.inside()):
            orders = self.history(person)
            first = orders[0]
            if not (self.start <= first.at < self.end and self.wanted(first)):
                continue
            if first.at + days * DAY > self.observed:
                waiting += 1
                continue
            over += 1
            again += len(orders) > 1 and orders[1].at - first.at <= days * DAY
        return again, over, waiting

    def gaps(self) -> list[int]:
        found = []
        for person in self.people(self.orders):
            orders = self.history(person)
            for before, after in pairwise(orders):
                if self.start <= after.at < self.end and self.wanted(after):
                    found.append(after.at - before.at)
        return sorted(found)

    def cohorts(self) -> dict[tuple[str, int], int | None]:
        """(month of the first order, months later) -> how many bought; None where that month is not over."""
        horizon = min(self.end, self.observed)
        members: dict[tuple[int, int], list[int]] = {}
        for person in self.people(self.inside()):
            first = self.first(person)
            if self.start <= first.at < self.end and self.wanted(first):
                members.setdefault(self._month(first.at), []).append(person)
        cells: dict[tuple[str, int], int | None] = {}
        for (year, month), persons in members.items():
            for column in range(60):
                total = year * 12 + month - 1 + column
                that = (total // 12, total % 12 + 1)
                name = f"{year}-{month:02d}"
                if self._ends(*that) > horizon:
                    cells[name, column] = None
                else:
                    cells[name, column] = sum(
                        any(self._month(o.at) == that for o in self.history(person)) for person in persons
                    )
        return cells

    def _month(self, instant: int) -> tuple[int, int]:
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(self.zone)
        return local.year, local.month

    def _ends(self, year: int, month: int) -> int:
        after = date(year + month // 12, month % 12 + 1, 1)
        local = datetime(after.year, after.month, 1, tzinfo=self.zone)
        return int((local.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
