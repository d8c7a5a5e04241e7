"""Rows remade from stored records, without any network: after a mapping was mended, or to make sure.

Each chunk of records goes the way of a changed page, in a transaction of its own: new rows over old ones, rows that
are no longer made deleted, moved claims marked for identity. So others may write meanwhile, memory does not grow, and a
rebuild that is killed leaves every record's rows either of the old mapping or of the new one. Persons stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from connector.contract import Record, Stream
from connector.model import PERSONAL, SetAside
from connector.store.database import Store
from connector.store.known import read_before, supersedes
from connector.store.marks import CLAIMS, claims_sql, put_marks, touched
from connector.store.raw import Stored, decompress, iterate_stored
from connector.store.rows import Normalise, Normaliser
from connector.store.statements import delete, place, quoted, upsert
from connector.store.tables import key_of
from connector.store.touching import Touched, about_of, put_touched
from connector.store.write import ASIDE, RECORD, aside_row, not_normalised, save_page, write_rows

CHUNK = 200
"""Records, or orphaned rows, in one transaction."""


@dataclass(slots=True)
class RebuildResult:
    """What a rebuild did."""

    records: int = 0  # stored records whose rows were remade
    mended: int = 0  # records that were set aside and are understood now
    set_aside: int = 0  # records that are not understood, now or still
    removed: int = 0  # rows that no stored record accounts for


def rebuild_source(
    store: Store,
    source_id: int,
    streams: Sequence[Stream],
    normalise: Normalise,
    *,
    progress: Callable[[str, int], None] = lambda stream, records: None,
    language: str = "en",
) -> RebuildResult:
    """Remake all rows of a source from its stored records; `streams` are all streams of its adapter.

    What is gone stays gone, and every row keeps its person. Records that were set aside because they could not be
    normalised are tried again; a stored record that fails now keeps its rows and is set aside with its reason in
    `language`. `progress` is told the stream and how many of its records are done. The caller holds the source's lock.
    Raises `StoreError`, and `RowError` as `save_page` does.
    """
    result = RebuildResult()
    for stream in streams:
        done = 0
        for chunk in iterate_stored(store, source_id, stream, size=CHUNK):
            _remake(store, source_id, stream, chunk, normalise, result, language)
            done += len(chunk)
            progress(stream.name, done)
        for records in _not_normalised(store, source_id, stream):
            saved = save_page(store, source_id, stream, records, cursor=None, normalise=normalise, language=language)
            result.mended += saved.inserted + saved.updated
            result.set_aside += saved.set_aside
    for table in dict.fromkeys(feed.table for stream in streams for feed in stream.feeds):
        result.removed += _remove_orphans(store, source_id, streams, table)
    return result


def _remake(
    store: Store,
    source_id: int,
    stream: Stream,
    chunk: Sequence[Stored],
    normalise: Normalise,
    result: RebuildResult,
    language: str,
) -> None:
    stored = {item.record.id: item for item in chunk}
    normalised = Normaliser(store.dialect, source_id, stream, normalise)(item.record for item in chunk)
    with store.write() as connection:
        before = read_before(connection, store.dialect, source_id, stream, list(stored))
        # Whatever was saved since the chunk was read has its rows by the present mapping already.
        fresh = {
            key
            for key, item in stored.items()
            if key not in before.known or before.known[key].read_at != item.record.read_at
        }
        if fresh:
            normalised.rows = {key: rows for key, rows in normalised.rows.items() if key not in fresh}
            normalised.group()
        remade = list(normalised.rows)
        gone = {key: known.gone_at for key, known in before.known.items() if known.gone_at is not None}
        write_rows(
            connection,
            store.dialect,
            source_id,
            stream,
            normalised.by_form,
            remade,
            {key: gone[key] for key in remade if key in gone},
        )
        latest = {
            key for key, item in stored.items() if key not in before.aside or supersedes(item.record, before.aside[key])
        }
        delete(store.dialect, SetAside, RECORD).send(
            connection, [(source_id, stream.name, key) for key in remade if key in before.aside and key in latest]
        )
        failed = [key for key in normalised.failed if key in latest and key not in fresh]
        upsert(store.dialect, SetAside, ASIDE).send(
            connection,
            [
                aside_row(source_id, stream, not_normalised(stored[key].record, normalised.failed[key]), language)
                for key in failed
            ],
        )
    result.records += len(remade)
    result.set_aside += len(failed)


def _not_normalised(store: Store, source_id: int, stream: Stream) -> Iterator[list[Record]]:
    """What was set aside with its admitted payload, in chunks."""
    sign, last = place(store.dialect), ""
    while True:
        with store.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT record_id, payload, dictionary, read_at, updated_at, stamp, locator FROM set_aside "
                f"WHERE source_id = {sign} AND stream = {sign} AND record_id > {sign} "
                f"AND step = 'normalise' AND payload IS NOT NULL ORDER BY record_id LIMIT {CHUNK}",
                (source_id, stream.name, last),
            ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [Record(row[0], decompress(row[1], stream.dictionary, row[2]), *row[3:]) for row in rows]


def _remove_orphans(store: Store, source_id: int, streams: Sequence[Stream], table: type[SQLModel]) -> int:
    """Delete rows of a table that no stored record of any stream feeding it accounts for; how many."""
    sign = place(store.dialect)
    feeds = [(stream.name, feed.owner) for stream in streams for feed in stream.feeds if feed.table is table]
    key = key_of(table)
    about = about_of(table)
    columns = ", ".join(quoted(name) for name in key)
    more = [*([about] if about else []), *([claims_sql(table)] if table in PERSONAL else [])]
    unaccounted = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM raw_records raw WHERE raw.source_id = {sign} AND raw.stream = {sign} "
        f"AND raw.record_id = made.{quoted(owner)} AND raw.payload IS NOT NULL)"
        for _, owner in feeds
    )
    sql = (
        f"SELECT {', '.join([columns, *more])} FROM {table.__tablename__} made "
        f"WHERE made.source_id = {sign} AND ({columns}) > ({', '.join(sign for _ in key)}) AND {unaccounted} "
        f"ORDER BY {columns} LIMIT {CHUNK}"
    )
    named = [value for name, _ in feeds for value in (source_id, name)]
    last: tuple[Any, ...] = (source_id, *("" for _ in key[1:]))
    removed = 0
    while True:
        with store.read() as connection:
            rows = connection.exec_driver_sql(sql, (source_id, *last, *named)).fetchall()
        if not rows:
            return removed
        last = tuple(rows[-1][: len(key)])
        with store.write() as connection:
            delete(store.dialect, table, key).send(connection, [tuple(row[: len(key)]) for row in rows])
            if table in PERSONAL:
                marks = {mark for row in rows for mark in touched(source_id, tuple(row[-len(CLAIMS) :]))}
                put_marks(connection, store.dialect, marks)
            if about:
                found = Touched()
                found.add(table, {row[len(key)] for row in rows})
                put_touched(connection, store.dialect, source_id, found)
        removed += len(rows)
