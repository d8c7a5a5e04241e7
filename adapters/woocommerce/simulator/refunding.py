"""The lines of a refund: what was sold, with negative numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from adapters.woocommerce.simulator.model import (
    ZERO,
    Charge,
    FeeLine,
    Items,
    Line,
    Meta,
    Order,
    ShippingLine,
    Tax,
    TaxLine,
)
from adapters.woocommerce.simulator.pricing import cents

_SIX = Decimal("0.000001")
_Counter = Callable[[], int]


def refunded_items(order: Order, amount: Decimal, item_id: _Counter, meta_id: _Counter) -> Items:
    """Lines worth `amount` with tax: goods first, then shipping, then fees; the last one in part."""
    left = amount
    lines: list[Line] = []
    shipping: list[ShippingLine] = []
    fees: list[FeeLine] = []
    items = order.items
    charged: tuple[Charge, ...] = (*items.lines, *items.shipping, *items.fees)
    for item in charged:
        worth = cents(item.total) + cents(item.total_tax)
        taken = min(left, worth)
        if worth <= 0 or taken <= 0:
            continue
        share = taken / worth
        mark = (Meta(meta_id(), "_refunded_item_id", str(item.id)),)
        taxes = tuple(_given_back(tax, share) for tax in item.taxes)
        total, total_tax = _part(item.total, share), _part(item.total_tax, share)
        if isinstance(item, Line):
            pieces = (item.quantity * share).quantize(Decimal(1), rounding=ROUND_DOWN)
            lines.append(
                replace(
                    item,
                    id=item_id(),
                    quantity=-int(pieces),
                    subtotal=total,
                    subtotal_tax=total_tax,
                    total=total,
                    total_tax=total_tax,
                    taxes=taxes,
                    meta=mark,
                )
            )
        elif isinstance(item, ShippingLine):
            shipping.append(replace(item, id=item_id(), total=total, total_tax=total_tax, taxes=taxes, meta=mark))
        else:
            fees.append(replace(item, id=item_id(), total=total, total_tax=total_tax, taxes=taxes, meta=mark))
        left -= taken
    return Items(tuple(lines), _tax_lines(order, lines, shipping, fees, item_id), tuple(shipping), tuple(fees))


def _part(amount: Decimal, share: Decimal) -> Decimal:
    return -(amount * share).quantize(_SIX, rounding=ROUND_HALF_UP)


def _given_back(tax: Tax, share: Decimal) -> Tax:
    total = _part(tax.total, share)
    return Tax(tax.rate_id, total, None if tax.subtotal is None else total)


def _tax_lines(
    order: Order, lines: list[Line], shipping: list[ShippingLine], fees: list[FeeLine], item_id: _Counter
) -> tuple[TaxLine, ...]:
    goods: dict[int, Decimal] = {}
    charged: tuple[Charge, ...] = (*lines, *fees)
    for item in charged:
        for tax in item.taxes:
            goods[tax.rate_id] = goods.get(tax.rate_id, ZERO) + cents(tax.total)
    carriage = {tax.rate_id: cents(tax.total) for line in shipping for tax in line.taxes}
    return tuple(
        TaxLine(item_id(), line.rate, goods.get(line.rate.id, ZERO), carriage.get(line.rate.id, ZERO))
        for line in order.items.taxes
        if line.rate.id in goods or line.rate.id in carriage
    )
