"""What a pretend shop holds: orders, refunds, accounts and products, as its database would.

Everything is frozen: a change makes a new object, so whoever reads meanwhile never sees half of it. Times are whole
seconds since 1970 by the shop's own clock; amounts are Decimals with up to six digits, as WooCommerce stores them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Address:
    """A billing or shipping address; the e-mail belongs to billing alone."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """An entry of `meta_data`. Those of order items also have a label (`display_key`)."""

    id: int
    key: str
    value: Any
    display_key: str | None = None


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A tax rate of the shop. `klass` is "" for the standard rate."""

    id: int
    country: str
    klass: str
    percent: Decimal
    label: str

    @property
    def code(self) -> str:
        """The code that tax lines carry."""
        return f"{self.country}-{self.label.upper()}-1"


@dataclass(frozen=True, slots=True)
class Tax:
    """A line's tax at one rate; shipping and fees have no subtotal."""

    rate_id: int
    total: Decimal
    subtotal: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Goods. Totals are without tax, `subtotal` before and `total` after discount; negative in refunds."""

    id: int
    name: str
    product_id: int
    variation_id: int
    quantity: int
    tax_class: str
    subtotal: Decimal
    subtotal_tax: Decimal
    total: Decimal
    total_tax: Decimal
    taxes: tuple[Tax, ...] = ()
    meta: tuple[Meta, ...] = ()
    sku: str | None = ""
    parent_name: str | None = None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The order's tax at one rate."""

    id: int
    rate: TaxRate
    tax_total: Decimal
    shipping_tax_total: Decimal


@dataclass(frozen=True, slots=True)
class ShippingLine:
    """A way of shipping and its price."""

    id: int
    method_title: str
    method_id: str
    instance_id: str
    total: Decimal
    total_tax: Decimal
    taxes: tuple[Tax, ...] = ()
    meta: tuple[Meta, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee, or with a negative amount a rebate."""

    id: int
    name: str
    tax_class: str
    total: Decimal
    total_tax: Decimal
    taxes: tuple[Tax, ...] = ()
    meta: tuple[Meta, ...] = ()


Charge = Line | ShippingLine | FeeLine
"""What adds to the total."""


@dataclass(frozen=True, slots=True)
class CouponLine:
    """A coupon as it was used."""

    id: int
    code: str
    discount: Decimal
    discount_tax: Decimal
    discount_type: str  # "percent" | "fixed_cart"
    nominal_amount: Decimal
    free_shipping: bool = False
    meta: tuple[Meta, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """All lines of an order or a refund."""

    lines: tuple[Line, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    shipping: tuple[ShippingLine, ...] = ()
    fees: tuple[FeeLine, ...] = ()
    coupons: tuple[CouponLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An order. `status` is the slug without `wc-`; `refund_ids` are the newest first."""

    id: int
    status: str
    created: int
    modified: int
    currency: str = "EUR"
    version: str = "10.0.2"
    prices_include_tax: bool = True
    customer_id: int = 0
    order_key: str = ""
    billing: Address = Address()
    shipping: Address = Address()
    payment_method: str = ""
    payment_method_title: str = ""
    transaction_id: str = ""
    ip: str = ""
    user_agent: str = ""
    created_via: str = "checkout"
    customer_note: str = ""
    completed: int | None = None
    paid: int | None = None
    cart_hash: str = ""
    number: str = ""
    meta: tuple[Meta, ...] = ()
    items: Items = Items()
    discount_total: Decimal = ZERO
    discount_tax: Decimal = ZERO
    shipping_total: Decimal = ZERO
    shipping_tax: Decimal = ZERO
    cart_tax: Decimal = ZERO
    total: Decimal = ZERO
    total_tax: Decimal = ZERO
    refund_ids: tuple[int, ...] = ()

    @property
    def product_ids(self) -> frozenset[int]:
        """The products that were sold."""
        return frozenset(line.product_id for line in self.items.lines)


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back. Amounts of its items are negative, `amount` is positive."""

    id: int
    order_id: int
    created: int
    amount: Decimal
    reason: str = ""
    items: Items = Items()

    @property
    def modified(self) -> int:
        """Nothing changes a refund once it is made."""
        return self.created

    @property
    def product_ids(self) -> frozenset[int]:
        """The products that were given back."""
        return frozenset(line.product_id for line in self.items.lines)


@dataclass(frozen=True, slots=True)
class Customer:
    """An account. `modified` is None where WooCommerce never touched it."""

    id: int
    created: int
    modified: int | None
    email: str
    first_name: str = ""
    last_name: str = ""
    role: str = "customer"
    username: str = ""
    billing: Address = Address()
    shipping: Address = Address()
    paying: bool = False


@dataclass(frozen=True, slots=True)
class Variation:
    """One size of a variable product; `id` is in the products' id space."""

    id: int
    option: str
    sku: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """A product. `price` includes tax as it was typed in; None where none was."""

    id: int
    name: str
    created: int
    modified: int
    sku: str = ""
    price: Decimal | None = None
    tax_class: str = ""
    category: tuple[int, str, str] = (15, "Uncategorized", "uncategorized")  # id, name, slug
    status: str = "publish"
    stock: int | None = None  # None = not managed
    total_sales: int = 0
    virtual: bool = False
    weight: str = ""
    variations: tuple[Variation, ...] = ()
    related: tuple[int, ...] = field(default=())

    @property
    def variable(self) -> bool:
        """Sold in several sizes."""
        return bool(self.variations)
