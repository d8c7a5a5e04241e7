"""What must be read of orders and refunds to answer a question about the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from connector.frames.counting import Counting
from connector.frames.reading import Wanted
from connector.frames.shops import Shops
from connector.kpi.question import Question
from connector.kpi.shop.contents import CATEGORY, CONTENT, PRODUCT, PRODUCT_NAMED
from connector.kpi.shop.figures import ShopKpi
from connector.kpi.shop.history import ATTRIBUTION, PAID_IN

ORDER = frozenset({"source_id", "order_id"})


@dataclass(frozen=True)
class Held:
    """Where the frames hold a dimension: in which column, and what must be read of orders and of refunds for it."""

    column: str
    needs: frozenset[str]
    named: str | None = None  # the column that a filter's values stand in, where it is another


def _on_the_order(name: str) -> Held:
    return Held(name, frozenset({name}))


HELD: Mapping[str, Held] = {
    "source": Held("source_id", frozenset({"source_id"})),
    "shop": _on_the_order("shop"),
    "country": _on_the_order("country"),
    "currency": Held(PAID_IN, frozenset({"currency"})),
    "customer_type": Held("customer_type", ORDER | {"person_id"}),
    "product": Held(PRODUCT, ORDER, PRODUCT_NAMED),
    "category": Held(CATEGORY, ORDER),
    "payment_method": _on_the_order("payment_method"),
    "shipping_method": _on_the_order("shipping_method"),
    "coupon": _on_the_order("coupon"),
    "tag": _on_the_order("tag"),
    **{name: _on_the_order(name) for name in ATTRIBUTION},
}
"""The dimensions of the shop."""

COLUMNS: Mapping[str, str] = {name: held.column for name, held in HELD.items()}
FILTERED: Mapping[str, str] = {name: held.named or held.column for name, held in HELD.items()}


@dataclass(frozen=True)
class Rows:
    """Further columns of orders and of refunds, where the rows themselves are shown."""

    orders: frozenset[str]
    refunds: frozenset[str]


def kpis_of(question: Question) -> tuple[ShopKpi, ...]:
    """The figures asked for, all of the shop."""
    return cast(tuple[ShopKpi, ...], question.kpis)


def typed(question: Question) -> bool:
    """Whether orders must be told apart into new and returning customers'."""
    return "customer_type" in question.filters or (question.by is not None and question.by.name == "customer_type")


def attributed(question: Question) -> bool:
    """Whether it matters where orders came from: what a person's first order says, their refunds must be told."""
    return any(name in ATTRIBUTION for name in (*question.filters, *([question.by.name] if question.by else [])))


def types_refunds(question: Question) -> bool:
    """Whether refunds must say whether they are a new customer's, and where the customer came from."""
    if all(kpi.refunds is None for kpi in kpis_of(question)):
        return False
    return typed(question) or any(
        kpi.persons and kpi.refunds is not None and (kpi.orders >= ORDER or attributed(question))
        for kpi in kpis_of(question)
    )


def fully_refunded_out(question: Question) -> bool:
    """Whether orders refunded in full make no customer."""
    return question.options.customers.ignore_fully_refunded and any(kpi.persons for kpi in kpis_of(question))


def converts(question: Question) -> bool:
    """Whether amounts are converted to one currency."""
    return question.options.currency.report is not None and any(kpi.money for kpi in kpis_of(question))


def counting(question: Question, shops: Shops) -> Counting:
    """Which orders count."""
    return Counting(question.options.orders.date, question.options.orders.statuses, shops.ids)


def wanted(question: Question, rows: Rows | None = None) -> Wanted:
    """What must be read: the columns of all figures, filters and options; of all history where `rows` are shown."""
    options, kpis = question.options, kpis_of(question)
    used = [HELD[name] for name in (*question.filters, *([question.by.name] if question.by else []))]
    refunded = [kpi.refunds for kpi in kpis if kpi.refunds is not None]
    strict = fully_refunded_out(question)
    on_lines = options.orders.line_level and any(kpi.lines for kpi in kpis)
    bounds = question.bounds()

    shared = set[str]().union(*(one.needs for one in used), {"tags"} if options.orders.exclude_tags else ())
    both = set(shared)  # what orders and refunds must say
    if strict or on_lines or (refunded and attributed(question)):
        both |= ORDER
    if converts(question):
        both |= ORDER | {"currency", *(["rate"] if options.currency.rates == "order" else [])}
    orders = both.union(*(kpi.orders for kpi in kpis), {"unknown_status"})
    refunds = both.union(*refunded, {"order_total"}, {"total"} if strict else (), {"refund_id"} if on_lines else ())
    cancelled = shared
    if options.orders.date != "created":
        orders.add("created_at")
    if options.orders.min_total is not None:
        orders.add("total")
        cancelled.add("total")
    if rows is not None:
        orders |= rows.orders
        cancelled |= rows.orders
        refunds |= rows.refunds
    return Wanted(
        orders=frozenset(orders),
        cancelled=frozenset(cancelled) if any(kpi.cancelled for kpi in kpis) else None,
        refunds=frozenset(refunds) if refunded or strict else None,
        history=bounds is None or typed(question) or rows is not None or any(kpi.history for kpi in kpis),
        since=bounds[0] if bounds else None,
        until=bounds[1] if bounds else None,
        estimate=options.refunds.split == "estimate",
        contents=on_lines or any(one.column in CONTENT for one in used) or any(kpi.contents for kpi in kpis),
        line_amounts=on_lines,
        contacts=any(kpi.contacts for kpi in kpis),
    )
