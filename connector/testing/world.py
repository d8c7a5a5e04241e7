"""A pretend system, the real adapter and a store, put together; and what must be equal between the two ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from connector import catalog
from connector.contract import Adapter, Cursor, Page, Record, Stream
from connector.instants import DAY
from connector.settings import Surroundings
from connector.simulation import Simulator
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer
from connector.store import Store, open_store, state
from connector.store.tables import table_of
from connector.sync import RunResult, sync_source
from connector.sync.stream import Mode
from connector.transport import Transport

OURS = frozenset({"source_id", "person_id", "order_source_id", "order_reason", "gone_at"})
"""Columns that the program fills itself."""

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
SOURCE = "pretend"


class StoppedShort(BaseException):
    """Ends a sync as abruptly as a process that dies, at a known place."""


class World:
    """One source end to end. Time passes only through `clock`. `surroundings` are what the program tells the source."""

    def __init__(
        self,
        adapter: str,
        simulator: Simulator,
        store: Store,
        clock: FakeClock,
        **settings: Any,
    ) -> None:
        self.adapter_name = adapter
        self.simulator = simulator
        self.store = store
        self.clock = clock
        self.settings = settings
        self.surroundings = Surroundings()
        self.server = LoopbackServer(simulator, keep_requests=False)
        self.server.start()

    def close(self) -> None:
        """Stop the pretend server."""
        self.server.stop()

    # --- the near end ------------------------------------------------------------------------------------------------

    def build(self, **settings: Any) -> tuple[Adapter, Transport]:
        """The real adapter, reading the pretend server."""
        given = {**self.simulator.source_settings(self.server.address), **self.settings, **settings}
        parsed = catalog.adapter(self.adapter_name).Settings.model_validate(given).within(self.surroundings)
        return catalog.build(self.adapter_name, parsed, clock=self.clock, random=Random(1))

    def sync(
        self,
        mode: Mode = "changes",
        *,
        streams: Sequence[str] | None = None,
        accept_loss: bool = False,
        **settings: Any,
    ) -> dict[str | None, RunResult]:
        """One sync; its runs by stream."""
        adapter, transport = self.build(**settings)
        try:
            results = sync_source(
                self.store,
                SOURCE,
                adapter,
                self.adapter_name,
                self.server.address,
                transport,
                clock=self.clock,
                mode=mode,
                streams=streams,
                accept_loss=accept_loss,
            )
        finally:
            transport.close()
        return {result.stream: result for result in results}

    def stop_after(self, pages: int, **settings: Any) -> None:
        """A sync that ends abruptly when the adapter is asked for one page more than `pages`."""
        adapter, transport = self.build(**settings)
        left = pages
        pull = adapter.pull

        def pull_until_stopped(stream: Stream, since: Cursor | None) -> Iterator[Page]:
            nonlocal left
            for page in pull(stream, since):
                left -= 1
                if left < 0:
                    raise StoppedShort
                yield page

        adapter.pull = pull_until_stopped  # type: ignore[method-assign]
        try:
            sync_source(
                self.store, SOURCE, adapter, self.adapter_name, self.server.address, transport, clock=self.clock
            )
        except StoppedShort:
            pass
        finally:
            transport.close()

    def settle(self, *, accept_loss: bool = False, **settings: Any) -> None:
        """Let a day pass and sync quietly, sweep included: after this the two ends must be equal."""
        self.clock.sleep(DAY / 1_000_000)
        results = self.sync("sweep", accept_loss=accept_loss, **settings)
        assert all(result.status == "ok" for result in results.values()), results

    # --- what must be equal ------------------------------------------------------------------------------------------

    def expected(self) -> Rows:
        """The rows that the far end, as it is now, should have become.

        Of what is in no list only that which the store has met can be expected.
        """
        adapter, transport = self.build()
        try:
            rows: Rows = {}
            truth, unlisted = self.simulator.truth(), self.simulator.unlisted()
            for stream in adapter.streams:
                unknown = set(unlisted.get(stream.name, ())) - self._held(stream)
                for record_id, payload in truth.get(stream.name, {}).items():
                    if record_id in unknown:
                        continue
                    record = adapter.admit(stream, Record(record_id, payload, 0))
                    for table, row in adapter.normalise(stream, record):
                        _put(rows, table, row)
            return rows
        finally:
            transport.close()

    def stored(self) -> Rows:
        """The rows of the source that the store holds, without what is gone."""
        rows: Rows = {}
        adapter, transport = self.build()
        transport.close()
        source_id = self._source_id()
        with self.store.read() as connection:
            for stream in adapter.streams:
                gone = _gone(connection, source_id, stream)
                for feed in stream.feeds:
                    table = table_of(feed.table)
                    for row in connection.execute(sa.select(table).where(table.c.source_id == source_id)).mappings():
                        if row[feed.owner] not in gone:
                            _put(rows, feed.table, dict(row))
        return rows

    def everything(self) -> dict[str, list[Any]]:
        """Every row and stored record, to show that nothing changed; without runs and states."""
        with self.store.read() as connection:
            return {
                name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                for name, table in SQLModel.metadata.tables.items()
                if name not in ("runs", "stream_states", "sources")
            }

    def assert_equal(self) -> None:
        """Fail, naming the first differences, unless the store holds what the source has."""
        expected, stored, unsure = self.expected(), self.stored(), self._unstamped()
        problems: list[str] = []
        for table in sorted(expected.keys() | stored.keys()):
            there, here = expected.get(table, {}), stored.get(table, {})
            problems += [f"{table} {key} is missing" for key in sorted(there.keys() - here.keys(), key=repr)[:5]]
            problems += [f"{table} {key} should be gone" for key in sorted(here.keys() - there.keys(), key=repr)[:5]]
            for key in sorted(there.keys() & here.keys(), key=repr):
                if there[key] != here[key] and (table, key[0]) not in unsure:
                    differing = {name: (there[key].get(name), here[key].get(name)) for name in here[key]}
                    odd = {name: pair for name, pair in differing.items() if pair[0] != pair[1]}
                    problems.append(f"{table} {key} differs (there, here): {odd}")
        assert not problems, "\n".join(problems[:12])

    def _unstamped(self) -> set[tuple[str, str]]:
        """Table and record id of rows that may rightly be older than what the source would say now."""
        kind = catalog.adapter(self.adapter_name)
        changed = self.simulator.unstamped()
        return {
            (str(feed.table.__tablename__), record_id)
            for stream in kind.streams
            for feed in stream.feeds
            for record_id in changed.get(stream.name, ())
        }

    def _held(self, stream: Stream) -> set[str]:
        raw = SQLModel.metadata.tables["raw_records"]
        query = sa.select(raw.c.record_id).where(raw.c.source_id == self._source_id(), raw.c.stream == stream.name)
        with self.store.read() as connection:
            return set(connection.execute(query).scalars())

    def _source_id(self) -> int:
        return state.ensure_source(self.store, SOURCE, adapter=self.adapter_name, url=self.server.address)


@contextmanager
def world(adapter: str, simulator: Simulator, store_url: str, clock: FakeClock, **settings: Any) -> Iterator[World]:
    """A world that is closed at the end, its store too."""
    store = open_store(store_url, clock=clock)
    made = World(adapter, simulator, store, clock, **settings)
    try:
        yield made
    finally:
        made.close()
        store.close()


def _put(rows: Rows, table: type[SQLModel], row: Mapping[str, Any]) -> None:
    columns = table_of(table).columns
    key = tuple(row[column.name] for column in columns if column.primary_key and column.name != "source_id")
    content = {column.name: _default(column, row) for column in columns if column.name not in OURS}
    rows.setdefault(str(table_of(table).name), {})[key] = content


def _default(column: sa.Column[Any], row: Mapping[str, Any]) -> Any:
    if column.name in row:
        return row[column.name]
    return column.default.arg if column.default is not None else None  # type: ignore[attr-defined]


def _gone(connection: sa.Connection, source_id: int, stream: Stream) -> set[str]:
    raw = SQLModel.metadata.tables["raw_records"]
    query = sa.select(raw.c.record_id).where(
        raw.c.source_id == source_id, raw.c.stream == stream.name, raw.c.gone_at.is_not(None)
    )
    return set(connection.execute(query).scalars())
