"""The options: one spelling, the defaults of the definitions, and sentences for what cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from connector.errors import UsageError
from connector.kpi.options import KpiOptions

# Section 7 of the definitions, and what only short flags set: line_level, measure, cumulative, rolling, by.
DEFAULTS = """
samples: {tiny: 5, small: 30}
identity: {plus_tags: keep, phone: false, ignore: [], relay_domains: [], shared_names: 5}
orders: {date: created, merge: none, statuses: counted, min_total: null, exclude_tags: [], line_level: false}
refunds: {date: refund, split: estimate}
currency: {report: null, rates: order, table: {}}
customers: {ignore_fully_refunded: false}
returning: {mode: not_first}
retention: {active_days: 365}
repeat: {windows: [30, 60, 90, 180, 365], headline: 90, method: fixed}
cohorts: {grain: month, base: first_order, measure: active, cumulative: false, rolling: false, by: date}
clv: {horizon_months: 12, discount_rate: 0.10, margin: null, min_customers: 200, min_repeaters: 100, min_weeks: 26}
abandonment: {hours: 24}
service: {clock: auto, attribution: created, bots: [], exclude_tags: []}
frt: {agent_started: exclude, start: handoff}
sla: {chat: 2m, messaging: 15m, email: 24h, form: 24h, phone: 30s, social: 24h, marketplace: 24h, other: 24h}
aht: {concurrency: divide}
fcr: {method: recontact, days: 7, scope: any, ignore_thanks: true}
csat: {answer: latest, date: answer}
ces: {version: null}
cross:
  {index: first, channels: [chat], exposure_days: 30, outcome_days: 90, landmark: true, prepurchase_days: 7,
   returning: false, attribution_days: 30, risk_hours: 24, waiting: false}
"""


def _read(text: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def test_the_defaults_written_out_are_the_defaults() -> None:
    assert KpiOptions.model_validate(_read(DEFAULTS)) == KpiOptions()
    assert _read(DEFAULTS).keys() == KpiOptions.model_fields.keys()
    for block, keys in _read(DEFAULTS).items():
        assert keys.keys() == type(getattr(KpiOptions(), block)).model_fields.keys()


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("orders.date=paid", "orders.date", "paid"),
        (" orders.date = paid", "orders.date", "paid"),
        ("orders.min_total=9.90", "orders.min_total", Decimal("9.9")),
        ("orders.min_total=null", "orders.min_total", None),
        ("orders.statuses=[processing, completed]", "orders.statuses", ["processing", "completed"]),
        ("orders.statuses={main-shop: [processing]}", "orders.statuses", {"main-shop": ["processing"]}),
        ("repeat.windows=[90, 30, 90]", "repeat.windows", [30, 90]),
        ("retention.active_days=180", "retention.active_days", 180),
        ("retention.active_days=auto", "retention.active_days", "auto"),
        ("orders.merge=day", "orders.merge", "day"),
        ("repeat.method=km", "repeat.method", "km"),
        ("identity.phone=true", "identity.phone", True),
        ("currency.report=eur", "currency.report", "EUR"),
        ("currency.table={chf: 0.94}", "currency.table", {"CHF": Decimal("0.94")}),
        (
            "currency.table={CHF: {2024-01-01: 0.94}}",
            "currency.table",
            {"CHF": {date(2024, 1, 1): Decimal("0.94")}},
        ),
        ("customers.ignore_fully_refunded=true", "customers.ignore_fully_refunded", True),
        ("identity.plus_tags=merge", "identity.plus_tags", "merge"),
    ],
)
def test_one_option_for_one_call(text: str, path: str, value: Any) -> None:
    options = KpiOptions()
    changed = options.with_override(text)
    assert changed.value(path) == value
    assert options == KpiOptions()
    assert changed.with_override("samples.tiny=3").value(path) == value


@pytest.mark.parametrize(
    "text",
    [
        "orders.date",
        "orders=paid",
        "date=paid",
        "colour.red=1",
        "orders.colour=red",
        "orders.date=shipped",
        "orders.min_total=-1",
        "orders.min_total=.inf",
        "orders.statuses=completed",
        "retention.active_days=0",
        "retention.active_days=many",
        "retention.active_days=true",
        "retention.active_days=1.5",
        "repeat.windows=[]",
        "repeat.windows=30",
        "repeat.windows=[0]",
        "samples.tiny=-1",
        "orders.date=[",
        "orders.date=: :",
    ],
)
def test_what_cannot_be_is_a_sentence_with_a_next_step(text: str) -> None:
    with pytest.raises(UsageError) as error:
        KpiOptions().with_override(text)
    assert error.value.advice is not None
    for language in ("en", "de"):
        assert error.value.message.render(language)
        assert error.value.advice.render(language)


def test_near_misses_are_named() -> None:
    with pytest.raises(UsageError) as error:
        KpiOptions().with_override("orders.stati=[a]")
    assert error.value.advice is not None
    assert "orders.statuses" in error.value.advice.render("en")


def test_unknown_keys_in_the_config_are_refused() -> None:
    with pytest.raises(ValidationError):
        KpiOptions.model_validate({"orders": {"colour": "red"}})
    with pytest.raises(ValidationError):
        KpiOptions.model_validate({"orderz": {}})


def test_sla_targets_are_durations() -> None:
    assert KpiOptions().sla.messaging == 900.0
    assert KpiOptions().with_override("sla.chat=5m").sla.chat == 300.0
    for wrong in ("sla.chat=0", "sla.chat=soon", "fcr.days=31", "fcr.method=guess"):
        with pytest.raises(UsageError):
            KpiOptions().with_override(wrong)
