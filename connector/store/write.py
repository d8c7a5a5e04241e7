"""`save_page`: a page's raw records, its rows, the marks of what changed and the cursor, in one transaction.

Whatever takes time (hashing, normalising, compressing) is done before the transaction begins, so that a writer holds
the store for a few milliseconds only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from connector.contract import Record, Stream
from connector.messages import Message
from connector.model import RawRecord, SetAside
from connector.store.database import Store
from connector.store.gone import rows_gone
from connector.store.known import (
    Before,
    Latest,
    Reading,
    Work,
    digest_of,
    gone_since,
    newest_of,
    read_before,
    sorted_out,
    supersedes,
)
from connector.store.marks import put_marks
from connector.store.raw import compressor, dictionary_version
from connector.store.replacing import Rows, remove_old_rows
from connector.store.rows import Normalise, Normalised, Normaliser, clean
from connector.store.statements import delete, execute, place, update, upsert
from connector.store.touching import put_touched, touched

RECORD = ("source_id", "stream", "record_id")
_RAW = (*RECORD, "payload", "dictionary", "digest", "updated_at", "stamp", "locator", "read_at", "gone_at")
ASIDE = (
    *RECORD, "step", "reason", "payload", "dictionary", "stamp", "locator", "updated_at", "read_at",
)  # fmt: skip
_TOUCHED = ("updated_at", "stamp", "locator")


@dataclass(frozen=True, slots=True)
class SetAsideRecord:
    """A record that could not be read before it came here, and what may be kept of it."""

    id: str
    step: Literal["pull", "admit", "normalise"]
    reason: Message  # without personal data
    read_at: int  # microseconds UTC by our clock: the start of the request that brought it
    payload: bytes | None = None  # admitted
    stamp: str | None = None
    locator: str | None = None
    updated_at: int | None = None


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page's records."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0  # also those that a newer read had overtaken
    set_aside: int = 0


@dataclass(slots=True)
class _Prepared:
    raw: list[tuple[Any, ...]]
    touched: list[tuple[Any, ...]]
    rows: Rows
    stored_before: list[str]
    still_gone: dict[str, int]
    aside: list[tuple[Any, ...]]
    settled: list[tuple[Any, ...]]
    result: PageResult


def save_page(
    store: Store,
    source_id: int,
    stream: Stream,
    records: Sequence[Record],
    *,
    cursor: str | None,
    normalise: Normalise,
    set_aside: Sequence[SetAsideRecord] = (),
    run_id: int | None = None,
    keep_cursor: bool = False,
    expect_new: bool = False,
    language: str = "en",
) -> PageResult:
    """Store a page of admitted records and move the cursor, both or neither.

    A record whose content is stored already changes nothing. Of two reads the one whose request began later counts,
    whatever order they are saved in. A record that `normalise` fails on, or whose values no column takes, is set aside
    with its reason in `language`; what was stored of it before stays. With `cursor=None` or `keep_cursor` the cursor
    stays where it is. `run_id` names the run whose counters grow. `expect_new`: probably nothing of this page is
    stored, as in a first walk; that saves the look before the transaction, and changes nothing where it is wrong.

    Raises `StoreError`, and `RowError` for rows that no data could make right (an unknown column or table).
    """
    page = newest_of(records)
    ids = list({*page.records, *(clean(entry.id) for entry in set_aside)})
    normaliser = Normaliser(store.dialect, source_id, stream, normalise)

    def prepared(before: Before) -> _Prepared:
        return _prepare(source_id, stream, page, before, normaliser, set_aside, language, len(records))

    before = Before({}, {})
    if ids and not expect_new:
        with store.read() as connection:
            before = read_before(connection, store.dialect, source_id, stream, ids)
    ready = prepared(before)
    with store.write() as connection:
        if ids:
            now = read_before(connection, store.dialect, source_id, stream, ids)
            if now != before:
                # Somebody else saved the same records between our look and our turn, or they are not new after all.
                ready = prepared(now)
        _apply(connection, store.dialect, source_id, stream, ready)
        if cursor is not None and not keep_cursor:
            _move_cursor(connection, store.dialect, source_id, stream.name, cursor)
        if run_id is not None:
            _count(connection, store.dialect, run_id, len(records) + len(set_aside), ready.result)
    return ready.result


def _move_cursor(connection: Connection, dialect: str, source_id: int, stream: str, cursor: str | None) -> None:
    """Put a stream's cursor, in the caller's transaction."""
    sign = place(dialect)
    execute(
        connection,
        f"INSERT INTO stream_states (source_id, stream, cursor) VALUES ({sign}, {sign}, {sign}) "
        "ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor",
        (source_id, stream, cursor),
    )


def _prepare(
    source_id: int,
    stream: Stream,
    page: Latest,
    before: Before,
    normaliser: Normaliser,
    set_aside: Sequence[SetAsideRecord],
    language: str,
    received: int,
) -> _Prepared:
    work = sorted_out(page.records, before)
    normalised = normaliser(work.changed)
    _fall_back(page, before, work, normalised, normaliser)
    compress = compressor(stream.dictionary)
    version = dictionary_version(stream.dictionary)

    raw: list[tuple[Any, ...]] = []
    stored_before: list[str] = []
    still_gone: dict[str, int] = {}
    failed: list[SetAsideRecord] = []
    settled = work.settled
    for record in work.changed:
        reason = normalised.failed.get(record.id) if record is page.records[record.id] else None
        if reason is not None:
            failed.append(not_normalised(record, reason))
            continue
        known = before.known.get(record.id)
        if known is not None and known.held:
            stored_before.append(record.id)
        gone_at = gone_since(record, known)
        if gone_at is not None:
            still_gone[record.id] = gone_at
        if record.id in before.aside and supersedes(record, before.aside[record.id]):
            settled.append(record.id)
        raw.append(
            (
                source_id, stream.name, record.id, compress(record.payload), version, work.digests[record.id],
                record.updated_at, clean(record.stamp), clean(record.locator), record.read_at, gone_at,
            )
        )  # fmt: skip

    aside = [
        aside_row(source_id, stream, entry, language)
        for entry in (*set_aside, *failed)
        if _counts(entry, page.records, before)
    ]
    updated = len(stored_before)
    inserted = len(raw) - updated
    return _Prepared(
        raw=raw,
        touched=[
            (
                record.updated_at,
                clean(record.stamp) or before.known[record.id].stamp,
                clean(record.locator) or before.known[record.id].locator,
                source_id,
                stream.name,
                record.id,
            )
            for record in work.touched
        ],
        rows=normalised.by_form,
        stored_before=stored_before,
        still_gone=still_gone,
        aside=aside,
        settled=[(source_id, stream.name, record_id) for record_id in settled],
        result=PageResult(
            inserted=inserted,
            updated=updated,
            unchanged=received - inserted - updated - len(failed),
            set_aside=len(set_aside) + len(failed),
        ),
    )


def _fall_back(page: Latest, before: Before, work: Work, normalised: Normalised, normaliser: Normaliser) -> None:
    """Of a record that came twice and cannot be understood as it was last read, take the read before.

    So it would be if the two had come in pages of their own; how a walk is cut into pages must not matter.
    """
    for record_id in normalised.failed.keys() & page.earlier.keys():
        known = before.known.get(record_id)
        for record in page.earlier[record_id]:
            digest = digest_of(record.payload)
            if known is not None and (not supersedes(record, known) or known.digest == digest):
                break
            tried = normaliser([record])
            if not tried.failed:
                work.changed.append(record)
                work.digests[record_id] = digest
                normalised.rows.update(tried.rows)
                normalised.group()
                break


def not_normalised(record: Record, reason: Message) -> SetAsideRecord:
    """A record that `normalise` could not understand, to be set aside whole."""
    return SetAsideRecord(
        record.id, "normalise", reason, record.read_at, record.payload, record.stamp, record.locator, record.updated_at
    )


def aside_row(source_id: int, stream: Stream, entry: SetAsideRecord, language: str) -> tuple[Any, ...]:
    """The values of a record set aside, in the order of `ASIDE`."""
    payload = None if entry.payload is None else compressor(stream.dictionary)(entry.payload)
    return (
        source_id, stream.name, clean(entry.id), entry.step, clean(entry.reason.render(language)), payload,
        dictionary_version(stream.dictionary), clean(entry.stamp), clean(entry.locator), entry.updated_at,
        entry.read_at,
    )  # fmt: skip


def _counts(entry: SetAsideRecord, page: Mapping[str, Record], before: Before) -> bool:
    """Whether a record set aside is the latest word on it: not older than what is stored or set aside of it."""
    reading = Reading(entry.read_at, entry.updated_at)
    record_id = clean(entry.id)
    known, aside, now = before.known.get(record_id), before.aside.get(record_id), page.get(record_id)
    return (
        (known is None or supersedes(reading, known))
        and (aside is None or supersedes(reading, aside))
        and (now is None or now.read_at <= entry.read_at)
    )


def _apply(connection: Connection, dialect: str, source_id: int, stream: Stream, ready: _Prepared) -> None:
    upsert(dialect, RawRecord, _RAW).send(connection, ready.raw)
    update(dialect, RawRecord, _TOUCHED, RECORD).send(connection, ready.touched)
    delete(dialect, SetAside, RECORD).send(connection, ready.settled)
    upsert(dialect, SetAside, ASIDE).send(connection, ready.aside)
    write_rows(connection, dialect, source_id, stream, ready.rows, ready.stored_before, ready.still_gone)


def write_rows(
    connection: Connection,
    dialect: str,
    source_id: int,
    stream: Stream,
    rows: Rows,
    stored_before: Collection[str],
    gone: Mapping[str, int],
) -> None:
    """Write the rows of a stream's records, replace those they had before, and mark what changed.

    `stored_before` are the ids of records that may have rows already; `gone` says which are gone, and since when.
    """
    if not (rows or stored_before):
        return
    about = touched(connection, dialect, source_id, stream, stored_before, rows)
    marks = remove_old_rows(connection, dialect, source_id, stream, rows, stored_before)
    for form, values in rows.items():
        form.upsert.send(connection, values)
    for record_id, gone_at in gone.items():
        rows_gone(connection, dialect, source_id, stream, [record_id], gone_at)
    put_marks(connection, dialect, marks)
    put_touched(connection, dialect, source_id, about)


def _count(connection: Connection, dialect: str, run_id: int, received: int, result: PageResult) -> None:
    sign = place(dialect)
    execute(
        connection,
        f"UPDATE runs SET records = records + {sign}, inserted = inserted + {sign}, updated = updated + {sign}, "
        f"unchanged = unchanged + {sign}, set_aside = set_aside + {sign} WHERE id = {sign}",
        (received, result.inserted, result.updated, result.unchanged, result.set_aside, run_id),
    )
