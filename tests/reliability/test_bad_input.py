"""Wrong keys, wrong addresses, wrong clocks and odd records: the exit code and a sentence its owner can act on."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from adapters.woocommerce import normalise
from connector.simulation.faults import Fault, Faults
from tests.reliability.conftest import Place


def said(place: Place, *command: str) -> tuple[int, str]:
    """Exit code and talk of a call; results are nobody's business here."""
    done = place.desk.call(*(command or ("sync",)))
    assert "Traceback" not in done.err + done.out
    return done.code, done.err


# --- keys ------------------------------------------------------------------------------------------------------------


def swapped(place: Place) -> dict[str, str]:
    return {"consumer_key": place.shop.key.consumer_secret, "consumer_secret": place.shop.key.consumer_key}


def unknown(place: Place) -> dict[str, str]:
    return {"consumer_key": "ck_" + "0" * 40}


def wrong_secret(place: Place) -> dict[str, str]:
    return {"consumer_secret": "cs_" + "0" * 40}


def of_nobody(place: Place) -> dict[str, str]:
    key = place.shop.add_key(may_view=False)
    return {"consumer_key": key.consumer_key, "consumer_secret": key.consumer_secret}


def write_only(place: Place) -> dict[str, str]:
    key = place.shop.add_key(permissions="write")
    return {"consumer_key": key.consumer_key, "consumer_secret": key.consumer_secret}


@pytest.mark.parametrize(
    ("keys", "signed", "in_address"),
    [
        (swapped, "does not know this consumer key", "The consumer key and the consumer secret are swapped."),
        (unknown, "does not know this consumer key", "does not know this consumer key"),
        (wrong_secret, "does not accept the signature", "knows the consumer key but not the consumer secret"),
        (of_nobody, "belongs to a user who may not see this", "belongs to a user who may not see this"),
        (write_only, "may write but not read", "may write but not read"),
    ],
)
@pytest.mark.parametrize("auth", ["header", "query"])
@pytest.mark.parametrize("command", ["sync", "check"])
def test_a_key_that_does_not_open(place: Place, keys: Any, signed: str, in_address: str, auth: str, command: str):
    place.shop.pretend_https = auth == "query"
    place.configure(auth=auth, **keys(place))
    done = place.desk.call(command)
    assert done.code == 3
    sentence = in_address if auth == "query" else signed
    shown = done.err + done.out
    assert sentence in shown or (keys is swapped and "are swapped" in shown)
    assert "Make a key" in shown or "Check" in shown or "Copy" in shown or "Set its" in shown or "begins with" in shown
    assert place.shop.key.consumer_secret not in shown


# --- addresses and clocks --------------------------------------------------------------------------------------------


def test_plain_permalinks_with_a_web_server_that_finds_nothing(place: Place):
    page = b"<!DOCTYPE html><title>404 Not Found</title><h1>Not Found</h1>"
    place.odd.instead = lambda target: ("404 Not Found", [("Content-Type", "text/html")], page)
    for command in ("sync", "check"):
        code, talk = said(place, command)
        assert code == 3, talk
        assert "/wp-json/" in talk


def test_plain_permalinks_where_every_address_is_the_start_page(place: Place):
    page = b"<!DOCTYPE html><html><title>Teekontor</title><body>Tee und mehr.</body></html>"
    place.odd.instead = lambda target: ("200 OK", [("Content-Type", "text/html; charset=UTF-8")], page)
    code, talk = said(place)
    assert code == 3
    assert "answered with a web page in place of data" in talk
    assert "Permalinks" in talk


def test_a_shop_that_moved(place: Place):
    place.faults = Faults(Random(1), kinds={Fault.REDIRECT: 1.0})
    code, talk = said(place)
    assert code == 3
    assert "sends us on to http://localhost:" in talk
    assert "Use the exact address as `url` in config.yaml" in talk
    assert "oauth_" not in talk


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_wrong_by_an_hour_spoils_signatures_and_is_named(place: Place, hours: int):
    place.shop.clock_offset = hours * 3600.0
    code, talk = said(place)
    assert code == 3
    assert "clock differ by more than 15 minutes" in talk
    assert "Set the clock that is wrong, or use https" in talk
    place.shop.clock_offset = 0.0
    assert said(place)[0] == 0
    assert place.rows("SELECT count(*) FROM orders")[0][0] > 20


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_wrong_by_an_hour_loses_nothing_where_no_signature_needs_it(place: Place, hours: int):
    place.shop.pretend_https = True
    place.configure(auth="query")
    place.shop.clock_offset = hours * 3600.0
    assert said(place)[0] == 0
    made = place.shop.create_order()
    place.shop.clock_offset = 0.0
    later = place.shop.create_order()
    assert said(place)[0] == 0
    found = {order_id for (order_id,) in place.rows("SELECT order_id FROM orders")}
    assert {str(made), str(later)} <= found


