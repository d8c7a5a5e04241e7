from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.talks import Talks


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store: a copy of it is there sooner than one whose tables must be made."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_store(f"sqlite:///{path}", clock=FakeClock()).close()
    return path


@pytest.fixture
def new_talks(tmp_path: Path, empty_store: Path) -> Iterator[Callable[..., Talks]]:
    """Makes an empty desk on SQLite."""
    stores: list[Store] = []

    def make(**more: Any) -> Talks:
        path = tmp_path / f"talks-{len(stores)}.db"
        shutil.copyfile(empty_store, path)
        stores.append(open_store(f"sqlite:///{path}", clock=FakeClock()))
        return Talks(stores[-1], **more)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def talks(new_talks: Callable[..., Talks]) -> Talks:
    """An empty desk without opening hours; it is noon of 1 January 2026."""
    return new_talks()
