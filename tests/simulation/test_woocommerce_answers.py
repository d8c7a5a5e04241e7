"""Facts 31 to 35, sections D and E: what else comes back, the fields asked for, the shop's own report."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
import requests

from adapters.woocommerce.simulator import WooCommerceShop
from adapters.woocommerce.simulator.analytics import figures, refund_row_of, sale_of
from connector.simulation.faults import CAP, Fault, Faults
from connector.simulation.server import LoopbackServer
from tests.simulation.asking import API, FIXTURES, ask, basic, raw, recorded, rows, same_headers


@pytest.mark.parametrize(
    ("fault", "name"), [("php-warning", "200_warning_before_json"), ("bom", "200_bom_before_json")]
)
def test_fact_31_text_before_the_json(small: WooCommerceShop, fault: str, name: str) -> None:
    small.pretend_https = True
    example = (FIXTURES / "errors" / f"{name}.txt").read_bytes()
    with LoopbackServer(small, faults=Faults(Random(1), kinds=[fault])) as server:
        address = f"{server.address}{API}orders?per_page=1&_fields=id,total"
        answer = requests.get(address, headers={"Authorization": basic(small.key)}, timeout=5)
    before = example.partition(b"[")[0]
    assert answer.content.startswith(before + b"[{")
    assert json.loads(answer.content[len(before) :])
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert int(answer.headers["X-WP-Total"]) > 1


def test_fact_33_head_gives_the_totals_alone(small: WooCommerceShop) -> None:
    small.pretend_https = True
    with LoopbackServer(small) as server:
        answer = requests.head(f"{server.address}{API}orders", headers={"Authorization": basic(small.key)}, timeout=5)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["X-WP-Total"]) == ask(small, "orders").total


def test_fact_32_a_fatal_error_is_json_for_who_accepts_it(small: WooCommerceShop) -> None:
    struck = {"connector.fault": frozenset({Fault.SERVER_ERROR})}
    answer = ask(small, "orders", HTTP_ACCEPT="application/json", **struck)
    example = recorded("errors/500_fatal_json.json")
    assert answer.status == 500
    assert (answer.json["code"], answer.json["message"]) == (example["body"]["code"], example["body"]["message"])
    same_headers(answer, "errors/500_fatal_json.json")
    page = ask(small, "orders", **struck)
    assert page.status == 500
    same_headers(page, "errors/500_fatal_html.json")
    assert page.body.startswith(b"<!DOCTYPE html>")


def test_fact_34_what_the_shop_says_of_itself(small: WooCommerceShop) -> None:
    assert ask(small, "data/currencies/current").json == recorded("shop/currency_current.json")
    status, example = ask(small, "system_status").json, recorded("shop/system_status_trimmed.json")
    for block in ("environment", "settings", "security"):
        assert {name: example[block][name] for name in status[block]} == status[block]
    small.version, small.hpos = "8.2.1", False
    changed = ask(small, "system_status").json
    assert (changed["environment"]["version"], changed["settings"]["HPOS_enabled"]) == ("8.2.1", False)


def test_fact_34_orders_say_which_version_wrote_them(shop: WooCommerceShop) -> None:
    shop.version = "9.8.5"
    assert ask(shop, f"orders/{shop.create_order()}").json["version"] == "9.8.5"


def test_fact_35_no_limit_of_its_own(small: WooCommerceShop) -> None:
    assert {ask(small, "orders?_fields=id").status for _ in range(200)} == {200}


# --- D: fields -------------------------------------------------------------------------------------------------------


def test_fields_in_a_list(small: WooCommerceShop) -> None:
    row = ask(small, "orders?_fields=total,id,nonsense,status").json[0]
    assert list(row) == ["id", "status", "total"]  # in the order of the body, without links


def test_fields_of_a_single_order_keep_the_links(small: WooCommerceShop) -> None:
    key = ask(small, "orders").ids[0]
    assert list(ask(small, f"orders/{key}?_fields=id,total").json) == ["id", "total", "_links"]


def test_fields_cut_objects_and_drop_lists(small: WooCommerceShop) -> None:
    row = ask(small, "orders?_fields=id,billing.email,line_items.total,refunds.total").json[0]
    assert list(row) == ["id", "billing"]
    assert list(row["billing"]) == ["email"]
    both = ask(small, "orders?_fields=billing.email,billing").json[0]
    assert len(both["billing"]) > 5


def test_fields_by_brackets(small: WooCommerceShop) -> None:
    assert list(ask(small, "orders?_fields[]=id&_fields[]=status").json[0]) == ["id", "status"]


# --- E: analytics ----------------------------------------------------------------------------------------------------

COUNTED_IN_LINES = {"num_items_sold", "avg_items_per_order", "coupons_count", "products", "segments"}
"""Needs lines, which the compact record of the shop does not hold."""
TOLERANCE = {"coupons": 0.0651, "gross_sales": 0.0651}
"""The report adds up the rounded coupon lines; the compact record has only the orders' discounts, rounded once more."""


