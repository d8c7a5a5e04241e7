"""What wc/v3 does unlike what one expects: each test fails in an adapter that fell for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from adapters.woocommerce.pull import total_of
from connector.instants import from_datetime
from connector.testing.world import World
from connector.transport import Answer, Request

HOUR = 3600.0
DAY = 24 * HOUR


def asked(there: World) -> list[tuple[str, str, dict[str, str]]]:
    """The requests so far: method, path below the API and parameters, each of which was sent once."""
    found = []
    for request in there.server.requests:
        method, _, target = request.partition(" ")
        parts = urlsplit(target)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), "PHP keeps the last of a name only"
        found.append((method, parts.path.removeprefix("/wp-json/wc/v3/"), dict(pairs)))
    return found


def column(there: World, query: str) -> list[Any]:
    with there.store.read() as connection:
        return list(connection.execute(text(query)).scalars())


# --- what is asked for -----------------------------------------------------------------------------------------------


def test_lists_are_walked_by_id_without_an_upper_bound(there: World) -> None:
    there.sync()
    there.clock.sleep(HOUR)
    there.simulator.change(Random(1))
    there.sync("sweep")
    lists = [(path, params) for _, path, params in asked(there) if params.get("per_page", "1") != "1"]
    assert {method for method, *_ in asked(there)} == {"GET"}
    assert {path for path, _ in lists} == {"orders", "refunds", "customers", "products"}
    changes = [params for _, params in lists if "modified_after" in params]
    assert changes
    assert all(params["modified_after"].endswith("Z") for params in changes), "else it is the shop's own time"
    for path, params in lists:
        assert (params["orderby"], params["per_page"]) == ("id", "100")
        assert params["order"] == "asc" or "include" in params
        assert not {"page", "modified_before"} & params.keys()
        assert path != "customers" or "modified_after" not in params, "it would be ignored without a word"
    assert {params["status"] for path, params in lists if path == "orders"} == {"any", "trash"}


def test_pages_are_never_larger_than_woocommerce_gives(there: World) -> None:
    assert {result.status for result in there.sync(page_size=1000).values()} == {"ok"}
    there.assert_equal()


def test_json_is_asked_for_since_errors_are_pages_else(there: World) -> None:
    accepted = set()
    there.simulator.on_request = lambda environ: accepted.add(environ.get("HTTP_ACCEPT", ""))
    there.sync()
    assert accepted
    assert all("application/json" in one for one in accepted)


def test_keys_go_in_the_address_alone_where_the_owner_says_so(there: World) -> None:
    there.simulator.pretend_https = True
    headers = set()
    there.simulator.on_request = lambda environ: headers.add(environ.get("HTTP_AUTHORIZATION"))
    assert there.sync(auth="query", streams=["orders"])["orders"].status == "ok"
    assert headers == {None}
    assert not any("oauth_" in request for request in there.server.requests)


@pytest.mark.parametrize("said", ["²", "many", "-1", "", "9" * 5000])
def test_a_total_that_is_no_number_is_none(said: str) -> None:
    assert total_of(Answer(200, {"X-WP-Total": said}, b"[]", 1, "", Request("orders"))) is None


# --- clocks and zones ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_changes_are_asked_for_in_utc(there: World, zone: str) -> None:
    there.simulator.timezone = zone
    there.sync()
    there.clock.sleep(DAY)
    there.simulator.create_order()
    assert there.sync()["orders"].records == 1, "nothing is missed, and nothing old is read again"
    there.assert_equal()


def test_the_hour_that_comes_twice(there: World) -> None:
    ids = []
    for minute in (30, 90):
        there.clock.set(from_datetime(datetime(2026, 10, 25, 0, 0, tzinfo=UTC)) + minute * 60_000_000)
        ids.append(there.simulator.create_order())
    there.sync()
    first, second = column(
        there, f"SELECT created_at FROM orders WHERE order_id IN ('{ids[0]}', '{ids[1]}') ORDER BY 1"
    )
    assert second - first == 3_600_000_000


def test_a_save_that_is_seen_later_than_it_is_stamped(there: World) -> None:
    """The stamp is set when the save begins; the row is visible when the database has committed."""
    there.sync()
    there.clock.sleep(HOUR)
    there.simulator.commit_delay = 300
    late = there.simulator.create_order()
    there.clock.sleep(60)
    there.simulator.commit_delay = 0
    there.simulator.create_order()
    there.sync()
    there.clock.sleep(600)
    there.sync()
    assert str(late) in column(there, "SELECT order_id FROM orders"), "without a sweep"


def test_history_begins_with_the_shops_own_midnight(there: World) -> None:
    day = date(2026, 9, 1)
    midnight = datetime(2026, 9, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    begun = int(midnight.timestamp())
    with there.simulator.back_then(begun):
        first = there.simulator.create_order()
    with there.simulator.back_then(begun - 1):
        before = there.simulator.create_order()
    there.sync(history_from=day)
    held = set(column(there, "SELECT order_id FROM orders"))
    assert str(first) in held
    assert str(before) not in held
    oldest = min(column(there, "SELECT created_at FROM orders"))
    assert oldest >= from_datetime(midnight)
    there.clock.sleep(DAY)
    assert there.sync("sweep", history_from=day)["orders"].gone == 0


# --- what lists show -------------------------------------------------------------------------------------------------


def test_rows_that_move_while_they_are_read(there: World) -> None:
    """A row of a page already read is trashed, so all behind it move up; another changes."""
    ids = sorted(row.id for row in there.simulator.orders.rows.values() if row.status not in ("trash", "in-production"))
    served = 0

    def meddle(environ: dict[str, Any]) -> None:
        nonlocal served
        served += environ["PATH_INFO"].endswith("/orders")
        if served == 3:
            there.simulator.trash(ids[0])
            there.simulator.set_status(ids[1], "completed")
            served += 1

    there.simulator.on_request = meddle
    there.sync(page_size=5, in_flight=1)
    there.simulator.on_request = None
    assert set(map(str, ids)) <= set(column(there, "SELECT order_id FROM orders")), "none slipped through"
    there.sync(page_size=5)
    there.assert_equal()


def test_the_trash_is_seen_without_a_sweep_and_left_again(there: World) -> None:
    there.sync()
    key = next(row.id for row in there.simulator.orders.rows.values() if row.status == "completed")
    for deed, status in ((there.simulator.trash, "trash"), (there.simulator.restore, "completed")):
        there.clock.sleep(DAY)
        deed(key)
        there.sync(streams=["orders"])
        assert column(there, f"SELECT status FROM orders WHERE order_id = '{key}'") == [status]


def test_an_order_in_a_status_that_nobody_registers_is_in_no_list_and_not_gone(there: World) -> None:
    there.simulator.register_status("in-production", "In production")
    key = there.simulator.create_order(status="in-production")
    there.sync()
    there.simulator.unregister_status("in-production")
    there.clock.sleep(DAY)
    assert there.sync("sweep")["orders"].gone == 0
    assert column(there, f"SELECT gone_at FROM orders WHERE order_id = '{key}'") == [None]


def test_deleted_for_good_is_found_by_the_sweep_with_its_refunds(there: World) -> None:
    there.sync()
    key = next(row.id for row in there.simulator.orders.rows.values() if row.refund_ids)
    refunds = {str(one) for one in there.simulator.order(key).refund_ids}
    there.simulator.force_delete(key)
    there.clock.sleep(DAY)
    assert there.sync()["orders"].gone == 0, "nothing tells of it"
    there.sync("sweep")
    assert column(there, "SELECT order_id FROM orders WHERE gone_at IS NOT NULL") == [str(key)]
    assert set(column(there, "SELECT refund_id FROM refunds WHERE gone_at IS NOT NULL")) == refunds


def test_a_refund_that_is_deleted_moves_no_stamp(there: World) -> None:
    there.sync()
    key = next(row.id for row in there.simulator.orders.rows.values() if len(row.refund_ids) > 1)
    refund = there.simulator.order(key).refund_ids[0]
    there.simulator.delete_refund(refund)
    there.settle()
    there.assert_equal()
    assert column(there, f"SELECT gone_at FROM refunds WHERE refund_id = '{refund}'") != [None]


def test_an_erased_person_is_overwritten(there: World) -> None:
    order = next(row for row in there.simulator.orders.rows.values() if row.status == "completed" and row.billing.email)
    there.sync()
    there.clock.sleep(DAY)
    there.simulator.erase_personal_data(order.billing.email)
    there.sync()
    with there.store.read() as connection:
        row = connection.execute(
            text(f"SELECT name, email_key, country FROM orders WHERE order_id = '{order.id}'")
        ).one()
    assert tuple(row) == ("[deleted] [deleted]", "deleted@site.invalid", None)


# --- accounts --------------------------------------------------------------------------------------------------------


def test_accounts_of_staff_come_when_they_buy(there: World) -> None:
    """The list of customers leaves them out; the order names them."""
    manager = next(row for row in there.simulator.customers.rows.values() if row.role == "shop_manager")
    there.sync()
    assert str(manager.id) not in column(there, "SELECT account_id FROM customer_accounts")
    there.clock.sleep(HOUR)
    there.simulator.create_order(customer_id=manager.id)
    there.sync()
    assert column(there, f"SELECT role FROM customer_accounts WHERE account_id = '{manager.id}'") == ["shop_manager"]


def test_accounts_that_no_change_date_tells_of_are_found_by_the_sweep(there: World) -> None:
    there.sync()
    account = next(row for row in there.simulator.customers.rows.values() if row.role == "customer")
    there.simulator.edit_customer(account.id, email="neu@example.org")
    there.settle()
    assert column(there, f"SELECT email FROM customer_accounts WHERE account_id = '{account.id}'") == [
        "neu@example.org"
    ]


# --- older and newer versions ----------------------------------------------------------------------------------------


def test_refunds_before_9_0_are_asked_for_order_by_order(there: World) -> None:
    there.simulator.version = "8.9.3"
    assert {result.status for result in there.sync().values()} == {"ok"}
    there.assert_equal()
    there.clock.sleep(DAY)
    sold = next(
        row.id for row in there.simulator.orders.rows.values() if row.status == "completed" and not row.refund_ids
    )
    there.simulator.refund(sold, "1.00")
    result = there.sync()["refunds"]
    assert (result.records, result.inserted) == (1, 1)
    there.simulator.delete_refund(there.simulator.order(sold).refund_ids[0])
    there.settle()
    there.assert_equal()


@pytest.mark.parametrize("version", ["8.9.3", "10.0.2"])
def test_refunds_that_orders_do_not_name(there: World, version: str) -> None:
    """Newer versions may leave `refunds` empty; older ones have no list, so what says refunded is asked for."""
    there.simulator.version, there.simulator.refunds_hidden = version, True
    there.sync()
    held = set(column(there, "SELECT refund_id FROM refunds"))
    refunds = there.simulator.refunds.rows.values()
    whole = {str(row.id) for row in refunds if there.simulator.order(row.order_id).status == "refunded"}
    assert whole
    assert held == (whole if version == "8.9.3" else {str(row.id) for row in refunds})


def test_the_legacy_order_tables(there: World) -> None:
    there.simulator.hpos = False
    there.sync(page_size=7)
    there.assert_equal()


def test_money_has_the_orders_own_currency(there: World) -> None:
    there.sync()
    shop = {str(row.id): row.currency for row in there.simulator.orders.rows.values()}
    with there.store.read() as connection:
        held = {row.order_id: row.currency for row in connection.execute(text("SELECT order_id, currency FROM orders"))}
    assert set(held.values()) == {"EUR", "CHF"}
    assert held.items() <= shop.items()
