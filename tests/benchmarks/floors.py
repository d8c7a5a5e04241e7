"""What a backfill is measured against: the least that could be done with the same pages, for each shop system.

Floor A: one `requests.Session`, orjson, raw `executemany` upsert of the bare order columns, page by page.
Floor B: `http.client`, msgspec typed, the same writes.
"""

from __future__ import annotations

import base64
import http.client
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec

PAGE = 100
UPSERT = (
    "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET state=excluded.state, "
    "total=excluded.total, modified=excluded.modified, more=excluded.more"
)
Row = tuple[Any, ...]
Settings = dict[str, str]


@dataclass(frozen=True)
class Api:
    """One shop system. `address` takes the settings, the number of rows held and the last id."""

    address: Callable[[Settings, int, int], str]
    headers: Callable[[Settings], dict[str, str]]
    plain_rows: Callable[[Any], list[Row]]
    typed_rows: Callable[[bytes], list[Row]]


def floor_a(settings: Settings, folder: Path) -> int:
    import orjson
    import requests

    api, database = APIS[settings["adapter"]], _database(folder / "a.db")
    session = requests.Session()
    session.headers.update(api.headers(settings))
    count = last = 0
    while rows := api.plain_rows(orjson.loads(session.get(api.address(settings, count, last), timeout=60).content)):
        count, last = count + len(rows), _save(database, rows)
    return count


def floor_b(settings: Settings, folder: Path) -> int:
    api, database = APIS[settings["adapter"]], _database(folder / "b.db")
    parts = urlsplit(settings["url"])
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    headers = api.headers(settings)
    count = last = 0
    while True:
        address = api.address(settings, count, last).removeprefix(settings["url"])
        connection.request("GET", address, headers=headers)
        rows = api.typed_rows(connection.getresponse().read())
        if not rows:
            return count
        count, last = count + len(rows), _save(database, rows)


def _database(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute(
        "CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT, currency TEXT, total TEXT, created TEXT, "
        "modified TEXT, more TEXT, account INT)"
    )
    return database


def _save(database: sqlite3.Connection, rows: Sequence[Row]) -> int:
    with database:
        database.executemany(UPSERT, rows)
    return int(rows[-1][0])


# --- WooCommerce ----------------------------------------------------------------------------------------------------


class _Billing(msgspec.Struct):
    email: str | None = None


class _WooOrder(msgspec.Struct):
    id: int
    status: str
    currency: str
    total: str
    date_created_gmt: str | None
    date_modified_gmt: str | None
    billing: _Billing
    customer_id: int


_WOO = msgspec.json.Decoder(list[_WooOrder])


def _woo_address(settings: Settings, count: int, _last: int) -> str:
    """Signed as the shop wants it over plain http."""
    from woocommerce.oauth import OAuth

    query = urlencode({"status": "any", "orderby": "id", "order": "asc", "per_page": PAGE, "offset": count})
    address = f"{settings['url']}/wp-json/wc/v3/orders?{query}"
    oauth = OAuth(address, settings["consumer_key"], settings["consumer_secret"], version="wc/v3", method="GET")
    signed: str = oauth.get_oauth_url()
    return signed


def _woo_plain(orders: Any) -> list[Row]:
    return [
        (
            str(order["id"]), order["status"], order["currency"], order["total"], order["date_created_gmt"],
            order["date_modified_gmt"], order["billing"]["email"], order["customer_id"],
        )
        for order in orders
    ]  # fmt: skip


def _woo_typed(body: bytes) -> list[Row]:
    return [
        (
            str(order.id), order.status, order.currency, order.total, order.date_created_gmt,
            order.date_modified_gmt, order.billing.email, order.customer_id,
        )
        for order in _WOO.decode(body)
    ]  # fmt: skip


# --- PrestaShop: whole rows, as `display=full` gives them -------------------------------------------------------------


class _PrestaOrder(msgspec.Struct):
    id: int
    current_state: str
    id_currency: str
    total_paid_tax_incl: str
    date_add: str
    date_upd: str
    reference: str
    id_customer: str


class _PrestaOrders(msgspec.Struct):
    orders: list[_PrestaOrder]


_PRESTA = msgspec.json.Decoder(_PrestaOrders)
_PRESTA_FIELDS = (
    "current_state", "id_currency", "total_paid_tax_incl", "date_add", "date_upd", "reference", "id_customer",
)  # fmt: skip
_presta_values = attrgetter(*_PRESTA_FIELDS)


def _presta_address(settings: Settings, _count: int, last: int) -> str:
    query = {"output_format": "JSON", "display": "full", "sort": "[id_ASC]", "limit": PAGE, "filter[id]": f">[{last}]"}
    return f"{settings['url']}/api/orders?{urlencode(query)}"


def _presta_login(settings: Settings) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{settings['key']}:".encode()).decode()}


def _presta_plain(found: Any) -> list[Row]:
    orders = found["orders"] if found else []
    return [(str(order["id"]), *(order[field] for field in _PRESTA_FIELDS)) for order in orders]


def _presta_typed(body: bytes) -> list[Row]:
    orders = [] if body == b"[]" else _PRESTA.decode(body).orders
    return [(str(order.id), *_presta_values(order)) for order in orders]


APIS = {
    "woocommerce": Api(_woo_address, lambda _settings: {}, _woo_plain, _woo_typed),
    "prestashop": Api(_presta_address, _presta_login, _presta_plain, _presta_typed),
}
