"""How often and how much is refunded, returned and cancelled (definitions, section 3)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import DAY
from connector.kpi.distributions import total
from connector.kpi.measured import NOT_AVAILABLE, Measured, amount, missing, share
from connector.kpi.result import Flag
from connector.kpi.shop.history import ORDER, fully_refunded
from connector.kpi.shop.revenue import split_flag
from connector.kpi.shop.scope import Scope
from connector.messages.kpi import KPI
from connector.money import MICROS

MATURE = 30 * DAY
"""While the youngest order is younger than this, refunds may still follow."""


def refund_rate_orders(scope: Scope) -> Measured:
    """Orders of the period with any refund so far, of all orders of the period."""
    refunded = scope.refunds_of_orders.select(ORDER).n_unique()
    return _so_far(scope, share(refunded, scope.orders.height, KPI("reason.no_orders")))


def full_refund_rate(scope: Scope) -> Measured:
    """Orders refunded to at least 99.5 % of their total, of all orders of the period."""
    refunded = fully_refunded(scope.refunds_of_orders).height
    return _so_far(scope, share(refunded, scope.orders.height, KPI("reason.no_orders")))


def refund_rate_value(scope: Scope) -> Measured:
    """Goods refunded so far on the period's orders, of the goods of these orders. A ratio of sums: no interval."""
    refunded = total(scope.refunds_of_orders["net"])
    sold, count = total(scope.orders["net"]), scope.orders.height
    if sold <= 0:
        reason = KPI("reason.no_revenue" if count else "reason.no_orders")
        return missing(reason, numerator=amount(refunded), denominator=amount(sold), n=count)
    measured = Measured(refunded / sold, amount(refunded), amount(sold), n=count)
    if scope.history.options.refunds.split == "estimate":
        measured = measured.with_flags(split_flag(scope.refunds_of_orders))
    return _so_far(scope, measured)


def return_rate_units(scope: Scope) -> Measured:
    """Pieces that came back, of pieces sold on the period's orders, in shops that say whether goods came back.

    A shop that has never said so for any refund is left out (`excluded.no_return_data`), as a refund is no return.
    """
    assert scope.history.refunds is not None
    telling = scope.history.refunds.filter(pl.col("returned").is_not_null())["source_id"].unique()
    told = pl.col("source_id").is_in(telling.to_list())
    sold_by = scope.orders.filter(told)
    untold = scope.orders.height - sold_by.height
    if not len(telling):
        return missing(KPI("reason.no_returns_reported"), flag=NOT_AVAILABLE)
    sold = int(sold_by["quantity"].sum())
    came_back = int(scope.refunds_of_orders.filter(told & pl.col("returned"))["quantity"].sum())
    if sold <= 0:
        return missing(KPI("reason.no_units"), numerator=came_back / MICROS, denominator=0, n=0)
    if came_back % MICROS == 0 and sold % MICROS == 0 and came_back <= sold:
        measured = share(came_back // MICROS, sold // MICROS, KPI("reason.no_units"))
    else:  # weights and lengths are no counts: no interval
        measured = Measured(came_back / sold, came_back / MICROS, sold / MICROS, n=sold_by.height)
    return replace(_so_far(scope, measured), excluded={"no_return_data": untold})


def cancellation_rate(scope: Scope) -> Measured:
    """Cancelled orders, of counted and cancelled ones, all by the day of their creation."""
    cancelled = scope.cancelled.height
    measured = share(cancelled, scope.created() + cancelled, KPI("reason.no_orders_or_cancelled"))
    if scope.history.options.orders.date == "created":
        return measured
    # Orders without the chosen day are counted here, by their creation.
    return replace(measured.with_notes(KPI("note.dated_by_creation")), excluded={"no_date": 0})


def _so_far(scope: Scope, measured: Measured) -> Measured:
    newest = scope.orders["at"].max()
    young = isinstance(newest, int) and scope.observed - newest < MATURE
    return measured.with_flags(Flag("still_maturing") if young else None).with_notes(KPI("note.refunds_by_order_date"))
