"""Writes down what conversations come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from connector.conversations.family import Key
from connector.conversations.telling import Told
from connector.model import (
    ConversationMark,
    ConversationNumber,
    ConversationReply,
    ConversationSpan,
    ConversationTimes,
)
from connector.store.statements import delete, upsert
from connector.store.tables import default_of, table_of

KEY = ("source_id", "conversation_id")
_TIMES = tuple(column.name for column in table_of(ConversationTimes).columns)
_DEFAULTS = {name: default_of(ConversationTimes, name) for name in _TIMES}
_REPLIES = tuple(column.name for column in table_of(ConversationReply).columns)
_SPANS = tuple(column.name for column in table_of(ConversationSpan).columns)
_NUMBERS = tuple(column.name for column in table_of(ConversationNumber).columns)


def write_told(connection: Connection, told: Mapping[Key, Told], before: Collection[Key]) -> None:
    """Put down what was told; `before` are the conversations that were told once, and replaced now or gone."""
    dialect = connection.dialect.name
    old = list(before)
    delete(dialect, ConversationReply, KEY).send(connection, old)
    delete(dialect, ConversationSpan, KEY).send(connection, old)
    delete(dialect, ConversationNumber, KEY).send(connection, old)
    delete(dialect, ConversationTimes, KEY).send(connection, [key for key in old if key not in told])
    rows = []
    for key, one in told.items():
        values = {**_DEFAULTS, **one.times, "source_id": key[0], "conversation_id": key[1]}
        rows.append(tuple(map(values.__getitem__, _TIMES)))
    upsert(dialect, ConversationTimes, _TIMES).send(connection, rows)
    replies = [(*key, *reply) for key, one in told.items() for reply in one.replies]
    upsert(dialect, ConversationReply, _REPLIES).send(connection, replies)
    spans = {(*key, span[0]): (*key, *span) for key, one in told.items() for span in one.spans}
    upsert(dialect, ConversationSpan, _SPANS).send(connection, list(spans.values()))
    numbers = [(*key, place, number) for key, one in told.items() for place, number in enumerate(one.numbers)]
    upsert(dialect, ConversationNumber, _NUMBERS).send(connection, numbers)


def clear_marks(connection: Connection, keys: Collection[Key]) -> None:
    """These conversations are told."""
    delete(connection.dialect.name, ConversationMark, KEY).send(connection, list(keys))
