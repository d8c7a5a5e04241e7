"""The way back from a body to what the shop holds: for prepared orders that are to change, and for recorded shops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from adapters.woocommerce.simulator.model import (
    Address,
    CouponLine,
    Customer,
    FeeLine,
    Items,
    Line,
    Meta,
    Order,
    Product,
    Refund,
    ShippingLine,
    Tax,
    TaxLine,
    TaxRate,
    Variation,
)

Body = Mapping[str, Any]
_SIX = Decimal("0.000001")


def order_from(body: Body) -> Order:
    """The order that `GET /orders/{id}` shows like this."""
    amounts = ("discount_total", "discount_tax", "shipping_total", "shipping_tax", "cart_tax", "total", "total_tax")
    plain = (
        *("id", "status", "currency", "version", "prices_include_tax", "customer_id", "order_key", "payment_method"),
        *("payment_method_title", "transaction_id", "created_via", "customer_note", "cart_hash", "number"),
    )
    created, modified = at(body["date_created_gmt"]), at(body["date_modified_gmt"])
    if created is None or modified is None:
        raise ValueError("an order has a time of creation and of its last change")
    fields: dict[str, Any] = {name: body[name] for name in plain}
    fields |= {name: Decimal(body[name]) for name in amounts}
    return Order(
        **fields,
        created=created,
        modified=modified,
        billing=Address(**body["billing"]),
        shipping=Address(**body["shipping"]),
        ip=body["customer_ip_address"],
        user_agent=body["customer_user_agent"],
        completed=at(body["date_completed_gmt"]),
        paid=at(body["date_paid_gmt"]),
        meta=tuple(Meta(entry["id"], entry["key"], entry["value"]) for entry in body["meta_data"]),
        items=_items(body),
        refund_ids=tuple(refund["id"] for refund in body["refunds"]),
    )


def refund_from(body: Body, order_id: int | None = None) -> Refund:
    """The refund; `order_id` where the body does not say it."""
    created = at(body["date_created_gmt"])
    if created is None:
        raise ValueError("a refund has a time of creation")
    return Refund(
        id=body["id"],
        order_id=body["parent_id"] if order_id is None else order_id,
        created=created,
        amount=Decimal(body["amount"]),
        reason=body["reason"],
        items=_items(body),
    )


def customer_from(body: Body) -> Customer:
    """The account."""
    names = ("id", "email", "first_name", "last_name", "role", "username")
    return Customer(
        **{name: body[name] for name in names},
        created=at(body["date_created_gmt"]) or 0,
        modified=at(body["date_modified_gmt"]),
        billing=Address(**body["billing"]),
        shipping=Address(**body["shipping"]),
        paying=body["is_paying_customer"],
    )


def product_from(body: Body, variations: Iterable[Body] = ()) -> Product:
    """The product; the prices of its sizes stand in `/products/{id}/variations`."""
    category = body["categories"][0]
    return Product(
        id=body["id"],
        name=body["name"],
        created=at(body["date_created_gmt"]) or 0,
        modified=at(body["date_modified_gmt"]) or 0,
        sku=body["sku"],
        price=Decimal(body["regular_price"]) if body["regular_price"] else None,
        tax_class=body["tax_class"],
        category=(category["id"], category["name"], category["slug"]),
        status=body["status"],
        stock=body["stock_quantity"],
        total_sales=body["total_sales"],
        virtual=body["virtual"],
        weight=body["weight"],
        variations=tuple(
            Variation(one["id"], one["attributes"][0]["option"], one["sku"], Decimal(one["price"]))
            for one in sorted(variations, key=lambda one: int(one["id"]))
        ),
        related=tuple(body["related_ids"]),
    )


def at(text: str | None) -> int | None:
    """Whole seconds since 1970 of a `*_gmt` field."""
    return None if text is None else int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _items(body: Body) -> Items:
    return Items(
        lines=tuple(_line(line) for line in body["line_items"]),
        taxes=tuple(_tax_line(line) for line in body["tax_lines"]),
        shipping=tuple(
            ShippingLine(
                id=line["id"],
                method_title=line["method_title"],
                method_id=line["method_id"],
                instance_id=line["instance_id"],
                total=Decimal(line["total"]),
                total_tax=Decimal(line["total_tax"]),
                taxes=_taxes(line),
                meta=_meta(line),
            )
            for line in body["shipping_lines"]
        ),
        fees=tuple(
            FeeLine(
                id=line["id"],
                name=line["name"],
                tax_class=line["tax_class"],
                total=Decimal(line["total"]),
                total_tax=Decimal(line["total_tax"]),
                taxes=_taxes(line),
                meta=_meta(line),
            )
            for line in body["fee_lines"]
        ),
        coupons=tuple(
            CouponLine(
                id=line["id"],
                code=line["code"],
                discount=Decimal(line["discount"]),
                discount_tax=Decimal(line["discount_tax"]),
                discount_type=line["discount_type"],
                nominal_amount=Decimal(str(line["nominal_amount"])),
                free_shipping=line["free_shipping"],
                meta=_meta(line),
            )
            for line in body.get("coupon_lines", ())
        ),
    )


def _line(line: Body) -> Line:
    quantity = line["quantity"]
    # `price` keeps the digits that the rounded total has lost; a part of a piece given back has no price.
    total = (Decimal(repr(line["price"])) * quantity).quantize(_SIX) if quantity else Decimal(line["total"])
    rounded_subtotal = Decimal(line["subtotal"])
    return Line(
        id=line["id"],
        name=line["name"],
        product_id=line["product_id"],
        variation_id=line["variation_id"],
        quantity=quantity,
        tax_class=line["tax_class"],
        subtotal=total if line["subtotal"] == line["total"] else rounded_subtotal,
        subtotal_tax=Decimal(line["subtotal_tax"]),
        total=total,
        total_tax=Decimal(line["total_tax"]),
        taxes=_taxes(line),
        meta=_meta(line),
        sku=line["sku"],
        parent_name=line["parent_name"],
    )


def _taxes(line: Body) -> tuple[Tax, ...]:
    return tuple(
        Tax(tax["id"], Decimal(tax["total"]), Decimal(tax["subtotal"]) if tax["subtotal"] else None)
        for tax in line["taxes"]
    )


def _meta(line: Body) -> tuple[Meta, ...]:
    return tuple(Meta(entry["id"], entry["key"], entry["value"], entry["display_key"]) for entry in line["meta_data"])


def _tax_line(line: Body) -> TaxLine:
    country, _, _ = line["rate_code"].partition("-")
    return TaxLine(
        id=line["id"],
        rate=TaxRate(line["rate_id"], country, "", Decimal(str(line["rate_percent"])), line["label"]),
        tax_total=Decimal(line["tax_total"]),
        shipping_tax_total=Decimal(line["shipping_tax_total"]),
    )
