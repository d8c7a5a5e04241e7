"""The pretend shop answers as the recorded one: the same rows, the same requests, the same bytes."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from adapters.prestashop.simulator import Key, PrestaShopShop
from adapters.prestashop.simulator.tables import TABLES
from connector.instants import to_datetime
from connector.simulation.clock import FakeClock
from connector.testing.world import world
from tests.adapters.prestashop.recorded import RECORDED, recorded
from tests.adapters.prestashop.recorded_shop import FULL, recorded_shop

RECORDED_AT = 1_795_294_979_000_000  # `Access-Time` of the first recorded answer
INDEX = {entry["file"]: entry for entry in json.loads((RECORDED / "index.json").read_text("utf-8"))}
RIGHTS = {name: frozenset({"GET", "HEAD"}) for name in TABLES}
KEYS = {
    "full": Key("F" * 32, RIGHTS),
    "orders-only": Key("O" * 32, {"orders": frozenset({"GET"})}),
    "disabled": Key("D" * 32, RIGHTS, active=False),
    "no-permission": Key("N" * 32),
}


@pytest.fixture(scope="module")
def shop() -> PrestaShopShop:
    made = recorded_shop(FakeClock())
    made.keys.extend(KEYS.values())
    return made


def ask(shop: PrestaShopShop, entry: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """The pretend shop's answer to a recorded request."""
    parts = urlsplit(entry["request"])
    key = KEYS[entry["key"]].value if entry["key"] in KEYS else entry["key"].strip("'")
    sent = {} if key == "none" else {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"}
    environ = {
        "REQUEST_METHOD": entry["method"],
        "PATH_INFO": unquote(parts.path),
        "QUERY_STRING": parts.query,
        "HTTP_HOST": entry.get("request_headers", {}).get("Host", "shop.example"),
        **sent,
    }
    seen: list[Any] = []
    (body,) = shop(environ, lambda status, headers: seen.extend((status, dict(headers))))
    return int(seen[0].split()[0]), seen[1], body


SAME = [
    *("orders_ids", "orders_full_page", "orders_fields_page", "orders_incremental", "orders_incremental_gt"),
    *("orders_page_past_end", "orders_dst", "orders_split_reference", "orders_second_currency", "orders_with_refunds"),
    *("order_single", "order_single_display_full", "orders_ge_operator_ignored", "orders_gt_without_brackets"),
    *("orders_iso_dates_no_match", "customers_full", "customers_fields", "customers_deleted", "customers_same_email"),
    *("carts_ordered", "carts_abandoned", "customer_threads_full", "customer_threads_without_customer"),
    *("customer_messages_full", "customer_messages_private", "order_slip_full", "order_slip_single"),
    *("order_payments_full", "order_histories_full", "order_histories_by_date_add", "order_carriers_full"),
    *("order_states_all", "order_states_one_language", "currencies_all", "countries_fields", "employees_fields"),
    *("configurations_shop", "shops_all", "contacts_all", "products_fields", "addresses_fields", "orders_sha1"),
    *("error_date_filter_without_date1", "error_sort_date_without_date1", "error_unknown_filter", "error_wrong_key"),
    *("error_key_format", "error_key_inactive", "error_key_without_permissions"),
    *("error_resource_not_allowed", "error_method_not_allowed", "error_empty_filter", "error_limit_syntax"),
    *("error_display_syntax", "error_unknown_display_field", "error_unknown_language"),
]


@pytest.mark.parametrize("name", SAME)
def test_the_same_bytes_as_recorded(shop, name):
    entry = INDEX[f"{name}.json"]
    status, headers, body = ask(shop, entry)
    assert body.decode() == (RECORDED / f"{name}.json").read_text("utf-8")
    assert status == entry["status"]
    for header in ("Content-Type", "PSWS-Version", "WWW-Authenticate"):
        assert headers.get(header) == entry["headers"].get(header)


@pytest.mark.parametrize(
    "name",
    [
        *("error_unknown_resource.json", "error_wrong_key_xml.xml", "error_no_key.txt", "order_single_missing.txt"),
        *("error_no_date_upd_column.txt", "error_unknown_shop.txt", "api_root_json_500.txt"),
        *("orders_ids_xml.xml", "orders_page_past_end_xml.xml"),
    ],
)
def test_the_same_refusal_or_kind_of_answer_as_recorded(shop, name):
    """Where texts list what a whole shop has, only their beginning is the same."""
    entry = INDEX[name]
    status, headers, body = ask(shop, entry)
    theirs = (RECORDED / name).read_bytes()
    assert status == entry["status"]
    assert headers.get("Content-Type") == entry["headers"].get("Content-Type")
    assert body[:60] == theirs[:60]
    assert re.findall(rb'"code":(\d+)', body) == re.findall(rb'"code":(\d+)', theirs)
    assert ("PSWS-Version" in headers) == ("PSWS-Version" in entry["headers"])
    assert headers.get("Location") == entry["headers"].get("Location")


def test_another_host_is_sent_to_the_start_page(shop):
    shop.domain = "shop.example"
    try:
        status, headers, body = ask(shop, INDEX["error_other_host.txt"])
    finally:
        shop.domain = None
    assert (status, headers["Location"], body) == (302, INDEX["error_other_host.txt"]["headers"]["Location"], b"")


def test_a_web_service_that_is_off(shop):
    shop.switched_on = False
    try:
        status, headers, body = ask(shop, INDEX["error_webservice_disabled.json"])
        assert ask(shop, INDEX["error_no_key.txt"])[0] == 401
    finally:
        shop.switched_on = True
    assert (status, headers["PSWS-Version"]) == (503, "0")
    assert body == (RECORDED / "error_webservice_disabled.json").read_bytes()


def basic(key: str) -> str:
    return f"Basic {base64.b64encode(f'{key}:any'.encode()).decode()}"


@pytest.mark.parametrize(
    ("path", "query", "header", "status"),
    [
        ("/api/orders", "", basic("f" * 32), 200),
        ("/api/orders", "", basic(" " + "F" * 32), 200),
        ("/api/orders", "ws_key=" + "F" * 32, None, 200),
        ("/api/orders", "ws_key=" + "F" * 32, basic("W" * 32), 401),
        ("/api/orders", "", "Bearer " + "F" * 32, 401),
        ("/api/ORDERS", "", basic("F" * 32), 400),
        ("/webservice/dispatcher.php", "url=orders", basic("F" * 32), 200),
    ],
)
def test_how_a_key_may_come_and_where_the_service_is(shop, path, query, header, status):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "shop.example"}
    seen: list[str] = []
    shop(environ | ({"HTTP_AUTHORIZATION": header} if header else {}), lambda said, _: seen.append(said))
    assert int(seen[0].split()[0]) == status


