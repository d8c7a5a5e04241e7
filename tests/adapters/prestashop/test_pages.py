"""How lists are walked: in pages that a host can bear, planned where there are many, never many at once."""

from __future__ import annotations

import threading
from random import Random
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlalchemy import text

from adapters.prestashop import CARTS
from adapters.prestashop.pages import PageSize, RowsPage, in_batches
from adapters.prestashop.records import Item
from connector.errors import UnexpectedPayload
from connector.simulation.server import LoopbackServer
from connector.testing.world import World
from tests.adapters.prestashop.recorded import asked, connected, statuses

HOUR = 3600.0
DAY = 24 * HOUR


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
