"""Values asked for that nothing stored has: a slip of the pen, which must not pass for "there was none".

Countries and currencies are not looked up: any code may be asked for, and an amount of 0 is an answer.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, literal, select

from connector.errors import UsageError
from connector.messages import Message
from connector.messages.kpi import KPI
from connector.model import Agent, Conversation, Order, OrderLine, Product, SurveyAnswer
from connector.store.tables import table_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_agents, _answers, _talks = table_of(Agent).c, table_of(SurveyAnswer).c, table_of(Conversation).c
_orders, _lines, _products = table_of(Order).c, table_of(OrderLine).c, table_of(Product).c

_NAMES: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "shop": (_orders.shop, _talks.shop),
    "product": (_products.name,),
    "category": (_products.categories,),
    "payment_method": (_orders.payment_method,),
    "shipping_method": (_orders.shipping_method,),
    "coupon": (_orders.coupons,),
    "tag": (_orders.tags, _talks.tags),
    "attribution_type": (_orders.attribution_type,),
    "attribution_source": (_orders.attribution_source,),
    "attribution_medium": (_orders.attribution_medium,),
    "attribution_campaign": (_orders.attribution_campaign,),
    "device": (_orders.device_type,),
    "channel": (_talks.channel, _answers.channel),
    "agent": (_agents.name,),
    "group": (_talks.group_name,),
    "priority": (_talks.priority,),
    "survey": (_answers.survey,),
}
"""The dimensions that are looked up, and the columns that hold what people call their values."""

_BESIDES: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "product": (_products.product_id, _products.sku, _lines.product_id, _lines.sku, _lines.name),
    "agent": (_agents.agent_id, _talks.agent_id, _answers.agent_id),
}
"""Where else a value may stand: numbers, and names of what is no longer listed."""

_LISTS = frozenset({"category", "coupon", "tag"})
"""Dimensions whose columns hold a JSON list of texts."""

_SHOWN = 15
"""So many names are told where none is near."""

_NUMBER = re.compile(r" \(#?[^()]+\)$")
"""What a breakdown puts behind a name that two of one source share."""


def refuse_unheard(connection: Connection, filters: Mapping[str, Sequence[str]]) -> None:
    """Raise UsageError for a value that nothing stored has, unless nothing stored has any."""
    for dimension, values in filters.items():
        for value in values if dimension in _NAMES else ():
            if not _heard(connection, dimension, value) and (known := _names(connection, dimension)):
                raise UsageError(KPI("unheard", value=value, dimension=dimension), _advice(value, known))


def _heard(connection: Connection, dimension: str, value: str) -> bool:
    if dimension in _LISTS:
        return value in _names(connection, dimension)
    forms = {value, _NUMBER.sub("", value)}
    columns = (*_NAMES[dimension], *_BESIDES.get(dimension, ()))
    return any(connection.scalar(select(literal(1)).where(column.in_(forms)).limit(1)) for column in columns)


def _names(connection: Connection, dimension: str) -> list[str]:
    found: set[str] = set()
    for column in _NAMES[dimension]:
        for held in connection.scalars(select(column).where(column.is_not(None)).distinct()):
            found.update(json.loads(held) if dimension in _LISTS else [held])
    return sorted({name.lower() for name in found} if dimension == "coupon" else found)  # codes know no capitals


def _advice(value: str, known: Sequence[str]) -> Message:
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(value.lower(), by_lower, n=3)
    if near:
        return KPI("unheard.near", names=", ".join(by_lower[name] for name in near))
    return KPI("unheard.some" if len(known) > _SHOWN else "unheard.known", names=", ".join(known[:_SHOWN]))
