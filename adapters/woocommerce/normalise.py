"""Wire shape -> rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from adapters.woocommerce import wire
from connector.contract import Row
from connector.emails import email_key
from connector.instants import from_utc_text
from connector.model import CustomerAccount, Order, OrderLine, OrderTax, Product, Refund, RefundLine
from connector.money import to_micros

STATUSES = {
    "pending": "pending",
    "processing": "processing",
    "on-hold": "on_hold",
    "completed": "completed",
    "cancelled": "cancelled",
    "refunded": "refunded",
    "failed": "failed",
    "trash": "trash",
    "checkout-draft": "draft",
    "auto-draft": "draft",
}
"""WooCommerce's own statuses. What plugins add is `other`, and counted: it is usually a step of fulfilment."""

NOT_COUNTED = frozenset({"pending", "failed", "cancelled", "checkout-draft", "auto-draft", "trash"})
"""WooCommerce Analytics leaves these out, and so does convention C5."""

PricedLine = wire.LineItem | wire.ShippingLine | wire.FeeLine

# Keys of `meta_data`.
SOURCE_TYPE = "_wc_order_attribution_source_type"
UTM_SOURCE = "_wc_order_attribution_utm_source"
UTM_MEDIUM = "_wc_order_attribution_utm_medium"
UTM_CAMPAIGN = "_wc_order_attribution_utm_campaign"
DEVICE_TYPE = "_wc_order_attribution_device_type"
PDF_INVOICE, INVOICE = "_wcpdf_invoice_number", "_invoice_number"
REFUNDED_LINE = "_refunded_item_id"
KEPT_META = frozenset({SOURCE_TYPE, UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, DEVICE_TYPE, PDF_INVOICE, INVOICE})

_anything = msgspec.json.Decoder()


def order_rows(order: wire.Order, *, address: str) -> list[Row]:
    """An order, its lines and its taxes. Raises ValueError where an amount, a date or the currency is none."""
    order_id = str(order.id)
    meta = {entry.key: _text(entry.value) or None for entry in order.meta_data}
    billing = order.billing
    head: Row = (
        Order,
        {
            "order_id": order_id,
            "number": order.number or order_id,
            "status": STATUSES.get(order.status, "other"),
            "status_raw": order.status,
            "status_known": order.status in STATUSES,
            "countable": order.status not in NOT_COUNTED,
            "created_at": _instant(order.date_created_gmt),
            "paid_at": _instant(order.date_paid_gmt),
            "completed_at": _instant(order.date_completed_gmt),
            "modified_at": _instant(order.date_modified_gmt),
            "account_id": str(order.customer_id) if order.customer_id > 0 else None,
            "email": billing.email or None,
            "email_key": email_key(billing.email),
            "name": _name(billing.first_name, billing.last_name) or billing.company or None,
            "phone": billing.phone or None,
            "country": billing.country.upper() or None,
            "currency": _currency(order.currency),
            "total_micros": to_micros(order.total),
            "tax_micros": _amount(order.total_tax),
            "shipping_micros": _amount(order.shipping_total),
            "discount_micros": _amount(order.discount_total),
            "payment_method": order.payment_method_title or order.payment_method or None,
            "shipping_method": ", ".join([line.method_title or "" for line in order.shipping_lines]) or None,
            "coupons": _json([coupon.code for coupon in order.coupon_lines]),
            "invoice_number": meta.get(PDF_INVOICE) or meta.get(INVOICE),
            "created_via": order.created_via or None,
            "attribution_type": meta.get(SOURCE_TYPE),
            "attribution_source": meta.get(UTM_SOURCE),
            "attribution_medium": meta.get(UTM_MEDIUM),
            "attribution_campaign": meta.get(UTM_CAMPAIGN),
            "device_type": meta.get(DEVICE_TYPE),
            "refunds_named": _json([str(refund.id) for refund in order.refunds]),
            "url": f"{address}/wp-admin/post.php?post={order_id}&action=edit",
        },
    )
    return [head, *_lines(order, order_id), *_taxes(order, order_id)]


def _lines(order: wire.Order, order_id: str) -> list[Row]:
    rows: list[Row] = [
        (
            OrderLine,
            {
                "order_id": order_id,
                "line_id": str(item.id),
                "kind": "product",
                "product_id": str(item.product_id) if item.product_id else None,
                "variation_id": str(item.variation_id) if item.variation_id else None,
                "sku": item.sku or None,
                "name": item.name,
                "quantity_micros": _quantity(item.quantity),
                "total_micros": _amount(item.total),
                "tax_micros": _amount(item.total_tax),
                "discount_micros": _amount(item.subtotal) - _amount(item.total) if item.subtotal else 0,
            },
        )
        for item in order.line_items
    ]
    rows += [_side_line(order_id, "fee", line, line.name) for line in order.fee_lines]
    rows += [_side_line(order_id, "shipping", line, line.method_title) for line in order.shipping_lines]
    return rows


def _side_line(order_id: str, kind: str, line: wire.FeeLine | wire.ShippingLine, name: str | None) -> Row:
    return (
        OrderLine,
        {
            "order_id": order_id,
            "line_id": str(line.id),
            "kind": kind,
            "name": name,
            "quantity_micros": 1_000_000,
            "total_micros": _amount(line.total),
            "tax_micros": _amount(line.total_tax),
            "discount_micros": 0,
        },
    )


