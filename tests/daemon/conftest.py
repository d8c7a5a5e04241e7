"""A store and a configured source for the daemon's parts, without any waiting."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector.config.load import load
from connector.config.model import Config
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store

PLUGINS = Path(__file__).parents[1] / "plugins"

Book = Callable[..., None]


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third party's package is installed."""
    monkeypatch.syspath_prepend(str(PLUGINS))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Says what the third party's adapter finds."""

    def write(**content: Any) -> None:
        content = {"answer": "ok", "records": {"1": {"name": "Tea", "at": 1}}, **content}
        (tmp_path / "book.json").write_text(json.dumps(content), encoding="utf-8")

    write()
    return write


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A config with one source, called `shop`."""
    file = tmp_path / "config.yaml"
    file.write_text(
        "timezone: Europe/Berlin\nlanguage: de\nsources:\n  shop:\n    adapter: ledger\n"
        f"    url: https://ledger.example\n    key: sesame-open\n    book: {tmp_path / 'book.json'}\n",
        encoding="utf-8",
    )
    file.chmod(0o600)
    return load(file, {})


@pytest.fixture
def file_store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'connector.db'}", clock=clock) as store:
        yield store


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the daemon has said since it was last asked."""
    caplog.set_level(logging.INFO, "connector.daemon")

    def taken() -> list[str]:
        said = [record.getMessage() for record in caplog.records if record.name == "connector.daemon"]
        caplog.clear()
        return said

    return taken
