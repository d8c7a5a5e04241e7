"""Backfill of a PrestaShop shop: ours beside two floors, in one run.

    python tests/benchmarks/backfill_prestashop.py [ORDERS] [--latency 50ms]

Floor A: one `requests.Session`, orjson, raw `executemany` upsert of the bare order columns, page by page; whole rows,
as `display=full` gives them. Floor B: `http.client`, msgspec typed, the same writes.
Ours: the real adapter, transport and store; raw records, lines, refunds, and for every order the buyer's e-mail, name
and country, which this API does not put on the order and which cost requests of their own.

With --latency also ours with one request at a time, for what requests in flight gain.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec

PAGE = 100
COLUMNS = (
    "id TEXT PRIMARY KEY, state TEXT, currency TEXT, total TEXT, created TEXT, modified TEXT, reference TEXT, "
    "account INT"
)
UPSERT = (
    "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET state=excluded.state, "
    "total=excluded.total, modified=excluded.modified"
)


@contextmanager
def shop(orders: int, latency: str) -> Iterator[dict[str, str]]:
    """A pretend shop in a process of its own; its config entry."""
    command = [sys.executable, "-m", "connector.simulation.serve", "prestashop", "--bulk", str(orders)]
    server = subprocess.Popen([*command, "--latency", latency], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def page_address(last: int) -> str:
    query = {"output_format": "JSON", "display": "full", "sort": "[id_ASC]", "limit": PAGE, "filter[id]": f">[{last}]"}
    return f"/api/orders?{urlencode(query)}"


def floor_a(settings: dict[str, str], folder: Path) -> int:
    import orjson
    import requests

    database = sqlite3.connect(folder / "a.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"CREATE TABLE orders ({COLUMNS})")
    session = requests.Session()
    session.auth = (settings["key"], "")
    count = last = 0
    while True:
        found = orjson.loads(session.get(settings["url"] + page_address(last), timeout=60).content)
        if not found:
            return count
        rows = [
            (
                str(order["id"]), order["current_state"], order["id_currency"], order["total_paid_tax_incl"],
                order["date_add"], order["date_upd"], order["reference"], order["id_customer"],
            )
            for order in found["orders"]
        ]  # fmt: skip
        with database:
            database.executemany(UPSERT, rows)
        count += len(rows)
        last = found["orders"][-1]["id"]


class Order(msgspec.Struct):
    id: int
    current_state: str
    id_currency: str
    total_paid_tax_incl: str
    date_add: str
    date_upd: str
    reference: str
    id_customer: str


class Orders(msgspec.Struct):
    orders: list[Order]


def floor_b(settings: dict[str, str], folder: Path) -> int:
    database = sqlite3.connect(folder / "b.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"CREATE TABLE orders ({COLUMNS})")
    parts = urlsplit(settings["url"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    login = {"Authorization": "Basic " + base64.b64encode(f"{settings['key']}:".encode()).decode()}
    decoder = msgspec.json.Decoder(Orders)
    count = last = 0
    while True:
        connection.request("GET", page_address(last), headers=login)
        body = connection.getresponse().read()
        if body == b"[]":
            return count
        orders = decoder.decode(body).orders
        with database:
            database.executemany(
                UPSERT,
                [
                    (
                        str(order.id), order.current_state, order.id_currency, order.total_paid_tax_incl,
                        order.date_add, order.date_upd, order.reference, order.id_customer,
                    )
                    for order in orders
                ],
            )  # fmt: skip
        count += len(orders)
        last = orders[-1].id


def ours(settings: dict[str, str], folder: Path, in_flight: int | None = None) -> int:
    from random import Random

    from connector import catalog
    from connector.clock import SystemClock
    from connector.store import open_store
    from connector.sync import sync_source

    clock = SystemClock()
    store = open_store(f"sqlite:///{folder / 'ours.db'}", clock=clock)
    parsed = catalog.adapter("prestashop").Settings.model_validate({**settings, "in_flight": in_flight})
    adapter, transport = catalog.build("prestashop", parsed, clock=clock, random=Random(1))
    results = sync_source(
        store, "shop", adapter, "prestashop", parsed.url, transport, clock=clock, streams=["orders", "order_slip"]
    )
    assert all(result.status == "ok" for result in results), results
    store.close()
    return results[0].inserted


def measured(name: str, settings: dict[str, str]) -> dict[str, float]:
    """One contender in a process of its own, so that memory is its own too."""
    command = [sys.executable, __file__, "--one", name, "--settings", json.dumps(settings)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def one(name: str, settings: dict[str, str]) -> None:
    contenders = {
        "floor A": floor_a,
        "floor B": floor_b,
        "ours": ours,
        "ours, one at a time": lambda settings, folder: ours(settings, folder, 1),
    }
    with tempfile.TemporaryDirectory() as folder:
        if name.startswith("ours"):
            import adapters.prestashop  # noqa: F401
        began, used = time.perf_counter(), time.process_time()
        count = contenders[name](settings, Path(folder))
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"count": count, "seconds": seconds, "cpu": cpu, "size": size, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("orders", type=int, nargs="?", default=20_000)
    parser.add_argument("--latency", default="0ms")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one")
    parser.add_argument("--settings")
    given = parser.parse_args()
    if given.one:
        one(given.one, json.loads(given.settings))
        return
    slow = given.latency != "0ms"
    names = ["ours", "ours, one at a time"] if slow else ["floor A", "floor B", "ours"]
    best: dict[str, dict[str, float]] = {}
    with shop(given.orders, given.latency) as settings:
        for _ in range(given.rounds):
            for name in names:
                result = measured(name, settings)
                if name not in best or result["seconds"] < best[name]["seconds"]:
                    best[name] = result
    floor = best[names[1] if slow else "floor A"]["seconds"]
    print(f"{given.orders} orders, latency {given.latency}, best of {given.rounds}")
    for name, result in best.items():
        rate = result["count"] / result["seconds"]
        print(
            f"{name:22} {rate:9.0f} orders/s  ratio {floor / result['seconds']:5.2f}  cpu {result['cpu']:6.2f} s  "
            f"peak {result['peak']:4.0f} MB  {result['size'] / result['count']:5.0f} bytes an order"
        )


if __name__ == "__main__":
    main()
