"""What a walk over all ids tells: which records changed unseen, which are missing, which are named and not held.

The listed ids are kept in a temporary table of a connection of its own, so memory does not grow with their number, and
other writers are never held up: on SQLite a temporary table lies outside the file, and everything read here is read in
transactions that last for a chunk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from connector.contract import Feed, Stream, Wanted
from connector.store.database import Store
from connector.store.failures import border
from connector.store.rows import clean
from connector.store.statements import place, quoted

CHUNK = 500
"""Records handed out at a time."""

UNIDENTIFIED = "?"
"""What the id of something begins with that was set aside without an id of its own; it is never asked for."""


class Comparison:
    """What is stored of a stream, beside what its source lists. `comparing` makes one."""

    def __init__(self, store: Store, connection: Connection, source_id: int, stream: Stream, started_at: int) -> None:
        self._store = store
        self._connection = connection
        self._source_id = source_id
        self._stream = stream.name
        self._started_at = started_at
        self._sqlite = store.dialect == "sqlite"
        end = "WITHOUT ROWID" if self._sqlite else "ON COMMIT PRESERVE ROWS"
        self._ask(f"CREATE TEMPORARY TABLE listed (record_id TEXT PRIMARY KEY, stamp TEXT, locator TEXT) {end}")

    def seen(self, stamps: Mapping[str, str | None], locators: Mapping[str, str] | None = None) -> None:
        """Take in a page of ids, each with its stamp as listed; None where the list tells no stamp."""
        known = locators or {}
        rows = [(clean(key), clean(stamp), known.get(key)) for key, stamp in stamps.items()]
        if not rows:
            return
        sign = place(self._store.dialect)
        with border(self._store.name), self._connection.begin():
            self._connection.exec_driver_sql(
                f"INSERT INTO listed (record_id, stamp, locator) VALUES ({sign}, {sign}, {sign}) "
                "ON CONFLICT (record_id) DO UPDATE SET stamp = excluded.stamp, locator = excluded.locator",
                rows,
            )

    @property
    def count_seen(self) -> int:
        """How many different ids were listed."""
        return int(self._ask("SELECT count(*) FROM listed")[0][0])

    @property
    def count_held(self) -> int:
        """How many records are stored and not gone."""
        sign = place(self._store.dialect)
        # Two counts on two indexes; one count with both conditions would walk over all payloads.
        of_stream = f"SELECT count(*) FROM raw_records WHERE source_id = {sign} AND stream = {sign}"
        values = (self._source_id, self._stream)
        return int(self._ask(f"SELECT ({of_stream}) - ({of_stream} AND gone_at IS NOT NULL)", values + values)[0][0])

    def differing(self) -> Iterator[list[Wanted]]:
        """What is to be read again, in chunks, since the list differs from what is stored.

        Listed with another stamp, listed and not known, listed though gone; and what could not be admitted the last
        time, listed or not. Records may be saved between two chunks.
        """
        distinct = "IS NOT" if self._sqlite else "IS DISTINCT FROM"
        sign = place(self._store.dialect)
        of_stream = f"{{0}}.source_id = {sign} AND {{0}}.stream = {sign}"
        yield from self._chunks(
            f"""
            SELECT listed.record_id, coalesce(listed.locator, raw.locator, aside.locator)
            FROM listed
            LEFT JOIN raw_records raw ON {of_stream.format("raw")} AND raw.record_id = listed.record_id
            LEFT JOIN set_aside aside ON {of_stream.format("aside")} AND aside.record_id = listed.record_id
            WHERE listed.record_id > {sign} AND (
                (raw.record_id IS NULL AND aside.record_id IS NULL)
                OR raw.gone_at IS NOT NULL
                OR aside.step IN ('admit', 'pull')
                OR (listed.stamp IS NOT NULL AND listed.stamp {distinct}
                    CASE WHEN aside.record_id IS NULL THEN raw.stamp ELSE aside.stamp END)
            )
            ORDER BY listed.record_id LIMIT {CHUNK}
            """,
            (self._source_id, self._stream, self._source_id, self._stream),
        )
        yield from self._chunks(
            f"""
            SELECT aside.record_id, aside.locator
            FROM set_aside aside
            WHERE {of_stream.format("aside")} AND aside.record_id > {sign} AND aside.step IN ('admit', 'pull')
            AND substr(aside.record_id, 1, 1) <> '{UNIDENTIFIED}'
            AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.record_id = aside.record_id)
            ORDER BY aside.record_id LIMIT {CHUNK}
            """,
            (self._source_id, self._stream),
        )

    def missing(self) -> Iterator[list[Wanted]]:
        """What is stored, not gone and not listed, in chunks; without records read since the sweep began."""
        sign = place(self._store.dialect)
        yield from self._chunks(
            f"""
            SELECT raw.record_id, raw.locator
            FROM raw_records raw
            WHERE raw.source_id = {sign} AND raw.stream = {sign} AND raw.read_at < {sign} AND raw.record_id > {sign}
            AND raw.gone_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.record_id = raw.record_id)
            ORDER BY raw.record_id LIMIT {CHUNK}
            """,
            (self._source_id, self._stream, self._started_at),
        )

    def _chunks(self, sql: str, values: tuple[Any, ...]) -> Iterator[list[Wanted]]:
        last = ""
        while rows := self._ask(sql, (*values, last)):
            last = rows[-1][0]
            yield [Wanted(row[0], row[1]) for row in rows]

    def _ask(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with border(self._store.name), self._connection.begin():
            result = self._connection.exec_driver_sql(sql, values)
            return list(result.fetchall()) if result.returns_rows else []


@contextmanager
def comparing(store: Store, source_id: int, stream: Stream, started_at: int) -> Iterator[Comparison]:
    """Compare what is stored with a list of ids. `started_at`: when the listing began, microseconds UTC."""
    with border(store.name):
        connection = store.engine.connect()
        # Closed for good afterwards, and the temporary table with it.
        connection.detach()
    try:
        yield Comparison(store, connection, source_id, stream, started_at)
    finally:
        connection.close()


def named_but_unknown(store: Store, source_id: int, stream: Stream) -> Iterator[list[Wanted]]:
    """Ids of a stream that rows of the same source name and nothing is known of, in chunks.

    Not those that are stored, were found absent, or are set aside. Shops write "0" for "none".
    """
    for feed in stream.named_by:
        last = ""
        while chunk := _named(store, source_id, stream, feed, last):
            last = chunk[-1].id
            yield chunk


def _named(store: Store, source_id: int, stream: Stream, feed: Feed, last: str) -> list[Wanted]:
    column, sign = quoted(feed.owner), place(store.dialect)
    known = f"known.source_id = {sign} AND known.stream = {sign} AND known.record_id = named.{column}"
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            # Grouped in the order of the index, each id looked up once, and no further than the chunk reaches.
            f"""
            SELECT named.{column} FROM {feed.table.__tablename__} named
            WHERE named.source_id = {sign} AND named.{column} > {sign} AND named.{column} <> '0'
            GROUP BY named.{column}
            HAVING NOT EXISTS (SELECT 1 FROM raw_records known WHERE {known})
            AND NOT EXISTS (SELECT 1 FROM set_aside known WHERE {known})
            ORDER BY named.{column} LIMIT {CHUNK}
            """,
            (source_id, last, source_id, stream.name, source_id, stream.name),
        ).fetchall()
    return [Wanted(row[0]) for row in rows]


def forget_unidentified(
    store: Store, source_id: int, stream: Stream, *, before: int, beginning: str = UNIDENTIFIED
) -> None:
    """Drop what was set aside without an id and read before `before`: after a whole walk that brings it anew or not.

    `beginning` is what the ids begin with that were met again, for a walk over a part.
    """
    sign = place(store.dialect)
    with store.write() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM set_aside WHERE source_id = {sign} AND stream = {sign} AND read_at < {sign} "
            f"AND substr(record_id, 1, {len(beginning)}) = {sign}",
            (source_id, stream.name, before, beginning),
        )
