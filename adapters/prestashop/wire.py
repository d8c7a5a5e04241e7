"""The shapes of PrestaShop's web service (1.6 to 9.x), cut down to what may be kept and is read.

Only the fields named here are ever asked for: `display=full` would bring password hashes, reset tokens and IP
addresses. All but the id come as text: numbers ("15.350000"), booleans ("0", "1"), ids ("0" = none); dates are in the
shop's own time without a zone. Fields that are missing stay at their default: PrestaShop leaves out what is empty in
places, and older versions lack some.

`_context` holds what a record needs from others to be understood later; `pull` puts it in, `admit` keeps it.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Wire(msgspec.Struct, omit_defaults=True, gc=False):
    """Base: fields at their default are not written, which keeps stored records small.

    Records hold each other in no circle, so the collector need not look at them.
    """


class LanguageText(Wire):
    """A text in one language of the shop."""

    id: str = ""
    value: str | None = ""


Text = str | list[LanguageText] | None
"""A text: plain where the shop has one active language, else one for each."""


class Context(Wire):
    """What every record may carry: the shop's zone, where the owner did not name it and the shop did.

    `unstamped` are the parts that are no reason to read a record again.
    """

    unstamped: ClassVar[tuple[str, ...]] = ("zone",)
    zone: str | None = None


class State(Wire):
    """An order state as it was when a record was read: its name and the flags it is judged by."""

    name: str = ""
    paid: str = "0"
    shipped: str = "0"
    logable: str = "0"
    template: str = ""  # the mail that goes with it: the shop's own word for what the state means


class OrderContext(Context):
    """What an order needs from others. Merchants do not rename carriers: PrestaShop makes a new one of each change."""

    unstamped: ClassVar[tuple[str, ...]] = ("zone", "carrier")
    state: State | None = None
    currency: str | None = None  # ISO 4217
    guest: bool = False
    nobody: bool = False  # the customer stands for all whose data was erased
    email: str | None = None
    name: str | None = None
    phone: str | None = None
    country: str | None = None  # ISO 3166 alpha-2, of the invoice address
    carrier: str | None = None


class Row(Wire):
    """A line of an order. Unit prices are before the order's cart rules."""

    id: str = ""
    product_id: str = "0"
    product_attribute_id: str = "0"
    product_quantity: str = "0"
    product_name: str | None = ""
    product_reference: str | None = ""
    unit_price_tax_incl: str = "0.000000"
    unit_price_tax_excl: str = "0.000000"


class OrderAssociations(Wire):
    """What hangs on an order."""

    order_rows: list[Row] = []


class Order(Wire):
    """An order. Amounts are in its own currency."""

    id: int
    reference: str | None = ""
    id_cart: str = "0"
    id_currency: str = "0"
    id_customer: str = "0"
    id_address_invoice: str = "0"
    id_carrier: str = "0"
    id_shop: str = "0"
    current_state: str = "0"
    valid: str = "0"
    payment: str | None = ""
    module: str | None = ""
    invoice_number: str = "0"
    invoice_date: str | None = ""
    delivery_date: str | None = ""
    date_add: str | None = ""
    date_upd: str | None = ""
    conversion_rate: str = ""
    total_paid_tax_incl: str = ""
    total_paid_tax_excl: str = ""
    total_paid_real: str = "0.000000"
    total_discounts_tax_incl: str = "0.000000"
    total_discounts_tax_excl: str = "0.000000"
    total_shipping_tax_incl: str = "0.000000"
    total_shipping_tax_excl: str = "0.000000"
    total_wrapping_tax_incl: str = "0.000000"
    total_wrapping_tax_excl: str = "0.000000"
    associations: OrderAssociations = msgspec.field(default_factory=OrderAssociations)
    context: OrderContext = msgspec.field(name="_context", default_factory=OrderContext)


class SlipLine(Wire):
    """A line of a credit slip; its own `id` repeats the slip's."""

    id_order_detail: str = "0"
    product_quantity: str = "0"
    amount_tax_excl: str = "0.000000"
    amount_tax_incl: str = "0.000000"


class SlipAssociations(Wire):
    """What hangs on a credit slip."""

    order_slip_details: list[SlipLine] = []


