"""A pretend WooCommerce shop that answers as it is told, and the program that reads it."""

from __future__ import annotations

import json
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from connector.clock import SystemClock
from connector.simulation.faults import Faults
from connector.simulation.server import LoopbackServer
from tests.cli.conftest import Desk

Alter = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]
"""Path and rows of a list answer -> the rows as the shop gives them instead."""


class OddShop:
    """The shop behind something that changes its answers: a plugin, a proxy, a wrong setting."""

    def __init__(self, shop: WooCommerceShop) -> None:
        self.shop = shop
        self.alter: Alter | None = None
        self.instead: Callable[[str], tuple[str, list[tuple[str, str]], bytes] | None] | None = None
        """Path and query -> a whole answer, or None to let the shop answer."""
        self.enacts = shop.enacts
        self.server_time = shop.server_time

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if self.instead and (answer := self.instead(environ["REQUEST_URI"])):
            status, headers, body = answer
            start_response(status, headers)
            return [body]
        body = b"".join(self.shop(environ, start_response))
        if self.alter and body.startswith(b"["):
            body = json.dumps(self.alter(environ["PATH_INFO"], json.loads(body))).encode()
        return [body]


class Place:
    """A shop on loopback and a directory with a config.yaml that reads it."""

    def __init__(self, folder: Path, tls: ssl.SSLContext | None = None, **settings: Any) -> None:
        self.shop = WooCommerceShop.small(clock=SystemClock(), seed=1)
        self.odd = OddShop(self.shop)
        self.server = LoopbackServer(self.odd, tls=tls, keep_requests=False).start()
        self.desk = Desk(folder)
        self.settings = {
            **self.shop.source_settings(self.server.address.replace("127.0.0.1", "localhost" if tls else "127.0.0.1")),
            "retry_for": "0s",
            "in_flight": 1,
            **settings,
        }
        self.configure()

    def configure(self, **changes: Any) -> None:
        """Write config.yaml with these settings of the source changed."""
        self.settings.update(changes)
        # Secrets of the file are checked elsewhere; JSON is YAML.
        self.desk.write(json.dumps({"timezone": "Europe/Berlin", "sources": {"shop": self.settings}}))

    @property
    def faults(self) -> Faults | None:
        return self.server.faults

    @faults.setter
    def faults(self, faults: Faults | None) -> None:
        self.server.faults = faults

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the store answers to a query."""
        store = sqlite3.connect(self.desk.folder / "connector.db")
        try:
            return store.execute(query).fetchall()
        finally:
            store.close()

    def close(self) -> None:
        self.server.stop()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A shop over plain http, with signed addresses."""
    made = Place(tmp_path)
    yield made
    made.close()
