import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.conversations.desk import Desk


@pytest.fixture
def desk(store: Store, clock: FakeClock) -> Desk:
    return Desk(store, clock)
