"""What the tests of this adapter share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from connector.simulation.clock import FakeClock
from connector.testing.world import World, world


@pytest.fixture
def there(tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """A small pretend shop, the adapter and an empty store; requests are kept."""
    shop = WooCommerceShop.small(clock=clock, seed=7)
    with world("woocommerce", shop, f"sqlite:///{tmp_path / 'connector.db'}", clock) as made:
        made.server.keep_requests = True
        yield made
