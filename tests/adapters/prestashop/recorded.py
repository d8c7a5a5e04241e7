"""Answers recorded from a running shop, the adapter connected to whatever serves them, and what it asked."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

from adapters.prestashop import PrestaShop
from connector.instants import to_datetime
from connector.simulation.clock import FakeClock
from connector.testing.world import World
from connector.transport import Transport

RECORDED = Path(__file__).parents[2] / "fixtures" / "prestashop"
KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456"


def recorded(name: str) -> list[dict[str, Any]]:
    """The list in a recorded JSON answer."""
    (rows,) = json.loads((RECORDED / name).read_text("utf-8")).values()
    return rows


def states() -> dict[str, dict[str, Any]]:
    """The recorded shop's order states as contexts of orders and histories, by id."""
    return {
        str(row["id"]): {
            "name": row["name"][0]["value"],
            "template": row["template"][0]["value"],
            **{flag: row[flag] for flag in ("paid", "shipped", "logable")},
        }
        for row in recorded("order_states_all.json")
    }


def connected(address: str, clock: FakeClock, **settings: Any) -> tuple[PrestaShop, Transport]:
    """The adapter, reading at an address."""
    given = {"adapter": "prestashop", "url": address, "key": KEY, "timezone": "Europe/Berlin", **settings}
    parsed = PrestaShop.Settings.model_validate(given)
    transport = Transport(
        address,
        clock=clock,
        random=Random(1),
        timeouts=parsed.timeouts,
        retry_for=parsed.retry_for,
        secrets=parsed.secrets,
    )
    return PrestaShop(parsed, transport), transport


def asked(there: World) -> list[tuple[str, dict[str, str]]]:
    """The requests so far: path and parameters."""
    found = []
    for request in there.server.requests:
        parts = urlsplit(request.partition(" ")[2])
        found.append((parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()}))
    return found


def statuses(results: dict[str | None, Any]) -> set[str]:
    return {result.status for result in results.values()}


def utc(instant: int | None) -> str:
    """An instant of a row (microseconds UTC) as the fixtures write times."""
    assert instant is not None
    return to_datetime(instant).strftime("%Y-%m-%d %H:%M:%S")
