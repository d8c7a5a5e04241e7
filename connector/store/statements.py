"""SQL that takes a whole page of values at a time, written once per table and kept.

Building a statement per page, or an object per row, would cost many times the insert itself. SQLite is sent the rows
one after the other through one prepared statement; PostgreSQL is sent one array per column, so that a page is one
round trip. Both take the values in the order of `columns`, which is the order the rows came in, not the table's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, LargeBinary, Text
from sqlmodel import SQLModel

from connector.store.tables import default_of, key_of, table_of


@dataclass(frozen=True, slots=True)
class Batch:
    """A statement and how many rows of values are sent through it."""

    sql: str
    by_column: bool
    key_at: tuple[int, ...] = ()
    """Where in a row its key stands. PostgreSQL takes each key once in a statement: the last one counts."""

    def send(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Carry the statement out for all `rows`."""
        if not rows:
            return
        # The driver's own cursor: what SQLAlchemy does around each call is a twentieth of a page's time.
        cursor = connection.connection.cursor()
        try:
            if self.by_column:
                once = {tuple(row[at] for at in self.key_at): row for row in rows}.values()
                cursor.execute(self.sql, [list(column) for column in zip(*once, strict=True)])
            else:
                cursor.executemany(self.sql, rows)
        finally:
            cursor.close()


def execute(connection: Connection, sql: str, values: Sequence[Any]) -> None:
    """Carry out one statement in the driver's own SQL (`place`), on the driver's own cursor, as `Batch.send` does."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
    finally:
        cursor.close()


@lru_cache(maxsize=1000)
def upsert(dialect: str, model: type[SQLModel], columns: tuple[str, ...], keep: tuple[str, ...] = ()) -> Batch:
    """Insert rows of `columns`; where the key exists already, replace every other column except those in `keep`.

    Columns that are not given get their default, in a row that exists too: a row is always the whole of what its
    record says. `keep` names columns that do not come from the record.
    """
    table = table_of(model)
    absent = [column.name for column in table.columns if column.name not in {*columns, *keep}]
    key = key_of(model)
    written = [*columns, *absent]
    replaced = [name for name in written if name not in key]
    if replaced:
        action = "UPDATE SET " + ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in replaced)
    else:
        action = "NOTHING"
    defaults = [_literal(default_of(model, name)) for name in absent]
    begin, end = f"INSERT INTO {table.name} ({_list(written)})", f"ON CONFLICT ({_list(key)}) DO {action}"
    key_at = tuple(columns.index(name) for name in key)
    if dialect == "sqlite":
        signs = ", ".join([*("?" for _ in columns), *defaults])
        return Batch(f"{begin} VALUES ({signs}) {end}", False, key_at)
    arrays = ", ".join(_array(table.columns[name]) for name in columns)
    source = f"SELECT {', '.join(['page.*', *defaults])} FROM unnest({arrays}) AS page"
    return Batch(f"{begin} {source} {end}", True, key_at)


@lru_cache(maxsize=200)
def delete(dialect: str, model: type[SQLModel], columns: tuple[str, ...]) -> Batch:
    """Delete the rows with the values of `columns`."""
    table = table_of(model)
    if dialect == "sqlite":
        where = " AND ".join(f"{quoted(name)} = ?" for name in columns)
        return Batch(f"DELETE FROM {table.name} WHERE {where}", False)
    arrays = ", ".join(_array(table.columns[name]) for name in columns)
    where = " AND ".join(f"{table.name}.{quoted(name)} = named.{quoted(name)}" for name in columns)
    sql = f"DELETE FROM {table.name} USING unnest({arrays}) AS named ({_list(columns)}) WHERE {where}"
    return Batch(sql, True, tuple(range(len(columns))))


@lru_cache(maxsize=200)
def update(dialect: str, model: type[SQLModel], columns: tuple[str, ...], key: tuple[str, ...]) -> Batch:
    """Set `columns` in the rows with the values of `key`; a row of values is the columns' and then the key's."""
    table = table_of(model)
    if dialect == "sqlite":
        assigned = ", ".join(f"{quoted(name)} = ?" for name in columns)
        where = " AND ".join(f"{quoted(name)} = ?" for name in key)
        return Batch(f"UPDATE {table.name} SET {assigned} WHERE {where}", False)
    arrays = ", ".join(_array(table.columns[name]) for name in (*columns, *key))
    assigned = ", ".join(f"{quoted(name)} = page.new_{name}" for name in columns)
    where = " AND ".join(f"{table.name}.{quoted(name)} = page.{quoted(name)}" for name in key)
    names = ", ".join([*(f"new_{name}" for name in columns), *(quoted(name) for name in key)])
    sql = f"UPDATE {table.name} SET {assigned} FROM unnest({arrays}) AS page ({names}) WHERE {where}"
    return Batch(sql, True, tuple(range(len(columns), len(columns) + len(key))))


def among(dialect: str) -> str:
    """The condition that a text is one of a list: `record_id <among>`, with `among_value` for its one place."""
    return "IN (SELECT value FROM json_each(?))" if dialect == "sqlite" else "= ANY(%s::text[])"


def among_value(dialect: str, values: Sequence[str]) -> Any:
    """`values` as the driver takes them for `among`."""
    return json.dumps(values) if dialect == "sqlite" else list(values)


def place(dialect: str) -> str:
    """The sign for one value in a driver's SQL."""
    return "?" if dialect == "sqlite" else "%s"


def quoted(name: str) -> str:
    """A column's name, safe where it is a word of SQL (`at`, `key`, `value`)."""
    return f'"{name}"'


def _literal(value: bool | int | None) -> str:
    return "NULL" if value is None else str(value).lower()


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


def _array(column: Column[Any]) -> str:
    """A place for the column's values as an array; binary ones travel as they are."""
    kinds = {BigInteger: "%s::bigint[]", Text: "%s::text[]", Boolean: "%s::boolean[]", LargeBinary: "%b::bytea[]"}
    return kinds[type(column.type)]
