"""What is no longer there: marked, never deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from connector.contract import Stream
from connector.model import RawRecord, SetAside
from connector.store.database import Store
from connector.store.marks import put_marks
from connector.store.replacing import marks_of_records
from connector.store.statements import among, among_value, delete, place, quoted, upsert
from connector.store.tables import table_of
from connector.store.touching import put_touched, touched

CHUNK = 500


def mark_gone(store: Store, source_id: int, stream: Stream, ids: Iterable[str], *, at: int) -> int:
    """Mark records, their rows, and the claims of these, as gone since `at`; how many records were newly marked.

    `at` is when the requests began that said so (microseconds UTC). A record that was read in a later request stays,
    and one that is gone already keeps its instant. What was set aside under these ids is dropped: nothing will come
    to mend it.
    """
    marked = 0
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        with store.write() as connection:
            marked += _mark(connection, store.dialect, source_id, stream, wanted[start : start + CHUNK], at)
    return marked


def remember_absent(store: Store, source_id: int, stream: Stream, ids: Iterable[str], *, at: int) -> None:
    """Remember that ids named elsewhere were asked for at `at` and are not there, so that nobody asks again.

    Ids of records that are stored are left alone; those are for `mark_gone`.
    """
    wanted = list(ids)
    columns = ("source_id", "stream", "record_id", "digest", "read_at", "gone_at")
    with store.write() as connection:
        known = connection.exec_driver_sql(
            f"SELECT record_id FROM raw_records WHERE {_these(store.dialect)}",
            (source_id, stream.name, among_value(store.dialect, wanted)),
        )
        held = {row[0] for row in known.fetchall()}
        rows = [(source_id, stream.name, key, b"", at, at) for key in wanted if key not in held]
        upsert(store.dialect, RawRecord, columns).send(connection, rows)
        _drop_set_aside(connection, store.dialect, source_id, stream, wanted)


def rows_gone(
    connection: Connection, dialect: str, source_id: int, stream: Stream, ids: Sequence[str], at: int
) -> None:
    """Mark the rows of these records as gone since `at`, where they are not yet."""
    for feed in stream.feeds:
        if "gone_at" in table_of(feed.table).columns and ids:
            connection.exec_driver_sql(
                f"UPDATE {feed.table.__tablename__} SET gone_at = {place(dialect)} "
                f"WHERE source_id = {place(dialect)} AND {quoted(feed.owner)} {among(dialect)} AND gone_at IS NULL",
                (at, source_id, among_value(dialect, ids)),
            )


def _mark(connection: Connection, dialect: str, source_id: int, stream: Stream, ids: Sequence[str], at: int) -> int:
    sign = place(dialect)
    found = connection.exec_driver_sql(
        f"SELECT record_id FROM raw_records WHERE {_these(dialect)} AND gone_at IS NULL AND read_at <= {sign}",
        (source_id, stream.name, among_value(dialect, ids), at),
    )
    newly = [row[0] for row in found.fetchall()]
    if newly:
        connection.exec_driver_sql(
            f"UPDATE raw_records SET gone_at = {sign} WHERE {_these(dialect)}",
            (at, source_id, stream.name, among_value(dialect, newly)),
        )
        rows_gone(connection, dialect, source_id, stream, newly, at)
        put_marks(connection, dialect, marks_of_records(connection, dialect, source_id, stream, newly))
        put_touched(connection, dialect, source_id, touched(connection, dialect, source_id, stream, newly))
    _drop_set_aside(connection, dialect, source_id, stream, ids)
    return len(newly)


def _these(dialect: str) -> str:
    return f"source_id = {place(dialect)} AND stream = {place(dialect)} AND record_id {among(dialect)}"


def _drop_set_aside(connection: Connection, dialect: str, source_id: int, stream: Stream, ids: Sequence[str]) -> None:
    delete(dialect, SetAside, ("source_id", "stream", "record_id")).send(
        connection, [(source_id, stream.name, key) for key in ids]
    )
