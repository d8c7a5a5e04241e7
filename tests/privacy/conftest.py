"""A pretend shop, synced, with persons put together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connector import catalog
from connector.identity import IdentityRules, resolve
from connector.simulation.clock import FakeClock
from connector.testing.world import World, world

RULES = IdentityRules()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[World]:
    """WooCommerce, read once."""
    clock = FakeClock()
    simulator = catalog.simulators()["woocommerce"].small(clock=clock, seed=7)
    with world("woocommerce", simulator, f"sqlite:///{tmp_path / 'store' / 'connector.db'}", clock) as made:
        made.sync()
        resolve(made.store, rules=RULES, clock=clock)
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    """The folder of the store."""
    (tmp_path / "store").mkdir()
    return tmp_path / "store"
