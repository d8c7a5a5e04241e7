"""What every adapter must do, as tests. Subclass `AdapterContract`, name the adapter, and run pytest."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import ClassVar

import msgspec
import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from connector import catalog
from connector.contract import Record, Sweep
from connector.identity import IdentityRules, resolve
from connector.privacy.forgetting import Known, forget
from connector.privacy.holdings import Whose, holdings_of
from connector.rebuild import rebuild
from connector.simulation import Simulator
from connector.simulation.clock import FakeClock
from connector.simulation.faults import TRANSIENT, Faults
from connector.sync.stream import Mode
from connector.testing.erasure import erasable, told_without_names, traces
from connector.testing.world import SOURCE, World, world

DAY_SECONDS = 86_400.0


class AdapterContract:
    """The suite. Each test starts with a small pretend system full of oddities and an empty store."""

    adapter: ClassVar[str]
    requests_when_nothing_new: ClassVar[dict[str, int]] = {}
    """Requests of a stream when nothing changed for longer than its overlap, where it is not one."""

    def simulator(self) -> type[Simulator]:
        """The pretend system; override it for one that `connector demo` is not to start."""
        return catalog.simulators()[self.adapter]

    @pytest.fixture
    def store_url(self, tmp_path: Path) -> str:
        """Where the store is; override it to run the suite on another database."""
        return f"sqlite:///{tmp_path / 'connector.db'}"

    @pytest.fixture
    def clock(self) -> FakeClock:
        """One clock for both ends."""
        return FakeClock()

    @pytest.fixture
    def there(self, store_url: str, clock: FakeClock) -> Iterator[World]:
        """The pretend system, the adapter and the store."""
        small = self.simulator().small(clock=clock, seed=7)
        with world(self.adapter, small, store_url, clock) as made:
            yield made

    # --- the first sync ----------------------------------------------------------------------------------------------

    def test_check_names_the_system_and_every_stream(self, there: World) -> None:
        adapter, transport = there.build()
        info = adapter.check()
        transport.close()
        assert info.product
        assert {access.stream for access in info.streams} == {stream.name for stream in adapter.streams}
        assert all(access.readable for access in info.streams), info.streams

    def test_the_first_sync_brings_everything(self, there: World) -> None:
        results = there.sync()
        assert {result.status for result in results.values()} == {"ok"}, results
        assert any(there.simulator.truth().values()), "a system with nothing in it shows nothing"
        there.assert_equal()

    def test_rows_follow_from_the_stored_payload_alone(self, there: World) -> None:
        adapter, transport = there.build()
        transport.close()
        for stream in adapter.streams:
            for record_id, payload in there.simulator.truth().get(stream.name, {}).items():
                record = adapter.admit(stream, Record(record_id, payload, 0))
                again = adapter.admit(stream, Record(record_id, payload, 0))
                assert record.payload == again.payload
                bare = msgspec.structs.replace(record, content=None)
                made = list(adapter.normalise(stream, record))
                assert made == list(adapter.normalise(stream, bare))
                tables = {feed.table for feed in stream.feeds}
                assert {table for table, _ in made} <= tables

    # --- again -------------------------------------------------------------------------------------------------------

    def test_syncing_twice_changes_nothing_and_costs_little(self, there: World, clock: FakeClock) -> None:
        there.sync()
        clock.sleep(DAY_SECONDS)
        there.sync()
        before = there.everything()
        clock.sleep(DAY_SECONDS)
        results = there.sync()
        assert there.everything() == before
        for stream, result in results.items():
            assert result.requests <= self.requests_when_nothing_new.get(str(stream), 1), stream
            assert (result.inserted, result.updated, result.gone) == (0, 0, 0)

    def test_a_full_sync_and_a_sweep_change_nothing_either(self, there: World) -> None:
        there.sync()
        before = there.everything()
        modes: tuple[Mode, ...] = ("sweep", "full")
        for mode in modes:
            results = there.sync(mode)
            assert {result.status for result in results.values()} == {"ok"}
            assert there.everything() == before

    # --- changes -----------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("seed", range(5))
    def test_changes_between_syncs_arrive(self, there: World, clock: FakeClock, seed: int) -> None:
        random = Random(seed)
        there.sync()
        for _ in range(6):
            for _ in range(random.randrange(1, 6)):
                clock.sleep(random.choice((1, 60, 3600)))
                there.simulator.change(random)
            there.sync()
        there.settle()
        there.assert_equal()

    @pytest.mark.parametrize("page_size", [2, 3, 7, 100])
    def test_page_size_does_not_matter(self, there: World, page_size: int) -> None:
        there.sync(page_size=page_size)
        there.assert_equal()

    @pytest.mark.parametrize("in_flight", [1, 4])
    def test_requests_in_flight_do_not_matter(self, there: World, in_flight: int) -> None:
        there.sync(page_size=3, in_flight=in_flight)
        there.assert_equal()

    @pytest.mark.parametrize("stop_after", [1, 2, 3, 5, 8, 13, 21])
    def test_stopped_after_any_page_and_resumed(self, there: World, stop_after: int) -> None:
        there.stop_after(stop_after, page_size=3)
        there.sync(page_size=3)
        there.assert_equal()

    # --- what vanishes -----------------------------------------------------------------------------------------------

    def test_a_source_that_suddenly_lists_nothing_stops_and_asks(self, there: World, clock: FakeClock) -> None:
        there.sync()
        before = there.stored()
        empty = World(self.adapter, self.simulator().empty(clock=clock), there.store, clock)
        results = empty.sync("sweep")
        empty.close()
        if any(stream.sweep is not Sweep.NONE for stream in catalog.adapter(self.adapter).streams):
            assert any(result.error and result.error.class_ == "LossSuspected" for result in results.values())
        assert there.stored() == before

    # --- faults ------------------------------------------------------------------------------------------------------

    def test_passing_faults_leave_no_trace(self, there: World) -> None:
        there.server.faults = Faults(Random(3), rate=0.2, kinds=TRANSIENT)
        results = there.sync(page_size=5)
        there.server.faults = None
        assert {result.status for result in results.values()} == {"ok"}, results
        there.assert_equal()

    # --- rebuild -----------------------------------------------------------------------------------------------------

    def test_rebuild_gives_the_same_rows(self, there: World, clock: FakeClock) -> None:
        random = Random(11)
        there.sync()
        for _ in range(10):
            there.simulator.change(random)
        there.settle()
        before = there.everything()
        adapter, transport = there.build()
        transport.close()
        rebuild(there.store, SOURCE, adapter)
        assert there.everything() == before

    # --- erasure -----------------------------------------------------------------------------------------------------

    def test_erased_persons_are_nameless_for_good_and_nothing_else_changes(self, there: World) -> None:
        there.sync()
        rules = IdentityRules()
        resolve(there.store, rules=rules, clock=there.clock)
        persons = erasable(there)
        if not persons:
            pytest.skip("no stream says who somebody is")
        before = told_without_names(there)
        adapter, transport = there.build()
        transport.close()
        with there.store.read() as connection:
            held = [holdings_of(connection, Whose((person_id,))) for person_id in persons]
        known = {SOURCE: Known(adapter.streams, adapter.normalise)}
        forget(there.store, Whose(tuple(persons)), known, rules=rules, clock=there.clock)
        modes: tuple[Mode, ...] = ("sweep", "full")
        for mode in modes:
            there.sync(mode)
            resolve(there.store, rules=rules, clock=there.clock)
            for one in held:
                found = traces(there, one)
                assert not found, found[:5]
            assert told_without_names(there) == before
        rebuild(there.store, SOURCE, adapter)
        assert told_without_names(there) == before

    # --- silence -----------------------------------------------------------------------------------------------------

    def test_no_secret_is_logged_or_stored(self, there: World, caplog: pytest.LogCaptureFixture) -> None:
        settings = there.simulator.source_settings(there.server.address)
        parsed = catalog.adapter(self.adapter).Settings.model_validate(settings)
        with caplog.at_level(logging.DEBUG):
            there.sync()
            there.server.faults = Faults(Random(5), rate=0.5, kinds=TRANSIENT)
            there.sync("full")
        texts = caplog.text + repr(there.everything()) + _runs(there)
        for secret in parsed.secrets:
            assert secret not in texts

    def test_a_stream_with_stamps_can_list_and_read_them(self) -> None:
        kind = catalog.adapter(self.adapter)
        for stream in kind.streams:
            if stream.sweep is Sweep.STAMPS:
                assert hasattr(kind, "stamps")
            if stream.sweep is not Sweep.NONE:
                assert hasattr(kind, "read")


def _runs(there: World) -> str:
    with there.store.read() as connection:
        return repr([tuple(row) for row in connection.execute(sa.select(SQLModel.metadata.tables["runs"]))])
