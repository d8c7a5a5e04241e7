"""Refunds: dated documents of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, func, select

from connector.export.columns import Grid, Kind
from connector.export.refund_parts import OrderParts, Parts, refund_parts
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables.table import Turn, field, grid
from connector.model import Order, Refund, Source

_refunds, _orders, _sources = stored(Refund), stored(Order), stored(Source)


def refund_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per refund, oldest first; `split_estimated` where the source gave no tax and shipping."""
    own, orders = _refunds.c, _orders.c
    statement = (
        select()
        .select_from(
            _refunds.join(_sources, _sources.c.id == own.source_id).outerjoin(
                _orders, and_(orders.source_id == own.source_id, orders.order_id == own.order_id)
            )
        )
        .where(*scope.refunds())
        .order_by(own.created_at.is_(None), own.created_at, own.source_id, own.refund_id)
    )
    amounts = (
        own.total_micros,
        own.tax_micros,
        own.shipping_micros,
        orders.total_micros,
        orders.tax_micros,
        orders.shipping_micros,
    )
    fields = (
        field("source", Kind.TEXT, _sources.c.name),
        field("refund_id", Kind.TEXT, own.refund_id),
        field("order_id", Kind.TEXT, own.order_id),
        field("created_at", Kind.INSTANT, own.created_at, label="column.refunded_at"),
        field("currency", Kind.TEXT, func.coalesce(own.currency, orders.currency)),
        field("total", Kind.MONEY, own.total_micros, label="column.refunded_total"),
        field("net", Kind.MONEY, *amounts, turn=_part("net", scope)),
        field("tax", Kind.MONEY, *amounts, turn=_part("tax", scope)),
        field("shipping", Kind.MONEY, *amounts, turn=_part("shipping", scope)),
        field("reason", Kind.TEXT, own.reason),
        field("split_estimated", Kind.BOOL, *amounts, turn=_part("estimated", scope)),
        field("gone_at", Kind.INSTANT, own.gone_at),
    )
    return grid("refunds", connection, fields, statement)


def _part(name: str, scope: Scope) -> Turn:
    split = scope.options.refunds.split

    def turn(total: int, tax: int | None, shipping: int | None, *order: int | None) -> Any:
        whole, order_tax, order_shipping = order
        known = None if whole is None else OrderParts(whole, order_tax or 0, order_shipping or 0)
        parts: Parts = refund_parts(total, tax, shipping, known, split)
        return getattr(parts, name)

    return turn
