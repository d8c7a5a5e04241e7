"""Reads what conversations are told from, by lists of keys, by index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from connector.conversations.family import Happened, Key, Member, Said
from connector.store.statements import among, among_value, place

PIECE = 500  # keys per statement

_MEMBER = ", ".join(Member._fields)


class Rows:
    """The stored rows as they stand in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._events = self._by("conversation_events", "ix_conversation_events_conversation")

    def members(self, keys: Iterable[Key]) -> dict[Key, Member]:
        """The conversations of these keys that are there."""
        rows = self._of(f"SELECT {_MEMBER} FROM conversations WHERE", "conversation_id", keys)
        return {member.key: member for member in map(Member._make, rows)}

    def known_as(self, names: Collection[str]) -> dict[str, Key]:
        """Which conversation each name (`self_ref`) belongs to; of several the first."""
        found: dict[str, Key] = {}
        for name, source_id, conversation_id in self._by_text("self_ref", names):
            key = (source_id, conversation_id)
            found[name] = min(key, found.get(name, key))
        return found

    def same_as(self, names: Collection[str]) -> set[Key]:
        """The conversations that say they are the same as one of these names."""
        return {(source_id, conversation_id) for _, source_id, conversation_id in self._by_text("same_as", names)}

    def told(self, keys: Iterable[Key]) -> dict[Key, Key | None]:
        """The conversations of these keys that were told before, with what they were part of."""
        rows = self._of(
            "SELECT source_id, conversation_id, part_of_source_id, part_of_id FROM conversation_times WHERE",
            "conversation_id",
            keys,
        )
        return {(row[0], row[1]): None if row[3] is None else (row[2], row[3]) for row in rows}

    def parts_before(self, keys: Iterable[Key]) -> set[Key]:
        """What was part of these conversations when it was last told."""
        rows = self._of(
            f"SELECT source_id, conversation_id FROM {self._by('conversation_times', 'ix_conversation_times_part_of')} "
            "WHERE part_of_id IS NOT NULL AND",
            "part_of_id",
            keys,
            source="part_of_source_id",
        )
        return {(row[0], row[1]) for row in rows}

    def merged_before(self, keys: Iterable[Key]) -> set[Key]:
        """What had been merged into these conversations, stored or not, when it was last told."""
        rows = self._of(
            "SELECT source_id, conversation_id FROM "
            f"{self._by('conversation_times', 'ix_conversation_times_merged_into')} WHERE merged_into IS NOT NULL AND",
            "merged_into",
            keys,
        )
        return {(row[0], row[1]) for row in rows}

    def merges(self, keys: Iterable[Key]) -> dict[Key, str]:
        """Into which conversation of its source each was merged, where an event says so; the last such event."""
        rows = self._of(
            f"SELECT source_id, conversation_id, at, event_id, value FROM {self._events} "
            "WHERE kind = 'merged' AND value IS NOT NULL AND",
            "conversation_id",
            keys,
        )
        return {(row[0], row[1]): row[4] for row in sorted(rows, key=lambda row: row[2:4])}

    def messages(self, keys: Iterable[Key]) -> Iterator[Said]:
        """The messages of these conversations that have an instant, in any order."""
        rows = self._of(
            "SELECT created_at, source_id, conversation_id, message_id, author_role, agent_id, public, automatic, "
            f"channel, order_numbers FROM {self._by('messages', 'ix_messages_conversation')} "
            "WHERE created_at IS NOT NULL AND",
            "conversation_id",
            keys,
        )
        return map(Said._make, rows)

    def events(self, keys: Iterable[Key]) -> Iterator[Happened]:
        """The events that are told from, in any order."""
        rows = self._of(
            'SELECT at, source_id, conversation_id, event_id, kind, "value", seconds, agent_id '
            f"FROM {self._events} WHERE kind IN ('status', 'handoff', 'work') AND",
            "conversation_id",
            keys,
        )
        return map(Happened._make, rows)

    def _by(self, table: str, index: str) -> str:
        # Without statistics SQLite may take the beginning of a key for as good as the whole index.
        return f"{table} INDEXED BY {index}" if self._dialect == "sqlite" else table

    def _by_text(self, column: str, values: Collection[str]) -> Iterator[Any]:
        listed = sorted(values)
        for start in range(0, len(listed), PIECE):
            rows = self._connection.exec_driver_sql(
                f"SELECT {column}, source_id, conversation_id FROM conversations WHERE {column} {among(self._dialect)}",
                (among_value(self._dialect, listed[start : start + PIECE]),),
            )
            yield from rows.fetchall()

    def _of(self, select: str, column: str, keys: Iterable[Key], source: str = "source_id") -> Iterator[Any]:
        by_source: dict[int, list[str]] = {}
        for source_id, key in keys:
            by_source.setdefault(source_id, []).append(key)
        statement = f"{select} {source} = {place(self._dialect)} AND {column} {among(self._dialect)}"
        for source_id, ids in by_source.items():
            for start in range(0, len(ids), PIECE):
                piece = among_value(self._dialect, ids[start : start + PIECE])
                yield from self._connection.exec_driver_sql(statement, (source_id, piece)).fetchall()
