"""What is stored of a page's records already, and so what is to be done with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from connector.contract import Record, Stream
from connector.store.raw import decompress
from connector.store.rows import clean
from connector.store.statements import among, among_value, place


class Known(NamedTuple):
    """A stored record without its payload."""

    digest: bytes
    read_at: int
    updated_at: int | None
    gone_at: int | None
    stamp: str | None
    locator: str | None
    held: bool  # False for an id that was asked for and never was there


class Reading(NamedTuple):
    """When something was read: by our clock, and by the source's stamp."""

    read_at: int
    updated_at: int | None


class Aside(NamedTuple):
    """A record that is set aside."""

    read_at: int
    updated_at: int | None
    digest: bytes | None  # of what was kept of it


@dataclass(frozen=True, slots=True)
class Before:
    """What is stored of the records with the ids of a page, before it is saved."""

    known: Mapping[str, Known]
    aside: Mapping[str, Aside]


@dataclass(slots=True)
class Work:
    """A page, sorted by what is to be done."""

    changed: list[Record] = field(default_factory=list)  # content to be normalised and stored
    digests: dict[str, bytes] = field(default_factory=dict)  # of the changed ones
    touched: list[Record] = field(default_factory=list)  # the same content, another stamp or locator
    settled: list[str] = field(default_factory=list)  # the same content, though set aside meanwhile


def digest_of(payload: bytes) -> bytes:
    """BLAKE2b-128 of an admitted payload."""
    return blake2b(payload, digest_size=16).digest()


def supersedes(new: Record | Reading, old: Known | Reading | Aside | Record) -> bool:
    """Whether what was read as `new` counts over what was read as `old`.

    The order of our requests decides; the source's stamp only where both began in the same instant, and where it says
    nothing, the one that comes later to be saved. So a shop whose clock was wrong heals with the next read.
    """
    if new.read_at != old.read_at:
        return new.read_at > old.read_at
    return new.updated_at is None or old.updated_at is None or new.updated_at >= old.updated_at


@dataclass(frozen=True, slots=True)
class Latest:
    """The records of a page by id, and of those that came more than once also the earlier reads, newest first."""

    records: Mapping[str, Record]
    earlier: Mapping[str, Sequence[Record]]


def newest_of(records: Iterable[Record]) -> Latest:
    """The records of a page by id; of those that came more than once, the one that counts."""
    page: dict[str, Record] = {}
    earlier: dict[str, list[Record]] = {}
    for record in records:
        if not record.id.isascii() or "\0" in record.id:
            record = msgspec.structs.replace(record, id=clean(record.id))
        held = page.get(record.id)
        if held is None:
            page[record.id] = record
            continue
        counts = supersedes(record, held)
        others = earlier.setdefault(record.id, [])
        others.append(held if counts else record)
        others.sort(key=lambda other: other.read_at, reverse=True)
        if counts:
            page[record.id] = record
    return Latest(page, earlier)


def read_before(connection: Connection, dialect: str, source_id: int, stream: Stream, ids: Sequence[str]) -> Before:
    """What is stored of the records with these ids."""
    where = f"WHERE source_id = {place(dialect)} AND stream = {place(dialect)} AND record_id {among(dialect)}"
    values = (source_id, stream.name, among_value(dialect, ids))
    cursor = connection.connection.cursor()
    try:
        cursor.execute(
            "SELECT record_id, digest, read_at, updated_at, gone_at, stamp, locator, payload IS NOT NULL "
            f"FROM raw_records {where}",
            values,
        )
        known = {row[0]: Known(*row[1:]) for row in cursor.fetchall()}
        cursor.execute(f"SELECT record_id, read_at, updated_at, payload, dictionary FROM set_aside {where}", values)
        aside = {
            row[0]: Aside(row[1], row[2], row[3] and digest_of(decompress(row[3], stream.dictionary, row[4])))
            for row in cursor.fetchall()
        }
    finally:
        cursor.close()
    return Before(known, aside)


def sorted_out(page: Mapping[str, Record], before: Before) -> Work:
    """What is to be done with each record of a page; what is older than its stored content is dropped."""
    work = Work()
    for record_id, record in page.items():
        known = before.known.get(record_id)
        if known is not None and not supersedes(record, known):
            continue
        digest = digest_of(record.payload)
        if known is None or known.digest != digest or (known.gone_at is not None and not _still_gone(record, known)):
            work.changed.append(record)
            work.digests[record_id] = digest
            continue
        if (
            record.stamp not in (None, known.stamp)
            or record.locator not in (None, known.locator)
            or record.updated_at not in (None, known.updated_at)
        ):
            work.touched.append(record)
        aside = before.aside.get(record_id)
        # A stored record that a rebuild could not normalise any more is set aside with this very content.
        if aside is not None and aside.digest != digest and supersedes(record, aside):
            work.settled.append(record_id)
    return work


def gone_since(record: Record, known: Known | None) -> int | None:
    """Since when a record is gone that was read now: a read that began before it was found gone revives nothing."""
    if known is None or known.gone_at is None or not _still_gone(record, known):
        return None
    return known.gone_at


def _still_gone(record: Record, known: Known) -> bool:
    return known.gone_at is not None and record.read_at < known.gone_at
