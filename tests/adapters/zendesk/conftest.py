from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.zendesk.simulator import ZendeskDesk
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer

There = tuple[ZendeskDesk, LoopbackServer]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def there(clock: FakeClock) -> Iterator[There]:
    """A small pretend help desk behind a server."""
    desk = ZendeskDesk.small(clock=clock, seed=3)
    with LoopbackServer(desk) as server:
        yield desk, server
