"""Who bought, for the first time and again (definitions, 4.1). A customer is a resolved person."""

from __future__ import annotations

import polars as pl

from connector.kpi.distributions import total
from connector.kpi.measured import Measured, amount, missing, share
from connector.kpi.shop.revenue import split_flag
from connector.kpi.shop.scope import Scope, persons_of
from connector.messages.kpi import KPI


def customers(scope: Scope) -> Measured:
    """Persons with an order in the period."""
    return Measured(len(persons_of(scope.persons)))


def new_customers(scope: Scope) -> Measured:
    """Persons whose first order ever is among the period's orders."""
    return Measured(int(scope.persons["first"].sum()))


def returning_customers(scope: Scope) -> Measured:
    """Persons with an order in the period that is not a new customer's (option `returning.mode`)."""
    returning = Measured(len(persons_of(scope.persons, ~scope.is_new)))
    both = scope.history.options.returning.mode == "not_first"
    return returning.with_notes(KPI("note.new_and_returning") if both else None)


def order_share(scope: Scope, kind: str) -> Measured:
    """Orders of new or of returning customers (`kind`), of all orders with a person."""
    orders = scope.persons
    new = int(orders.select(scope.is_new.sum()).item())
    return share(new if kind == "new" else orders.height - new, orders.height, KPI("reason.no_orders"))


def revenue_share(scope: Scope, kind: str) -> Measured:
    """Net revenue of new or of returning customers' orders, of that of all orders with a person.

    Refunds are on the side of their order. A ratio of sums: no interval. Not defined where nothing was earned.
    """
    orders = scope.persons
    refunds = scope.refunds.filter(scope.is_new.is_not_null())
    of_new = pl.col("net").filter(scope.is_new)
    whole = total(orders["net"]) - total(refunds["net"])
    new = total(orders.select(of_new)["net"]) - total(refunds.select(of_new)["net"])
    part = new if kind == "new" else whole - new
    if whole <= 0:
        reason = KPI("reason.no_revenue" if orders.height else "reason.no_orders")
        return missing(reason, numerator=amount(part), denominator=amount(whole), n=orders.height)
    measured = Measured(part / whole, amount(part), amount(whole), n=orders.height)
    if scope.history.options.refunds.split == "estimate":
        measured = measured.with_flags(split_flag(refunds))
    by_sale = scope.history.options.refunds.date == "order"
    return measured.with_notes(KPI("note.refunds_by_order") if by_sale else None)
