"""Facts 12 to 25: what lists show, what deeds leave behind, what is in a body."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from adapters.woocommerce.simulator.model import Product
from adapters.woocommerce.simulator.pricing import Pick
from connector.simulation.clock import FakeClock
from connector.simulation.people import cast
from tests.simulation.asking import ask, recorded, rows, same_headers


def order(shop: WooCommerceShop, key: int) -> Any:
    return ask(shop, f"orders/{key}").json


def goods(shop: WooCommerceShop, sku: str) -> Product:
    return next(product for product in shop.product_list() if product.sku == sku)


def bumps(shop: WooCommerceShop, clock: FakeClock, key: int, deed: Any) -> bool:
    before = order(shop, key)["date_modified_gmt"]
    clock.sleep(100)
    deed()
    return bool(order(shop, key)["date_modified_gmt"] != before)


# --- 12, 13 ----------------------------------------------------------------------------------------------------------


def test_fact_12_any_is_all_but_trash(as_recorded: WooCommerceShop) -> None:
    assert ask(as_recorded, "orders").total == 299
    assert ask(as_recorded, "orders?status=any,trash").total == 299
    assert ask(as_recorded, "orders?status=trash").total == 5
    assert ask(as_recorded, "orders?status=completed,trash").total == 192
    assert {row["status"] for row in ask(as_recorded, "orders?status=checkout-draft").json} == {"checkout-draft"}


@pytest.mark.parametrize("status", ["all", "wc-completed", "in-production"])
def test_fact_12_other_statuses_are_refused(as_recorded: WooCommerceShop, status: str) -> None:
    answer = ask(as_recorded, f"orders?status={status}")
    assert answer.status == 400
    assert answer.json["data"]["details"]["status"]["message"].startswith("status[0] is not one of any, trash, auto-")


def test_fact_12_a_draft_knows_nobody_yet(shop: WooCommerceShop) -> None:
    draft = order(shop, shop.create_order(status="checkout-draft", shipping=None))
    assert (draft["customer_id"], set(draft["billing"].values()), draft["needs_payment"]) == (0, {""}, True)


def test_fact_13_a_status_nobody_registers_hides_its_orders(shop: WooCommerceShop) -> None:
    shop.register_status("in-production", "In production")
    key = shop.create_order(status="in-production")
    assert ask(shop, "orders").ids == [key]
    assert ask(shop, "orders?status=in-production").ids == [key]
    assert {"slug": "in-production", "name": "In production"} in ask(shop, "orders/statuses").json
    shop.unregister_status("in-production")
    assert ask(shop, "orders").ids == []
    assert ask(shop, "orders?status=in-production").status == 400
    assert order(shop, key)["status"] == "in-production"
    assert str(key) in shop.truth()["orders"]


def test_fact_13_statuses_as_recorded(shop: WooCommerceShop) -> None:
    assert ask(shop, "orders/statuses").json == recorded("orders/statuses.json")


# --- 14, 15 ----------------------------------------------------------------------------------------------------------


def test_fact_14_trash_moves_the_stamp_and_can_be_read(shop: WooCommerceShop, clock: FakeClock) -> None:
    key = shop.create_order()
    assert bumps(shop, clock, key, lambda: shop.trash(key))
    thrown = order(shop, key)
    assert thrown["status"] == "trash"
    assert [entry["key"] for entry in thrown["meta_data"]] == ["_wp_trash_meta_status", "_wp_trash_meta_time"]
    assert thrown["meta_data"][0]["value"] == "wc-processing"
    assert ask(shop, f"orders?include={key}").ids == []
    assert ask(shop, "orders?status=trash&modified_after=2020-01-01T00:00:00Z").ids == [key]
    assert bumps(shop, clock, key, lambda: shop.restore(key))
    assert (order(shop, key)["status"], order(shop, key)["meta_data"]) == ("processing", [])


def test_fact_15_deleted_for_good_is_not_found(shop: WooCommerceShop) -> None:
    key = shop.create_order()
    refund = shop.refund(key, "1.00")
    shop.force_delete(key)
    answer = ask(shop, f"orders/{key}")
    assert answer.status == 404
    assert answer.json == recorded("errors/404_order.json")["body"]
    assert ask(shop, f"orders/{refund}").json == recorded("errors/404_order.json")["body"]
    same_headers(answer, "errors/404_order.json")
    assert ask(shop, "refunds").ids == []
    assert ask(shop, f"orders/{key}/refunds").json == []


def test_fact_15_counts_by_status(as_recorded: WooCommerceShop) -> None:
    totals = {row["slug"]: row["total"] for row in ask(as_recorded, "reports/orders/totals").json}
    assert totals["completed"] == 187
    assert "trash" not in totals


# --- 16, 17, 18 ------------------------------------------------------------------------------------------------------


def test_fact_16_a_deleted_product_leaves_its_name(shop: WooCommerceShop, clock: FakeClock) -> None:
    product = goods(shop, "TEE-001")
    key = shop.create_order([Pick(product)])
    assert not bumps(shop, clock, key, lambda: shop.delete_product(product.id))
    line = order(shop, key)["line_items"][0]
    assert (line["name"], line["product_id"], line["sku"]) == (product.name, 0, None)
    assert ask(shop, f"products/{product.id}").status == 404


def test_fact_16_a_deleted_account_leaves_its_orders(shop: WooCommerceShop, clock: FakeClock) -> None:
    account = shop.create_customer()
    key = shop.create_order(customer_id=account)
    assert order(shop, key)["_links"]["customer"]
    assert bumps(shop, clock, key, lambda: shop.delete_customer(account))
    assert order(shop, key)["customer_id"] == 0
    assert "customer" not in order(shop, key)["_links"]


def test_fact_17_an_erased_person_looks_as_recorded(shop: WooCommerceShop, clock: FakeClock) -> None:
    person = cast(1, 1)[0]
    account = shop.create_customer(person)
    key = shop.create_order(person=person, customer_id=account)
    assert bumps(shop, clock, key, lambda: shop.erase_personal_data(person.email.upper()))
    erased, example = order(shop, key), recorded("orders/personal_data_erased.json")
    for name in ("first_name", "last_name", "address_1", "city", "postcode", "country", "email", "company"):
        assert erased["billing"][name] == example["billing"][name], name
    assert erased["customer_ip_address"].endswith(".0")
    for name in ("customer_id", "transaction_id", "customer_user_agent"):
        assert erased[name] == example[name]
    assert {"key": "_anonymized", "value": "yes"}.items() <= erased["meta_data"][0].items()


def test_fact_18_guests(shop: WooCommerceShop) -> None:
    account = shop.create_customer(email="kunde46@example.test")
    guest = shop.create_order(email="Kunde46@example.test")
    registered = shop.create_order(customer_id=account, email="")
    nobody = shop.create_order(email="")
    assert order(shop, guest)["billing"]["email"] == "Kunde46@example.test"
    assert order(shop, registered)["billing"]["email"] == "kunde46@example.test"
    assert order(shop, nobody)["billing"]["email"] == ""
    assert sorted(ask(shop, "orders?customer=0").ids) == [guest, nobody]
    assert ask(shop, "customers/0").json == recorded("errors/404_customer.json")["body"]
    same_headers(ask(shop, "customers/0"), "errors/404_customer.json")


# --- 19 --------------------------------------------------------------------------------------------------------------


def test_fact_19_customers(small: WooCommerceShop) -> None:
    customers, everybody = rows(small, "customers"), rows(small, "customers?role=all")
    assert {row["role"] for row in customers} == {"customer"}
    assert {row["role"] for row in everybody} > {"customer", "administrator", "subscriber"}
    assert any(row["date_modified_gmt"] is None for row in everybody)
    assert any(row["email"] != row["billing"]["email"] for row in everybody)
    assert not {"orders_count", "total_spent"} & customers[0].keys()
    assert ask(small, "customers?orderby=modified").json["data"]["params"]["orderby"] == (
        "orderby is not one of id, include, name, and registered_date."
    )


def test_fact_19_totals_of_customers_stay_past_the_end(small: WooCommerceShop) -> None:
    total = ask(small, "customers").total
    assert (ask(small, "customers?page=9").json, ask(small, "customers?page=9").total) == ([], total)


# --- 20, 21 ----------------------------------------------------------------------------------------------------------


def test_fact_20_the_three_faces_of_a_refund(shop: WooCommerceShop) -> None:
    key = shop.create_order([Pick(goods(shop, "TEE-001"), 2)])
    shop.refund(key, "11.90", reason="Kulanz")
    stub = order(shop, key)["refunds"]
    refund = ask(shop, f"orders/{key}/refunds").json[0]
    assert stub == [{"id": refund["id"], "reason": "Kulanz", "total": "-11.90"}]
    assert refund["amount"] == "11.90"
    assert "parent_id" not in refund
    assert not {"date_modified", "date_modified_gmt", "currency"} & refund.keys()
    line = refund["line_items"][0]
    assert (line["quantity"], line["total"], line["total_tax"]) == (-1, "-11.12", "-0.78")
    assert line["meta_data"][0]["key"] == "_refunded_item_id"
    assert line["meta_data"][0]["value"] == str(order(shop, key)["line_items"][0]["id"])
    listed = ask(shop, "refunds").json
    assert [(row["id"], row["parent_id"]) for row in listed] == [(refund["id"], key)]
    assert {**listed[0], "parent_id": None} == {**refund, "parent_id": None}
    assert ask(shop, f"orders/{key}/refunds/{refund['id']}").json == refund
    assert ask(shop, f"orders/{key}/refunds/{key}").status == 404


def test_fact_20_the_list_of_refunds(as_recorded: WooCommerceShop) -> None:
    assert ask(as_recorded, "refunds").total == 24
    assert ask(as_recorded, "refunds?parent=312").total == 24
    assert ask(as_recorded, "refunds?after=2026-08-01T00:00:00Z").ids == [313]
    assert ask(as_recorded, "refunds?modified_after=2026-08-01T00:00:00Z").ids == [313]


def test_fact_20_there_is_none_before_9_0(small: WooCommerceShop) -> None:
    small.version = "8.9.3"
    answer = ask(small, "refunds")
    assert (answer.status, answer.json) == (404, recorded("errors/404_no_route.json")["body"])
    refunded = next(row for row in rows(small, "orders") if row["refunds"])
    assert len(ask(small, f"orders/{refunded['id']}/refunds").json) == len(refunded["refunds"])


def test_newer_versions_may_hide_refunds(small: WooCommerceShop) -> None:
    refunds = ask(small, "refunds").total
    small.refunds_hidden = True
    assert all(row["refunds"] == [] for row in rows(small, "orders"))
    assert ask(small, "refunds").total == refunds > 0
    small.refunds_hidden = False
    assert any(row["refunds"] for row in rows(small, "orders"))


def test_fact_21_a_refund_moves_the_stamp_deleting_it_does_not(shop: WooCommerceShop, clock: FakeClock) -> None:
    key = shop.create_order()
    total = order(shop, key)["total"]
    given: list[int] = []
    assert bumps(shop, clock, key, lambda: given.append(shop.refund(key, "1.00", itemised=False)))
    assert ask(shop, f"orders/{key}/refunds/{given[0]}").json["line_items"] == []
    assert order(shop, key)["status"] == "processing"
    assert not bumps(shop, clock, key, lambda: shop.delete_refund(given[0]))
    assert order(shop, key)["refunds"] == []
    assert bumps(shop, clock, key, lambda: shop.refund(key))
    assert (order(shop, key)["status"], order(shop, key)["total"]) == ("refunded", total)
    with pytest.raises(ValueError, match=r"has 0\.00 left to refund"):
        shop.refund(key, "0.01")


def test_fact_21_a_full_refund_takes_everything_back(shop: WooCommerceShop) -> None:
    key = shop.create_order([Pick(goods(shop, "TEE-002"), 2), Pick(goods(shop, "ZUB-001"))])
    shop.refund(key)
    sold, back = order(shop, key), ask(shop, f"orders/{key}/refunds").json[0]
    assert back["amount"] == sold["total"]
    for name in ("line_items", "shipping_lines"):
        assert [row["total"] for row in back[name]] == [f"-{row['total']}" for row in sold[name]]
    assert [row["tax_total"] for row in back["tax_lines"]] == [f"-{row['tax_total']}" for row in sold["tax_lines"]]


# --- 22 --------------------------------------------------------------------------------------------------------------


def test_fact_22_what_moves_the_stamp(shop: WooCommerceShop, clock: FakeClock) -> None:
    key = shop.create_order(status="pending")
    assert bumps(shop, clock, key, lambda: shop.set_status(key, "on-hold"))
    assert bumps(shop, clock, key, lambda: shop.set_status(key, "on-hold"))
    assert bumps(shop, clock, key, lambda: shop.edit_order(key))
    assert bumps(shop, clock, key, lambda: shop.add_meta(key, "_note", "x"))
    assert not bumps(shop, clock, key, lambda: shop.bulk_sql_update([key], status="completed"))
    shop.hpos = False
    assert not bumps(shop, clock, key, lambda: shop.add_meta(key, "_note", "y"))
    assert [entry["value"] for entry in order(shop, key)["meta_data"]] == ["x", "y"]


def test_payment_and_completion_have_their_times(shop: WooCommerceShop) -> None:
    card, cash = shop.create_order(), shop.create_order(payment="cod")
    assert order(shop, card)["date_paid_gmt"] is not None
    assert order(shop, cash)["date_paid_gmt"] is None  # paid when it arrives
    shop.set_status(cash, "completed")
    assert order(shop, cash)["date_paid_gmt"] == order(shop, cash)["date_completed_gmt"] is not None


# --- 23, 24, 25 ------------------------------------------------------------------------------------------------------


def test_fact_23_money_is_text_and_adds_up_as_recorded(shop: WooCommerceShop) -> None:
    """The recorded order 356: a percentage off."""
    cart = [Pick(goods(shop, "TEE-001"), 2), Pick(goods(shop, "TEE-004"))]
    made = order(shop, shop.create_order(cart, coupons=["TEE10"], country="DE"))
    example = recorded("orders/guest_checkout_block_cod.json")
    for name in ("total", "total_tax", "cart_tax", "shipping_total", "shipping_tax", "discount_total", "discount_tax"):
        assert made[name] == example[name], name
    for ours, theirs in zip(made["line_items"], example["line_items"], strict=True):
        for name in ("name", "subtotal", "subtotal_tax", "total", "total_tax", "price", "taxes", "tax_class"):
            assert ours[name] == theirs[name], name
    assert made["coupon_lines"][0]["code"] == "tee10"
    assert [line["rate_percent"] for line in made["tax_lines"]] == [7]


def test_fact_23_other_carts_as_recorded(shop: WooCommerceShop) -> None:
    """The recorded orders 64 (five euros off, a fee) and 351 (sent to France)."""
    five = [Pick(goods(shop, "TEE-002"), 3), Pick(goods(shop, "TEE-003"), 2)]
    far = [Pick(goods(shop, "GES-001"), 3), Pick(goods(shop, "TEE-VAR"), 3, 2), Pick(goods(shop, "ZUB-001"), 3)]
    for cart, more, name in (
        (five, {"coupons": ["5euro"], "fees": ["Geschenkverpackung 🎀"], "country": "DE"}, "coupon_and_fees"),
        ([*far, Pick(goods(shop, "TEE-003"))], {"country": "FR"}, "trash"),
    ):
        made, example = order(shop, shop.create_order(cart, **more)), recorded(f"orders/{name}.json")
        for field in ("total", "total_tax", "cart_tax", "shipping_tax", "discount_total", "discount_tax"):
            assert made[field] == example[field], field
        assert [line["total"] for line in made["line_items"]] == [line["total"] for line in example["line_items"]]


def test_fact_23_dp_says_how_many_digits(shop: WooCommerceShop) -> None:
    key = shop.create_order([Pick(goods(shop, "TEE-001"), 2)], coupons=["tee10"])
    assert ask(shop, f"orders/{key}").json["line_items"][0]["total"] == "20.02"
    assert ask(shop, f"orders/{key}?dp=4").json["line_items"][0]["total"] == "20.0187"
    assert ask(shop, "orders?dp=0").json[0]["line_items"][0]["total"] == "20"


def test_fact_24_where_an_order_came_from(shop: WooCommerceShop) -> None:
    def entries(key: int) -> dict[str, str]:
        return {
            entry["key"].removeprefix("_wc_order_attribution_"): entry["value"]
            for entry in order(shop, key)["meta_data"]
        }

    classic = entries(shop.create_order(source="newsletter"))
    assert (classic["source_type"], classic["utm_source"], classic["utm_content"]) == ("utm", "newsletter", "")
    blocks = entries(shop.create_order(source="newsletter", created_via="store-api"))
    assert "utm_content" not in blocks
    assert entries(shop.create_order(source="admin")) == {"source_type": "admin"}
    keys = [entry["key"] for entry in order(shop, shop.create_order(source="blog"))["meta_data"]]
    assert keys == sorted(keys)
    shop.version = "8.4.0"
    assert entries(shop.create_order(source="newsletter")) == {}


def test_fact_25_created_via(small: WooCommerceShop) -> None:
    assert {"checkout", "store-api"} <= {row["created_via"] for row in rows(small, "orders")}


def test_products_follow_what_is_sold(shop: WooCommerceShop, clock: FakeClock) -> None:
    product = goods(shop, "TEE-001")
    clock.sleep(50)
    shop.create_order([Pick(product, 3)])
    sold = ask(shop, f"products/{product.id}").json
    assert (sold["stock_quantity"], sold["total_sales"]) == ((product.stock or 0) - 3, 3)
    assert ask(shop, f"products?modified_after={sold['date_created_gmt']}Z").ids == [product.id]
    shop.edit_product(product.id, price=Decimal("12.90"))
    assert ask(shop, f"products/{product.id}").json["regular_price"] == "12.90"


# --- how a save becomes visible ---------------------------------------------------------------------------------------


def test_a_save_is_seen_when_it_is_committed(shop: WooCommerceShop, clock: FakeClock) -> None:
    early = shop.create_order()
    shop.commit_delay = 30
    stamp = shop.now()
    late = shop.create_order()
    shop.set_status(early, "completed")
    clock.sleep(29)
    assert ask(shop, "orders").ids == [early]
    assert order(shop, early)["status"] == "processing"
    assert str(late) not in shop.truth()["orders"]
    clock.sleep(1)
    assert sorted(ask(shop, "orders").ids) == [early, late]
    assert order(shop, early)["status"] == "completed"
    assert ask(shop, "orders").json[0]["date_modified_gmt"] == _gmt(stamp)


def test_deeds_build_on_what_is_not_yet_committed(shop: WooCommerceShop, clock: FakeClock) -> None:
    shop.commit_delay = 30
    key = shop.create_order(status="pending")
    shop.set_status(key, "on-hold")
    clock.sleep(10)
    refund = shop.refund(key, "1.00")
    clock.sleep(31)
    assert (order(shop, key)["status"], order(shop, key)["refunds"][0]["id"]) == ("on-hold", refund)
    shop.commit_delay = 0
    shop.set_status(key, "completed")
    assert order(shop, key)["status"] == "completed"


def test_a_wrong_clock_stamps_wrongly_until_it_is_put_right(shop: WooCommerceShop) -> None:
    shop.clock_offset = 7200
    ahead = order(shop, shop.create_order())["date_modified_gmt"]
    shop.clock_offset = 0
    assert order(shop, shop.create_order())["date_modified_gmt"] < ahead


def test_the_shop_can_change_during_a_walk(shop: WooCommerceShop) -> None:
    made: list[int] = []
    shop.on_request = lambda _: made.append(shop.create_order())
    assert ask(shop, "orders").total == 1
    assert ask(shop, "orders").total == 2
    assert len(made) == 2


def _gmt(seconds: int) -> str:
    from connector.instants import to_utc_text

    return to_utc_text(seconds * 1_000_000).removesuffix("Z")
