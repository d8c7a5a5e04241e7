"""When a record changes: its rows of before that it no longer has, and the claims on persons that moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection

from connector.contract import Feed, Stream
from connector.model import PERSONAL
from connector.store.marks import Claims, Mark, claims_sql, expected, touched
from connector.store.rows import Form
from connector.store.statements import among, among_value, delete, place, quoted
from connector.store.tables import key_of

Rows = dict[Form, list[tuple[Any, ...]]]
_Key = tuple[Any, ...]


def remove_old_rows(
    connection: Connection, dialect: str, source_id: int, stream: Stream, rows: Rows, stored_before: Collection[str]
) -> set[Mark]:
    """Delete what records of `stored_before` had as rows and have no longer; the marks of all claims that changed.

    `rows` are the page's new rows, not yet written. Records that were not stored before have no old rows, so a first
    sync reads nothing here.
    """
    marks: set[Mark] = set()
    marked = any(feed.table in PERSONAL for feed in stream.feeds) and expected(connection, dialect)
    for feed in stream.feeds:
        personal = marked and feed.table in PERSONAL
        if not personal and not stored_before:
            continue
        new = _new_rows(feed, rows, personal=personal)
        old = _old_rows(connection, dialect, source_id, feed, new, stored_before, personal=personal)
        dropped = [(source_id, *key) for key in old.keys() - new.keys()]
        delete(dialect, feed.table, key_of(feed.table)).send(connection, dropped)
        if personal:
            for key in old.keys() | new.keys():
                if old.get(key) != new.get(key):
                    marks.update(touched(source_id, old.get(key), new.get(key)))
    return marks


def marks_of_records(
    connection: Connection, dialect: str, source_id: int, stream: Stream, ids: Iterable[str]
) -> set[Mark]:
    """The marks of all claims that the rows of these records hold."""
    wanted = list(ids)
    return {
        mark
        for feed in stream.feeds
        if feed.table in PERSONAL
        for claims in _stored(connection, dialect, source_id, feed, wanted, personal=True).values()
        for mark in touched(source_id, claims)
    }


def _new_rows(feed: Feed, rows: Rows, *, personal: bool) -> dict[_Key, Claims | None]:
    return {
        tuple(row[at] for at in form.key_at[1:]): form.claims(row) if personal else None
        for form, values in rows.items()
        if form.model is feed.table
        for row in values
    }


def _old_rows(
    connection: Connection,
    dialect: str,
    source_id: int,
    feed: Feed,
    new: dict[_Key, Claims | None],
    stored_before: Collection[str],
    *,
    personal: bool,
) -> dict[_Key, Claims | None]:
    wanted = list(stored_before)
    if not personal and key_of(feed.table) == ("source_id", feed.owner):
        # One row per record: nothing to look up where the record has it again.
        wanted = [record_id for record_id in wanted if (record_id,) not in new]
    return _stored(connection, dialect, source_id, feed, wanted, personal=personal) if wanted else {}


def _stored(
    connection: Connection, dialect: str, source_id: int, feed: Feed, ids: list[str], *, personal: bool
) -> dict[_Key, Claims | None]:
    key = key_of(feed.table)[1:]
    columns = ", ".join([*map(quoted, key), *([claims_sql(feed.table)] if personal else [])])
    found = connection.exec_driver_sql(
        f"SELECT {columns} FROM {feed.table.__tablename__} "
        f"WHERE source_id = {place(dialect)} AND {quoted(feed.owner)} {among(dialect)}",
        (source_id, among_value(dialect, ids)),
    )
    size = len(key)
    return {tuple(row[:size]): tuple(row[size:]) if personal else None for row in found.fetchall()}
