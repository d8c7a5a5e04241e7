"""One at a time: while marks are worked off nobody else does so, and no page with new marks slips in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from connector.clock import Clock
from connector.errors import StoreError
from connector.identity.reading import MARKS
from connector.messages import Catalogue
from connector.messages.identity import IDENTITY
from connector.store import Store

Result = TypeVar("Result")

PATIENCE = 300.0  # seconds of trying before the rest is left to the next run
WAIT_MS = 400  # for one lock; below PostgreSQL's deadlock_timeout of 1 s, so that it is always we who step back
PAUSE = 0.5  # seconds between tries

# Keys come in no order that rows are kept in, so a long run reads the same pages over and over.
LARGE_CACHE = 32_000  # KiB of SQLite's pages held during a long run
USUAL_CACHE = 2_000  # KiB: SQLite's own default

# lock not available, deadlock, serialization failure: https://www.postgresql.org/docs/current/errcodes-appendix.html
_CONTENDED = {"55P03", "40P01", "40001"}


class _Contended(Exception):
    """Another transaction holds what we need."""


def in_turn(
    store: Store,
    clock: Clock,
    work: Callable[[Connection], Result],
    *,
    long_run: bool = False,
    marks: str = MARKS,
    said: Catalogue = IDENTITY,
) -> Result:
    """Do `work` in one write transaction that no page's transaction overlaps as far as the table `marks` goes.

    SQLite has one writer at a time anyway. On PostgreSQL the marks' table is locked against writing: a page that has
    marked something but not committed is waited for, so its rows are seen; one that marks later keeps its marks. A
    page may hold rows that `work` wants to change and wait for the marks itself; then `work` is undone and tried again.
    Raises `StoreError`, in the words of `said`, where that does not succeed for five minutes. In a `long_run` SQLite
    may keep more pages at hand, until the next call that is in none.
    """
    begun = clock.monotonic()
    while True:
        try:
            with store.write() as connection:
                try:
                    if store.dialect == "sqlite":
                        cache = LARGE_CACHE if long_run else USUAL_CACHE
                        connection.exec_driver_sql(f"PRAGMA cache_size = {-cache}")
                    else:
                        connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_MS}"))
                        connection.execute(text(f"LOCK TABLE {marks} IN SHARE ROW EXCLUSIVE MODE"))
                    return work(connection)
                except Exception as error:
                    cause = error.orig if isinstance(error, DBAPIError) else error
                    if getattr(cause, "sqlstate", None) in _CONTENDED:
                        raise _Contended from error
                    raise
        except _Contended:
            if clock.monotonic() - begun > PATIENCE:
                raise StoreError(said("contended", seconds=int(PATIENCE)), said("contended_advice")) from None
            clock.sleep(PAUSE)