class Slip(Wire):
    """A credit slip, which is a refund."""

    id: int
    id_order: str = "0"
    conversion_rate: str = ""
    total_products_tax_incl: str = ""
    total_products_tax_excl: str = ""
    total_shipping_tax_incl: str = "0.000000"
    total_shipping_tax_excl: str = "0.000000"
    partial: str = "0"
    date_add: str | None = ""
    date_upd: str | None = ""
    associations: SlipAssociations = msgspec.field(default_factory=SlipAssociations)
    context: Context = msgspec.field(name="_context", default_factory=Context)


class HistoryContext(Context):
    """The state an order reached, with its flags."""

    state: State | None = None


class History(Wire):
    """An order reached a state."""

    id: int
    id_order: str = "0"
    id_order_state: str = "0"
    id_employee: str | None = "0"
    date_add: str | None = ""
    context: HistoryContext = msgspec.field(name="_context", default_factory=HistoryContext)


class PaymentContext(Context):
    """The orders that carry a payment's reference, the lowest id first."""

    orders: list[str] = []


class Payment(Wire):
    """Money that came in. It hangs on an order's reference, which split orders share."""

    id: int
    order_reference: str | None = ""
    amount: str = ""
    payment_method: str | None = ""
    conversion_rate: str = ""
    date_add: str | None = ""
    context: PaymentContext = msgspec.field(name="_context", default_factory=PaymentContext)


class OrderState(Wire):
    """A state as the merchant set it up."""

    id: int
    name: Text = ""
    template: Text = ""
    paid: str = "0"
    shipped: str = "0"
    delivery: str = "0"
    invoice: str = "0"
    logable: str = "0"
    deleted: str = "0"


class OrderCarrier(Wire):
    """How an order is shipped; its tracking number is not read."""

    id: int
    id_order: str = "0"
    id_carrier: str = "0"
    weight: str = "0.000000"
    shipping_cost_tax_incl: str = "0.000000"
    shipping_cost_tax_excl: str = "0.000000"
    date_add: str | None = ""


class CartContext(Context):
    """What a cart needs from others."""

    currency: str | None = None
    country: str | None = None
    guest: bool = False
    nobody: bool = False
    email: str | None = None


class CartRow(Wire):
    """A line of a cart. It carries no price."""

    id_product: str = "0"
    quantity: str = "0"


class CartAssociations(Wire):
    """What lies in a cart; missing where it is empty."""

    cart_rows: list[CartRow] = []


class Cart(Wire):
    """A cart, ordered or not."""

    id: int
    id_shop: str = "0"
    id_currency: str = "0"
    id_customer: str = "0"
    id_guest: str = "0"
    id_address_delivery: str = "0"
    date_add: str | None = ""
    date_upd: str | None = ""
    associations: CartAssociations = msgspec.field(default_factory=CartAssociations)
    context: CartContext = msgspec.field(name="_context", default_factory=CartContext)


class Customer(Wire):
    """An account, or with `is_guest` somebody who ordered without one: a new row for each such order."""

    id: int
    id_shop: str = "0"
    firstname: str | None = ""
    lastname: str | None = ""
    company: str | None = ""
    email: str | None = ""
    is_guest: str = "0"
    active: str = "0"
    deleted: str = "0"
    date_add: str | None = ""
    date_upd: str | None = ""
    context: Context = msgspec.field(name="_context", default_factory=Context)


class Address(Wire):
    """Where somebody lives: only the country is kept of it."""

    id: int
    id_customer: str = "0"
    id_country: str = "0"
    deleted: str = "0"
    date_add: str | None = ""
    date_upd: str | None = ""


class Currency(Wire):
    """A currency with today's rate to the shop's own."""

    id: int
    iso_code: str = ""
    conversion_rate: str = ""
    deleted: str = "0"


class ProductContext(Context):
    """The names of a product's categories."""

    categories: list[str] = []


class Reference(Wire):
    """An id in a list of associations."""

    id: str = "0"


class ProductAssociations(Wire):
    """Where a product stands in the shop."""

    categories: list[Reference] = []


class Product(Wire):
    """A product; its price is without tax, in the shop's main currency."""

    id: int
    reference: str | None = ""
    name: Text = ""
    price: str = ""
    active: str = "0"
    date_upd: str | None = ""
    associations: ProductAssociations = msgspec.field(default_factory=ProductAssociations)
    context: ProductContext = msgspec.field(name="_context", default_factory=ProductContext)
