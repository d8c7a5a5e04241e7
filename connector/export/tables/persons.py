"""Persons: what is known about each over all sources."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Subquery, and_, case, cast, func, or_, select

from connector.export.columns import Grid, Kind
from connector.export.refund_parts import OrderParts, documents, read_documents, refund_parts
from connector.export.scope import Scope
from connector.export.stored import stored
from connector.export.tables.table import Field, Turn, field, grid
from connector.model import Conversation, CustomerAccount, Order, Person, Refund

_persons, _accounts = stored(Person), stored(CustomerAccount)
_orders, _conversations, _refunds = stored(Order), stored(Conversation), stored(Refund)


def person_rows(connection: Connection, scope: Scope) -> Grid:
    """One row per person, with all orders and conversations so far; whoever was merged into another is that other.

    Amounts stand in one column per currency, so that none are ever added across currencies.
    """
    currencies = _currencies(connection, scope)
    bought, wrote, held = _bought(scope, currencies), _wrote(scope), _held()
    person = _persons.c.id
    statement = (
        select()
        .select_from(
            _persons.outerjoin(bought, bought.c.person_id == person)
            .outerjoin(wrote, wrote.c.person_id == person)
            .outerjoin(held, held.c.person_id == person)
        )
        .where(_persons.c.merged_into.is_(None), *scope.persons(person))
        .order_by(person)
    )
    fields: list[Field] = [
        field("person_id", Kind.COUNT, person),
        field("email", Kind.TEXT, _latest("email")),
        field("name", Kind.TEXT, _latest("name")),
        field("country", Kind.TEXT, _latest("country")),
        field("accounts", Kind.COUNT, func.coalesce(held.c.accounts, 0)),
        field("first_order_at", Kind.INSTANT, bought.c.first_at),
        field("last_order_at", Kind.INSTANT, bought.c.last_at),
        field("orders", Kind.COUNT, func.coalesce(bought.c.orders, 0)),
    ]
    refunds = _person_refunds(scope)
    for place, currency in enumerate(currencies):
        words: dict[str, Any] = {"words": (("currency", currency),), "currency": currency}
        fields.append(field(f"net_{currency}", Kind.MONEY, bought.c[f"net_{place}"], label="column.net_in", **words))
        fields.append(
            field(
                f"refunded_net_{currency}",
                Kind.MONEY,
                bought.c[f"net_{place}"],
                refunds,
                turn=_refunded_in(currency, scope),
                label="column.refunded_net_in",
                **words,
            )
        )
    fields += [
        field("conversations", Kind.COUNT, func.coalesce(wrote.c.conversations, 0)),
        field("last_conversation_at", Kind.INSTANT, wrote.c.last_at),
    ]
    return grid("persons", connection, fields, statement)


def _currencies(connection: Connection, scope: Scope) -> list[str]:
    """Every currency that a person's counted order was paid in, by name."""
    currency = _orders.c.currency
    found = connection.execute(
        select(currency).distinct().where(scope.counted(), _orders.c.person_id.is_not(None), currency.is_not(None))
    )
    return sorted(str(name) for name in found.scalars())


def _bought(scope: Scope, currencies: list[str]) -> Subquery:
    """Counted orders by person, and their net by currency."""
    orders = _orders.c
    net = orders.total_micros - orders.tax_micros - orders.shipping_micros
    when = scope.order_instant()
    return (
        select(
            orders.person_id,
            func.min(when).label("first_at"),
            func.max(when).label("last_at"),
            func.count().label("orders"),
            *(
                cast(func.sum(case((orders.currency == currency, net))), BigInteger).label(f"net_{place}")
                for place, currency in enumerate(currencies)
            ),
        )
        .where(scope.counted(), orders.person_id.is_not(None))
        .group_by(orders.person_id)
        .subquery("bought")
    )


def _wrote(scope: Scope) -> Subquery:
    """Counted conversations by person."""
    conversations = _conversations.c
    return (
        select(
            conversations.person_id,
            func.count().label("conversations"),
            func.max(conversations.created_at).label("last_at"),
        )
        .where(scope.counted_conversation(), conversations.person_id.is_not(None))
        .group_by(conversations.person_id)
        .subquery("wrote")
    )


def _held() -> Subquery:
    """Accounts by person."""
    accounts = _accounts.c
    return (
        select(accounts.person_id, func.count().label("accounts"))
        .where(accounts.gone_at.is_(None), accounts.person_id.is_not(None))
        .group_by(accounts.person_id)
        .subquery("held")
    )


def _latest(what: str) -> ColumnElement[Any]:
    """What the person said of themselves last: in an order, else in an account, else in a conversation.

    What is gone is asked last.
    """
    found: list[ColumnElement[Any]] = []
    for table, newest in (
        (_orders, (_orders.c.created_at.desc(), _orders.c.source_id, _orders.c.order_id)),
        (_accounts, (_accounts.c.source_id, _accounts.c.account_id)),
        (_conversations, (_conversations.c.created_at.desc(), _conversations.c.conversation_id)),
    ):
        if what not in table.c:
            continue  # a conversation knows no country
        value = table.c[what]
        found.append(
            select(value)
            .where(table.c.person_id == _persons.c.id, value.is_not(None), value != "")
            .order_by(table.c.gone_at.is_not(None), *newest)
            .limit(1)
            .correlate(_persons)
            .scalar_subquery()
        )
    return func.coalesce(*found)


def _person_refunds(scope: Scope) -> ColumnElement[Any]:
    """The refunds of a person's counted orders, each with the parts of its order."""
    orders, refunds = _orders.c, _refunds.c
    return (
        select(
            documents(
                orders.currency,
                orders.total_micros,
                orders.tax_micros,
                orders.shipping_micros,
                refunds.total_micros,
                refunds.tax_micros,
                refunds.shipping_micros,
            )
        )
        .select_from(
            _orders.join(_refunds, and_(refunds.source_id == orders.source_id, refunds.order_id == orders.order_id))
        )
        .where(
            orders.person_id == _persons.c.id,
            scope.counted(),
            refunds.gone_at.is_(None),
            or_(refunds.currency.is_(None), refunds.currency == orders.currency),
        )
        .correlate(_persons)
        .scalar_subquery()
    )


def _refunded_in(currency: str, scope: Scope) -> Turn:
    split = scope.options.refunds.split

    def turn(net: int | None, text: str | None) -> int | None:
        if net is None:
            return None  # nothing was bought in this currency
        total = 0
        for name, *amounts in read_documents(text):
            if name == currency:
                order = OrderParts(*(int(one) for one in amounts[:3]))
                refund, tax, shipping = (int(one) if one else None for one in amounts[3:])
                total += refund_parts(refund or 0, tax, shipping, order, split).net
        return total

    return turn
