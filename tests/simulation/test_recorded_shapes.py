"""Bodies equal the recorded ones, field by field and in their order."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.woocommerce.simulator.model import Refund
from adapters.woocommerce.simulator.product_shape import product_shape
from adapters.woocommerce.simulator.reading import customer_from, order_from, product_from, refund_from
from adapters.woocommerce.simulator.shapes import Shapes, digits, encoded
from tests.simulation.asking import FIXTURES, recorded

SHAPES = Shapes("https://shop.example.test", ZoneInfo("Europe/Berlin"))
NO_ORDERS = ("notes", "statuses", "page_beyond_end", "page_middle", "page_last", "page_first")
ORDERS = sorted(path.stem for path in (FIXTURES / "orders").glob("*.json") if path.stem not in NO_ORDERS)


def same(made: Any, body: Any) -> None:
    """Equal, the order of the keys included."""
    assert json.dumps(made, indent=1) == json.dumps(body, indent=1)


@pytest.mark.parametrize("name", ORDERS)
def test_orders(name: str) -> None:
    body = recorded(f"orders/{name}.json")
    refunds = [Refund(one["id"], body["id"], 0, -Decimal(one["total"]), one["reason"]) for one in body["refunds"]]
    same(SHAPES.order(order_from(body), refunds), body)


def test_orders_in_a_list() -> None:
    for body in recorded("orders/page_first.json")["body"]:
        same(SHAPES.order(order_from(body), []), body)


@pytest.mark.parametrize(("name", "order_id"), [("refunded_fully", 30), ("completed_two_partial_refunds", 98)])
def test_refunds_of_an_order(name: str, order_id: int) -> None:
    for body in recorded(f"refunds/order_refunds_{name}.json"):
        same(SHAPES.refund(refund_from(body, order_id), with_parent=False), body)


def test_refunds_in_the_list_of_all() -> None:
    for body in recorded("refunds/refunds_page.json")["body"]:
        same(SHAPES.refund(refund_from(body), with_parent=True), body)


def test_customers() -> None:
    several = recorded("customers/page_role_all.json")["body"]
    for body in (recorded("customers/customer_no_name.json"), recorded("customers/customer_unicode.json"), *several):
        same(SHAPES.customer(customer_from(body)), body)


def test_products() -> None:
    simple = recorded("products/simple.json")
    same(product_shape(SHAPES, product_from(simple)), simple)
    variable = recorded("products/variable.json")
    same(product_shape(SHAPES, product_from(variable, recorded("products/variations.json"))), variable)


def test_fact_23_encoding_is_php_s() -> None:
    assert encoded({"a": "Größe 🌿/x", "b": [1, None, True]}) == (
        b'{"a":"Gr\\u00f6\\u00dfe \\ud83c\\udf3f\\/x","b":[1,null,true]}'
    )


@pytest.mark.parametrize(
    ("amount", "dp", "text"),
    [
        ("20.018692", 2, "20.02"),
        ("20.018692", 4, "20.0187"),
        ("-0.004", 2, "0.00"),
        ("2.5", 0, "3"),
        ("1e3", 2, "1000.00"),
    ],
)
def test_fact_23_amounts(amount: str, dp: int, text: str) -> None:
    assert digits(Decimal(amount), dp) == text
