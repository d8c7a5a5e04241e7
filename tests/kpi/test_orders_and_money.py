"""Section 3 worked by hand: orders, units, sales, averages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connector.kpi.result import Flag
from tests.kpi.books import Books


def spring(books: Books) -> Books:
    """Three orders and two refunds in March 2024, one order in April.

    1 March 119.00 = 90.00 goods + 5.00 shipping + 24.00 tax, 10.00 discount; 2 pieces
    5 March  59.50 = 50.00 goods + 0.00 shipping +  9.50 tax;                 3 pieces
    9 March   0.00, free;                                                     1 piece
    """
    first = books.order("2024-03-01", 1, "119.00", tax="24.00", shipping="5.00", discount="10.00", quantity="2")
    books.order("2024-03-05", 2, "59.50", tax="9.50", quantity="3")
    books.order("2024-03-09", 3, "0", quantity="1")
    books.order("2024-04-02", 1, "20.00", quantity="1")
    books.refund(first, "2024-03-20", "11.90", tax="1.90", quantity="1")
    books.refund(first, "2024-04-20", "5.95", tax="0.95")
    return books.save()


@pytest.fixture
def march(books: Books) -> Books:
    return spring(books)


def test_a_month(both: Books) -> None:
    expected = {
        "orders": 3,
        "units": 5,
        "gross_sales": "150.00",
        "discounts": "10.00",
        "refunds_value": "10.00",
        "net_revenue": "130.00",
        "taxes": "31.60",
        "shipping": "5.00",
        "total_sales": "166.60",
        "items_per_order": 2.0,
    }
    figures = spring(both).ask(*expected, period="2024-03").figures
    assert {figure.id: figure.to_json("en")["value"] for figure in figures} == expected
    assert {figure.id for figure in figures if figure.currency is None} == {"orders", "units", "items_per_order"}


def test_averages_say_what_they_divide(march: Books) -> None:
    aov = march.figure("aov", period="2024-03").to_json("en")
    assert (aov["value"], aov["numerator"], aov["denominator"], aov["n"]) == ("46.67", "140.00", 3, 3)
    after = march.figure("aov_after_refunds", period="2024-03").to_json("en")
    assert (after["value"], after["numerator"], after["ci_low"]) == ("43.33", "130.00", None)
    assert march.figure("aov_total", period="2024-03").to_json("en")["value"] == "59.50"


def test_the_average_has_the_t_interval_of_a_mean(march: Books) -> None:
    """Goods 90, 50, 0: mean 46.667, standard deviation 45.092, t(2) = 4.302653: 46.667 +- 112.02."""
    aov = march.figure("aov", period="2024-03").to_json("en")
    assert (aov["ci_low"], aov["ci_high"], aov["ci_method"]) == ("-65.35", "158.68", "t")


def test_gross_minus_discounts_minus_refunds_is_net_revenue(march: Books) -> None:
    for period in ("2024-03", "2024-04", "2024"):
        gross, discounts, refunds, net, taxes, shipping, total = (
            march.value(id, period=period)
            for id in ("gross_sales", "discounts", "refunds_value", "net_revenue", "taxes", "shipping", "total_sales")
        )
        assert net == gross - discounts - refunds
        assert total == net + taxes + shipping


def test_a_month_of_nothing_but_refunds_is_negative(march: Books) -> None:
    march.rows.clear()
    july = march.order("2024-06-30 23:00", 1, "10.00")
    march.refund(july, "2024-07-03", "10.00")
    march.save()
    figure = march.figure("net_revenue", period="2024-07")
    assert figure.to_json("de")["value"] == "-10.00"
    assert march.value("net_revenue", period="2024-07", set=["refunds.date=order"]) == 0
    assert march.value("net_revenue", period="2024-06", set=["refunds.date=order"]) == 0


def test_refunds_by_the_day_of_the_sale(march: Books) -> None:
    figure = march.figure("refunds_value", period="2024-03", set=["refunds.date=order"])
    assert figure.value == Decimal(15_000_000)
    assert "day of the sale" in " ".join(note.render("en") for note in figure.notes)


def test_what_is_gone_or_not_counted_is_not_there(books: Books) -> None:
    gone = books.order("2024-03-01", gone_at=1)
    cancelled = books.order("2024-03-02", status="cancelled")
    kept = books.order("2024-03-03", total="30.00")
    for order in (gone, cancelled):
        books.refund(order, "2024-03-10", "1.00")
    books.refund(kept, "2024-03-10", "2.00", gone_at=1)
    books.refund("999", "2024-03-10", "4.00")  # its order has not come yet
    books.save()
    assert books.value("orders", period="2024-03") == 1
    assert books.value("net_revenue", period="2024-03") == 30


def test_orders_by_payment_and_by_completion(books: Books) -> None:
    books.order("2024-03-01", paid="2024-04-02", completed="2024-05-03")
    books.order("2024-03-05")
    books.save()
    paid = books.figure("orders", period="2024-04", set=["orders.date=paid"])
    assert (paid.value, paid.excluded) == (1, {})
    march = books.figure("orders", period="2024-03", set=["orders.date=paid"])
    assert (march.value, march.excluded) == (0, {"no_date": 1})
    assert books.value("orders", period="2024-05", set=["orders.date=completed"]) == 1


def test_a_day_from_a_wrong_clock_is_none(books: Books) -> None:
    for day in ("0001-01-02", "2024-03-01", "9999-12-30"):
        books.refund(books.order(day), "2024-03-02", "1.00")
    books.save()
    figure = books.figure("net_revenue")
    assert (figure.to_json("en")["value"], figure.excluded) == ("9.00", {"no_date": 2})
    assert figure.to_json("en")["period_start"] == "2024-03-01T00:00:00+01:00"


def test_a_history_of_events_tells_when_an_order_was_paid(both: Books) -> None:
    order = both.order("2024-03-01")
    both.event(order, "2024-05-02", "paid")
    both.event(order, "2024-04-02", "paid")
    both.event(order, "2024-06-02", "delivered")
    both.save()
    assert both.value("orders", period="2024-04", set=["orders.date=paid"]) == 1
    assert both.value("orders", period="2024-06", set=["orders.date=completed"]) == 1


def test_statuses_of_ones_own(both: Books) -> None:
    both.order("2024-03-01", status="pending", status_raw="pending")
    both.order("2024-03-02", status="other", status_raw="wartet-auf-druck", status_known=False)
    both.order("2024-03-03")
    both.save()
    assert both.figure("orders", period="2024-03").has("unknown_status")
    assert both.value("orders", period="2024-03") == 2
    assert both.value("orders", period="2024-03", set=["orders.statuses=[pending, completed]"]) == 2
    assert both.value("orders", period="2024-03", set=["orders.statuses=[wartet-auf-druck]"]) == 1
    assert both.value("orders", period="2024-03", set=["orders.statuses={shop: [pending]}"]) == 1
    assert both.value("orders", period="2024-03", set=["orders.statuses={other: [pending]}"]) == 2
    assert both.value("orders", period="2024-03", set=["orders.statuses=[]"]) == 0


def test_small_orders_and_tags_can_be_left_out(both: Books) -> None:
    small = both.order("2024-03-01", total="4.99")
    both.order("2024-03-02", total="5.00")
    tagged = both.order("2024-03-03", total="9.00", tags='["abo","vip"]')
    both.order("2024-03-04", total="9.00", tags='["vip"]')
    for order in (small, tagged):
        both.refund(order, "2024-03-20", "1.00")
    both.save()
    options = ["orders.min_total=5", "orders.exclude_tags=[abo]"]
    figure = both.figure("orders", period="2024-03", set=options)
    assert (figure.value, figure.excluded) == (2, {"below_min_total": 1, "tagged": 1})
    assert both.value("net_revenue", period="2024-03", set=options) == 14


def test_amounts_of_any_size_add_up(books: Books) -> None:
    """Each fits 64 bits in millionths, their sum does not."""
    for day in range(1, 4):
        books.order(f"2024-03-0{day}", day, "9000000000000.00", currency="IRR")
    books.save()
    for id, value in (("net_revenue", "27000000000000"), ("total_sales", "27000000000000"), ("aov", "9000000000000")):
        assert books.figure(id).to_json("en")["value"].partition(".")[0] == value
    assert books.value("clv_historical") == 9_000_000_000_000


def test_pieces_may_be_fractions(books: Books) -> None:
    books.order("2024-03-01", quantity="1.5")
    books.order("2024-03-02", quantity="0.25")
    books.save()
    assert books.value("units", period="2024-03") == 1.75


def test_an_estimated_split_is_flagged_and_can_be_turned_off(books: Books) -> None:
    """11.90 of 119.00 (24.00 tax, 5.00 shipping): 2.40 tax and 0.50 shipping are in it, 9.00 goods."""
    order = books.order("2024-03-01", total="119.00", tax="24.00", shipping="5.00")
    books.refund(order, "2024-03-02", "11.90", tax=None, shipping=None)
    books.save()
    figure = books.figure("refunds_value", period="2024-03")
    assert figure.to_json("en")["value"] == "9.00"
    assert Flag("refund_split_estimated", "1") in figure.flags
    assert books.value("taxes", period="2024-03") == Decimal("21.60")
    assert books.value("shipping", period="2024-03") == Decimal("4.50")
    as_goods = books.figure("refunds_value", period="2024-03", set=["refunds.split=net"])
    assert as_goods.to_json("en")["value"] == "11.90"
    assert not as_goods.has("refund_split_estimated")


def test_currencies_with_other_digits(books: Books) -> None:
    books.order("2024-03-01", total="1234.5", currency="JPY")
    books.order("2024-03-01", total="1.2345", currency="KWD")
    books.order("2024-03-01", total="2.00", currency=None)
    books.save()
    values = {row.currency: row.to_json("en")["value"] for row in books.ask("gross_sales", period="2024-03").figures}
    assert values == {"JPY": "1235", "KWD": "1.235", None: "2.00"}
