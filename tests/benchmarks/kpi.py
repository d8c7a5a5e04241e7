"""How long the headline figures take over a million orders of 300,000 persons, and what reading alone takes.

    python -m tests.benchmarks.kpi [--orders 1000000] [--persons 300000]

`ours` is `connector kpi --json` in a fresh process: start-up, persons, reading, computing, printing. `floor` is a fresh
process that does nothing but the bare reading of the same columns into Polars, in the same way. Then all figures of the
shop, the fitted model by itself, and the triangle of months beside plain Polars, DuckDB and pandas, which do nothing
but that step (local months, a join, distinct pairs) on the same orders.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connector.instants import DAY, HOUR
from connector.kpi.registry import KPIS
from connector.simulation.clock import FakeClock
from connector.store import open_store

START = 1_577_836_800_000_000  # 2020-01-01
YEARS = 5

CONFIG = """\
store: sqlite:///connector.db
timezone: Europe/Berlin
language: en
sources:
  shop: {adapter: woocommerce, url: "https://shop.example", consumer_key: ck, consumer_secret: cs}
"""
COLUMNS = (
    "source_id, order_id, number, status, status_raw, status_known, countable, created_at, paid_at, modified_at, "
    "email, email_key, name, country, currency, total_micros, tax_micros, shipping_micros, discount_micros, "
    "payment_method, shipping_method, url, person_id"
)

FLOOR = """
import sqlite3, sys
import msgspec, polars as pl
columns = ["created_at", "currency", "total_micros - tax_micros - shipping_micros", "person_id", "NOT status_known"]
arrays = ", ".join(f"json_group_array({column})" for column in columns)
numbers, texts = msgspec.json.Decoder(list[int | None]), msgspec.json.Decoder(list[str | None])
connection, frames, after = sqlite3.connect(sys.argv[1]), [], ""
while after is not None:
    end = connection.execute(
        "SELECT order_id FROM orders WHERE source_id = 1 AND order_id > ? ORDER BY order_id LIMIT 1 OFFSET 49999",
        (after,),
    ).fetchone()
    last = end[0] if end else "~"
    row = connection.execute(
        f"SELECT {arrays} FROM orders WHERE source_id = 1 AND order_id > ? AND order_id <= ? "
        "AND countable AND gone_at IS NULL", (after, last)
    ).fetchone()
    frames.append(pl.DataFrame({
        column: pl.Series((texts if column == "currency" else numbers).decode(piece))
        for column, piece in zip(columns, row)
    }))
    after = last if end else None
print(pl.concat(frames, how="vertical_relaxed").height)
"""


def main() -> None:
    """Build the store, time both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--persons", type=int, default=300_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "connector.db"
        begun = time.perf_counter()
        build(path, asked.orders, asked.persons)
        size = path.stat().st_size / 1_000_000
        print(
            f"{asked.orders:,} orders of {asked.persons:,} persons, {size:.0f} MB, "
            f"written in {time.perf_counter() - begun:.0f} s"
        )
        config = path.with_name("config.yaml")
        config.write_text(CONFIG, encoding="utf-8")
        ours = _timed("-m", "connector", "--config", str(config), "kpi", "--json")
        floor = _timed("-c", FLOOR, str(path))
        start = _timed("-c", "import polars, sqlmodel")
        print(f"headline set   ours {ours:.2f} s   floor {floor:.2f} s   ratio {floor / ours:.2f}")
        print(f"of which importing Polars and SQLModel {start:.2f} s")
        _everything(config)
        _cohorts(path)


def build(path: Path, orders: int, persons: int) -> None:
    """A store with that many orders, written with plain SQL."""
    with open_store(f"sqlite:///{path}", clock=FakeClock()) as store, store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sources (id, name, adapter, url, currency, created_at) "
            "VALUES (1, 'shop', 'woocommerce', 'https://shop.example', 'EUR', 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO stream_states (source_id, stream, last_success_at) VALUES (1, 'orders', ?), (1, 'refunds', ?)",
            (START + YEARS * 365 * DAY,) * 2,
        )
        places = ", ".join("?" * len(COLUMNS.split()))
        driver: Any = connection.connection.driver_connection
        driver.executemany(f"INSERT INTO orders ({COLUMNS}) VALUES ({places})", _orders(orders, persons))
        driver.executemany(
            "INSERT INTO refunds (source_id, refund_id, order_id, created_at, total_micros, tax_micros, "
            "shipping_micros) VALUES (1, ?, ?, ?, ?, ?, 0)",
            (
                (str(10_000_000 + number), f"{number:08d}", START + number * HOUR, 10_000_000, 1_596_639)
                for number in range(1, orders, 20)
            ),
        )
        driver.executemany(
            "INSERT INTO persons (id, created_at, conflict) VALUES (?, 0, 0)", ((n,) for n in range(1, persons))
        )


