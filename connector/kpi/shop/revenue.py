"""Orders and money (definitions, section 3). Money functions see one currency at a time: amounts are never mixed."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from connector.kpi.distributions import total
from connector.kpi.measured import Measured, amount, missing
from connector.kpi.result import Flag, Interval
from connector.kpi.shop.scope import Scope
from connector.kpi.statistics import mean_interval
from connector.messages.kpi import KPI
from connector.money import MICROS


def orders(scope: Scope) -> Measured:
    """Counted orders dated in the period."""
    return Measured(scope.orders.height)


def units(scope: Scope) -> Measured:
    """Pieces on the period's orders, minus pieces refunded in the period."""
    micros = _sum(scope.orders, "quantity") - _sum(scope.refunds, "quantity")
    return _dated(scope, Measured(micros // MICROS if micros % MICROS == 0 else micros / MICROS))


def gross_sales(scope: Scope) -> Measured:
    """Goods before coupons, without tax and shipping, before refunds."""
    return Measured(amount(_sum(scope.orders, "net") + _sum(scope.orders, "discount")))


def discounts(scope: Scope) -> Measured:
    """Coupon discounts, net of tax."""
    return Measured(amount(_sum(scope.orders, "discount")))


def refunds_value(scope: Scope) -> Measured:
    """Refunded goods, a positive amount."""
    return _refunded(scope, Measured(amount(_sum(scope.refunds, "net"))))


def net_revenue(scope: Scope) -> Measured:
    """Gross sales - discounts - refunds: goods after coupons and refunds."""
    return _refunded(scope, Measured(amount(net_of(scope))))


def taxes(scope: Scope) -> Measured:
    """Tax of orders minus tax of refunds."""
    return _refunded(scope, Measured(amount(_sum(scope.orders, "tax") - _sum(scope.refunds, "tax"))))


def shipping(scope: Scope) -> Measured:
    """Shipping of orders minus shipping of refunds, without tax."""
    return _refunded(scope, Measured(amount(_sum(scope.orders, "shipping") - _sum(scope.refunds, "shipping"))))


def total_sales(scope: Scope) -> Measured:
    """Net revenue + taxes + shipping: what was paid minus what was paid back, however a refund is split."""
    return _dated(scope, Measured(amount(_sum(scope.orders, "total") - _sum(scope.refunds, "total"))))


def aov(scope: Scope) -> Measured:
    """Goods per order, before refunds; with the t interval of a mean."""
    return _mean(scope, "net")


def aov_total(scope: Scope) -> Measured:
    """What is paid per order, with tax and shipping; with the t interval of a mean."""
    return _mean(scope, "total")


def aov_after_refunds(scope: Scope) -> Measured:
    """Net revenue per order. No interval: refunds of the period need not belong to its orders."""
    count, net = scope.orders.height, net_of(scope)
    if not count:
        return _refunded(scope, _no_orders(Decimal(net)))
    return _refunded(scope, Measured(Decimal(net) / count, amount(net), count, n=count))


def items_per_order(scope: Scope) -> Measured:
    """Pieces as ordered, before refunds, per order; with the t interval of a mean."""
    count = scope.orders.height
    if not count:
        return _no_orders(0)
    pieces = scope.orders["quantity"] / MICROS
    total, mean = float(pieces.sum()), float(pieces.mean())  # type: ignore[arg-type]
    bounds = mean_interval(count, mean, float(((pieces - mean) ** 2).sum()))
    return Measured(mean, total, count, n=count, interval=Interval(*bounds, "t") if bounds else None)


def net_of(scope: Scope) -> int:
    """Goods of the period's orders minus those of its refunds, in millionths."""
    return _sum(scope.orders, "net") - _sum(scope.refunds, "net")


def split_flag(refunds: pl.DataFrame) -> Flag | None:
    """The flag for refunds that came without tax or shipping."""
    count = int(refunds["estimated"].sum())
    return Flag("refund_split_estimated", str(count)) if count else None


def _mean(scope: Scope, column: str) -> Measured:
    values = scope.orders[column]
    count, whole = len(values), total(values)
    if not count:
        return _no_orders(Decimal(0))
    mean = Decimal(whole) / count
    bounds = mean_interval(count, float(mean), float(((values - float(mean)) ** 2).sum()))
    interval = Interval(Decimal(bounds[0]), Decimal(bounds[1]), "t") if bounds else None
    return Measured(mean, amount(whole), count, n=count, interval=interval)


def _no_orders(whole: Decimal | int) -> Measured:
    return missing(KPI("reason.no_orders"), numerator=whole, denominator=0, n=0)


def _sum(rows: pl.DataFrame, column: str) -> int:
    return total(rows[column])


def _refunded(scope: Scope, measured: Measured) -> Measured:
    estimates = scope.history.options.refunds.split == "estimate"
    return _dated(scope, measured.with_flags(split_flag(scope.refunds) if estimates else None))


def _dated(scope: Scope, measured: Measured) -> Measured:
    by_sale = scope.history.options.refunds.date == "order"
    return measured.with_notes(KPI("note.refunds_by_order") if by_sale else None)
