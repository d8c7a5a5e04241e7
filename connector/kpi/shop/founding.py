"""Who begins a cohort, when, and which one (definitions, 4.6): the options `cohorts.base` and `cohorts.by`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from connector.frames.turns import by_person
from connector.kpi.shop.history import ORDER, History, in_sequence
from connector.kpi.shop.scope import Scope


@dataclass(frozen=True)
class Founded:
    """The members of all cohorts, and the documents that may be counted for them.

    `members`: `person_id`, `start_at` (microseconds UTC), and `key`, the value that puts them into a cohort where this
    is not the time; a person with several values has several rows. `orders` are sorted by person and instant; both
    they and `refunds` (of orders, dated by their order) hold `person_id` and `at`.
    """

    members: pl.DataFrame
    orders: pl.DataFrame
    refunds: pl.DataFrame | None
    left_out: dict[str, int]


def founded(scope: Scope) -> Founded:
    """The members whose beginning lies in the period, and all their orders."""
    options = scope.history.options.cohorts
    left_out: dict[str, int] = {}
    history = scope.history
    if options.base == "first_paid":
        unpaid = scope.persons.filter(pl.col("paid_at").is_null()).height
        left_out = {"unpaid": unpaid} if unpaid else {}
        history = by_payment(history)
    whole = Scope(history, scope.start, scope.end, scope.conditions)
    if options.base == "first_contact":
        members = _in_contact(whole)
    else:
        members = whole.persons.filter("first").with_columns(start_at=pl.col("at"))
    return Founded(_keyed(members, history, options.by), history.orders, history.refunds, left_out)


def by_payment(history: History) -> History:
    """The history with every order on the day it was paid; unpaid ones are not in it."""
    paid = history.orders.filter(pl.col("paid_at").is_not_null()).with_columns(at=pl.col("paid_at"))
    orders = in_sequence(by_person(paid))
    refunds = history.refunds
    if refunds is not None:
        days = orders.select(*ORDER, paid_on="at")
        joined = refunds.join(days, on=ORDER, how="inner", maintain_order="left")
        refunds = joined.with_columns(at=pl.col("paid_on")).drop("paid_on")
    return replace(history, orders=orders, refunds=refunds)


def _in_contact(scope: Scope) -> pl.DataFrame:
    """Persons whose first conversation lies in the period, with what their first order says, if they ever order.

    Where there are filters, only persons whose first order meets them.
    """
    contacts = scope.history.contacts
    assert contacts is not None
    inside = (pl.col("start_at") >= scope.start) & (pl.col("start_at") < scope.end)
    firsts = scope.selected.filter(pl.col("first").fill_null(False))
    how = "inner" if scope.conditions else "left"
    return contacts.filter(inside).join(firsts, on="person_id", how=how, maintain_order="left")  # type: ignore[arg-type]


def _keyed(members: pl.DataFrame, history: History, by: str) -> pl.DataFrame:
    """`person_id`, `start_at`, `key`; several rows where the first order has several values."""
    shown = pl.col("person_id"), pl.col("start_at")
    if by == "date":
        return members.select(*shown, key=pl.lit(None, dtype=pl.String))
    if by == "country":
        return members.select(*shown, key="country")
    if by == "channel":
        return members.select(*shown, key=pl.coalesce("attribution_source", "created_via"))
    if by == "coupon":
        codes = pl.col("coupon").list.unique()
        none = pl.lit([None], dtype=pl.List(pl.String))  # an empty list would leave no row
        return members.select(*shown, key=pl.when(codes.list.len() > 0).then(codes).otherwise(none)).explode("key")
    assert history.contents is not None
    products = history.contents.lines.select(*ORDER, key="product").unique()
    return members.join(products, on=ORDER, how="left", maintain_order="left").select(*shown, "key")
