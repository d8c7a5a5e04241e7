"""Revenue at risk (6.7), by hand; it is noon of 1 January 2026 unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from connector.clock import Clock
from connector.kpi.options import KpiOptions
from connector.kpi.rows import rows_behind
from tests.kpi.books import BERLIN
from tests.kpi.models.cdnow import purchases
from tests.kpi.talks import Talks

LATE, YOUNG = "2025-12-30 12:00", "2025-12-31 13:00"


def waits(talks: Talks, person: int | None, begun: str = LATE, *story: tuple[str, str], **more: Any) -> str:
    return talks.talk(begun, (begun, "customer"), *story, person=person, **more)


def work_list(talks: Talks, *overrides: str) -> Any:
    options = KpiOptions()
    for text in overrides:
        options = options.with_override(text)
    clock: Clock = talks.clock
    return rows_behind(talks.store, "x_revenue_at_risk", clock=clock, zone=BERLIN, options=options)


def shop_of_five(talks: Talks) -> None:
    """1 and 2 bought lately and wait; 3 bought long ago; 4 waits for less than a day; 5 was answered."""
    talks.order("2025-12-01", 1, "100.00", tax="20.00")
    talks.order("2025-03-01", 1, "50.00")
    talks.order("2024-12-01", 1, "999.00")  # older than 365 days
    talks.refund(talks.order("2025-11-01", 2, "40.00", status="processing"), "2025-11-20", "15.00")
    talks.order("2025-06-01", 3, "70.00")
    talks.order("2025-12-01", 4, "70.00")
    talks.order("2025-12-01", 5, "70.00")
    waits(talks, 1)
    waits(talks, 2, "2025-12-29")
    waits(talks, 3)
    waits(talks, 4, YOUNG)
    waits(talks, 5, LATE, ("2025-12-30 13:00", "agent"), ("2025-12-30 18:00", "customer"))
    waits(talks, None)
    talks.talk(LATE, (LATE, "customer"), ("2025-12-30 14:00", "solved"), person=5)


def test_who_waits_too_long_and_what_they_brought(talks: Talks) -> None:
    shop_of_five(talks)
    talks.save()
    figure = talks.figure("x_revenue_at_risk")
    assert (figure.value, figure.n, figure.currency) == (Decimal(155_000_000), 2, "EUR")  # 80 + 50 + 40 - 15
    assert figure.extra["persons"] == 2
    assert figure.extra["open_orders"] == {"orders": 1, "value": Decimal(40_000_000)}
    assert figure.extra["expected_value"] is None  # far too few customers for a model
    record = figure.to_json("en")
    assert (record["value"], record["open_orders"]["value"]) == ("155.00", "40.00")
    assert "exposure, not expected loss" in record["notes"][-1]
    assert not figure.has("tiny")  # it is all there is, and no sample


def test_a_later_reply_is_asked_for(talks: Talks) -> None:
    shop_of_five(talks)
    talks.save()
    figure = talks.figure("x_revenue_at_risk", set=["cross.waiting=true"])
    assert (figure.value, figure.n) == (Decimal(225_000_000), 3)


def test_hours_of_the_owner(talks: Talks) -> None:
    shop_of_five(talks)
    talks.save()
    assert talks.figure("x_revenue_at_risk", set=["cross.risk_hours=12"]).n == 3
    assert talks.figure("x_revenue_at_risk", set=["cross.risk_hours=72"]).n == 1


def test_as_of_a_day_in_the_past(talks: Talks) -> None:
    """What was answered on 10 June waited on the 5th."""
    talks.order("2025-06-01", 1, "70.00")
    waits(talks, 1, "2025-06-02", ("2025-06-10", "agent"), ("2025-06-10", "solved"))
    talks.save()
    assert talks.figure("x_revenue_at_risk", end="2025-06-05").n == 1
    assert talks.figure("x_revenue_at_risk", end="2025-06-12").n == 0
    assert talks.figure("x_revenue_at_risk", end="2025-06-12").value == 0


def test_each_currency_apart(talks: Talks) -> None:
    talks.order("2025-12-01", 1, "70.00")
    talks.order("2025-12-01", 2, "30.00", currency="CHF")
    waits(talks, 1)
    waits(talks, 2)
    talks.save()
    found = {figure.currency: (figure.value, figure.n) for figure in talks.ask("x_revenue_at_risk").figures}
    assert found == {"EUR": (Decimal(70_000_000), 1), "CHF": (Decimal(30_000_000), 1)}
    assert sorted(work_list(talks)["currency"]) == ["CHF", "EUR"]


def test_the_work_list_has_links_the_oldest_and_most_valuable_first(talks: Talks) -> None:
    for person, total, begun in ((1, "10.00", LATE), (2, "90.00", LATE), (3, "5.00", "2025-12-28"), (4, "1.00", YOUNG)):
        talks.order("2025-12-01", person, total)
        waits(talks, person, begun, conversation_id=f"t{person}")
    talks.save()
    rows = work_list(talks)
    assert rows["url"].to_list() == [f"https://desk.example/t{person}" for person in (3, 2, 1)]
    assert rows["net_revenue"].to_list() == [Decimal(5), Decimal(90), Decimal(10)]
    assert rows["email"][0] == "person3@example.test"
    assert rows["waited_seconds"][1] == 2 * 86_400


def test_of_one_channel_and_by_channel(talks: Talks) -> None:
    for person, channel in ((1, "email"), (2, "chat")):
        talks.order("2025-12-01", person, "10.00")
        waits(talks, person, channel=channel)
    talks.save()
    assert talks.figure("x_revenue_at_risk", filters={"channel": ["email"]}).n == 1
    found = talks.ask("x_revenue_at_risk", by="channel", period="2026-01").figures
    assert [(figure.group, figure.n) for figure in found] == [
        ({"channel": "chat"}, 1),
        ({"channel": "email"}, 1),
        (None, 2),
    ]


def test_what_waiting_customers_are_expected_to_bring(new_talks: Callable[..., Talks]) -> None:
    """An eighth of a published sample, and its last buyer waits: the value that the model gives for this person."""
    pytest.importorskip("scipy")
    talks = new_talks(now="1998-07-01 12:00")
    bought = [row for row in purchases() if row[0] % 8 == 0]
    for customer, day, dollars in bought:
        talks.order(f"{day} 10:00", customer, str(dollars), currency="USD")
    last = max(bought, key=lambda row: row[1])[0]
    waits(talks, last, "1998-06-28")
    talks.save()
    found = talks.figure("x_revenue_at_risk").extra["expected_value"]
    each = rows_behind(talks.store, "clv_predicted", clock=talks.clock, zone=BERLIN)
    alone = each.filter(pl.col("person_id") == last)["expected_value"][0]
    assert found / 1_000_000 == pytest.approx(alone, abs=Decimal("0.01"))
    assert alone > 0
