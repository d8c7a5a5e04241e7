"""What single steps explain, on books of a few rows and a report as a third party's adapter would give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

import pytest

from connector.contract import Adapter, Feed, Stream, Sweep
from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked
from connector.messages.reconcile import texts
from connector.model import Order
from connector.reconcile import reconcile
from connector.reconcile.result import ComparedMonth
from connector.reports import Practice, Report, ReportWish, StoredRecords
from tests.kpi.books import BERLIN, Books


class Reporting:
    """The one power of an adapter that is asked for here."""

    streams: ClassVar[tuple[Stream, ...]] = (Stream("orders", (Feed(Order, "order_id"),), Sweep.NONE),)

    def __init__(self, practices: Mapping[str, Practice], **months: Mapping[str, int]) -> None:
        self.practices = practices
        self.months = {name.removeprefix("m").replace("_", "-"): figures for name, figures in months.items()}
        self.wishes: list[ReportWish] = []

    def report(self, wish: ReportWish, stored: StoredRecords) -> Report:
        self.wishes.append(wish)
        return Report(texts("column_theirs"), self.months, self.practices)


def months(books: Books, reporting: Reporting, *overrides: str) -> dict[str, ComparedMonth]:
    options = KpiOptions()
    for override in overrides:
        options = options.with_override(override)
    found = reconcile(books.store, "shop", cast(Adapter, reporting), options=options, zone=BERLIN)
    return {month.month: month for month in found.months}


def steps(month: ComparedMonth, figure: str) -> list[tuple[str, Any]]:
    return [(one.option, one.amount) for one in month.explained if one.figure == figure]


@pytest.fixture
def two(new_books: Callable[..., Books]) -> Books:
    return new_books(shops=("shop", "outlet"))


def test_a_first_order_in_another_shop_is_explained_by_identity(two: Books) -> None:
    two.order("2025-02-10", 1, shop="outlet", account_id="9")
    two.order("2025-03-10", 1, account_id="5")
    two.save()
    reporting = Reporting(
        {name: Practice("created") for name in ("new_customers", "returning_customers")},
        m2025_03={"new_customers": 1, "returning_customers": 0},
    )
    (march,) = months(two, reporting).values()
    assert (march.ours, march.theirs) == (
        {"new_customers": 0, "returning_customers": 1},
        {"new_customers": 1, "returning_customers": 0},
    )
    assert steps(march, "new_customers") == [("identity", 1)]
    assert steps(march, "returning_customers") == [("identity", -1)]
    assert set(march.remainder.values()) == {0}


def test_an_earlier_order_without_payment_still_is_the_first(books: Books) -> None:
    """Whose order is the first is told by the day it was made, also where the report goes by payment."""
    books.order("2025-02-10", 1, account_id="5")
    books.order("2025-03-10", 1, account_id="5", paid="2025-03-11")
    books.save()
    reporting = Reporting(
        {"new_customers": Practice("paid"), "returning_customers": Practice("paid")},
        m2025_02={},
        m2025_03={"new_customers": 0, "returning_customers": 1},
    )
    february, march = months(books, reporting).values()
    assert steps(february, "new_customers") == [("orders.date", -1)]
    # Without the unpaid one the March order looks like the first; accounts know better.
    assert steps(march, "new_customers") == [("orders.date", 1), ("identity", -1)]
    assert set(march.remainder.values()) | set(february.remainder.values()) == {0}


def test_refunds_of_orders_that_have_no_day_are_deducted_by_the_shop(books: Books) -> None:
    unpaid = books.order("2025-03-10", 1, "50.00")
    books.refund(unpaid, "2025-03-12", "20.00")
    books.save()
    reporting = Reporting({"net_revenue": Practice("paid")}, m2025_03={"net_revenue": -20_000_000})
    (march,) = months(books, reporting).values()
    assert steps(march, "net_revenue") == [("orders.date", Decimal("-30.00")), ("refunds.date", Decimal("-20.00"))]
    assert march.remainder == {"net_revenue": 0}


def test_the_order_of_steps_is_fixed(books: Books) -> None:
    """An unpaid order in another currency is missing for its date; its currency explains nothing any more."""
    books.order("2025-03-10", 1, "50.00", currency="CHF")
    books.order("2025-03-10", 2, "10.00", paid="2025-03-10")
    books.save()
    reporting = Reporting(
        {"net_revenue": Practice("paid"), "orders": Practice("paid")},
        m2025_03={"net_revenue": 10_000_000, "orders": 1},
    )
    (march,) = months(books, reporting).values()
    assert steps(march, "orders") == [("orders.date", -1)]
    assert steps(march, "net_revenue") == []


def test_cents_are_rounding_only_where_documents_can_shift_that_much(books: Books) -> None:
    books.order("2025-03-10", 1, "10.00")
    books.order("2025-03-11", 2, "10.00")
    books.save()
    summed = {name: Practice("created", rounding="sum") for name in ("orders", "net_revenue")}
    near, far, other = (
        months(books, Reporting(summed, m2025_03={"orders": orders, "net_revenue": net}))["2025-03"]
        for orders, net in ((2, 20_030_000), (2, 20_040_000), (3, 20_010_000))
    )
    assert (steps(near, "net_revenue"), near.remainder["net_revenue"]) == ([("rounding", Decimal("0.03"))], 0)
    assert (steps(far, "net_revenue"), far.remainder["net_revenue"]) == ([], Decimal("0.04"))
    assert other.remainder == {"orders": 1, "net_revenue": Decimal("0.01")}
    exact = months(books, Reporting({"net_revenue": Practice("created")}, m2025_03={"net_revenue": 20_010_000}))
    assert exact["2025-03"].remainder["net_revenue"] == Decimal("0.01")


def test_options_that_leave_orders_out_are_steps_too(books: Books) -> None:
    books.order("2025-03-10", 1, "3.00")
    books.order("2025-03-11", 1, "10.00", tags='["b2b"]')
    books.order("2025-03-12", 2, "20.00", status="on_hold")
    books.save()
    reporting = Reporting({"orders": Practice("created")}, m2025_03={"orders": 3})
    (march,) = months(
        books, reporting, "orders.statuses=[completed]", "orders.min_total=5", "orders.exclude_tags=[b2b]"
    ).values()
    assert march.ours == {"orders": 0}
    assert steps(march, "orders") == [("orders.statuses", 1), ("orders.min_total", 1), ("orders.exclude_tags", 1)]


@pytest.mark.parametrize(
    "narrowed",
    [
        {"asked": Asked(None, date(2024, 12, 1), BERLIN)},
        {"history_from": date(2025, 3, 2)},  # the month it was cut in is left out, and there is no later one
    ],
)
def test_where_no_month_is_left_that_is_a_sentence(books: Books, narrowed: dict[str, Any]) -> None:
    books.order("2025-03-10", 1, "10.00")
    books.save()
    reporting = cast(Adapter, Reporting({"orders": Practice("created")}))
    with pytest.raises(UsageError, match="no month of shop to compare"):
        reconcile(books.store, "shop", reporting, options=KpiOptions(), zone=BERLIN, **narrowed)


def test_an_average_of_no_orders_is_none_and_not_zero(books: Books) -> None:
    books.order("2025-03-10", 1, "10.00")
    books.save()
    reporting = Reporting({"aov": Practice("paid")}, m2025_03={"aov": 0, "orders": 0})
    (march,) = months(books, reporting).values()
    assert (march.theirs, march.ours) == ({"aov": None}, {"aov": Decimal("10.00")})
    assert march.to_json()["theirs"] == {"aov": None}
    assert march.remainder == {"aov": 0}


def test_the_report_is_asked_for_up_to_the_last_sync(books: Books) -> None:
    books.order("2025-03-10", 1, "10.00")
    books.synced("2025-04-02 13:14:15")
    books.save()
    reporting = Reporting({"orders": Practice("created")}, m2025_03={"orders": 1})
    months(books, reporting)
    (wish,) = reporting.wishes
    assert wish.months == ("2025-03",)
    assert (
        wish.until == books.rows[next(iter(t for t in books.rows if t.__name__ == "StreamState"))][0]["last_success_at"]
    )
