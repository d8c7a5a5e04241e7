"""How changes are asked for: what every request says, windows in the shop's own time, growing ids."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from adapters.prestashop import CARTS
from adapters.prestashop.idranges import ids_of, ranges_of
from adapters.prestashop.lookups import by_id
from adapters.prestashop.pull import position_of
from adapters.prestashop.resources import ORDERS
from adapters.prestashop.times import window_start
from connector.instants import SECOND, from_datetime
from connector.simulation.server import LoopbackServer
from tests.adapters.prestashop.recorded import asked, connected, statuses

HOUR = 3600.0
DAY = 24 * HOUR


# --- what is asked for ----------------------------------------------------------------------------------------------


def test_every_request_names_its_fields_and_its_order(there):
    there.sync()
    there.clock.sleep(HOUR)
    there.simulator.change(Random(1))
    there.sync("sweep")
    requests = [(path, params) for path, params in asked(there) if path != "/api/"]
    assert len(requests) > 30
    assert all(request.startswith("GET ") for request in there.server.requests), "HEAD needs a right of its own"
    for path, params in requests:
        assert params["output_format"] == "JSON"
        assert params.get("display") != "full", "it would bring password hashes"
        assert "display" in params
        assert not any(value.startswith((">=", "<=")) for value in params.values()), "those are silently dropped"
        assert not any("T" in value for name, value in params.items() if name.startswith("filter[date"))
        if "limit" in params:
            assert params["sort"] == "[id_ASC]", "there is no order unless one is asked for"
        if any(name.startswith("filter[date_") for name in params):
            assert params["date"] == "1"
        if path == "/api/employees":
            assert params["display"] == "[id,firstname,lastname]"
        if path == "/api/customers":
            assert "passwd" not in params["display"]


def test_ids_asked_for_together_fit_into_an_address():
    """Web servers take lines of 8 KB."""
    wanted = [str(number) for number in range(10_000_000, 10_001_000)]
    chunks = by_id(ORDERS, wanted).chunks()
    assert [value for chunk in chunks for value in chunk.values] == wanted
    for chunk in chunks:
        assert len(ORDERS.name) + len(urlencode(chunk.request([("output_format", "JSON")]).params)) < 7000


@pytest.mark.parametrize("odd", ["", None, "0", "00", "-1", "²", "1.5", "1|2", "9" * 5000])
def test_what_is_no_id_is_not_asked_for(odd):
    assert by_id(ORDERS, [odd, "7"]).values == ["7"]


@pytest.mark.parametrize(("wrong", "begin"), [(0, "2026-07-01 10:00:00"), (-5 * HOUR, "2026-07-01 05:00:00")])
def test_a_window_reaches_back_two_hours_of_the_shops_wall_clock_and_has_no_end(there, wrong, begin):
    """Whatever our own clock says."""
    there.simulator.clock_offset = wrong
    there.clock.set(from_datetime(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)))  # 12:00 in Berlin
    there.simulator.create_cart([])
    there.sync(streams=["carts"])
    there.server.requests.clear()
    there.clock.sleep(600)
    there.sync(streams=["carts"])
    (path, params), *_ = asked(there)
    assert path == "/api/carts"
    assert params["filter[date_upd]"] == f"[{begin},9999-12-31 23:59:59]"


def test_the_web_service_says_itself_what_time_it_is(there):
    """A proxy may have another clock."""

    def proxied(environ: dict[str, Any], start_response: Any) -> Any:
        late = ("Date", "Thu, 01 Jan 2015 00:00:00 GMT")
        return there.simulator(environ, lambda status, headers: start_response(status, [*headers, late]))

    given = there.simulator.source_settings("")
    with LoopbackServer(proxied) as server:
        shop, transport = connected(server.address, there.clock, key=given["key"])
        *_, last = shop.pull(CARTS, None)
        transport.close()
    assert position_of(last.cursor).asked == there.simulator.server_time() // SECOND * SECOND


def test_where_a_window_begins():
    assert window_start("2026-07-01 12:00:00", "2026-07-01 11:59:00") == "2026-07-01 10:00:00"
    assert window_start("2026-07-01 12:00:00", "2026-06-03 08:00:00") == "2026-06-03 08:00:01"
    assert window_start("2026-07-01 12:00:00", "") == "2026-07-01 10:00:00"
    # When clocks are put back nothing is converted: an hour of the overlap remains.
    assert window_start("2026-10-25 02:30:00", "2026-10-25 02:29:00") == "2026-10-25 00:30:00"


def test_orders_are_not_read_again_for_a_refund_but_the_refund_comes(there):
    there.sync()
    there.clock.sleep(DAY)
    there.sync()
    order = next(iter(there.simulator.rows("orders")))
    there.simulator.refund(order)
    results = there.sync()
    assert (results["orders"].records, results["order_slip"].inserted) == (0, 1)


# --- clocks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "begin",
    [datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 3, 28, 22, 0, tzinfo=UTC)],
    ids=["clocks go back", "clocks go forward"],
)
@pytest.mark.parametrize("pause", [7, 31], ids=lambda minutes: f"every {minutes} min")
def test_nothing_is_missed_while_clocks_change(there, begin, pause):
    """Without a sweep: each change must be found by its date alone."""
    there.clock.set(from_datetime(begin))
    for order in list(there.simulator.rows("orders")):
        there.simulator.overwrite("orders", order, date_upd="2026-01-01 00:00:00")
    there.sync()
    random = Random(pause)
    cart = there.simulator.create_cart([])
    for step in range(6 * 60 // pause):
        there.clock.sleep(60 * pause)
        order = random.choice(sorted(there.simulator.rows("orders")))
        there.simulator.set_state(order, step % 5 + 2)
        there.simulator.put_into_cart(cart, 1)
        assert statuses(there.sync(streams=["orders", "carts"])) == {"ok"}
        with there.store.read() as connection:
            status = text(f"SELECT status_raw FROM orders WHERE order_id = '{order}'")
            assert connection.execute(status).scalar() == there.simulator.row("order_states", step % 5 + 2)["name"]["1"]
            products = text(f"SELECT products FROM carts WHERE cart_id = '{cart}'")
            assert connection.execute(products).scalar() == step + 1
    there.sync()
    there.assert_equal()


@pytest.mark.parametrize("wrong", [-3 * HOUR, -DAY, 3 * HOUR])
def test_a_clock_that_was_wrong_and_is_put_right(there, wrong):
    there.simulator.clock_offset = wrong
    for _ in range(3):
        there.simulator.create_cart([(1, 1)])
    assert statuses(there.sync()) == {"ok"}, "the server says what time it takes it for; the zone is not to be doubted"
    there.clock.sleep(HOUR)
    there.simulator.clock_offset = 0.0
    there.simulator.create_cart([(2, 1)])
    there.simulator.set_state(max(there.simulator.rows("orders")), 4)
    there.sync()
    there.assert_equal()


def test_a_zone_behind_the_shops_own_is_noticed(there):
    for _ in range(3):
        there.simulator.create_cart([(1, 1)])
    results = there.sync(streams=["carts"], timezone="America/New_York")
    assert results["carts"].status == "failed"
    assert "would lie 6 h ahead if its zone were America/New_York" in results["carts"].error.message
    assert "rebuild" in results["carts"].error.advice
    assert results["carts"].inserted == len(there.simulator.rows("carts")), "everything is stored all the same"


def test_a_zone_ahead_of_the_shops_own_misses_nothing_and_is_noticed(there):
    """The window would always lie in the future; what was seen last keeps it back."""
    settings = {"streams": ["carts"], "timezone": "Asia/Tokyo"}
    there.simulator.create_cart([(1, 1)])
    assert there.sync(**settings)["carts"].status == "ok"
    there.clock.sleep(HOUR)
    for _ in range(3):
        there.simulator.create_cart([(2, 1)])
    results = there.sync(**settings)
    assert results["carts"].inserted == 3
    assert results["carts"].status == "failed"
    assert "Asia/Tokyo" in results["carts"].error.message


def test_one_row_with_an_odd_date_is_no_reason_to_doubt_the_zone(there):
    cart = there.simulator.create_cart([(1, 1)])
    there.simulator.overwrite("carts", cart, date_upd="2099-01-01 00:00:00")
    soon = there.simulator.create_cart([(1, 1)])
    there.simulator.overwrite("carts", soon, date_upd=there.simulator.text(there.clock.now() + 3 * 3_600_000_000))
    assert there.sync(streams=["carts"])["carts"].status == "ok"
    there.clock.sleep(DAY)
    there.simulator.create_cart([(2, 1)])
    there.sync(streams=["carts"])
    with there.store.read() as connection:
        held = connection.execute(text("SELECT count(*) FROM carts")).scalar()
    assert held == len(there.simulator.rows("carts"))


# --- lists that only grow -------------------------------------------------------------------------------------------


def test_a_lower_id_that_is_committed_later_is_found(there):
    there.sync()
    payments = there.simulator.rows("order_payments")
    there.simulator.skip_ids("order_payments", 30)
    there.simulator.pay(max(there.simulator.rows("orders")))
    there.sync()
    late = {**payments[max(payments)], "id": max(payments) - 20}
    payments[late["id"]] = late
    there.server.requests.clear()
    results = there.sync(streams=["order_payments"])
    assert (results["order_payments"].records, results["order_payments"].inserted) == (1, 1)
    (page, *others) = asked(there)
    assert page[1]["filter[id]"] == f">[{max(payments) - 100}]" if max(payments) > 100 else "filter[id]" not in page[1]
    assert int(page[1]["limit"]) > 100, "one request, though it steps back"
    assert [path for path, _ in others] == ["/api/orders"], "what the new one needs, and nothing else"
    there.assert_equal()


def test_what_is_held_of_a_growing_list_is_not_read_again(there):
    there.sync()
    results = there.sync()
    for stream in ("order_histories", "order_payments", "order_carriers"):
        assert (results[stream].requests, results[stream].records) == (1, 0)


def test_ids_that_jump(there):
    there.sync()
    for table in ("orders", "order_histories", "order_payments", "carts"):
        there.simulator.skip_ids(table, 250_000)
    there.simulator.order(there.simulator.create_cart([(1, 1)], customer=4))
    assert statuses(there.sync()) == {"ok"}
    there.assert_equal()


@pytest.mark.parametrize("ids", [set(), {1}, {1, 2, 3}, {5, 7, 8, 9, 200}, set(range(3, 90))])
def test_sets_of_ids_as_text(ids):
    assert set(ids_of(ranges_of(ids))) == ids
    assert len(ranges_of(ids)) < 25


# --- history and single streams -------------------------------------------------------------------------------------


def test_nothing_older_than_the_history_is_asked_for(there):
    there.sync(history_from="2026-06-01")
    with there.store.read() as connection:
        held = set(connection.execute(text("SELECT order_id FROM orders")).scalars())
        accounts = connection.execute(text("SELECT count(*) FROM customer_accounts")).scalar()
    young = {str(key) for key, row in there.simulator.rows("orders").items() if row["date_add"] >= "2026-06-01"}
    assert held == young
    assert 0 < len(young) < len(there.simulator.rows("orders"))
    assert accounts > 5, "customers are wanted whatever their age"
    there.clock.sleep(DAY)
    assert there.sync("sweep", history_from="2026-06-01")["orders"].gone == 0


def test_a_cursor_at_an_instant(there):
    there.sync()
    there.clock.sleep(DAY)
    since = there.clock.now()
    there.clock.sleep(60)
    order = max(there.simulator.rows("orders"))
    there.simulator.set_state(order, 4)
    shop, transport = there.build()
    found = {}
    for stream in shop.streams:
        if cursor := shop.cursor_at(stream, since):
            found[stream.name] = [record.id for page in shop.pull(stream, cursor) for record in page.records]
    transport.close()
    assert found["orders"] == [str(order)]
    assert found["order_histories"] == [str(max(there.simulator.rows("order_histories")))]
    assert found["carts"] == []
    assert "order_states" not in found
