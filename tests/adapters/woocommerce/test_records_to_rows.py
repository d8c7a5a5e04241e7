"""Recorded answers of a running shop, admitted and normalised."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import msgspec
import pytest

from adapters.woocommerce import CUSTOMERS, ORDERS, PRODUCTS, REFUNDS, WooCommerce
from connector.clock import SystemClock
from connector.contract import Record, Stream
from connector.errors import UnexpectedPayload
from connector.model import CustomerAccount, Order, OrderLine, OrderTax, Product, Refund, RefundLine
from connector.settings import Timeouts
from connector.transport import Transport

RECORDED = Path(__file__).parents[2] / "fixtures" / "woocommerce"
ORDER_FILES = sorted(
    path
    for path in (RECORDED / "orders").glob("*.json")
    if path.stem not in ("statuses", "notes") and "page_" not in path.stem
)


@pytest.fixture
def shop() -> WooCommerce:
    settings = WooCommerce.Settings(
        adapter="woocommerce", url="https://shop.example.test", consumer_key="ck_1", consumer_secret="cs_1"
    )
    return WooCommerce(settings, Transport(settings.url, clock=SystemClock(), random=Random(1), timeouts=Timeouts()))


def rows(shop: WooCommerce, stream: Stream, content: object, locator: str | None = None) -> dict:
    payload = json.dumps(content).encode()
    record = shop.admit(stream, Record(str(content["id"]), payload, 1, locator=locator))  # type: ignore[index]
    again = shop.normalise(stream, Record(record.id, record.payload, 1))
    made = list(shop.normalise(stream, record))
    assert made == list(again), "rows must follow from the stored payload alone"
    sorted_rows: dict = {}
    for table, row in made:
        assert set(row) <= set(table.__table__.c.keys())
        sorted_rows.setdefault(table, []).append(row)
    return sorted_rows


def order(name: str) -> dict:
    return json.loads((RECORDED / "orders" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("path", ORDER_FILES, ids=lambda path: path.stem)
def test_amounts_of_every_recorded_order_add_up(shop, path):
    content = json.loads(path.read_text("utf-8"))
    made = rows(shop, ORDERS, content)
    (row,) = made[Order]
    assert row["total_micros"] == round(float(content["total"]) * 100) * 10_000
    assert sum(tax["tax_micros"] for tax in made.get(OrderTax, [])) == row["tax_micros"]
    lines = made.get(OrderLine, [])
    if content["status"] != "checkout-draft":
        net_of_lines = sum(line["total_micros"] for line in lines)
        assert net_of_lines + row["tax_micros"] == row["total_micros"]
        assert sum(line["total_micros"] for line in lines if line["kind"] == "shipping") == row["shipping_micros"]


@pytest.mark.parametrize("path", ORDER_FILES, ids=lambda path: path.stem)
def test_nothing_forbidden_is_admitted(shop, path):
    content = json.loads(path.read_text("utf-8"))
    kept = shop.admit(ORDERS, Record(str(content["id"]), json.dumps(content).encode(), 1)).payload.decode()
    assert "Mozilla" not in kept
    for key in ("customer_ip_address", "order_key", "transaction_id", "customer_note"):
        assert not content.get(key) or content[key] == "0" or str(content[key]) not in kept
    for part in ("address_1", "city", "postcode"):
        assert f'"{part}"' not in kept
    assert "session_entry" not in kept


def test_a_registered_buyer_with_two_refunds(shop):
    made = rows(shop, ORDERS, order("completed_two_partial_refunds"))
    (row,) = made[Order]
    assert row["created_at"] == 1_745_617_300_000_000
    assert row["account_id"] == "44"
    assert row["email_key"] == "kunde43@example.test"
    assert (row["status"], row["countable"], row["status_known"]) == ("completed", True, True)
    assert (row["attribution_type"], row["attribution_source"]) == ("utm", "facebook")
    assert (row["attribution_medium"], row["attribution_campaign"]) == ("paid_social", "Black Friday")
    assert row["device_type"] == "Desktop"
    assert json.loads(row["refunds_named"]) == ["100", "99"]
    assert row["url"] == "https://shop.example.test/wp-admin/post.php?post=98&action=edit"
    taxes = {tax["rate_id"]: tax for tax in made[OrderTax]}
    assert taxes["1"]["tax_micros"] == 4_610_000  # 3.83 on goods, 0.78 on shipping
    assert taxes["1"]["taxable_micros"] == 24_290_000  # 20.17 + 4.12
    assert taxes["2"]["taxable_micros"] == 54_950_000
    assert taxes["1"]["rate_micros"] == 19_000_000


def test_a_guest_has_no_account_and_the_key_forgets_letter_case(shop):
    (row,) = rows(shop, ORDERS, order("guest_same_email_as_customer_other_case"))[Order]
    assert row["account_id"] is None
    assert row["email"] != row["email_key"] == row["email"].lower()


@pytest.mark.parametrize(
    ("name", "status", "countable"),
    [
        ("pending", "pending", False),
        ("failed", "failed", False),
        ("cancelled", "cancelled", False),
        ("checkout_draft", "draft", False),
        ("trash", "trash", False),
        ("on_hold_unpaid", "on_hold", True),
        ("refunded_fully", "refunded", True),
    ],
)
def test_which_statuses_count(shop, name, status, countable):
    (row,) = rows(shop, ORDERS, order(name))[Order]
    assert (row["status"], row["countable"]) == (status, countable)


def test_a_status_of_a_plugin_counts_and_is_marked(shop):
    (row,) = rows(shop, ORDERS, {**order("pending"), "status": "in-production"})[Order]
    assert (row["status"], row["countable"], row["status_known"]) == ("other", True, False)


def test_fees_and_coupons(shop):
    made = rows(shop, ORDERS, order("coupon_and_fees"))
    assert {line["kind"] for line in made[OrderLine]} == {"product", "fee", "shipping"}
    assert json.loads(made[Order][0]["coupons"])[0] == json.loads(made[Order][0]["coupons"])[0].lower()


def test_an_erased_person_leaves_no_name(shop):
    (row,) = rows(shop, ORDERS, order("personal_data_erased"))[Order]
    assert row["email"] == "deleted@site.invalid"
    assert row["account_id"] is None


def test_the_parts_of_refunds(shop):
    listed = json.loads((RECORDED / "refunds" / "refunds_page.json").read_text("utf-8"))["body"]
    made = rows(shop, REFUNDS, listed[0])
    (row,) = made[Refund]
    assert (row["order_id"], row["total_micros"]) == ("312", 115_990_000)
    assert (row["shipping_micros"], row["tax_micros"]) == (4_120_000, 0)
    (line,) = made[RefundLine]
    assert (line["order_line_id"], line["quantity_micros"], line["total_micros"]) == ("1361", 3_000_000, 111_870_000)


def test_a_refund_typed_in_as_a_sum_has_unknown_parts(shop):
    of_order = json.loads(
        (RECORDED / "refunds" / "order_refunds_completed_two_partial_refunds.json").read_text("utf-8")
    )
    sum_only = next(refund for refund in of_order if not refund["line_items"])
    (row,) = rows(shop, REFUNDS, sum_only, locator="98")[Refund]
    assert (row["tax_micros"], row["shipping_micros"]) == (None, None)


def test_accounts_and_products(shop):
    unicode_name = json.loads((RECORDED / "customers" / "customer_unicode.json").read_text("utf-8"))
    (account,) = rows(shop, CUSTOMERS, unicode_name)[CustomerAccount]
    assert account["name"] == "Fatma Þórsdóttir"
    nameless = json.loads((RECORDED / "customers" / "customer_no_name.json").read_text("utf-8"))
    assert rows(shop, CUSTOMERS, nameless)[CustomerAccount][0]["account_id"] == "61"
    product = json.loads((RECORDED / "products" / "simple.json").read_text("utf-8"))
    (row,) = rows(shop, PRODUCTS, product)[Product]
    assert (row["sku"], row["price_micros"], json.loads(row["categories"])) == ("TEE-001", 11_900_000, ["Grüner Tee"])


@pytest.mark.parametrize(
    "change",
    [
        {"total": "NaN"},
        {"total": "1e400"},
        {"total": None},
        {"total": ""},
        {"currency": ""},
        {"currency": "Euro"},
        {"currency": None},
        {"status": None},
        {"date_created_gmt": "yesterday"},
        {"line_items": [{"id": 1, "total": "a lot"}]},
        {"billing": "Ann Example"},
    ],
    ids=str,
)
def test_what_cannot_be_an_order_is_refused(shop, change):
    content = {**order("pending"), **change}
    with pytest.raises(UnexpectedPayload):
        rows(shop, ORDERS, content)


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({"total": 12.1}, "total_micros", 12_100_000),
        ({"total": "-5.00"}, "total_micros", -5_000_000),
        ({"currency": "jpy"}, "currency", "JPY"),
        ({"customer_id": "7"}, "account_id", "7"),
        ({"customer_id": False}, "account_id", None),
        ({"date_paid_gmt": "0000-00-00T00:00:00"}, "paid_at", None),
        ({"date_created_gmt": "0000-00-00T00:00:00"}, "created_at", None),
        ({"billing": False}, "email", None),
        ({"number": 17}, "number", "17"),
        ({"meta_data": [{"id": 1, "key": "_wcpdf_invoice_number", "value": "R-7"}]}, "invoice_number", "R-7"),
        ({"meta_data": [{"id": 1, "key": "_invoice_number", "value": 17}]}, "invoice_number", "17"),
        ({"meta_data": [{"id": 1, "key": "_invoice_number", "value": ["R-7"]}]}, "invoice_number", None),
        ({"meta_data": False}, "invoice_number", None),
        ({"shipping_lines": []}, "shipping_method", None),
    ],
    ids=str,
)
def test_slips_of_plugins_are_read(shop, change, column, value):
    content = {**order("pending"), **change}
    (row,) = rows(shop, ORDERS, content)[Order]
    assert row[column] == value


def test_lines_under_numbered_keys_are_lines(shop):
    content = {**order("pending"), "line_items": {"5": {"id": 5, "total": "1.00"}}}
    lines = [line for line in rows(shop, ORDERS, content)[OrderLine] if line["kind"] == "product"]
    assert [(line["line_id"], line["total_micros"]) for line in lines] == [("5", 1_000_000)]


def test_ten_thousand_lines_are_an_order(shop):
    content = {**order("pending"), "line_items": [{"id": n, "total": "0.01"} for n in range(10_000)]}
    assert len([line for line in rows(shop, ORDERS, content)[OrderLine] if line["kind"] == "product"]) == 10_000


def test_an_unknown_field_is_not_kept(shop):
    record = Record("1", json.dumps({**order("pending"), "plugin_passport_no": "C01X00T47"}).encode(), 1)
    assert b"C01X00T47" not in shop.admit(ORDERS, record).payload
    assert msgspec.json.decode(shop.admit(ORDERS, record).payload)["id"]
