"""Sources, streams and runs as the store remembers them, and one run per source."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from connector.contract import SourceInfo
from connector.errors import SourceBusy, StoreError
from connector.instants import DAY
from connector.messages.store import texts
from connector.simulation.clock import FakeClock
from connector.store import Store
from connector.store.gone import mark_gone, remember_absent
from connector.store.locks import source_lock
from connector.store.runs import Trouble, finish_run, prune_runs, running_since, start_run
from connector.store.state import (
    all_standings,
    describe_source,
    ensure_source,
    find_source,
    list_sources,
    record_failure,
    record_success,
    stream_standing,
)
from connector.store.write import SetAsideRecord, save_page
from tests.store.shop import CUSTOMERS, ORDERS, change, customer, normalise, order, rows

TROUBLE = Trouble("Unavailable", "Der Shop antwortet nicht.", "Warten Sie.")


def shop(store: Store, name: str = "main-shop") -> int:
    return ensure_source(store, name, adapter="woocommerce", url="https://shop.example")


def test_a_source_keeps_its_number(store: Store) -> None:
    first, second = shop(store), shop(store, "outlet")
    assert first != second
    assert shop(store) == first
    assert ensure_source(store, "main-shop", adapter="prestashop", url="https://new.example") == first
    found = find_source(store, "main-shop")
    assert found is not None
    assert (found.adapter, found.url, found.created_at) == ("prestashop", "https://new.example", store.clock.now())
    assert [source.name for source in list_sources(store)] == ["main-shop", "outlet"]
    assert find_source(store, "nobody") is None


def test_the_number_of_a_source_that_was_removed_is_not_given_again(store: Store) -> None:
    first = shop(store)
    change(store, "DELETE FROM sources")
    assert shop(store, "another") > first


def test_what_a_source_said_of_itself_stays_when_it_says_less(store: Store) -> None:
    number = shop(store)
    describe_source(store, number, SourceInfo("WooCommerce", "10.0.2", "https://shop.example", "Europe/Berlin", "EUR"))
    describe_source(store, number, SourceInfo("WooCommerce", "10.1.0", "https://shop.example", None, None))
    found = find_source(store, "main-shop")
    assert found is not None
    assert (found.version, found.timezone, found.currency) == ("10.1.0", "Europe/Berlin", "EUR")


def test_lost_and_recovered_are_known_once(store: Store) -> None:
    assert record_success(store, 1, "orders", at=1, swept=True) is None
    assert record_failure(store, 1, "orders", at=2, trouble=TROUBLE) is None
    assert record_failure(store, 1, "orders", at=3, trouble=TROUBLE) == 2
    standing = stream_standing(store, 1, "orders")
    assert (standing.failing_since, standing.last_success_at, standing.last_attempt_at) == (2, 1, 3)
    assert (standing.last_sweep_at, standing.trouble) == (1, TROUBLE)
    assert record_success(store, 1, "orders", at=4) == 2
    standing = stream_standing(store, 1, "orders")
    assert (standing.failing_since, standing.last_success_at, standing.trouble) == (None, 4, None)
    assert standing.last_sweep_at == 1


def test_the_cursor_is_no_matter_of_success(store: Store) -> None:
    assert stream_standing(store, 1, "orders").cursor is None
    save_page(store, 1, ORDERS, [], cursor="c1", normalise=normalise)
    record_failure(store, 1, "orders", at=2, trouble=TROUBLE)
    assert stream_standing(store, 1, "orders").cursor == "c1"


def test_the_standings_count_what_is_held_and_set_aside(store: Store) -> None:
    aside = SetAsideRecord("9", "admit", texts("value_missing", column="x"), 1)
    save_page(
        store, 1, ORDERS, [order("1"), order("2"), order("3")], cursor="c", normalise=normalise, set_aside=[aside]
    )
    mark_gone(store, 1, ORDERS, ["2"], at=5)
    remember_absent(store, 1, ORDERS, ["8"], at=5)
    save_page(store, 2, CUSTOMERS, [customer("1")], cursor=None, normalise=normalise)
    record_failure(store, 3, "orders", at=2, trouble=TROUBLE)
    change(store, "INSERT INTO stream_states (source_id, stream, cursor) VALUES (0, 'identity', 'x')")
    found = [(s.source_id, s.stream, s.rows, s.set_aside, s.cursor) for s in all_standings(store)]
    assert found == [(1, "orders", 2, 1, "c"), (2, "customers", 1, 0, None), (3, "orders", 0, 0, None)]


# --- runs and locks -------------------------------------------------------------------------------------------------


def test_a_run_is_begun_and_ended(store: Store) -> None:
    number = shop(store)
    run = start_run(store, number, "orders", kind="sync", at=5)
    assert running_since(store, "main-shop") == 5
    finish_run(store, run, status="failed", at=9, requests=3, bytes_=100, gone=1, trouble=TROUBLE)
    assert running_since(store, "main-shop") is None
    columns = "status, finished_at, requests, bytes, gone, error_class, error_message, error_advice"
    expected = ("failed", 9, 3, 100, 1, TROUBLE.error_class, TROUBLE.message, TROUBLE.advice)
    assert rows(store, f"SELECT {columns} FROM runs") == [expected]


def test_old_runs_are_forgotten(store: Store) -> None:
    old = start_run(store, 1, None, kind="sync", at=DAY)
    finish_run(store, old, status="ok", at=DAY)
    young = start_run(store, 1, None, kind="sync", at=50 * DAY)
    finish_run(store, young, status="ok", at=50 * DAY)
    start_run(store, 1, None, kind="sync", at=DAY)
    assert prune_runs(store, now=92 * DAY) == 1
    assert {status for (status,) in rows(store, "SELECT status FROM runs")} == {"ok", "running"}


def test_one_at_a_time_and_the_message_says_since_when(new_store: Callable[[], Store], clock: FakeClock) -> None:
    one, other = new_store(), new_store()
    number = shop(one)
    with source_lock(one, "main-shop"):
        start_run(one, number, "orders", kind="sync", at=clock.now())
        with pytest.raises(SourceBusy) as caught, source_lock(other, "main-shop"):
            pytest.fail("both hold it")
        with source_lock(other, "outlet"):
            pass
    assert caught.value.message.key == "busy_since"
    assert caught.value.exit_code == 3
    assert re.search(r"seit \d\d\.\d\d\.\d{4} \d\d:\d\d \S", caught.value.message.render("de")), "in a named zone"
    with source_lock(other, "main-shop"):
        pass


def test_a_source_is_busy_for_other_threads_too(store: Store) -> None:
    refused: list[BaseException] = []

    def sync() -> None:
        try:
            with source_lock(store, "main-shop"):
                refused.append(AssertionError("both hold it"))
        except SourceBusy as busy:
            refused.append(busy)

    with source_lock(store, "main-shop"):
        thread = threading.Thread(target=sync)
        thread.start()
        thread.join()
    assert [type(error) for error in refused] == [SourceBusy]


def test_what_ended_a_sync_is_told_though_the_lock_was_lost_with_the_connection(
    store: Store, new_store: Callable[[], Store]
) -> None:
    if store.dialect == "sqlite":
        pytest.skip("its lock is a file")
    lost = StoreError(texts("pg_lost", name=store.name))

    def sync() -> None:
        with source_lock(store, "shop"):
            with new_store().write() as other:
                others = "datname = current_database() AND pid <> pg_backend_pid()"
                other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
            raise lost

    with pytest.raises(StoreError) as told:
        sync()
    assert told.value is lost


def test_the_lock_is_free_again_after_a_failure(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), source_lock(store, "main-shop"):
        raise ZeroDivisionError
    with source_lock(store, "main-shop"):
        pass


@pytest.mark.parametrize(
    "names", [("a/b", "a-b"), ("Shop", "shop"), ("x" * 300, "x" * 299), ("über", "ber"), ("..", "con")]
)
def test_names_of_any_kind_have_locks_of_their_own(store: Store, names: tuple[str, str]) -> None:
    with source_lock(store, names[0]), source_lock(store, names[1]):
        pass


def test_runs_of_a_killed_process_are_interrupted_by_the_next(store: Store) -> None:
    number, other = shop(store), shop(store, "outlet")
    start_run(store, number, "orders", kind="sync", at=1)
    start_run(store, other, "orders", kind="sync", at=1)
    with source_lock(store, "main-shop"):
        assert rows(store, "SELECT source_id, status FROM runs ORDER BY 1") == [
            (number, "interrupted"),
            (other, "running"),
        ]
