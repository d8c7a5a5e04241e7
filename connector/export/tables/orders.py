"""Orders, their taxes and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
)

from connector.export.columns import Grid, Kind
from connector.export.refund_parts import OrderParts, documents, refunded
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables.table import Field, Turn, field, grid, joined
from connector.instants import local_day
from connector.model import Order, OrderLine, OrderTax, Product, Refund, RefundLine, Source

orders = stored(Order).c
_orders, _sources = stored(Order), stored(Source)
_lines, _taxes, _products = stored(OrderLine), stored(OrderTax), stored(Product)
_refunds, _refund_lines = stored(Refund), stored(RefundLine)

NET = orders.total_micros - orders.tax_micros - orders.shipping_micros


def order_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per order, counted or not, oldest first."""
    numbers = scope.order_numbers()
    statement = (
        select()
        .select_from(
            _orders.join(_sources, _sources.c.id == orders.source_id).outerjoin(
                numbers,
                and_(numbers.c.source_id == orders.source_id, numbers.c.order_id == orders.order_id),
            )
        )
        .where(*scope.orders())
        .order_by(orders.created_at.is_(None), orders.created_at, orders.source_id, orders.order_id)
    )
    return grid("orders", connection, _order_fields(scope, numbers.c.customer_order_no), statement)


def _order_fields(scope: Scope, order_no: ColumnElement[Any]) -> Sequence[Field]:
    zone, split = scope.zone, scope.options.refunds.split
    back = (orders.total_micros, orders.tax_micros, orders.shipping_micros, _refund_documents())

    def refunds(part: int) -> Turn:
        return lambda total, tax, shipping, found: refunded(found, OrderParts(total, tax, shipping), split)[part]

    return (
        field("source", Kind.TEXT, _sources.c.name),
        field("order_id", Kind.TEXT, orders.order_id),
        field("number", Kind.TEXT, orders.number),
        field("status", Kind.TEXT, orders.status),
        field("status_raw", Kind.TEXT, orders.status_raw),
        field("counted", Kind.BOOL, case((scope.counted(), true()), else_=false()), turn=bool),
        field("created_at", Kind.INSTANT, orders.created_at),
        field(
            "created_on",
            Kind.DAY,
            orders.created_at,
            turn=lambda at: None if at is None else local_day(at, zone),
        ),
        field("paid_at", Kind.INSTANT, scope.order_instant("paid")),
        field("completed_at", Kind.INSTANT, scope.order_instant("completed")),
        field("modified_at", Kind.INSTANT, orders.modified_at),
        field("person_id", Kind.COUNT, orders.person_id),
        field("email", Kind.TEXT, orders.email),
        field("name", Kind.TEXT, orders.name),
        field("country", Kind.TEXT, orders.country),
        field("currency", Kind.TEXT, orders.currency),
        field("total", Kind.MONEY, orders.total_micros),
        field("tax", Kind.MONEY, orders.tax_micros),
        field("shipping", Kind.MONEY, orders.shipping_micros),
        field("discount", Kind.MONEY, orders.discount_micros),
        field("net", Kind.MONEY, NET),
        field("refunded_total", Kind.MONEY, *back, turn=refunds(0)),
        field("refunded_net", Kind.MONEY, *back, turn=refunds(1)),
        field("items", Kind.QUANTITY, _items()),
        field("payment_method", Kind.TEXT, orders.payment_method),
        field("shipping_method", Kind.TEXT, orders.shipping_method),
        field("coupons", Kind.TEXT, orders.coupons, turn=joined),
        field("invoice_number", Kind.TEXT, orders.invoice_number),
        field("attribution_source", Kind.TEXT, orders.attribution_source),
        field("attribution_medium", Kind.TEXT, orders.attribution_medium),
        field("attribution_campaign", Kind.TEXT, orders.attribution_campaign),
        field("customer_order_no", Kind.COUNT, order_no),
        field("gone_at", Kind.INSTANT, orders.gone_at),
        field("url", Kind.LINK, orders.url),
    )


