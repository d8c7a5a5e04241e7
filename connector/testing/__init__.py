"""The contract as a test suite: an adapter that passes it behind its simulator keeps the program's promises.

    from connector.testing import AdapterContract

    class TestShopware(AdapterContract):
        adapter = "shopware"

`world` puts simulator, real transport, adapter and store together; `contract` is the suite; `machine` lets hypothesis
invent histories. pytest and hypothesis are needed (extra `dev`).
"""

from connector.testing.contract import AdapterContract
from connector.testing.world import World

__all__ = ["AdapterContract", "World"]
