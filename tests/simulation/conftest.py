import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from adapters.woocommerce.simulator.story import open_shop
from connector.simulation.clock import FakeClock
from tests.simulation.asking import recorded_shop


@pytest.fixture
def shop(clock: FakeClock) -> WooCommerceShop:
    """A shop with goods and no orders."""
    empty = WooCommerceShop(clock=clock)
    open_shop(empty, empty.now() - 86_400 * 30)
    return empty


@pytest.fixture
def small(clock: FakeClock) -> WooCommerceShop:
    """A few dozen orders with every oddity."""
    return WooCommerceShop.small(clock=clock)


@pytest.fixture(scope="module")
def as_recorded() -> WooCommerceShop:
    """The recorded shop; not to be changed."""
    return recorded_shop()
