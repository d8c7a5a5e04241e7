"""A pretend PrestaShop shop: a faithful server for the part of the web service that a polling client reads.

Built from recorded answers of version 8.2.1, quirks included. Rooms: `tables` the lists and their fields, `query` how
they are asked for, `output` how rows are shown, `answers` and `keys` refusals, `service` the web service, `world` the
database and its clock, `stock`, `people_deeds` and `deeds` what there is and what happens, `small`, `story` and `bulk`
the shops there are, `chance` what happens by itself, `truth` what a complete read would bring.

Not pretended: writing through the web service, schemas, images, search, answers that did not change (304), and what
hangs on rows in XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from http import HTTPStatus
from random import Random
from typing import Any, ClassVar

from adapters.prestashop.simulator.bulk import fill_bulk
from adapters.prestashop.simulator.chance import DEEDS
from adapters.prestashop.simulator.keys import Key
from adapters.prestashop.simulator.service import Service
from adapters.prestashop.simulator.small import fill_small
from adapters.prestashop.simulator.stock import furnish
from adapters.prestashop.simulator.story import fill_story
from adapters.prestashop.simulator.truth import truth_of
from connector.clock import Clock
from connector.simulation.happenings import by_chance

__all__ = ["Key", "PrestaShopShop"]


class PrestaShopShop(Service):
    """A pretend shop, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    Options besides those of `World` and `Service`: `on_request` is called with the environ before each answer, so that
    the shop can change during a walk.
    """

    adapter: ClassVar[str] = "prestashop"

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock, seed)
        self.on_request: Callable[[dict[str, Any]], None] | None = None
        self.key = self.add_key()

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> PrestaShopShop:
        """Two years of an outlet, up to now."""
        shop = cls(clock=clock, seed=seed)
        fill_story(shop, seed)
        return shop

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> PrestaShopShop:
        """A few dozen orders with every oddity."""
        shop = cls(clock=clock, seed=seed)
        fill_small(shop, seed)
        return shop

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> PrestaShopShop:
        """`size` orders whose answers are prepared beforehand."""
        shop = cls(clock=clock, seed=seed)
        furnish(shop)
        fill_bulk(shop, size, seed)
        return shop

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> PrestaShopShop:
        """A shop with the same key and nothing in it."""
        return cls(clock=clock, seed=seed)

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the adapter reads this shop at `address`."""
        return {"adapter": self.adapter, "url": address, "key": self.key.value, "timezone": self.timezone}

    def change(self, random: Random) -> str:
        """Let one random thing happen, and say what it was."""
        with self.lock:
            return by_chance(DEEDS, self, random)

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now."""
        with self.lock:
            return truth_of(self)

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Nothing: the lists of this web service hold everything there is."""
        return {}

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Nothing: whatever happens here shows in a change date or in the fields that a sweep lists."""
        return {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        if self.on_request:
            self.on_request(environ)
        with self.lock:
            answer = self.respond(environ)
            headers = answer.headers(self.version, self.server_time() // 1_000_000)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [answer.body]
