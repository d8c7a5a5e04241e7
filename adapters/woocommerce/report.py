"""The shop's own report: WooCommerce Analytics, month by month.

Orders and money come from `reports/revenue/stats`, new and returning customers from `reports/orders/stats`. How they
count, by experiment on a running 10.0.2:

- By payment date, unless the shop's owner chose another date (option `woocommerce_date_type`). An order without that
  date is not counted at all; its refunds are, since a refund has its own day as every date.
- Left out: pending, failed, cancelled (option `woocommerce_excluded_report_order_statuses`); always drafts and trash.
- A refund without lines is all goods. Currencies are added as if equal.
- A customer is an account, or a guest's e-mail. Whose order is the first one is decided by the day of creation.
- The average order value is net sales after refunds, divided by the orders.

- Amounts of lines and coupons are added up before they are rounded, while the API gives each of them in whole cents.

The two options stand in the settings group `wc_admin`, which not every key may read; then the date is found by asking
for the report by each date and looking which one is the shop's own.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from adapters.woocommerce import wire
from adapters.woocommerce.messages import texts
from adapters.woocommerce.normalise import NOT_COUNTED
from adapters.woocommerce.pull import API, LARGEST_PAGE
from adapters.woocommerce.refusals import NoRoute
from connector import lenient
from connector.errors import NotFound, SourceError, StreamNotOffered, UnexpectedPayload
from connector.instants import SECOND, to_datetime
from connector.money import to_micros
from connector.reports import Practice, Report, ReportWish
from connector.transport import Request, Transport

REPORTS = "wp-json/wc-analytics/reports/"

DateType = Literal["created", "paid", "completed"]
Months = Mapping[str, wire.ReportFigures]
"""Every month wished for."""

_DATE_TYPES: tuple[DateType, ...] = ("paid", "created", "completed")
_ALWAYS_OUT = frozenset({"auto-draft", "trash", "checkout-draft"})
_MONEY = {
    "net_revenue": "net_revenue",
    "aov": "avg_order_value",
    "total_sales": "total_sales",
    "taxes": "taxes",
    "shipping": "shipping",
    "refunds_value": "refunds",
    "gross_sales": "gross_sales",
    "discounts": "coupons",
}
"""Our figure -> the report's."""
_MONTH = re.compile(r"\d{4}-\d{2}")


def report_of(http: Transport, wish: ReportWish) -> Report:
    """The report. Raises `StreamNotOffered` where the shop has no Analytics, `SourceError` where it cannot be had."""

    @cache
    def revenue(date_type: DateType | None) -> Months:
        said = (("date_type", f"date_{date_type}"),) if date_type else ()
        return _months(http, wish, "revenue/stats", *said)

    try:
        own = revenue(None)
    except (NoRoute, NotFound) as absent:
        raise StreamNotOffered(texts("no_analytics"), texts("no_analytics_advice")) from absent
    options = _options(http)
    date = options.date or _first(lambda one: revenue(one) == own)
    excluded = NOT_COUNTED if options.excluded is None else options.excluded
    practice = Practice(date or "paid", _ALWAYS_OUT | excluded, rounding="sum")
    months = {month: _figures(one) for month, one in own.items()}
    practices = dict.fromkeys(("orders", *_MONEY), practice)
    notes = [] if date else [texts("date_unknown")]
    customers = _customers(http, wish)
    if customers is None:
        notes.append(texts("no_customer_report"))
    else:
        counted = {month: sum(kind[month].orders_count for kind in customers) for month in customers[0]}
        # The customers' report takes no date of its own: it goes by the option, which may be another than asked for.
        by = _first(lambda one: {month: months.orders_count for month, months in revenue(one).items()} == counted)
        for figure, kind in zip(("new_customers", "returning_customers"), customers, strict=True):
            practices[figure] = replace(practice, date=by or practice.date)
            for month, one in kind.items():
                months.setdefault(month, {})[figure] = one.total_customers
    return Report(texts("analytics"), months, practices, tuple(notes))


@dataclass(frozen=True)
class _Options:
    """The owner's choices for reports; None = not said."""

    date: DateType | None = None
    excluded: frozenset[str] | None = None


def _options(http: Transport) -> _Options:
    """What the settings say. Keys that may not read them, and older shops, leave it to the report itself."""
    try:
        listed = http.fetch(Request(f"{API}settings/wc_admin", expect="json")).json()
    except SourceError:
        return _Options()
    said: dict[str, Any] = {
        str(one.get("id")): one.get("value")
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    }
    date = str(said.get("woocommerce_date_type") or "").removeprefix("date_")
    excluded = said.get("woocommerce_excluded_report_order_statuses")
    return _Options(
        next((one for one in _DATE_TYPES if one == date), None),
        frozenset(str(status).removeprefix("wc-") for status in excluded) if isinstance(excluded, list) else None,
    )


def _customers(http: Transport, wish: ReportWish) -> tuple[Months, Months] | None:
    """The report of new and of returning customers' orders; None where the shop does not give it by month."""
    try:
        new, returning = (_months(http, wish, "orders/stats", ("customer_type", kind)) for kind in ("new", "returning"))
    except (NoRoute, NotFound, StreamNotOffered, UnexpectedPayload):
        return None
    return (new, returning) if new.keys() == returning.keys() else None


def _months(http: Transport, wish: ReportWish, report: str, *params: tuple[str, str]) -> dict[str, wire.ReportFigures]:
    """One report by month. Times without an offset are the shop's."""
    year, month = map(int, wish.months[-1].split("-"))
    end = f"{wish.months[-1]}-{monthrange(year, month)[1]}T23:59:59"
    known = f"{to_datetime(wish.until - SECOND, wish.zone):%Y-%m-%dT%H:%M:%S}"
    asked = (
        ("after", f"{wish.months[0]}-01T00:00:00"),
        ("before", min(end, known)),  # included, to the second
        ("interval", "month"),
        ("order", "asc"),
        ("per_page", str(LARGEST_PAGE)),
        *params,
    )
    found: dict[str, wire.ReportFigures] = {}
    for page in range(1, len(wish.months) // LARGEST_PAGE + 2):
        answer = http.fetch(Request(REPORTS + report, (*asked, ("page", str(page))), expect="json"))
        try:
            intervals = lenient.decode(answer.raw_object(), wire.ReportPage).intervals
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None
        found |= {one.interval: one.subtotals for one in intervals}
        if len(intervals) < LARGEST_PAGE:
            break
    if not all(_MONTH.fullmatch(name) for name in found):
        raise UnexpectedPayload(texts("not_by_month"))
    return {month: found.get(month, wire.ReportFigures()) for month in wish.months}


def _figures(reported: wire.ReportFigures) -> dict[str, int]:
    """A month of the report. Its amounts are sums of binary floats, so they are rounded to millionths."""
    try:
        amounts = {ours: to_micros(str(getattr(reported, theirs))) for ours, theirs in _MONEY.items()}
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None
    return {"orders": reported.orders_count, **amounts}


def _first(fits: Callable[[DateType], bool]) -> DateType | None:
    """The first date that the report is the same by. A shop whose report takes no date leaves it open."""
    for date in _DATE_TYPES:
        try:
            if fits(date):
                return date
        except UnexpectedPayload:
            continue
    return None
