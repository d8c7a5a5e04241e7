from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.zendesk_chat.simulator import ZendeskChatAccount
from connector.simulation.clock import FakeClock
from connector.simulation.server import LoopbackServer

There = tuple[ZendeskChatAccount, LoopbackServer]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def account(clock: FakeClock) -> Iterator[There]:
    """A small pretend account behind a server."""
    made = ZendeskChatAccount.small(clock=clock, seed=3)
    with LoopbackServer(made) as server:
        yield made, server
