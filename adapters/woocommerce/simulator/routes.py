"""Which address leads where, and what each list and each single read answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.woocommerce.simulator import lists
from adapters.woocommerce.simulator.analytics import orders_stats, revenue_stats
from adapters.woocommerce.simulator.answers import Answer, Refusal, no_route
from adapters.woocommerce.simulator.deeds import Deeds
from adapters.woocommerce.simulator.fields import Cut
from adapters.woocommerce.simulator.params import (
    CHOSEN,
    DATES,
    ORDERBY,
    PAGING,
    Param,
    checked,
    ordering,
    words,
)
from adapters.woocommerce.simulator.request import Request
from adapters.woocommerce.simulator.shapes import CUSTOMER_METHODS, ORDER_METHODS, REFUND_METHODS, encoded
from adapters.woocommerce.simulator.status import (
    current_currency,
    order_statuses,
    order_totals,
    reporting,
    system_status,
)
from connector.simulation.faults import Fault

Values = Mapping[str, Any]
REFUNDS_SINCE = (9, 0)
ROLES = (*("all", "administrator", "editor", "author", "contributor", "subscriber", "customer", "shop_manager"),)
_NAMED = {"id": None, "include": None}


@dataclass(frozen=True)
class Route:
    """An address, the methods it names in `Allow`, and what answers it. `single`: refused in other words."""

    pattern: re.Pattern[str]
    answer: Callable[[Deeds, Request, tuple[int, ...]], Answer]
    single: bool = False


def find(path: str) -> tuple[Route, tuple[int, ...]]:
    """The route of an address below `/wp-json/` and the ids in it. Raises `Refusal` (404) where there is none."""
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if match:
            return route, tuple(int(group) for group in match.groups())
    raise no_route()


def orders(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /orders`."""
    known = (
        *PAGING, *DATES, *CHOSEN, *ordering(),
        Param("status", "some_of", ("any",), choices=("any", "trash", "auto-draft", *shop.statuses)),
        Param("customer", "integer"), Param("product", "integer"), Param("dp", "natural", 2),
    )  # fmt: skip
    values = checked(request.params, known, shop.zone, _READ_WRITE)
    statuses = values["status"] or ("any",)
    wanted = frozenset(shop.statuses) if "any" in statuses else frozenset(statuses)
    customer, product = values["customer"], values["product"]

    def passes(row: Any) -> bool:
        return (
            row.status in wanted
            and lists.passes_dates(row, values)
            and lists.passes_ids(row, values)
            and (customer is None or row.customer_id == customer)
            and (product is None or product in row.product_ids)
        )

    dp = values["dp"]
    defaults = {"status": {"0": "any"}, "dp": "2", "context": "view"}
    return _list(
        shop, request, "orders", _READ_WRITE, values, shop.orders.rows.values(), passes, _order_key(values),
        lambda row: shop.order_body(row, dp), defaults,
    )  # fmt: skip


