"""What WooCommerce's API makes of an order, a refund, an account or a product, field by field in its own order.

The shapes are those recorded from version 10.0.2. Amounts are text with `dp` digits, rounded half-up; `price` is a
float; local times carry no offset, `*_gmt` no `Z`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from adapters.woocommerce.simulator.model import (
    Address,
    Customer,
    Items,
    Line,
    Meta,
    Order,
    Refund,
    ShippingLine,
    Tax,
)

Body = dict[str, Any]
ORDER_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CUSTOMER_METHODS = ORDER_METHODS
STAFF_METHODS = ORDER_METHODS[:-1]  # people with rights cannot be deleted through this route
REFUND_METHODS = ("GET", "DELETE")
EDITABLE = ("pending", "on-hold", "auto-draft")
UNPAID = ("pending", "failed", "checkout-draft")
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def encoded(body: Any) -> bytes:
    """JSON as PHP writes it: no spaces, `\\u` escapes for what is not ASCII, escaped slashes."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def digits(amount: Decimal, dp: int) -> str:
    """An amount with `dp` digits after the point, rounded half-up."""
    text = f"{amount.quantize(Decimal(1).scaleb(-dp), rounding=ROUND_HALF_UP):f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def number(value: float) -> int | float:
    """PHP writes a float without a fraction like an integer."""
    return int(value) if value == int(value) else value


