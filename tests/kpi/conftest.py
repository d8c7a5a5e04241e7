from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import Books


@pytest.fixture
def both(store: Store) -> Books:
    """Empty books of one shop, on SQLite and on PostgreSQL."""
    return Books(store)


@pytest.fixture
def new_books(tmp_path: Path) -> Iterator[Callable[..., Books]]:
    """Makes empty books on SQLite, for what does not depend on the database."""
    stores: list[Store] = []

    def make(**more: Any) -> Books:
        path = tmp_path / f"books-{len(stores)}.db"
        stores.append(open_store(f"sqlite:///{path}", clock=FakeClock()))
        return Books(stores[-1], **more)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def books(new_books: Callable[..., Books]) -> Books:
    """Empty books of one shop; it is noon of 1 January 2026."""
    return new_books()
