"""Opening a store: found or created, checked, and brought to the newest version."""

from __future__ import annotations

from pathlib import Path

from connector.clock import Clock
from connector.errors import StoreError
from connector.messages.store import texts
from connector.store.database import Store
from connector.store.engines import address, postgresql_engine, sqlite_engine, sqlite_path
from connector.store.versions import prepare

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""


def open_store(
    url: str, *, clock: Clock, base: Path | None = None, create: bool = True, patience: float = PATIENCE
) -> Store:
    """Open the store at `url`, create it where there is none, and bring its tables to the newest version.

    `url` is `sqlite:///FILE` (a relative file is meant from `base`, default the working directory) or
    `postgresql+psycopg://USER:PASSWORD@HOST/DATABASE`. With `create=False` a store that does not exist is an error.
    `patience` is how many seconds a locked SQLite file is waited for.

    Raises `StoreError`: junk file, another program's database, written by a newer version, not writable, locked,
    disk full, no driver, wrong password, server not reachable. Raises `SettingsError` for an address of no known kind.
    """
    store = _unprepared(url, clock=clock, base=base, patience=patience)
    try:
        prepare(store, create=create)
    except BaseException:
        store.close()
        raise
    return store


def _unprepared(url: str, *, clock: Clock, base: Path | None, patience: float) -> Store:
    parts = address(url)
    if parts.get_backend_name() == "postgresql":
        host = parts.host or "localhost"
        where = f"{host}:{parts.port}" if parts.port else host
        engine = postgresql_engine(parts)
        return Store(engine, name=f"{where}/{parts.database}", path=None, clock=clock, patience=patience)
    path = sqlite_path(parts, base)
    if not path.parent.is_dir():
        raise StoreError(texts("no_folder", folder=path.parent), texts("no_folder_advice"))
    engine = sqlite_engine(path, patience=patience)
    return Store(engine, name=str(path), path=path, clock=clock, patience=patience)
