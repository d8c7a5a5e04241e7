"""A pretend shop with every oddity: whatever its reports and our options are set to, nothing remains unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from connector.errors import UsageError
from connector.identity import resolve
from connector.identity.rules import IdentityRules
from connector.kpi.evaluate import evaluate
from connector.kpi.options import KpiOptions
from connector.kpi.period import asked
from connector.money import rounded
from connector.reconcile import Reconciliation, reconcile
from connector.simulation.clock import FakeClock
from connector.testing.world import SOURCE, World, world

BERLIN = ZoneInfo("Europe/Berlin")
NOW = 1_795_294_961_000_000  # 2026-11-21 21:02:41 UTC


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock = FakeClock(NOW)
    shop = WooCommerceShop.small(clock=clock, seed=3)
    random = Random(11)
    for _ in range(120):
        shop.change(random)
        clock.sleep(random.randrange(90_000))
    for status in ("in-production", "plugin-status"):
        shop.register_status(status, status)  # what is in no list cannot be known
    unpaid = shop.create_order(status="on-hold", payment="bacs", currency="CHF")
    shop.refund(unpaid, "2.00", itemised=False)
    file = tmp_path_factory.mktemp("busy") / "connector.db"
    with world("woocommerce", shop, f"sqlite:///{file}", clock) as made:
        made.settle()
        resolve(made.store, rules=IdentityRules(), clock=clock)
        yield made


@pytest.fixture
def there(busy: World) -> Iterator[World]:
    shop: Any = busy.simulator
    before = (shop.report_date, shop.report_excluded, shop.timezone)
    yield busy
    shop.report_date, shop.report_excluded, shop.timezone = before


def options(*overrides: str) -> KpiOptions:
    made = KpiOptions()
    for override in overrides:
        made = made.with_override(override)
    return made


def compared(there: World, *overrides: str, zone: ZoneInfo = BERLIN, **more: Any) -> Reconciliation:
    adapter, transport = there.build()
    try:
        return reconcile(there.store, SOURCE, adapter, options=options(*overrides), zone=zone, **more)
    finally:
        transport.close()


OURS = (
    (),
    ("orders.date=paid", "refunds.date=order", "refunds.split=net"),
    ("orders.date=completed", "orders.min_total=25", "returning.mode=prior_period_only"),
    ("orders.statuses=[completed, refunded]", "customers.ignore_fully_refunded=true"),
)


@pytest.mark.parametrize("date", ["date_paid", "date_created", "date_completed"])
@pytest.mark.parametrize("ours", OURS)
def test_nothing_remains_whatever_is_set(there: World, date: str, ours: tuple[str, ...]) -> None:
    there.simulator.report_date = date
    assert not compared(there, *ours).remains


def test_statuses_that_the_owner_leaves_out_are_found_in_the_settings(there: World) -> None:
    there.simulator.report_excluded = frozenset({"pending", "failed", "cancelled", "processing"})
    found = compared(there)
    assert not found.remains
    assert any(one.option == "orders.statuses" for month in found.months for one in month.explained)


def test_another_reporting_zone_is_explained(there: World) -> None:
    assert not compared(there, zone=ZoneInfo("America/Los_Angeles")).remains


@pytest.mark.parametrize("ours", OURS)
def test_ours_are_what_kpi_says(there: World, ours: tuple[str, ...]) -> None:
    found = compared(there, *ours)
    for month in found.months:
        evaluation = evaluate(
            there.store,
            tuple(month.ours),
            clock=there.clock,
            zone=BERLIN,
            options=options(*ours),
            asked=asked(month.month, None, None, BERLIN, there.clock.now()),
        )
        same = {one.id: one for one in evaluation.figures if one.currency in (None, found.currency)}
        for figure, value in month.ours.items():
            theirs = same[figure].value
            shown = rounded(theirs, found.currency) if same[figure].currency and theirs is not None else theirs
            # Without an order in the main currency there may be no record at all, where there is one in another.
            assert (value or Decimal(0)) == (shown or 0), (month.month, figure)


def test_months_are_whole_and_those_asked_for(there: World) -> None:
    period = asked(None, "2026-09-17", "2026-10-02", BERLIN, there.clock.now())
    assert [month.month for month in compared(there, asked=period).months] == ["2026-09", "2026-10"]


def test_what_came_after_the_last_sync_is_on_neither_side(there: World) -> None:
    """The report is asked for up to the last sync, so that a busy shop has no remainder."""
    there.clock.sleep(3600)
    there.simulator.create_order(status="processing")
    assert not compared(there, "orders.date=paid").remains
    there.sync()
    resolve(there.store, rules=IdentityRules(), clock=there.clock)
    assert not compared(there, "orders.date=paid").remains


def test_what_changed_since_the_last_sync_remains_and_nothing_hides_it(there: World) -> None:
    shop: Any = there.simulator
    there.clock.sleep(3600)
    order = next(row for row in shop.orders.rows.values() if row.status == "completed" and row.paid)
    shop.force_delete(order.id)
    assert compared(there).remains
    there.settle()
    assert not compared(there).remains


def test_a_source_that_was_never_synced(tmp_path: Path) -> None:
    clock = FakeClock(NOW)
    with world("woocommerce", WooCommerceShop.empty(clock=clock), f"sqlite:///{tmp_path / 'c.db'}", clock) as empty:
        with pytest.raises(UsageError, match="Nothing is stored"):
            compared(empty)
        empty.sync()
        with pytest.raises(UsageError, match="Nothing is stored"):
            compared(empty)


def test_on_both_databases(store_url: str) -> None:
    clock = FakeClock(NOW)
    shop = WooCommerceShop.small(clock=clock, seed=5)
    with world("woocommerce", shop, store_url, clock) as there:
        there.sync()
        resolve(there.store, rules=IdentityRules(), clock=clock)
        assert not compared(there, "orders.date=paid").remains
        assert not compared(there).remains
