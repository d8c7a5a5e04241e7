"""WooCommerce's own revenue report, as its analytics compute it.

- Counted: every status but pending, failed, cancelled, trash and drafts; with `date_type=date_paid` (the default) only
  orders that have a payment date.
- total_sales = totals - refunds; net_revenue = total_sales - taxes - shipping; gross_sales = net_revenue + coupons +
  refunds; `refunds` = refunds without their tax and shipping; avg_order_value = net_revenue / orders_count.
- A refund counts on its own day. Currencies are added without conversion.

Checked on the recorded shop month by month: to the cent, save coupons and gross sales, which come within cents since
the coupon lines of most of its orders were not recorded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from adapters.woocommerce.simulator.answers import Answer
from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.model import ZERO, Charge, Order, Refund
from adapters.woocommerce.simulator.params import PAGING, Param, checked
from adapters.woocommerce.simulator.pricing import cents
from adapters.woocommerce.simulator.request import Request
from adapters.woocommerce.simulator.shapes import encoded, number

NOT_COUNTED = frozenset({"pending", "failed", "cancelled", "trash", "auto-draft", "checkout-draft"})
INTERVALS = ("hour", "day", "week", "month", "quarter", "year")
DATE_TYPES = {"date_paid": "paid", "date_created": "created", "date_completed": "completed"}


@dataclass(frozen=True, slots=True)
class Sale:
    """One row of the report's table: an order, or a refund with negative amounts. `at` in seconds since 1970."""

    at: int
    customer: str
    is_order: bool
    total: Decimal
    tax: Decimal
    shipping: Decimal
    coupons: Decimal = ZERO
    codes: frozenset[str] = frozenset()
    pieces: int = 0
    products: frozenset[int] = frozenset()


def sale_of(order: Order, date_type: str) -> Sale | None:
    """The row of an order; None where it does not count."""
    at: int | None = getattr(order, DATE_TYPES[date_type])
    if order.status in NOT_COUNTED or at is None:
        return None
    return Sale(
        at=at,
        customer=str(order.customer_id or order.billing.email.lower()),
        is_order=True,
        total=order.total,
        tax=order.total_tax,
        shipping=order.shipping_total,
        coupons=sum((cents(coupon.discount) for coupon in order.items.coupons), ZERO),
        codes=frozenset(coupon.code for coupon in order.items.coupons),
        pieces=sum(line.quantity for line in order.items.lines),
        products=order.product_ids,
    )


def refund_row_of(refund: Refund, order: Order) -> Sale:
    """The row of a refund, on its own day."""
    items = refund.items
    goods: tuple[Charge, ...] = (*items.lines, *items.fees)
    tax = sum((line.total_tax for line in goods), ZERO)
    shipping = sum((line.total for line in items.shipping), ZERO)
    shipping_tax = sum((line.total_tax for line in items.shipping), ZERO)
    return Sale(
        at=refund.created,
        customer=str(order.customer_id or order.billing.email.lower()),
        is_order=False,
        total=-refund.amount,
        tax=tax + shipping_tax,
        shipping=shipping,
        pieces=sum(line.quantity for line in items.lines),
    )


def figures(sales: Iterable[Sale]) -> dict[str, Any]:
    """The report's figures for some rows, as numbers."""
    rows = list(sales)
    orders = [row for row in rows if row.is_order]
    backs = [row for row in rows if not row.is_order]
    total = sum((row.total for row in rows), ZERO)
    taxes = sum((row.tax for row in rows), ZERO)
    shipping = sum((row.shipping for row in rows), ZERO)
    coupons = sum((row.coupons for row in orders), ZERO)
    refunds = -sum((row.total - row.tax - row.shipping for row in backs), ZERO)
    net = total - taxes - shipping
    pieces = sum(row.pieces for row in orders)
    count = len(orders)
    return {
        "orders_count": count,
        "num_items_sold": pieces,
        "gross_sales": _float(net + coupons + refunds),
        "total_sales": _float(total),
        "coupons": _float(coupons),
        "coupons_count": len(frozenset[str]().union(*(row.codes for row in orders))),
        "refunds": _float(refunds),
        "taxes": _float(taxes),
        "shipping": _float(shipping),
        "net_revenue": _float(net),
        "avg_items_per_order": number(round(pieces / count, 4)) if count else 0,
        "avg_order_value": _float(net / count) if count else 0,
        "total_customers": len({row.customer for row in rows}),
    }


