"""How fast persons are put together, and in how much memory.

    python -m tests.benchmarks.identity [--orders 1000000] [--persons 300000] [--store URL]

Fills a store (default: an SQLite file that is removed afterwards) with orders of guests and accounts in two shops, then
prints: everything at once, nothing marked, ten marked keys, and everything again with all ids known. The floor is the
same partition made in memory without any store, from rows read in one go.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from connector.clock import SystemClock
from connector.identity import IdentityRules, resolve
from connector.identity.partition import Claim, partition
from connector.store import Store, open_store

DAY = 86_400_000_000
START = 1_640_995_200_000_000  # 2022-01-01
_ORDER = text(
    "INSERT INTO orders (source_id, order_id, number, status, status_raw, status_known, countable, created_at, "
    "account_id, email, email_key, name, total_micros, tax_micros, shipping_micros, discount_micros) "
    "VALUES (:source_id, :order_id, :order_id, 'completed', 'completed', :true, :true, :created_at, :account_id, "
    ":email_key, :email_key, :name, 0, 0, 0, 0)"
)
_ACCOUNT = text(
    "INSERT INTO customer_accounts (source_id, account_id, email, email_key) "
    "VALUES (:source_id, :account_id, :email_key, :email_key)"
)
_MARK = text(
    "INSERT INTO identity_marks (kind, source_id, key) VALUES (:kind, :source_id, :key) ON CONFLICT DO NOTHING"
)


def orders(count: int, persons: int, random: Random) -> Iterator[dict[str, Any]]:
    """Orders of which two thirds belong to accounts, one in fifty under a second address; one address is shared."""
    for number in range(count):
        person = int(persons * random.random() ** 1.5)
        source_id = 1 + person % 2
        account_id = str(person) if person % 3 else None
        email = (
            f"second{person}@mail.example" if account_id and random.random() < 0.02 else f"buyer{person}@mail.example"
        )
        if random.random() < 0.01:
            account_id, email = None, "orders@marketplace.example"
        yield {
            "source_id": source_id,
            "order_id": str(number),
            "created_at": START + number * DAY // 500,
            "account_id": account_id,
            "email_key": email,
            "name": f"Buyer {person}",
            "true": True,
        }


def fill(store: Store, count: int, persons: int) -> None:
    """Write orders, accounts and the marks that saved pages would have left."""
    random = Random(1)
    accounts = set[tuple[int, str, str]]()
    for page in _pages(orders(count, persons, random), 10_000):
        marks = {("email", 0, row["email_key"]) for row in page}
        marks |= {("account", row["source_id"], row["account_id"]) for row in page if row["account_id"]}
        new = {(row["source_id"], row["account_id"], f"buyer{row['account_id']}@mail.example") for row in page}
        new = {account for account in new - accounts if account[1]}
        accounts |= new
        with store.write() as connection:
            connection.execute(_ORDER, page)
            if new:
                keys = ("source_id", "account_id", "email_key")
                connection.execute(_ACCOUNT, [dict(zip(keys, account, strict=True)) for account in new])
            connection.execute(_MARK, [dict(zip(("kind", "source_id", "key"), mark, strict=True)) for mark in marks])


def _pages(rows: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    page = []
    for row in rows:
        page.append(row)
        if len(page) == size:
            yield page
            page = []
    if page:
        yield page


def peak() -> str:
    """The most memory this process has had, where the system says so."""
    if sys.platform == "win32":
        return "memory unknown"
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB"


def floor(store: Store) -> float:
    """Seconds to read all claims in one go and partition them in memory."""
    begun = time.perf_counter()
    with store.read() as connection:
        claims = [
            Claim(*row)
            for row in connection.execute(
                text(
                    "SELECT source_id, account_id, email_key, false FROM orders "
                    "UNION ALL SELECT source_id, account_id, email_key, true FROM customer_accounts"
                )
            )
        ]
    partition(claims)
    return time.perf_counter() - begun


def measure(url: str, count: int, persons: int) -> None:
    """Fill the store at `url` and print what resolving it takes."""
    clock, rules = SystemClock(), IdentityRules()

    def timed(what: str, **more: Any) -> float:
        begun, worked = time.perf_counter(), time.process_time()
        outcome = resolve(store, rules=rules, clock=clock, **more)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
        print(f"{what:30} {seconds:8.3f} s ({cpu:8.3f} s of our CPU)   {outcome}", flush=True)
        return seconds

    with open_store(url, clock=clock) as store:
        fill(store, count, persons)
        print(f"{count} orders, {persons} persons, {store.dialect}; before: {peak()}", flush=True)
        first = timed("all new")
        print(f"{count / first:.0f} orders/s; {peak()}", flush=True)
        timed("nothing marked")
        for attempt in ("ten keys marked", "ten keys marked, again"):
            with store.write() as connection:
                connection.execute(
                    text(
                        "INSERT INTO identity_marks SELECT kind, source_id, key FROM person_aliases "
                        "WHERE person_id % 31 = 7 LIMIT 10"
                    )
                )
            timed(attempt)
        timed("everything again, ids known", everything=True)
        print(f"{peak()}")
        bare = floor(store)
        print(f"floor (one read, all in memory) {bare:.2f} s; ratio {bare / first:.2f}; {peak()}")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--orders", type=int, default=1_000_000)
    options.add_argument("--persons", type=int, default=300_000)
    options.add_argument("--store", help="address of an empty store, as in config.yaml")
    given = options.parse_args()
    if given.store:
        measure(given.store, given.orders, given.persons)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{Path(folder) / 'connector.db'}", given.orders, given.persons)


if __name__ == "__main__":
    main()