def order(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /orders/{id}`: whatever its status, the trash and statuses nobody knows any more included."""
    values = checked(request.params, (Param("dp", "natural", 2),), shop.zone, ORDER_METHODS)
    row = shop.orders.rows.get(ids[0])
    if row is None:
        raise Refusal(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.", ORDER_METHODS)
    return _single(request, shop.order_body(row, values["dp"]), ORDER_METHODS)


def statuses(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /orders/statuses`."""
    return Answer(encoded(order_statuses(shop)), allow=_READ)


def order_refunds(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /orders/{id}/refunds`: without `parent_id`, and an empty list where there is no such order."""
    values = checked(request.params, _REFUND_PARAMS, shop.zone, _READ_WRITE)

    def passes(row: Any) -> bool:
        return row.order_id == ids[0] and lists.passes_dates(row, values) and lists.passes_ids(row, values)

    return _list(
        shop, request, f"orders/{ids[0]}/refunds", _READ_WRITE, values, shop.refunds.rows.values(), passes,
        _order_key(values), lambda row: shop.refund_body(row, with_parent=False, dp=values["dp"]), {"dp": "2"},
    )  # fmt: skip


def order_refund(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /orders/{id}/refunds/{id}`."""
    values = checked(request.params, (Param("dp", "natural", 2),), shop.zone, REFUND_METHODS)
    row = shop.refunds.rows.get(ids[1])
    if row is None or row.order_id != ids[0]:
        raise Refusal(404, "woocommerce_rest_shop_order_refund_invalid_id", "Invalid ID.", REFUND_METHODS)
    return _single(request, shop.refund_body(row, with_parent=False, dp=values["dp"]), REFUND_METHODS)


def refunds(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /refunds`, which exists since 9.0. `parent` is ignored."""
    if shop.version_number() < REFUNDS_SINCE:
        raise no_route()
    values = checked(request.params, _REFUND_PARAMS, shop.zone, _READ)

    def passes(row: Any) -> bool:
        return lists.passes_dates(row, values) and lists.passes_ids(row, values)

    return _list(
        shop, request, "refunds", _READ, values, shop.refunds.rows.values(), passes, _order_key(values),
        lambda row: shop.refund_body(row, with_parent=True, dp=values["dp"]), {"dp": "2"},
    )  # fmt: skip


def customers(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /customers`: without `role` only customers; no filter and no order by change."""
    known = (
        *PAGING, *CHOSEN, *ordering(("id", "include", "name", "registered_date"), "name", "asc"),
        Param("email", "text"), Param("role", "one_of", "customer", choices=ROLES),
    )  # fmt: skip
    values = checked(request.params, known, shop.zone, _READ_WRITE)
    role, email = values["role"], values["email"]

    def passes(row: Any) -> bool:
        return (
            role in ("all", row.role)
            and (email is None or row.email.lower() == email.lower())
            and lists.passes_ids(row, values)
        )

    keys: Mapping[str, Any] = _NAMED | {
        "name": lambda row: f"{row.first_name} {row.last_name}".strip().casefold() or row.username,
        "registered_date": lambda row: row.created,
    }
    return _list(
        shop, request, "customers", _READ_WRITE, values, shop.customers.rows.values(), passes,
        keys[values["orderby"]], shop.customer_body, {}, forgets_totals=False,
    )  # fmt: skip


def customer(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /customers/{id}`; guests are no accounts, so 0 is not found."""
    row = shop.customers.rows.get(ids[0])
    if row is None:
        raise Refusal(404, "wc_user_invalid_id", "Invalid user ID.")
    return _single(request, shop.customer_body(row), CUSTOMER_METHODS)


def products(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /products`."""
    known = (
        *PAGING, *DATES, *CHOSEN, *ordering((*ORDERBY, "price", "popularity", "rating", "menu_order")),
        Param("status", "one_of", "any", choices=("any", "future", "trash", "draft", "pending", "private", "publish")),
        Param("sku", "text"),
    )  # fmt: skip
    values = checked(request.params, known, shop.zone, _READ_WRITE)
    status = values["status"]
    skus = values["sku"].split(",") if values["sku"] else ()

    def passes(row: Any) -> bool:
        return (
            (status == row.status or (status == "any" and row.status != "trash"))
            and (not skus or row.sku in skus)
            and lists.passes_dates(row, values)
            and lists.passes_ids(row, values)
        )

    keys: Mapping[str, Any] = _NAMED | {
        "date": lambda row: row.created,
        "modified": lambda row: row.modified,
        "price": lambda row: row.price or 0,
        "popularity": lambda row: row.total_sales,
        "rating": lambda row: 0,
        "menu_order": lambda row: 0,
    }
    return _list(
        shop, request, "products", _READ_WRITE, values, shop.products.rows.values(), passes,
        keys.get(values["orderby"], lambda row: row.name.casefold()), shop.product_body, {}, forgets_totals=False,
    )  # fmt: skip


def product(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /products/{id}`."""
    row = shop.products.rows.get(ids[0])
    if row is None:
        raise Refusal(404, "woocommerce_rest_product_invalid_id", "Invalid ID.", ORDER_METHODS)
    return _single(request, shop.product_body(row), ORDER_METHODS)


def currency(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /data/currencies/current`."""
    return _single(request, encoded(current_currency()), _READ)


def status(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /system_status`."""
    return _single(request, encoded(system_status(shop)), _READ)


def totals(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /reports/orders/totals`."""
    return Answer(encoded(order_totals(shop)), allow=_READ)


def revenue(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /wc-analytics/reports/revenue/stats`."""
    return revenue_stats(shop, request)


def orders_report(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /wc-analytics/reports/orders/stats`."""
    return orders_stats(shop, request)


def report_settings(shop: Deeds, request: Request, ids: tuple[int, ...]) -> Answer:
    """`GET /settings/wc_admin`: how the shop's own reports count."""
    return Answer(encoded(reporting(shop)), allow=_READ)


def _order_key(values: Values) -> Callable[[Any], Any] | None:
    """Orders and refunds. By title and by slug was not tried on a real shop: taken as by date."""
    if values["orderby"] in _NAMED:
        return None
    return (lambda row: row.modified) if values["orderby"] == "modified" else (lambda row: row.created)


def _list(
    shop: Deeds,
    request: Request,
    route: str,
    allow: Sequence[str],
    values: Values,
    rows: Iterable[Any],
    passes: Callable[[Any], bool],
    key: Callable[[Any], Any] | None,
    body_of: Callable[[Any], bytes],
    defaults: Values,
    *,
    forgets_totals: bool | None = None,
) -> Answer:
    """The answer to a list. Rows that pass are remembered until something changes: pages of one walk ask the same."""
    asked = {name: value for name, value in values.items() if name not in ("page", "offset", "per_page", "dp")}
    chosen = shop.remembered(f"{route} {asked}", lambda: lists.in_order(filter(passes, rows), values, None))
    if key is not None or values["orderby"] == "include":
        chosen = lists.in_order(chosen, values, key)
    forgets = shop.hpos if forgets_totals is None else forgets_totals
    page = lists.one_page(chosen, values, request.faults, forgets_totals=forgets)
    cut = Cut(words(request.params.get("_fields", "")))
    body = b"[" + b",".join([cut(body_of(row)) for row in page.rows]) + b"]"
    # The defaults are filled in while things are prepared: where there are none, only the status is.
    filled = defaults if page.rows else {name: defaults[name] for name in defaults if name == "status"}
    known_totals = None if Fault.TOTALS_MISSING in request.faults else (page.total, page.pages)
    return Answer(body, allow=allow, link=lists.link(request, route, page, filled), totals=known_totals)


def _single(request: Request, body: bytes, allow: Sequence[str]) -> Answer:
    return Answer(Cut(words(request.params.get("_fields", "")), keep_links=True)(body), allow=allow)


_READ = ("GET",)
_READ_WRITE = ("GET", "POST")
_REFUND_PARAMS = (*PAGING, *DATES, *CHOSEN, *ordering(), Param("dp", "natural", 2))

ROUTES = tuple(
    Route(re.compile(f"wc/v[23]/{pattern}" if not pattern.startswith("wc-") else pattern), answer, single)
    for pattern, answer, single in (
        ("orders", orders, False),
        ("orders/statuses", statuses, False),
        (r"orders/(\d+)", order, True),
        (r"orders/(\d+)/refunds", order_refunds, False),
        (r"orders/(\d+)/refunds/(\d+)", order_refund, True),
        ("refunds", refunds, False),
        ("customers", customers, False),
        (r"customers/(\d+)", customer, True),
        ("products", products, False),
        (r"products/(\d+)", product, True),
        ("data/currencies/current", currency, False),
        ("system_status", status, False),
        ("reports/orders/totals", totals, False),
        ("settings/wc_admin", report_settings, False),
        ("wc-analytics/reports/revenue/stats", revenue, False),
        ("wc-analytics/reports/orders/stats", orders_report, False),
    )
)
