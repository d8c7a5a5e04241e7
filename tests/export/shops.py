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
    Agent,
    Conversation,
    CustomerAccount,
    Message,
    Order,
    OrderLine,
    OrderTax,
    Person,
    Product,
    Refund,
    RefundLine,
    Source,
    StreamState,
    SurveyAnswer,
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


def small_shop(store: Store) -> int:
    """A handful of rows with every oddity an export has to show; returns "now"."""
    now = at("2026-11-21T12:00:00")
    sources(store, now)
    put(
        store,
        Person,
        [{"id": 1, "created_at": now}, {"id": 2, "created_at": now}, {"id": 3, "created_at": now, "merged_into": 1}],
    )
    ada = {"person_id": 1, "email": "ada@example.test", "email_key": "ada@example.test", "name": "Ada Łovelace"}
    evil = {"person_id": 2, "email": "+49@example.test", "name": '=HYPERLINK("https://evil.example.test")'}
    put(
        store,
        Order,
        [
            order(
                "9",
                at("2026-01-31T23:30:00"),
                "119.00",
                **ada,
                paid_at=at("2026-02-01T08:00:00"),
                shipping_micros=5 * MICRO,
                coupons=json.dumps(["SPRING", "tée"]),
                payment_method="paypal",
                url="https://shop.example.test/wp-admin/post.php?post=9",
                status="refunded",
            ),
            order("10", at("2026-02-01T00:30:00"), "23.80", **ada, discount_micros=1_234_567),
            order("11", at("2026-02-01T00:30:00"), "5000", **ada, currency="JPY", tax_micros=0),
            order("12", at("2026-03-15T12:00:00"), "11.90", **evil, country="AT", attribution_source="@sum"),
            order("13", at("2026-03-16T12:00:00"), "11.90", **evil, status="cancelled", countable=False),
            order("14", at("2026-03-17T12:00:00"), "11.90", **evil, gone_at=now, country="CH"),
            order("15", at("2026-04-01T12:00:00"), "0", email=None, name="\ttab", tax_micros=0),
        ],
    )
    put(
        store,
        OrderTax,
        [
            {
                "source_id": 1,
                "order_id": "9",
                "rate_id": "1",
                "label": "MwSt.",
                "rate_micros": 19 * MICRO,
                "taxable_micros": 100 * MICRO,
                "tax_micros": 19 * MICRO,
            },
        ],
    )
    put(
        store,
        OrderLine,
        [
            {
                "source_id": 1,
                "order_id": "9",
                "line_id": "1",
                "kind": "product",
                "product_id": "7",
                "sku": "-T1",
                "name": "Grüner Tee",
                "quantity_micros": 2_500_000,
                "total_micros": 95 * MICRO,
                "tax_micros": 18_050_000,
            },
            {
                "source_id": 1,
                "order_id": "9",
                "line_id": "2",
                "kind": "shipping",
                "name": "DHL",
                "quantity_micros": MICRO,
                "total_micros": 5 * MICRO,
                "tax_micros": 950_000,
            },
        ],
    )
    put(
        store,
        Refund,
        [
            {
                "source_id": 1,
                "refund_id": "90",
                "order_id": "9",
                "created_at": at("2026-02-10T10:00:00"),
                "total_micros": 11_900_000,
                "tax_micros": 1_900_000,
                "shipping_micros": 0,
                "reason": "@broken",
            },
            {
                "source_id": 1,
                "refund_id": "91",
                "order_id": "9",
                "created_at": at("2026-03-10T10:00:00"),
                "total_micros": 10_000_000,
            },
            {
                "source_id": 1,
                "refund_id": "92",
                "order_id": "9",
                "created_at": at("2026-03-11T10:00:00"),
                "total_micros": 7_000_000,
                "gone_at": now,
            },
        ],
    )
    put(
        store,
        RefundLine,
        [
            {
                "source_id": 1,
                "refund_id": "90",
                "line_id": "1",
                "order_line_id": "1",
                "quantity_micros": 500_000,
                "total_micros": 10 * MICRO,
                "tax_micros": 1_900_000,
            },
            {
                "source_id": 1,
                "refund_id": "92",
                "line_id": "1",
                "order_line_id": "1",
                "quantity_micros": MICRO,
                "total_micros": MICRO,
                "tax_micros": 0,
            },
        ],
    )
    put(
        store,
        CustomerAccount,
        [
            {
                "source_id": 1,
                "account_id": "5",
                "person_id": 1,
                "email": "ada@example.test",
                "name": "Ada",
                "country": "DE",
            },
            {"source_id": 2, "account_id": "77", "person_id": 1, "email": "ada@example.test", "name": "A. L."},
        ],
    )
    put(
        store,
        Product,
        [
            {
                "source_id": 1,
                "product_id": "7",
                "sku": "-T1",
                "name": "Grüner Tee",
                "price_micros": 12_500_000,
                "categories": json.dumps(["Tee", "Bio"]),
            },
        ],
    )
    put(store, Agent, [{"source_id": 2, "agent_id": "3", "name": "Grace"}])
    put(
        store,
        Conversation,
        [
            {
                "source_id": 2,
                "conversation_id": "501",
                "channel": "email",
                "channel_raw": "email",
                "status": "solved",
                "state": "solved",
                "person_id": 1,
                "email": "ada@example.test",
                "agent_id": "3",
                "created_at": at("2026-02-02T09:00:00"),
                "first_reply_at": at("2026-02-02T10:30:00"),
                "frt_seconds": 5400,
                "frt_business_seconds": 3600,
                "solved_at": at("2026-02-03T09:00:00"),
                "resolution_seconds": 86_400,
                "replies": 2,
                "reopens": 0,
                "tags": json.dumps(["vip", "lieferung"]),
                "order_source_id": 1,
                "order_id": "9",
            },
        ],
    )
    put(
        store,
        Message,
        [
            {
                "source_id": 2,
                "message_id": "1",
                "conversation_id": "501",
                "created_at": at("2026-02-02T09:00:00"),
                "author_role": "customer",
                "length": 120,
                "body": "=1+1",
            },
            {
                "source_id": 2,
                "message_id": "2",
                "conversation_id": "501",
                "created_at": at("2026-02-02T10:30:00"),
                "author_role": "agent",
                "agent_id": "3",
                "length": 80,
                "public": False,
            },
        ],
    )
    put(
        store,
        SurveyAnswer,
        [
            {
                "source_id": 2,
                "answer_id": "1",
                "survey": "csat",
                "kind": "transactional",
                "metric": "csat",
                "scale": "good-bad",
                "score": 1,
                "label": "good",
                "answered_at": at("2026-02-04T09:00:00"),
                "conversation_id": "501",
            },
        ],
    )
    return now


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