def test_a_long_list_of_ids_is_too_much_for_the_web_server(shop):
    wanted = "%7C".join(map(str, range(100_000, 101_000)))
    entry = {**INDEX["orders_ids.json"], "request": f"/api/orders?output_format=JSON&filter[id]=[{wanted}]"}
    status, headers, _ = ask(shop, entry)
    assert (status, "PSWS-Version" in headers) == (414, False)


def test_the_rights_of_a_key_as_recorded(shop):
    said = ask(shop, INDEX["api_root_xml.xml"])[2].decode()
    assert said.replace("The orders", "The Customers orders") == (RECORDED / "api_root_xml.xml").read_text("utf-8")


def test_a_module_that_warns_and_one_that_prints_as_recorded(shop):
    shop.broken = {"orders": {1: "warning"}}
    try:
        status, _, body = ask(shop, INDEX["error_php_warning.json"])
    finally:
        shop.broken = {}
    assert (status, body) == (500, (RECORDED / "error_php_warning.json").read_bytes())
    shop.noise = b"\nNotice: debug output of a module<br>" * 3
    try:
        status, headers, body = ask(shop, INDEX["orders_text_before_json.json"])
    finally:
        shop.noise = b""
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert body == (RECORDED / "orders_text_before_json.json").read_bytes()


def test_older_versions_show_single_rows_whole(shop):
    shop.version = "1.7.8.11"
    try:
        assert ask(shop, INDEX["order_single_17.json"])[2] == (RECORDED / "order_single_17.json").read_bytes()
        assert ask(shop, INDEX["api_root_json_17.json"])[2] == (RECORDED / "api_root_json_17.json").read_bytes()
    finally:
        shop.version = "8.2.1"


