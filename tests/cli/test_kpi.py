"""`connector kpi` and `connector export` over a synced pretend shop."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Desk

HEADLINE = {
    "orders", "net_revenue", "aov", "customers", "new_customers", "returning_customers", "crr", "crr_textbook",
    "repeat_rate", "repeat_within_90", "refund_rate_orders",
}  # fmt: skip


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, str]) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("shop"))
    desk.write(f"timezone: Europe/Berlin\nlanguage: de\nsources:\n  main-shop: {json.dumps(keys)}\n")
    assert desk.process("sync").code == 0
    return desk


def test_the_headline_set_as_table_json_and_csv(synced: Desk) -> None:
    table = synced.call("kpi")
    assert table.code == 0
    assert "Nettoumsatz" in table.out
    document = synced.process("kpi", "--json")
    assert document.err == ""
    assert {record["id"] for record in document.json["results"]} == HEADLINE
    assert synced.call("kpi", "--format", "json").json["results"] == document.json["results"]
    rows = list(csv.DictReader(io.StringIO(synced.call("kpi", "--format", "csv").out)))
    assert {row["id"] for row in rows} == HEADLINE


def test_periods_filters_and_options_reach_the_question(synced: Desk) -> None:
    done = synced.call(
        "kpi", "orders", "--from", "2026-01", "--to", "2026-12-31", "--currency", "eur", "--customer-type", "new",
        "--set", "orders.date=paid", "--compare", "previous", "--by", "payment-method", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    record = done.json["results"][-1]
    assert done.json["period"]["from"].startswith("2026-01-01T00:00:00")
    assert done.json["period"]["to"].startswith("2027-01-01T00:00:00")
    assert record["filters"] == {"currency": ["EUR"], "customer_type": ["new"]}
    assert record["options"]["orders.date"] == "paid"
    assert record["group"] is None
    assert record["previous"] is not None


def test_grain_is_short_for_an_option(synced: Desk) -> None:
    (record,) = synced.call("kpi", "cohorts", "--grain", "quarter", "--json").json["results"]
    cohorts = [row["cohort"] for row in record["table"]["rows"]]
    assert cohorts
    assert all("-Q" in cohort for cohort in cohorts)


def test_the_cohort_table_has_its_short_forms(synced: Desk) -> None:
    flags = ("--measure", "revenue_per_member", "--cumulative", "--rolling", "--cohort-by", "country")
    records = synced.call("kpi", "cohorts", *flags, "--json").json["results"]
    assert records
    for record in records:
        table = record["table"]
        assert (table["measure"], table["grain"], table["by"]) == ("revenue_per_member", "block", "country")
        assert table["cumulative"] is True
        assert record["unit"] == "money"
    assert synced.call("kpi", "cohorts", "--measure", "money").code == 2
    assert synced.call("kpi", "cohorts", "--base", "first_visit").code == 2


def test_explain_says_how_a_figure_came_about(synced: Desk) -> None:
    done = synced.call("kpi", "crr", "--explain")
    assert "Optionen: " in done.out
    assert "retention.active_days = 365" in done.out
    to_programs = synced.process("kpi", "crr", "--explain", "--json")
    assert to_programs.json["results"]
    assert "retention.active_days = 365" in to_programs.err


def test_a_filter_that_does_not_fit_a_named_figure_is_2(synced: Desk) -> None:
    assert synced.call("kpi", "repeat_rate", "--customer-type", "new").code == 2
    assert synced.call("kpi", "orders", "--set", "orders.dat=paid").code == 2
    assert synced.call("kpi", "orders", "--source", "other").code == 2
    assert synced.call("kpi", "orders", "--set", "identity.phone=true").code == 2
    assert synced.call("kpi", "orders", "--set", "identity.phone=false").code == 0


def test_lines_products_and_short_flags_reach_the_question(synced: Desk) -> None:
    grouped = synced.call("kpi", "net_revenue", "--by", "product", "--line-level", "--json")
    assert grouped.code == 0, grouped.err
    rows = grouped.json["results"]
    assert rows[-1]["group"] is None
    assert len(rows) > 3
    name = next(row["group"]["product"] for row in rows if row["group"] and row["group"]["product"])
    one = synced.call("kpi", "net_revenue", "--product", name, "--line-level", "--json").json["results"]
    assert one[0]["value"] in [row["value"] for row in rows if row["group"] == {"product": name}]
    assert synced.call("kpi", "total_sales", "--line-level").code == 2
    assert synced.call("kpi", "crr", "--active-days", "auto").code == 0
    assert synced.call("kpi", "crr", "--active-days", "never").code == 2
    assert synced.call("kpi", "repeat_within_90", "--method", "km").code == 0
    assert synced.call("kpi", "crr", "--nonsense").code == 2
    done = synced.call("export", "lines", "--format", "csv", "--tables", "orders", "--product", name, "--line-level")
    assert done.code == 0, done.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_rows_behind_a_figure(synced: Desk, ending: str) -> None:
    done = synced.call("kpi", "orders", "--rows", f"rows.{ending}")
    assert done.code == 0, done.err
    assert (synced.folder / f"rows.{ending}").stat().st_size > 0
    assert synced.call("kpi", "--rows", f"rows.{ending}").code == 2
    assert synced.call("kpi", "orders", "--rows", "rows.doc").code == 2


def test_export_follows_the_ending_and_the_language(synced: Desk) -> None:
    done = synced.call("export", "report.xlsx")
    assert done.code == 0, done.err
    assert done.out == "Geschrieben: report.xlsx\n"
    assert (synced.folder / "report.xlsx").read_bytes()[:2] == b"PK"
    assert synced.call("export", "tables", "--format", "csv").code == 0
    german = (synced.folder / "tables" / "orders.csv").read_bytes()
    assert german.startswith(b"\xef\xbb\xbf")
    assert synced.call("export", "tables", "--csv", "plain", "--tables", "orders,refunds").code == 0
    plain = (synced.folder / "tables" / "orders.csv").read_text(encoding="utf-8")
    assert plain.startswith("source,order_id,number,status,")
    assert synced.call("export", "frames", "--format", "parquet", "--tables", "orders", "--tables", "persons").code == 0
    assert sorted(file.name for file in (synced.folder / "frames").iterdir()) == ["orders.parquet", "persons.parquet"]


def test_an_export_may_stand_beside_another_period(synced: Desk) -> None:
    asked = ("--csv", "plain", "--tables", "kpis", "--period", "last-month", "--compare", "previous")
    done = synced.call("export", "out", *asked)
    assert done.code == 0, done.err
    header, *rows = (synced.folder / "out" / "kpis.csv").read_text(encoding="utf-8").splitlines()
    assert {"previous_value", "change_value"} <= set(header.split(","))
    assert rows


def test_tables_may_be_named_one_after_the_other(synced: Desk) -> None:
    done = synced.call("export", "some", "--format", "csv", "--tables", "orders", "refunds", "--csv", "plain")
    assert done.code == 0, done.err
    assert sorted(file.name for file in Path(synced.folder / "some").iterdir()) == ["orders.csv", "refunds.csv"]
