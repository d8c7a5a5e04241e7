"""Intervals and percentiles (definitions, section 2). 95 % throughout; exact counts in, floats out. Pure Python.

Student's t and the binomial quantiles are computed from their definitions with the standard library's functions, so
that the core needs no numerical package.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Any, Protocol

LEVEL = 0.95
Z = 1.959964
"""The normal quantile at 97.5 %, to the digits that the definitions fix."""


def wilson(successes: int, trials: int) -> tuple[float, float] | None:
    """Wilson's score interval of a share, without continuity correction (S1). None without trials.

    Wilson 1927; Newcombe 1998, Stat. Med. 17:857. At none and at all of the trials the outer bound is exactly 0 or 1.
    """
    if trials <= 0:
        return None
    share = successes / trials
    spread = Z * Z / trials
    centre = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def newcombe(now: tuple[int, int], before: tuple[int, int]) -> tuple[float, float] | None:
    """The interval of the difference of two shares, now minus before, each (successes, trials) (S3).

    Newcombe 1998, Stat. Med. 17:873, method 10. None where one of them has no trials.
    """
    this, that = wilson(*now), wilson(*before)
    if this is None or that is None:
        return None
    share, other = now[0] / now[1], before[0] / before[1]
    difference = share - other
    low = difference - math.sqrt((share - this[0]) ** 2 + (that[1] - other) ** 2)
    high = difference + math.sqrt((this[1] - share) ** 2 + (other - that[0]) ** 2)
    return low, high


def mean_interval(count: int, mean: float, squares: float) -> tuple[float, float] | None:
    """The t interval of a mean (S2). `squares` is the sum of squared deviations. None below two values."""
    if count < 2:
        return None
    error = math.sqrt(max(squares, 0.0) / (count - 1) / count)
    half = t_quantile(count - 1) * error
    return mean - half, mean + half


@lru_cache(maxsize=256)
def t_quantile(freedom: int) -> float:
    """Student's t at 97.5 % with `freedom` degrees, by bisection of the distribution function to 1e-12."""
    target = 1 - (1 - LEVEL) / 2
    normal = NormalDist().inv_cdf(target)
    low, high = normal, max(2 * normal, 13.0)  # 12.71 at one degree of freedom, the largest there is
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if _t_probability(middle, freedom) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_probability(value: float, freedom: int) -> float:
    """P(T <= value) for value > 0, by the regularised incomplete beta function."""
    return 1 - _beta_share(freedom / (freedom + value * value), freedom / 2, 0.5) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast only on this side
        return 1 - _beta_share(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    tiny = 1e-300
    upper, lower = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    total = lower
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        lower = 1 / (1 + even * lower or tiny)
        upper = 1 + even / upper or tiny
        total *= lower * upper
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        lower = 1 / (1 + odd * lower or tiny)
        upper = 1 + odd / upper or tiny
        step = lower * upper
        total *= step
        if abs(step - 1) < 1e-15:
            break
    return front * total / a


class Ordered(Protocol):
    """Values in ascending order, by place: a list, or a column of a frame."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Any: ...


def percentile(ordered: Ordered, share: float) -> float:
    """The percentile of values in ascending order, by linear interpolation between them (C8). Not for no values."""
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def order_ranks(count: int, share: float) -> tuple[int, int] | None:
    """Which of `count` ordered values (from 0) bound the 95 % interval of a percentile (S2). None below six values.

    The ranks are the narrowest symmetric-in-probability pair: at most 2.5 % of the binomial distribution lies below
    the lower and at most 2.5 % at or above the upper (Conover, Practical Nonparametric Statistics, section 3.2).
    Where so few values lie on one side of an outer percentile that no such rank exists, there is no interval.
    """
    if count < 6:
        return None
    tail = (1 - LEVEL) / 2
    lower = _binomial_rank(count, share, tail) - 1
    upper = count - _binomial_rank(count, 1 - share, tail)
    return (lower, upper) if lower >= 0 and upper < count else None


@lru_cache(maxsize=256)
def _binomial_rank(count: int, share: float, tail: float) -> int:
    """The largest r with P(X < r) <= tail for X binomial(count, share): how many values may be left below."""
    deviation = math.sqrt(count * share * (1 - share))
    start = max(0, int(count * share - 8 * deviation) - 8)  # below lies less than 1e-14
    log_share, log_rest = math.log(share), math.log1p(-share)
    below = 0.0
    rank = start
    while True:
        below += math.exp(
            math.lgamma(count + 1)
            - math.lgamma(rank + 1)
            - math.lgamma(count - rank + 1)
            + rank * log_share
            + (count - rank) * log_rest
        )
        if below > tail:
            return rank
        rank += 1
