"""What is said about runs: each trouble once, each recovery once."""

from __future__ import annotations

from connector.daemon.watch import Watch, span
from connector.instants import DAY, HOUR, MINUTE, SECOND
from connector.sync import RunError, RunResult


def failed(stream: str | None, message: str) -> RunResult:
    return RunResult("shop", stream, "failed", error=RunError("Unavailable", message, "Wait."), fails=True)


def ok(stream: str) -> RunResult:
    return RunResult("shop", stream, "ok")


def said(watch: Watch, *results: RunResult, now: int = 0) -> list[str]:
    warnings, news = watch.look(results, now)
    return [str(message) for message in (*warnings, *news)]


def test_one_cause_is_said_once_for_all_streams() -> None:
    watch = Watch("shop")
    assert said(watch, failed("orders", "Gone."), failed("refunds", "Gone.")) == ["shop/orders: Gone. Wait."]
    assert said(watch, failed("orders", "Gone."), failed("refunds", "Gone.")) == []


def test_a_second_cause_is_said_too() -> None:
    watch = Watch("shop")
    said(watch, failed("orders", "Gone."), ok("refunds"))
    assert said(watch, failed("orders", "Gone."), failed("refunds", "Odd.")) == ["shop/refunds: Odd. Wait."]


def test_streams_come_back_one_by_one_and_the_last_brings_the_source_back() -> None:
    watch = Watch("shop")
    said(watch, failed("orders", "Gone."), failed("refunds", "Gone."))
    assert said(watch, ok("orders"), failed("refunds", "Gone."), now=HOUR) == ["shop/orders is back after 60 minutes."]
    assert said(watch, ok("orders"), ok("refunds"), now=3 * HOUR) == ["shop is back after 3 hours."]
    assert said(watch, ok("orders"), ok("refunds"), now=4 * HOUR) == []


def test_a_source_that_failed_as_a_whole_is_back_with_its_first_good_stream() -> None:
    watch = Watch("shop")
    assert said(watch, failed(None, "Closed.")) == ["shop: Closed. Wait."]
    assert said(watch, ok("orders"), now=MINUTE) == ["shop is back after 60 seconds."]


def test_what_is_incomplete_or_not_offered_is_said_once() -> None:
    watch = Watch("shop")
    partial = RunResult("shop", "orders", "partial", set_aside=2, error=RunError("SourceError", "2 set aside.", None))
    skipped = RunResult("shop", "carts", "skipped", error=RunError("StreamNotOffered", "Not in this plan.", None))
    assert said(watch, partial, skipped) == ["shop/orders: 2 set aside.", "shop/carts: Not in this plan."]
    assert said(watch, partial, skipped) == []
    assert said(watch, ok("orders"), skipped) == []
    assert said(watch, partial, skipped) == ["shop/orders: 2 set aside."]


def test_changes_are_news() -> None:
    changed = RunResult("shop", "orders", "ok", inserted=3, updated=1, gone=2)
    assert said(Watch("shop"), changed) == ["shop/orders: 3 new, 1 changed, 2 gone."]


def test_spans_are_said_in_the_unit_that_fits() -> None:
    assert str(span(40 * SECOND)) == "40 seconds"
    assert str(span(12 * MINUTE)) == "12 minutes"
    assert str(span(3 * HOUR)) == "3 hours"
    assert str(span(2 * DAY)) == "2 days"
