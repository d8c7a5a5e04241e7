"""All sources together: which are kept, when they begin, and what a machine that was off at night makes up for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from connector.config.jobs import source_job
from connector.config.load import load
from connector.config.model import Config
from connector.daemon.service import OVERDUE, erase_by_age, serve
from connector.errors import UsageError
from connector.instants import DAY, HOUR, SECOND
from connector.simulation.clock import FakeClock
from connector.store import Store, state
from connector.store.locks import source_lock
from connector.store.runs import KEPT
from connector.sync import sync_sources
from tests.daemon.conftest import Book

Lines = Callable[[], list[str]]


def served(config: Config, store: Store, clock: FakeClock, until: Callable[[], bool]) -> None:
    """Serve until something is so, and stop."""
    told = threading.Event()
    work = threading.Thread(target=serve, args=(config, store), kwargs={"clock": clock, "told": told})
    work.start()
    end = time.monotonic() + 20
    try:
        while not until() and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        told.set()
        work.join(20)
    assert not work.is_alive()
    assert until()


def with_keys(config: Config, **keys: object) -> Config:
    return replace(config, sources={"shop": config.sources["shop"].model_copy(update=keys)})


def test_sources_with_an_interval_are_read_at_once(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines
) -> None:
    served(config, file_store, clock, lambda: sum(one.rows for one in state.all_standings(file_store)) == 1)
    said = lines()
    assert said[0] == "Ab jetzt auf dem neuesten Stand gehalten: shop."
    assert said[-1] == "Angehalten; alles bisher Gelesene ist gespeichert."


@pytest.mark.parametrize("keys", [{"schedule": "0"}, {"enabled": False}])
def test_where_nothing_is_to_be_kept_it_says_so(
    config: Config, file_store: Store, clock: FakeClock, keys: dict[str, object]
) -> None:
    with pytest.raises(UsageError, match="No source in"):
        serve(with_keys(config, **keys), file_store, clock=clock, told=threading.Event())


def test_a_comparison_that_is_overdue_is_made_up_for_at_the_start(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines
) -> None:
    def swept() -> bool:
        return all(one.last_sweep_at == clock.now() for one in state.all_standings(file_store))

    def read() -> bool:
        return all(one.last_success_at == clock.now() for one in state.all_standings(file_store))

    served(config, file_store, clock, lambda: bool(state.all_standings(file_store)) and read())
    clock.set(clock.now() + HOUR)
    served(config, file_store, clock, read)
    assert not swept()
    clock.set(clock.now() + OVERDUE)
    served(config, file_store, clock, swept)


def test_what_failed_before_the_start_is_mentioned(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines, tmp_path: Path
) -> None:
    sync_sources(file_store, [source_job(config, "shop", clock=clock, stop=lambda: False)], clock=clock)
    book(answer="down")
    sync_sources(file_store, [source_job(config, "shop", clock=clock, stop=lambda: False)], clock=clock)
    clock.set(clock.now() + 3 * HOUR)
    served(load(tmp_path / "config.yaml", {}), file_store, clock, lambda: True)
    assert "shop/entries misslang schon vor diesem Start, seit 3 Stunden." in lines()


def test_who_is_to_be_erased_by_age_is_erased_once_no_source_is_being_read(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines
) -> None:
    source_id = state.ensure_source(file_store, "shop", adapter="ledger", url="https://ledger.example")
    with file_store.write() as connection:
        connection.execute(
            text(
                "INSERT INTO customer_accounts (source_id, account_id, email, email_key, name, registered_at) "
                "VALUES (:source, '1', 'Ada@x.test', 'ada@x.test', 'Ada', :at)"
            ),
            {"source": source_id, "at": clock.now()},
        )
    clock.set(clock.now() + 3 * DAY)

    class Gap(threading.Event):
        """The run that is in the way ends while it is waited for."""

        def wait(self, timeout: float | None = None) -> bool:
            running.close()
            return False

    with ExitStack() as running:
        running.enter_context(source_lock(file_store, "shop"))
        erase_by_age(config, file_store, 2 * DAY / SECOND, clock=clock, told=Gap())
    assert lines() == ["Gelöschte Personen, von denen es länger als `privacy.keep` kein Lebenszeichen gab: 1."]


def test_a_fault_in_what_is_done_every_night_is_told(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines
) -> None:
    keep = config.privacy.model_copy(update={"keep": "forever"})  # as no config.yaml that was read could say it
    said: list[str] = []

    def told() -> bool:
        said.extend(lines())
        return any(line.startswith("Ein Fehler dieses Programms hat beendet, was jede Nacht") for line in said)

    served(replace(config, privacy=keep), file_store, clock, told)


def test_old_runs_are_forgotten(config: Config, file_store: Store, clock: FakeClock, book: Book) -> None:
    def begun() -> list[int]:
        with file_store.read() as connection:
            return [row[0] for row in connection.execute(text("SELECT started_at FROM runs ORDER BY id"))]

    sync_sources(file_store, [source_job(config, "shop", clock=clock, stop=lambda: False)], clock=clock)
    old = clock.now()
    clock.set(old + KEPT + HOUR)
    served(config, file_store, clock, lambda: old not in begun() and bool(begun()))
