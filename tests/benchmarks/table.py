"""Every measure of speed and size that the project holds itself to, as one Markdown table.

    python -m tests.benchmarks.table [--orders 20000] [--long]

Runs whole programs against a pretend shop in a process of its own, and the floors beside them. With `--long` also what
takes minutes: 100,000 orders synced and exported, the figures of a million orders. Times are of the wall clock, the
best of several rounds; memory is the most that the process ever held, imports included. Not for Windows, which does
not tell a process's peak.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import backfill, kpi

MEGABYTE = 1024 * 1024
ROUNDS = 4

# One process that syncs twice; the second time everything is imported already.
_TWICE = """
import json, sys, time
from connector.cli import main
def sync():
    began, used = time.perf_counter(), time.process_time()
    try:
        main(["--config", sys.argv[1], "-q", "sync", "--json"])
    except SystemExit:
        pass
    return time.perf_counter() - began, time.process_time() - used
sync()
print(json.dumps(sync()), file=sys.stderr)
"""


@dataclass(frozen=True)
class Row:
    """One line of the table. `ratio` is how far ours is on the good side of what is to be reached: 1 = just so."""

    measure: str
    reach: str
    ours: str
    ratio: float
    command: str

    def line(self) -> str:
        """As Markdown."""
        verdict = "reached" if self.ratio >= 1 else "**short**"
        return f"| {self.measure} | {self.reach} | {self.ours} | {self.ratio:.2f} | {verdict} | `{self.command}` |"


@dataclass(frozen=True)
class Ran:
    """What a whole program took and said."""

    seconds: float
    processor: float  # seconds, of all threads
    peak: float  # MB
    output: str


def run(*arguments: str) -> Ran:
    """`connector` with `arguments`, in a process of its own. Raises RuntimeError where it does not end well."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "connector", *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"connector {' '.join(arguments)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEGABYTE, output)


@contextmanager
def owner(orders: int) -> Iterator[Path]:
    """The config of an owner of a pretend shop with `orders` orders, which is up meanwhile."""
    with tempfile.TemporaryDirectory() as folder, backfill.shop(orders, "0ms") as settings:
        path = Path(folder) / "config.yaml"
        path.touch(mode=0o600)
        path.write_text(f"timezone: Europe/Berlin\nlanguage: en\nsources: {json.dumps({'shop': settings})}\n")
        yield path


def best(measure: Callable[[], Mapping[str, float]], rounds: int = ROUNDS) -> Mapping[str, float]:
    """The quickest of several rounds."""
    return min((measure() for _ in range(rounds)), key=lambda result: result["seconds"])


def backfills(orders: int) -> list[Row]:
    """A first sync without latency, beside the floors, taken in turn so that all meet the same machine."""
    taken: dict[str, Mapping[str, float]] = {}
    with backfill.shop(orders, "0ms") as settings:
        for _ in range(ROUNDS):
            for name in ("floor A", "floor B", "ours"):
                result = backfill.measured(name, settings)
                if name not in taken or result["seconds"] < taken[name]["seconds"]:
                    taken[name] = result
    rate = {name: result["count"] / result["seconds"] for name, result in taken.items()}
    busy = {name: result["cpu"] / result["count"] * 1_000_000 for name, result in taken.items()}
    share = rate["ours"] / rate["floor A"]
    return [
        Row(
            f"first sync of {orders:,} orders, no latency; raw records, lines, taxes and refunds kept",
            "0.7 of floor A",
            f"{rate['ours']:,.0f} orders/s = {share:.2f} of floor A ({rate['floor A']:,.0f}), "
            f"{rate['ours'] / rate['floor B']:.2f} of floor B ({rate['floor B']:,.0f}); "
            f"processor {busy['ours']:.0f} µs an order, floor A {busy['floor A']:.0f}, floor B {busy['floor B']:.0f}",
            share / 0.7,
            f"backfill {orders}",
        )
    ]


def latency(orders: int) -> list[Row]:
    """The same with 50 ms a request, beside one request at a time."""
    with backfill.shop(orders, "50ms") as settings:
        ours = best(lambda: backfill.measured("ours", settings))
        single = best(lambda: backfill.measured("ours, one at a time", settings), 2)
    gain = single["seconds"] / ours["seconds"]
    return [
        Row(
            f"first sync of {orders:,} orders at 50 ms a request",
            "3 times one page at a time",
            f"{gain:.1f} times: {ours['seconds']:.1f} s beside {single['seconds']:.1f} s",
            gain / 3,
            f"backfill {orders} --latency 50ms",
        )
    ]