def revenue_stats(shop: Deeds, request: Request) -> Answer:
    """`GET /wc-analytics/reports/revenue/stats`. Naive times are the shop's; the default interval is the week."""
    known = (
        *PAGING,
        Param("after", "date"),
        Param("before", "date"),
        Param("interval", "one_of", "week", choices=INTERVALS),
        Param("order", "one_of", "desc", choices=("asc", "desc")),
        Param("date_type", "one_of", "date_paid", choices=tuple(DATE_TYPES)),
    )
    values = checked(request.params, known, shop.zone, ("GET",))
    end = shop.now() if values["before"] is None else values["before"]
    start = end - 7 * 86_400 if values["after"] is None else values["after"]
    rows = [row for row in _table(shop, values["date_type"]) if start <= row.at <= end]
    spans = _spans(start, end, values["interval"], shop.zone)
    if values["order"] == "desc":
        spans.reverse()
    first = (values["page"] - 1) * values["per_page"]
    body = {
        "totals": figures(rows) | {"products": _products(rows), "segments": []},
        "intervals": [
            _interval(span, rows, shop.zone, values["interval"]) for span in spans[first : first + values["per_page"]]
        ],
    }
    pages = math.ceil(len(spans) / values["per_page"])
    return Answer(encoded(body), allow=("GET",), totals=(len(spans), pages))


def _table(shop: Deeds, date_type: str) -> list[Sale]:
    orders = {row.id: shop.order(row.id) for row in shop.orders.rows.values()}
    sales = [row for order in orders.values() if (row := sale_of(order, date_type))]
    for refund in (shop.refund_row(row.id) for row in shop.refunds.rows.values()):
        order = orders.get(refund.order_id)
        if order and order.status not in NOT_COUNTED:
            sales.append(refund_row_of(refund, order))
    return sales


def _products(rows: Sequence[Sale]) -> int:
    return len(frozenset[int]().union(*(row.products for row in rows)) - {0})


def _interval(span: tuple[datetime, datetime], rows: Sequence[Sale], zone: ZoneInfo, kind: str) -> dict[str, Any]:
    begin, end = (int(moment.timestamp()) for moment in span)
    inside = [row for row in rows if begin <= row.at <= end]
    texts = {}
    for name, moment in zip(("date_start", "date_end"), span, strict=True):
        texts[name] = f"{moment:%Y-%m-%d %H:%M:%S}"
        texts[f"{name}_gmt"] = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return {"interval": _name(span[0], kind), **texts, "subtotals": figures(inside) | {"segments": []}}


def _spans(start: int, end: int, kind: str, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """The intervals that touch the period, whole except at its ends; the last second is included."""
    first, last = (datetime.fromtimestamp(at, zone) for at in (start, end))
    spans = []
    here = first
    while here <= last:
        following = _next(here, kind, zone)
        spans.append((here, min(datetime.fromtimestamp(following.timestamp() - 1, zone), last)))
        here = following
    return spans


def _next(moment: datetime, kind: str, zone: ZoneInfo) -> datetime:
    if kind == "hour":
        rest = 3600 - moment.minute * 60 - moment.second
        return datetime.fromtimestamp(moment.timestamp() + rest, zone)
    day = moment.date()
    if kind == "day":
        following = day + timedelta(days=1)
    elif kind == "week":
        following = day + timedelta(days=7 - day.weekday())
    else:
        months = {"month": 1, "quarter": 3, "year": 12}[kind]
        ordinal = (day.year * 12 + day.month - 1) // months * months + months
        following = date(ordinal // 12, ordinal % 12 + 1, 1)
    return datetime(following.year, following.month, following.day, tzinfo=zone)


def _name(moment: datetime, kind: str) -> str:
    if kind == "hour":
        return f"{moment:%Y-%m-%d %H}"
    if kind == "day":
        return f"{moment:%Y-%m-%d}"
    if kind == "week":
        year, week, _ = moment.isocalendar()
        return f"{year}-{week:02d}"
    if kind == "month":
        return f"{moment:%Y-%m}"
    if kind == "quarter":
        return f"{moment.year}-{(moment.month - 1) // 3 + 1}"
    return str(moment.year)


def _float(amount: Decimal) -> int | float:
    return number(float(amount))