def _orders(orders: int, persons: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(1)
    span = YEARS * 365 * DAY
    for number in range(1, orders + 1):
        created = START + number * span // orders
        person = min(int(chance.paretovariate(0.9) * persons / 20), persons) if chance.random() < 0.4 else None
        person = person or chance.randint(1, persons)
        total = chance.randint(5, 300) * 1_000_000
        yield (
            1, f"{number:08d}", str(number), "completed", "completed", 1, chance.random() > 0.03, created,
            created + HOUR, created + DAY, f"person{person}@mail.example.test", f"person{person}@mail.example.test",
            f"Firstname Lastname{person}", "DE", "EUR" if number % 10 else "CHF", total, total * 19 // 119, 4_120_000,
            0, "paypal", "DHL Paket", f"https://shop.example/wp-admin/post.php?post={number}&action=edit", person,
        )  # fmt: skip


def _timed(*call: str) -> float:
    """Seconds of a fresh process, the best of three."""
    spent = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *call], capture_output=True, text=True, check=True)
        spent.append(time.perf_counter() - begun)
    return min(spent)


def _cohorts(path: Path) -> None:
    """The triangle of months alone, beside other ways of counting it on the same orders."""
    import polars as pl

    from connector.frames.counting import Counting
    from connector.frames.orders import read_orders
    from connector.frames.turns import in_turn
    from connector.kpi.options import KpiOptions
    from connector.kpi.shop.cohorts import cohorts
    from connector.kpi.shop.history import History, in_sequence
    from connector.kpi.shop.scope import Scope

    with open_store(f"sqlite:///{path}", clock=FakeClock()) as store, store.read() as connection:
        counting = Counting()
        orders = in_turn(connection, read_orders(connection, {"person_id"}, counting), counting)
    orders = in_sequence(orders, complete=True)
    zone, end = ZoneInfo("Europe/Berlin"), START + YEARS * 365 * DAY
    scope = Scope(History(KpiOptions(), zone, end, orders), 0, end)
    print("the cohort step alone, months of all orders, a cell for each month with an order:")
    begun = time.perf_counter()
    table = cohorts(scope).table
    assert table is not None
    _said(
        "ours (checked, whole months only)", begun, sum(cell.active for row in table.rows for cell in row.cells if cell)
    )
    month = pl.from_epoch("at", time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone.key)
    begun = time.perf_counter()
    months = orders.select("person_id", month=month.dt.year().cast(pl.Int64) * 12 + month.dt.month())
    plain = (
        months.join(months.group_by("person_id").agg(cohort=pl.col("month").min()), on="person_id")
        .unique(["person_id", "month"])
        .group_by("cohort", column=pl.col("month") - pl.col("cohort"))
        .agg(active=pl.len())
    )
    _said("plain Polars", begun, plain["active"].sum())
    bare = orders.select("person_id", "at")
    _in_duckdb(bare, zone)
    _in_pandas(bare, zone)


def _in_duckdb(orders: Any, zone: ZoneInfo) -> None:
    import duckdb
    import pandas as pd

    held = pd.DataFrame({name: orders[name].to_numpy() for name in orders.columns})  # read for all alike: not counted
    begun = time.perf_counter()
    with duckdb.connect() as connection:
        connection.register("held", held)
        found = connection.execute(
            "WITH months AS (SELECT person_id, CAST(year(t) * 12 + month(t) AS BIGINT) AS month FROM "
            f"(SELECT person_id, timezone('{zone.key}', to_timestamp(held.at / 1e6)) AS t FROM held)), "
            "firsts AS (SELECT person_id, min(month) AS cohort FROM months GROUP BY ALL) "
            "SELECT cohort, month - cohort AS later, count(DISTINCT person_id) "
            "FROM months JOIN firsts USING (person_id) GROUP BY ALL"
        ).fetchall()
    _said("DuckDB", begun, sum(row[2] for row in found))


def _in_pandas(orders: Any, zone: ZoneInfo) -> None:
    import pandas as pd

    frame = pd.DataFrame({name: orders[name].to_numpy() for name in orders.columns})
    begun = time.perf_counter()
    local = pd.to_datetime(frame["at"], unit="us", utc=True).dt.tz_convert(zone.key)
    frame["month"] = local.dt.year * 12 + local.dt.month
    frame["cohort"] = frame.groupby("person_id")["month"].transform("min")
    found = frame.groupby(["cohort", frame["month"] - frame["cohort"]])["person_id"].nunique()
    _said("pandas", begun, found.sum())


def _said(name: str, begun: float, cells: object) -> None:
    print(f"    {name:<36} {time.perf_counter() - begun:6.2f} s   {cells} in cells")


def _everything(config: Path) -> None:
    """All figures of the definitions' sections 3 and 4 but the fitted model, then the model; each a whole command."""
    shop = [kpi.id for kpi in KPIS if kpi.subject == "shop" and kpi.id != "clv_predicted"]
    for name, ids in ((f"{len(shop)} figures of the shop", shop), ("clv_predicted", ["clv_predicted"])):
        code = f"{_TAKEN}; main({['--config', str(config), 'kpi', *ids, '--json']!r})"
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        used, peak = done.stderr.rsplit("taken ", 1)[-1].split()
        print(
            f"{name:<24} ours {time.perf_counter() - begun:.2f} s, of which {float(used):.2f} s processor   "
            f"peak memory {peak} MB"
        )


_TAKEN = (
    "import atexit, resource, sys, time; from connector.cli import main; atexit.register(lambda: print('taken', "
    "time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr))"
)


if __name__ == "__main__":
    main()
