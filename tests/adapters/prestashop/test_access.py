"""What the key may read, which shop is asked, and what is no longer there."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlalchemy import text

from adapters.prestashop import ORDERS, PrestaShop
from adapters.prestashop.simulator.tables import TABLES
from connector.contract import Wanted
from connector.errors import AccessRefused, UnexpectedPayload
from connector.messages import LANGUAGES
from connector.rebuild import rebuild
from connector.simulation.server import LoopbackServer
from connector.testing.world import SOURCE, World
from tests.adapters.prestashop.recorded import RECORDED, connected

DAY = 24 * 3600.0
GET = frozenset({"GET"})


def adapter_at(there: World, server: LoopbackServer | None = None, **settings: Any) -> tuple[PrestaShop, Any]:
    given = there.simulator.source_settings((server or there.server).address)
    return connected(given["url"], there.clock, **{"key": given["key"], **settings})


def check(there: World, **settings: Any) -> Any:
    shop, transport = adapter_at(there, **settings)
    try:
        return shop.check()
    finally:
        transport.close()


def column(there: World, query: str) -> list[Any]:
    with there.store.read() as connection:
        return list(connection.execute(text(query)).scalars())


def warned(info: Any) -> set[str]:
    for warning in info.warnings:
        for language in LANGUAGES:
            assert "{" not in warning.render(language)
    return {warning.key for warning in info.warnings}


# --- the check ------------------------------------------------------------------------------------------------------


def test_a_key_as_it_should_be(there):
    info = check(there)
    assert (info.product, info.version, info.timezone, info.currency) == (
        "PrestaShop",
        "8.2.1",
        "Europe/Berlin",
        "EUR",
    )
    assert all(access.readable for access in info.streams)
    assert warned(info) == {"plain_http"}


def test_a_key_that_may_write_is_warned_of(there):
    there.simulator.key.rights["products"] = frozenset({"GET", "PUT"})
    there.simulator.key.rights["orders"] = frozenset({"GET", "DELETE"})
    info = check(there)
    assert "writes" in warned(info)
    said = next(str(warning) for warning in info.warnings if warning.key == "writes")
    assert "orders, products" in said


def test_a_key_for_orders_alone_says_what_else_is_needed(there):
    there.simulator.key.rights = {"orders": GET}
    access = {one.stream: one for one in check(there).streams}
    assert not any(one.readable for one in access.values())
    assert "customers" in str(access["orders"].reason)
    assert "carts" in str(access["carts"].reason)
    assert "Tick GET for `customers`" in str(access["orders"].advice)
    assert all(one.advice for one in access.values())


def test_the_shops_own_zone_is_read_where_the_key_may(there):
    there.simulator.key.rights["configurations"] = GET
    info = check(there, timezone=None)
    assert info.timezone == "Europe/Berlin"
    assert "sees_settings" in warned(info), "the same right shows passwords"
    assert "zone_differs" in warned(check(there, timezone="America/New_York"))
    assert "zone_differs" not in warned(check(there, timezone="Europe/Paris")), "the same time all year"


def test_a_zone_that_nobody_says(there):
    info = check(there, timezone=None)
    assert info.timezone is None
    assert "no_zone" in warned(info)
    shop, transport = adapter_at(there, timezone=None)
    with pytest.raises(AccessRefused) as caught:
        list(shop.pull(ORDERS, None))
    transport.close()
    assert caught.value.message.key == "no_zone"
    assert "timezone" in str(caught.value.advice)


def test_the_recorded_rights_of_a_key_for_orders(there):
    """The answer is XML, since as JSON it is an error of the shop."""
    recorded = (RECORDED / "api_root_xml.xml").read_bytes()

    def shop(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/xml;charset=utf-8"), ("PSWS-Version", "8.2.1")])
        return [recorded]

    with LoopbackServer(shop) as server:
        adapter, transport = adapter_at(there, server)
        info = adapter.check()
        transport.close()
        (asked,) = server.requests
    assert "output_format" not in asked
    assert (info.version, info.currency, warned(info)) == ("8.2.1", None, {"plain_http"})
    reasons = {one.stream: str(one.reason) for one in info.streams}
    assert "`customers`" in reasons["orders"]
    assert "`order_slip`" in reasons["order_slip"]


def test_a_key_that_may_only_write_is_told_from_a_shop_without_a_web_service(there):
    there.simulator.key.rights = {"orders": frozenset({"POST"})}
    with pytest.raises(AccessRefused) as caught:
        check(there)
    assert caught.value.message.key == "key_without_rights"


def test_something_else_at_the_address(there):
    def blog(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"<!DOCTYPE html><html><body>A blog</body></html>"]

    with LoopbackServer(blog) as server:
        shop, transport = adapter_at(there, server)
        with pytest.raises(AccessRefused):
            shop.check()
        transport.close()


def test_the_zone_the_shop_said_stays_with_the_records_until_the_owner_says_another(there):
    there.simulator.key.rights["configurations"] = GET
    there.sync(timezone=None)
    there.assert_equal()
    shop, transport = there.build(timezone=None)
    transport.close()
    before = there.stored()
    rebuild(there.store, SOURCE, shop)
    assert there.stored() == before, "no network, and the same times"
    shop, transport = there.build(timezone="America/New_York")
    transport.close()
    rebuild(there.store, SOURCE, shop)
    moved = {key: row["created_at"] for key, row in there.stored()["orders"].items()}
    assert all(moved[key] - row["created_at"] >= 5 * 3_600_000_000 for key, row in before["orders"].items())


# --- keys -----------------------------------------------------------------------------------------------------------


def test_the_key_goes_in_the_address_only_where_the_owner_says_so(there, caplog):
    there.sync(streams=["order_states"])
    assert not any("ws_key" in request for request in there.server.requests)
    there.simulator.header_lost = True
    refused = there.sync(streams=["order_states"], mode="full")["order_states"]
    assert "auth: query" in refused.error.advice
    headers = set()
    there.simulator.on_request = lambda environ: headers.add(environ.get("HTTP_AUTHORIZATION"))
    with caplog.at_level(logging.DEBUG):
        assert there.sync(streams=["order_states"], mode="full", auth="query")["order_states"].status == "ok"
    assert headers == {None}, "where both come the shop looks at the header alone"
    assert there.simulator.key.value not in caplog.text


def test_blanks_around_a_copied_key_do_no_harm(there):
    shop, transport = adapter_at(there, key=f" {there.simulator.key.value}\n")
    assert shop.check().product == "PrestaShop"
    transport.close()


def test_a_key_that_loses_a_permission(there):
    there.sync()
    before = there.everything()
    del there.simulator.key.rights["customers"]
    there.clock.sleep(DAY)
    there.simulator.set_state(max(there.simulator.rows("orders")), 4)
    for mode in ("changes", "sweep"):
        results = there.sync(mode)
        assert results["customers"].status == "skipped"
        assert "customers" in results["customers"].error.message
        assert results["orders"].status == "skipped", "orders without their buyers would lose what is stored of them"
        assert "customers" in results["orders"].error.advice
        assert results["products"].status == "ok"
    stored = there.everything()
    assert stored["orders"] == before["orders"]
    assert stored["customer_accounts"] == before["customer_accounts"]
    there.simulator.key.rights["customers"] = GET
    there.settle()
    there.assert_equal()


@pytest.mark.parametrize("table", ["carriers", "contacts", "categories"])
def test_what_is_only_nice_to_have(there, table):
    del there.simulator.key.rights[table]
    results = there.sync()
    assert {result.status for result in results.values()} == {"ok"}
    assert len(column(there, "SELECT order_id FROM orders")) == len(there.simulator.rows("orders"))


def test_a_web_service_that_is_switched_off_in_the_middle_of_a_sync(there):
    served = 0

    def switch_off(environ: dict[str, Any]) -> None:
        nonlocal served
        served += 1
        if served == 12:
            there.simulator.switched_on = False

    there.simulator.on_request = switch_off
    results = there.sync(page_size=3)
    failed = [result for result in results.values() if result.status == "failed"]
    assert len(failed) == 1, "nothing more is asked of a shop that refuses"
    assert "switched off" in failed[0].error.message
    assert "Webservice" in failed[0].error.advice
    there.simulator.on_request, there.simulator.switched_on = None, True
    there.sync(page_size=3)
    there.assert_equal()


def test_a_web_server_that_does_not_know_the_address_is_named(there):
    there.simulator.page_found = False
    (result,) = there.sync(streams=["orders"]).values()
    assert result.status == "failed"
    assert "no PrestaShop web service" in result.error.message


# --- what is gone ---------------------------------------------------------------------------------------------------


def test_an_order_that_was_deleted_is_gone_after_the_sweep(there):
    there.sync()
    there.simulator.delete("orders", 8)
    there.clock.sleep(DAY)
    assert there.sync()["orders"].gone == 0, "no trace of it in what changed"
    assert there.sync("sweep")["orders"].gone == 1
    assert column(there, "SELECT order_id FROM orders WHERE gone_at IS NOT NULL") == ["8"]


def test_a_row_of_another_shop_is_neither_listed_nor_gone(there):
    there.sync()
    there.simulator.overwrite("orders", 8, id_shop="2")
    there.clock.sleep(DAY)
    assert there.sync("sweep")["orders"].gone == 0
    assert column(there, "SELECT order_id FROM orders WHERE gone_at IS NOT NULL") == []


def test_a_404_of_a_web_server_means_nothing(there):
    def single_blocked(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].count("/") == 3:
            start_response("404 Not Found", [("Content-Type", "text/html")])
            return [b"<html>Not Found</html>"]
        return there.simulator(environ, start_response)

    with LoopbackServer(single_blocked) as server:
        shop, transport = adapter_at(there, server)
        with pytest.raises(UnexpectedPayload):
            list(shop.read(ORDERS, [Wanted("999999")]))
        transport.close()


def test_a_single_read_shows_nothing_but_the_id(there):
    """A single view would bring an employee's password hash."""
    there.sync()
    there.server.requests.clear()
    there.simulator.delete("employees", 2)
    there.clock.sleep(DAY)
    assert there.sync("sweep", streams=["employees"])["employees"].gone == 1
    (single,) = [request for request in there.server.requests if "/employees/2" in request]
    assert parse_qs(single.partition("?")[2])["display"] == ["[id]"]


