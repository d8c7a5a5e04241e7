"""From one period to another (convention C4): shares in points, amounts and counts in percent, never infinite."""

from __future__ import annotations

import math

from connector.kpi.measured import Measured
from connector.kpi.result import Change, Interval, Unit
from connector.kpi.statistics import newcombe
from connector.messages.kpi import KPI


def change(unit: Unit, now: Measured, before: Measured, *, tiny: int) -> Change:
    """The change from `before` to `now`; without a value, and with the reason, where there is nothing to compare.

    Figures of fewer than `tiny` cases are never compared (C9).
    """
    kind = "points" if unit in (Unit.RATE, Unit.POINTS) else "percent"
    if now.value is None:
        return Change(None, kind, reason=KPI("change.missing"))
    if before.value is None:
        return Change(None, kind, reason=KPI("change.previous_missing"))
    if any(one.n is not None and one.n < tiny for one in (now, before)):
        return Change(None, kind, reason=KPI("change.tiny"))
    if unit is Unit.RATE:
        return Change(float(now.value) - float(before.value), kind, _interval(now, before))
    if unit is Unit.POINTS:
        return Change(float(now.value) - float(before.value), kind, _interval_of_points(now, before))
    if before.value == 0:
        return Change(None, kind, reason=KPI("change.previous_zero"))
    if before.value < 0:  # a ratio to a negative amount says nothing
        return Change(None, kind, reason=KPI("change.previous_negative"))
    return Change(float(now.value) / float(before.value) - 1, kind)


def _interval_of_points(now: Measured, before: Measured) -> Interval | None:
    """The difference plus and minus 1.96 * sqrt(SE1^2 + SE2^2) (definitions, 5.6)."""
    if now.error is None or before.error is None or now.value is None or before.value is None:
        return None
    difference = float(now.value) - float(before.value)
    half = 1.96 * math.hypot(now.error, before.error)
    return Interval(difference - half, difference + half, "normal")


def _interval(now: Measured, before: Measured) -> Interval | None:
    """Newcombe's interval, where both are counts over counts."""
    pairs = []
    for one in (now, before):
        if one.interval is None or one.interval.method != "wilson":
            return None
        if not isinstance(one.numerator, int) or not isinstance(one.denominator, int):
            return None
        pairs.append((one.numerator, one.denominator))
    bounds = newcombe(*pairs)
    return Interval(*bounds, "newcombe") if bounds else None
