"""Adapters are found by entry point; a broken one is reported and the rest go on."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from connector import catalog
from connector.errors import SettingsError
from connector.simulation.clock import FakeClock
from tests.config.conftest import Write, loaded, with_ledger


def test_names_are_listed_without_importing_anything() -> None:
    sys.modules.pop("pretend_shop", None)
    assert {"broken", "half", "ledger", "woocommerce"} <= set(catalog.names())
    assert list(catalog.names()) == sorted(catalog.names())
    assert "pretend_shop" not in sys.modules


def test_every_adapter_with_its_package_and_broken_ones_with_their_reason() -> None:
    found = {one.name: one for one in catalog.installed()}
    assert found["ledger"].package == "pretend-shop"
    assert found["ledger"].version == "1.5"
    assert found["ledger"].adapter is not None
    assert found["broken"].adapter is None
    assert "pretend_shop_that_is_not_there" in str(found["broken"].problem)
    assert "lacks" in str(found["half"].problem)
    assert found["woocommerce"].package == "shop-connector"
    assert found["woocommerce"].adapter is not None


def test_the_pretend_servers_are_found_too() -> None:
    assert "woocommerce" in catalog.simulators()


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match="Did you mean `ledger`") as caught:
        catalog.adapter("leger")
    assert "connector adapters" in str(caught.value.advice)


def test_two_packages_with_one_name_are_both_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "second_ledger-1.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: second-ledger\nVersion: 1.0\n", encoding="utf-8")
    (other / "entry_points.txt").write_text("[connector.adapters]\nledger = elsewhere:Ledger\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(SettingsError, match="`ledger`: pretend-shop, second-ledger"):
        catalog.adapter("ledger")
    assert catalog.adapter("woocommerce")


def test_an_adapter_is_built_with_the_transport_that_its_settings_ask_for(write: Write) -> None:
    config = loaded(write(with_ledger()))
    adapter, transport = catalog.build("ledger", config.sources["shop"], clock=FakeClock(), random=Random(1))
    try:
        assert type(adapter) is catalog.adapter("ledger")
        assert transport.requests == 0
    finally:
        transport.close()
