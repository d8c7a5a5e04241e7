"""What the tests of this adapter share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.prestashop import PrestaShop
from adapters.prestashop.simulator import PrestaShopShop
from connector.contract import Record, Stream
from connector.simulation.clock import FakeClock
from connector.testing.world import World, world
from tests.adapters.prestashop.recorded import connected


@pytest.fixture
def shop(clock: FakeClock) -> PrestaShop:
    return connected("https://shop.example.test", clock, admin_url="https://shop.example.test/admin123")[0]


Rows = Callable[..., dict[type, list[dict[str, Any]]]]


@pytest.fixture
def rows(shop: PrestaShop) -> Rows:
    """The rows a record becomes, by table."""

    def made(
        stream: Stream, content: Mapping[str, Any], context: Mapping[str, Any] | None = None, record_id: str = ""
    ) -> dict[type, list[dict[str, Any]]]:
        payload = json.dumps({**content, **({"_context": context} if context else {})}).encode()
        record = shop.admit(stream, Record(record_id or str(content["id"]), payload, 1))
        found = list(shop.normalise(stream, record))
        again = list(shop.normalise(stream, Record(record.id, record.payload, 1)))
        assert found == again, "rows must follow from the stored payload alone"
        by_table: dict[type, list[dict[str, Any]]] = {}
        for table, row in found:
            assert set(row) <= set(table.__table__.c.keys())
            by_table.setdefault(table, []).append(row)
        return by_table

    return made


@pytest.fixture
def there(tmp_path: Path, clock: FakeClock) -> Iterator[World]:
    """A small pretend shop, the adapter and an empty store; requests are kept."""
    shop = PrestaShopShop.small(clock=clock, seed=7)
    with world("prestashop", shop, f"sqlite:///{tmp_path / 'connector.db'}", clock) as made:
        made.server.keep_requests = True
        yield made
