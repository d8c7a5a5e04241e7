"""The contract as a test suite: an adapter that passes it behind its simulator keeps the program's promises.

    from connector.testing import AdapterContract

    class TestShopware(AdapterContract):
        adapter = "shopware"

`world` puts simulator, real transport, adapter and store together; `contract` is the suite; `erasure` looks for what is
left of somebody erased; `history` is what may happen to a source and to us, in any order. pytest is needed.
"""

from connector.testing.contract import AdapterContract
from connector.testing.world import World

__all__ = ["AdapterContract", "World"]
