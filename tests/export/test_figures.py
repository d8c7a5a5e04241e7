"""`kpi` as JSON, CSV and on the screen: the same digits, small samples and gaps said as the definitions ask."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from rich.console import Console

from connector.export.figures import to_csv, to_json, to_table
from connector.kpi.result import Change, Evaluation, Figure, Interval, LeftOut, Unit
from connector.messages.kpi import KPI
from tests.export import examples as ex

SP = "\u00a0"


def screen(evaluation: Evaluation, width: int = 100, **more: Any) -> str:
    out = io.StringIO()
    Console(file=out, width=width, **more).print(to_table(evaluation))
    return out.getvalue().replace(SP, " ")


def line(text: str, start: str) -> str:
    return next(one for one in text.splitlines() if one.strip().startswith(start))


def records(evaluation: Evaluation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(evaluation), newline="")))


# --- JSON and CSV -----------------------------------------------------------------------------------------------------


def test_json_is_the_document_and_nothing_else() -> None:
    document = json.loads(to_json(ex.answer()))
    assert set(document) == {"generated_at", "timezone", "period", "compare", "results"}
    revenue = document["results"][1]
    assert (revenue["id"], revenue["value"], revenue["currency"]) == ("net_revenue", "123.46", "EUR")
    assert document["results"][3]["value"] == 2 / 7
    assert to_json(ex.answer(language="de")).count("Kundenbindungsrate") == 2


def test_json_holds_text_as_it_is() -> None:
    figure = ex.figure("orders", Unit.COUNT, 1, grouped=True, group={"country": "=cmd"})
    assert json.loads(to_json(ex.answer(figure)))["results"][0]["group"] == {"country": "=cmd"}


def test_csv_has_one_row_per_figure_with_the_records_fields() -> None:
    rows = records(ex.answer())
    assert [row["id"] for row in rows][:3] == ["orders", "net_revenue", "net_revenue"]
    assert [row["value"] for row in rows][:4] == ["12345", "123.46", "-5000", repr(2 / 7)]
    retention = rows[3]
    assert (retention["numerator"], retention["denominator"], retention["n"]) == ("200", "700", "700")
    assert (retention["ci_low"], retention["ci_high"], retention["ci_method"]) == ("0.2536", "0.3203", "wilson")
    assert retention["period_start"] == "2025-12-31T23:00:00Z"
    assert json.loads(retention["parts"])["reactivated"] == 140
    assert rows[4]["value"] == ""
    assert rows[4]["reason"] == "no active customers at the start"
    assert rows[5]["flags"] == "small"
    assert rows[7]["stats_mean"] == repr(60.2 * 86_400)


def test_csv_never_begins_a_text_with_a_formula() -> None:
    figure = ex.figure("orders", Unit.COUNT, -1, grouped=True, group={"payment_method": "=cmd|x"})
    (row,) = records(ex.answer(figure))
    assert row["group_payment_method"] == "'=cmd|x"
    assert row["value"] == "-1"


def test_csv_of_cohorts_alone_is_the_triangle() -> None:
    assert to_csv(ex.answer(ex.triangle())).splitlines() == [
        "cohort,size,month_0,month_1,month_2,month_3",
        "2026-07,40,1.0,0.25,0.0,0.15",
        "2026-08,3,1.0,0.3333333333333333,0.3333333333333333,",
        "2026-09,50,1.0,0.4,,",
        "2026-10,60,1.0,,,",
    ]


def test_csv_of_a_comparison_and_of_groups() -> None:
    compared, german, nowhere, total = records(ex.answer(ex.compared(), *ex.by_country(), compare=True))
    assert (compared["value"], compared["previous_value"]) == ("59.99", "50.00")
    assert (compared["change_value"], compared["change_unit"]) == ("0.1998", "percent")
    assert compared["previous_period_start"] == "2024-12-31T23:00:00Z"
    assert (german["group"], german["group_country"]) == ('{"country": "DE"}', "DE")
    assert (nowhere["group"], nowhere["group_country"]) == ('{"country": null}', "")
    assert (total["group"], total["group_country"]) == ("", "")


# --- the screen -------------------------------------------------------------------------------------------------------


def test_the_screen_in_english() -> None:
    shown = screen(ex.answer())
    assert "2026-01-01 – 2026-10-31 (Europe/Berlin)" in shown
    assert re.search(r"Orders\s+12,345", shown)
    assert re.search(r"Net revenue\s+€123\.46", shown)
    assert re.search(r"Net revenue\s+-5,000 JPY", shown)
    assert re.search(r"Customer retention rate\s+28\.6%\s+25\.4% – 32\.0%\s+700", shown)
    assert re.search(r"Time between orders\s+41\.5 days\s+38\.0 days – 44\.3 days\s+420", shown)
    assert "active at the start 700 · active at the end 640 · new 300 · came back 140" in shown
    assert "mean 60.2 days · 90th percentile 120.0 days · longest 400.0 days" in shown
    assert "3 without the chosen date are not part of this" in shown


def test_the_screen_in_german() -> None:
    shown = screen(ex.answer(language="de"))
    assert "01.01.2026 – 31.10.2026 (Europe/Berlin)" in shown
    assert re.search(r"Bestellungen\s+12\.345", shown)
    assert re.search(r"Nettoumsatz\s+123,46 €", shown)
    assert re.search(r"Kundenbindungsrate\s+28,6 %\s+25,4 % – 32,0 %\s+700", shown)
    assert "3 von 4" in shown
    assert "41,5 Tage" in shown


def test_a_missing_value_says_why() -> None:
    assert "n/a (no active customers at the start)" in screen(ex.answer(ex.missing()))
    assert "k. A. (" in screen(ex.answer(ex.missing(), language="de"))


def test_a_tiny_sample_shows_counts_and_no_percentage() -> None:
    shown = screen(ex.answer(ex.tiny()))
    assert "3 of 4" in shown
    assert "%" not in line(shown, "Refund rate")


def test_a_tiny_mean_shows_the_number_of_cases_alone() -> None:
    figure = ex.figure("items_per_order", Unit.NUMBER, 2.5, n=2, flags=ex.tiny().flags)
    shown = line(screen(ex.answer(figure)), "Items per order")
    assert "n = 2" in shown
    assert "2.5" not in shown


def test_a_share_of_money_says_of_which_currency() -> None:
    figure = ex.figure("new_revenue_share", Unit.RATE, 0.3, currency="CHF")
    assert "(CHF)" in screen(ex.answer(figure))
    assert "(CHF)" not in screen(ex.answer(ex.revenue("CHF")))


def test_a_small_sample_is_shown_with_its_interval_and_a_warning() -> None:
    shown = screen(ex.answer(ex.small()))
    assert re.search(r"Repeat rate\s+25\.0%\s+8\.9% – 53\.2%\s+12", shown)
    assert "small sample (n = 12)" in shown


def test_a_comparison() -> None:
    shown = screen(ex.answer(ex.compared(), compare=True))
    assert re.search(r"Average order value\s+59\.99 CHF\s+50\.00 CHF\s+\+20\.0%", shown)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (Change(0.021, "points", Interval(0.005, 0.037, "newcombe")), "↑ +2.1 points"),
        (Change(0.021, "points", Interval(-0.005, 0.037, "newcombe")), "+2.1 points"),
        (Change(-0.12, "percent"), "-12.0%"),
        (Change(None, "percent", reason=KPI("change.previous_zero")), "n/a (previous 0)"),
    ],
)
def test_an_arrow_only_where_the_interval_excludes_no_change(change: Change, shown: str) -> None:
    figure = ex.figure("repeat_rate", Unit.RATE, 0.5, compared=True, change=change)
    printed = screen(ex.answer(figure, compare=True))
    assert shown in printed
    assert ("↑" in printed or "↓" in printed) == shown.startswith("↑")


def test_groups_with_their_total() -> None:
    shown = screen(ex.answer(*ex.by_country()))
    assert re.search(r"DE\s+900", shown)
    assert re.search(r"\(none\)\s+100", shown)
    assert re.search(r"Total\s+1,000", shown)


def test_another_period_of_one_figure_is_said() -> None:
    retention = ex.retention()
    other = Figure(**{name: getattr(retention, name) for name in retention.__slots__} | {"start": ex.BEFORE})
    assert "Period 2025-01-01 – 2026-10-31." in screen(ex.answer(ex.orders(), other))


def test_what_was_left_out_is_named() -> None:
    evaluation = ex.answer(ex.orders())
    left_out = Evaluation(
        **{name: getattr(evaluation, name) for name in evaluation.__slots__}
        | {"left_out": (LeftOut("crr", KPI("reason.no_shop")),)}
    )
    assert "crr is left out: no shop has been synced yet" in screen(left_out)


def test_the_triangle() -> None:
    shown = screen(ex.answer(ex.triangle()))
    assert re.search(r"2026-07\s+40\s+100\.0%\s+25\.0%\s+0\.0%\s+15\.0%", shown)
    assert re.search(r"2026-08\s+3\s+3\s+1\s+1\s*$", shown, re.MULTILINE)  # fewer than five: counts
    assert re.search(r"2026-09\s+50\s+100\.0%\s+40\.0%\s*$", shown, re.MULTILINE)  # not over yet: blank
    assert re.search(r"Average\s+153\s+100\.0%\s+33\.3%\s+2\.3%\s+15\.0%", shown)


def test_a_narrow_screen_says_what_it_hides_and_breaks_no_number() -> None:
    shown = screen(ex.answer(language="de"), width=80)
    assert all(len(one) <= 80 for one in shown.splitlines())
    assert "…" not in shown
    narrow = screen(ex.answer(ex.triangle()), width=40)
    assert "more columns do not fit here" in narrow
    assert "1 more" in narrow or "2 more" in narrow


def test_markup_in_data_is_text() -> None:
    figure = ex.figure("orders", Unit.COUNT, 1, grouped=True, group={"payment_method": "[red]x[/red]"})
    assert "[red]x[/red]" in screen(ex.answer(figure), force_terminal=False)


def test_the_same_digits_everywhere() -> None:
    evaluation = ex.answer()
    by_json = json.loads(to_json(evaluation))["results"]
    by_csv = records(evaluation)
    shown = screen(evaluation)
    for figure, row in zip(by_json, by_csv, strict=True):
        value = figure["value"]
        assert row["value"] == ("" if value is None else value if isinstance(value, str) else repr(value))
    assert by_json[1]["value"] == by_csv[1]["value"] == "123.46"
    assert "€123.46" in shown
    assert f"{by_json[3]['value'] * 100:.1f}%" in shown
