import pytest

from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.identity.world import World


@pytest.fixture
def world(store: Store, clock: FakeClock) -> World:
    return World(store, clock)
