"""First sync of a shop, a help desk or a chat: ours beside two floors, in one run.

    python -m tests.benchmarks.backfill [SIZE] [--adapter woocommerce|prestashop|zendesk|zendesk_chat] [--latency 50ms]

SIZE counts orders, tickets or chats. The floors are in `floors` and `desk_floors`. Ours: the real adapter, transport
and store; raw records, lines, taxes and refunds kept, and for PrestaShop every order's buyer, name and country, which
its API does not put on the order and which cost requests of their own. Of a help desk or chat every list is read, in
both.

With --latency also ours with one request at a time, for what requests in flight gain.
"""

from __future__ import annotations

import argparse
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

from tests.benchmarks.desk_floors import FLOORS
from tests.benchmarks.floors import floor_a, floor_b

STREAMS = {"woocommerce": ["orders", "refunds"], "prestashop": ["orders", "order_slip"]}  # else all there are
COUNTED = {"zendesk": "tickets", "zendesk_chat": "chats"}  # else orders


@contextmanager
def shop(orders: int, latency: str, adapter: str = "woocommerce") -> Iterator[dict[str, str]]:
    """A pretend shop in a process of its own; its config entry."""
    command = [sys.executable, "-m", "connector.simulation.serve", adapter, "--bulk", str(orders)]
    server = subprocess.Popen([*command, "--latency", latency], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()


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

    clock, name = SystemClock(), settings["adapter"]
    store = open_store(f"sqlite:///{folder / 'ours.db'}", clock=clock)
    parsed = catalog.adapter(name).Settings.model_validate({**settings, "in_flight": in_flight})
    adapter, transport = catalog.build(name, parsed, clock=clock, random=Random(1))
    results = sync_source(
        store,
        "shop",
        adapter,
        name,
        parsed.url,
        transport,
        clock=clock,
        streams=STREAMS.get(name),
        progress=progress,
    )
    assert all(result.status == "ok" for result in results), results
    store.close()
    return next(result.inserted for result in results if result.stream == COUNTED.get(name, "orders"))


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
    command = [sys.executable, "-m", "tests.benchmarks.backfill", "--one", name, "--settings", json.dumps(settings)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def one(name: str, settings: dict[str, str]) -> None:
    contenders = {
        "floor A": FLOORS.get(settings["adapter"], floor_a),
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
            import connector.catalog
            import connector.sync
            from connector.cli import collector

            connector.catalog.adapter(settings["adapter"])
            collector.loaded()  # as the command does
        began, used = time.perf_counter(), time.process_time()
        count = contenders[name](settings, Path(folder))
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"count": count, "seconds": seconds, "cpu": cpu, "size": size, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="?", default=20_000)
    parser.add_argument("--adapter", choices=sorted({*STREAMS, *COUNTED}), default="woocommerce")
    parser.add_argument("--latency", default="0ms")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one")
    parser.add_argument("--settings")
    given = parser.parse_args()
    if given.one:
        one(given.one, json.loads(given.settings))
        return
    slow = given.latency != "0ms"
    things = COUNTED.get(given.adapter, "orders")
    floors = ["floor A"] if given.adapter in FLOORS else ["floor A", "floor B"]
    names = ["ours", "ours, one at a time"] if slow else [*floors, "ours"]
    best: dict[str, dict[str, float]] = {}
    with shop(given.size, given.latency, given.adapter) as settings:
        for _ in range(given.rounds):
            for name in names:
                result = measured(name, settings)
                if name not in best or result["seconds"] < best[name]["seconds"]:
                    best[name] = result
    floor = best[names[1] if slow else "floor A"]["seconds"]
    print(f"{given.adapter}, {given.size} {things}, latency {given.latency}, best of {given.rounds}")
    for name, result in best.items():
        rate = result["count"] / result["seconds"]
        print(
            f"{name:22} {rate:9.0f} {things}/s  ratio {floor / result['seconds']:5.2f}  "
            f"processor {result['cpu'] / result['count'] * 1e6:4.0f} µs each  "
            f"peak {result['peak']:4.0f} MB  {result['size'] / result['count']:5.0f} bytes each"
        )


if __name__ == "__main__":
    main()