@pytest.mark.parametrize("date_type", ["date_paid", "date_created"])
def test_the_recorded_shop_gives_the_recorded_report(as_recorded: WooCommerceShop, date_type: str) -> None:
    query = "after=2024-01-01T00:00:00&before=2026-12-31T23:59:59&interval=month&per_page=100&order=asc"
    target = f"/wp-json/wc-analytics/reports/revenue/stats?{query}&date_type={date_type}"
    ours = raw(as_recorded, target, HTTP_AUTHORIZATION=basic(as_recorded.key)).json
    theirs = recorded(f"analytics/revenue_stats_{date_type}.json")
    close(ours["totals"], theirs["totals"])
    assert len(ours["intervals"]) == len(theirs["intervals"]) == 36
    for mine, their in zip(ours["intervals"], theirs["intervals"], strict=True):
        assert {**mine, "subtotals": 0} == {**their, "subtotals": 0}
        close(mine["subtotals"], their["subtotals"])


@pytest.mark.parametrize("kind", ["new", "returning"])
@pytest.mark.parametrize(
    ("option", "file", "interval"), [("date_paid", "", "year"), ("date_created", "_date_created", "month")]
)
def test_new_and_returning_customers_as_recorded(
    as_recorded: WooCommerceShop, kind: str, option: str, file: str, interval: str
) -> None:
    """This report goes by the shop's option alone, whatever date is asked for, and leaves refunds out."""
    query = f"after=2024-01-01T00:00:00&before=2026-12-31T23:59:59&interval={interval}&per_page=100"
    target = f"/wp-json/wc-analytics/reports/orders/stats?{query}&customer_type={kind}&date_type=date_completed"
    as_recorded.report_date = option
    try:
        ours = raw(as_recorded, target, HTTP_AUTHORIZATION=basic(as_recorded.key)).json
    finally:
        as_recorded.report_date = "date_paid"
    theirs = recorded(f"analytics/orders_stats_{kind}{file}.json")
    close(ours["totals"], theirs["totals"])
    mine = {one["interval"]: one["subtotals"] for one in ours["intervals"]}
    for their in theirs["intervals"]:
        close(mine[their["interval"]], their["subtotals"])


def test_segments_by_customer_are_broken_and_statuses_can_be_chosen(as_recorded: WooCommerceShop) -> None:
    target = "/wp-json/wc-analytics/reports/orders/stats?after=2024-01-01T00:00:00&before=2026-12-31T23:59:59"

    def orders(more: str) -> int:
        answer = raw(as_recorded, f"{target}&interval=year{more}", HTTP_AUTHORIZATION=basic(as_recorded.key))
        return int(answer.json["totals"]["orders_count"])

    assert orders("") == 231
    assert orders("&status_is=completed") == 187
    assert orders("&segmentby=customer_type") == 0


