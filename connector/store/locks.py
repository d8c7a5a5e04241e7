"""One at a time: locks that die with their process.

Beside an SQLite store a lock is a file that the operating system holds; on PostgreSQL it is an advisory lock of a
connection. So a killed process leaves no lock behind, and nothing has to guess whether one is stale. The table `runs`
only tells since when the other run is at it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from connector.errors import SourceBusy, StoreError
from connector.instants import to_datetime
from connector.messages.store import texts
from connector.store.database import Store
from connector.store.failures import border
from connector.store.runs import interrupt_stale_runs, running_since

_ASKING_AGAIN = 0.1  # seconds between two looks at a lock that is waited for


@contextmanager
def source_lock(store: Store, source: str) -> Iterator[None]:
    """Hold the source called `source` for the block, so that nobody else syncs or rebuilds it.

    Runs of the source that a killed process left as running are marked as interrupted. Raises `SourceBusy` at once
    where another process or thread holds it; its message says since when.
    """
    with held(store, source, wait=False) as got:
        if not got:
            raise _busy(store, source)
        interrupt_stale_runs(store, source)
        yield


@contextmanager
def held(store: Store, key: str, *, wait: bool) -> Iterator[bool]:
    """Hold the lock `key` of this store; True when it is held, False when it is not (only with `wait=False`).

    With `wait` it is waited for as long as the store's patience lasts, then `StoreError` is raised.
    """
    holding = _file(store, key, wait) if store.path else _advisory(store, key, wait)
    with holding as got:
        if wait and not got:
            raise StoreError(texts("locked", name=store.name), texts("locked_advice"))
        yield got


def _busy(store: Store, source: str) -> SourceBusy:
    since = running_since(store, source)
    if since is None:
        return SourceBusy(texts("busy", source=source), texts("busy_advice"))
    local = to_datetime(since).astimezone()
    return SourceBusy(texts("busy_since", source=source, since=local), texts("busy_advice"))


@contextmanager
def _file(store: Store, key: str, wait: bool) -> Iterator[bool]:
    assert store.path is not None
    lock = FileLock(store.path.with_name(f"{store.path.name}.{_file_name(key)}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=store.patience if wait else 0, poll_interval=_ASKING_AGAIN)
    except Timeout:
        yield False
        return
    except OSError as error:
        raise StoreError(texts("unwritable", name=store.name), texts("unwritable_advice")) from error
    try:
        yield True
    finally:
        lock.release()


def _file_name(key: str) -> str:
    """`key` as part of a file name, on systems too that forbid characters or do not tell upper from lower case."""
    plain = re.sub(r"[^a-z0-9_-]", "-", key)[:60]
    return plain if plain == key else f"{plain}-{hashlib.blake2b(key.encode(), digest_size=6).hexdigest()}"


@contextmanager
def _advisory(store: Store, key: str, wait: bool) -> Iterator[bool]:
    number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
    with border(store.name):
        # A connection of its own, outside any transaction, that does nothing but hold the lock.
        connection = store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        asked = 0.0
        while True:
            with border(store.name):
                got = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}))
            if got or not wait or asked >= store.patience:
                break
            store.clock.sleep(_ASKING_AGAIN)
            asked += _ASKING_AGAIN
        try:
            yield got
        finally:
            with suppress(DBAPIError):  # a connection that was lost has lost its lock too
                if got and not connection.invalidated:
                    connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
    finally:
        connection.close()
