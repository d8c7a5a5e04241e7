"""Random books: every further reading is what a slow count from the definitions' words gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.kpi.result import Evaluation, Figure
from connector.model import OrderLine, Refund, RefundLine
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi import naive_readings as slow
from tests.kpi.books import BERLIN, Books, at
from tests.kpi.naive import Naive, NaiveOrder, NaiveRefund
from tests.kpi.test_against_naive_count import books, same, written_down

OBSERVED = at("2024-03-15 13:00")
PERIODS = {"2023-12": at("2023-11-01"), "2024-02": at("2024-01-01"), "2024-Q1": at("2023-10-01")}
"""Period, and when the one before it begins."""
Kept = tuple[list[NaiveOrder], list[NaiveRefund]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('readings') / 'books.db'}", clock=FakeClock()) as opened:
        yield opened


def with_lines(kept: Kept) -> Callable[[Books], None]:
    """Writes the lines of all orders and refunds."""

    def more(written: Books) -> None:
        lines: dict[tuple[int, str], str] = {}
        for order in kept[0]:
            for product in slow.products(order):
                net, discount, quantity = slow.line(order, product)
                lines[order.key, product] = written.line(str(order.key), product, quantity=str(quantity))
                written.rows[OrderLine][-1] |= {"total_micros": net, "discount_micros": discount}
        for row, refund in zip(written.rows.get(Refund, []), kept[1], strict=True):
            order = kept[0][refund.order - 1]
            for product in slow.products(order):
                written.refund_line(str(row["refund_id"]), lines[order.key, product])
                written.rows[RefundLine][-1] |= {"total_micros": slow.refunded(order, product)}

    return more


def counted(kept: Kept, answer: Evaluation, **more: Any) -> Naive:
    return Naive(*kept, start=answer.start, end=answer.end, observed=OBSERVED, zone=BERLIN, **more)


def by_id(answer: Evaluation) -> dict[tuple[str, str | None], Figure]:
    return {(figure.id, figure.currency): figure for figure in answer.figures}


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(kept=books(), period=st.sampled_from(sorted(PERIODS)), product=st.sampled_from(slow.PRODUCTS))
def test_orders_and_lines_of_a_product(store: Store, kept: Kept, period: str, product: str) -> None:
    ours = written_down(store, *kept, OBSERVED, with_lines(kept))
    filters = {"product": [product]}
    whole = ours.ask("orders", "customers", "net_revenue", "repeat_rate", filters=filters, period=period)
    naive = counted(kept, whole, wanted=lambda order: product in slow.products(order))
    figures = by_id(whole)
    assert figures["orders", None].value == naive.counts()["orders"]
    assert figures["customers", None].value == naive.counts()["customers"]
    assert same(figures["repeat_rate", None].value, naive.rates()["repeat_rate"])
    for (id, currency), figure in figures.items():
        if id == "net_revenue" and currency is not None:
            assert same(figure.value, naive.money(currency)[id])
    lines = ours.ask(
        "gross_sales", "net_revenue", "aov", filters=filters, period=period, set=["orders.line_level=true"]
    )
    grouped = ours.ask("net_revenue", by="product", period=period, set=["orders.line_level=true"])
    for (id, currency), figure in by_id(lines).items():
        assert currency is not None
        assert same(figure.value, slow.of_lines(naive, product, currency)[id]), id
        rows = [row for row in grouped.figures if (row.group, row.currency) == ({"product": product}, currency)]
        if id == "net_revenue" and rows:
            assert rows[0].value == figure.value


@quick
@given(kept=books(), period=st.sampled_from(sorted(PERIODS)), by_sale=st.booleans())
def test_amounts_in_one_currency(store: Store, kept: Kept, period: str, by_sale: bool) -> None:
    ours = written_down(store, *kept, OBSERVED)
    options = ["currency.report=EUR", "currency.table={CHF: 0.75}", f"refunds.date={'order' if by_sale else 'refund'}"]
    answer = ours.ask("gross_sales", "net_revenue", "refunds_value", period=period, set=options)
    expected = slow.in_euro(counted(kept, answer, refunds_by_order=by_sale))
    assert {figure.id: figure.value for figure in answer.figures} == expected
    assert {figure.currency for figure in answer.figures} == {"EUR"}


@quick
@given(kept=books(), period=st.sampled_from(sorted(PERIODS)))
def test_merged_days_windows_and_kaplan_meier(store: Store, kept: Kept, period: str) -> None:
    ours = written_down(store, *kept, OBSERVED)
    answer = ours.ask("crr_window", "repeat_within_30_km", "repeat_within_90_km", period=period)
    naive = counted(kept, answer)
    figures = by_id(answer)
    assert figures["crr_window", None].parts == slow.window(naive, PERIODS[period])
    for days in (30, 90):
        assert same(figures[f"repeat_within_{days}_km", None].value, slow.kaplan_meier(naive, days)), days
    days_only = ours.ask(
        "repeat_rate", "repeat_within_30", "time_between_orders", period=period, set=["orders.merge=day"]
    )
    merged = counted((slow.merged(kept[0], BERLIN), []), days_only)
    figures = by_id(days_only)
    assert same(figures["repeat_rate", None].value, merged.rates()["repeat_rate"])
    assert (
        figures["repeat_within_30", None].numerator,
        figures["repeat_within_30", None].denominator,
    ) == merged.within(30)[:2]
    assert figures["time_between_orders", None].n == len(merged.gaps())
