"""Little memory while an export is written.

An export walks each table once, from front to back: keeping pages at hand is of no use to it.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_PAGES = "-1000"
"""SQLite's page cache meanwhile, in kibibytes; it bounds the memory of its sorts too."""

_POLARS = {
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1",
    "POLARS_MAX_THREADS": "1",
}
"""Where Polars, and jemalloc that it brings on Linux, look for settings when they are loaded. What is freed goes back
to the system at once, and no thread keeps memory of its own: figures are a moment's work beside writing the rows."""


@contextmanager
def frugal(connection: Connection) -> Iterator[None]:
    """Read with a small page cache, and let Polars, if it is not loaded yet, give back at once what it frees."""
    if connection.dialect.name != "sqlite":
        with _giving_back():
            yield
        return
    usual = connection.execute(text("PRAGMA cache_size")).scalar_one()
    connection.execute(text(f"PRAGMA cache_size = {_PAGES}"))
    try:
        with _giving_back():
            yield
    finally:
        connection.execute(text(f"PRAGMA cache_size = {int(usual)}"))


@contextmanager
def _giving_back() -> Iterator[None]:
    settings = (
        {} if "polars" in sys.modules else {name: value for name, value in _POLARS.items() if name not in os.environ}
    )
    os.environ.update(settings)
    try:
        yield
    finally:
        for name in settings:
            del os.environ[name]


def give_back() -> None:
    """Hand freed memory back to the system, where the C library keeps it otherwise (glibc: malloc_trim(3))."""
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):  # another C library, which has no such thing
        return
