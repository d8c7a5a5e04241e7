"""How fast pages of orders are saved: `python tests/benchmarks/save_page.py [orders]`.

Prints orders per second and microseconds per order: the floor (the driver's own `executemany` with bare order columns),
the floor with every row (the same tuples that we send, nothing computed), ours, and both ratios. Rows are prepared
beforehand, so that only the store is measured; processor time, so that a busy machine tells much the same.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connector.clock import SystemClock
from connector.contract import Feed, Record, Row, Stream, Sweep
from connector.model import Order, OrderLine, OrderTax
from connector.store import open_store
from connector.store.raw import train_dictionary
from connector.store.write import save_page

PAGE = 100
START = 1_790_000_000_000_000


def payload(number: int, chance: random.Random) -> dict[str, Any]:
    """An invented order of about 4.7 kB, as shops send them."""
    address = {
        "first_name": f"Vorname{chance.randrange(900)}", "last_name": f"Nachname{chance.randrange(5000)}",
        "company": "",
        "address_1": f"Musterweg {chance.randrange(200)}", "address_2": "", "city": f"Ort {chance.randrange(3000)}",
        "state": "", "postcode": f"{chance.randrange(10000, 99999)}", "country": "DE",
        "email": f"kunde{chance.randrange(30000)}@example.test", "phone": f"+49 30 {chance.randrange(10**7)}",
    }  # fmt: skip
    lines = [
        {
            "id": number * 10 + line, "name": f"Artikel {chance.randrange(500)}", "product_id": chance.randrange(500),
            "variation_id": 0, "quantity": chance.randrange(1, 4), "tax_class": "", "subtotal": "12.605042",
            "subtotal_tax": "2.394958", "total": "12.605042", "total_tax": "2.394958",
            "taxes": [{"id": 1, "total": "2.394958", "subtotal": "2.394958"}], "meta_data": [],
            "sku": f"SKU-{chance.randrange(500)}", "price": 12.605042, "parent_name": None,
            "image": {"id": "", "src": ""},
        }
        for line in range(3)
    ]  # fmt: skip
    meta = [{"id": number * 100 + n, "key": f"_wc_order_attribution_{n}", "value": "organic"} for n in range(32)]
    return {
        "id": number, "parent_id": 0, "status": "completed", "currency": "EUR", "version": "10.0.2",
        "prices_include_tax": True, "date_created_gmt": f"2025-10-26T01:{number % 60:02d}:07",
        "date_modified_gmt": f"2025-10-27T01:{number % 60:02d}:07", "discount_total": "0.00", "shipping_total": "4.12",
        "total": f"{chance.randrange(1000, 20000) / 100:.2f}", "total_tax": "7.97", "customer_id": number % 3000,
        "order_key": f"wc_order_{chance.getrandbits(64):x}", "billing": address, "shipping": address,
        "payment_method": "paypal", "payment_method_title": "PayPal", "number": str(number), "meta_data": meta,
        "line_items": lines, "tax_lines": [{"id": 1, "rate_id": 1, "label": "MwSt.", "tax_total": "7.97"}] * 2,
        "shipping_lines": [], "fee_lines": [], "coupon_lines": [], "refunds": [],
    }  # fmt: skip


def rows(number: int, order: dict[str, Any]) -> list[Row]:
    """Its rows, as an adapter would give them."""
    key = str(number)
    at = START + number * 1_000_000
    head = {
        "order_id": key, "number": key, "status": "completed", "status_raw": "completed", "status_known": True,
        "countable": True, "created_at": at, "paid_at": at, "completed_at": at, "modified_at": at,
        "account_id": str(order["customer_id"]) if order["customer_id"] else None, "email": order["billing"]["email"],
        "email_key": order["billing"]["email"],
        "name": f"{order['billing']['first_name']} {order['billing']['last_name']}",
        "phone": order["billing"]["phone"], "country": "DE", "currency": "EUR", "total_micros": 49_900_000,
        "tax_micros": 7_970_000, "shipping_micros": 4_120_000, "discount_micros": 0, "rate_micros": None,
        "payment_method": "paypal", "shipping_method": "Flat rate", "coupons": "[]", "created_via": "checkout",
        "attribution_type": "organic", "attribution_source": "google", "attribution_medium": "organic",
        "device_type": "Mobile", "refunds_named": "[]", "url": f"https://shop.example/wp-admin/post.php?post={key}",
    }  # fmt: skip
    made: list[Row] = [(Order, head)]
    made += [
        (
            OrderLine,
            {
                "order_id": key, "line_id": str(line["id"]), "kind": "product", "product_id": str(line["product_id"]),
                "sku": line["sku"], "name": line["name"], "quantity_micros": 1_000_000, "total_micros": 12_605_042,
                "tax_micros": 2_394_958,
            },
        )
        for line in order["line_items"]
    ]  # fmt: skip
    made += [
        (
            OrderTax,
            {"order_id": key, "rate_id": rate, "label": "MwSt.", "rate_micros": 19_000_000, "tax_micros": 7_970_000},
        )
        for rate in ("1", "2")
    ]
    return made


def floor(path: Path, pages: list[tuple[list[Record], dict[str, list[Row]]]], *, every_row: bool) -> float:
    """Seconds that the bare driver takes for the same pages."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    statements: dict[Any, str] = {}
    prepared = []
    for records, made in pages:
        by_table: dict[Any, list[tuple[Any, ...]]] = {}
        for record in records:
            for model, row in made[record.id]:
                if every_row or model is Order:
                    by_table.setdefault(model, []).append((1, *row.values()))
                    statements.setdefault(model, f"source_id, {', '.join(row)}")
        if every_row:
            blob = random.Random(1).randbytes(500)
            by_table["raw"] = [(1, "orders", r.id, blob, 1, b"0" * 16, r.updated_at, "", "", 1) for r in records]
            statements["raw"] = "source_id, stream, order_id, payload, d, digest, u, s, l, read_at"
        prepared.append(by_table)
    sql = {}
    for model, columns in statements.items():
        name = getattr(model, "__tablename__", model)
        key = {"orders": "source_id, order_id", "order_lines": "source_id, order_id, line_id"}.get(
            name, "source_id, order_id, rate_id" if name == "order_taxes" else "source_id, stream, order_id"
        )
        end = "" if name == "raw" else " WITHOUT ROWID"
        connection.execute(f"CREATE TABLE {name} ({columns}, PRIMARY KEY ({key})){end}")
        sets = ", ".join(f"{c} = excluded.{c}" for c in columns.split(", "))
        signs = ", ".join("?" for _ in columns.split(", "))
        sql[model] = f"INSERT INTO {name} VALUES ({signs}) ON CONFLICT ({key}) DO UPDATE SET {sets}"
    begun = time.process_time()
    for by_table in prepared:
        connection.execute("BEGIN IMMEDIATE")
        for model, values in by_table.items():
            connection.executemany(sql[model], values)
        connection.execute("COMMIT")
    spent = time.process_time() - begun
    connection.close()
    return spent


