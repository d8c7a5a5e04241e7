"""How a connection is made, for each of the two databases.

One SQLite library per process may open a store: the standard library's. Others (DuckDB, ADBC, apsw, …) bring a copy of
their own, whose file locks cancel those of the first; together in one process they damage the file.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from connector.errors import SettingsError, StoreError
from connector.messages.store import texts

WRITES = "store_writes"
"""Execution option of a connection that is going to write."""

# Threads that sync side by side each hold a few connections; running out of them must never be what stops them.
_POOL = {"pool_size": 5, "max_overflow": 200}


def address(url: str) -> URL:
    """The parts of the owner's `store:` setting. Raises `SettingsError` where it is of no kind we know."""
    try:
        parts = make_url(url)
    except ArgumentError:
        # The text itself is not repeated: it may hold a password.
        raise SettingsError(texts("unreadable_address"), texts("scheme_advice")) from None
    kind = parts.get_backend_name()
    if kind == "postgresql":
        return parts.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parts.database and parts.database != ":memory:":
        return parts.set(drivername="sqlite")
    raise SettingsError(texts("scheme", address=parts.render_as_string(hide_password=True)), texts("scheme_advice"))


def sqlite_path(parts: URL, base: Path | None) -> Path:
    """The file of an SQLite address; a relative one is meant from `base`, default the working directory."""
    path = Path(base or Path.cwd(), Path(str(parts.database)).expanduser()).absolute()
    # The locks lie beside the file, so whoever comes by another name must end at the same place.
    return path.resolve() if path.is_symlink() else path


def sqlite_engine(path: Path, *, patience: float) -> Engine:
    """An engine on an SQLite file. `patience`: seconds to wait for a lock of another process."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": patience, "check_same_thread": False},
        hide_parameters=True,  # rows hold names and addresses, and errors end in logs
        **_POOL,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver would begin transactions by itself, and later than we mean to.
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = OFF")
        # NORMAL: a commit does not wait for the disk. Whatever happens to the process (`kill -9`) every committed
        # transaction stays, as the system holds the pages; after a power cut the last few may be missing, but the
        # file is whole and each cursor vanished with its page, so the next run fetches both again.
        connection.execute("PRAGMA synchronous = NORMAL")
        # Pages of the log before it is worked into the file, 32 MB. The same index pages change with every page of
        # records; worked in eight times less often, a backfill takes a quarter less time.
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
        # A restore makes it far longer; it is cut back to this many bytes when it has been worked in.
        connection.execute("PRAGMA journal_size_limit = 67108864")
        connection.execute("PRAGMA cache_size = -8000")  # kibibytes
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        # A deferred transaction that turns to writing fails at once when another has written meanwhile, whatever
        # the time-out; so who writes says it at the start.
        writes = connection.get_execution_options().get(WRITES, False)
        cursor = connection.connection.cursor()  # the driver's own, as for every statement of a page
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        cursor.close()

    return engine


def postgresql_engine(url: URL) -> Engine:
    """An engine on a PostgreSQL database. Raises `StoreError` where the driver is not installed."""
    if importlib.util.find_spec("psycopg") is None:
        raise StoreError(texts("no_psycopg"), texts("no_psycopg_advice"))
    defaults = {"connect_timeout": "10", "application_name": "shop-connector"}
    url = url.update_query_dict({key: value for key, value in defaults.items() if key not in url.query})
    # Pinged before use, since a daemon outlives restarts of the server.
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, **_POOL)
