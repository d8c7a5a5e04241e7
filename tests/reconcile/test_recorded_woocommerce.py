"""The recorded WooCommerce shop beside its own recorded report, through the program itself.

The report of new and returning customers was recorded by month for the creation date alone; by payment date there is
one by year, which cannot be compared month by month.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from connector.cli import main
from connector.simulation.server import LoopbackServer
from tests.test_recorded_shop import RECORDED, Replay, run


class ReportingReplay(Replay):
    """The recorded shop with its recorded reports. `date_type` is the shop's option."""

    date_type = "date_paid"
    by_month = True
    gives_reports = True
    spoilt: Any = None

    def _answer(self, path: str, asked: dict[str, str]) -> tuple[str, Any]:
        name = path.removeprefix("wc-analytics/reports/")
        if self.spoilt is not None and name == "revenue/stats":
            return "200 OK", self.spoilt
        if name in ("revenue/stats", "orders/stats") and self.gives_reports:
            if name == "revenue/stats":
                file = f"revenue_stats_{asked.get('date_type', self.date_type)}"
            else:
                file = f"orders_stats_{asked['customer_type']}{'_date_created' if self.by_month else ''}"
            return "200 OK", self._recorded(file)
        if path.startswith(("wc-analytics/", "wc/v3/settings/")):
            return "404 Not Found", {"code": "rest_no_route", "message": "No route was found."}
        return super()._answer(path, asked)

    @staticmethod
    def _recorded(name: str) -> Any:
        file = RECORDED / "analytics" / f"{name}.json"
        if not file.exists():
            return {"totals": {}, "intervals": []}
        report = json.loads(file.read_text("utf-8"))
        return report.get("body", report)


@pytest.fixture(scope="module")
def replay() -> ReportingReplay:
    return ReportingReplay()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, replay: ReportingReplay) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("reconciled")
    with LoopbackServer(replay) as server:
        (folder / "config.yaml").write_text(
            "store: sqlite:///connector.db\ntimezone: Europe/Berlin\nlanguage: en\nsources:\n  shop:\n"
            f"    adapter: woocommerce\n    url: {server.address}\n"
            "    consumer_key: ck_x\n    consumer_secret: cs_x\n"
        )
        (folder / "config.yaml").chmod(0o600)
        run(folder, "sync", "--json")
        yield folder


@pytest.fixture
def shop(replay: ReportingReplay) -> Iterator[ReportingReplay]:
    """The shop as it was, whatever a test makes of it."""
    yield replay
    for name in ("date_type", "by_month", "gives_reports", "spoilt"):
        replay.__dict__.pop(name, None)


