"""Marks for conversations: which are to be told anew, and which orders may now be what a conversation is about.

A mark is written in the transaction that changes the row, so it can neither be lost nor come too early. Whoever tells
conversations removes it in the transaction that reads the rows, and keeps writers of marks out meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from connector.contract import Stream
from connector.model import Conversation, ConversationEvent, ConversationMark, Message, Order, OrderLinkMark
from connector.store.rows import Form
from connector.store.statements import among, among_value, place, quoted, upsert

LINKS = "order-links"
"""What stands among the streams, as a stream of no source, once conversations were linked with orders. Until then
orders need no marks: every conversation that comes is marked itself."""

_ABOUT: Mapping[type[SQLModel], str] = {
    Conversation: "conversation_id",
    ConversationEvent: "conversation_id",
    Message: "conversation_id",
    Order: "order_id",
}


def about_of(model: type[SQLModel]) -> str | None:
    """The column that says which conversation or order a row belongs to, in tables whose changes are marked here."""
    return _ABOUT.get(model)


@dataclass(slots=True)
class Touched:
    """Conversations and orders of one source of which something changed."""

    conversations: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)

    def add(self, model: type[SQLModel], keys: Iterable[str]) -> None:
        """Rows of `model` changed that belong to these conversations, or are these orders."""
        (self.orders if model is Order else self.conversations).update(keys)


def touched(
    connection: Connection,
    dialect: str,
    source_id: int,
    stream: Stream,
    ids: Collection[str],
    rows: Mapping[Form, Sequence[tuple[Any, ...]]] | None = None,
) -> Touched:
    """What the stored rows of these records belong to, and new `rows` if any. Asked before the old rows go."""
    found = Touched()
    for feed in stream.feeds:
        about = _ABOUT.get(feed.table)
        if about is None or not ids:
            continue
        if feed.owner == about:
            found.add(feed.table, ids)
            continue
        stored = connection.exec_driver_sql(
            f"SELECT DISTINCT {about} FROM {feed.table.__tablename__} "
            f"WHERE source_id = {place(dialect)} AND {quoted(feed.owner)} {among(dialect)}",
            (source_id, among_value(dialect, list(ids))),
        )
        found.add(feed.table, [row[0] for row in stored.fetchall()])
    for form, values in (rows or {}).items():
        about = _ABOUT.get(form.model)
        if about is not None:
            at = form.columns.index(about)
            found.add(form.model, {row[at] for row in values})
    return found


def put_touched(connection: Connection, dialect: str, source_id: int, found: Touched) -> None:
    """Write the marks, after the rows. In one order always, so that two writers on PostgreSQL never wait in a ring."""
    if found.conversations:
        told = upsert(dialect, ConversationMark, ("source_id", "conversation_id"))
        told.send(connection, [(source_id, key) for key in sorted(found.conversations)])
    if found.orders and linked_before(connection):
        put_link_marks(connection, dialect, [("order", source_id, key) for key in found.orders])


def put_link_marks(connection: Connection, dialect: str, marks: Iterable[tuple[str, int, str]]) -> None:
    """Mark ("conversation", source_id, id), ("order", source_id, id) or ("person", 0, id) for linking anew."""
    upsert(dialect, OrderLinkMark, ("kind", "source_id", "key")).send(connection, sorted(set(marks)))


def linked_before(connection: Connection) -> bool:
    """Whether conversations were ever linked with orders."""
    cursor = connection.connection.cursor()  # the driver's own: every page of orders asks
    try:
        cursor.execute(f"SELECT 1 FROM stream_states WHERE source_id = 0 AND stream = '{LINKS}'")
        return cursor.fetchone() is not None
    finally:
        cursor.close()
