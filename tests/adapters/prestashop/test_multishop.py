"""One installation, two shops: every row says whose it is, and figures can be asked for one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from adapters.prestashop import ORDERS
from adapters.prestashop.simulator import PrestaShopShop
from connector.identity import resolve
from connector.identity.rules import IdentityRules
from connector.kpi.evaluate import evaluate
from connector.simulation.clock import FakeClock
from connector.testing.world import World, world


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock = FakeClock()
    shop = PrestaShopShop.small(clock=clock, seed=7)
    shop.insert("shops", {"name": "Zweiter Laden"}, 2)
    refunded = int(next(iter(shop.rows("order_slip").values()))["id_order"])
    for table in ("orders", "carts", "customers", "customer_threads"):
        for number in list(shop.rows(table)):
            if number % 2 == 0 or (table == "orders" and number == refunded):
                shop.overwrite(table, number, id_shop="2")
    file = tmp_path_factory.mktemp("two-shops") / "connector.db"
    with world("prestashop", shop, f"sqlite:///{file}", clock, shop="all") as made:
        assert {result.status for result in made.sync().values()} == {"ok"}
        resolve(made.store, rules=IdentityRules(), clock=clock)
        yield made


@pytest.mark.parametrize("table", ["orders", "carts", "customer_accounts", "conversations"])
def test_every_row_says_whose_it_is(both: World, table: str) -> None:
    with both.store.read() as connection:
        assert set(connection.execute(text(f"SELECT shop FROM {table}")).scalars()) == {"1", "2"}


@pytest.mark.parametrize("id", ["orders", "refunds_value", "cart_abandonment", "checkout_abandonment"])
def test_figures_of_one_shop_and_of_both(both: World, id: str) -> None:
    def asked(**more: object) -> list[tuple[object, object]]:
        evaluation = evaluate(both.store, (id,), clock=both.clock, zone=ZoneInfo("Europe/Berlin"), **more)  # type: ignore[arg-type]
        return [
            (
                figure.group and figure.group["shop"],
                figure.denominator if figure.denominator is not None else figure.value,
            )
            for figure in evaluation.figures
            if figure.currency in (None, "EUR")
        ]

    by = dict(asked(by="shop"))
    assert set(by) == {"1", "2", None}
    assert all(by.values())
    assert by["1"] + by["2"] == by[None]
    for shop in ("1", "2"):
        assert asked(filters={"shop": [shop]}) == [(None, by[shop])]


def test_the_setting_limits_every_list_of_the_walk(tmp_path: Path) -> None:
    clock = FakeClock()
    shop = PrestaShopShop.small(clock=clock, seed=7)
    shop.insert("shops", {"name": "Zweiter Laden"}, 2)
    shop.key.shops = frozenset({"1", "2"})
    for number in list(shop.rows("carts"))[:4]:
        shop.overwrite("carts", number, id_shop="2")
    with world("prestashop", shop, f"sqlite:///{tmp_path / 'connector.db'}", clock, shop="2") as there:
        there.server.keep_requests = True
        results = there.sync("sweep")
        assert {result.status for result in results.values()} == {"ok"}, results
        assert results["carts"].inserted == 4
        assert results["orders"].inserted == 0
        assert all("id_shop=2" in request for request in there.server.requests)


def shops_held(there: World) -> list[str]:
    with there.store.read() as connection:
        return list(connection.execute(text("SELECT shop FROM orders")).scalars())


@pytest.fixture
def two_shops(there: World) -> World:
    shop = there.simulator
    shop.insert("shops", {"name": "Zweiter Laden"}, 2)
    for order in list(shop.rows("orders"))[:5]:
        shop.overwrite("orders", order, id_shop="2")
    return there


def test_without_a_number_the_shop_of_the_address_is_read(two_shops):
    two_shops.sync(streams=["orders"])
    assert set(shops_held(two_shops)) == {"1"}
    assert not any("id_shop=" in request for request in two_shops.server.requests)


def test_all_shops_and_one_shop(two_shops):
    two_shops.sync(streams=["orders"], shop="all")
    assert sorted(set(shops_held(two_shops))) == ["1", "2"]
    two_shops.simulator.key.shops = frozenset({"1", "2"})
    two_shops.server.requests.clear()
    shop, transport = two_shops.build(shop="2")
    (page, _) = shop.pull(ORDERS, None)
    transport.close()
    assert len(page.records) == 5
    assert all("id_shop=2" in request for request in two_shops.server.requests)


def test_a_shop_that_is_not_there_and_one_that_is_not_the_keys(two_shops):
    results = two_shops.sync(streams=["orders"], shop="9")
    (result,) = results.values()
    assert "9" in result.error.message
    results = two_shops.sync(streams=["orders"], shop="2")
    (result,) = results.values()
    assert result.status == "failed"
    assert "not meant for this shop" in result.error.message
