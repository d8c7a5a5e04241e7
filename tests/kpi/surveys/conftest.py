from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.surveys.polls import Polls


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store: a copy of it is there sooner than one whose tables must be made."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_store(f"sqlite:///{path}", clock=FakeClock()).close()
    return path


@pytest.fixture
def new_polls(tmp_path: Path, empty_store: Path) -> Iterator[Callable[[], Polls]]:
    """Makes empty surveys on SQLite."""
    stores: list[Store] = []

    def make() -> Polls:
        path = tmp_path / f"polls-{len(stores)}.db"
        shutil.copyfile(empty_store, path)
        stores.append(open_store(f"sqlite:///{path}", clock=FakeClock()))
        return Polls(stores[-1])

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def polls(new_polls: Callable[[], Polls]) -> Polls:
    """No answers yet; it is noon of 1 January 2026."""
    return new_polls()
