"""Which rows an export holds: the period and filters asked for, and what "counted" means, as SQL.

The rules are those of the figures (conventions C5 and C7), so that a pivot over the exported orders gives the same
numbers. A row without a date falls into no period.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Subquery,
    and_,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
    tuple_,
)

from connector.export import filters as narrowing
from connector.export.stored import stored
from connector.frames.counting import Counting
from connector.kpi.options import KpiOptions
from connector.model import Conversation, ConversationTimes, Message, Order, Product, Refund
from connector.money import to_micros

_orders, _refunds = stored(Order), stored(Refund)
_conversations, _messages, _products = stored(Conversation), stored(Message), stored(Product)
_times = stored(ConversationTimes)

SOURCE_ONLY = frozenset({"source"})
ORDER_FILTERS = frozenset({"source", "customer_type", *narrowing.ORDERS})
CONVERSATION_FILTERS = frozenset({"source", *narrowing.CONVERSATIONS})

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Scope:
    """What an export was asked for. `start` and `end` in microseconds UTC, half-open; None = unbounded.

    A filter takes several values: a row passes that has any of them; between filters, it must pass all.
    `sources` gives the number of each source's name.
    """

    zone: ZoneInfo
    options: KpiOptions = field(default_factory=KpiOptions)
    start: int | None = None
    end: int | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    texts_kept: bool = False

    # --- what counts, and when ---------------------------------------------------------------------------------------

    def counted(self) -> Condition:
        """Whether an order is part of the figures, its date left aside."""
        rule = self.options.orders
        sql, values = self._counting().counts("orders")
        conditions: list[Any] = [text(sql).bindparams(**values)]
        if rule.min_total is not None:
            conditions.append(_orders.c.total_micros >= to_micros(rule.min_total))
        conditions += [not_(narrowing.holds(_orders.c.tags, tag)) for tag in rule.exclude_tags]
        return and_(*conditions)

    @staticmethod
    def counted_conversation() -> Condition:
        """Whether a conversation is part of the figures (5.0); what counts with another one is not."""
        own, told = _conversations.c, _times.c
        left_out = exists().where(
            told.source_id == own.source_id, told.conversation_id == own.conversation_id, not_(told.countable)
        )
        return and_(own.gone_at.is_(None), own.countable, not_(left_out.correlate(_conversations)))

    def order_instant(self, day: str | None = None) -> ColumnElement[Any]:
        """When an order was created, paid or completed (`day`); by default the instant the figures date it by."""
        return literal_column(self._counting(day).day("orders"), BigInteger)

    def order_numbers(self) -> Subquery:
        """For every counted order of a person: the how-many-eth of that person it is, over all history.

        Orders of one instant follow their numbers; a shorter number comes first, so that 9 stands before 10.
        """
        orders, when = _orders.c, self.order_instant()
        name = func.coalesce(orders.number, orders.order_id)
        number = func.row_number().over(
            partition_by=orders.person_id,
            order_by=(when, func.length(name), name, orders.source_id, orders.order_id),
        )
        return (
            select(
                orders.source_id,
                orders.order_id,
                number.label("customer_order_no"),
                func.min(when).over(partition_by=orders.person_id).label("first_at"),
            )
            .where(self.counted(), orders.person_id.is_not(None), when.is_not(None))
            .subquery("order_numbers")
        )

    def _counting(self, day: str | None = None) -> Counting:
        rule = self.options.orders
        return Counting(date=day or rule.date, statuses=rule.statuses, sources=self.sources)

    # --- which rows -------------------------------------------------------------------------------------------------

    @property
    def everything(self) -> bool:
        """Whether every stored row is asked for."""
        return self.start is None and self.end is None and not self.filters

    def orders(self, *, dated: bool = True) -> list[Condition]:
        """Conditions on orders; `dated=False` leaves the period out."""
        columns = _orders.c
        conditions = self._within(self.order_instant()) if dated else []
        for name, values in self.filters.items():
            if name == "source":
                conditions += self._of_sources(columns.source_id)
            elif name == "customer_type":
                conditions.append(self._customer_type(values))
            else:
                conditions.append(narrowing.ORDERS[name](values))
        return conditions

    def refunds(self) -> list[Condition]:
        """Conditions on refunds joined with their orders, dated as `refunds.date` says."""
        if self.options.refunds.date == "order":
            return self.orders()
        filters = self.orders(dated=False)
        return [*self._within(_refunds.c.created_at), *filters]

    def conversations(self) -> list[Condition]:
        """Conditions on conversations, dated by their creation."""
        conditions = [*self._within(_conversations.c.created_at), *self._of_sources(_conversations.c.source_id)]
        for name, values in self.filters.items():
            if name in narrowing.CONVERSATIONS:
                conditions.append(narrowing.CONVERSATIONS[name](values))
        return conditions

    def messages(self) -> list[Condition]:
        """Conditions on messages, dated by themselves."""
        return [*self._within(_messages.c.created_at), *self._of_sources(_messages.c.source_id)]

    def products(self) -> list[Condition]:
        """Conditions on products; a period does not touch them."""
        return self._of_sources(_products.c.source_id)

    def persons(self, person: ColumnElement[Any]) -> list[Condition]:
        """Persons with an order asked for, or, where only sources and a period are asked for, a conversation."""
        if self.everything:
            return []
        ordered = exists(
            select(literal(1)).where(_orders.c.person_id == person, *self.orders()).correlate_except(_orders)
        )
        if set(self.filters) - SOURCE_ONLY:
            return [ordered]
        wrote = exists(
            select(literal(1))
            .where(_conversations.c.person_id == person, *self.conversations())
            .correlate_except(_conversations)
        )
        return [or_(ordered, wrote)]

    def _within(self, instant: ColumnElement[Any]) -> list[Condition]:
        conditions: list[Condition] = []
        if self.start is not None:
            conditions.append(instant >= self.start)
        if self.end is not None:
            conditions.append(instant < self.end)
        return conditions

    def _of_sources(self, source_id: ColumnElement[Any]) -> list[Condition]:
        names = self.filters.get("source")
        return [] if names is None else [source_id.in_([self.sources.get(name, 0) for name in names])]

    def _customer_type(self, types: Sequence[str]) -> Condition:
        orders, numbers = _orders.c, self.order_numbers()
        is_new: ColumnElement[Any] = numbers.c.customer_order_no == 1
        if self.options.returning.mode == "prior_period_only":
            is_new = true() if self.start is None else numbers.c.first_at >= self.start
        wanted = [is_new if one == "new" else not_(is_new) for one in types]
        chosen = select(numbers.c.source_id, numbers.c.order_id).where(or_(*wanted))
        return tuple_(orders.source_id, orders.order_id).in_(chosen)
