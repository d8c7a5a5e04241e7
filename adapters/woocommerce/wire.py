"""The shapes of WooCommerce's REST API (wc/v3), cut down to what may be kept and is read.

Whatever is not named here (addresses, IP, user agent, notes, session entry pages, order keys) is dropped by `admit`,
since only these fields are written back. Amounts are text on the wire ("12.10"); dates without offset are UTC only in
the `*_gmt` fields, so only those are read (an hour of autumn is ambiguous in the others).
"""

from __future__ import annotations

from typing import Any

import msgspec


class Wire(msgspec.Struct, omit_defaults=True, gc=False):
    """Base: fields at their default are not written, which keeps stored records small.

    Records hold each other in no circle, so the collector need not look at them (a third of a page's decoding).
    """


class Head(Wire):
    """What every listed thing carries: enough to walk by."""

    id: int


class Meta(Wire):
    """One entry of `meta_data`. Values of plugins can be anything, so they stay raw until a key is known."""

    key: str
    value: msgspec.Raw = msgspec.Raw(b'""')


class Billing(Wire):
    """Who pays."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    country: str = ""
    email: str | None = None
    phone: str | None = None


class LineTax(Wire):
    """A line's tax at one rate."""

    id: int
    total: str | None = ""


class LineItem(Wire):
    """Goods. `total` is without tax and after discount; refunds carry negative numbers."""

    id: int
    name: str | None = ""
    product_id: int | None = 0
    variation_id: int | None = 0
    quantity: float | int | str = 0
    subtotal: str = ""
    total: str = ""
    total_tax: str = ""
    taxes: list[LineTax] = []
    sku: str | None = None


class RefundedItem(LineItem):
    """Goods given back. Which line of the order they were stands in `meta_data`."""

    meta_data: list[Meta] = []


class ShippingLine(Wire):
    """A way of shipping and its price."""

    id: int
    method_title: str | None = ""
    method_id: str | None = ""
    total: str = ""
    total_tax: str = ""
    taxes: list[LineTax] = []


class FeeLine(Wire):
    """A fee, or with a negative amount a rebate."""

    id: int
    name: str | None = ""
    total: str = ""
    total_tax: str = ""
    taxes: list[LineTax] = []


class TaxLine(Wire):
    """The order's tax at one rate."""

    rate_id: int
    id: int = 0
    label: str | None = ""
    rate_percent: float | int | str | None = None
    tax_total: str = ""
    shipping_tax_total: str = ""


class CouponLine(Wire):
    """A coupon. The code comes in lower case."""

    code: str
    discount: str = ""


class RefundStub(Wire):
    """A refund as the order names it: negative total, no date."""

    id: int
    reason: str | None = ""
    total: str = ""


class Order(Wire):
    """An order as `/orders` gives it."""

    id: int
    status: str
    currency: str
    total: str
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    date_paid_gmt: str | None = None
    date_completed_gmt: str | None = None
    number: str | None = None
    version: str | None = None
    prices_include_tax: bool = False
    customer_id: int = 0
    discount_total: str = ""
    discount_tax: str = ""
    shipping_total: str = ""
    shipping_tax: str = ""
    total_tax: str = ""
    created_via: str | None = ""
    payment_method: str | None = ""
    payment_method_title: str | None = ""
    billing: Billing = msgspec.field(default_factory=Billing)
    meta_data: list[Meta] = []
    line_items: list[LineItem] = []
    shipping_lines: list[ShippingLine] = []
    fee_lines: list[FeeLine] = []
    tax_lines: list[TaxLine] = []
    coupon_lines: list[CouponLine] = []
    refunds: list[RefundStub] = []


class OrderStamp(Wire):
    """What the sweep lists of an order."""

    id: int
    status: str = ""
    date_modified_gmt: str | None = None
    refunds: list[RefundStub] = []


class Refund(Wire):
    """A refund. `parent_id` is absent where the refunds of one order were asked for; `admit` puts it in."""

    id: int
    amount: str
    parent_id: int = 0
    date_created_gmt: str | None = None
    reason: str | None = ""
    line_items: list[RefundedItem] = []
    shipping_lines: list[ShippingLine] = []
    fee_lines: list[FeeLine] = []


class RefundStamp(Wire):
    """What the sweep lists of a refund, which no API call can change once it is made."""

    id: int
    parent_id: int = 0
    amount: str = ""


class Customer(Wire):
    """An account."""

    id: int
    email: str | None = None
    first_name: str | None = ""
    last_name: str | None = ""
    role: str | None = ""
    date_created_gmt: str | None = None
    date_modified_gmt: str | None = None
    billing: Billing = msgspec.field(default_factory=Billing)


class Category(Wire):
    """A product's category."""

    name: str
    id: int = 0


class Product(Wire):
    """A product; variations are known by the lines that sold them."""

    id: int
    name: str | None = ""
    sku: str | None = ""
    price: str | None = ""
    type: str | None = ""
    status: str | None = ""
    date_modified_gmt: str | None = None
    categories: list[Category] = []


class ProductStamp(Wire):
    """What the sweep lists of a product."""

    id: int
    date_modified_gmt: str | None = None


class ReportFigures(Wire):
    """The figures of one interval of an Analytics report. Amounts are plain JSON numbers there."""

    orders_count: int = 0
    total_sales: float = 0
    net_revenue: float = 0
    avg_order_value: float = 0
    taxes: float = 0
    shipping: float = 0
    refunds: float = 0
    gross_sales: float = 0
    coupons: float = 0
    total_customers: int = 0


class ReportInterval(Wire):
    """One interval of an Analytics report."""

    interval: str
    subtotals: ReportFigures = msgspec.field(default_factory=ReportFigures)


class ReportPage(Wire):
    """A page of an Analytics report."""

    intervals: list[ReportInterval] = []


class Problem(Wire):
    """The body of an error."""

    code: str = ""
    message: str = ""


class Index(Wire):
    """What `/wp-json/` says without a key."""

    namespaces: list[str] = []
    timezone_string: str | None = None
    gmt_offset: Any = None
