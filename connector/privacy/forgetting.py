"""Erases persons: rows, stored records, records set aside, texts of errors, and what copies and free pages hold.

What is left of each is one nameless person with all orders and conversations joined, so that no figure moves: names,
phone numbers and texts are emptied, every address becomes one that cannot exist. Each step may be killed and called
again; the list of what must not come back is written first, so that no sync undoes what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, select, update
from sqlmodel import SQLModel

from connector.clock import Clock
from connector.contract import Record, Row, Stream
from connector.emails import email_key
from connector.identity import IdentityRules, resolve
from connector.identity.phones import keep_together
from connector.model import PERSONAL, Message, RawRecord, Refund, Run, SetAside, StreamState
from connector.privacy.erased import EMAIL, Erased, add, read
from connector.privacy.holdings import Holdings, Whose, holdings_of, records_of
from connector.privacy.remnants import Remnants, clear_away
from connector.privacy.scrubbing import scrubbed
from connector.store import Store
from connector.store.known import digest_of
from connector.store.locks import source_lock
from connector.store.marks import put_marks
from connector.store.raw import compressor, decompress, dictionary_version
from connector.store.state import list_sources
from connector.store.tables import table_of
from connector.store.write import save_page

Normalise = Callable[[Stream, Record], Iterable[Row]]


@dataclass(frozen=True)
class Known:
    """How the records of a source are understood; `normalise` is None for a source that is configured no more."""

    streams: Sequence[Stream]
    normalise: Normalise | None = None


@dataclass(frozen=True)
class Forgotten:
    """What an erasure did: how many stored records changed, and what was cleared away."""

    records: int
    remnants: Remnants


def forget(
    store: Store,
    whose: Whose,
    sources: Mapping[str, Known],
    *,
    rules: IdentityRules,
    clock: Clock,
) -> Forgotten:
    """Erase somebody for good. `sources` says how each source's records are understood.

    No source is synced meanwhile. Raises `SourceBusy` where one is being synced just now, `StoreError`.
    """
    with at_rest(store):
        return forget_each(store, [whose], sources, rules=rules, clock=clock)


@contextmanager
def at_rest(store: Store) -> Iterator[None]:
    """No source is synced meanwhile. Raises `SourceBusy` where one is being synced just now."""
    with ExitStack() as locks:
        for source in list_sources(store):
            locks.enter_context(source_lock(store, source.name))
        yield


def forget_each(
    store: Store, those: Iterable[Whose], sources: Mapping[str, Known], *, rules: IdentityRules, clock: Clock
) -> Forgotten:
    """Erase some after others for good, in a store `at_rest`; what held them is cleared away once, at the end."""
    records = sum(_scrub(store, whose, sources, clock.now(), phones=rules.phone) for whose in those)
    resolve(store, rules=rules, clock=clock)
    return Forgotten(records, clear_away(store))


def _scrub(store: Store, whose: Whose, sources: Mapping[str, Known], now: int, *, phones: bool) -> int:
    """Everything that is theirs; how many stored records changed."""
    with store.read() as connection:
        held = holdings_of(connection, whose)
    with store.write() as connection:
        erased = add(connection, held.things, at=now)
        if phones:
            keep_together(connection, whose.persons, erased.address)
    changed = 0
    for source in list_sources(store):
        known = sources.get(source.name, Known(()))
        for stream in known.streams:
            changed += _records(store, source.id, stream, known.normalise, held, erased)
        with store.write() as connection:
            if known.normalise is None:
                _blank_rows(connection, source.id, whose, erased)
            if not known.streams:
                _empty_records(connection, source.id)
            _set_aside(connection, source.id, known.streams, held, erased)
    with store.write() as connection:
        _errors(connection, held)
    return changed


def _records(
    store: Store, source_id: int, stream: Stream, normalise: Normalise | None, held: Holdings, erased: Erased
) -> int:
    """Scrub the stored records of a stream; how many."""
    if not (stream.personal.emails or stream.personal.texts):
        return 0
    count = 0
    for chunk in records_of(store, source_id, stream, held):
        if held.whose.nobody_before is None:
            clean = [scrubbed(record, stream.personal, erased.address) for record in chunk]
        else:
            clean = [erased.without_names(record, stream) for record in chunk]
        changed = [new for new, old in zip(clean, chunk, strict=True) if new is not old]
        if changed and normalise is not None:
            save_page(store, source_id, stream, changed, cursor=None, normalise=normalise, keep_cursor=True)
        elif changed:
            with store.write() as connection:
                _replace(connection, source_id, stream, changed)
        count += len(changed)
    return count


def _replace(connection: Connection, source_id: int, stream: Stream, records: Sequence[Record]) -> None:
    """New payloads for stored records whose rows nobody can make anew."""
    raw, compress = table_of(RawRecord), compressor(stream.dictionary)
    for record in records:
        connection.execute(
            update(raw)
            .where(raw.c.source_id == source_id, raw.c.stream == stream.name, raw.c.record_id == record.id)
            .values(
                payload=compress(record.payload),
                dictionary=dictionary_version(stream.dictionary),
                digest=digest_of(record.payload),
            )
        )


def _empty_records(connection: Connection, source_id: int) -> None:
    """Of a source whose adapter is not installed nobody can read the records, so nobody can say whom they name.

    All of them are emptied; the rows stay. Should the adapter come back, `sync --full` reads them again.
    """
    raw = table_of(RawRecord)
    empty = b"{}"
    connection.execute(
        update(raw)
        .where(raw.c.source_id == source_id, raw.c.payload.is_not(None))
        .values(payload=compressor(None)(empty), dictionary=0, digest=digest_of(empty))
    )


def _blank_rows(connection: Connection, source_id: int, whose: Whose, erased: Erased) -> None:
    """The rows of a source that is configured no more, without their records' help."""
    empty = ("name", "phone", "subject", "comment", "body", "reason")
    models: tuple[type[SQLModel], ...] = (Message, Refund, *PERSONAL)
    for model in models:  # the person's rows last: the others are found by them
        table = table_of(model)
        mine = and_(table.c.source_id == source_id, whose.rows(table))
        if "email_key" in table.c and whose.nobody_before is None:
            keys = select(table.c.email_key).where(mine, table.c.email_key.is_not(None)).distinct()
            for key in connection.execute(keys).scalars().all():
                address = erased.address(key)
                put_marks(connection, connection.dialect.name, {(EMAIL, 0, key), (EMAIL, 0, address)})
                replaced = {table.c.email: address, table.c.email_key: address}
                connection.execute(update(table).where(mine, table.c.email_key == key).values(replaced))
        values: dict[Any, Any] = {table.c[name]: None for name in empty if name in table.c}
        if values:
            connection.execute(update(table).where(mine).values(values))