def test_a_customer_that_was_deleted_with_orders_left(there):
    there.sync()
    order = next(
        number
        for number, row in there.simulator.rows("orders").items()
        if there.simulator.rows("customers").get(int(row["id_customer"]), {}).get("is_guest") == "0"
    )
    customer = there.simulator.row("orders", order)["id_customer"]
    there.simulator.delete_customer(int(customer))
    there.settle()
    there.assert_equal()
    (account,) = column(there, f"SELECT account_id FROM orders WHERE order_id = '{order}'")
    assert account == customer, "the number stays, so the person stays one"
    gone = column(there, f"SELECT gone_at FROM customer_accounts WHERE account_id = '{customer}'")
    assert gone[0] is not None
    there.clock.sleep(DAY)
    there.sync()
    assert there.sync()["customers"].requests == 1, "nobody asks for it again and again"


def test_who_pays_is_known_by_the_invoice_address(there):
    order = min(there.simulator.rows("orders"))
    address = there.simulator.row("orders", order)["id_address_invoice"]
    names = {"firstname": "", "lastname": "", "company": "Teehaus GmbH"}
    there.simulator.overwrite("addresses", address, **names, phone="", phone_mobile="+49 170 1")
    there.sync(streams=["orders"])
    with there.store.read() as connection:
        row = connection.execute(text(f"SELECT name, phone FROM orders WHERE order_id = '{order}'")).one()
    assert tuple(row) == ("Teehaus GmbH", "+49 170 1")


