"""A question, checked: which figures, which period, which filters; and what must be read to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from connector.errors import UsageError
from connector.frames.counting import Counting
from connector.frames.reading import Wanted
from connector.frames.shops import Shops
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import DIMENSIONS, Dimension, dimension, read_filters
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period
from connector.kpi.registry import chosen, headline
from connector.kpi.result import LeftOut
from connector.kpi.scope import Condition
from connector.messages.kpi import KPI

ORDER = frozenset({"source_id", "order_id"})


@dataclass(frozen=True)
class Rows:
    """Further columns of orders and of refunds, where the rows themselves are shown."""

    orders: frozenset[str]
    refunds: frozenset[str]


@dataclass(frozen=True)
class Question:
    """What is asked. `left_out` are figures of the headline set that do not fit the filters."""

    kpis: tuple[Kpi, ...]
    options: KpiOptions
    zone: ZoneInfo
    asked: Asked | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: Dimension | None = None
    compare: str | None = None
    history_from: date | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def typed(self) -> bool:
        """Whether orders must be told apart into new and returning customers'."""
        return "customer_type" in self.filters or (self.by is not None and self.by.name == "customer_type")

    @property
    def fully_refunded_out(self) -> bool:
        """Whether orders refunded in full make no customer."""
        return self.options.customers.ignore_fully_refunded and any(kpi.persons for kpi in self.kpis)

    def compared(self, period: Period) -> Period | None:
        """The period that one is compared with."""
        if self.compare is None:
            return None
        return period.previous() if self.compare == "previous" else period.year_before()

    def counting(self, shops: Shops) -> Counting:
        """Which orders count."""
        return Counting(self.options.orders.date, self.options.orders.statuses, shops.ids)

    def conditions(self, shops: Shops) -> tuple[Condition, ...]:
        """The filters, with sources by number. Raises UsageError for a source that is not there."""
        return tuple(
            (DIMENSIONS[name].column, tuple(_source(value, shops) for value in values) if name == "source" else values)
            for name, values in self.filters.items()
        )

    def wanted(self, rows: Rows | None = None) -> Wanted:
        """What must be read: the columns of all figures, filters and options; of all history where `rows` are shown."""
        used = [DIMENSIONS[name] for name in self.filters] + ([self.by] if self.by else [])
        shared = {column for one in used for column in one.needs}
        if self.options.orders.exclude_tags:
            shared.add("tags")
        refunded = [kpi.refunds for kpi in self.kpis if kpi.refunds is not None]
        refunds = set().union(*refunded) | shared if refunded or self.fully_refunded_out else None
        orders = set().union(*(kpi.orders for kpi in self.kpis)) | shared | {"unknown_status"}
        if self.options.orders.date != "created":
            orders.add("created_at")
        if self.options.orders.min_total is not None:
            orders.add("total")
        if refunds is not None:
            if self.fully_refunded_out:
                refunds |= ORDER | {"total"}
                orders |= ORDER
            refunds.add("order_total")
        cancelled = shared | ({"total"} if self.options.orders.min_total is not None else set())
        if rows is not None:
            orders |= rows.orders
            cancelled |= rows.orders
            if refunds is not None:
                refunds |= rows.refunds
        bounds = self._bounds()
        return Wanted(
            orders=frozenset(orders),
            cancelled=frozenset(cancelled) if any(kpi.cancelled for kpi in self.kpis) else None,
            refunds=frozenset(refunds) if refunds is not None else None,
            history=bounds is None or self.typed or rows is not None or any(kpi.history for kpi in self.kpis),
            since=bounds[0] if bounds else None,
            until=bounds[1] if bounds else None,
            estimate=self.options.refunds.split == "estimate",
        )

    def _bounds(self) -> tuple[int, int] | None:
        """The instants between which orders matter, where they do not all."""
        if self.asked is None or self.asked.first is None:
            return None
        period = Period(self.asked.first, self.asked.after, self.zone)
        other = self.compared(period) or period
        return min(period.start, other.start), max(period.end, other.end)


def ask(
    ids: Sequence[str],
    *,
    options: KpiOptions,
    zone: ZoneInfo,
    asked: Asked | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    by: str | None = None,
    compare: str | None = None,
    history_from: date | None = None,
) -> Question:
    """The question, checked. Without ids the headline set. Raises UsageError for what cannot be asked.

    A filter or breakdown that does not fit a named figure is an error; of the headline set such figures are left out.
    """
    if compare not in (None, "previous", "year"):
        raise UsageError(KPI("unknown_compare", kind=compare), KPI("unknown_compare.advice"))
    wanted = read_filters(filters or {})
    split = dimension(by) if by else None
    kpis = chosen(ids, options) if ids else headline(options)
    problems = {kpi.id: _misfit(kpi, wanted, split) for kpi in kpis}
    for problem in problems.values():
        if ids and problem:
            raise problem
    return Question(
        tuple(kpi for kpi in kpis if not problems[kpi.id]),
        options,
        zone,
        asked,
        wanted,
        split,
        compare,
        history_from,
        tuple(LeftOut(name, problem.message) for name, problem in problems.items() if problem),
    )


def _misfit(kpi: Kpi, filters: Iterable[str], by: Dimension | None) -> UsageError | None:
    """What keeps a figure from being asked this way."""
    fits = KPI("fits_only", dimensions=", ".join(kpi.dimensions)) if kpi.dimensions else KPI("fits_none")
    for name in filters:
        if name not in kpi.dimensions:
            return UsageError(KPI("unfit_filter", dimension=name, id=kpi.id), fits)
    if by is not None and by.name not in kpi.dimensions:
        return UsageError(KPI("unfit_by", dimension=by.name, id=kpi.id), fits)
    return None


def _source(name: str, shops: Shops) -> int:
    if name in shops.ids:
        return shops.ids[name]
    advice = KPI("unknown_source.advice", sources=", ".join(shops.ids)) if shops.ids else KPI("no_sources")
    raise UsageError(KPI("unknown_source", value=name), advice)
