"""Crude against standardised, and trends over bands: by hand, and by published numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.kpi.across.standardising import Stratum, compare
from connector.kpi.across.trend import trend

KIDNEY_STONES = [Stratum((81, 87), (234, 270)), Stratum((192, 263), (55, 80))]
"""Open surgery against percutaneous removal, small and large stones (Charig et al. 1986, BMJ 292:879)."""


def test_a_published_reversal_is_found() -> None:
    compared = compare(KIDNEY_STONES)
    assert compared.crude == pytest.approx(273 / 350 - 289 / 350)
    # Weights of all: 357 with small stones, 343 with large ones.
    assert compared.standardised_exposed == pytest.approx((357 * 81 / 87 + 343 * 192 / 263) / 700)
    assert compared.standardised_unexposed == pytest.approx((357 * 234 / 270 + 343 * 55 / 80) / 700)
    assert compared.simpson


def test_strata_with_one_side_alone_are_dropped_and_counted() -> None:
    compared = compare([Stratum((1, 2), (1, 4)), Stratum((3, 3), (0, 0)), Stratum((0, 0), (2, 5))])
    assert (compared.strata, compared.dropped, compared.dropped_trials) == (3, 2, 8)
    assert compared.standardised == pytest.approx(0.25)
    assert compared.crude == pytest.approx(4 / 5 - 3 / 9)


def test_nothing_to_compare_is_no_number() -> None:
    compared = compare([Stratum((1, 2), (0, 0))])
    assert (compared.crude, compared.standardised, compared.simpson) == (None, None, False)
    assert compared.difference_fields() == {"value": None, "ci_low": None, "ci_high": None, "ci_method": None}


counts = st.integers(1, 40).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(counts, counts)
def test_one_stratum_is_the_crude_difference(exposed: tuple[int, int], unexposed: tuple[int, int]) -> None:
    compared = compare([Stratum(exposed, unexposed)])
    assert compared.standardised == pytest.approx(compared.crude)
    assert not compared.simpson


def test_a_published_trend() -> None:
    """Malformations by the mother's drinking (Agresti), with equal steps: z = 1.352."""
    bands = [(48, 17114), (38, 14502), (5, 793), (1, 127), (1, 38)]
    assert trend(bands) == pytest.approx(0.176, abs=0.002)


def test_no_trend_is_told_of_small_bands_or_of_one_outcome() -> None:
    assert trend([(1, 4), (2, 9)]) is None
    assert trend([(0, 9), (0, 9)]) is None
    assert trend([(3, 9)]) is None


@given(st.lists(counts, min_size=2, max_size=5))
def test_the_order_of_time_does_not_matter_to_a_trend(bands: list[tuple[int, int]]) -> None:
    forth, back = trend(bands), trend(bands[::-1])
    assert forth is None if back is None else forth == pytest.approx(back)