def ours(url: str, pages: list[tuple[list[Record], dict[str, list[Row]]]], stream: Stream) -> tuple[float, float]:
    """Seconds that `save_page` takes, at first and again with nothing new."""

    made = {key: rows for _, page in pages for key, rows in page.items()}

    def normalise(_stream: Stream, record: Record) -> Iterator[Row]:
        return iter(made[record.id])

    spent = []
    with open_store(url, clock=SystemClock()) as store:
        for _ in range(2):
            begun = time.process_time()
            for records, _ in pages:
                save_page(store, 1, stream, records, cursor=records[-1].id, normalise=normalise)
            spent.append(time.process_time() - begun)
    return spent[0], spent[1]


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    chance = random.Random(1)
    with TemporaryDirectory() as folder:
        here = Path(folder)
        dictionary = here / "orders-1.zdict"
        train_dictionary([json.dumps(payload(n, chance)).encode() for n in range(10**6, 10**6 + 400)], dictionary)
        feeds = (Feed(Order, "order_id"), Feed(OrderLine, "order_id"), Feed(OrderTax, "order_id"))
        stream = Stream("orders", feeds, Sweep.STAMPS, dictionary=dictionary)
        pages = []
        length = 0
        for first in range(1, size + 1, PAGE):
            orders = {str(n): payload(n, chance) for n in range(first, first + PAGE)}
            records = [
                Record(key, json.dumps(order).encode(), START, START, order["date_modified_gmt"])
                for key, order in orders.items()
            ]
            length += sum(len(record.payload) for record in records)
            pages.append((records, {key: rows(int(key), order) for key, order in orders.items()}))
        bare = floor(here / "bare.db", pages, every_row=False)
        every = floor(here / "every.db", pages, every_row=True)
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{here / 'ours.db'}"
        first, again = ours(url, pages, stream)
        print(f"{size} orders of {length / size / 1000:.1f} kB, pages of {PAGE}")
        for name, spent in (
            ("floor, bare order columns", bare),
            ("floor, every row", every),
            ("save_page", first),
            ("save_page, nothing new", again),
        ):
            print(f"{name:28} {size / spent:9.0f} orders/s {spent / size * 1e6:7.1f} us/order  x{bare / spent:.2f}")
        print(f"ours beyond every row: {(first - every) / size * 1e6:.1f} us/order")
        if (here / "ours.db").exists():
            print(f"store: {(here / 'ours.db').stat().st_size / size:.0f} bytes/order")
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB with all pages prepared")


if __name__ == "__main__":
    main()