def first_rows(orders: int) -> list[Row]:
    """When another connection sees the first orders of a first sync."""
    with backfill.shop(orders, "0ms") as settings, tempfile.TemporaryDirectory() as folder:
        seen, pages = backfill.seen_after_each_page(settings, Path(folder))
    return [
        Row(
            "first rows visible to others",
            "after the first page",
            f"{seen[0]} orders after page 1 of {pages}, {seen[1]} after page 2",
            1.0 if seen[0] > 0 and seen[1] > seen[0] else 0.0,
            "table",
        )
    ]


def nothing_new(config: Path) -> list[Row]:
    """A sync where nothing changed: requests by stream, and our own time."""
    runs = json.loads(run("--config", str(config), "-q", "sync", "--json").output)["runs"]
    requests = {record["stream"]: record["requests"] for record in runs}
    call = [sys.executable, "-c", _TWICE, str(config)]
    times = []
    for _ in range(ROUNDS):
        said = subprocess.run(call, capture_output=True, text=True, check=True).stderr
        times.append(json.loads(said.splitlines()[-1]))
    wall, used = min(times)
    promised = {"orders": 2, "refunds": 1, "customers": 0, "products": 1}
    return [
        Row(
            "nothing new: requests",
            " + ".join(map(str, promised.values())),
            ", ".join(f"{stream} {count}" for stream, count in requests.items()),
            1.0 if requests == promised else 0.0,
            "table",
        ),
        Row(
            "nothing new: whole command after imports",
            "0.5 s",
            f"{wall:.2f} s, of which {used:.2f} s processor",
            0.5 / wall,
            "table",
        ),
    ]


def whole(orders: int, *, export: bool) -> list[Row]:
    """A first `connector sync` of everything: memory and size, what nothing new costs, and the workbook."""
    rows = []
    with owner(orders) as config:
        first = run("--config", str(config), "-q", "sync", "--json")
        assert all(record["status"] == "ok" for record in json.loads(first.output)["runs"])
        size = (config.parent / "connector.db").stat().st_size / orders
        rows += [
            Row(
                f"peak memory, `sync` of {orders:,} orders",
                "150 MB",
                f"{first.peak:.0f} MB ({first.seconds:.1f} s with customers, products and persons)",
                150 / first.peak,
                "table" if orders < 100_000 else "table --long",
            ),
            Row(
                f"store size, {orders:,} orders, customers and persons included",
                "1.5 kB an order",
                f"{size / 1000:.2f} kB",
                1500 / size,
                "table" if orders < 100_000 else "table --long",
            ),
        ]
        if export:
            book = config.with_name("report.xlsx")
            written = run("--config", str(config), "-q", "export", str(book))
            rows.append(
                Row(
                    f"peak memory, `export` of {orders:,} orders to .xlsx",
                    "150 MB",
                    f"{written.peak:.0f} MB ({written.seconds:.1f} s, {book.stat().st_size / MEGABYTE:.0f} MB file)",
                    150 / written.peak,
                    "table --long",
                )
            )
        else:
            rows += nothing_new(config)
    return rows


def start_up() -> list[Row]:
    """`connector --help`."""
    seconds = min(run("--help").seconds for _ in range(2 * ROUNDS))
    return [Row("`connector --help`", "0.3 s", f"{seconds:.2f} s", 0.3 / seconds, "table")]


def figures(orders: int) -> list[Row]:
    """The headline figures of a big store, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yaml"
        kpi.build(config.with_name("connector.db"), orders, orders * 3 // 10)
        config.touch(mode=0o600)
        config.write_text(kpi.CONFIG, encoding="utf-8")
        taken: Any = min(
            (run("--config", str(config), "kpi", "--json") for _ in range(ROUNDS)), key=lambda r: r.seconds
        )
    return [
        Row(
            f"`kpi`, headline set over {orders:,} orders",
            "3 s",
            f"{taken.seconds:.2f} s, of which {taken.processor:.2f} s processor; {taken.peak:.0f} MB",
            3 / taken.seconds,
            "kpi",
        )
    ]


def main() -> None:
    """Measure, and print each line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    parts: list[Callable[[], list[Row]]] = [
        lambda: backfills(asked.orders),
        lambda: latency(asked.orders),
        lambda: first_rows(2_000),
        lambda: whole(asked.orders, export=False),
        start_up,
    ]
    if asked.long:
        parts += [lambda: whole(100_000, export=True), lambda: figures(1_000_000)]
    print("| measure | to reach | ours | ratio | verdict | `python -m tests.benchmarks.…` |\n|---|---|---|---|---|---|")
    for part in parts:
        for row in part():
            print(row.line(), flush=True)


if __name__ == "__main__":
    main()