# --- records ---------------------------------------------------------------------------------------------------------


class One:
    """Changes one order wherever the shop lists it."""

    def __init__(self, place: Place, **changes: Any) -> None:
        self.id = min(row.id for row in place.shop.orders.all_newest() if row.status == "completed")
        self._changes = changes
        place.odd.alter = self._alter

    def _alter(self, path: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not path.endswith("/orders"):
            return rows
        return [{**row, **self._changes} if row.get("id") == self.id and "total" in row else row for row in rows]


NIGHTMARE = "Zoë 🍵𝔘\0 Müller"


@pytest.mark.parametrize(
    ("changes", "columns", "values"),
    [
        ({"total": "-12.50"}, "total_micros", (-12_500_000,)),
        ({"currency": "XAU"}, "currency", ("XAU",)),
        ({"currency": "JPY", "total": "1500"}, "currency, total_micros", ("JPY", 1_500_000_000)),
        ({"currency": "KWD", "total": "1.234"}, "currency, total_micros", ("KWD", 1_234_000)),
        ({"status": "waiting-for-tea"}, "status, status_raw, status_known", ("other", "waiting-for-tea", 0)),
        ({"date_paid_gmt": "0000-00-00T00:00:00"}, "paid_at", (None,)),
        ({"date_completed_gmt": "-0001-11-30T00:00:00"}, "completed_at", (None,)),
        ({"date_completed_gmt": "9999-12-31T23:59:59"}, "completed_at", (253_402_300_799_000_000,)),
        ({"number": 4711, "customer_id": "0"}, "number, account_id", ("4711", None)),
        ({"total": 12.1, "total_tax": 0}, "total_micros, tax_micros", (12_100_000, 0)),
        ({"billing": False}, "email, name", (None, None)),
        ({"billing": [], "meta_data": False, "line_items": None}, "email", (None,)),
        ({"created_via": "x" * 300_000}, "length(created_via)", (300_000,)),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_odd_order_that_can_be_understood_is_stored(place: Place, changes: Any, columns: str, values: Any):
    odd = One(place, **changes)
    code, talk = said(place)
    assert (code, talk) == (0, "")
    assert place.rows(f"SELECT {columns} FROM orders WHERE order_id = '{odd.id}'") == [values]
    assert said(place, "kpi")[0] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": None},
        {"currency": ""},
        {"currency": "Euro"},
        {"total": "12,50"},
        {"total": None},
        {"status": None},
        {"date_created_gmt": "yesterday"},
        {"date_modified_gmt": "2026-02-30T00:00:00"},
        {"line_items": [{"id": 1, "name": "Tee", "total": "viel"}]},
        {"line_items": "none"},
        {"billing": "Erika Mustermann"},
    ],
    ids=str,
)
def test_an_order_that_cannot_be_understood_is_set_aside_and_the_rest_goes_on(place: Place, changes: Any):
    odd = One(place, **changes)
    done = place.desk.call("sync", "--json")
    runs = {run["stream"]: run for run in done.json["runs"]}
    assert done.code == 3
    assert (runs["orders"]["status"], runs["orders"]["set_aside"]) == ("partial", 1)
    assert {runs[name]["status"] for name in ("refunds", "customers", "products")} == {"ok"}
    assert runs["orders"]["error"]["advice"]
    ((record_id, reason),) = place.rows("SELECT record_id, reason FROM set_aside")
    assert record_id == str(odd.id)
    assert reason.endswith(".")
    for value in ("Erika", "yesterday", "viel", "12,50"):
        assert value not in reason + done.err + done.out
    assert place.rows(f"SELECT count(*) FROM orders WHERE order_id = '{odd.id}'") == [(0,)]
    place.odd.alter = None  # the shop is mended, and no change date moved
    admitted = place.rows("SELECT step FROM set_aside") == [("normalise",)]
    assert said(place, "sync", "--full" if admitted else "--sweep")[0] == 0
    assert place.rows(f"SELECT count(*) FROM orders WHERE order_id = '{odd.id}'") == [(1,)]
    assert place.rows("SELECT count(*) FROM set_aside") == [(0,)]


def test_ten_thousand_lines_and_characters_of_four_bytes(place: Place, tmp_path):
    lines = [{"id": 1_000_000 + number, "name": NIGHTMARE, "quantity": 1, "total": "0.01"} for number in range(10_000)]
    odd = One(place, line_items=lines, billing={"first_name": NIGHTMARE, "email": "zoë@例え.example"})
    assert said(place) == (0, "")
    assert place.rows(
        f"SELECT count(*), sum(total_micros) FROM order_lines WHERE order_id = '{odd.id}' AND kind = 'product'"
    ) == [(10_000, 100_000_000)]
    ((name,),) = place.rows(f"SELECT name FROM orders WHERE order_id = '{odd.id}'")
    assert "\0" not in name
    assert name.startswith("Zoë 🍵𝔘")
    for target in ("all.xlsx", "csv"):
        assert said(place, "export", str(tmp_path / target), *(["--format", "csv"] if target == "csv" else []))[0] == 0


def test_ids_that_come_twice_in_a_page_and_on_two_pages(place: Place):
    place.configure(page_size=5)
    assert said(place)[0] == 0
    single = place.rows("SELECT order_id, total_micros FROM orders ORDER BY 1")
    last: dict[str, dict[str, Any]] = {}

    def twice(path: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        before = [last[path]] if path in last and rows and rows[0]["id"] >= last[path]["id"] else []
        if rows:
            last[path] = rows[-1]
        return [*before, *(copy for row in rows for copy in (row, row))]

    place.odd.alter = twice
    (place.desk.folder / "connector.db").unlink()
    code, talk = said(place)
    assert (code, talk) == (0, "")
    assert place.rows("SELECT order_id, total_micros FROM orders ORDER BY 1") == single


def test_rebuild_after_a_mapping_is_mended_takes_in_what_was_set_aside(place: Place, monkeypatch):
    odd = One(place, total="12,50")
    assert said(place)[0] == 3
    assert place.rows("SELECT step FROM set_aside") == [("normalise",)]
    place.server.stop()
    assert said(place, "rebuild")[0] == 3, "the same program understands it no better"
    to_micros = normalise.to_micros
    # The next version of the program reads decimal commas.
    monkeypatch.setattr(
        normalise, "to_micros", lambda value: to_micros(value.replace(",", ".") if isinstance(value, str) else value)
    )
    assert said(place, "rebuild")[0] == 0
    assert place.rows(f"SELECT total_micros FROM orders WHERE order_id = '{odd.id}'") == [(12_500_000,)]
    assert place.rows("SELECT count(*) FROM set_aside") == [(0,)]
    assert place.rows(f"SELECT person_id IS NULL FROM orders WHERE order_id = '{odd.id}'") == [(0,)]


# --- money -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("currency", "digits"), [("JPY", 0), ("EUR", 2), ("KWD", 3)])
def test_figures_have_the_digits_of_their_currency(place: Place, currency: str, digits: int):
    place.odd.alter = lambda path, rows: [{**row, "currency": currency} if "currency" in row else row for row in rows]
    assert said(place)[0] == 0
    done = place.desk.call("kpi", "net_revenue", "--json")
    assert done.code == 0
    (record,) = json.loads(done.out)["results"]
    assert record["currency"] == currency
    assert len(record["value"].partition(".")[2]) == digits


# --- config ----------------------------------------------------------------------------------------------------------


def test_a_config_with_three_mistakes_names_all_three(place: Place):
    place.settings.update(page_size="many", shedule="15m")
    del place.settings["consumer_secret"]
    place.configure()
    code, talk = said(place)
    assert code == 2
    for path in ("sources.shop.page_size:", "sources.shop.shedule:", "sources.shop.consumer_secret:"):
        assert path in talk
    assert not (place.desk.folder / "connector.db").exists()


def test_a_config_of_a_newer_version_says_to_update(place: Place):
    place.desk.write(place.desk.config.read_text("utf-8").replace('{"timezone"', '{"teleport": true, "timezone"'))
    code, talk = said(place)
    assert code == 2
    assert "update the program" in talk
