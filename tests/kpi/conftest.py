from __future__ import annotations

from pathlib import Path

import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import Books


@pytest.fixture
def books(store: Store) -> Books:
    """Empty books of one shop, over a store on SQLite and on PostgreSQL."""
    return Books(store)


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Store:
    """A store on SQLite alone, for what does not depend on the database."""
    return open_store(f"sqlite:///{tmp_path / 'books.db'}", clock=FakeClock())
