"""The back office's statistics beside ours: recorded figures, and a shop in which every option matters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connector.identity import resolve
from connector.identity.rules import IdentityRules
from connector.kpi.options import KpiOptions
from connector.reconcile import Reconciliation, reconcile
from connector.simulation.clock import FakeClock
from connector.testing.world import SOURCE, World, world
from tests.adapters.prestashop.recorded import RECORDED
from tests.adapters.prestashop.recorded_shop import recorded_shop
from tests.adapters.prestashop.test_simulator import RECORDED_AT

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock = FakeClock(RECORDED_AT)
    file = tmp_path_factory.mktemp("back-office") / "connector.db"
    with world("prestashop", recorded_shop(clock), f"sqlite:///{file}", clock) as made:
        assert {result.status for result in made.sync().values()} == {"ok"}
        yield made


def compared(there: World, *overrides: str, zone: ZoneInfo = BERLIN) -> Reconciliation:
    options = KpiOptions()
    for override in overrides:
        options = options.with_override(override)
    resolve(there.store, rules=IdentityRules(), clock=there.clock)
    adapter, transport = there.build()
    try:
        return reconcile(there.store, SOURCE, adapter, options=options, zone=zone)
    finally:
        transport.close()


@pytest.mark.parametrize("overrides", [(), ("orders.date=paid", "refunds.date=order"), ("orders.min_total=80",)])
def test_the_recorded_back_office_is_met_month_by_month(shop: World, overrides: tuple[str, ...]) -> None:
    recorded = json.loads((RECORDED / "backoffice_statistics.json").read_text("utf-8"))
    found = compared(shop, *overrides)
    assert not found.remains
    months = {month.month: month.theirs for month in found.months}
    assert len(recorded["sales_per_month"]) == 25
    for month, sales in recorded["sales_per_month"].items():
        assert months[month]["net_revenue"] == Decimal(str(sales)), month
        assert months[month]["orders"] == recorded["orders_per_month"][month], month
    whole = recorded["periods"]["2024-11-01..2026-11-30"]
    assert sum(month["orders"] or 0 for month in months.values()) == whole["orders"]


def test_what_explains_the_difference(shop: World) -> None:
    said = {(one.figure, one.option) for month in compared(shop).months for one in month.explained}
    assert said == {
        ("orders", "orders.date"),  # the day of the invoice
        ("net_revenue", "orders.date"),
        ("net_revenue", "refunds.date"),  # not subtracted
        ("net_revenue", "currency"),  # dollars, by each order's own rate
        ("total_sales", "refunds.date"),
        ("total_sales", "currency"),
    }


def test_a_state_that_counts_no_longer_is_explained_by_the_statuses(tmp_path: Path) -> None:
    clock = FakeClock(RECORDED_AT)
    shop = recorded_shop(clock)
    with world("prestashop", shop, f"sqlite:///{tmp_path / 'connector.db'}", clock) as there:
        there.sync()
        before = compared(there)
        shipped = next(row for row in shop.rows("order_states").values() if row["shipped"] == "1")
        shop.rows("order_states")[int(shipped["id"])] = {**shipped, "logable": "0"}
        there.sync("sweep")
        after = compared(there)
    assert not after.remains
    assert sum(month.theirs["orders"] for month in after.months) < sum(
        month.theirs["orders"] for month in before.months
    )
    assert {one.option for month in after.months for one in month.explained if one.figure == "orders"} == {
        "orders.statuses",
        "orders.date",
    }
