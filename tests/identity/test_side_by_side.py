"""Pages that are being saved while persons are put together, by other connections of one PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from connector.errors import StoreError
from connector.identity.turns import PATIENCE, in_turn
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from connector.store.marks import expected
from tests.identity.naive import Row
from tests.identity.world import World

pytestmark = pytest.mark.postgresql


@pytest.fixture
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    server = request.getfixturevalue("postgresql_server")
    database = server.create("template_store")
    yield server.url(database)
    server.drop(database)


class Meddler(FakeClock):
    """Does something whenever somebody naps."""

    def __init__(self, on_nap: Callable[[], None]) -> None:
        super().__init__()
        self.on_nap = on_nap

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.on_nap()


def mark_again(connection: Connection) -> None:
    """What a page does whose key is marked already: nothing, but in a transaction of its own."""
    connection.execute(
        text(
            "INSERT INTO identity_marks (kind, source_id, key) VALUES ('email', 0, 'ann@x.test') ON CONFLICT DO NOTHING"
        )
    )


def test_a_page_that_is_not_committed_is_waited_for(world: World) -> None:
    """It found its key marked already, so if its rows were missed nothing would ever bring them back."""
    world.order("1", "ann@x.test")
    world.order("2", "bob@x.test")
    world.resolve()
    world.put(Row("carts", 1, "c1", None, "ann@x.test"))  # leaves the mark behind
    with open_store(world.store.engine.url.render_as_string(hide_password=False), clock=world.clock) as other:
        page = other.write()
        connection = page.__enter__()
        connection.execute(text("UPDATE orders SET email_key = 'ann@x.test' WHERE order_id = '2'"))
        mark_again(connection)
        napped = []

        def commit() -> None:
            if not napped:
                page.__exit__(None, None, None)
            napped.append(True)

        world.clock = Meddler(commit)
        world.resolve()
    assert napped
    assert world.person("orders", "1") == world.person("orders", "2")


def test_a_page_that_marks_nothing_yet_is_waited_for(world: World) -> None:
    """Persons were never put together, so its rows are seen the first time or never."""
    world.order("1", "ann@x.test")
    with open_store(world.store.engine.url.render_as_string(hide_password=False), clock=world.clock) as other:
        page = other.write()
        connection = page.__enter__()
        assert not expected(connection, "postgresql")
        connection.execute(
            text(
                'INSERT INTO orders SELECT (jsonb_populate_record(orders, \'{"order_id": "2"}\')).* '
                "FROM orders WHERE order_id = '1'"
            )
        )
        napped = []

        def commit() -> None:
            if not napped:
                page.__exit__(None, None, None)
            napped.append(True)

        world.clock = Meddler(commit)
        world.resolve()
    assert napped
    assert world.person("orders", "2") == world.person("orders", "1") is not None


def test_a_page_that_holds_rows_and_waits_for_marks_gets_them(world: World) -> None:
    """The page changed a row that identity wants, and now wants the marks that identity holds: identity steps back."""
    world.order("1", "ann@x.test")
    holds, waiting, finished = threading.Event(), threading.Event(), threading.Event()

    def page() -> None:
        with world.store.write() as connection:
            connection.execute(text("UPDATE orders SET name = 'Ann' WHERE order_id = '1'"))
            holds.set()
            waiting.wait(30)
            mark_again(connection)
        finished.set()

    thread = threading.Thread(target=page)
    thread.start()
    assert holds.wait(30)

    class Watched(Meddler):
        def now(self) -> int:
            waiting.set()  # asked in the middle of a batch: the marks are locked, the rows not yet written
            return super().now()

    world.clock = Watched(lambda: thread.join(30))
    world.resolve()
    assert world.clock.slept
    assert finished.is_set()
    assert world.person("orders", "1") is not None
    world.resolve()
    assert world.marks() == 0


def test_who_never_gets_its_turn_says_so(store: Store) -> None:
    clock = FakeClock()
    with store.write() as connection:
        connection.execute(text("LOCK TABLE identity_marks IN ROW EXCLUSIVE MODE"))
        slow = Meddler(lambda: slow.set(slow.now() + int(PATIENCE) * 1_000_000))
        with pytest.raises(StoreError, match="too busy") as told:
            in_turn(store, slow, lambda connection: None)
    assert "Nothing is lost" in str(told.value.advice)
    assert in_turn(store, clock, lambda connection: "done") == "done"


def test_a_mistake_is_not_tried_again(store: Store) -> None:
    clock = FakeClock()

    def divides(connection: Connection) -> None:
        connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(Exception, match="division by zero"):
        in_turn(store, clock, divides)
    assert clock.slept == []