def test_the_settings_of_reports(small: WooCommerceShop) -> None:
    said = {one["id"]: one["value"] for one in ask(small, "settings/wc_admin").json}
    assert said["woocommerce_date_type"] == "date_paid"
    assert said["woocommerce_excluded_report_order_statuses"] == ["cancelled", "failed", "pending"]


def close(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert ours.keys() == theirs.keys()
    for name in theirs.keys() - COUNTED_IN_LINES:
        assert ours[name] == pytest.approx(theirs[name], abs=TOLERANCE.get(name, 0.0051)), name


def test_the_report_pages(small: WooCommerceShop) -> None:
    target = "/wp-json/wc-analytics/reports/revenue/stats?after=2026-01-01T00:00:00&before=2026-11-18T00:00:00"
    for interval, count in (("week", 47), ("day", 322), ("quarter", 4), ("year", 1)):
        answer = raw(small, f"{target}&interval={interval}&per_page=10", HTTP_AUTHORIZATION=basic(small.key))
        assert (answer.total, len(answer.json["intervals"])) == (count, min(count, 10))


def test_a_report_of_nothing_is_zero() -> None:
    assert set(figures([]).values()) == {0}


def test_unpaid_orders_count_by_creation_only(shop: WooCommerceShop) -> None:
    key = shop.create_order(status="on-hold", payment="bacs")
    assert sale_of(shop.order(key), "date_paid") is None
    assert sale_of(shop.order(key), "date_created") is not None
    refund = shop.refund(key, "2.00", itemised=False)
    row = refund_row_of(shop.refund_row(refund), shop.order(key))
    assert (str(row.total), row.tax, row.shipping) == ("-2.00", 0, 0)


# --- faults that only the shop itself can show -----------------------------------------------------------------------


def struck(shop: WooCommerceShop, path: str, *faults: Fault) -> Any:
    return ask(shop, path, **{"connector.fault": frozenset(faults)})


def test_totals_missing_low_and_high(small: WooCommerceShop) -> None:
    right = ask(small, "orders?per_page=10")
    assert "X-WP-Total" not in struck(small, "orders?per_page=10", Fault.TOTALS_MISSING).headers
    low = struck(small, "orders?per_page=10", Fault.TOTALS_LOW)
    assert (low.total, low.pages) == (10, 1)
    assert struck(small, "orders?per_page=10", Fault.TOTALS_HIGH).total == right.total + 10


def test_a_host_that_caps_the_page(small: WooCommerceShop) -> None:
    by_id = "orders?per_page=100&orderby=id&order=asc"
    everything = ask(small, by_id).ids
    assert struck(small, by_id, Fault.PAGE_CAPPED).ids == everything[:CAP]
    assert struck(small, f"{by_id}&offset=15", Fault.PAGE_CAPPED).ids == everything[15 : 15 + CAP]
    assert struck(small, f"{by_id}&page=2", Fault.PAGE_CAPPED).ids == everything[CAP : 2 * CAP]


def test_a_host_that_ignores_paging(small: WooCommerceShop) -> None:
    by_id = "orders?per_page=5&orderby=id&order=asc"
    first = ask(small, by_id).ids
    assert struck(small, f"{by_id}&page=3", Fault.PAGING_IGNORED).ids == first
    assert struck(small, f"{by_id}&offset=20", Fault.PAGING_IGNORED).ids == first


def test_a_host_whose_pages_never_end(small: WooCommerceShop) -> None:
    last = ask(small, "orders?per_page=5&orderby=id&order=asc&offset=10000").ids
    assert last == []
    for page in (50, 5000):
        again = struck(small, f"orders?per_page=5&orderby=id&order=asc&page={page}", Fault.ENDLESS_PAGES).ids
        assert again == [row["id"] for row in rows(small, "orders?_fields=id")][-5:]
