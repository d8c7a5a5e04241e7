"""Filters by what an order or a conversation holds, as SQL, with the meaning they have for figures (convention C7)."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select

from connector.export.stored import stored
from connector.model import Agent, Conversation, Order, OrderLine, Product

Condition = ColumnElement[bool]
Values = Sequence[str]

_orders, _lines, _products = stored(Order), stored(OrderLine), stored(Product)
_conversations, _agents = stored(Conversation), stored(Agent)


_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def holds(column: ColumnElement[Any], value: str) -> Condition:
    """Whether a stored JSON list of texts has a value: in it a quote can only begin or end a text."""
    spellings = {json.dumps(value), json.dumps(value, ensure_ascii=False)}
    return func.coalesce(or_(*(column.contains(spelling, autoescape=True) for spelling in sorted(spellings))), false())


def _is(column: ColumnElement[Any]) -> Callable[[Values], Condition]:
    return column.in_


def _listed(column: ColumnElement[Any]) -> Callable[[Values], Condition]:
    return lambda values: or_(*(holds(column, value) for value in values))


def _coupon(values: Values) -> Condition:
    """Codes know no capitals; but SQLite's LOWER leaves letters beyond a to z as they are."""
    lowered = func.lower(_orders.c.coupons)
    spellings = {form for value in values for form in (value, value.upper().translate(_ASCII_LOWER))}
    return or_(*(holds(lowered, form) for form in sorted(spellings)))


def _containing(line: Condition) -> Condition:
    """Whether an order has a line of goods of which this holds."""
    of_order = and_(_lines.c.source_id == _orders.c.source_id, _lines.c.order_id == _orders.c.order_id)
    goods = _lines.outerjoin(
        _products, and_(_products.c.source_id == _lines.c.source_id, _products.c.product_id == _lines.c.product_id)
    )
    found = select(literal(1)).select_from(goods).where(of_order, _lines.c.kind == "product", line)
    return exists(found.correlate(_orders))


def _product(values: Values) -> Condition:
    said = (_lines.c.product_id, _lines.c.sku, _lines.c.name, _products.c.sku, _products.c.name)
    return _containing(or_(*(column.in_(values) for column in said)))


def _agent(values: Values) -> Condition:
    named = select(literal(1)).where(
        _agents.c.source_id == _conversations.c.source_id,
        _agents.c.agent_id == _conversations.c.agent_id,
        _agents.c.name.in_(values),
    )
    return or_(_conversations.c.agent_id.in_(values), exists(named.correlate(_conversations)))


ORDERS: Mapping[str, Callable[[Values], Condition]] = {
    **{name: _is(_orders.c[name]) for name in ("shop", "country", "currency", "payment_method", "shipping_method")},
    **{name: _is(_orders.c[name]) for name in _orders.c.keys() if name.startswith("attribution_")},  # noqa: SIM118
    "device": _is(_orders.c.device_type),
    "coupon": _coupon,
    "tag": _listed(_orders.c.tags),
    "product": _product,
    "category": lambda values: _containing(or_(*(holds(_products.c.categories, value) for value in values))),
}
"""Dimension -> condition on an order, besides `source` and `customer_type`."""

CONVERSATIONS: Mapping[str, Callable[[Values], Condition]] = {
    "shop": _is(_conversations.c.shop),
    "channel": _is(_conversations.c.channel),
    "agent": _agent,
    "group": _is(_conversations.c.group_name),
    "tag": _listed(_conversations.c.tags),
    "priority": _is(_conversations.c.priority),
}
"""Dimension -> condition on a conversation, besides `source`."""
