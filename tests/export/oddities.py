"""A small store with every oddity that an export has to show."""

from __future__ import annotations

import json

from connector.model import (
    Agent,
    Conversation,
    ConversationTimes,
    CustomerAccount,
    Message,
    Order,
    OrderLine,
    OrderTax,
    Person,
    Product,
    Refund,
    RefundLine,
    SurveyAnswer,
)
from connector.store import Store
from tests.export.shops import MICRO, at, order, put, sources


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
                "tags": json.dumps(["vip", "lieferung"]),
                "order_source_id": 1,
                "order_id": "9",
                "order_reason": "number",
            },
        ],
    )
    put(
        store,
        ConversationTimes,
        [
            {
                "source_id": 2,
                "conversation_id": "501",
                "state": "solved",
                "first_reply_at": at("2026-02-02T10:30:00"),
                "frt_seconds": 5400,
                "frt_business_seconds": 3600,
                "solved_at": at("2026-02-03T09:00:00"),
                "resolution_seconds": 86_400,
                "replies": 2,
                "reopens": 0,
            },
            {
                "source_id": 3,
                "conversation_id": "c1",
                "state": "merged",
                "countable": False,
                "part_of_source_id": 2,
                "part_of_id": "501",
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
