"""Ask a pretend shop without a socket, and rebuild the recorded shop."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from adapters.woocommerce.simulator import ApiKey, WooCommerceShop
from adapters.woocommerce.simulator.model import Address, CouponLine, Items, Line, Order, Refund, ShippingLine
from adapters.woocommerce.simulator.reading import at, order_from, refund_from
from connector.simulation.clock import FakeClock

FIXTURES = Path(__file__).parents[1] / "fixtures" / "woocommerce"
API = "/wp-json/wc/v3/"
PER_CONNECTION = {"Transfer-Encoding", "Content-Encoding", "Date"}
RECORDED_AT = 1_795_294_961  # 2026-11-21 21:02:41 UTC


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def ids(self) -> list[int]:
        return [row["id"] for row in self.json]

    @property
    def total(self) -> int:
        return int(self.headers["X-WP-Total"])

    @property
    def pages(self) -> int:
        return int(self.headers["X-WP-TotalPages"])


def basic(key: ApiKey) -> str:
    return "Basic " + base64.b64encode(f"{key.consumer_key}:{key.consumer_secret}".encode()).decode()


def raw(shop: WooCommerceShop, target: str, *, scheme: str = "https", method: str = "GET", **environ: Any) -> Answered:
    """A request as it is, without a key unless it says one."""
    path, _, query = target.partition("?")
    seen: list[Any] = []
    body = b"".join(
        shop(
            {
                "REQUEST_METHOD": method,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_URI": target,
                "HTTP_HOST": "127.0.0.1:8000",
                "wsgi.url_scheme": scheme,
                **environ,
            },
            lambda status, headers: seen.extend((status, headers)),
        )
    )
    return Answered(int(seen[0].split()[0]), dict(seen[1]), body)


def ask(shop: WooCommerceShop, path: str, **environ: Any) -> Answered:
    """A request below wc/v3 with the shop's own read key over https."""
    return raw(shop, API + path, HTTP_AUTHORIZATION=basic(shop.key), **environ)


def rows(shop: WooCommerceShop, path: str) -> list[Any]:
    """Every row of a list, walked by id."""
    found: list[Any] = []
    joint = "&" if "?" in path else "?"
    for _ in range(200):
        page = ask(shop, f"{path}{joint}per_page=100&orderby=id&order=asc&offset={len(found)}").json
        found += page
        if len(page) < 100:
            return found
    raise AssertionError(f"the walk through {path} does not end")


def recorded(name: str) -> Any:
    """A recorded answer."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def recorded_shop() -> WooCommerceShop:
    """The shop that was recorded: all orders and refunds, in full where they were recorded in full."""
    shop = WooCommerceShop(clock=FakeClock(RECORDED_AT * 1_000_000))
    full: dict[int, Any] = {}
    for path in (FIXTURES / "orders").glob("*.json"):
        body = json.loads(path.read_text(encoding="utf-8"))
        found = body if isinstance(body, list) else body.get("body", [body])
        full |= {one["id"]: one for one in found if "meta_data" in one and path.name != "personal_data_erased.json"}
    for line in (FIXTURES / "whole_shop" / "orders_compact.jsonl").read_text(encoding="utf-8").splitlines():
        body = json.loads(line)
        shop.orders.save(body["id"], order_from(full[body["id"]]) if body["id"] in full else _compact_order(body))
    for body in recorded("refunds/refunds_page.json")["body"]:
        shop.refunds.save(body["id"], refund_from(body))
    for line in (FIXTURES / "whole_shop" / "refunds_compact.jsonl").read_text(encoding="utf-8").splitlines():
        body = json.loads(line)
        if body["id"] not in shop.refunds.rows:
            shop.refunds.save(body["id"], _compact_refund(body))
    return shop


def _compact_order(body: Any) -> Order:
    money = ("discount_total", "discount_tax", "shipping_total", "shipping_tax", "total", "total_tax")
    discount = Decimal(body["discount_total"])
    return Order(
        id=body["id"],
        status=body["status"],
        created=at(body["date_created_gmt"]) or 0,
        modified=at(body["date_modified_gmt"]) or 0,
        paid=at(body["date_paid_gmt"]),
        completed=at(body["date_completed_gmt"]),
        currency=body["currency"],
        customer_id=body["customer_id"],
        billing=Address(**body["billing"]),
        created_via=body["created_via"],
        refund_ids=tuple(refund["id"] for refund in body["refunds"]),
        items=Items(coupons=() if discount == 0 else (CouponLine(0, "", discount, Decimal(0), "percent", Decimal(0)),)),
        **{name: Decimal(body[name]) for name in money},
    )


def _compact_refund(body: Any) -> Refund:
    lines = tuple(
        Line(0, "", one["product_id"], 0, one["quantity"], "", Decimal(one["total"]), Decimal(0),
             Decimal(one["total"]), Decimal(one["total_tax"]))
        for one in body["line_items"]
    )  # fmt: skip
    shipping = tuple(
        ShippingLine(0, "", "", "", Decimal(one["total"]), Decimal(one["total_tax"])) for one in body["shipping_lines"]
    )
    return Refund(
        body["id"],
        body["parent_id"],
        at(body["date_created_gmt"]) or 0,
        Decimal(body["amount"]),
        body["reason"],
        Items(lines=lines, shipping=shipping),
    )


def quoted(text: str) -> str:
    """For a query."""
    return quote(text, safe="")


def same_headers(answer: Answered, name: str) -> None:
    """The answer has the recorded headers, but for those of the connection."""
    wanted = {key: value for key, value in recorded(name)["headers"].items() if key not in PER_CONNECTION}
    assert {key: answer.headers.get(key) for key in wanted} == wanted
