"""Consistent copies of an SQLite store while others write to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from connector.clock import Clock
from connector.errors import StoreError
from connector.instants import to_datetime
from connector.messages.store import texts
from connector.store.database import Store
from connector.store.failures import border

KEPT = 3
"""How many copies of one kind are kept beside a store."""


def copy_aside(store: Store, why: str) -> Path:
    """Copy an SQLite store beside itself as `<file>.<why>-<time>` and keep the three newest of such copies.

    The time is the store's clock in UTC. Raises `StoreError` where the copy cannot be written.
    """
    assert store.path is not None
    target = store.path.with_name(f"{store.path.name}.{why}-{time_stamp(store.clock)}")
    with put_in_place(target) as temporary:
        copy_sqlite(store.path, temporary, name=store.name)
    prefix = f"{store.path.name}.{why.partition('-')[0]}-"
    copies = sorted(
        (other for other in store.path.parent.iterdir() if other.name.startswith(prefix)),
        key=lambda other: other.name.rpartition("-")[2],
    )
    for old in copies[:-KEPT]:
        with suppress(OSError):  # one that somebody holds open goes the next time
            old.unlink()
    return target


def copy_sqlite(source: Path, target: Path, *, name: str) -> None:
    """Copy the SQLite file `source`, as it is at one instant, into `target`, which must not exist yet.

    Writers go on meanwhile: all pages are copied in one step under one read lock, which in WAL mode holds nobody up
    (copying in several steps would begin again with each write). The copy is one plain file without a log beside it,
    so it can be moved and opened anywhere. `name` is what to call the store if it cannot be read.
    """
    with ExitStack() as files:
        with border(name):
            here = files.enter_context(closing(sqlite3.connect(source)))
            here.execute("SELECT count(*) FROM sqlite_master")
        with border(str(target)):
            there = files.enter_context(closing(sqlite3.connect(target)))
            here.backup(there)
            there.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """A file name in a folder of its own beside `target`; what is written there takes `target`'s place at the end.

    Raises `StoreError` where it cannot be put there. If anything fails, `target` stays as it was.
    """
    try:
        with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
            temporary = Path(folder) / target.name
            yield temporary
            temporary.chmod(0o600)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.replace(target)
    except OSError as error:
        raise StoreError(texts("backup_unwritable", target=target), texts("backup_unwritable_advice")) from error


def time_stamp(clock: Clock) -> str:
    """The present instant as a part of a file name, in UTC: names sort by time."""
    return to_datetime(clock.now()).strftime("%Y%m%dT%H%M%S%fZ")
