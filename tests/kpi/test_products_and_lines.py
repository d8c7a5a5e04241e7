"""Convention C7 for what can be several on one order, and figures of single lines (`--line-level`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connector.errors import UsageError
from tests.kpi.books import Books

LINES = ("orders.line_level=true",)


def some(books: Books) -> Books:
    """Tea and a pot in one order, coffee in another, an order with nothing but a fee, a refunded tea."""
    books.product("1", "Tea", ["Drinks", "Hot"], sku="T-1")
    books.product("2", "Coffee", ["Drinks"])
    books.product("3", "Pot", ["Kitchen"])
    first = books.order("2024-03-01", 1, "30.00", shipping="5.00", coupons='["SPRING", "hello"]', tags='["gift"]')
    tea = books.line(first, "1", total="8.00", quantity="2", discount="2.00", name="Tea, old name", sku="T-1-BIG")
    books.line(first, "3", total="17.00")
    books.line(first, total="5.00", kind="shipping")
    second = books.order("2024-03-02", 2, "12.00", coupons='["hello"]')
    books.line(second, "2", total="12.00", quantity="3")
    books.order("2024-03-03", 3, "9.00")
    back = books.refund(first, "2024-03-05", "9.00", shipping="5.00")
    books.refund_line(back, tea, total="4.00")
    books.refund(second, "2024-03-06", "1.00")
    return books.save()


@pytest.fixture
def books(books: Books) -> Books:
    return some(books)


def orders(books: Books, **filters: list[str]) -> int:
    value = books.value("orders", filters=filters)
    assert isinstance(value, int)
    return value


def money(books: Books, id: str, **more: Any) -> str:
    (record,) = [figure.to_json("en") for figure in books.ask(id, **more).figures]
    assert isinstance(record["value"], str)
    return record["value"]


@pytest.mark.parametrize("said", ["1", "T-1", "T-1-BIG", "Tea", "Tea, old name"])
def test_a_product_by_number_sku_or_exact_name(books: Books, said: str) -> None:
    assert orders(books, product=[said]) == 1
    assert orders(books, product=[said, "Coffee"]) == 2


@pytest.mark.parametrize(
    ("filters", "advice"),
    [
        ({"product": ["Te"]}, "Did you mean Tea?"),
        ({"product": ["Tea", "4711"]}, "There are: Coffee, Pot, Tea."),
        ({"category": ["drinks"]}, "Did you mean Drinks?"),
        ({"coupon": ["hel"]}, "Did you mean hello?"),
        ({"tag": ["%"]}, "There are: gift."),
    ],
)
def test_what_no_order_has_is_refused_and_what_there_is_named(
    books: Books, filters: dict[str, list[str]], advice: str
) -> None:
    with pytest.raises(UsageError) as error:
        books.ask("orders", filters=filters)
    assert error.value.message.key == "unheard"
    assert error.value.advice is not None
    assert error.value.advice.render("en") == advice


def test_a_value_of_what_is_not_stored_at_all_may_be_asked_for(books: Books) -> None:
    assert orders(books, device=["Mobile"]) == 0


def test_categories_coupons_and_tags(books: Books) -> None:
    assert orders(books, category=["Drinks"]) == 2
    assert orders(books, category=["Hot", "Kitchen"]) == 1
    assert orders(books, coupon=["Hello"]) == 2
    assert orders(books, coupon=["spring"], tag=["gift"]) == 1
    assert orders(books, product=["Coffee"], coupon=["spring"]) == 0


def test_an_order_belongs_to_each_of_its_values_and_once_to_the_total(books: Books) -> None:
    def groups(by: str) -> dict[str | None, Any]:
        rows = books.ask("orders", by=by).figures
        assert rows[-1].group is None
        assert rows[-1].value == 3
        assert any(note.key == "note.several_values" for note in rows[-1].notes)
        return {(row.group or {})[by]: row.value for row in rows[:-1]}

    assert groups("product") == {"Coffee": 1, "Pot": 1, "Tea": 1, None: 1}
    assert groups("category") == {"Drinks": 2, "Hot": 1, "Kitchen": 1, None: 1}
    assert groups("coupon") == {"hello": 2, "spring": 1, None: 1}
    assert groups("tag") == {"gift": 1, None: 2}


def test_money_of_a_product_is_that_of_whole_orders_unless_lines_are_asked_for(books: Books) -> None:
    tea = {"product": ["Tea"]}
    assert money(books, "net_revenue", filters=tea) == "21.00"  # 25.00 of goods, 4.00 refunded
    assert money(books, "net_revenue", filters=tea, set=LINES) == "4.00"
    assert money(books, "gross_sales", filters=tea, set=LINES) == "10.00"
    assert money(books, "discounts", filters=tea, set=LINES) == "2.00"
    assert money(books, "refunds_value", filters=tea, set=LINES) == "4.00"
    assert money(books, "aov", filters={"category": ["Drinks"]}, set=LINES) == "10.00"
    assert books.value("units", filters=tea, set=LINES) == 1
    assert books.value("items_per_order", filters=tea, set=LINES) == 2.0
    assert books.figure("net_revenue", filters=tea, set=LINES).options["orders.line_level"] is True


def test_lines_of_a_group_are_its_own(both: Books) -> None:
    rows = some(both).ask("net_revenue", by="product", set=LINES).figures
    values = {(row.group or {}).get("product"): row.to_json("en")["value"] for row in rows}
    assert values == {"Coffee": "12.00", "Pot": "17.00", "Tea": "4.00", None: "33.00"}


def test_refunds_without_lines_are_named(books: Books) -> None:
    assert books.figure("net_revenue", set=LINES).excluded == {"refund_without_lines": 1}


def test_numbers_of_orders_stay_and_other_money_is_refused(books: Books) -> None:
    assert books.value("refund_rate_orders", filters={"product": ["Pot"]}, set=LINES) == 1.0
    for id in ("total_sales", "shipping", "taxes", "aov_total", "new_revenue_share"):
        with pytest.raises(UsageError) as error:
            books.ask(id, set=LINES)
        assert error.value.message.key == "unfit_lines"
    assert {figure.id for figure in books.ask(set=LINES).figures} >= {"orders", "net_revenue", "aov", "crr"}


def test_a_discount_of_the_whole_order_is_shared_out_by_value(new_books: Callable[..., Books]) -> None:
    both = new_books()
    order = both.order("2024-03-01", 1, "27.00", discount="3.00")
    both.line(order, "1", total="20.00", discount=None)
    both.line(order, "2", total="10.00", discount=None)
    both.save()
    assert money(both, "net_revenue", filters={"product": ["1"]}, set=LINES) == "18.00"
    assert money(both, "discounts", filters={"product": ["2"]}, set=LINES) == "1.00"
    assert money(both, "net_revenue", set=LINES) == "27.00"


def test_products_of_one_name_in_one_shop_are_two(new_books: Callable[..., Books]) -> None:
    both = new_books()
    for number in ("1", "2"):
        both.product(number, "Tea")
        both.line(both.order("2024-03-01", 1), number)
    both.save()
    assert [(row.group or {}).get("product") for row in both.ask("orders", by="product").figures] == [
        "Tea (#1)",
        "Tea (#2)",
        None,
    ]
    assert orders(both, product=["Tea"]) == 2


def test_the_same_with_a_period_that_spares_history(books: Books) -> None:
    assert books.value("orders", period="2024-03", filters={"product": ["Tea"]}) == 1
    assert books.value("orders", period="2024-04", filters={"product": ["Tea"]}) == 0
    assert money(books, "refunds_value", period="2024-03", filters={"product": ["Tea"]}, set=LINES) == "4.00"


def test_where_customers_came_from_is_told_by_their_first_order(new_books: Callable[..., Books]) -> None:
    both = new_books()
    both.order("2024-01-01", 1, attribution_source="google", device_type="Mobile")
    both.order("2024-02-01", 1, attribution_source="newsletter")
    both.order("2024-02-02", 2, attribution_source="newsletter")
    both.save()

    def by_origin(id: str) -> dict[Any, Any]:
        return {
            (row.group or {}).get("attribution_source"): row.value
            for row in both.ask(id, by="attribution_source").figures
        }

    assert by_origin("orders") == {"google": 1, "newsletter": 2, None: 3}
    assert by_origin("new_customers") == {"google": 1, "newsletter": 1, None: 2}
    assert by_origin("repeat_rate") == {"google": 1.0, "newsletter": 0.0, None: 0.5}
    assert both.value("repeat_rate", filters={"device": ["Mobile"]}) == 1.0
    assert "note.first_touch" in [note.key for note in both.figure("repeat_rate", filters={"device": ["Mobile"]}).notes]


def test_dimensions_with_one_value(new_books: Callable[..., Books]) -> None:
    plain = {"shipping_method": "DHL", "device_type": "Mobile"} | {
        f"attribution_{part}": part for part in ("type", "source", "medium", "campaign")
    }
    books = new_books()
    books.order("2024-03-01", 1, within="2", **plain)
    books.order("2024-03-01", 2)
    books.save()
    for dimension, value in (plain | {"shop": "2", "device": "Mobile"}).items():
        if dimension != "device_type":
            assert orders(books, **{dimension: [value]}) == 1, dimension
            assert [row.value for row in books.ask("orders", by=dimension).figures] == [1, 1, 2], dimension