def _taxes(order: wire.Order, order_id: str) -> list[Row]:
    """One row a rate. The taxable amount is the net of the lines taxed at it; WooCommerce does not state it itself."""
    if not order.tax_lines:
        return []
    taxable: dict[int, int] = {}
    goods: Sequence[PricedLine] = (*order.line_items, *order.fee_lines, *order.shipping_lines)
    for line in goods:
        for part in line.taxes:
            if part.total:
                taxable[part.id] = taxable.get(part.id, 0) + _amount(line.total)
    rates: dict[int, dict[str, Any]] = {}
    for rate in order.tax_lines:
        tax = _amount(rate.tax_total) + _amount(rate.shipping_tax_total)
        if rate.rate_id in rates:
            rates[rate.rate_id]["tax_micros"] += tax
            continue
        rates[rate.rate_id] = {
            "order_id": order_id,
            "rate_id": str(rate.rate_id),
            "label": rate.label,
            "rate_micros": None if rate.rate_percent in (None, "") else _quantity(rate.rate_percent),
            "taxable_micros": taxable.get(rate.rate_id, 0),
            "tax_micros": tax,
        }
    return [(OrderTax, row) for row in rates.values()]


def refund_rows(refund: wire.Refund) -> Iterator[Row]:
    """A refund and its lines, as positive amounts.

    A refund typed in as a sum has no lines at all: then nobody knows the tax in it, and the parts stay null.
    """
    refund_id = str(refund.id)
    lines: Sequence[PricedLine] = (*refund.line_items, *refund.shipping_lines, *refund.fee_lines)
    split = any(_amount(line.total) or _amount(line.total_tax) for line in lines)
    yield (
        Refund,
        {
            "refund_id": refund_id,
            "order_id": str(refund.parent_id),
            "created_at": _instant(refund.date_created_gmt),
            "total_micros": abs(to_micros(refund.amount)),
            "tax_micros": -_sum(line.total_tax for line in lines) if split else None,
            "shipping_micros": -_sum(line.total for line in refund.shipping_lines) if split else None,
            "reason": refund.reason or None,
        },
    )
    for item in refund.line_items:
        yield (
            RefundLine,
            {
                "refund_id": refund_id,
                "line_id": str(item.id),
                "order_line_id": _refunded_line(item.meta_data),
                "product_id": str(item.product_id) if item.product_id else None,
                "quantity_micros": abs(_quantity(item.quantity)),
                "total_micros": -_amount(item.total),
                "tax_micros": -_amount(item.total_tax),
            },
        )


def customer_rows(customer: wire.Customer) -> Iterator[Row]:
    """An account."""
    billing = customer.billing
    yield (
        CustomerAccount,
        {
            "account_id": str(customer.id),
            "email": customer.email or None,
            "email_key": email_key(customer.email),
            "name": _name(customer.first_name, customer.last_name) or _name(billing.first_name, billing.last_name),
            "phone": billing.phone or None,
            "country": billing.country.upper() or None,
            "role": customer.role or None,
            "registered_at": _instant(customer.date_created_gmt),
        },
    )


def product_rows(product: wire.Product) -> Iterator[Row]:
    """A product."""
    yield (
        Product,
        {
            "product_id": str(product.id),
            "sku": product.sku or None,
            "name": product.name,
            "categories": _json([category.name for category in product.categories]),
            "price_micros": to_micros(product.price) if product.price else None,
            "modified_at": _instant(product.date_modified_gmt),
        },
    )


def _instant(text: str | None) -> int | None:
    """Null, empty and zero dates (`0000-00-00T00:00:00`) are no date."""
    if not text or text.startswith(("0000", "-")):
        return None
    return from_utc_text(text)


@lru_cache(maxsize=1 << 14)
def _amount(text: str) -> int:
    """Remembered, as are quantities: a shop's amounts are few (prices, the tax on them, zero)."""
    return to_micros(text) if text else 0


@lru_cache(maxsize=1 << 10)
def _quantity(number: float | str) -> int:
    return to_micros(str(number))


def _sum(texts: Any) -> int:
    return sum(_amount(text) for text in texts)


def _currency(code: str) -> str:
    if len(code) != 3 or not code.isalpha() or not code.isascii():
        raise ValueError("the order has no currency code of three letters")
    return code.upper()


def _name(first: str | None, last: str | None) -> str | None:
    return f"{first or ''} {last or ''}".strip() or None


def _json(items: Sequence[str]) -> str | None:
    return msgspec.json.encode(items).decode() if items else None


def _text(value: msgspec.Raw) -> str:
    """A meta value as text: plugins store numbers and lists where others store text."""
    content = _anything.decode(value)
    return content if isinstance(content, str) else str(content) if isinstance(content, int | float | Decimal) else ""


def _refunded_line(meta: Sequence[wire.Meta]) -> str | None:
    for entry in meta:
        if entry.key == REFUNDED_LINE:
            return _text(entry.value) or None
    return None
