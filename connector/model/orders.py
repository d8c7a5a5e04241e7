"""What was bought: orders with their lines and taxes, refunds, products and carts."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from connector.model.columns import big, text_

_OWN_NUMBER = text("number <> order_id")
_SOMEBODYS = text("person_id IS NOT NULL")


class Order(SQLModel, table=True):
    """One order, counted or not. `net` is total - tax - shipping; `discount` and `shipping` are without tax."""

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_email", "email_key"),
        Index("ix_orders_account", "source_id", "account_id"),
        # Most shops number orders by their id; only where they do not is a second way to find them needed.
        Index("ix_orders_number", "number", sqlite_where=_OWN_NUMBER, postgresql_where=_OWN_NUMBER),
        # Orders come as nobody's and get their person later; nobody's are never looked for by it.
        Index("ix_orders_person", "person_id", sqlite_where=_SOMEBODYS, postgresql_where=_SOMEBODYS),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=big(key=True))
    order_id: str = Field(sa_column=text_(key=True))
    number: str | None = Field(default=None, sa_column=text_())  # what the customer sees
    shop: str | None = Field(default=None, sa_column=text_())
    status: str = Field(sa_column=text_(null=False))
    # draft pending on_hold processing completed cancelled refunded failed trash other
    status_raw: str = Field(sa_column=text_(null=False))  # the source's own word
    status_known: bool = Field(default=True)  # false: a status of a plugin that the adapter does not know
    countable: bool = Field(default=True)  # counted by default, by the source's own rule (convention C5)
    created_at: int | None = Field(default=None, sa_column=big())
    paid_at: int | None = Field(default=None, sa_column=big())
    completed_at: int | None = Field(default=None, sa_column=big())
    modified_at: int | None = Field(default=None, sa_column=big())
    account_id: str | None = Field(default=None, sa_column=text_())  # null = guest
    email: str | None = Field(default=None, sa_column=text_())  # as typed
    email_key: str | None = Field(default=None, sa_column=text_())  # trimmed, NFC, lower case
    name: str | None = Field(default=None, sa_column=text_())
    phone: str | None = Field(default=None, sa_column=text_())
    country: str | None = Field(default=None, sa_column=text_())  # billing, ISO 3166 alpha-2
    currency: str | None = Field(default=None, sa_column=text_())  # ISO 4217
    total_micros: int = Field(sa_column=big(null=False))  # what the customer paid, with tax and shipping
    tax_micros: int = Field(sa_column=big(null=False))  # all tax, shipping's included
    shipping_micros: int = Field(sa_column=big(null=False))
    discount_micros: int = Field(sa_column=big(null=False))
    rate_micros: int | None = Field(default=None, sa_column=big())
    # the order's own exchange rate: units of its currency per unit of the shop's main currency, in millionths
    payment_method: str | None = Field(default=None, sa_column=text_())
    shipping_method: str | None = Field(default=None, sa_column=text_())
    coupons: str | None = Field(default=None, sa_column=text_())  # JSON list of codes
    tags: str | None = Field(default=None, sa_column=text_())  # JSON list
    invoice_number: str | None = Field(default=None, sa_column=text_())
    created_via: str | None = Field(default=None, sa_column=text_())  # checkout, admin, plugin names
    cart_id: str | None = Field(default=None, sa_column=text_())
    attribution_type: str | None = Field(default=None, sa_column=text_())  # utm, organic, referral, typein, admin
    attribution_source: str | None = Field(default=None, sa_column=text_())
    attribution_medium: str | None = Field(default=None, sa_column=text_())
    attribution_campaign: str | None = Field(default=None, sa_column=text_())
    device_type: str | None = Field(default=None, sa_column=text_())
    refunds_named: str | None = Field(default=None, sa_column=text_())  # JSON list of refund ids the order itself names
    url: str | None = Field(default=None, sa_column=text_())  # the order in the shop's back office
    person_id: int | None = Field(default=None, sa_column=big())  # set by identity, not by an adapter
    gone_at: int | None = Field(default=None, sa_column=big())


class OrderLine(SQLModel, table=True):
    """A line of an order: goods, a fee or a way of shipping. Amounts without tax.

    `total` is after `discount`; where that is null, the source discounts the order as a whole, and no line.
    """

    __tablename__ = "order_lines"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    order_id: str = Field(sa_column=text_(key=True))
    line_id: str = Field(sa_column=text_(key=True))
    kind: str = Field(sa_column=text_(null=False))  # product | fee | shipping
    product_id: str | None = Field(default=None, sa_column=text_())
    variation_id: str | None = Field(default=None, sa_column=text_())
    sku: str | None = Field(default=None, sa_column=text_())
    name: str | None = Field(default=None, sa_column=text_())
    quantity_micros: int = Field(sa_column=big(null=False))
    total_micros: int = Field(sa_column=big(null=False))
    tax_micros: int = Field(sa_column=big(null=False))
    discount_micros: int | None = Field(default=None, sa_column=big())


class OrderTax(SQLModel, table=True):
    """The tax of an order at one rate."""

    __tablename__ = "order_taxes"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    order_id: str = Field(sa_column=text_(key=True))
    rate_id: str = Field(sa_column=text_(key=True))
    label: str | None = Field(default=None, sa_column=text_())
    rate_micros: int | None = Field(default=None, sa_column=big())  # percent in millionths: 19 % = 19_000_000
    taxable_micros: int | None = Field(default=None, sa_column=big())  # net amount the rate applies to
    tax_micros: int = Field(sa_column=big(null=False))  # shipping's part included


class OrderEvent(SQLModel, table=True):
    """Something that happened to an order, where the source keeps a history: a status reached at an instant."""

    __tablename__ = "order_events"
    __table_args__ = (Index("ix_order_events_order", "source_id", "order_id"),)
    source_id: int = Field(sa_column=big(key=True))
    event_id: str = Field(sa_column=text_(key=True))
    order_id: str = Field(sa_column=text_(null=False))
    at: int = Field(sa_column=big(null=False))
    kind: str = Field(sa_column=text_(null=False))  # status | paid | shipped | delivered | payment
    value: str | None = Field(default=None, sa_column=text_())  # the source's own word
    amount_micros: int | None = Field(default=None, sa_column=big())
    agent_id: str | None = Field(default=None, sa_column=text_())


class Refund(SQLModel, table=True):
    """A refund as a dated document of its own. Amounts are positive. Parts are null where the source gives no split."""

    __tablename__ = "refunds"
    __table_args__ = (Index("ix_refunds_order", "source_id", "order_id"),)
    source_id: int = Field(sa_column=big(key=True))
    refund_id: str = Field(sa_column=text_(key=True))
    order_id: str = Field(sa_column=text_(null=False))
    created_at: int | None = Field(default=None, sa_column=big())
    currency: str | None = Field(default=None, sa_column=text_())  # null: the order's
    total_micros: int = Field(sa_column=big(null=False))
    tax_micros: int | None = Field(default=None, sa_column=big())
    shipping_micros: int | None = Field(default=None, sa_column=big())
    reason: str | None = Field(default=None, sa_column=text_())
    returned: bool | None = Field(default=None)  # whether goods came back, where the source says so
    gone_at: int | None = Field(default=None, sa_column=big())


class RefundLine(SQLModel, table=True):
    """A line of a refund; amounts and quantity are positive, without tax."""

    __tablename__ = "refund_lines"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    refund_id: str = Field(sa_column=text_(key=True))
    line_id: str = Field(sa_column=text_(key=True))
    order_line_id: str | None = Field(default=None, sa_column=text_())
    product_id: str | None = Field(default=None, sa_column=text_())
    quantity_micros: int = Field(sa_column=big(null=False))
    total_micros: int = Field(sa_column=big(null=False))
    tax_micros: int = Field(sa_column=big(null=False))


class Product(SQLModel, table=True):
    """A product as the shop sells it today."""

    __tablename__ = "products"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    product_id: str = Field(sa_column=text_(key=True))
    sku: str | None = Field(default=None, sa_column=text_())
    name: str | None = Field(default=None, sa_column=text_())
    categories: str | None = Field(default=None, sa_column=text_())  # JSON list of names
    price_micros: int | None = Field(default=None, sa_column=big())  # in the shop's main currency
    modified_at: int | None = Field(default=None, sa_column=big())
    gone_at: int | None = Field(default=None, sa_column=big())


class Cart(SQLModel, table=True):
    """A cart, ordered or not. A checkout is a cart with a delivery address."""

    __tablename__ = "carts"
    __table_args__ = (
        Index("ix_carts_account", "source_id", "account_id"),
        Index("ix_carts_email", "email_key"),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=big(key=True))
    cart_id: str = Field(sa_column=text_(key=True))
    shop: str | None = Field(default=None, sa_column=text_())
    account_id: str | None = Field(default=None, sa_column=text_())  # null = anonymous visitor
    email: str | None = Field(default=None, sa_column=text_())
    email_key: str | None = Field(default=None, sa_column=text_())
    created_at: int | None = Field(default=None, sa_column=big())
    modified_at: int | None = Field(default=None, sa_column=big())
    currency: str | None = Field(default=None, sa_column=text_())
    country: str | None = Field(default=None, sa_column=text_())
    products: int = Field(default=0, sa_column=big(null=False))  # number of lines
    quantity_micros: int = Field(default=0, sa_column=big(null=False))
    has_address: bool = Field(default=False)  # a delivery address was given: a started checkout
    person_id: int | None = Field(default=None, sa_column=big(index=True))
    gone_at: int | None = Field(default=None, sa_column=big())