def test_rows_marked_as_deleted_stay(there):
    there.sync()
    hidden = [key for key, row in there.simulator.rows("customers").items() if row["deleted"] == "1"]
    assert hidden
    (role,) = column(there, f"SELECT role FROM customer_accounts WHERE account_id = '{hidden[0]}'")
    assert role == "deleted"


# --- one language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("languages", [("1",), ("1", "2"), ("2",)])
def test_texts_in_one_and_in_several_languages(there, languages):
    there.simulator.languages = languages
    there.sync()
    names = set(column(there, "SELECT name FROM products"))
    assert names == {row["name"][languages[0]] for row in there.simulator.rows("products").values()}
    words = {row["name"][languages[0]] for row in there.simulator.rows("order_states").values()}
    assert set(column(there, "SELECT status_raw FROM orders")) <= words


def test_older_shops_are_read_the_same_way(there):
    there.simulator.version = "1.7.8.11"
    there.sync()
    there.assert_equal()
    assert check(there).version == "1.7.8.11"


def test_a_shop_that_prints_text_ahead_of_its_data(there):
    there.simulator.noise = b"\nNotice: debug output of a module<br>\n"
    there.sync()
    there.simulator.noise = b""
    there.assert_equal()


def test_the_lists_pretended_cover_all_that_is_read():
    assert {stream.name for stream in PrestaShop.streams} <= TABLES.keys()
