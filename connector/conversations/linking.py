"""Finds out which order a conversation is about (definition 6.6), wherever something changed that this depends on.

A rule of the owner; else an order number that the conversation names, of an order of the same person or, where only
one order has it, of anybody; else the person's latest counted order of the days before. Marks say what changed:
conversations, orders, persons. Each batch is answered and its marks go in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial

from sqlalchemy import Connection, text

from connector.clock import Clock
from connector.conversations.choosing import Asked, Choice, Link
from connector.conversations.link_reading import LinkRows
from connector.conversations.rules import ServiceRules
from connector.identity.marking import remember, remembered
from connector.identity.turns import in_turn
from connector.messages.conversations import texts
from connector.model import Conversation, OrderLinkMark
from connector.store import Store
from connector.store.statements import delete, update
from connector.store.touching import LINKS

BATCH = 1000  # marks answered in one transaction
MARKS = str(OrderLinkMark.__tablename__)

_KEY = ("kind", "source_id", "key")
_LINK = ("order_source_id", "order_id", "order_reason")
_AFTER = "WHERE (kind, source_id, key) > (:kind, :source_id, :key)"

Mark = tuple[str, int, str]


def link_orders(
    store: Store,
    *,
    rules: ServiceRules,
    clock: Clock,
    everything: bool = False,
    batch: int = BATCH,
    progress: Callable[[int], None] = lambda changed: None,
) -> int:
    """Bring the orders that conversations are about up to date; answers how many got another one.

    `progress` hears how many did so far, after each batch. Asked after persons were put together and conversations
    told. Raises `StoreError`.
    """
    with store.read() as connection:
        if not everything and not _anything_to_do(connection, rules):
            return 0
    in_turn(store, clock, partial(_begin, rules=rules, everything=everything), marks=MARKS, said=texts)
    changed = 0
    last: Mark | None = None
    while True:
        step = partial(_batch, rules=rules, after=last, size=batch)
        last, moved = in_turn(store, clock, step, marks=MARKS, said=texts, long_run=True)
        changed += moved
        progress(changed)
        if last is None:
            return changed


def _anything_to_do(connection: Connection, rules: ServiceRules) -> bool:
    if connection.execute(text(f"SELECT 1 FROM {MARKS} LIMIT 1")).first() is not None:
        return True
    known = remembered(connection, LINKS)
    if known is None:  # a shop without a help desk never begins
        return connection.execute(text("SELECT 1 FROM conversations LIMIT 1")).first() is not None
    return known != _linked_by(rules)


def _linked_by(rules: ServiceRules) -> str:
    links = sorted((link.source, link.conversation, link.order_source, link.order) for link in rules.links)
    return json.dumps({"days": rules.attribution_days, "links": links})


def _begin(connection: Connection, *, rules: ServiceRules, everything: bool) -> None:
    known = remembered(connection, LINKS)
    if known is None and connection.dialect.name == "postgresql":
        # Pages with orders mark them from now on. One that wrote its orders before has to be seen whole.
        connection.execute(text("LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE"))
    if everything or known != _linked_by(rules):
        connection.execute(
            text(
                f"INSERT INTO {MARKS} (kind, source_id, key) SELECT 'conversation', source_id, conversation_id "
                "FROM conversations WHERE true ON CONFLICT DO NOTHING"
            )
        )
        remember(connection, LINKS, _linked_by(rules))


def _batch(connection: Connection, *, rules: ServiceRules, after: Mark | None, size: int) -> tuple[Mark | None, int]:
    values = dict(zip(_KEY, after, strict=True)) if after else {}
    found = connection.execute(
        text(f"SELECT kind, source_id, key FROM {MARKS} {_AFTER if after else ''} ORDER BY 1, 2, 3 LIMIT :size"),
        {**values, "size": size},
    )
    marks: list[Mark] = [(kind, source_id, key) for kind, source_id, key in found]
    if not marks:
        return None, 0
    rows = LinkRows(connection)
    choice = Choice(rules, rows.sources())
    changed = 0
    for asked in rows.conversations(marks):
        changed += _answer(connection, choice, rows, asked)
    delete(connection.dialect.name, OrderLinkMark, _KEY).send(connection, marks)
    return (marks[-1] if len(marks) == size else None), changed


def _answer(connection: Connection, choice: Choice, rows: LinkRows, asked: Iterable[Asked]) -> int:
    listed = list(asked)
    named = rows.orders_named(number for one in listed for number in choice.numbers(one))
    recent = rows.orders_of({one.person_id for one in listed if one.person_id is not None})
    moves: list[tuple[int | None, str | None, str | None, int, str]] = []
    for one in listed:
        link: Link = choice.link(one, named, recent)
        if link != one.link:
            moves.append((*link, one.source_id, one.conversation_id))
    key = ("source_id", "conversation_id")
    update(connection.dialect.name, Conversation, _LINK, key).send(connection, moves)
    return len(moves)
