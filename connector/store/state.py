"""Sources, and where each of their streams stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from connector.contract import SourceInfo
from connector.model import RawRecord, SetAside, Source, StreamState
from connector.store.database import Store
from connector.store.runs import Trouble
from connector.store.tables import table_of

_sources = table_of(Source)
_states = table_of(StreamState)
_raw = table_of(RawRecord)
_aside = table_of(SetAside)


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as the store knows it."""

    id: int
    name: str
    adapter: str
    url: str
    timezone: str | None  # IANA name, as the source said it
    currency: str | None
    version: str | None
    created_at: int  # microseconds UTC


@dataclass(frozen=True, slots=True)
class StreamStanding:
    """Where a stream stands. Instants in microseconds UTC."""

    source_id: int
    stream: str
    cursor: str | None = None
    last_success_at: int | None = None
    last_attempt_at: int | None = None
    last_sweep_at: int | None = None
    failing_since: int | None = None
    trouble: Trouble | None = None
    rows: int = 0  # stored records that are not gone
    set_aside: int = 0


def ensure_source(store: Store, name: str, *, adapter: str, url: str) -> int:
    """The number of the source called `name`; a new one if there is none. Its adapter and address are kept current."""
    found = find_source(store, name)
    if found is not None and (found.adapter, found.url) == (adapter, url):
        return found.id
    with store.write() as connection:
        number = connection.scalar(select(_sources.c.id).where(_sources.c.name == name))
        if number is not None:
            connection.execute(update(_sources).where(_sources.c.id == number).values(adapter=adapter, url=url))
            return int(number)
        made = connection.execute(
            insert(_sources).values(name=name, adapter=adapter, url=url, created_at=store.clock.now())
        )
        assert made.inserted_primary_key is not None
        return int(made.inserted_primary_key[0])


def find_source(store: Store, name: str) -> StoredSource | None:
    """The source called `name`, if it was ever synced."""
    return next(iter(_read_sources(store, select(_sources).where(_sources.c.name == name))), None)


def list_sources(store: Store) -> list[StoredSource]:
    """All sources that were ever synced, in the order they came."""
    return _read_sources(store, select(_sources).order_by(_sources.c.id))


def describe_source(store: Store, source_id: int, info: SourceInfo) -> None:
    """Keep what a source said of itself: time zone, main currency, version. What it did not say stays."""
    said = {"timezone": info.timezone, "currency": info.currency, "version": info.version}
    known = {key: value for key, value in said.items() if value is not None}
    with store.read() as connection:
        row = connection.execute(select(_sources).where(_sources.c.id == source_id)).one()
    if any(getattr(row, key) != value for key, value in known.items()):
        with store.write() as connection:
            connection.execute(update(_sources).where(_sources.c.id == source_id).values(**known))


def stream_standing(store: Store, source_id: int, stream: str) -> StreamStanding:
    """Where a stream stands, without counting its records; all empty for one that was never synced."""
    with store.read() as connection:
        row = connection.execute(
            select(_states).where(_states.c.source_id == source_id, _states.c.stream == stream)
        ).one_or_none()
    return _standing(row) if row is not None else StreamStanding(source_id, stream)


def all_standings(store: Store) -> list[StreamStanding]:
    """Every stream of every source, with how many records are stored and set aside; for `status`."""
    with store.read() as connection:
        states = connection.execute(select(_states).where(_states.c.source_id > 0)).all()
        # All less those gone, as each is counted on an index: neither walks over the payloads.
        everything = select(_raw.c.source_id, _raw.c.stream, func.count()).group_by(_raw.c.source_id, _raw.c.stream)
        held = _counts(connection, everything)
        for key, gone in _counts(connection, everything.where(_raw.c.gone_at.is_not(None))).items():
            held[key] -= gone
        aside = _counts(
            connection,
            select(_aside.c.source_id, _aside.c.stream, func.count()).group_by(_aside.c.source_id, _aside.c.stream),
        )
    known = {(row.source_id, row.stream): row for row in states}
    return [
        _standing(known.get(key), key, rows=held.get(key, 0), set_aside=aside.get(key, 0))
        for key in sorted({*known, *held, *aside})
    ]


def record_success(store: Store, source_id: int, stream: str, *, at: int, swept: bool = False) -> int | None:
    """Write down that a run of a stream that began at `at` brought all there was.

    Gives since when the stream had been failing, None if all was well: so that "recovered" is said once.
    """
    values = {
        "last_success_at": at, "last_attempt_at": at, "failing_since": None, "error_class": None,
        "error_message": None, "error_advice": None,
    }  # fmt: skip
    if swept:
        values["last_sweep_at"] = at
    return _put(store, source_id, stream, values)


def record_failure(store: Store, source_id: int, stream: str, *, at: int, trouble: Trouble) -> int | None:
    """Write down that a run of a stream that began at `at` failed.

    Gives since when the stream had been failing before, None if this is the first time: so that "lost" is said once.
    """
    before = stream_standing(store, source_id, stream).failing_since
    values = {
        "last_attempt_at": at,
        "failing_since": at if before is None else before,
        "error_class": trouble.error_class,
        "error_message": trouble.message,
        "error_advice": trouble.advice,
    }
    return _put(store, source_id, stream, values)


def _put(store: Store, source_id: int, stream: str, values: dict[str, Any]) -> int | None:
    this = (_states.c.source_id == source_id, _states.c.stream == stream)
    with store.write() as connection:
        row = connection.execute(select(_states.c.failing_since).where(*this)).one_or_none()
        if row is None:
            connection.execute(insert(_states).values(source_id=source_id, stream=stream, **values))
            return None
        connection.execute(update(_states).where(*this).values(**values))
        return None if row.failing_since is None else int(row.failing_since)


def _read_sources(store: Store, query: Select[Any]) -> list[StoredSource]:
    with store.read() as connection:
        return [StoredSource(**row._mapping) for row in connection.execute(query)]


def _counts(connection: Connection, query: Select[Any]) -> dict[tuple[int, str], int]:
    return {(row[0], row[1]): row[2] for row in connection.execute(query)}


def _standing(
    row: Row[Any] | None, key: tuple[int, str] | None = None, *, rows: int = 0, set_aside: int = 0
) -> StreamStanding:
    if row is None:
        assert key is not None
        return StreamStanding(*key, rows=rows, set_aside=set_aside)
    trouble = Trouble(row.error_class, row.error_message, row.error_advice) if row.error_class else None
    return StreamStanding(
        row.source_id, row.stream, row.cursor, row.last_success_at, row.last_attempt_at, row.last_sweep_at,
        row.failing_since, trouble, rows, set_aside,
    )  # fmt: skip
