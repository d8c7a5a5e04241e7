"""Stores with invented shops in them, written with plain inserts: what the exports are tested and measured on."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel

from connector.instants import DAY, HOUR, from_local_text
from connector.model import (
    Order,
    OrderLine,
    OrderTax,
    Person,
    Product,
    Refund,
    Source,
    StreamState,
)
from connector.store import Store

BERLIN = ZoneInfo("Europe/Berlin")
MICRO = 1_000_000


def at(text: str) -> int:
    """The instant of a local time in Berlin."""
    return from_local_text(text, BERLIN)


def put(store: Store, model: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; columns that a row leaves out are null or what the model says."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    defaults = {
        name: field.default
        for name, field in model.model_fields.items()
        if field.default is not None and not field.is_required() and name in table.c
    }
    listed = [{**dict.fromkeys(c.name for c in table.c if not c.primary_key), **defaults, **row} for row in rows]
    with store.write() as connection:
        for start in range(0, len(listed), 5000):
            connection.execute(table.insert(), listed[start : start + 5000])


def order(order_id: str, created: int, total: str = "11.90", **more: Any) -> dict[str, Any]:
    """An order of source 1: 19 % tax, no shipping, counted, unless told otherwise."""
    micros = round(float(total) * MICRO)
    tax = more.pop("tax_micros", round(micros * 19 / 119))
    return {
        "source_id": 1,
        "order_id": order_id,
        "number": order_id,
        "status": "completed",
        "status_raw": "wc-completed",
        "created_at": created,
        "currency": "EUR",
        "country": "DE",
        "total_micros": micros,
        "tax_micros": tax,
        "shipping_micros": 0,
        "discount_micros": 0,
        **more,
    }


def sources(store: Store, now: int) -> None:
    """A shop and a help desk, both synced."""
    put(
        store,
        Source,
        [
            {
                "id": 1,
                "name": "main-shop",
                "adapter": "woocommerce",
                "url": "https://shop.example.test",
                "timezone": "Europe/Berlin",
                "currency": "EUR",
                "created_at": now,
            },
            {
                "id": 2,
                "name": "helpdesk",
                "adapter": "zendesk",
                "url": "https://desk.example.test",
                "timezone": "Europe/Berlin",
                "created_at": now,
            },
        ],
    )
    put(
        store,
        StreamState,
        [
            {"source_id": 1, "stream": "orders", "last_success_at": now},
            {"source_id": 1, "stream": "refunds", "last_success_at": now - HOUR},
            {"source_id": 2, "stream": "tickets", "last_success_at": now - HOUR, "failing_since": now},
        ],
    )


NAMES: Sequence[str] = (
    "Ada Blume",
    "Jürgen Weiß",
    "María-José Ortiz",
    "Zoë O'Neill",
    "李小龍",
    "=cmd|' /C calc'!A0",
    "@sum",
    "Łukasz Żak",
    "Nguyễn Thị Ánh",
    "Søren Ødegård",
    "+49 89 123456",
    "Emma 🌿 Grün",
)
GOODS: Sequence[tuple[str, str, int]] = (
    ("Grüner Tee Sencha", "TEA-01", 12_900_000),
    ("Darjeeling First Flush", "TEA-02", 18_500_000),
    ("Kräutermischung", "TEA-03", 7_900_000),
    ("Teekanne Gusseisen", "POT-01", 54_000_000),
    ("Matcha-Set", "SET-01", 39_000_000),
    ("Rooibos Vanille", "TEA-04", 8_400_000),
)


def tea_shop(store: Store, count: int, *, seed: int = 1, years: float = 2.0) -> int:
    """A believable shop of `count` orders over some years, with repeat customers, refunds and two currencies."""
    chance = random.Random(seed)
    now = at("2026-11-21T12:00:00")
    sources(store, now)
    start = now - int(years * 365 * DAY)
    persons = max(1, count // 3)
    first = sorted(start + int(chance.random() * (now - start)) for _ in range(persons))
    put(store, Person, ({"id": one + 1, "created_at": now} for one in range(persons)))
    orders, lines, taxes, refunds = [], [], [], []
    for number in range(count):
        person = number if number < persons else int(persons * chance.random() ** 1.5)
        created = first[person] if number < persons else first[person] + int(chance.expovariate(1 / 90) * DAY) + HOUR
        if created >= now:
            created = now - int(chance.random() * 30 * DAY)
        currency = "CHF" if person % 11 == 0 else "EUR"
        status = chance.choices(("completed", "processing", "cancelled", "refunded"), (85, 6, 6, 3))[0]
        order_id = str(10_000 + number)
        goods = chance.sample(GOODS, chance.randint(1, 3))
        net = 0
        for place, (name, sku, price) in enumerate(goods):
            quantity = chance.randint(1, 3)
            net += price * quantity
            lines.append(
                {
                    "source_id": 1,
                    "order_id": order_id,
                    "line_id": str(place),
                    "kind": "product",
                    "product_id": sku,
                    "sku": sku,
                    "name": name,
                    "quantity_micros": quantity * MICRO,
                    "total_micros": price * quantity,
                    "tax_micros": price * quantity * 19 // 100,
                }
            )
        shipping = 0 if net > 60 * MICRO else 4_900_000
        tax = (net + shipping) * 19 // 100
        taxes.append(
            {
                "source_id": 1,
                "order_id": order_id,
                "rate_id": "1",
                "label": "MwSt. 19 %",
                "rate_micros": 19 * MICRO,
                "taxable_micros": net + shipping,
                "tax_micros": tax,
            }
        )
        name = NAMES[person % len(NAMES)]
        orders.append(
            order(
                order_id,
                created,
                "0",
                total_micros=net + shipping + tax,
                tax_micros=tax,
                shipping_micros=shipping,
                currency=currency,
                country="CH" if currency == "CHF" else chance.choice(("DE", "DE", "DE", "AT")),
                status=status,
                status_raw=f"wc-{status}",
                countable=status != "cancelled",
                person_id=person + 1,
                email=f"person{person}@example.test",
                email_key=f"person{person}@example.test",
                name=name,
                paid_at=created + HOUR,
                modified_at=created + DAY,
                payment_method=chance.choice(("paypal", "stripe", "invoice")),
                shipping_method="DHL Paket",
                attribution_source=chance.choice(("google", "newsletter", "(direct)")),
                url=f"https://shop.example.test/wp-admin/post.php?post={order_id}&action=edit",
            )
        )
        if status == "refunded" or chance.random() < 0.03:
            refunds.append(
                {
                    "source_id": 1,
                    "refund_id": f"r{order_id}",
                    "order_id": order_id,
                    "created_at": min(created + 9 * DAY, now),
                    "total_micros": (net + shipping + tax) // 2,
                    "reason": chance.choice(("Damaged in transit", "changed my mind", "@home")),
                }
            )
    put(store, Order, orders)
    put(store, OrderLine, lines)
    put(store, OrderTax, taxes)
    put(store, Refund, refunds)
    put(
        store,
        Product,
        (
            {
                "source_id": 1,
                "product_id": sku,
                "sku": sku,
                "name": name,
                "price_micros": price,
                "categories": json.dumps(["Tee" if sku.startswith("TEA") else "Zubehör"]),
            }
            for name, sku, price in GOODS
        ),
    )
    return now
