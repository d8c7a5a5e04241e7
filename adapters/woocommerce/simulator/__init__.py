"""A pretend WooCommerce shop: a faithful server for the part of wc/v3 that a polling client reads.

Built from recorded answers of version 10.0.2, quirks included. Rooms: `model` what it holds, `shapes` how the API
shows it, `world` database, clock and options, `order_deeds` and `deeds` what happens to it, `auth` who may ask,
`params`, `lists`, `fields` how lists are asked for, `routes` what answers where, `story`, `small` and `bulk` the shops
there are, `chance` what happens by itself.

Not pretended: writing through the API, webhooks, `search`, `_envelope`, and the order by title and slug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from http import HTTPStatus
from random import Random
from typing import Any, ClassVar

from adapters.woocommerce.simulator.answers import (
    HTML_TYPE,
    Answer,
    Refusal,
    cannot_list,
    cannot_view,
    fatal_error,
    headers_of,
    no_route,
)
from adapters.woocommerce.simulator.auth import ApiKey, Gate
from adapters.woocommerce.simulator.bulk import fill_bulk
from adapters.woocommerce.simulator.chance import DEEDS
from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.request import Request, request_from
from adapters.woocommerce.simulator.routes import find
from adapters.woocommerce.simulator.shapes import encoded
from adapters.woocommerce.simulator.small import fill_small
from adapters.woocommerce.simulator.status import index
from adapters.woocommerce.simulator.story import fill_story
from connector.clock import Clock, SystemClock
from connector.simulation.faults import NEEDS_APP, Fault
from connector.simulation.happenings import by_chance

__all__ = ["ApiKey", "WooCommerceShop"]


class WooCommerceShop(Deeds):
    """A pretend shop, as a WSGI application. Empty unless made by `story`, `small` or `bulk`.

    Options besides those of `World`: `pretend_https` takes Basic and keys in the address over plain http too;
    `on_request` is called with the environ before each answer, so that the shop can change during a walk.
    """

    adapter: ClassVar[str] = "woocommerce"
    enacts: ClassVar[frozenset[Fault]] = NEEDS_APP | {Fault.SERVER_ERROR}

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        super().__init__(clock, seed)
        self.seed = seed
        self.pretend_https = False
        self.on_request: Callable[[dict[str, Any]], None] | None = None
        self.gate = Gate((), machine_time_ok=not isinstance(clock, SystemClock))
        self.key = self.add_key()

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> WooCommerceShop:
        """Two years of a tea shop, up to now."""
        shop = cls(clock=clock, seed=seed)
        fill_story(shop, seed)
        return shop

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> WooCommerceShop:
        """A few dozen orders with every oddity."""
        shop = cls(clock=clock, seed=seed)
        fill_small(shop, seed)
        return shop

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> WooCommerceShop:
        """`size` orders whose bodies are written beforehand."""
        shop = cls(clock=clock, seed=seed)
        fill_bulk(shop, size, seed)
        return shop

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> WooCommerceShop:
        """A shop with the same key and nothing in it."""
        return cls(clock=clock, seed=seed)

    def add_key(self, *, permissions: str = "read", may_view: bool = True) -> ApiKey:
        """A new key of the shop: read, write or read_write; with `may_view=False` its user has no shop rights."""
        random = Random(f"key/{self.seed}/{len(self.gate.keys)}")
        key = ApiKey(f"ck_{random.getrandbits(160):040x}", f"cs_{random.getrandbits(160):040x}", permissions, may_view)
        self.gate.keys.append(key)
        return key

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the adapter reads this shop at `address`."""
        return {
            "adapter": self.adapter,
            "url": address,
            "consumer_key": self.key.consumer_key,
            "consumer_secret": self.key.consumer_secret,
        }

    def change(self, random: Random) -> str:
        """Let one random thing happen, and say what it was."""
        with self.lock:
            self.commit_due()
            return by_chance(DEEDS, self, random)

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """What a complete read would give now. Customers: the accounts that are customers or that an order names."""
        with self.lock:
            self.commit_due()
            named = {row.customer_id for row in self.orders.rows.values()}
            return {
                "orders": {str(row.id): self.order_body(row) for row in self.orders.rows.values()},
                "refunds": {str(row.id): self.refund_body(row, with_parent=True) for row in self.refunds.rows.values()},
                "customers": {
                    str(row.id): self.customer_body(row)
                    for row in self.customers.rows.values()
                    if row.role == "customer" or row.id in named
                },
                "products": {str(row.id): self.product_body(row) for row in self.products.rows.values()},
            }

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Orders in a status whose plugin is off, products in the trash, accounts of people who are no customers."""
        with self.lock:
            listed = {*self.statuses, "trash"}
            return {
                "orders": {str(row.id) for row in self.orders.rows.values() if row.status not in listed},
                "products": {str(row.id) for row in self.products.rows.values() if row.status == "trash"},
                "customers": {str(row.id) for row in self.customers.rows.values() if row.role != "customer"},
            }

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Orders that sold a product since deleted: their lines lose its id and sku, and no date moves."""
        with self.lock:
            return {
                "orders": {str(row.id) for row in self.orders.rows.values() if 0 in row.product_ids},
                "refunds": {str(row.id) for row in self.refunds.rows.values() if 0 in row.product_ids},
            }

    # --- requests ---------------------------------------------------------------------------------------------------

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        if self.on_request:
            self.on_request(environ)
        request = request_from(environ, pretend_https=self.pretend_https)
        with self.lock:
            self.commit_due()
            answer, logged_in = self._answer(request)
            headers = headers_of(answer, logged_in=logged_in, now=self.server_time() / 1_000_000)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [answer.body]

    def _answer(self, request: Request) -> tuple[Answer, bool]:
        """The answer, and whether the request was somebody's."""
        path = request.path.rstrip("/")
        if Fault.SERVER_ERROR in request.faults:
            return fatal_error(request.accept), False
        if path == "/wp-json":
            return Answer(encoded(index(self)), allow=("GET",)), False
        key: ApiKey | None = None
        try:
            if not path.startswith("/wp-json/"):
                return self._page(request), False
            key = self.gate.key_of(request, self.now())
            if key:
                self.gate.check_permission(key, request.method)
            return self._routed(request, path.removeprefix("/wp-json/"), key), True
        except Refusal as refusal:
            return refusal.answer(), key is not None

    def _routed(self, request: Request, path: str, key: ApiKey | None) -> Answer:
        if request.method not in ("GET", "HEAD"):
            raise no_route()
        route, ids = find(path)
        if key is None or not key.may_view:
            refuse = cannot_view if route.single else cannot_list
            raise refuse(401 if key is None else 403)
        return route.answer(self, request, ids)

    def _page(self, request: Request) -> Answer:
        """Plain permalinks (`/?rest_route=`) never take these keys; anything else is the shop for people."""
        if request.text("rest_route").startswith("/wc"):
            raise cannot_list(401)
        status = 200 if request.path in ("", "/") else 404
        page = b"<!DOCTYPE html>\n<html><head><title>Teekontor</title></head><body>Tee und mehr.</body></html>\n"
        return Answer(page, status, content_type=HTML_TYPE)
