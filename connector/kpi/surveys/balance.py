"""The share of one group minus that of another in the same answers, in points from -100 to 100 (definitions, 5.6)."""

from __future__ import annotations

import math

from connector.kpi.measured import Measured
from connector.kpi.result import Interval

SMALL = 30
_Z = 1.96  # as the definition writes it


def balance(for_it: int, against: int, count: int) -> Measured:
    """100 * (for - against) / count with its interval; `count` must not be 0.

    The standard error is 100 * sqrt((p + d - (p - d)^2) / n). Below 30 answers, and where all answers are alike, the
    interval is taken around the value after one answer was added to each of the three groups, and cut at 100 points.
    """
    value, error = _value(for_it, against, count)
    if count < SMALL or error == 0:
        centre, error = _value(for_it + 1, against + 1, count + 3)
        low, high = max(-100.0, centre - _Z * error), min(100.0, centre + _Z * error)
        return Measured(value, n=count, interval=Interval(low, high, "adjusted"), error=error)
    return Measured(value, n=count, interval=Interval(value - _Z * error, value + _Z * error, "normal"), error=error)


def _value(for_it: int, against: int, count: int) -> tuple[float, float]:
    """The balance and its standard error, in points."""
    difference = (for_it - against) / count
    variance = (for_it + against) / count - difference * difference
    return 100 * (for_it - against) / count, 100 * math.sqrt(max(variance, 0.0) / count)
