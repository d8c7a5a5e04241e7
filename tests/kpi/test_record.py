"""Convention C1 and the JSON document: every key, every digit, no NaN."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from connector.kpi.options import KpiOptions
from connector.kpi.registry import chosen
from connector.kpi.result import EXTRA, Figure, Flag, Interval, Unit
from connector.kpi.shop.customer_figures import CUSTOMERS
from connector.kpi.shop.figures import SHOP
from connector.messages.kpi import KPI
from tests.kpi.books import Books

RECORD = {
    "id", "label", "value", "unit", "numerator", "denominator", "n", "ci_low", "ci_high", "ci_method", "period_start",
    "period_end", "timezone", "filters", "options", "currency", "flags", "excluded", "notes", "reason",
}  # fmt: skip


@pytest.fixture
def busy(both: Books) -> Books:
    """A bit of everything."""
    for person in range(1, 8):
        for month in range(1, 9):
            order = both.order(
                f"2024-{month:02d}-{person:02d} 10:00",
                person if month % 3 else None,
                f"{person * month}.33",
                tax="0.05",
                shipping="0.10",
                discount="0.01",
                currency="EUR" if person % 3 else "CHF",
                quantity="2",
                country=("DE", "AT", None)[person % 3],
            )
            if month == 2:
                both.refund(order, "2024-03-31", "1.00", tax=None, quantity="1", returned=True)
    return both.save()


def test_every_figure_is_a_whole_record_and_valid_json(busy: Books) -> None:
    for more in ({}, {"compare": "year", "period": "2024"}, {"by": "country", "compare": "previous"}):
        answer = busy.ask(*(kpi.id for kpi in (*SHOP, *CUSTOMERS)), **more)
        for language in ("en", "de"):
            text = json.dumps(answer.to_json(language), allow_nan=False)
            for record in json.loads(text)["results"]:
                assert record.keys() >= RECORD
                assert record.keys() - RECORD <= {*EXTRA, "stats", "parts", "table", "group", "previous", "change"}
                assert ("group" in record) == ("by" in more or record["id"] == "rfm")  # which comes in segments
                assert ("change" in record) == ("compare" in more)
                assert record["value"] is not None or record["flags"], record
                if record["unit"] == "rate" and record["value"] is not None:
                    exact = record["currency"] is None  # amounts are rounded in the record, their ratio is not
                    share = float(record["numerator"]) / float(record["denominator"])
                    assert record["value"] == pytest.approx(share, rel=1e-12 if exact else 0.01)


def test_the_document(busy: Books) -> None:
    document = busy.ask("orders", period="2024-03").to_json("de")
    assert document.keys() == {"generated_at", "timezone", "period", "compare", "results"}
    assert document["generated_at"] == "2026-01-01T12:00:00+01:00"
    assert document["timezone"] == "Europe/Berlin"
    assert document["period"] == {"from": "2024-03-01T00:00:00+01:00", "to": "2024-04-01T00:00:00+02:00"}
    assert document["results"][0]["label"] == "Bestellungen"
    assert document["results"][0]["options"]["orders.date"] == "created"


def test_numbers_stay_exact(busy: Books) -> None:
    figure = busy.figure("refund_rate_orders", period="2024")
    assert json.loads(json.dumps(figure.to_json("en")))["value"] == 7 / 56


def test_the_same_question_gives_the_same_digits_whoever_asks_with_it(busy: Books) -> None:
    together = {
        row.id: row.to_json("en") for row in busy.ask(*(kpi.id for kpi in SHOP), filters={"currency": ["EUR"]}).figures
    }
    for id, record in together.items():
        alone = [row for row in busy.ask(id, filters={"currency": ["EUR"]}).figures if row.id == id]
        assert [row.to_json("en") for row in alone] == [record]


def test_what_is_read_for_a_period_alone_gives_what_all_history_gives(busy: Books) -> None:
    """Without figures that look back only the period's orders are read; the digits must not depend on it."""
    ids = [kpi.id for kpi in SHOP if not kpi.history]
    alone = [row.to_json("en") for row in busy.ask(*ids, period="2024-05", compare="previous").figures]
    with_history = busy.ask(*ids, "repeat_rate", period="2024-05", compare="previous").figures
    assert alone == [row.to_json("en") for row in with_history if row.id != "repeat_rate"]


def figure(**more: object) -> Figure:
    values: dict[str, object] = {
        "id": "aov",
        "label": KPI("reason.no_orders"),
        "unit": Unit.MONEY,
        "value": Decimal("12345678"),
        "start": 0,
        "end": 1,
        "zone": ZoneInfo("UTC"),
        "currency": "EUR",
    }
    return Figure(**(values | more))  # type: ignore[arg-type]


def test_money_is_rounded_once_half_up() -> None:
    assert figure(value=Decimal("1005000")).to_json("en")["value"] == "1.01"
    assert figure(value=Decimal("-1005000")).to_json("en")["value"] == "-1.01"
    assert figure(value=Decimal("-4000")).to_json("en")["value"] == "0.00"
    assert figure(value=Decimal("1500000"), currency="JPY").to_json("en")["value"] == "2"
    interval = Interval(Decimal("1.5"), Decimal("2000000"), "t")
    record = figure(interval=interval).to_json("en")
    assert (record["ci_low"], record["ci_high"]) == ("0.00", "2.00")


def test_flags_name_what_says_nothing_alone() -> None:
    flags = (Flag("small", "12"), Flag("data_until", datetime(2024, 3, 5, 14, tzinfo=UTC)))
    assert figure(flags=flags).to_json("en")["flags"] == ["small", "data_until 2024-03-05 14:00"]
    assert [flag.words().render("de") for flag in flags] == [
        "kleine Stichprobe (n = 12)",
        "Daten bis 05.03.2024 14:00",
    ]


def test_options_are_plain_json() -> None:
    options = KpiOptions().with_override("orders.min_total=10.5").with_override("orders.statuses={shop: [a]}")
    shown = {name: options.value(name) for name in ("orders.min_total", "orders.statuses")}
    assert figure(options=shown).to_json("en")["options"] == {
        "orders.min_total": "10.5",
        "orders.statuses": {"shop": ["a"]},
    }


def test_every_figure_explains_itself(busy: Books) -> None:
    from connector.kpi.explain import explain

    options = KpiOptions()
    ids = [kpi.id for kpi in chosen([kpi.id for kpi in SHOP], options)]
    for language in ("en", "de"):
        for told in explain(busy.ask(*ids), options):
            texts = [told.question, told.formula, *told.counts, *told.excluded, *told.flags, *told.notes]
            assert all(text.render(language).strip() for text in texts)
            assert "orders.date" in told.options
    refunds = next(one for one in explain(busy.ask("net_revenue")) if one.figure.currency == "EUR")
    assert [count.render("en") for count in refunds.counts] == [
        "40 counted orders that meet the filters, of all time",
        "40 of them in the period",
        "5 refunds in the period",
    ]
