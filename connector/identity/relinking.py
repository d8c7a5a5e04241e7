"""Marks for linking: which order a conversation is about depends on whose both are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from connector.identity.reading import ORDERS, Use
from connector.model import Conversation, OrderLinkMark
from connector.store.touching import linked_before, put_link_marks

CONVERSATIONS = str(Conversation.__tablename__)
MARKS = str(OrderLinkMark.__tablename__)


def mark_links(connection: Connection, moves: Sequence[tuple[Use, int | None]]) -> None:
    """Mark both persons of every order and conversation about to move. Called before the rows are moved.

    Conversations that become nobody's are marked themselves: no person leads to them any more.
    """
    concerned = [(use, person) for use, person in moves if use.table in (ORDERS, CONVERSATIONS)]
    if not concerned or not linked_before(connection):
        return
    persons = {person for use, becomes in concerned for person in (use.person_id, becomes) if person is not None}
    put_link_marks(connection, connection.dialect.name, [("person", 0, str(person)) for person in persons])
    lost = {use.person_id for use, becomes in concerned if becomes is None and use.table == CONVERSATIONS}
    for person in lost - {None}:
        _mark_conversations(connection, "WHERE person_id = :person", person=person)


def mark_all_links(connection: Connection) -> None:
    """Mark every conversation: after a long run in which any of them may have got its person."""
    if linked_before(connection):
        _mark_conversations(connection, "WHERE true")


def _mark_conversations(connection: Connection, which: str, **values: int | None) -> None:
    connection.execute(
        text(
            f"INSERT INTO {MARKS} (kind, source_id, key) SELECT 'conversation', source_id, conversation_id "
            f"FROM {CONVERSATIONS} {which} ON CONFLICT DO NOTHING"
        ),
        values,
    )