@dataclass(frozen=True, slots=True)
class Shapes:
    """Turns what the shop holds into bodies; `home` is the address the shop believes to have."""

    home: str
    zone: ZoneInfo
    dp: int = 2

    def order(self, order: Order, refunds: Sequence[Refund]) -> Body:
        """`GET /orders/{id}`. `refunds` are those to be named in it, the newest first."""
        body: Body = {
            "id": order.id,
            "parent_id": 0,
            "status": order.status,
            "currency": order.currency,
            "version": order.version,
            "prices_include_tax": order.prices_include_tax,
            "date_created": self.local(order.created),
            "date_modified": self.local(order.modified),
            "discount_total": self._amount(order.discount_total),
            "discount_tax": self._amount(order.discount_tax),
            "shipping_total": self._amount(order.shipping_total),
            "shipping_tax": self._amount(order.shipping_tax),
            "cart_tax": self._amount(order.cart_tax),
            "total": self._amount(order.total),
            "total_tax": self._amount(order.total_tax),
            "customer_id": order.customer_id,
            "order_key": order.order_key,
            "billing": _billing(
                order.billing, "company", "address_1", "address_2", "city", "state", "postcode", "country"
            ),
            "shipping": _shipping(
                order.shipping, "company", "address_1", "address_2", "city", "state", "postcode", "country"
            ),
            "payment_method": order.payment_method,
            "payment_method_title": order.payment_method_title,
            "transaction_id": order.transaction_id,
            "customer_ip_address": order.ip,
            "customer_user_agent": order.user_agent,
            "created_via": order.created_via,
            "customer_note": order.customer_note,
            "date_completed": self.local(order.completed),
            "date_paid": self.local(order.paid),
            "cart_hash": order.cart_hash,
            "number": order.number or str(order.id),
            "meta_data": [
                {"id": entry.id, "key": entry.key, "value": entry.value}
                for entry in sorted(order.meta, key=lambda entry: (entry.key, entry.id))
            ],
        }
        body.update(self._items(order.items))
        body["coupon_lines"] = [
            {
                "id": coupon.id,
                "code": coupon.code,
                "discount": self._amount(coupon.discount),
                "discount_tax": self._amount(coupon.discount_tax),
                "meta_data": _item_meta(coupon.meta),
                "discount_type": coupon.discount_type,
                "nominal_amount": number(float(coupon.nominal_amount)),
                "free_shipping": coupon.free_shipping,
            }
            for coupon in order.items.coupons
        ]
        body["refunds"] = [
            {"id": refund.id, "reason": refund.reason, "total": self._amount(-refund.amount)} for refund in refunds
        ]
        body |= {
            "payment_url": f"{self.home}/checkout/order-pay/{order.id}/?pay_for_order=true&key={order.order_key}",
            "is_editable": order.status in EDITABLE,
            "needs_payment": order.status in UNPAID and order.total > 0,
            "needs_processing": any(line.product_id for line in order.items.lines),
            "date_created_gmt": gmt(order.created),
            "date_modified_gmt": gmt(order.modified),
            "date_completed_gmt": gmt(order.completed),
            "date_paid_gmt": gmt(order.paid),
            "currency_symbol": SYMBOLS.get(order.currency, order.currency),
        }
        links = self.links(f"orders/{order.id}", "orders", ORDER_METHODS)
        links["email_templates"] = [
            {"embeddable": True, "href": self._route(f"orders/{order.id}/actions/email_templates")}
        ]
        if order.customer_id:
            links["customer"] = [{"href": self._route(f"customers/{order.customer_id}")}]
        return body | {"_links": links}

    def refund(self, refund: Refund, *, with_parent: bool) -> Body:
        """`GET /refunds` says the order (`parent_id`), `GET /orders/{id}/refunds` does not."""
        body: Body = {"id": refund.id}
        if with_parent:
            body["parent_id"] = refund.order_id
        body |= {
            "date_created": self.local(refund.created),
            "date_created_gmt": gmt(refund.created),
            "amount": self._amount(refund.amount),
            "reason": refund.reason,
            "refunded_by": 1,
            "refunded_payment": False,
            "meta_data": [],
        }
        items = self._items(refund.items)
        body |= {name: items[name] for name in ("line_items", "shipping_lines", "tax_lines", "fee_lines")}
        order = f"orders/{refund.order_id}"
        links = self.links(f"{order}/refunds/{refund.id}", f"{order}/refunds", REFUND_METHODS)
        return body | {"_links": links | {"up": [{"href": self._route(order)}]}}

    def customer(self, customer: Customer) -> Body:
        """`GET /customers/{id}`."""
        methods = CUSTOMER_METHODS if customer.role == "customer" else STAFF_METHODS
        places = ("company", "address_1", "address_2", "city", "postcode", "country", "state")
        gravatar = hashlib.sha256(customer.email.strip().lower().encode()).hexdigest()
        return {
            "id": customer.id,
            "date_created": self.local(customer.created),
            "date_created_gmt": gmt(customer.created),
            "date_modified": self.local(customer.modified),
            "date_modified_gmt": gmt(customer.modified),
            "email": customer.email,
            "first_name": customer.first_name,
            "last_name": customer.last_name,
            "role": customer.role,
            "username": customer.username,
            "billing": _billing(customer.billing, *places),
            "shipping": _shipping(customer.shipping, *places),
            "is_paying_customer": customer.paying,
            "avatar_url": f"https://secure.gravatar.com/avatar/{gravatar}?s=96&d=mm&r=g",
            "meta_data": [],
            "_links": self.links(f"customers/{customer.id}", "customers", methods),
        }

    # --- parts ------------------------------------------------------------------------------------------------------

    def _amount(self, amount: Decimal) -> str:
        return digits(amount, self.dp)

    def local(self, at: int | None) -> str | None:
        """A time as the shop's wall clock showed it, without offset."""
        return None if at is None else datetime.fromtimestamp(at, self.zone).replace(tzinfo=None).isoformat()

    def _route(self, path: str) -> str:
        return f"{self.home}/wp-json/wc/v3/{path}"

    def links(self, own: str, collection: str, methods: Sequence[str]) -> dict[str, list[Body]]:
        """The links to itself and its list; `methods` are those that this user may send."""
        return {
            "self": [{"href": self._route(own), "targetHints": {"allow": list(methods)}}],
            "collection": [{"href": self._route(collection)}],
        }

    def _items(self, items: Items) -> Body:
        return {
            "line_items": [self._line(line) for line in items.lines],
            "tax_lines": [
                {
                    "id": tax.id,
                    "rate_code": tax.rate.code,
                    "rate_id": tax.rate.id,
                    "label": tax.rate.label,
                    "compound": False,
                    "tax_total": self._amount(tax.tax_total),
                    "shipping_tax_total": self._amount(tax.shipping_tax_total),
                    "rate_percent": number(float(tax.rate.percent)),
                    "meta_data": [],
                }
                for tax in items.taxes
            ],
            "shipping_lines": [self._shipping_line(line) for line in items.shipping],
            "fee_lines": [
                {
                    "id": fee.id,
                    "name": fee.name,
                    "tax_class": fee.tax_class,
                    "tax_status": "taxable",
                    "amount": "",
                    "total": self._amount(fee.total),
                    "total_tax": self._amount(fee.total_tax),
                    "taxes": self._taxes(fee.taxes),
                    "meta_data": _item_meta(fee.meta),
                }
                for fee in items.fees
            ],
        }

    def _line(self, line: Line) -> Body:
        return {
            "id": line.id,
            "name": line.name,
            "product_id": line.product_id,
            "variation_id": line.variation_id,
            "quantity": line.quantity,
            "tax_class": line.tax_class,
            "subtotal": self._amount(line.subtotal),
            "subtotal_tax": self._amount(line.subtotal_tax),
            "total": self._amount(line.total),
            "total_tax": self._amount(line.total_tax),
            "taxes": self._taxes(line.taxes),
            "meta_data": _item_meta(line.meta),
            "sku": line.sku,
            "price": number(float(line.total) / line.quantity) if line.quantity else 0,
            "image": {"id": 0 if line.variation_id else "", "src": ""},
            "parent_name": line.parent_name,
        }

    def _shipping_line(self, line: ShippingLine) -> Body:
        return {
            "id": line.id,
            "method_title": line.method_title,
            "method_id": line.method_id,
            "instance_id": line.instance_id,
            "total": self._amount(line.total),
            "total_tax": self._amount(line.total_tax),
            "taxes": self._taxes(line.taxes),
            "tax_status": "taxable",
            "meta_data": _item_meta(line.meta),
        }

    def _taxes(self, taxes: Iterable[Tax]) -> list[Body]:
        return [
            {
                "id": tax.rate_id,
                "total": self._amount(tax.total),
                "subtotal": "" if tax.subtotal is None else self._amount(tax.subtotal),
            }
            for tax in taxes
        ]


def gmt(at: int | None) -> str | None:
    """A time in UTC, without `Z`."""
    return None if at is None else datetime.fromtimestamp(at, UTC).replace(tzinfo=None).isoformat()


def _billing(address: Address, *places: str) -> Body:
    return {
        "first_name": address.first_name,
        "last_name": address.last_name,
        **{place: getattr(address, place) for place in places},
        "email": address.email,
        "phone": address.phone,
    }


def _shipping(address: Address, *places: str) -> Body:
    body = _billing(address, *places)
    del body["email"]
    return body


def _item_meta(entries: Iterable[Meta]) -> list[Body]:
    return [
        {
            "id": entry.id,
            "key": entry.key,
            "value": entry.value,
            "display_key": entry.display_key or entry.key,
            "display_value": entry.value,
        }
        for entry in entries
    ]
