"""An open store, and its two kinds of transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.engine import Engine

from connector.clock import Clock
from connector.errors import StoreError
from connector.messages.store import texts
from connector.store.engines import WRITES
from connector.store.failures import border


class Store:
    """An open store. Safe for several threads. `open_store` makes one; close it, or use it in a `with` block."""

    def __init__(self, engine: Engine, *, name: str, path: Path | None, clock: Clock, patience: float) -> None:
        self.engine = engine
        self.dialect: Literal["sqlite", "postgresql"] = "sqlite" if path else "postgresql"
        self.path = path
        """The SQLite file; None on PostgreSQL."""
        self.name = name
        """What the store is called in texts: a file, or host and database; never a password."""
        self.clock = clock
        self.patience = patience
        self._reading = (
            engine if path else engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        self._writing = engine.execution_options(**{WRITES: True})
        # SQLite has one writer at a time and lets others try again after ever longer naps; threads of this process
        # take turns here and lose nothing.
        self._turn = threading.Lock() if path else None

    def __repr__(self) -> str:
        return f"Store({self.name})"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One read transaction: everything read inside is of the same instant. Raises `StoreError`."""
        with border(self.name), self._reading.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction, committed at the end of the block, undone if it is left by an exception.

        Raises `StoreError` where the database cannot be written, is locked for longer than the store's patience, or
        the disk is full.
        """
        with self._my_turn(), border(self.name), self._writing.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=self.patience):
            raise StoreError(texts("locked", name=self.name), texts("locked_advice"))
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