def _set_aside(
    connection: Connection, source_id: int, streams: Sequence[Stream], held: Holdings, erased: Erased
) -> None:
    """Records that could not be read and name one of the person's addresses."""
    aside = table_of(SetAside)
    by_name = {stream.name: stream for stream in streams}
    query = select(aside).where(aside.c.source_id == source_id, aside.c.payload.is_not(None))
    for row in connection.execute(query).all():
        stream = by_name.get(row.stream)
        payload = b"{}"
        if stream is not None:
            record = Record(row.record_id, decompress(row.payload, stream.dictionary, row.dictionary), row.read_at)
            if not _names(record, held):
                continue
            try:
                payload = scrubbed(record, stream.personal, erased.address).payload
            except ValueError:
                payload = b"{}"
        connection.execute(
            update(aside)
            .where(aside.c.source_id == source_id, aside.c.stream == row.stream, aside.c.record_id == row.record_id)
            .values(
                payload=compressor(stream.dictionary if stream else None)(payload),
                dictionary=dictionary_version(stream.dictionary if stream else None),
            )
        )


def _names(record: Record, held: Holdings) -> bool:
    """Whether a record that nobody understands has one of the person's addresses somewhere in it."""
    text = record.payload.decode("utf-8", "replace").lower()
    return any(key in text for key in held.email_keys)


def _errors(connection: Connection, held: Holdings) -> None:
    """What errors said. They should name nobody; a foreign system's own words may."""
    texts = sorted(held.texts, key=len, reverse=True)
    said: dict[type[SQLModel], tuple[str, ...]] = {
        Run: ("error_message", "error_advice"),
        StreamState: ("error_message", "error_advice"),
        SetAside: ("reason",),
    }
    for model, columns in said.items():
        table = table_of(model)
        for name in columns:
            column = table.c[name]
            for text in texts:
                if len(text) >= 4:
                    connection.execute(
                        update(table)
                        .where(column.contains(text, autoescape=True))
                        .values({column: func.replace(column, text, "…")})
                    )


def stand_in(store: Store, email: str) -> str | None:
    """The address that stands for one that was erased earlier; None where it never was."""
    erased = read(store)
    key = email_key(email)
    return erased.address(key) if key is not None and (EMAIL, 0, key) in erased else None
