"""Backfill of a WooCommerce shop: ours beside two floors, in one run.

    python tests/benchmarks/backfill.py [ORDERS] [--latency 50ms]

Floor A: one `requests.Session`, orjson, raw `executemany` upsert of the bare order columns, page by page.
Floor B: `http.client`, msgspec typed, the same writes.
Ours: the real adapter, transport and store; raw records, lines, taxes and refunds kept.

With --latency also ours with one request at a time, for what requests in flight gain.
"""

from __future__ import annotations

import argparse
import http.client
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec

PAGE = 100
COLUMNS = (
    "id TEXT PRIMARY KEY, status TEXT, currency TEXT, total TEXT, created TEXT, modified TEXT, email TEXT, account INT"
)
UPSERT = (
    "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET status=excluded.status, "
    "total=excluded.total, modified=excluded.modified, email=excluded.email"
)


@contextmanager
def shop(orders: int, latency: str) -> Iterator[dict[str, str]]:
    """A pretend shop in a process of its own; its config entry."""
    command = [sys.executable, "-m", "connector.simulation.serve", "woocommerce", "--bulk", str(orders)]
    server = subprocess.Popen([*command, "--latency", latency], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


def pages(settings: dict[str, str]) -> Iterator[str]:
    """Addresses of all pages, signed as the shop wants it, without an end."""
    from woocommerce.oauth import OAuth

    page = 0
    while True:
        query = urlencode({"status": "any", "orderby": "id", "order": "asc", "per_page": PAGE, "offset": page * PAGE})
        address = f"{settings['url']}/wp-json/wc/v3/orders?{query}"
        oauth = OAuth(address, settings["consumer_key"], settings["consumer_secret"], version="wc/v3", method="GET")
        yield oauth.get_oauth_url()
        page += 1


def floor_a(settings: dict[str, str], folder: Path) -> int:
    import orjson
    import requests

    database = sqlite3.connect(folder / "a.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"CREATE TABLE orders ({COLUMNS})")
    session = requests.Session()
    count = 0
    for address in pages(settings):
        orders = orjson.loads(session.get(address, timeout=60).content)
        if not orders:
            return count
        rows = [
            (
                str(order["id"]), order["status"], order["currency"], order["total"], order["date_created_gmt"],
                order["date_modified_gmt"], order["billing"]["email"], order["customer_id"],
            )
            for order in orders
        ]  # fmt: skip
        with database:
            database.executemany(UPSERT, rows)
        count += len(rows)
    return count


class Billing(msgspec.Struct):
    email: str | None = None


class Order(msgspec.Struct):
    id: int
    status: str
    currency: str
    total: str
    date_created_gmt: str | None
    date_modified_gmt: str | None
    billing: Billing
    customer_id: int


def floor_b(settings: dict[str, str], folder: Path) -> int:
    database = sqlite3.connect(folder / "b.db")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(f"CREATE TABLE orders ({COLUMNS})")
    parts = urlsplit(settings["url"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    decoder = msgspec.json.Decoder(list[Order])
    count = 0
    for address in pages(settings):
        connection.request("GET", address.removeprefix(settings["url"]))
        orders = decoder.decode(connection.getresponse().read())
        if not orders:
            return count
        with database:
            database.executemany(
                UPSERT,
                [
                    (
                        str(order.id), order.status, order.currency, order.total, order.date_created_gmt,
                        order.date_modified_gmt, order.billing.email, order.customer_id,
                    )
                    for order in orders
                ],
            )  # fmt: skip
        count += len(orders)
    return count


def ours(
    settings: dict[str, str],
    folder: Path,
    in_flight: int | None = None,
    progress: Callable[[object], None] = lambda progress: None,
) -> int:
    from random import Random

    from connector import catalog
    from connector.clock import SystemClock
    from connector.store import open_store
    from connector.sync import sync_source

    clock = SystemClock()
    store = open_store(f"sqlite:///{folder / 'ours.db'}", clock=clock)
    parsed = catalog.adapter("woocommerce").Settings.model_validate({**settings, "in_flight": in_flight})
    adapter, transport = catalog.build("woocommerce", parsed, clock=clock, random=Random(1))
    results = sync_source(
        store,
        "shop",
        adapter,
        "woocommerce",
        parsed.url,
        transport,
        clock=clock,
        streams=["orders", "refunds"],
        progress=progress,
    )
    assert all(result.status == "ok" for result in results), results
    store.close()
    return results[0].inserted


def seen_after_each_page(settings: dict[str, str], folder: Path) -> tuple[list[int], int]:
    """How many orders another connection sees after each page of ours, and how many pages there were."""
    seen: list[int] = []

    def look(_progress: object) -> None:
        with closing(sqlite3.connect(folder / "ours.db")) as other:
            seen.append(other.execute("SELECT count(*) FROM orders").fetchone()[0])

    ours(settings, folder, progress=look)
    return seen, len(seen)


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
        # Starting up is measured by itself, so whatever any of them needs is imported before.
        import orjson  # noqa: F401
        import requests  # noqa: F401
        import woocommerce.oauth  # noqa: F401

        if name.startswith("ours"):
            import adapters.woocommerce  # noqa: F401
            import connector.catalog
            import connector.sync  # noqa: F401
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
