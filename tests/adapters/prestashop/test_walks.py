"""How lists are walked: windows in the shop's own time, growing ids, pages that a host can bear."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import text

from adapters.prestashop import CARTS
from adapters.prestashop.idranges import ids_of, ranges_of
from adapters.prestashop.lookups import by_id
from adapters.prestashop.pages import PageSize, RowsPage, in_batches
from adapters.prestashop.pull import position_of
from adapters.prestashop.records import Item
from adapters.prestashop.resources import ORDERS
from adapters.prestashop.times import window_start
from connector.errors import UnexpectedPayload
from connector.instants import SECOND, from_datetime
from connector.simulation.server import LoopbackServer
from connector.testing.world import World
from tests.adapters.prestashop.recorded import connected

HOUR = 3600.0
DAY = 24 * HOUR


def asked(there: World) -> list[tuple[str, dict[str, str]]]:
    """The requests so far: path and parameters."""
    found = []
    for request in there.server.requests:
        parts = urlsplit(request.partition(" ")[2])
        found.append((parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()}))
    return found


def forget(there: World) -> None:
    there.server.requests.clear()


def statuses(results: dict[str | None, Any]) -> set[str]:
    return {result.status for result in results.values()}


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
    forget(there)
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


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [2, 7])
def test_a_host_with_little_memory_is_asked_for_smaller_pages(there, limit):
    there.simulator.row_limit = limit
    assert statuses(there.sync()) == {"ok"}
    there.simulator.row_limit = None
    there.assert_equal()
    sizes = [int(params["limit"]) for path, params in asked(there) if path == "/api/orders" and "limit" in params]
    assert sizes[0] == 100
    assert min(sizes) <= limit
    assert there.clock.slept == [], "smaller pages are asked for at once, without waiting"


def test_a_slow_host_is_asked_for_smaller_pages(there):
    there.simulator.row_seconds, there.simulator.time_limit = 4.0, 30.0
    assert there.sync(streams=["carts"])["carts"].status == "ok"
    there.simulator.row_seconds = 0.0
    with there.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM carts")).scalar() == len(there.simulator.rows("carts"))


def test_what_came_before_a_failure_is_given_out():
    def pages() -> Any:
        for last in range(1, 6):
            yield RowsPage([Item(last, b"{}")], None, last)
        raise TimeoutError

    batches = in_batches(pages(), 3)
    given = [[page.last_id for page in next(batches)] for _ in range(3)]
    assert given == [[1], [2, 3, 4], [5]], "the first at once"
    with pytest.raises(TimeoutError):
        next(batches)


def test_pages_grow_again():
    size = PageSize(100)
    size.bad()
    size.bad()
    sizes = []
    for _ in range(7):
        size.good()
        sizes.append(size.now)
    assert sizes == [25, 25, 50, 50, 50, 100, 100]


def test_a_page_that_times_out_is_asked_for_in_smaller_pieces(there):
    """The slow shop here really sleeps, for a tenth of a second."""
    rest = threading.Event()

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        limit = parse_qs(environ["QUERY_STRING"]).get("limit", ["0"])[0]
        if environ["PATH_INFO"] == "/api/carts" and int(limit) > 12:
            rest.wait(0.4)
        return there.simulator(environ, start_response)

    with LoopbackServer(slow) as server:
        given = there.simulator.source_settings(server.address)
        patience = {"connect": "5s", "read": "0.1s"}
        shop, transport = connected(server.address, there.clock, key=given["key"], timeouts=patience)
        pages = list(shop.pull(CARTS, None))
        transport.close()
        rest.set()
    assert sum(len(page.records) for page in pages) == len(there.simulator.rows("carts"))


class Meddler:
    """A shop behind something that changes requests or answers."""

    def __init__(self, shop: Any, *, drop: str = "", replace: tuple[bytes, bytes] | None = None) -> None:
        self._shop, self._drop, self._replace = shop, drop, replace

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        kept = [part for part in environ["QUERY_STRING"].split("&") if not (self._drop and part.startswith(self._drop))]
        (body,) = self._shop({**environ, "QUERY_STRING": "&".join(kept)}, start_response)
        return [body.replace(*self._replace, 1) if self._replace else body]


@pytest.mark.parametrize(("drop", "key"), [("filter%5Bid%5D", "ignored"), ("sort", "unsorted")])
def test_a_server_that_does_not_do_as_asked_is_found_out(there, drop, key):
    given = there.simulator.source_settings("")
    with LoopbackServer(Meddler(there.simulator, drop=drop)) as server:
        shop, transport = connected(server.address, there.clock, key=given["key"], page_size=5)
        with pytest.raises(UnexpectedPayload) as caught:
            list(shop.pull(CARTS, None))
        transport.close()
    assert caught.value.message.key == key


@pytest.mark.parametrize("page_size", [1, 2, 100])
def test_one_bad_record_does_not_spoil_its_page_nor_stop_the_walk(there, page_size):
    given = there.simulator.source_settings("")
    meddler = Meddler(there.simulator, replace=(b'"id":3,', b'"id":"\x01?",'))
    with LoopbackServer(meddler) as server:
        shop, transport = connected(server.address, there.clock, key=given["key"], page_size=page_size)
        pages = list(shop.pull(CARTS, None))
        transport.close()
    ids = {record.id for page in pages for record in page.records}
    assert ids == {str(number) for number in there.simulator.rows("carts")} - {"3"}
    assert sum(len(page.unreadable) for page in pages) == 1


@pytest.mark.parametrize("how", ["warning", "dies"])
@pytest.mark.parametrize("page_size", [3, 100])
def test_a_module_that_breaks_one_order_costs_that_order_alone(there, how, page_size):
    there.simulator.broken = {"orders": {7: how}}
    results = there.sync(page_size=page_size)
    assert results["orders"].status == "partial"
    assert results["orders"].set_aside == 1
    assert {result.status for stream, result in results.items() if stream != "orders"} == {"ok"}
    with there.store.read() as connection:
        held = set(connection.execute(text("SELECT order_id FROM orders")).scalars())
        reason = connection.execute(text("SELECT reason FROM set_aside WHERE record_id = '7'")).scalar()
    assert held == {str(number) for number in there.simulator.rows("orders")} - {"7"}
    assert "module" in reason
    there.clock.sleep(DAY)
    assert there.sync("sweep", page_size=page_size)["orders"].gone == 0, "it is there, though it cannot be read"
    there.simulator.broken = {}
    there.settle()
    there.assert_equal()


def test_a_broken_customer_does_not_stop_the_orders(there):
    buyer = int(there.simulator.row("orders", 5)["id_customer"])
    there.simulator.broken = {"customers": {buyer: "dies"}}
    assert there.sync(streams=["orders"])["orders"].status == "ok"
    there.simulator.broken = {}
    there.settle()
    there.assert_equal()


def ranges(there: World) -> list[str]:
    """The planned pages that were asked for: from the first to the last id."""
    return [params["filter[id]"] for _, params in asked(there) if "," in params.get("filter[id]", "")]


def test_pages_of_a_long_list_are_planned_by_its_ids(there):
    there.sync(page_size=3)
    assert len(ranges(there)) > 10
    there.assert_equal()


def test_a_short_list_is_not_planned(there):
    there.sync()
    there.clock.sleep(HOUR)
    there.simulator.change(Random(1))
    there.sync()
    assert not ranges(there)


@pytest.mark.parametrize("instead", [b"[]", b'{"carts":[]}'])
def test_a_planned_page_that_comes_empty_is_asked_for_again_without_a_plan(there, instead):
    given = there.simulator.source_settings("")

    def forgetful(environ: dict[str, Any], start_response: Any) -> Any:
        (body,) = there.simulator(environ, start_response)
        planned = "," in parse_qs(environ["QUERY_STRING"]).get("filter[id]", [""])[0]
        return [instead if planned and environ["PATH_INFO"] == "/api/carts" else body]

    with LoopbackServer(forgetful) as server:
        shop, transport = connected(server.address, there.clock, key=given["key"], page_size=4)
        pages = list(shop.pull(CARTS, None))
        transport.close()
    ids = {record.id for page in pages for record in page.records}
    assert ids == {str(number) for number in there.simulator.rows("carts")}


# --- lists that only grow -------------------------------------------------------------------------------------------


def test_a_lower_id_that_is_committed_later_is_found(there):
    there.sync()
    payments = there.simulator.rows("order_payments")
    there.simulator.skip_ids("order_payments", 30)
    there.simulator.pay(max(there.simulator.rows("orders")))
    there.sync()
    late = {**payments[max(payments)], "id": max(payments) - 20}
    payments[late["id"]] = late
    forget(there)
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


# --- politeness -----------------------------------------------------------------------------------------------------


def test_never_more_than_two_requests_at_once(there):
    given = there.simulator.source_settings("")
    lock, rest = threading.Lock(), threading.Event()
    under_way, most = 0, 0

    def counting(environ: dict[str, Any], start_response: Any) -> Any:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        rest.wait(0.002)
        with lock:
            under_way -= 1
        return there.simulator(environ, start_response)

    with LoopbackServer(counting) as server:
        shop, transport = connected(server.address, there.clock, key=given["key"], page_size=10)
        for stream in shop.streams:
            list(shop.pull(stream, None))
        transport.close()
    assert most == 2


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
