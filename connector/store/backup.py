"""A consistent copy of a store while others write to it, and back.

A backup is one SQLite file, whatever the store is, so it can be restored into either kind of database. Of an SQLite
store it is a copy of the file; of a PostgreSQL store every table is copied in one transaction that sees one instant.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from sqlalchemy import Connection, select, text

from connector.clock import Clock
from connector.errors import StoreError, UsageError
from connector.messages.store import texts
from connector.model import Backup
from connector.store.copies import copy_aside, copy_sqlite, put_in_place, time_stamp
from connector.store.database import Store
from connector.store.engines import address, sqlite_path
from connector.store.failures import border
from connector.store.locks import source_lock
from connector.store.opening import open_store
from connector.store.state import list_sources
from connector.store.statements import upsert
from connector.store.tables import MODELS, key_of, table_of

ROWS = 1000
"""Rows copied at a time."""


def backup(store: Store, target: Path) -> None:
    """Write a consistent copy of the store to `target`; daemon and syncs go on meanwhile.

    It is written under another name first and then put in place, so a killed backup leaves the last one whole. An
    existing file is replaced only if it is a backup itself. The store notes where it lies. Raises `UsageError` for a
    target that cannot be one, and `StoreError` where it cannot be written.
    """
    target = target.absolute()
    if store.path is not None and target.exists() and target.samefile(store.path):
        raise UsageError(texts("target_is_store", target=target), texts("target_is_store_advice"))
    if target.is_dir():
        raise UsageError(
            texts("target_is_folder", target=target),
            texts("target_is_folder_advice", example=target / "connector-backup.db"),
        )
    if target.exists() and target.stat().st_size and not _is_store(target):
        raise UsageError(texts("target_foreign", target=target), texts("target_foreign_advice"))
    table = table_of(Backup)
    with store.write() as connection:  # before the copy is made, so that both hold the same
        connection.execute(table.delete().where(table.c.path == str(target)))
        connection.execute(table.insert().values(path=str(target), made_at=store.clock.now()))
    with put_in_place(target) as temporary:
        if store.path is not None:
            copy_sqlite(store.path, temporary, name=store.name)
        else:
            _copy_out(store, temporary)


def restore(source: Path, url: str, *, clock: Clock, base: Path | None = None) -> Path | None:
    """Put the backup `source` in the place of the store at `url` (see `open_store` for `url` and `base`).

    The present store is copied aside first, and the copy's path given back; None where there was nothing to copy. A
    backup of an older version is brought to the present one. Raises `UsageError` where `source` is no backup,
    `SourceBusy` while a source is being synced, `StoreError` for a backup of a newer version, or where the store cannot
    be written.
    """
    source = source.absolute()
    if not source.is_file():
        raise UsageError(texts("backup_absent", source=source), texts("backup_absent_advice"))
    if not _is_store(source):
        raise UsageError(texts("backup_junk", source=source), texts("backup_junk_advice"))
    target = address(url)
    path = None if target.get_backend_name() == "postgresql" else sqlite_path(target, base)
    if path is not None and not path.parent.is_dir():
        raise StoreError(texts("no_folder", folder=path.parent), texts("no_folder_advice"))
    # A copy is opened, not the backup: opening may migrate it, and a backup may lie where nobody can write. It lies
    # beside the store, where there must be room for it anyway.
    try:
        beside = TemporaryDirectory(prefix=".connector-restore-", dir=path and path.parent)
    except OSError as error:
        raise StoreError(
            texts("unwritable", name=path.parent if path else gettempdir()), texts("unwritable_advice")
        ) from error
    with beside as folder:
        copy = Path(folder) / "store.db"
        copy_sqlite(source, copy, name=str(source))
        with open_store(f"sqlite:///{copy}", clock=clock) as restored:
            if path is None:
                return _into_postgresql(restored, url, clock=clock, base=base or Path.cwd())
            return _into_sqlite(restored, path, url, clock=clock, base=base)


def _into_sqlite(restored: Store, path: Path, url: str, *, clock: Clock, base: Path | None) -> Path | None:
    assert restored.path is not None
    try:
        present = open_store(url, clock=clock, base=base, create=False)
    except StoreError as error:
        if error.message.key not in ("absent", "junk", "newer"):
            raise
        aside = None
        if error.message.key != "absent":
            aside = _move_aside(path, clock)
        with put_in_place(path) as temporary:
            copy_sqlite(restored.path, temporary, name=restored.name)
        return aside
    with present, _ours_to_replace(present):
        aside = copy_aside(present, "before-restore")
        # Into the open file, as one transaction: whoever has it open sees the old content or the new, and a kill in
        # the middle leaves the old.
        with (
            border(present.name),
            closing(sqlite3.connect(restored.path)) as here,
            closing(sqlite3.connect(path)) as there,
        ):
            here.backup(there)
        return aside


def _into_postgresql(restored: Store, url: str, *, clock: Clock, base: Path) -> Path | None:
    with open_store(url, clock=clock) as present, _ours_to_replace(present) as holds_data:
        aside = None
        if holds_data:
            database = present.name.rpartition("/")[2]
            aside = base / f"{database}.before-restore-{time_stamp(clock)}.db"
            backup(present, aside)
        with restored.read() as here, present.write() as there:
            there.execute(text(f"TRUNCATE {', '.join(str(model.__tablename__) for model in MODELS)}"))
            _copy_rows(here, there, "postgresql")
            for model in MODELS:
                if key_of(model) == ("id",):
                    _continue_counting(there, str(model.__tablename__))
        return aside


def _copy_out(store: Store, target: Path) -> None:
    with open_store(f"sqlite:///{target}", clock=store.clock) as copy, store.read() as here, copy.write() as there:
        _copy_rows(here, there, "sqlite")
    with border(str(target)), closing(sqlite3.connect(target)) as file:
        file.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(here: Connection, there: Connection, dialect: str) -> None:
    for model in MODELS:
        table = table_of(model)
        batch = upsert(dialect, model, tuple(column.name for column in table.columns))
        rows = here.execution_options(stream_results=True, yield_per=ROWS).execute(select(table))
        for part in rows.partitions():
            batch.send(there, [tuple(row) for row in part])


def _continue_counting(connection: Connection, table: str) -> None:
    """Let PostgreSQL give out numbers after those that were copied in."""
    connection.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
            f"FROM {table}"
        )
    )


@contextmanager
def _ours_to_replace(store: Store) -> Iterator[bool]:
    """Hold the locks of all sources; whether there are any. Raises `SourceBusy`."""
    sources = list_sources(store)
    with ExitStack() as locks:
        for source in sources:
            locks.enter_context(source_lock(store, source.name))
        yield bool(sources)


def _move_aside(path: Path, clock: Clock) -> Path:
    """Rename a file that is no usable store, with what lies beside it."""
    aside = path.with_name(f"{path.name}.before-restore-{time_stamp(clock)}")
    try:
        for end in ("-wal", "-shm", ""):
            part = path.with_name(path.name + end)
            if part.exists():
                part.rename(aside.with_name(aside.name + end))
    except OSError as error:
        raise StoreError(texts("unwritable", name=path), texts("unwritable_advice")) from error
    return aside


def _is_store(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
            names = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return {"alembic_version", "raw_records"} <= names
