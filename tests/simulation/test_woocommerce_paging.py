"""Facts 1 to 11: paging, filters, dates. The recorded shop gives the recorded answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from adapters.woocommerce.simulator.reading import at, customer_from
from connector.simulation.clock import FakeClock
from tests.simulation.asking import ask, quoted, recorded, same_headers


def walk(shop: WooCommerceShop, query: str, per_page: int) -> list[int]:
    ids: list[int] = []
    for page in range(1, 100):
        found = ask(shop, f"orders?{query}&per_page={per_page}&page={page}&_fields=id").ids
        ids += found
        if len(found) < per_page:
            break
    return ids


# --- 1 ---------------------------------------------------------------------------------------------------------------


def test_fact_01_ten_a_page_unless_said(as_recorded: WooCommerceShop) -> None:
    assert len(ask(as_recorded, "orders").json) == 10


@pytest.mark.parametrize("query", ["per_page=0", "per_page=-1", "per_page=101", "page=0", "per_page=zehn"])
def test_fact_01_sizes_that_do_not_fit(as_recorded: WooCommerceShop, query: str) -> None:
    answer = ask(as_recorded, f"orders?{query}")
    assert answer.status == 400
    assert answer.json["code"] == "rest_invalid_param"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("per_page=101", "400_per_page_101"),
        ("per_page=500&orderby=foo&status=bar", "400_several_params"),
        ("modified_after=2026-10-01", "400_invalid_date"),
    ],
)
def test_fact_01_refusals_as_recorded(as_recorded: WooCommerceShop, query: str, name: str) -> None:
    answer = ask(as_recorded, f"orders?{query}")
    assert answer.status == 400
    assert answer.json == recorded(f"errors/{name}.json")["body"]
    same_headers(answer, f"errors/{name}.json")


# --- 2, 3 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("per_page=2&orderby=id&order=asc&modified_after=2026-09-01T00:00:00Z", "orders/page_first.json"),
        (
            "per_page=2&page=2&orderby=id&order=asc&modified_after=2026-09-01T00:00:00Z"
            "&_fields=id,status,total,currency,customer_id,billing,date_modified_gmt,refunds",
            "orders/page_middle.json",
        ),
        ("per_page=100&page=3&orderby=id&order=asc&_fields=id", "orders/page_last.json"),
    ],
)
def test_fact_02_pages_as_recorded(as_recorded: WooCommerceShop, query: str, name: str) -> None:
    answer = ask(as_recorded, f"orders?{query}")
    assert answer.ids == [row["id"] for row in recorded(name)["body"]]
    same_headers(answer, name)


def test_fact_02_full_orders_as_recorded(as_recorded: WooCommerceShop) -> None:
    answer = ask(as_recorded, "orders?per_page=2&orderby=id&order=asc&modified_after=2026-09-01T00:00:00Z")
    assert answer.json == recorded("orders/page_first.json")["body"]


def test_fact_02_the_list_of_refunds_as_recorded(as_recorded: WooCommerceShop) -> None:
    answer = ask(as_recorded, "refunds?per_page=3")
    assert answer.json == recorded("refunds/refunds_page.json")["body"]
    same_headers(answer, "refunds/refunds_page.json")


def test_fact_03_past_the_end_everything_is_zero(as_recorded: WooCommerceShop) -> None:
    answer = ask(as_recorded, "orders?per_page=100&page=4")
    assert (answer.status, answer.json) == (200, [])
    same_headers(answer, "orders/page_beyond_end.json")


def test_fact_03_the_legacy_tables_keep_their_totals(small: WooCommerceShop) -> None:
    total = ask(small, "orders").total
    small.hpos = False
    answer = ask(small, "orders?per_page=100&page=4")
    assert (answer.json, answer.total, answer.pages) == ([], total, 1)


def test_fact_02_accounts_as_recorded(shop: WooCommerceShop) -> None:
    """Here nothing is filled into the links."""
    page = recorded("customers/page_role_all.json")
    shop.customers.rows.clear()
    for body in page["body"]:
        shop.customers.save(body["id"], customer_from(body))
    for key in range(1000, 1057):
        shop.customers.save(key, replace(customer_from(page["body"][-1]), id=key))
    answer = ask(shop, "customers?role=all&per_page=4&orderby=id&order=asc")
    assert answer.json == page["body"]
    same_headers(answer, "customers/page_role_all.json")


# --- 4, 5 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orderby", ["date", "id", "include", "title", "slug", "modified"])
def test_fact_04_orders_by(as_recorded: WooCommerceShop, orderby: str) -> None:
    assert ask(as_recorded, f"orders?orderby={orderby}").status == 200


def test_fact_04_other_orders_are_refused(as_recorded: WooCommerceShop) -> None:
    answer = ask(as_recorded, "orders?orderby=date_modified")
    assert answer.json["data"]["params"]["orderby"] == (
        "orderby is not one of date, id, include, title, slug, and modified."
    )


def test_fact_04_newest_first_unless_said(as_recorded: WooCommerceShop) -> None:
    created = [order["date_created_gmt"] for order in ask(as_recorded, "orders?per_page=50").json]
    assert created == sorted(created, reverse=True)


@pytest.mark.parametrize(("per_page", "order"), [(10, "desc"), (25, "asc"), (50, "asc"), (20, "desc")])
def test_fact_05_by_modified_a_walk_loses_rows(as_recorded: WooCommerceShop, per_page: int, order: str) -> None:
    ids = walk(as_recorded, f"orderby=modified&order={order}", per_page)
    assert len(ids) == 299
    assert len(set(ids)) < 299


@pytest.mark.parametrize("per_page", [7, 10, 25, 50, 99, 100])
@pytest.mark.parametrize("orderby", ["id", "date"])
def test_fact_05_by_id_it_does_not(as_recorded: WooCommerceShop, per_page: int, orderby: str) -> None:
    ids = walk(as_recorded, f"orderby={orderby}&order=asc", per_page)
    assert len(set(ids)) == len(ids) == 299


# --- 6 ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sixty(shop: WooCommerceShop, clock: FakeClock) -> WooCommerceShop:
    """Sixty orders, one a minute."""
    for _ in range(60):
        shop.create_order()
        clock.sleep(60)
    return shop


def walked(shop: WooCommerceShop, query: str, between: Any) -> tuple[int, int]:
    """How many of the orders there were at the start a walk in pages of 20 misses and doubles, with a change after
    its first page."""
    there = {row.id for row in shop.orders.rows.values()}
    first = ask(shop, f"orders?{query}&per_page=20").ids
    between(first)
    ids = first + [key for page in (2, 3, 4) for key in ask(shop, f"orders?{query}&per_page=20&page={page}").ids]
    still = there & {row.id for row in shop.orders.rows.values() if row.status != "trash"}
    return len(still - set(ids)), len(ids) - len(set(ids))


def test_fact_06_by_date_a_new_order_doubles_a_row(sixty: WooCommerceShop) -> None:
    assert walked(sixty, "orderby=date&order=desc", lambda _: sixty.create_order()) == (0, 1)


def test_fact_06_by_date_a_trashed_row_loses_another(sixty: WooCommerceShop) -> None:
    assert walked(sixty, "orderby=date&order=desc", lambda ids: sixty.trash(ids[0])) == (1, 0)


def test_fact_06_by_id_a_new_order_does_no_harm(sixty: WooCommerceShop) -> None:
    assert walked(sixty, "orderby=id&order=asc", lambda _: sixty.create_order()) == (0, 0)


def test_fact_06_by_id_a_trashed_row_loses_another(sixty: WooCommerceShop) -> None:
    assert walked(sixty, "orderby=id&order=asc", lambda ids: sixty.trash(ids[0])) == (1, 0)


def test_fact_06_with_an_upper_bound_edited_rows_leave(sixty: WooCommerceShop) -> None:
    now = sixty.now()
    query = f"orderby=id&order=asc&modified_after=2020-01-01T00:00:00Z&modified_before={utc(now)}"

    def edit_two(ids: list[int]) -> None:
        for key in ids[:2]:
            sixty.set_status(key, "completed")

    assert walked(sixty, query, edit_two) == (2, 0)


def test_fact_06_offset_wins_over_page(as_recorded: WooCommerceShop) -> None:
    by_id = "orders?per_page=5&orderby=id&order=asc&_fields=id"
    assert ask(as_recorded, f"{by_id}&page=7&offset=3").ids == ask(as_recorded, f"{by_id}&offset=3").ids
    assert ask(as_recorded, f"{by_id}&offset=4").ids[0] == ask(as_recorded, by_id).ids[4]


def test_fact_06_the_date_header_is_the_shop_s_clock(small: WooCommerceShop, clock: FakeClock) -> None:
    clock.set(1_795_294_961_000_000)
    small.clock_offset = -3600
    assert ask(small, "orders").headers["Date"] == "Sat, 21 Nov 2026 20:02:41 GMT"


# --- 7, 8, 9 ---------------------------------------------------------------------------------------------------------


def utc(seconds: int) -> str:
    from connector.instants import to_utc_text

    return to_utc_text(seconds * 1_000_000)


def test_fact_07_filters_are_strict_and_whole_seconds(as_recorded: WooCommerceShop) -> None:
    tie = at("2026-10-12T20:44:09") or 0
    assert ask(as_recorded, f"orders?modified_after={utc(tie - 1)}&modified_before={utc(tie)}").json == []
    both_sides = f"orders?modified_after={utc(tie - 1)}&modified_before={utc(tie + 1)}&per_page=100"
    assert ask(as_recorded, both_sides).total == 29
    after = ask(as_recorded, f"orders?modified_after={utc(tie)}").total
    assert ask(as_recorded, f"orders?modified_after={utc(tie - 1)}").total == after + 29
    fraction = utc(tie - 1).replace("Z", ".999Z")
    assert ask(as_recorded, f"orders?modified_after={fraction}").total == after + 29
    assert ask(as_recorded, f"orders?after={utc(at('2024-11-23T10:38:14') or 0)}").total == 298


@pytest.fixture
def around_noon(shop: WooCommerceShop, clock: FakeClock) -> WooCommerceShop:
    """An order at 11:30 and one at 12:30 UTC on a winter day, in Berlin."""
    for text in ("2026-11-01T11:30:00", "2026-11-01T12:30:00"):
        clock.set((at(text) or 0) * 1_000_000)
        shop.create_order()
    return shop


@pytest.mark.parametrize(
    ("value", "more", "found"),
    [
        ("2026-11-01T12:00:00Z", "", 1),
        ("2026-11-01T13:00:00%2B01:00", "", 1),
        ("2026-11-01T12:00:00", "&dates_are_gmt=true", 1),
        ("2026-11-01T12:00:00", "", 2),  # taken as the shop's own time: 11:00 UTC
        ("2026-11-01 12:00:00Z", "", 1),
        ("2026-11-01T13:29:59", "", 1),
    ],
)
def test_fact_08_time_zones(around_noon: WooCommerceShop, value: str, more: str, found: int) -> None:
    assert ask(around_noon, f"orders?modified_after={value}{more}").total == found


@pytest.mark.parametrize("value", ["2026-10-01", "yesterday", "2026-11-01T12:00:00+02:00", "2026-13-01T00:00:00Z"])
def test_fact_08_dates_that_are_refused(around_noon: WooCommerceShop, value: str) -> None:
    answer = ask(around_noon, f"orders?modified_after={value}")
    assert answer.status == 400
    assert answer.json["data"]["params"] == {"modified_after": "Invalid date."}


def test_fact_09_local_stamps_are_ambiguous_gmt_ones_are_not(shop: WooCommerceShop, clock: FakeClock) -> None:
    orders = []
    for text in ("2026-10-25T00:30:00", "2026-10-25T01:30:00"):
        clock.set((at(text) or 0) * 1_000_000)
        orders.append(ask(shop, f"orders/{shop.create_order(status='pending')}").json)
    assert {order["date_created"] for order in orders} == {"2026-10-25T02:30:00"}
    assert [order["date_created_gmt"] for order in orders] == ["2026-10-25T00:30:00", "2026-10-25T01:30:00"]
    assert orders[0]["date_paid_gmt"] is orders[0]["date_completed_gmt"] is None


def test_fact_09_the_zone_can_be_another(small: WooCommerceShop) -> None:
    order = rows_first(small)
    small.timezone = "America/New_York"
    moved = ask(small, f"orders/{order['id']}").json
    assert moved["date_created_gmt"] == order["date_created_gmt"]
    assert moved["date_created"] != order["date_created"]


def rows_first(shop: WooCommerceShop) -> Any:
    return ask(shop, "orders?orderby=id&order=asc").json[0]


# --- 10, 11 ----------------------------------------------------------------------------------------------------------


def test_fact_10_unknown_parameters_are_ignored(small: WooCommerceShop) -> None:
    everything = ask(small, "orders").total
    assert ask(small, "orders?updated_since=2099-01-01T00:00:00Z").total == everything
    customers = ask(small, "customers").total
    assert ask(small, "customers?modified_after=2099-01-01T00:00:00Z").total == customers > 0


def test_fact_11_lists_of_values(as_recorded: WooCommerceShop) -> None:
    both = ask(as_recorded, "orders?status=processing,completed").total
    assert both == 187 + 38
    assert ask(as_recorded, "orders?status[]=processing&status[]=completed").total == both
    assert ask(as_recorded, f"orders?{quoted('status[0]')}=processing&{quoted('status[1]')}=completed").total == both
    assert ask(as_recorded, "orders?status=processing&status=completed").total == 187  # the last one wins


def test_include_and_exclude(as_recorded: WooCommerceShop) -> None:
    assert ask(as_recorded, "orders?include=98,30,64&orderby=include").ids == [98, 30, 64]
    assert ask(as_recorded, "orders?include=98,30&exclude=30").ids == [98]


def pages(shop: WooCommerceShop) -> Iterator[list[int]]:
    for page in range(1, 50):
        found = ask(shop, f"orders?per_page=7&page={page}").ids
        if not found:
            return
        yield found


def test_totals_and_pages_agree(small: WooCommerceShop) -> None:
    answer = ask(small, "orders?per_page=7")
    found = list(pages(small))
    assert answer.pages == len(found)
    assert answer.total == sum(map(len, found))
