"""`connector sync` against a pretend shop, through the real adapter."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from connector.simulation.server import LoopbackServer
from tests.cli.conftest import Desk

RUN = {
    "source", "stream", "status", "requests", "records", "inserted", "updated", "unchanged", "gone", "set_aside",
    "bytes", "seconds", "error",
}  # fmt: skip


def test_the_first_sync_brings_everything_and_the_second_nothing(shop_desk: Desk, tmp_path: Path) -> None:
    first = shop_desk.process("sync", "--json")
    assert (first.code, first.err) == (0, "")
    runs = first.json["runs"]
    assert list(first.json) == ["runs"]
    assert [run["stream"] for run in runs] == ["orders", "refunds", "customers", "products"]
    assert all(set(run) == RUN and run["status"] == "ok" and run["error"] is None for run in runs)
    assert all(run["inserted"] > 0 for run in runs)
    second = shop_desk.process("sync", "--json")
    assert second.code == 0
    assert [(run["inserted"], run["updated"]) for run in second.json["runs"]] == [(0, 0)] * 4
    store = sqlite3.connect(tmp_path / "connector.db")
    orders, nobody = store.execute("SELECT count(*), sum(person_id IS NULL) FROM orders").fetchone()
    store.close()
    assert orders == runs[0]["inserted"]
    assert nobody < orders, "persons are put together at the end of a run"


def test_more_is_said_on_request_and_never_a_key(shop_desk: Desk, keys: dict[str, str]) -> None:
    assert shop_desk.call("sync", "main-shop/products").err == ""
    said = shop_desk.call("-v", "sync", "main-shop/products").err
    assert "main-shop/products: sync begins\n" in said
    assert "main-shop/products: ok after 1 requests, 0 records, " in said
    assert "GET" not in said
    everything = shop_desk.call("-vv", "sync", "main-shop/products").err
    assert f"GET {keys['url']}/wp-json/wc/v3/products: 200, " in everything
    assert keys["consumer_key"] not in everything


def test_a_stream_alone(shop_desk: Desk) -> None:
    done = shop_desk.call("sync", "main-shop/products", "main-shop/refunds", "--json")
    assert [run["stream"] for run in done.json["runs"]] == ["refunds", "products"]


def test_a_sweep_and_a_full_read_change_nothing(shop_desk: Desk) -> None:
    shop_desk.call("sync")
    for option in ("--sweep", "--full", "--since=2020-01-01"):
        done = shop_desk.call("sync", option, "--json")
        assert done.code == 0
        assert [(run["inserted"], run["updated"], run["gone"]) for run in done.json["runs"]] == [(0, 0, 0)] * 4


def test_one_sources_trouble_does_not_keep_the_other_from_being_read(desk: Desk, tmp_path: Path) -> None:
    desk.write(
        desk.config.read_text(encoding="utf-8")
        + f"  well:\n    adapter: ledger\n    url: https://w.example\n    key: k\n    book: {tmp_path / 'well.json'}\n"
        "  off:\n    adapter: ledger\n    url: https://o.example\n    key: k\n    book: none\n    enabled: false\n"
    )
    (tmp_path / "well.json").write_text(
        '{"answer": "ok", "records": {"9": {"name": "Tea", "at": 1}}}', encoding="utf-8"
    )
    desk.book(answer="refused")
    done = desk.call("sync", "--json")
    assert done.code == 3
    found = {(run["source"], run["stream"]): run["status"] for run in done.json["runs"]}
    assert found == {("shop", None): "failed", ("well", "entries"): "ok", ("well", "notes"): "ok"}
    off = desk.call("sync", "off")
    assert off.code == 2
    assert "The source `off` is switched off." in off.err


def test_what_went_wrong_is_said_in_the_owners_language_with_its_advice(desk: Desk) -> None:
    desk.write("language: de\n" + desk.config.read_text(encoding="utf-8"))
    desk.book(answer="refused")
    done = desk.call("sync")
    assert "shop: Das Buch ist verschlossen.\n  Schließen Sie es auf.\n" in done.err
    assert "misslungen" in done.out


def test_a_source_that_another_process_is_reading_is_skipped(desk: Desk, tmp_path: Path) -> None:
    from connector.clock import SystemClock
    from connector.store import open_store
    from connector.store.locks import source_lock

    assert desk.call("sync").code == 0
    with open_store(f"sqlite:///{tmp_path / 'connector.db'}", clock=SystemClock()) as store, source_lock(store, "shop"):
        done = desk.process("sync", "--json")
    (run,) = done.json["runs"]
    assert done.code == 3
    assert (run["stream"], run["status"], run["error"]["class"]) == (None, "skipped", "SourceBusy")


def test_nobody_is_told_about_progress_on_stdout(shop_desk: Desk, shop: LoopbackServer) -> None:
    done = shop_desk.process("-v", "sync", "--json")
    assert done.out.startswith("{\n")
    assert done.json["runs"]
