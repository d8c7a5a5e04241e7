"""The shops there are: the same every time, whole, and consistent whatever happens to them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.woocommerce.simulator import WooCommerceShop
from adapters.woocommerce.simulator.chance import DEEDS
from adapters.woocommerce.simulator.prepared import PreparedOrder
from adapters.woocommerce.simulator.shapes import encoded
from connector.simulation.clock import FakeClock
from connector.simulation.people import cast
from tests.simulation.asking import ask, rows

MAKERS: dict[str, Callable[[FakeClock, int], WooCommerceShop]] = {
    "small": lambda clock, seed: WooCommerceShop.small(clock=clock, seed=seed),
    "story": lambda clock, seed: WooCommerceShop.story(clock=clock, seed=seed),
    "bulk": lambda clock, seed: WooCommerceShop.bulk(clock=clock, size=500, seed=seed),
}


@cache
def story() -> WooCommerceShop:
    return WooCommerceShop.story(clock=FakeClock())


@cache
def orders_of_the_story() -> list[Any]:
    return [json.loads(body) for body in story().truth()["orders"].values()]


# --- determinism -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_makes_the_same_shop(name: str) -> None:
    first, second = (MAKERS[name](FakeClock(), 3) for _ in range(2))
    assert first.truth() == second.truth()
    assert first.source_settings("x") == second.source_settings("x")
    assert first.truth()["orders"] != MAKERS[name](FakeClock(), 4).truth()["orders"]


def test_the_same_changes_happen_to_the_same_shop() -> None:
    histories = []
    for _ in range(2):
        clock, random = FakeClock(), Random(5)
        shop = WooCommerceShop.small(clock=clock)
        said = []
        for _ in range(60):
            clock.sleep(30)
            said.append(shop.change(random))
        histories.append((said, shop.truth()))
    assert histories[0] == histories[1]


# --- whatever happens ------------------------------------------------------------------------------------------------


def check(shop: WooCommerceShop) -> None:
    """What holds in a shop at any time."""
    truth = {stream: {key: json.loads(body) for key, body in found.items()} for stream, found in shop.truth().items()}
    assert len({*truth["orders"], *truth["refunds"], *truth["products"]}) == sum(
        len(truth[name]) for name in ("orders", "refunds", "products")
    ), "orders, refunds and products share one row of ids"
    for key, order in truth["orders"].items():
        assert key == str(order["id"])
        assert order["date_created_gmt"] <= order["date_modified_gmt"]
        assert bool(order["date_completed_gmt"]) <= bool(order["date_modified_gmt"])
        paid = sum(Decimal(refund["total"]) for refund in order["refunds"])
        assert 0 <= -paid <= Decimal(order["total"])
        own = {refund for refund, body in truth["refunds"].items() if body["parent_id"] == order["id"]}
        assert own == {str(refund["id"]) for refund in order["refunds"]}
        if order["customer_id"]:
            assert str(order["customer_id"]) in truth["customers"]
        money = [Decimal(tax["tax_total"]) + Decimal(tax["shipping_tax_total"]) for tax in order["tax_lines"]]
        assert sum(money, Decimal(0)) == Decimal(order["total_tax"])
        charged = [
            Decimal(item["total"]) for name in ("line_items", "shipping_lines", "fee_lines") for item in order[name]
        ]
        assert sum(charged, Decimal(order["total_tax"])) == Decimal(order["total"])
    for refund in truth["refunds"].values():
        assert str(refund["parent_id"]) in truth["orders"]


def check_lists(shop: WooCommerceShop) -> None:
    """Lists and single reads say the same as the truth."""
    truth = {stream: {key: json.loads(body) for key, body in found.items()} for stream, found in shop.truth().items()}
    listed = rows(shop, "orders") + rows(shop, "orders?status=trash")
    hidden = {key for key, order in truth["orders"].items() if order["status"] not in (*shop.statuses, "trash")}
    assert {str(order["id"]): order for order in listed} == {
        key: order for key, order in truth["orders"].items() if key not in hidden
    }
    for key in hidden:
        assert ask(shop, f"orders/{key}").json == truth["orders"][key]
    for stream in ("refunds", "products"):
        assert {str(row["id"]): row for row in rows(shop, stream)} == truth[stream]
    customers = {str(row["id"]): row for row in rows(shop, "customers")}
    assert customers.items() <= truth["customers"].items()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), deeds=st.integers(1, 120))
def test_changes_keep_the_shop_whole(seed: int, deeds: int) -> None:
    clock, random = FakeClock(), Random(seed)
    shop = WooCommerceShop.small(clock=clock, seed=seed % 5)
    for _ in range(deeds):
        clock.sleep(random.randrange(200))
        assert shop.change(random) in DEEDS
    check(shop)
    check_lists(shop)


def test_every_deed_happens() -> None:
    clock, random = FakeClock(), Random(1)
    shop = WooCommerceShop.small(clock=clock)
    happened = Counter(shop.change(random) for _ in range(1500))
    assert happened.keys() == DEEDS.keys()


@pytest.mark.parametrize("name", MAKERS)
def test_every_shop_is_whole(name: str) -> None:
    shop = story() if name == "story" else MAKERS[name](FakeClock(), 1)
    check(shop)
    check_lists(shop)


def test_customers_of_the_truth(small: WooCommerceShop) -> None:
    staff = next(row.id for row in small.customers.rows.values() if row.role == "shop_manager")
    assert str(staff) not in small.truth()["customers"]
    small.create_order(customer_id=staff)
    assert str(staff) in small.truth()["customers"]


# --- small -----------------------------------------------------------------------------------------------------------


def test_the_small_shop_has_every_oddity(small: WooCommerceShop) -> None:
    orders = [json.loads(body) for body in small.truth()["orders"].values()]
    assert {"trash", "checkout-draft", "in-production", "refunded", "on-hold"} <= {order["status"] for order in orders}
    emails = {order["billing"]["email"] for order in orders}
    assert {"", "deleted@site.invalid"} < emails
    assert any(email != email.lower() for email in emails)
    assert {order["currency"] for order in orders} == {"EUR", "CHF"}
    assert any(order["total"] == "0.00" for order in orders)
    assert any(line["product_id"] == 0 for order in orders for line in order["line_items"])
    assert any(order["number"] != str(order["id"]) for order in orders)
    assert any(order["fee_lines"] and order["fee_lines"][0]["total"].startswith("-") for order in orders)
    assert any(order["billing"]["first_name"][:1] in "=+-@" for order in orders if order["billing"]["first_name"])
    stamps = Counter(order["date_modified_gmt"] for order in orders)
    assert stamps.most_common(1)[0][1] >= 5  # a tie
    refunds = [json.loads(body) for body in small.truth()["refunds"].values()]
    assert {bool(refund["line_items"]) for refund in refunds} == {True, False}
    newest = max(order["date_modified_gmt"] for order in orders)
    assert newest < ask(small, f"orders/{small.create_order()}").json["date_modified_gmt"]


# --- story -----------------------------------------------------------------------------------------------------------


def test_the_story_is_about_two_years_long_and_ends_now() -> None:
    created = sorted(order["date_created_gmt"] for order in orders_of_the_story())
    assert created[0] < "2024-12-05"
    assert created[-1].startswith("2026-11-18")
    assert 2500 <= len(created) <= 3200  # some of them planted


def test_the_story_s_people() -> None:
    orders = orders_of_the_story()
    by_email = Counter(order["billing"]["email"].lower() for order in orders if order["billing"]["email"])
    assert 700 <= len(by_email) <= 1100
    assert sum(count == 1 for count in by_email.values()) > 100
    assert sum(count >= 12 for count in by_email.values()) > 20
    accounts = {json.loads(body)["email"] for body in story().truth()["customers"].values()}
    guests = {order["billing"]["email"] for order in orders if not order["customer_id"]}
    assert any(email not in accounts and email.lower() in accounts for email in guests)
    assert {person.email for person in cast(1, 100)} & by_email.keys()


def test_the_story_has_seasons_and_growth() -> None:
    months = Counter(order["date_created"][:7] for order in orders_of_the_story())
    assert months["2025-12"] > 1.5 * months["2026-02"]
    assert sum(months[f"2026-{month:02}"] for month in range(1, 11)) > 1.4 * sum(
        months[f"2025-{month:02}"] for month in range(1, 11)
    )


def test_the_story_has_a_bit_of_everything() -> None:
    orders = orders_of_the_story()
    statuses = Counter(order["status"] for order in orders)
    wanted = {
        "completed",
        "processing",
        "pending",
        "on-hold",
        "cancelled",
        "failed",
        "refunded",
        "trash",
        "checkout-draft",
    }
    assert wanted <= statuses.keys()
    assert statuses["completed"] > 0.8 * len(orders)
    assert {order["currency"] for order in orders} == {"EUR", "CHF"}
    assert len({order["payment_method"] for order in orders}) > 4
    assert len({line["method_title"] for order in orders for line in order["shipping_lines"]}) > 3
    assert {7, 19} <= {tax["rate_percent"] for order in orders for tax in order["tax_lines"]}
    assert any(order["coupon_lines"] for order in orders)
    assert any(order["fee_lines"] for order in orders)
    refunded = [order for order in orders if order["refunds"]]
    assert 0.03 < len(refunded) / len(orders) < 0.09
    assert any(len(order["refunds"]) == 2 for order in refunded)
    assert any(order["billing"]["last_name"][:1] in ("=", "@", "+", "-") or order["billing"]["first_name"][:1] in "=@+-"
               for order in orders if order["billing"]["first_name"])  # fmt: skip
    sources = Counter(
        entry["value"] for order in orders for entry in order["meta_data"] if entry["key"].endswith("source_type")
    )
    assert sources.keys() == {"utm", "organic", "referral", "typein", "admin"}


# --- bulk ------------------------------------------------------------------------------------------------------------


def test_prepared_bodies_are_what_the_shop_would_say() -> None:
    shop = WooCommerceShop.bulk(clock=FakeClock(), size=800)
    for row in shop.orders.rows.values():
        assert isinstance(row, PreparedOrder)
        order = row.order()
        refunds = [shop.refund_row(key) for key in order.refund_ids]
        assert encoded(shop.shapes().order(order, refunds)) == row.body
        assert (order.id, order.status, order.created, order.modified, order.customer_id) == (
            (row.id, row.status, row.created, row.modified, row.customer_id)
        )
    for refund in shop.refunds.rows.values():
        assert encoded(shop.shapes().refund(shop.refund_row(refund.id), with_parent=True)) == shop.refund_body(
            refund, with_parent=True
        )


def test_bulk_orders_have_realistic_lengths_and_refunds() -> None:
    shop = WooCommerceShop.bulk(clock=FakeClock(), size=2000)
    lengths = [len(body) for body in shop.truth()["orders"].values()]
    assert 4000 < sum(lengths) / len(lengths) < 5000
    assert 0.035 < len(shop.refunds.rows) / 2000 < 0.06
    assert len(shop.orders.rows) == 2000


def test_bulk_shops_change_too() -> None:
    clock, random = FakeClock(), Random(2)
    shop = WooCommerceShop.bulk(clock=clock, size=300)
    newest = max(row.modified for row in shop.orders.rows.values())
    assert newest < shop.now() - 3000  # nothing new unless something happens
    for _ in range(150):
        clock.sleep(20)
        shop.change(random)
    check(shop)
    check_lists(shop)


def test_bulk_shops_say_what_a_deleted_product_touched() -> None:
    shop = WooCommerceShop.bulk(clock=FakeClock(), size=200)
    assert shop.unstamped() == {"orders": set(), "refunds": set()}
    refund = next(shop.refund_row(key) for key in shop.refunds.rows if shop.refund_row(key).product_ids)
    shop.delete_product(min(refund.product_ids))
    touched = shop.unstamped()
    assert str(refund.id) in touched["refunds"]
    assert str(refund.order_id) in touched["orders"]
    assert shop.unlisted()["orders"] == set()


def test_bulk_shops_take_every_option() -> None:
    shop = WooCommerceShop.bulk(clock=FakeClock(), size=60)
    before = ask(shop, "orders?per_page=100&orderby=id").json
    shop.timezone = "Asia/Tokyo"
    after = ask(shop, "orders?per_page=100&orderby=id").json
    assert [order["date_created_gmt"] for order in after] == [order["date_created_gmt"] for order in before]
    assert after[0]["date_created"] != before[0]["date_created"]
    assert ask(shop, "orders?dp=4").json[0]["total"].partition(".")[2].endswith("00")
