"""A scripted server and a transport to it, on a clock that nobody waits for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connector.settings import Timeouts
from connector.simulation.clock import FakeClock
from connector.transport import Transport
from tests.transport.scripted_server import Reply, ScriptedServer

QUICK = Timeouts(connect="5s", read="5s")


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def serve() -> Iterator[Callable[..., ScriptedServer]]:
    servers: list[ScriptedServer] = []

    def start(reply: Reply, **how: Any) -> ScriptedServer:
        servers.append(ScriptedServer(reply, **how))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def reach(clock: FakeClock) -> Iterator[Callable[..., Transport]]:
    transports: list[Transport] = []

    def build(server: ScriptedServer | str, path: str = "", **settings: Any) -> Transport:
        address = server if isinstance(server, str) else server.address
        settings = {"clock": clock, "random": random.Random(1), "timeouts": QUICK} | settings
        transports.append(Transport(address + path, **settings))
        return transports[-1]

    yield build
    for transport in transports:
        transport.close()
