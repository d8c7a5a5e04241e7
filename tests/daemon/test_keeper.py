"""One source of the daemon, tick by tick: what it does and what it says, with real syncs into a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from connector.config.model import Config
from connector.daemon.keeper import PAUSE, Keeper
from connector.daemon.watch import Watch
from connector.instants import HOUR
from connector.messages import Message
from connector.simulation.clock import FakeClock
from connector.store import Store, state
from connector.store.locks import source_lock
from connector.sync import RunResult
from tests.daemon.conftest import Book

Lines = Callable[[], list[str]]


@pytest.fixture
def keeper(config: Config, file_store: Store, clock: FakeClock, book: Book) -> Keeper:
    return Keeper(config, file_store, "shop", clock=clock, stop=lambda: False, watch=Watch("shop"))


def rows(store: Store) -> int:
    return sum(standing.rows for standing in state.all_standings(store))


def test_a_tick_reads_what_is_new_and_says_so_once(
    keeper: Keeper, file_store: Store, clock: FakeClock, book: Book, lines: Lines
) -> None:
    keeper.tick()
    assert rows(file_store) == 1
    assert lines() == ["shop/entries: 1 neu, 0 geändert, 0 verschwunden."]
    keeper.tick()
    assert lines() == []
    clock.sleep(60)
    book(records={"1": {"name": "Green tea", "at": clock.now()}, "2": {"name": "Coffee", "at": 2}})
    keeper.tick()
    assert lines() == ["shop/entries: 1 neu, 1 geändert, 0 verschwunden."]


def test_lost_and_recovered_are_said_once_each(keeper: Keeper, clock: FakeClock, book: Book, lines: Lines) -> None:
    keeper.tick()
    lines()
    book(answer="down")
    for _ in range(3):
        clock.sleep(900)
        keeper.tick()
    assert lines() == ["shop/entries: Das Buch ist nicht da."]
    book()
    clock.sleep(900)
    keeper.tick()
    keeper.tick()
    assert lines() == ["shop ist nach 45 Minuten wieder da."]


def test_a_restart_does_not_say_again_what_the_store_remembers(
    config: Config, file_store: Store, clock: FakeClock, book: Book, lines: Lines, keeper: Keeper
) -> None:
    keeper.tick()
    book(answer="down")
    keeper.tick()
    lines()
    failing = {"entries": clock.now() - 2 * HOUR}
    again = Keeper(
        config, file_store, "shop", clock=clock, stop=lambda: False, watch=Watch.remembering("shop", failing)
    )
    again.tick()
    assert lines() == []
    book()
    again.tick()
    assert lines() == ["shop ist nach 2 Stunden wieder da."]


def test_a_source_that_refuses_us_is_left_alone_for_an_hour(
    keeper: Keeper, clock: FakeClock, book: Book, lines: Lines, tmp_path: Path
) -> None:
    keeper.tick()
    lines()
    book(answer="refused")
    keeper.tick()
    said = lines()
    assert said[0] == "shop/entries: Das Buch ist verschlossen. Schließen Sie es auf."
    assert said[1].startswith("shop weist uns ab und wird in Ruhe gelassen; um ")
    assert str(tmp_path / "config.yaml") in said[1]
    book(records={"1": {"name": "Tea", "at": 1}, "2": {"name": "Coffee", "at": 2}})
    clock.sleep(900)
    keeper.tick()
    assert lines() == [], "not asked yet"
    clock.set(clock.now() + PAUSE)
    keeper.tick()
    assert lines() == ["shop ist nach 75 Minuten wieder da.", "shop/entries: 1 neu, 0 geändert, 0 verschwunden."]


def test_a_source_that_another_process_reads_is_mentioned_once(keeper: Keeper, file_store: Store, lines: Lines) -> None:
    with source_lock(file_store, "shop"):
        keeper.tick()
        keeper.tick()
    assert len(lines()) == 1
    keeper.tick()
    assert lines() == ["shop/entries: 1 neu, 0 geändert, 0 verschwunden."]


def test_two_ticks_of_one_source_never_run_at_once(keeper: Keeper, file_store: Store) -> None:
    keeper.wait()
    with keeper._one_at_a_time:  # as a run holds it that is under way
        keeper.tick()
    assert rows(file_store) == 0
    keeper.tick()
    keeper.wait()
    assert rows(file_store) == 1


def swept(store: Store) -> set[int | None]:
    return {one.last_sweep_at for one in state.all_standings(store)}


def test_a_night_compares_and_so_does_the_next_run_where_one_is_overdue(
    keeper: Keeper, file_store: Store, clock: FakeClock
) -> None:
    keeper.tick()
    assert swept(file_store) == {None}
    keeper.sweep()
    assert swept(file_store) == {clock.now()}
    clock.sleep(3600)
    keeper.note_overdue_sweep()
    keeper.tick()
    assert swept(file_store) == {clock.now()}


def test_a_night_that_comes_during_a_run_is_made_up_for(
    config: Config, file_store: Store, clock: FakeClock, book: Book
) -> None:
    class Evening(Watch):
        """While a run is being told of, night falls."""

        nights = 0

        def look(self, results: Sequence[RunResult], now: int) -> tuple[list[Message], list[Message]]:
            self.nights += 1
            if self.nights == 1:
                keeper.sweep()
                assert swept(file_store) == {None}, "one run at a time"
            return super().look(results, now)

    keeper = Keeper(config, file_store, "shop", clock=clock, stop=lambda: False, watch=Evening("shop"))
    keeper.tick()
    assert swept(file_store) == {clock.now()}


def test_a_night_in_which_nobody_answers_or_somebody_else_is_at_it_is_made_up_for(
    keeper: Keeper, file_store: Store, clock: FakeClock, book: Book
) -> None:
    keeper.tick()
    book(answer="down")
    keeper.sweep()
    book()
    with source_lock(file_store, "shop"):
        keeper.tick()
    assert swept(file_store) == {None}
    keeper.tick()
    assert swept(file_store) == {clock.now()}


def test_a_fault_of_ours_does_not_end_the_daemon_and_shows_nothing_secret(
    keeper: Keeper, book: Book, lines: Lines
) -> None:
    keeper.tick()
    lines()
    book(answer="fault")
    keeper.tick()
    (said,) = lines()
    assert said.startswith("shop/entries: Ein Fehler dieses Programms")
    assert "sesame" not in said
    assert "ada@" not in said
    book()
    keeper.tick()
    assert len(lines()) == 1


def test_nothing_is_begun_any_more_once_it_is_told_to_stop(
    config: Config, file_store: Store, clock: FakeClock, book: Book
) -> None:
    told = threading.Event()
    keeper = Keeper(config, file_store, "shop", clock=clock, stop=told.is_set, watch=Watch("shop"))
    told.set()
    keeper.tick()
    assert rows(file_store) == 0