def test_columns_are_the_recorded_ones():
    whole = [(name, file) for name, files in FULL.items() for file in files if not file.endswith("_fields")]
    assert len(whole) > 15
    for name, file in whole:
        row = recorded(f"{file}.json")[0]
        assert tuple(row) == ("id", *TABLES[name].columns, *(("associations",) if TABLES[name].links else ()))


def test_no_order_unless_one_is_asked_for(shop):
    entry = {**INDEX["orders_ids.json"], "request": "/api/customers?output_format=JSON&limit=3"}
    ids = [row["id"] for row in json.loads(ask(shop, entry)[2])["customers"]]
    assert ids != sorted(ids)


def test_rows_cost_memory_and_time():
    clock = FakeClock()
    shop = PrestaShopShop.small(clock=clock)
    shop.keys.append(KEYS["full"])
    shop.row_limit = 5
    entry = {**INDEX["orders_ids.json"], "request": "/api/orders?output_format=JSON&display=[id]&limit=6"}
    assert ask(shop, entry)[0] == 500
    assert ask(shop, {**entry, "request": "/api/orders?output_format=JSON&limit=20"})[0] == 200, "ids load nothing"
    shop.row_limit, shop.row_seconds = None, 2.0
    began = clock.monotonic()
    assert ask(shop, entry)[0] == 200
    assert clock.monotonic() - began == pytest.approx(12)


def test_the_story_shares_customers_with_the_tea_shop():
    from connector.simulation.people import cast

    shop = PrestaShopShop.story(clock=FakeClock())
    emails = {row["email"].lower() for row in shop.rows("customers").values()}
    shared = emails & {person.email for person in cast(1, 640)}
    assert len(shared) > 50
    assert len(emails - shared) > 50
    assert len(shop.rows("orders")) > 400
    assert shop.rows("order_slip")
    assert shop.rows("customer_messages")


def test_prepared_answers_are_those_of_the_rows():
    from adapters.prestashop.resources import ORDERS

    shop = PrestaShopShop.bulk(clock=FakeClock(), size=300)
    shop.keys.append(KEYS["full"])
    asked = {
        "ids": "filter[id]=>[120]&sort=[id_ASC]&limit=7&display=[id]",
        "rows": f"filter[id]=[3|299|500]&sort=[id_ASC]&display={ORDERS.display}",
        "all": "sort=[id_ASC]",
        "planned": f"filter[id]=[120,140]&sort=[id_ASC]&limit=121&display={ORDERS.display}",
        "changed": "filter[date_upd]=[2026-01-01 00:00:00,9999-12-31 23:59:59]&date=1&sort=[id_ASC]&display=[id,valid]",
    }
    for query in asked.values():
        entry = {**INDEX["orders_ids.json"], "request": f"/api/orders?output_format=JSON&{query}"}
        prepared = json.loads(ask(shop, entry)[2])
        assert prepared["orders"]
        plain = PrestaShopShop(clock=FakeClock())
        plain.keys.append(KEYS["full"])
        plain.tables["orders"] = dict(shop.rows("orders"))
        assert prepared == json.loads(ask(plain, entry)[2])


def test_the_recorded_shop_through_the_adapter_gives_the_back_offices_months(tmp_path):
    """Twenty-five months of sales and orders, out of the store that a sync has filled."""
    clock = FakeClock(RECORDED_AT)
    shop = recorded_shop(clock)
    with world("prestashop", shop, f"sqlite:///{tmp_path / 'connector.db'}", clock) as there:
        results = there.sync()
        assert {result.status for result in results.values()} == {"ok"}, results
        with there.store.read() as connection:
            rows = connection.execute(
                text(
                    "SELECT paid_at, (total_micros - tax_micros - shipping_micros), rate_micros FROM orders "
                    "WHERE countable AND paid_at IS NOT NULL"
                )
            ).all()
    sales: dict[str, Decimal] = {}
    counts: Counter[str] = Counter()
    for paid_at, net, rate in rows:
        month = f"{to_datetime(paid_at, ZoneInfo('Europe/Berlin')):%Y-%m}"
        sales[month] = sales.get(month, Decimal(0)) + Decimal(net) / rate
        counts[month] += 1
    theirs = json.loads((RECORDED / "backoffice_statistics.json").read_text())
    assert {month: float(round(amount, 2)) for month, amount in sales.items()} == theirs["sales_per_month"]
    assert dict(counts) == theirs["orders_per_month"]