def _refund_documents() -> ColumnElement[Any]:
    """The order's refunds as one text, so that one look-up brings them all."""
    refunds = _refunds.c
    return (
        select(documents(refunds.total_micros, refunds.tax_micros, refunds.shipping_micros))
        .where(
            refunds.source_id == orders.source_id,
            refunds.order_id == orders.order_id,
            refunds.gone_at.is_(None),
            or_(refunds.currency.is_(None), refunds.currency == orders.currency),
        )
        .correlate(_orders)
        .scalar_subquery()
    )


def _items() -> ColumnElement[Any]:
    lines = _lines.c
    return (
        select(cast(func.sum(lines.quantity_micros), BigInteger))
        .where(lines.source_id == orders.source_id, lines.order_id == orders.order_id, lines.kind == "product")
        .correlate(_orders)
        .scalar_subquery()
    )


def tax_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per order and tax rate."""
    taxes = _taxes.c
    fields = (
        field("source", Kind.TEXT, _sources.c.name),
        field("order_id", Kind.TEXT, taxes.order_id),
        field("rate", Kind.PERCENT, taxes.rate_micros),
        field("label", Kind.TEXT, taxes.label),
        field("taxable", Kind.MONEY, taxes.taxable_micros),
        field("tax", Kind.MONEY, taxes.tax_micros),
        field("currency", Kind.TEXT, orders.currency),
    )
    return grid("order_taxes", connection, fields, _of_orders(_taxes, scope, taxes.rate_id))


def line_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per line of an order: goods, fees and shipping (`kind` says which)."""
    lines = _lines.c
    fields = (
        field("source", Kind.TEXT, _sources.c.name),
        field("order_id", Kind.TEXT, lines.order_id),
        field("line_id", Kind.TEXT, lines.line_id),
        field("product_id", Kind.TEXT, lines.product_id),
        field("sku", Kind.TEXT, lines.sku),
        field("name", Kind.TEXT, lines.name, label="column.product_name"),
        field("category", Kind.TEXT, _categories(), turn=joined),
        field("quantity", Kind.QUANTITY, lines.quantity_micros),
        field("total", Kind.MONEY, lines.total_micros, label="column.line_total"),
        field("tax", Kind.MONEY, lines.tax_micros),
        field("refunded_quantity", Kind.QUANTITY, _refunded_quantity()),
        field("kind", Kind.TEXT, lines.kind),
        field("currency", Kind.TEXT, orders.currency),
    )
    return grid("order_lines", connection, fields, _of_orders(_lines, scope, lines.line_id))


def _of_orders(table: Table, scope: Scope, then: ColumnElement[Any]) -> Select[Any]:
    """Rows that belong to orders; those whose order is not there (yet) too, where no order is asked for."""
    own = table.c
    wanted = scope.orders()
    return (
        select()
        .select_from(
            table.join(_sources, _sources.c.id == own.source_id).join(
                _orders,
                and_(orders.source_id == own.source_id, orders.order_id == own.order_id),
                isouter=not wanted,
            )
        )
        .where(*wanted)
        .order_by(own.source_id, own.order_id, then)
    )


def _categories() -> ColumnElement[Any]:
    products = _products.c
    return (
        select(products.categories)
        .where(products.source_id == _lines.c.source_id, products.product_id == _lines.c.product_id)
        .correlate(_lines)
        .scalar_subquery()
    )


def _refunded_quantity() -> ColumnElement[Any]:
    """What of the line was refunded so far, by refunds that are still there; 0 where none was."""
    lines, refunds, parts = _lines.c, _refunds.c, _refund_lines.c
    total = (
        select(func.sum(parts.quantity_micros))
        .select_from(
            _refunds.join(
                _refund_lines, and_(parts.source_id == refunds.source_id, parts.refund_id == refunds.refund_id)
            )
        )
        .where(
            refunds.source_id == lines.source_id,
            refunds.order_id == lines.order_id,
            refunds.gone_at.is_(None),
            parts.order_line_id == lines.line_id,
        )
        .correlate(_lines)
        .scalar_subquery()
    )
    return cast(func.coalesce(total, 0), BigInteger)
