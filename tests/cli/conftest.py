"""The program as its users call it: a process of its own, against a pretend shop on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from adapters.woocommerce.simulator import WooCommerceShop
from connector.cli import main
from connector.clock import SystemClock
from connector.simulation.server import LoopbackServer

PLUGINS = Path(__file__).parents[1] / "plugins"
PROJECT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    """The environment of a call: English, the third party's package installed, nothing of ours."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "CONNECTOR_"))
    }
    path = os.pathsep.join([str(PROJECT), str(PLUGINS)])
    return {**inherited, "LANG": "C.UTF-8", "PYTHONPATH": path, "COLUMNS": "120", **more}


def command(*arguments: str | Path) -> list[str]:
    """The command line of a call."""
    return [sys.executable, "-m", "connector", *map(str, arguments)]


@dataclass(frozen=True)
class Called:
    """What became of a call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class Desk:
    """A directory with a config.yaml, and calls made in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"

    def write(self, text: str) -> None:
        """Write config.yaml, readable by its owner alone."""
        self.config.write_text(text, encoding="utf-8")
        self.config.chmod(0o600)

    def book(self, **content: Any) -> None:
        """Write what the third party's adapter reads."""
        content = {"answer": "ok", "records": {"1": {"name": "Tea", "at": 1}}, **content}
        draft = self.folder / "book.draft"
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(self.folder / "book.json")  # a daemon may be reading it

    def call(self, *arguments: str | Path, typed: str | None = None, **more: str) -> Called:
        """Call the program within this process, which is quicker."""
        variables: dict[str, str | None] = dict.fromkeys(os.environ)
        variables.update(environment(**more))
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            done = CliRunner(env=variables).invoke(main, [str(one) for one in arguments], input=typed)
        finally:
            os.chdir(before)
        return Called(done.exit_code, done.stdout, done.stderr)

    def process(self, *arguments: str | Path, timeout: float = 60, typed: str | None = None, **more: str) -> Called:
        """Call the program as a process of its own and wait for its end."""
        done = subprocess.run(
            command(*arguments),
            cwd=self.folder,
            env=environment(**more),
            input=typed,
            stdin=subprocess.DEVNULL if typed is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def start(self, *arguments: str | Path, **more: str) -> Iterator[subprocess.Popen[str]]:
        """Call the program and do not wait. A test that fails does not wait for its end either."""
        with subprocess.Popen(
            command(*arguments),
            cwd=self.folder,
            env=environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as running:
            try:
                yield running
            finally:
                running.kill()


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third party's package is installed."""
    monkeypatch.syspath_prepend(str(PLUGINS))


LEDGER = """\
timezone: Europe/Berlin
sources:
  shop:
    adapter: ledger
    url: https://ledger.example
    key: sesame-open-123456
    book: {book}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A directory with the third party's source, called `shop`, which has one record."""
    desk = Desk(tmp_path)
    desk.write(LEDGER.format(book=tmp_path / "book.json"))
    desk.book()
    return desk


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    """A directory without any config.yaml."""
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def shop() -> Iterator[LoopbackServer]:
    """A pretend WooCommerce shop that answers."""
    with LoopbackServer(WooCommerceShop.small(clock=SystemClock(), seed=1)) as server:
        yield server


@pytest.fixture(scope="session")
def keys(shop: LoopbackServer) -> dict[str, str]:
    """Its entry in config.yaml."""
    return WooCommerceShop.small(clock=SystemClock(), seed=1).source_settings(shop.address)


@pytest.fixture
def shop_desk(tmp_path: Path, keys: dict[str, str]) -> Desk:
    """A directory whose config.yaml reads the pretend WooCommerce shop."""
    desk = Desk(tmp_path)
    desk.write(f"timezone: Europe/Berlin\nsources:\n  main-shop: {json.dumps(keys)}\n")
    return desk
