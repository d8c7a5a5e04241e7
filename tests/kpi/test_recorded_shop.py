"""The figures of a recorded WooCommerce shop, to the cent, beside what the shop reports about itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from connector.instants import from_utc_text
from connector.kpi.result import Figure
from connector.model import Order, Refund
from connector.money import to_micros, written
from connector.simulation.clock import FakeClock
from connector.store import open_store
from tests.kpi.books import Books

RECORDED = Path(__file__).parents[1] / "fixtures" / "woocommerce"
UNCOUNTED = {"pending", "failed", "cancelled", "checkout-draft", "auto-draft", "trash"}
COMMON = {"on-hold": "on_hold", "checkout-draft": "draft", "auto-draft": "draft"}


def _lines(name: str) -> list[dict[str, Any]]:
    text = (RECORDED / "whole_shop" / name).read_text(encoding="utf-8")
    return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]


def _stamp(text: str | None) -> int | None:
    return from_utc_text(text) if text else None


def _sum(rows: list[dict[str, Any]], key: str) -> int:
    return -sum(to_micros(row[key]) for row in rows)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The recorded shop, its customers told apart by account or, for guests and account holders alike, by e-mail."""
    orders, refunds = _lines("orders_compact.jsonl"), _lines("refunds_compact.jsonl")
    accounts = {
        order["billing"]["email"].strip().lower(): order["customer_id"] for order in orders if order["customer_id"]
    }
    guests: dict[str, int] = {}
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('shop') / 'shop.db'}", clock=FakeClock()) as store:
        books = Books(store, now="2026-11-21 12:00").save()
        with store.write() as connection:
            connection.execute(insert(Order), [_order(order, accounts, guests) for order in orders])
            connection.execute(insert(Refund), [_refund(refund) for refund in refunds])
        yield books


def _order(order: dict[str, Any], accounts: dict[str, int], guests: dict[str, int]) -> dict[str, Any]:
    email = order["billing"]["email"].strip().lower()
    person = order["customer_id"] or accounts.get(email) or (email and guests.setdefault(email, 10_000 + len(guests)))
    return {
        "source_id": 1,
        "order_id": str(order["id"]),
        "number": str(order["id"]),
        "status": COMMON.get(order["status"], order["status"]),
        "status_raw": order["status"],
        "status_known": True,
        "countable": order["status"] not in UNCOUNTED,
        "created_at": _stamp(order["date_created_gmt"]),
        "paid_at": _stamp(order["date_paid_gmt"]),
        "completed_at": _stamp(order["date_completed_gmt"]),
        "email": email or None,
        "country": order["billing"]["country"] or None,
        "currency": order["currency"],
        "total_micros": to_micros(order["total"]),
        "tax_micros": to_micros(order["total_tax"]),
        "shipping_micros": to_micros(order["shipping_total"]),
        "discount_micros": to_micros(order["discount_total"]),
        "person_id": person or None,
    }


def _refund(refund: dict[str, Any]) -> dict[str, Any]:
    """A refund as an adapter reads it: its parts where it has lines, all of it goods where it has none."""
    lines = [*refund["line_items"], *refund["shipping_lines"], *refund["fee_lines"]]
    return {
        "source_id": 1,
        "refund_id": str(refund["id"]),
        "order_id": str(refund["parent_id"]),
        "created_at": _stamp(refund["date_created_gmt"]),
        "total_micros": to_micros(refund["amount"]),
        "tax_micros": _sum(lines, "total_tax") if lines else None,
        "shipping_micros": _sum(refund["shipping_lines"], "total") if lines else None,
    }


WHOLE = {"start": "2024-01-01", "end": "2026-12-31"}
AS_THE_SHOP = ("refunds.split=net",)  # a refund without lines is goods to WooCommerce
PAID = ("orders.date=paid", *AS_THE_SHOP)


def money(shop: Books, id: str, *options: str, **more: Any) -> dict[str | None, str]:
    return {
        figure.currency: written(figure.value, figure.currency)
        for figure in shop.ask(id, set=options, **WHOLE, **more).figures
        if isinstance(figure.value, Decimal)
    }


def total(shop: Books, id: str, *options: str) -> Decimal:
    """All currencies added up, as the shop's own report does and this program never would."""
    return sum((Decimal(amount) for amount in money(shop, id, *options).values()), Decimal(0))


def figure(shop: Books, id: str, *options: str, **more: Any) -> Figure:
    return shop.figure(id, set=options, **{**WHOLE, **more})


def test_orders_by_creation_and_by_payment(shop: Books) -> None:
    assert figure(shop, "orders").value == 251
    paid = figure(shop, "orders", "orders.date=paid")
    assert paid.value == 231
    assert paid.excluded == {"no_date": 20}