def months(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    document = json.loads(run(folder, "reconcile", "shop", *arguments, "--json"))
    assert set(document) == {"months"}
    return document["months"]


def adds_up(month: dict[str, Any]) -> None:
    """Ours, and what is explained, and the remainder, are theirs to the last digit."""
    assert set(month) == {"month", "theirs", "ours", "explained", "remainder"}
    moved: dict[str, Decimal] = defaultdict(Decimal)
    for one in month["explained"]:
        assert Decimal(one["amount"]) != 0
        moved[one["figure"]] += Decimal(one["amount"])
    for figure, theirs in month["theirs"].items():
        ours, rest = Decimal(month["ours"][figure] or 0), Decimal(month["remainder"][figure])
        assert ours + moved[figure] + rest == Decimal(theirs or 0), (month["month"], figure)


def explained(month: dict[str, Any]) -> dict[tuple[str, str], Decimal]:
    return {(one["figure"], one["option"]): Decimal(one["amount"]) for one in month["explained"]}


@pytest.mark.parametrize("date_type", ["date_paid", "date_created"])
def test_nothing_remains_of_the_recorded_shop(folder, shop, date_type):
    shop.date_type = date_type
    found = months(folder)
    assert [found[0]["month"], found[-1]["month"], len(found)] == ["2024-11", "2026-11", 25]
    for month in found:
        adds_up(month)
        assert set(month["theirs"]) == {
            *("orders", "net_revenue", "aov", "new_customers", "returning_customers"),
            *("total_sales", "taxes", "shipping", "refunds_value", "gross_sales", "discounts"),
        }
        assert {Decimal(rest) for rest in month["remainder"].values()} == {0}, month
        # The API gives each order's discount in whole cents, of which the report adds up the unrounded amounts.
        rounding = {figure: amount for (figure, option), amount in explained(month).items() if option == "rounding"}
        assert set(rounding) <= {"gross_sales", "discounts"}
        assert all(abs(amount) <= Decimal("0.03") for amount in rounding.values())
    totals = {"date_paid": (231, "17386.34"), "date_created": (251, "20006.86")}[date_type]
    assert sum(month["theirs"]["orders"] for month in found) == totals[0]
    assert sum(Decimal(month["theirs"]["net_revenue"]) for month in found) == Decimal(totals[1])
    assert sum(month["theirs"]["new_customers"] for month in found) == 94


def test_ours_are_the_figures_of_the_program(folder, shop):
    for month in months(folder, "--from", "2025-12", "--to", "2026-01-10"):
        records = json.loads(run(folder, "kpi", *month["ours"], "--period", month["month"], "--json"))["results"]
        for figure, ours in month["ours"].items():
            same = [one for one in records if one["id"] == figure and one["currency"] in (None, "EUR")]
            assert [one["value"] for one in same] == [ours], figure


def test_each_difference_has_its_own_reason(folder, shop):
    by_day = {}
    for month in months(folder):
        for key, amount in explained(month).items():
            by_day[key] = by_day.get(key, 0) + amount
    # 20 counted orders have no payment date; 34 of 251 are in Swiss francs.
    assert by_day["orders", "orders.date"] == -20
    assert ("orders", "currency") not in by_day
    assert by_day["refunds_value", "currency"] > 0
    assert {option for figure, option in by_day if figure == "new_customers"} <= {"identity", "orders.date"}
    # 80 persons and an order of nobody here, 94 accounts and guests there.
    assert sum(amount for (figure, _), amount in by_day.items() if figure == "new_customers") == 14
    assert ("aov", "aov") in by_day


def test_months_of_a_zone_behind_are_explained_by_it(folder, shop):
    config = folder / "config.yaml"
    text = config.read_text()
    try:
        config.write_text(text.replace("timezone: Europe/Berlin", "timezone: Pacific/Auckland"))
        found = months(folder)
    finally:
        config.write_text(text)
    assert all(Decimal(rest) == 0 for month in found for rest in month["remainder"].values())
    assert any(option == "timezone" for month in found for _, option in explained(month))


def test_a_shop_that_reports_customers_by_year_only_is_compared_without_them(folder, shop):
    shop.by_month = False
    result = CliRunner().invoke(main, ["--config", str(folder / "config.yaml"), "reconcile", "shop", "--json"])
    assert result.exit_code == 0
    assert "new and returning customers" in result.stderr
    found = json.loads(result.stdout)["months"]
    assert all("new_customers" not in month["theirs"] for month in found)
    assert all(Decimal(rest) == 0 for month in found for rest in month["remainder"].values())


def test_a_shop_without_analytics_cannot_be_compared(folder, shop):
    shop.gives_reports = False
    result = CliRunner().invoke(main, ["--config", str(folder / "config.yaml"), "reconcile", "shop"])
    assert result.exit_code == 2
    assert "Analytics" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "spoilt",
    [
        [],
        {"intervals": [{"interval": "2026-10", "subtotals": {"orders_count": "many"}}]},
        {"intervals": [{"interval": "2026", "subtotals": {"orders_count": 1}}]},
        {"intervals": [{"interval": "2026-10", "subtotals": {"orders_count": 1, "net_revenue": 1e300}}]},
    ],
    ids=["a list", "a word for a number", "by year", "no amount"],
)
def test_a_report_that_cannot_be_read_is_a_sentence(folder, shop, spoilt):
    shop.spoilt = spoilt
    result = CliRunner().invoke(main, ["--config", str(folder / "config.yaml"), "reconcile", "shop", "--json"])
    assert result.exit_code == 3, result.output
    assert "Error:" in result.stderr
    assert result.stdout == ""


def test_the_screen_names_reasons_and_what_they_mean(folder, shop):
    said = run(folder, "reconcile", "shop", "--from", "2026-05", "--to", "2026-10")
    assert "shop beside WooCommerce Analytics, 2026-05 to 2026-10, amounts in EUR" in said
    assert "orders.date: the day an order counts on" in said
    assert "every difference is explained" in said
