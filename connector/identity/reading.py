"""Reads claims and aliases for lists of keys, by index, in pieces of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, text

from connector.identity.partition import ACCOUNT, EMAIL, Node
from connector.model import PERSONAL, CustomerAccount, IdentityMark, Order, PersonAlias

PIECE = 500  # keys per statement
TABLES: dict[str, Table] = {str(model.__tablename__): model.__table__ for model in PERSONAL}  # type: ignore[attr-defined]
ORDERS = str(Order.__tablename__)
ACCOUNTS = str(CustomerAccount.__tablename__)
ALIASES = str(PersonAlias.__tablename__)
MARKS = str(IdentityMark.__tablename__)


class Use(NamedTuple):
    """Rows of one table that make the same claim and are thought to be the same person's."""

    table: str
    source_id: int
    account_id: str | None
    email_key: str | None  # as stored
    person_id: int | None  # as the rows say now


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows a use has, and when the earliest was created (orders only, microseconds UTC)."""

    rows: int
    earliest: int | None


Uses = dict[Use, Extent]


def pieces(values: Iterable[Any], size: int = PIECE) -> Iterator[list[Any]]:
    """The values in lists of at most `size`."""
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def within(connection: Connection, column: str, type_name: str = "text") -> str:
    """SQL for `column` being one of the bound list `:keys`, served by an index, whatever the list's length."""
    if connection.dialect.name == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:keys))"
    return f"{column} = ANY(CAST(:keys AS {type_name}[]))"


def bound(connection: Connection, keys: Sequence[Any]) -> Any:
    """The list as `within` wants it bound."""
    return json.dumps(keys) if connection.dialect.name == "sqlite" else list(keys)


class Claims:
    """The claims as they stand in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._by_email = self._worth_asking("email_key")
        self._by_account = self._worth_asking("source_id", "account_id")

    def of_emails(self, keys: Iterable[str]) -> Uses:
        """The uses of stored e-mail keys."""
        found: Uses = {}
        condition = within(self.connection, "email_key")
        for piece in pieces(keys):
            for name in self._by_email:
                table = by_index(self.connection, name, "email_key")
                found.update(self._uses(name, table, condition, piece))
        return found

    def of_accounts(self, accounts: Iterable[Node]) -> Uses:
        """The uses of accounts."""
        found: Uses = {}
        condition = f"source_id = :source_id AND {within(self.connection, 'account_id')}"
        for source_id, ids in by_source(accounts).items():
            for piece in pieces(ids):
                for name in self._by_account:
                    table = by_index(self.connection, name, "source_id", "account_id")
                    found.update(self._uses(name, table, condition, piece, source_id=source_id))
        return found

    def of_persons(self, persons: Iterable[int]) -> Uses:
        """The uses whose rows say that they are one of these persons'."""
        found: Uses = {}
        condition = within(self.connection, "person_id", "bigint")
        for piece in pieces(persons):
            for name in TABLES:
                table = by_index(self.connection, name, "person_id")
                found.update(self._uses(name, table, condition, piece))
        return found

    def aliases(self, nodes: Iterable[Node]) -> dict[Node, int]:
        """Whose these nodes were when persons were last put together."""
        listed = list(nodes)
        found: dict[Node, int] = {}
        accounts = [node for node in listed if node[0] == ACCOUNT]
        emails = [node[2] for node in listed if node[0] == EMAIL]
        for kind, source_id, keys in (
            *((ACCOUNT, source_id, ids) for source_id, ids in by_source(accounts).items()),
            (EMAIL, 0, emails),
        ):
            condition = f"kind = :kind AND source_id = :source_id AND {within(self.connection, 'key')}"
            for piece in pieces(keys):
                found.update(self._aliases(condition, piece, kind=kind, source_id=source_id))
        return found

    def aliases_of_persons(self, persons: Iterable[int]) -> dict[Node, int]:
        """All nodes that were these persons'."""
        found: dict[Node, int] = {}
        condition = within(self.connection, "person_id", "bigint")
        for piece in pieces(persons):
            found.update(self._aliases(condition, piece))
        return found

    def _uses(
        self, name: str, table: str, condition: str, keys: Sequence[Any], **values: Any
    ) -> Iterator[tuple[Use, Extent]]:
        earliest = "min(created_at)" if name == ORDERS else "NULL"
        rows = self.connection.execute(
            text(
                f"SELECT source_id, account_id, email_key, person_id, count(*), {earliest} FROM {table} "
                f"WHERE {condition} GROUP BY source_id, account_id, email_key, person_id"
            ),
            {"keys": bound(self.connection, keys), **values},
        )
        for source_id, account_id, email_key, person_id, count, first in rows.all():
            yield Use(name, source_id, account_id, email_key, person_id), Extent(count, first)

    def _aliases(self, condition: str, keys: Sequence[Any], **values: Any) -> Iterator[tuple[Node, int]]:
        rows = self.connection.execute(
            text(f"SELECT kind, source_id, key, person_id FROM {ALIASES} WHERE {condition}"),
            {"keys": bound(self.connection, keys), **values},
        )
        for kind, source_id, key, person_id in rows.all():
            yield (kind, source_id, key), person_id

    def _worth_asking(self, *columns: str) -> list[str]:
        # A table without an index on these columns is asked only if it has any such claim at all: most sources
        # never fill them, and a scan for each list of keys would cost more than everything else.
        return [
            name
            for name in TABLES
            if indexed(name, *columns)
            or self.connection.execute(text(f"SELECT 1 FROM {name} WHERE {columns[-1]} IS NOT NULL LIMIT 1")).first()
        ]


def indexed(name: str, *columns: str) -> bool:
    """Whether an index of the table, or its primary key, begins with these columns."""
    return _begins(TABLES[name].primary_key.columns, columns) or _index(name, columns) is not None


def by_index(connection: Connection, name: str, *columns: str) -> str:
    """The table as a statement names it whose rows are to be found by the index on `columns`.

    Without statistics SQLite takes any beginning of a primary key for as good as a whole index: looking for an account
    it would walk through all orders of the source. So it is told.
    """
    index = _index(name, columns) if connection.dialect.name == "sqlite" else None
    return f"{name} INDEXED BY {index}" if index else name


@cache
def _index(name: str, columns: tuple[str, ...]) -> str | None:
    return next((str(index.name) for index in TABLES[name].indexes if _begins(index.columns, columns)), None)


def _begins(key: Iterable[ColumnElement[Any]], columns: tuple[str, ...]) -> bool:
    return tuple(getattr(column, "name", None) for column in key)[: len(columns)] == columns


def by_source(accounts: Iterable[Node]) -> dict[int, list[str]]:
    """The account ids of each source."""
    sorted_out: dict[int, list[str]] = {}
    for _, source_id, account_id in accounts:
        sorted_out.setdefault(source_id, []).append(account_id)
    return sorted_out