@pytest.mark.parametrize(
    ("id", "created", "paid"),
    [
        ("total_sales", "23007.71", "20107.29"),
        ("refunds_value", "808.77", "808.77"),
        ("taxes", "2123.29", "1917.55"),
        ("shipping", "877.56", "803.40"),
        ("net_revenue", "20006.86", "17386.34"),
    ],
)
def test_money_is_what_the_shop_reports(shop: Books, id: str, created: str, paid: str) -> None:
    assert total(shop, id, *AS_THE_SHOP) == Decimal(created)
    assert total(shop, id, *PAID) == Decimal(paid)


@pytest.mark.parametrize(
    ("id", "created", "paid"), [("gross_sales", "21079.55", "18432.56"), ("discounts", "263.92", "237.45")]
)
def test_discounts_differ_by_the_cents_that_the_api_rounds_away(shop: Books, id: str, created: str, paid: str) -> None:
    """The report adds up coupon amounts that the shop has not rounded; its API gives each order's in whole cents."""
    with_coupon = sum(1 for order in _lines("orders_compact.jsonl") if Decimal(order["discount_total"]))
    assert abs(total(shop, id, *AS_THE_SHOP) - Decimal(created)) <= with_coupon * Decimal("0.005")
    assert abs(total(shop, id, *PAID) - Decimal(paid)) <= with_coupon * Decimal("0.005")


def test_the_shops_average_is_net_revenue_after_refunds_over_orders(shop: Books) -> None:
    orders = {row.currency: row.denominator for row in shop.ask("aov_after_refunds", set=AS_THE_SHOP, **WHOLE).figures}
    assert orders == {"EUR": 217, "CHF": 34}
    assert round(total(shop, "net_revenue", *AS_THE_SHOP) / 251, 4) == Decimal("79.7086")


def test_currencies_stay_apart(shop: Books) -> None:
    assert money(shop, "aov_total").keys() == {"EUR", "CHF"}
    paid_back = {row.currency: row.value for row in shop.ask("total_sales", **WHOLE).figures}
    assert paid_back["EUR"] == Decimal(to_micros("20855.43") - to_micros("581.99"))
    assert paid_back["CHF"] == Decimal(to_micros("3049.49") - to_micros("315.22"))
    assert money(shop, "total_sales", filters={"currency": ["EUR"]}) == {"EUR": "20273.44"}


def test_refunds_by_their_own_day_and_by_the_sale_agree_in_total(shop: Books) -> None:
    assert money(shop, "refunds_value") == money(shop, "refunds_value", "refunds.date=order")


def test_customers_by_e_mail(shop: Books) -> None:
    """The shop's report takes the order without an e-mail for one more new customer: 81 and 170 of 251."""
    new = figure(shop, "new_customers")
    assert new.value == 80
    assert new.excluded == {"no_identity": 1}
    assert figure(shop, "new_order_share").numerator == 80
    assert figure(shop, "returning_order_share").numerator == 170
    assert figure(shop, "returning_order_share").denominator == 250


def test_a_split_by_the_orders_own_proportions_is_flagged(shop: Books) -> None:
    flagged = [row for row in shop.ask("net_revenue", **WHOLE).figures if row.has("refund_split_estimated")]
    assert flagged
    assert not any(
        row.has("refund_split_estimated") for row in shop.ask("net_revenue", set=AS_THE_SHOP, **WHOLE).figures
    )


def _months(name: str) -> dict[str, dict[str, Any]]:
    report = json.loads((RECORDED / "analytics" / name).read_text(encoding="utf-8"), parse_float=Decimal)
    body = report.get("body", report)
    return {interval["interval"]: interval["subtotals"] for interval in body["intervals"]}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("revenue_stats_date_created.json", AS_THE_SHOP),
        ("revenue_stats_date_paid.json", PAID),
    ],
)
def test_every_month_of_the_shops_own_report(shop: Books, name: str, options: tuple[str, ...]) -> None:
    differing: Counter[str] = Counter()
    months = _months(name)
    assert len(months) == 36
    for month, theirs in months.items():
        answer = shop.ask("orders", "net_revenue", "refunds_value", "taxes", "shipping", period=month, set=options)
        ours: dict[str, Decimal] = {}
        for row in answer.figures:
            value = Decimal(row.value or 0)
            ours[row.id] = ours.get(row.id, Decimal(0)) + (value / 1_000_000 if row.unit.value == "money" else value)
        for id, key in (
            ("orders", "orders_count"),
            ("net_revenue", "net_revenue"),
            ("refunds_value", "refunds"),
            ("taxes", "taxes"),
            ("shipping", "shipping"),
        ):
            if abs(ours[id] - Decimal(str(theirs[key]))) >= Decimal("0.005"):
                differing[f"{month} {id} {ours[id]} {theirs[key]}"] += 1
    assert not differing
