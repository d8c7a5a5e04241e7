"""Reads conversations and orders that may have to do with each other, by index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from connector.conversations.choosing import Asked, Bought
from connector.conversations.family import Key
from connector.conversations.numbers import comparable, spellings
from connector.store.statements import among, among_value, place

PIECE = 500  # conversations answered, or keys asked for, at once

_ORDER = "source_id, order_id, number, person_id, created_at, countable"


class LinkRows:
    """The stored rows as they stand in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._sign = place(self._dialect)

    def sources(self) -> dict[str, int]:
        """The number of each source by name."""
        rows = self._connection.exec_driver_sql("SELECT name, id FROM sources").fetchall()
        return {row[0]: row[1] for row in rows}

    def conversations(self, marks: Sequence[tuple[str, int, str]]) -> Iterator[list[Asked]]:
        """The conversations that marks speak of, or that depend on the orders and persons they speak of; in pieces."""
        keys: set[Key] = set()
        persons: set[int] = set()
        orders: dict[int, list[str]] = {}
        for kind, source_id, key in marks:
            if kind == "conversation":
                keys.add((source_id, key))
            elif kind == "person":
                persons.add(int(key))
            else:
                orders.setdefault(source_id, []).append(key)
        numbers: set[str] = set()
        for source_id, ids in orders.items():
            numbers.update(map(comparable, ids))  # of an order that is no more nothing else is known
            for piece in _pieces(ids):
                for row in self._of_source(f"SELECT {_ORDER} FROM orders WHERE", "order_id", source_id, piece):
                    order = Bought._make(row)
                    numbers.add(order.shown)
                    if order.person_id is not None:
                        persons.add(order.person_id)
                linked = self._of_source(
                    f"SELECT source_id, conversation_id FROM {self._linked} WHERE order_id IS NOT NULL AND",
                    "order_id",
                    source_id,
                    piece,
                    source="order_source_id",
                )
                keys.update((row[0], row[1]) for row in linked)
        for piece in _pieces(sorted(numbers)):
            keys.update(self._keys("SELECT source_id, conversation_id FROM conversation_numbers WHERE number", piece))
        for piece in _pieces(sorted(persons)):
            keys.update(self._keys("SELECT source_id, conversation_id FROM conversations WHERE person_id", piece))
        for listed in _pieces(sorted(keys)):
            yield self._asked(listed)

    def orders_named(self, numbers: Iterable[str]) -> dict[str, list[Bought]]:
        """The orders with these numbers, in comparable form; those that carry none by their id."""
        found: dict[str, list[Bought]] = {}
        wanted = sorted({spelling for number in numbers for spelling in spellings(number)})
        sources = sorted(self.sources().values())
        for piece in _pieces(wanted):
            rows = [
                row
                for source_id in sources
                for row in self._of_source(
                    f"SELECT {_ORDER} FROM orders WHERE gone_at IS NULL AND", "order_id", source_id, piece
                )
            ]
            rows += self._connection.exec_driver_sql(
                f"SELECT {_ORDER} FROM {self._numbered} WHERE gone_at IS NULL AND number <> order_id "
                f"AND number {among(self._dialect)}",
                (among_value(self._dialect, piece),),
            ).fetchall()
            for order in set(map(Bought._make, rows)):
                for name in {order.shown, comparable(order.order_id)}:
                    listed = found.setdefault(name, [])
                    if order not in listed:
                        listed.append(order)
        return found

    def orders_of(self, persons: Iterable[int]) -> dict[int, list[Bought]]:
        """The counted orders of these persons."""
        found: dict[int, list[Bought]] = {}
        for piece in _pieces(sorted(persons)):
            rows = self._connection.exec_driver_sql(
                f"SELECT {_ORDER} FROM orders WHERE gone_at IS NULL AND countable "
                f"AND person_id {self._numbers_among(piece)}",
            )
            for order in map(Bought._make, rows.fetchall()):
                found.setdefault(order.person_id or 0, []).append(order)
        return found

    @property
    def _numbered(self) -> str:
        return "orders INDEXED BY ix_orders_number" if self._dialect == "sqlite" else "orders"

    @property
    def _linked(self) -> str:
        return "conversations INDEXED BY ix_conversations_order" if self._dialect == "sqlite" else "conversations"

    def _asked(self, keys: Sequence[Key]) -> list[Asked]:
        by_source: dict[int, list[str]] = {}
        for source_id, key in keys:
            by_source.setdefault(source_id, []).append(key)
        found = []
        for source_id, ids in by_source.items():
            parts = {
                row[0]
                for row in self._of_source(
                    "SELECT conversation_id FROM conversation_times WHERE part_of_id IS NOT NULL AND",
                    "conversation_id", source_id, ids,
                )
            }  # fmt: skip
            numbers: dict[str, list[str]] = {}
            for row in self._of_source(
                "SELECT conversation_id, position, number FROM conversation_numbers WHERE",
                "conversation_id", source_id, ids, order="ORDER BY conversation_id, position",
            ):  # fmt: skip
                numbers.setdefault(row[0], []).append(row[2])
            rows = self._of_source(
                "SELECT source_id, conversation_id, person_id, created_at, updated_at, order_source_id, order_id, "
                "order_reason FROM conversations WHERE",
                "conversation_id", source_id, ids,
            )  # fmt: skip
            for source, key, person, created, updated, *link in rows:
                link_so_far = (link[0], link[1], link[2])
                found.append(
                    Asked(source, key, person, created, updated, key in parts, link_so_far, numbers.get(key, ()))
                )
        return found

    def _of_source(
        self,
        select: str,
        column: str,
        source_id: int,
        ids: Sequence[str],
        *,
        source: str = "source_id",
        order: str = "",
    ) -> Sequence[Any]:
        statement = f"{select} {source} = {self._sign} AND {column} {among(self._dialect)} {order}"
        return self._connection.exec_driver_sql(statement, (source_id, among_value(self._dialect, ids))).fetchall()

    def _keys(self, select: str, values: Sequence[Any]) -> set[Key]:
        if values and isinstance(values[0], int):
            rows = self._connection.exec_driver_sql(f"{select} {self._numbers_among(values)}")
        else:
            rows = self._connection.exec_driver_sql(
                f"{select} {among(self._dialect)}", (among_value(self._dialect, values),)
            )
        return {(row[0], row[1]) for row in rows.fetchall()}

    def _numbers_among(self, values: Sequence[int]) -> str:
        return f"IN ({', '.join(map(str, values))})"


def _pieces(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), PIECE):
        yield values[start : start + PIECE]
