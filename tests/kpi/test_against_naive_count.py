"""Random books: whatever they hold, the figures are what a slow count from the definitions' words gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from connector.kpi.result import Triangle, Unit
from connector.kpi.shop.figures import SHOP
from connector.model import Order, OrderLine, Person, Refund, RefundLine, Source, StreamState
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import BERLIN, Books, at
from tests.kpi.naive import DAY, Naive, NaiveOrder, NaiveRefund

BEGIN = at("2023-11-01")
FIGURES = [*(kpi.id for kpi in SHOP), "cohorts"]
MONTHS = ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-Q1", "2024"]

# Few instants, most of them the first of a month or 30 or 90 days after one, so that borders and ties are met.
BORDERS = [0, 30, 60, 61, 90, 91, 92, 121, 151]
instants = st.builds(
    lambda day, hour: BEGIN + day * DAY + hour * DAY // 24,
    st.sampled_from(BORDERS),
    st.sampled_from([0, 0, 0, 0, -1, 7]),
)
amounts = st.integers(0, 300_000).map(lambda cents: cents * 10_000)
orders = st.builds(
    NaiveOrder,
    key=st.just(0),
    at=instants,
    person=st.sampled_from([1, 2, 3, 4, None]),
    currency=st.sampled_from(["EUR", "EUR", "CHF"]),
    country=st.sampled_from(["DE", "AT"]),
    total=amounts,
    tax=st.integers(0, 100).map(lambda share: share * 10_000),
    shipping=st.integers(0, 500).map(lambda cents: cents * 10_000),
    discount=st.integers(0, 500).map(lambda cents: cents * 10_000),
    quantity=st.integers(0, 5),
    counted=st.sampled_from([True, True, True, True, False]),
    cancelled=st.booleans(),
)


@st.composite
def books(draw: st.DrawFn) -> tuple[list[NaiveOrder], list[NaiveRefund]]:
    drawn = draw(st.lists(orders, min_size=6, max_size=20))
    numbered = [
        NaiveOrder(**{**vars(order), "key": key, "cancelled": order.cancelled and not order.counted})
        for key, order in enumerate(drawn, 1)
    ]
    refunds = []
    for order in numbered:
        for part in draw(st.lists(st.sampled_from([0, 1, 2]), max_size=2)) if draw(st.integers(0, 3)) == 0 else []:
            total = order.total // (part + 1)
            moment = order.at + draw(st.integers(0, 60)) * DAY
            refunds.append(NaiveRefund(order.key, moment, total, total // 5, total // 10))
    return numbered, refunds


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('naive') / 'books.db'}", clock=FakeClock()) as opened:
        yield opened


def written_down(
    store: Store,
    kept: list[NaiveOrder],
    refunds: list[NaiveRefund],
    observed: int,
    more: Callable[[Books], object] = lambda written: None,
) -> Books:
    with store.write() as connection:
        for table in (Order, OrderLine, Refund, RefundLine, Source, StreamState, Person):
            connection.execute(delete(table))
    written = Books(store, now="2024-06-01 12:00")
    for row in written.rows[StreamState]:
        row["last_success_at"] = observed
    for order in kept:
        written.order(
            None,
            order.person,
            order_id=f"{order.key}",  # as text "10" comes before "9": only numbers tell turns rightly
            currency=order.currency,
            country=order.country,
            status="cancelled" if order.cancelled else "completed",
            counted=order.counted,
        )
        written.rows[Order][-1] |= {
            "created_at": order.at,
            "total_micros": order.total,
            "tax_micros": order.tax,
            "shipping_micros": order.shipping,
            "discount_micros": order.discount,
        }
    for refund in refunds:
        written.refund(str(refund.order), None, "0")
        written.rows[Refund][-1] |= {
            "created_at": refund.at,
            "total_micros": refund.total,
            "tax_micros": refund.tax,
            "shipping_micros": refund.shipping,
        }
    more(written)
    return written.save()


def same(ours: Any, theirs: Fraction | int | None) -> bool:
    if theirs is None or ours is None:
        return ours is None and theirs is None
    if isinstance(ours, int | Decimal):
        return abs(Fraction(ours) - theirs) < Fraction(1, 10**12)
    return math.isclose(ours, float(theirs), rel_tol=1e-12, abs_tol=1e-15)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept=books(),
    period=st.sampled_from(MONTHS),
    country=st.sampled_from([None, None, "DE"]),
    options=st.sampled_from(
        [(), (), ("returning.mode=prior_period_only",), ("refunds.date=order",), ("retention.active_days=30",)]
    ),
    observed=st.sampled_from(["2024-06-01", "2024-03-15 13:00", "2024-01-30", "2024-03-01", "2024-01-01"]),
)
def test_figures_are_what_a_slow_count_gives(
    store: Store,
    kept: tuple[list[NaiveOrder], list[NaiveRefund]],
    period: str,
    country: str | None,
    options: tuple[str, ...],
    observed: str,
) -> None:
    ours = written_down(store, *kept, at(observed))
    question: dict[str, Any] = {"period": period, "set": options}
    if country:
        question["filters"] = {"country": [country]}
    answer = ours.ask(*FIGURES, **question)
    naive = Naive(
        *kept,
        start=answer.start,
        end=answer.end,
        observed=at(observed),
        zone=BERLIN,
        wanted=lambda order: country in (None, order.country),
        active_days=30 if "retention.active_days=30" in options else 365,
        prior_only="returning.mode=prior_period_only" in options,
        refunds_by_order="refunds.date=order" in options,
    )
    figures = {figure.id: figure for figure in answer.figures}
    for id, expected in (naive.counts() | naive.rates()).items():
        if id != "parts":
            assert same(figures[id].value, expected), id
    assert figures["crr"].parts == naive.counts()["parts"]
    for figure in answer.figures:
        if figure.unit is Unit.MONEY:
            assert figure.currency is not None
            assert same(figure.value, naive.money(figure.currency)[figure.id]), (figure.id, figure.currency)
    for days in (30, 90):
        again, over, waiting = naive.within(days)
        figure = figures[f"repeat_within_{days}"]
        assert (figure.numerator, figure.denominator) == (again, over)
        assert figure.excluded.get("window_open", 0) == waiting
    gaps = naive.gaps()
    between = figures["time_between_orders"]
    assert between.n == len(gaps)
    if gaps:
        assert between.stats is not None
        assert math.isclose(float(between.stats.mean), sum(gaps) / len(gaps) / 1e6, rel_tol=1e-12, abs_tol=1e-12)
        assert between.stats.max == gaps[-1] / 1e6
        middle = (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2 / 1e6
        assert between.value == pytest.approx(middle)
    _same_triangle(figures["cohorts"].table, naive)


def _same_triangle(table: Triangle | None, naive: Naive) -> None:
    cells = naive.cohorts()
    if table is None:
        assert not cells
        return
    assert {row.cohort for row in table.rows} == {name for name, _ in cells}
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            expected = cells[row.cohort, column]
            assert (cell.active if cell else None) == expected, (row.cohort, column)
            if cell:
                assert cell.rate == cell.active / row.size
        # Nothing that is over is left out at the right edge.
        assert cells.get((row.cohort, len(table.columns))) is None


def test_the_naive_count_itself_counts(store: Store) -> None:
    """Two orders of one person in different months, so that the slow count is known to be no constant."""
    kept = [
        NaiveOrder(1, at("2024-01-05"), 1, "EUR", "DE", 10_000_000, 0, 0, 0, 1, True, False),
        NaiveOrder(2, at("2024-03-05"), 1, "EUR", "DE", 20_000_000, 0, 0, 0, 1, True, False),
    ]
    naive = Naive(kept, [], at("2024-01-01"), at("2025-01-01"), at("2024-06-01"), BERLIN)
    assert naive.counts()["returning_customers"] == 1
    assert naive.within(90) == (1, 1, 0)
    assert naive.cohorts()["2024-01", 1] == 0
    assert naive.cohorts()["2024-01", 2] == 1
