"""Recorded answers of a running shop, admitted and normalised."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from adapters.prestashop import (
    CARTS,
    CUSTOMERS,
    HISTORIES,
    MESSAGES,
    ORDERS,
    PAYMENTS,
    PRODUCTS,
    SLIPS,
    THREADS,
    resources,
)
from connector.contract import Record
from connector.errors import UnexpectedPayload
from connector.instants import to_datetime
from connector.model import (
    Cart,
    Conversation,
    CustomerAccount,
    Message,
    Order,
    OrderEvent,
    OrderLine,
    Product,
    Refund,
    RefundLine,
)
from connector.money import MICROS, to_micros
from tests.adapters.prestashop.recorded import RECORDED, recorded, states, utc

BERLIN = ZoneInfo("Europe/Berlin")
EUR = {"currency": "EUR"}
STATES = states()


RECORDED_WHOLE = {
    resources.ORDERS: ("orders_full_page",),
    resources.SLIPS: ("order_slip_full",),
    resources.HISTORIES: ("order_histories_full",),
    resources.PAYMENTS: ("order_payments_full",),
    resources.ORDER_CARRIERS: ("order_carriers_full",),
    resources.STATES: ("order_states_all",),
    resources.CURRENCIES: ("currencies_all",),
    resources.CARTS: ("carts_ordered", "carts_abandoned"),
    resources.CUSTOMERS: ("customers_full",),
    resources.BUYERS: ("customers_full",),
    resources.PRODUCTS: ("products_full",),
    resources.THREADS: ("customer_threads_full",),
    resources.MESSAGES: ("customer_messages_full",),
    resources.CONTACTS: ("contacts_all",),
    resources.ORDER_NUMBERS: ("orders_full_page",),
}


def full_orders() -> list[dict]:
    names = ("orders_full_page", "orders_second_currency", "orders_with_refunds", "order_single_display_full")
    return [order for name in names for order in recorded(f"{name}.json")]


@pytest.mark.parametrize("resource", RECORDED_WHOLE, ids=lambda resource: resource.name)
def test_nothing_is_asked_for_that_the_recorded_shop_does_not_have(resource):
    """A field that is none spoils the whole answer."""
    rows = [row for file in RECORDED_WHOLE[resource] for row in recorded(f"{file}.json")]
    links = {name: list(entries[0]) for row in rows for name, entries in row.get("associations", {}).items()}
    for display in (resource.display, resource.listed):
        asked = dict(re.findall(r"(\w+)(?:\[([^\]]*)\])?", display[1:-1]))
        for name, inner in asked.items():
            assert set(filter(None, inner.split(","))) <= set(links[name]) if inner else name in rows[0]


# --- orders ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", full_orders(), ids=lambda order: f"order {order['id']}")
def test_amounts_of_every_recorded_order_add_up(rows, order):
    made = rows(ORDERS, order, {"currency": "EUR"})
    (row,) = made[Order]
    assert row["total_micros"] == to_micros(order["total_paid_tax_incl"])
    assert row["total_micros"] - row["tax_micros"] == to_micros(order["total_paid_tax_excl"])
    net = row["total_micros"] - row["tax_micros"] - row["shipping_micros"]
    assert net == to_micros(order["total_products"]) - row["discount_micros"]
    lines = made[OrderLine]
    assert sum(line["total_micros"] for line in lines) == to_micros(order["total_paid_tax_excl"])
    # PrestaShop rounds taxes once for the order, its lines show them unrounded.
    assert abs(sum(line["tax_micros"] for line in lines) - row["tax_micros"]) < MICROS // 100 * len(lines)


def test_nothing_forbidden_is_admitted(shop):
    for order in full_orders():
        kept = shop.admit(ORDERS, Record("1", json.dumps(order).encode(), 1)).payload.decode()
        assert order["secure_key"] not in kept
        for name in ("gift_message", "secure_key", "shipping_number", "note"):
            assert name not in kept
    for customer in recorded("customers_full.json"):
        kept = shop.admit(CUSTOMERS, Record("1", json.dumps(customer).encode(), 1)).payload.decode()
        for name in ("passwd", "secure_key", "reset_password_token", "birthday", "ip_registration_newsletter"):
            assert name not in kept
            assert not customer[name] or customer[name].startswith("0000") or customer[name] not in kept
    for message in recorded("customer_messages_full.json"):
        kept = shop.admit(MESSAGES, Record("1", json.dumps(message).encode(), 1)).payload.decode()
        assert message["message"] not in kept
        assert "Mozilla" not in kept
        assert "ip_address" not in kept
    for thread in recorded("customer_threads_full.json"):
        kept = shop.admit(THREADS, Record("1", json.dumps(thread).encode(), 1)).payload.decode()
        assert thread["token"] not in kept


def test_a_shipped_order_of_a_guest(rows):
    order = recorded("orders_full_page.json")[1]
    context = {
        "state": STATES["5"],
        "currency": "EUR",
        "guest": True,
        "email": "Gast@Example.org",
        "name": "Bärbel Jäger",
        "country": "AT",
        "carrier": "DHL",
    }
    (row,) = rows(ORDERS, order, context)[Order]
    assert (row["number"], row["order_id"], row["shop"]) == (order["reference"], "2", "1")
    assert (row["status"], row["status_raw"], row["countable"]) == ("completed", "Geliefert", True)
    assert (row["account_id"], row["email"], row["email_key"]) == (None, "Gast@Example.org", "gast@example.org")
    assert utc(row["created_at"]) == "2024-11-25 00:19:00"
    assert utc(row["paid_at"]) == "2024-11-25 00:19:00"
    assert utc(row["completed_at"]) == "2024-11-26 20:19:00"
    assert (row["payment_method"], row["shipping_method"], row["invoice_number"]) == ("Kreditkarte", "DHL", "1")
    assert (row["cart_id"], row["country"], row["rate_micros"]) == ("2", "AT", MICROS)
    assert row["url"].startswith("https://shop.example.test/admin123/index.php?")


def test_a_delivery_slip_that_is_written_before_the_goods_leave_completes_nothing(rows):
    order = recorded("orders_full_page.json")[1]
    assert not order["delivery_date"].startswith("0000")
    (row,) = rows(ORDERS, order, {**EUR, "state": STATES["3"]})[Order]
    assert (row["status"], row["completed_at"]) == ("processing", None)


def test_an_unpaid_order_has_no_invoice_and_does_not_count(rows):
    (row,) = rows(ORDERS, recorded("orders_full_page.json")[0], {**EUR, "state": STATES["8"]})[Order]
    assert (row["status"], row["countable"]) == ("failed", False)
    assert (row["invoice_number"], row["paid_at"], row["completed_at"]) == (None, None, None)
    assert row["account_id"] == "3"


def test_an_order_in_another_currency_keeps_its_own_rate_and_all_digits(rows):
    (order,) = recorded("orders_second_currency.json")
    (row,) = rows(ORDERS, order, {"currency": "USD"})[Order]
    assert (row["currency"], row["rate_micros"]) == ("USD", 1_083_500)
    assert row["shipping_micros"] == 5_417_500
    assert row["tax_micros"] == 198_050_000 - 166_425_600


def test_split_orders_share_a_number_and_stay_two(rows):
    orders = {order["id"]: order for order in recorded("dataset/orders.json")}
    listed = recorded("orders_split_reference.json")
    assert max(Counter(order["reference"] for order in listed).values()) == 2
    made = [rows(ORDERS, orders[order["id"]], EUR)[Order][0] for order in listed]
    assert len({row["order_id"] for row in made}) == 4
    assert len({row["number"] for row in made}) < 4


def test_both_clock_changes_and_the_new_year(rows):
    orders = {order["id"]: order for order in recorded("dataset/orders.json")}
    created = {
        listed["id"]: utc(rows(ORDERS, orders[listed["id"]], EUR)[Order][0]["created_at"])
        for listed in recorded("orders_dst.json")
    }
    assert created == {
        101: "2025-10-26 00:30:00",  # 02:30 comes twice: the first is meant
        102: "2026-03-29 01:30:00",  # 02:30 does not exist: as if the clock had not moved
        103: "2025-12-31 22:59:59",
        104: "2025-12-31 23:00:00",
    }


def test_an_order_of_nobody(rows):
    """The account that stands for all erased customers is no person."""
    (row,) = rows(ORDERS, recorded("orders_full_page.json")[1], {**EUR, "nobody": True})[Order]
    assert (row["account_id"], row["email"]) == (None, None)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        *(("1", "on_hold"), ("2", "processing"), ("3", "processing"), ("4", "completed"), ("5", "completed")),
        *(("6", "cancelled"), ("7", "refunded"), ("8", "failed"), ("9", "processing"), ("10", "on_hold")),
        *(("11", "processing"), ("12", "pending"), ("13", "on_hold")),
    ],
)
def test_states_are_judged_by_their_flags(rows, state, status):
    renamed = {**STATES[state], "name": "Ganz anders"}
    (row,) = rows(ORDERS, recorded("orders_full_page.json")[1], {**EUR, "state": renamed})[Order]
    assert (row["status"], row["status_raw"]) == (status, "Ganz anders")


def test_an_unknown_state_is_other_and_marked(rows):
    (row,) = rows(ORDERS, recorded("orders_full_page.json")[1], EUR)[Order]
    assert (row["status"], row["status_raw"], row["status_known"]) == ("other", "5", False)


def test_what_prestashop_leaves_out_is_empty(rows):
    """The single view drops every falsy field; nothing is made of what is missing."""
    (row,) = rows(ORDERS, json.loads((RECORDED / "order_single.json").read_text())["order"], EUR)[Order]
    complete = rows(ORDERS, recorded("order_single_display_full.json")[0], EUR)[Order][0]
    assert row == complete


@pytest.mark.parametrize(
    "change",
    [
        {"total_paid_tax_incl": "NaN"},
        {"total_paid_tax_incl": "1e400"},
        {"total_paid_tax_incl": ""},
        {"total_paid_tax_excl": None},
        {"date_add": "yesterday"},
        {"associations": {"order_rows": [{"id": "1", "product_quantity": "some"}]}},
        {"associations": "none"},
        {"id": None},
    ],
    ids=str,
)
def test_what_cannot_be_an_order_is_refused(rows, change):
    with pytest.raises(UnexpectedPayload):
        rows(ORDERS, {**recorded("orders_full_page.json")[0], **change}, EUR, record_id="1")


def test_an_order_whose_currency_the_shop_does_not_know_is_refused(rows):
    with pytest.raises(UnexpectedPayload):
        rows(ORDERS, recorded("orders_full_page.json")[0], {})


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"total_paid_tax_incl": 15.35}, "total_micros", 15_350_000),
        ({"id_customer": 3}, "account_id", "3"),
        ({"id_customer": False}, "account_id", None),
        ({"id_customer": "0"}, "account_id", None),
        ({"valid": 1}, "countable", True),
        ({"date_add": "0000-00-00 00:00:00"}, "created_at", None),
        ({"invoice_date": "0001-01-01 00:00:00"}, "paid_at", None),
        ({"invoice_date": "9999-12-31 23:59:59"}, "paid_at", None),
        ({"associations": []}, "number", "LGVQUTFKZ"),
        ({"associations": False}, "number", "LGVQUTFKZ"),
        ({"conversion_rate": ""}, "rate_micros", None),
        ({"payment": None}, "payment_method", None),
    ],
    ids=str,
)
def test_slips_of_the_server_are_put_right(rows, change, column, value):
    (row,) = rows(ORDERS, {**recorded("orders_full_page.json")[0], **change}, EUR)[Order]
    assert row[column] == value


def test_goods_sold_by_weight(rows):
    """A module may make quantities fractions."""
    order = recorded("orders_full_page.json")[0]
    row = {**order["associations"]["order_rows"][0], "product_quantity": "0.350000", "unit_price_tax_excl": "9.990000"}
    (line, *_) = rows(ORDERS, {**order, "associations": {"order_rows": [row]}}, EUR)[OrderLine]
    assert (line["quantity_micros"], line["total_micros"]) == (350_000, 3_496_500)


# --- what belongs to orders -----------------------------------------------------------------------------------------


def test_a_refund_is_products_and_shipping_of_the_slip(rows):
    made = rows(SLIPS, recorded("order_slip_full.json")[0])
    (row,) = made[Refund]
    assert (row["refund_id"], row["order_id"], row.get("currency")) == ("1", "8", None)
    assert row["total_micros"] == 94_724_000 + 5_950_000
    assert row["shipping_micros"] == 5_000_000
    assert row["total_micros"] - row["tax_micros"] - row["shipping_micros"] == 79_600_000
    lines = made[RefundLine]
    assert sum(line["total_micros"] for line in lines) == 79_600_000
    assert [line["order_line_id"] for line in lines] == ["20", "21", "22", "23"]
    assert lines[1]["quantity_micros"] == 2 * MICROS


def test_histories_say_what_a_state_means(rows):
    made = [
        rows(HISTORIES, history, {"state": STATES[history["id_order_state"]]})[OrderEvent][0]
        for history in recorded("order_histories_full.json")
    ]
    assert [row["kind"] for row in made] == ["paid", "paid", "shipped", "shipped", "status"]
    assert [row["value"] for row in made][-1] == "Erstattet"
    assert [row["agent_id"] for row in made] == [None, "2", "1", "1", "2"]
    assert {row["order_id"] for row in made} == {"8"}


def test_payments_hang_on_the_first_order_of_a_reference(rows):
    payment = recorded("order_payments_full.json")[0]
    (row,) = rows(PAYMENTS, payment, {"orders": ["60", "61"]}, "payment-1")[OrderEvent]
    assert (row["event_id"], row["order_id"], row["kind"]) == ("payment-1", "60", "payment")
    assert (row["amount_micros"], row["value"]) == (106_740_000, "Kreditkarte")
    assert rows(PAYMENTS, payment, {}, "payment-1") == {}, "an order that is gone has no events"


def test_carts(rows):
    carts = {cart["id"]: cart for cart in recorded("carts_abandoned.json")}
    (row,) = rows(CARTS, carts[301], {**EUR, "guest": True, "email": "a@example.org", "country": "DE"})[Cart]
    assert (row["account_id"], row["email_key"], row["has_address"]) == (None, "a@example.org", True)
    assert (row["products"], row["quantity_micros"]) == (1, MICROS)
    (row,) = rows(CARTS, carts[302], EUR)[Cart]
    assert (row["account_id"], row["has_address"]) == (None, False)
    empty = next(cart for cart in carts.values() if "associations" not in cart)
    (row,) = rows(CARTS, empty, EUR)[Cart]
    assert (row["products"], row["quantity_micros"]) == (0, 0)


def test_accounts(rows):
    by_id = {customer["id"]: customer for customer in recorded("customers_fields.json")}
    (row,) = rows(CUSTOMERS, by_id[3])[CustomerAccount]
    assert (row["account_id"], row["name"], row["role"]) == ("3", "Marie Vogt", "customer")
    assert utc(row["registered_at"]) == "2025-05-26 13:15:32"
    assert rows(CUSTOMERS, by_id[8]) == {}, "a guest has no account"
    assert rows(CUSTOMERS, by_id[1]) == {}, "nobody has no account"
    for deleted in recorded("customers_deleted.json"):
        made = rows(CUSTOMERS, {**deleted, "is_guest": "0"})
        assert made[CustomerAccount][0]["role"] == "deleted", "the row stays, so the account does too"


def test_products_in_one_and_in_several_languages(rows):
    (row,) = rows(PRODUCTS, recorded("products_full.json")[0], {"categories": ["Herren", "Shirts"]})[Product]
    assert (row["sku"], row["price_micros"]) == ("demo_1", 23_900_000)
    assert json.loads(row["categories"]) == ["Herren", "Shirts"]
    assert row["name"] == rows(PRODUCTS, recorded("products_fields.json")[0])[Product][0]["name"]


# --- the whole recorded shop ----------------------------------------------------------------------------------------


def test_every_month_is_as_the_back_office_computes_it(rows):
    """Sales by invoice date, in the main currency, without tax and shipping, of orders whose state counts."""
    sales: dict[str, Decimal] = {}
    counts: Counter[str] = Counter()
    for order in recorded("dataset/orders.json"):
        (row,) = rows(ORDERS, order, {**EUR, "state": STATES[order["current_state"]]})[Order]
        assert row["countable"] == (STATES[order["current_state"]]["logable"] == "1")
        if row["paid_at"] is None or not row["countable"]:
            continue
        month = f"{to_datetime(row['paid_at'], BERLIN):%Y-%m}"
        net = row["total_micros"] - row["tax_micros"] - row["shipping_micros"]
        sales[month] = sales.get(month, Decimal(0)) + Decimal(net) / row["rate_micros"]
        counts[month] += 1
    theirs = json.loads((RECORDED / "backoffice_statistics.json").read_text())
    assert len(theirs["sales_per_month"]) == 25
    assert {month: float(round(amount, 2)) for month, amount in sales.items()} == theirs["sales_per_month"]
    assert dict(counts) == theirs["orders_per_month"]


def test_customers_have_spent_what_their_page_says(rows):
    spent: dict[str, Decimal] = {}
    orders: Counter[str] = Counter()
    for order in recorded("dataset/orders.json"):
        (row,) = rows(ORDERS, order, EUR)[Order]
        if row["countable"]:
            spent[row["account_id"]] = (
                spent.get(row["account_id"], Decimal(0)) + Decimal(row["total_micros"]) / row["rate_micros"]
            )
            orders[row["account_id"]] += 1
    theirs = json.loads((RECORDED / "backoffice_statistics.json").read_text())["customer_get_stats"]
    for customer, figures in theirs.items():
        assert float(round(spent[customer], 6)) == figures["total_orders"]
        assert orders[customer] == figures["nb_orders"]


def test_all_recorded_refunds_messages_and_threads_can_be_read(rows):
    orders = {str(order["id"]) for order in recorded("dataset/orders.json")}
    for slip in recorded("dataset/order_slip.json"):
        assert rows(SLIPS, slip)[Refund][0]["order_id"] in orders
    for history in recorded("dataset/order_histories.json"):
        assert rows(HISTORIES, history, {"state": STATES[history["id_order_state"]]})[OrderEvent]
    pending = 0
    for thread in recorded("dataset/customer_threads.json"):
        pending += rows(THREADS, thread)[Conversation][0]["state"] == "open"
    theirs = json.loads((RECORDED / "backoffice_statistics.json").read_text())
    assert pending == theirs["pending_threads"]
    for message in recorded("dataset/customer_messages.json"):
        (row,) = rows(MESSAGES, message)[Message]
        assert datetime.fromtimestamp(row["created_at"] / 1_000_000, UTC).year >= 2024
