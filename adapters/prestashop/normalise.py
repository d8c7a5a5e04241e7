"""Wire shape -> rows: orders and what belongs to them. Pure.

Amounts (checked against the figures of PrestaShop's own back office): an order's total is `total_paid_tax_incl`, its
tax the difference to `total_paid_tax_excl`; shipping and discount are without tax. All are in the order's own currency,
whose rate to the shop's main currency the order carries itself. Taxes by rate are not stated by the web service's
orders, so there are no rows of `order_taxes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from adapters.prestashop import wire
from adapters.prestashop.contexts import is_nobody, text_of
from adapters.prestashop.messages import texts
from adapters.prestashop.states import event_of, status_of
from adapters.prestashop.times import instant
from connector.contract import Row
from connector.emails import email_key
from connector.errors import UnexpectedPayload
from connector.model import Cart, CustomerAccount, Order, OrderEvent, OrderLine, Product, Refund, RefundLine
from connector.money import MICROS, to_micros

_ORDER_PAGE = "/index.php?controller=AdminOrders&vieworder=&id_order="


def order_rows(order: wire.Order, zone: ZoneInfo, admin_url: str | None) -> Iterator[Row]:
    """An order and its lines. Raises ValueError where an amount or a date is none.

    Who bought: a guest is known by the e-mail alone (each guest order makes a new customer row), everybody else by the
    account; the account's e-mail stands on the order too, as it was when the order was last read.
    """
    order_id = str(order.id)
    context = order.context
    state = context.state
    total, before_tax = to_micros(order.total_paid_tax_incl), to_micros(order.total_paid_tax_excl)
    if context.currency is None:
        raise UnexpectedPayload(texts("not_understood", reason=texts("no_currency")))
    account = None if context.guest or context.nobody else id_or_none(order.id_customer)
    yield (
        Order,
        {
            "order_id": order_id,
            "number": order.reference or order_id,
            "shop": id_or_none(order.id_shop),
            "status": status_of(state),
            "status_raw": state.name if state else order.current_state,
            "status_known": state is not None,
            "countable": order.valid == "1",
            "created_at": instant(order.date_add, zone),
            # An invoice is written when an order first reaches a state that asks for one: by default the paid ones.
            "paid_at": instant(order.invoice_date, zone),
            # The delivery slip's date; it may be written before the goods leave, so only shipped orders have it here.
            "completed_at": instant(order.delivery_date, zone) if state and state.shipped == "1" else None,
            "modified_at": instant(order.date_upd, zone),
            "account_id": account,
            "email": context.email,
            "email_key": email_key(context.email),
            "name": context.name,
            "phone": context.phone,
            "country": context.country,
            "currency": context.currency,
            "total_micros": total,
            "tax_micros": total - before_tax,
            "shipping_micros": to_micros(order.total_shipping_tax_excl),
            "discount_micros": to_micros(order.total_discounts_tax_excl),
            "rate_micros": _rate(order.conversion_rate),
            "payment_method": order.payment or None,
            "shipping_method": context.carrier,
            "invoice_number": id_or_none(order.invoice_number),
            "created_via": order.module or None,
            "cart_id": id_or_none(order.id_cart),
            "url": f"{admin_url}{_ORDER_PAGE}{order_id}" if admin_url else None,
        },
    )
    yield from _lines(order, order_id)


def _lines(order: wire.Order, order_id: str) -> Iterator[Row]:
    """Goods at their unit prices, then what PrestaShop keeps for the whole order: shipping, wrapping, cart rules."""
    for row in order.associations.order_rows:
        quantity = to_micros(row.product_quantity)  # modules sell by the metre or the kilogram
        total = _times(row.unit_price_tax_excl, quantity)
        yield (
            OrderLine,
            {
                "order_id": order_id,
                "line_id": row.id,
                "kind": "product",
                "product_id": id_or_none(row.product_id),
                "variation_id": id_or_none(row.product_attribute_id),
                "sku": row.product_reference or None,
                "name": row.product_name,
                "quantity_micros": quantity,
                "total_micros": total,
                "tax_micros": _times(row.unit_price_tax_incl, quantity) - total,
            },
        )
    for line_id, kind, sign, with_tax, without in (
        ("shipping", "shipping", 1, order.total_shipping_tax_incl, order.total_shipping_tax_excl),
        ("wrapping", "fee", 1, order.total_wrapping_tax_incl, order.total_wrapping_tax_excl),
        ("discount", "fee", -1, order.total_discounts_tax_incl, order.total_discounts_tax_excl),
    ):
        total = sign * to_micros(without)
        tax = sign * to_micros(with_tax) - total
        if total or tax:
            yield (
                OrderLine,
                {
                    "order_id": order_id,
                    "line_id": line_id,
                    "kind": kind,
                    "name": order.context.carrier if kind == "shipping" else None,
                    "quantity_micros": MICROS,
                    "total_micros": total,
                    "tax_micros": tax,
                },
            )


def slip_rows(slip: wire.Slip, zone: ZoneInfo) -> Iterator[Row]:
    """A credit slip: its products and its shipping. Its `amount` is net or gross by who bought, so it is not read."""
    refund_id = str(slip.id)
    products, products_net = to_micros(slip.total_products_tax_incl), to_micros(slip.total_products_tax_excl)
    shipping, shipping_net = to_micros(slip.total_shipping_tax_incl), to_micros(slip.total_shipping_tax_excl)
    yield (
        Refund,
        {
            "refund_id": refund_id,
            "order_id": slip.id_order,
            "created_at": instant(slip.date_add, zone),
            "total_micros": products + shipping,
            "tax_micros": products - products_net + shipping - shipping_net,
            "shipping_micros": shipping_net,
        },
    )
    for line in slip.associations.order_slip_details:
        total = to_micros(line.amount_tax_excl)
        yield (
            RefundLine,
            {
                "refund_id": refund_id,
                "line_id": line.id_order_detail,
                "order_line_id": line.id_order_detail,
                "quantity_micros": to_micros(line.product_quantity),
                "total_micros": total,
                "tax_micros": to_micros(line.amount_tax_incl) - total,
            },
        )


def history_rows(history: wire.History, zone: ZoneInfo) -> Iterator[Row]:
    """An order reached a state."""
    at = instant(history.date_add, zone)
    if at is None:
        return
    state = history.context.state
    yield (
        OrderEvent,
        {
            "event_id": str(history.id),
            "order_id": history.id_order,
            "at": at,
            "kind": event_of(state),
            "value": state.name if state else history.id_order_state,
            "agent_id": id_or_none(history.id_employee),
        },
    )


def payment_rows(payment: wire.Payment, event_id: str, zone: ZoneInfo) -> Iterator[Row]:
    """Money came in. Of split orders, which share the reference, the first one has it."""
    at = instant(payment.date_add, zone)
    if at is None or not payment.context.orders:
        return
    yield (
        OrderEvent,
        {
            "event_id": event_id,
            "order_id": payment.context.orders[0],
            "at": at,
            "kind": "payment",
            "value": payment.payment_method or None,
            "amount_micros": to_micros(payment.amount),
        },
    )


def cart_rows(cart: wire.Cart, zone: ZoneInfo) -> Iterator[Row]:
    """A cart. Whether it was ordered is told by the orders, which name their carts."""
    context = cart.context
    rows = cart.associations.cart_rows
    yield (
        Cart,
        {
            "cart_id": str(cart.id),
            "shop": id_or_none(cart.id_shop),
            "account_id": None if context.guest or context.nobody else id_or_none(cart.id_customer),
            "email": context.email,
            "email_key": email_key(context.email),
            "created_at": instant(cart.date_add, zone),
            "modified_at": instant(cart.date_upd, zone),
            "currency": context.currency,
            "country": context.country,
            "products": len(rows),
            "quantity_micros": sum(to_micros(row.quantity) for row in rows),
            "has_address": id_or_none(cart.id_address_delivery) is not None,
        },
    )


def customer_rows(customer: wire.Customer, zone: ZoneInfo) -> Iterator[Row]:
    """An account. Guests have none, and neither has the one that stands for all erased customers."""
    if customer.is_guest == "1" or is_nobody(customer.email):
        return
    yield (
        CustomerAccount,
        {
            "account_id": str(customer.id),
            "email": customer.email or None,
            "email_key": email_key(customer.email),
            "name": f"{customer.firstname or ''} {customer.lastname or ''}".strip() or customer.company or None,
            "shop": id_or_none(customer.id_shop),
            "role": "deleted" if customer.deleted == "1" else "customer" if customer.active == "1" else "inactive",
            "registered_at": instant(customer.date_add, zone),
        },
    )


def product_rows(product: wire.Product, zone: ZoneInfo) -> Iterator[Row]:
    """A product; its price is without tax."""
    categories: list[Any] = product.context.categories
    yield (
        Product,
        {
            "product_id": str(product.id),
            "sku": product.reference or None,
            "name": text_of(product.name),
            "categories": msgspec.json.encode(categories).decode() if categories else None,
            "price_micros": to_micros(product.price) if product.price else None,
            "modified_at": instant(product.date_upd, zone),
        },
    )


def id_or_none(text: str | None) -> str | None:
    """An id or number; PrestaShop writes "0" for none."""
    return text if text and text.strip("0") else None


def _times(price: str, quantity: int) -> int:
    """A price for a quantity in millionths, in millionths, rounded half-up."""
    return (to_micros(price) * quantity + MICROS // 2) // MICROS


def _rate(text: str) -> int | None:
    rate = to_micros(text) if text else 0
    return rate if rate > 0 else None
