"""`connector status`: where everything stands, for people and for programs."""

from __future__ import annotations

import json
from datetime import datetime

from adapters.woocommerce.simulator import WooCommerceShop
from connector.clock import SystemClock
from connector.simulation.server import LoopbackServer
from tests.cli.conftest import Desk


def test_before_the_first_sync(desk: Desk) -> None:
    done = desk.call("status")
    assert done.code == 0
    assert "Nothing has been stored yet. `connector sync` begins." in done.err
    assert "shop/entries         0   never" in done.out
    assert not (desk.folder / "connector.db").exists(), "asking changes nothing"
    assert desk.call("status", "--json").json["sources"][0]["streams"][0] == {
        "name": "entries",
        "rows": 0,
        "last_success": None,
        "cursor_age_seconds": None,
        "set_aside": 0,
        "last_error": None,
    }


def test_after_a_success_and_after_a_failure(desk: Desk) -> None:
    desk.call("sync")
    stands = desk.process("status", "--json").json
    assert list(stands) == ["sources"]
    (source,) = stands["sources"]
    assert (source["name"], source["adapter"]) == ("shop", "ledger")
    entries, notes = source["streams"]
    assert (entries["name"], entries["rows"], entries["last_error"]) == ("entries", 1, None)
    assert notes["name"] == "notes"
    assert 0 <= entries["cursor_age_seconds"] < 60
    assert datetime.fromisoformat(entries["last_success"]).utcoffset() is not None

    desk.book(answer="down")
    desk.call("sync", "shop/entries")
    entries = desk.call("status", "--json").json["sources"][0]["streams"][0]
    assert entries["last_error"] == {"class": "Unavailable", "message": "The ledger is not there.", "advice": None}
    assert entries["rows"] == 1
    shown = desk.call("status").out
    assert "shop/entries has been failing since" in shown
    assert "The ledger is not there." in shown


def test_a_source_that_never_let_us_in_says_so(desk: Desk) -> None:
    desk.book(answer="refused")
    assert desk.call("sync").code == 3
    entries = desk.call("status", "--json").json["sources"][0]["streams"][0]
    assert entries["last_error"]["class"] == "AccessRefused"
    assert "The ledger is locked." in desk.call("status").out
    desk.book()
    assert desk.call("sync").code == 0
    assert desk.call("status", "--json").json["sources"][0]["streams"][0]["last_error"] is None


def test_when_it_is_due_next(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    assert "due" in desk.call("status").out
    desk.write(text + "    schedule: 0\n")
    assert "on demand" in desk.call("status").out
    desk.write(text + "    schedule: '0 8 * * *'\n")
    assert "08:00" in desk.call("status").out
    desk.write(text + "    enabled: false\n")
    assert "switched off" in desk.call("status").out


def test_a_source_that_was_taken_out_of_the_config_is_still_told(desk: Desk) -> None:
    desk.call("sync")
    desk.write(desk.config.read_text(encoding="utf-8").replace("  shop:", "  other:"))
    stands = {one["name"]: one["streams"] for one in desk.call("status", "--json").json["sources"]}
    assert stands["other"][0]["rows"] == 0
    assert stands["shop"][0]["rows"] == 1
    assert "no longer in config.yaml" in desk.call("status").out


def test_adapters_lists_what_is_installed_and_what_is_broken(desk: Desk) -> None:
    done = desk.call("adapters")
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.out.splitlines() if line.strip()}
    assert "entries, notes" in lines["ledger"]
    assert "pretend-shop 1.5" in lines["ledger"]
    assert "cannot be used" in lines["broken"]
    assert "shop-connector" in lines["woocommerce"]


def test_check_says_who_answers_and_what_may_be_read(shop_desk: Desk) -> None:
    done = shop_desk.call("check")
    assert done.code == 0
    assert done.err.startswith("Asking http://127.0.0.1:")
    assert done.out.startswith("main-shop: WooCommerce ")
    assert "time zone Europe/Berlin, currency EUR" in done.out
    assert "may read: orders, refunds, customers, products" in done.out


def test_check_fails_where_nothing_may_be_read(desk: Desk) -> None:
    desk.book(readable=False)
    done = desk.call("check", "shop")
    assert done.code == 3
    assert "may not read entries" in done.out


def test_check_says_once_what_to_do_about_refusals(empty_desk: Desk) -> None:
    shop = WooCommerceShop.empty(clock=SystemClock())
    shop.key = shop.add_key(may_view=False)
    with LoopbackServer(shop) as server:
        keys = shop.source_settings(server.address)
        empty_desk.write(f"timezone: Europe/Berlin\nsources:\n  main-shop: {json.dumps(keys)}\n")
        done = empty_desk.call("check")
    assert done.code == 3
    assert done.out.count("may not read") == 4
    assert done.out.count("Make a key for an administrator or shop manager.") == 1
