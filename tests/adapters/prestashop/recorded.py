"""Answers recorded from a running shop, and the adapter connected to whatever serves them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from adapters.prestashop import PrestaShop
from connector.simulation.clock import FakeClock
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
