"""The intervals, against published values and against definitions computed another way."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.kpi.statistics import mean_interval, newcombe, order_ranks, percentile, t_quantile, wilson


def test_wilsons_interval_as_published() -> None:
    """Newcombe 1998, Stat. Med. 17:857, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for successes, trials, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson(successes, trials)
        assert found is not None
        assert found == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 10_000), st.data())
def test_wilson_holds_the_share_and_stays_between_0_and_1(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    found = wilson(successes, trials)
    assert found is not None
    assert 0 <= found[0] <= successes / trials <= found[1] <= 1
    assert (found[0] == 0) == (successes == 0)
    assert (found[1] == 1) == (successes == trials)


def test_no_trials_no_interval() -> None:
    assert wilson(0, 0) is None
    assert newcombe((0, 0), (1, 2)) is None


def test_newcombes_interval_as_published() -> None:
    """Newcombe 1998, Stat. Med. 17:873, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20."""
    for now, before, low, high in (
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ):
        found = newcombe(now, before)
        assert found is not None
        assert found == pytest.approx((low, high), abs=0.00005)


def test_students_t_as_tabled() -> None:
    for freedom, value in ((1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (120, 1.9799)):
        assert t_quantile(freedom) == pytest.approx(value, abs=0.00005)
    assert t_quantile(10**7) == pytest.approx(1.959964, abs=1e-6)


def test_the_interval_of_a_mean() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 10.0]
    mean = statistics.fmean(values)
    squares = sum((value - mean) ** 2 for value in values)
    half = 2.776445 * statistics.stdev(values) / math.sqrt(5)
    assert mean_interval(5, mean, squares) == pytest.approx((mean - half, mean + half), abs=1e-5)
    assert mean_interval(1, 1.0, 0.0) is None


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=50), st.floats(0, 1))
def test_percentiles_are_what_spreadsheets_and_numpy_give(values: list[int], share: float) -> None:
    ordered = sorted(values)
    assert percentile(ordered, share) == pytest.approx(float(np.percentile(ordered, share * 100)), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("count", [6, 7, 10, 20, 37, 100, 400])
def test_order_statistics_bound_with_at_least_95_percent_and_not_needlessly_wide(count: int, share: float) -> None:
    exact = Fraction(share).limit_denominator(10)

    def below(rank: int) -> Fraction:  # P(X < rank)
        return sum(
            (math.comb(count, k) * exact**k * (1 - exact) ** (count - k) for k in range(rank)), start=Fraction(0)
        )

    tail = Fraction(25, 1000)
    ranks = order_ranks(count, share)
    if ranks is None:
        # Even the largest value is not surely above the percentile: no rank of the sample bounds it.
        assert 1 - below(count) > tail or below(1) > tail
        return
    low, high = ranks[0] + 1, ranks[1] + 1
    assert below(low) <= tail
    assert below(low + 1) > tail
    assert 1 - below(high) <= tail
    assert 1 - below(high - 1) > tail


def test_below_six_values_there_is_no_interval() -> None:
    assert order_ranks(5, 0.5) is None
    assert order_ranks(6, 0.5) == (0, 5)


def test_many_values() -> None:
    low, high = order_ranks(1_000_000, 0.5) or (0, 0)
    assert (low, high) == (499_019, 500_980)
