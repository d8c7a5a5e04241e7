"""What still holds something after its rows are gone: free pages, the log, copies beside the store, and backups."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from connector.model import Backup
from connector.store import Store
from connector.store.failures import border
from connector.store.tables import table_of

_COPY = ".before-"
"""What stands in the names of the copies that a migration or a restoration makes beside the store."""


@dataclass(frozen=True)
class Remnants:
    """What was cleared away, and what only the owner can decide about."""

    copies: tuple[Path, ...] = ()  # made before migrations and restorations; deleted
    backups: tuple[Path, ...] = ()  # made by the owner; still there
    log_left: bool = False  # another process reads the store just now, so its log could not be emptied


def clear_away(store: Store) -> Remnants:
    """Overwrite what was deleted, and delete copies that the program itself made. Raises `StoreError`.

    SQLite: the file is written anew without its free pages (VACUUM) and the write-ahead log is emptied. PostgreSQL
    reuses the space of old rows after VACUUM; when its pages are overwritten is its own affair.
    """
    copies = _copies(store)
    for copy in copies:
        copy.unlink(missing_ok=True)
    with store.read() as connection:
        paths = [Path(path) for path in connection.execute(select(table_of(Backup).c.path)).scalars()]
    return Remnants(tuple(copies), tuple(path for path in paths if path.exists()), not _overwrite(store))


def _copies(store: Store) -> list[Path]:
    if store.path is None:
        return []
    beginning = f"{store.path.name}{_COPY}"
    return sorted(path for path in store.path.parent.iterdir() if path.name.startswith(beginning) and path.is_file())


def _overwrite(store: Store) -> bool:
    """Whether nothing is left in the log."""
    with border(store.name):
        if store.dialect != "sqlite":
            with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
            return True
        # Neither runs inside a transaction, and every other way to a connection begins one.
        with closing(store.engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return busy is not None and busy[0] == 0
