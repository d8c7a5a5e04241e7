"""WooCommerce's own reports of revenue and orders, as its analytics compute them.

- Counted: every status but pending, failed, cancelled (the shop's option), trash and drafts; with
  `date_type=date_paid` (the shop's option too, which only the revenue report lets the caller change) only orders that
  have a payment date.
- total_sales = totals - refunds; net_revenue = total_sales - taxes - shipping; gross_sales = net_revenue + coupons +
  refunds; `refunds` = refunds without their tax and shipping; avg_order_value = net_revenue / orders_count.
- A refund counts on its own day. Currencies are added without conversion.
- A customer is an account or a guest's e-mail; the first counted order by creation is a new one's, all others are a
  returning one's. `customer_type` leaves refunds out; `segmentby=customer_type` breaks: all figures are 0.

Checked on the recorded shop month by month: to the cent, save coupons and gross sales, which come within cents since
the coupon lines of most of its orders were not recorded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from adapters.woocommerce.simulator.answers import Answer
from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.model import ZERO, Charge, Order, Refund
from adapters.woocommerce.simulator.params import PAGING, Param, checked, words
from adapters.woocommerce.simulator.pricing import cents
from adapters.woocommerce.simulator.request import Request
from adapters.woocommerce.simulator.shapes import encoded, number
from adapters.woocommerce.simulator.world import EXCLUDED

NEVER_COUNTED = frozenset({"trash", "auto-draft", "checkout-draft"})
INTERVALS = ("hour", "day", "week", "month", "quarter", "year")
_ASKED = (
    *PAGING,
    Param("after", "date"),
    Param("before", "date"),
    Param("interval", "one_of", "week", choices=INTERVALS),
    Param("order", "one_of", "desc", choices=("asc", "desc")),
)
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
    status: str = ""
    returning: bool = False


def sale_of(order: Order, date_type: str, excluded: frozenset[str] = EXCLUDED, *, first: bool = True) -> Sale | None:
    """The row of an order; None where it does not count. `first`: it is its customer's first one."""
    at: int | None = getattr(order, DATE_TYPES[date_type])
    if order.status in NEVER_COUNTED | excluded or at is None:
        return None
    return Sale(
        at=at,
        customer=_customer(order),
        is_order=True,
        total=order.total,
        tax=order.total_tax,
        shipping=order.shipping_total,
        coupons=sum((cents(coupon.discount) for coupon in order.items.coupons), ZERO),
        codes=frozenset(coupon.code for coupon in order.items.coupons),
        pieces=sum(line.quantity for line in order.items.lines),
        products=order.product_ids,
        status=order.status,
        returning=not first,
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
        customer=_customer(order),
        is_order=False,
        total=-refund.amount,
        tax=tax + shipping_tax,
        shipping=shipping,
        pieces=sum(line.quantity for line in items.lines),
        status=order.status,
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
    by_date = Param("date_type", "one_of", shop.report_date, choices=tuple(DATE_TYPES))
    values = checked(request.params, (*_ASKED, by_date), shop.zone, ("GET",))
    return _report(shop, values, _table(shop, values["date_type"]))


def orders_stats(shop: Deeds, request: Request) -> Answer:
    """`GET /wc-analytics/reports/orders/stats`. Its date is always the shop's option."""
    known = (*_ASKED, Param("customer_type", "one_of", "", choices=("new", "returning")))
    values = checked(request.params, known, shop.zone, ("GET",))
    rows = _table(shop, shop.report_date)
    if kind := values["customer_type"]:
        rows = [row for row in rows if row.is_order and row.returning == (kind == "returning")]
    if wanted := words(request.params.get("status_is", "")):
        rows = [row for row in rows if row.status in wanted]
    if request.text("segmentby") == "customer_type":
        rows = []
    return _report(shop, values, rows)


def _report(shop: Deeds, values: Mapping[str, Any], table: Iterable[Sale]) -> Answer:
    end = shop.now() if values["before"] is None else values["before"]
    start = end - 7 * 86_400 if values["after"] is None else values["after"]
    rows = [row for row in table if start <= row.at <= end]
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
    return shop.remembered(f"analytics {date_type} {sorted(shop.report_excluded)}", lambda: _made(shop, date_type))


def _made(shop: Deeds, date_type: str) -> list[Sale]:
    left_out = NEVER_COUNTED | shop.report_excluded
    orders = {row.id: shop.order(row.id) for row in shop.orders.rows.values()}
    counted = {key: order for key, order in orders.items() if order.status not in left_out}
    firsts: dict[str, int] = {}
    for order in sorted(counted.values(), key=lambda one: (one.created, one.id)):
        firsts.setdefault(_customer(order), order.id)
    made = (
        sale_of(order, date_type, shop.report_excluded, first=firsts[_customer(order)] == order.id)
        for order in counted.values()
    )
    sales = [row for row in made if row]
    for refund in (shop.refund_row(row.id) for row in shop.refunds.rows.values()):
        if refund.order_id in counted:
            sales.append(refund_row_of(refund, counted[refund.order_id]))
    return sales


def _customer(order: Order) -> str:
    return str(order.customer_id or order.billing.email.lower())


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
