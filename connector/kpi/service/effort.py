"""How many people and replies a solution takes (definitions, 5.4)."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import Measured, missing
from connector.kpi.result import Interval
from connector.kpi.service.clocks import said_of_day
from connector.kpi.service.scope import Scope
from connector.kpi.statistics import mean_interval
from connector.messages.kpi import KPI


def agents_involved(scope: Scope) -> Measured:
    """Different people who worked on a solved conversation, on average over those that anybody worked on."""
    return _mean(scope, _people(scope))


def handoffs(scope: Scope) -> Measured:
    """Different people - 1, on average over the same conversations."""
    return _mean(scope, _people(scope) - 1)


def replies_per_resolution(scope: Scope) -> Measured:
    """Human public replies per solved conversation."""
    return _mean(scope, scope.solved["replies"].drop_nulls())


def _people(scope: Scope) -> pl.Series:
    agents = scope.solved["agents"]
    return agents.filter(agents >= 1)


def _mean(scope: Scope, values: pl.Series) -> Measured:
    """The mean with its t interval (S2)."""
    count = len(values)
    if not count:
        return missing(KPI("reason.no_solved"), numerator=0, denominator=0, n=0)
    total = int(values.sum())
    mean = total / count
    bounds = mean_interval(count, mean, float(((values - mean) ** 2).sum()))
    interval = Interval(*bounds, "t") if bounds else None
    return Measured(mean, total, count, n=count, interval=interval).with_notes(said_of_day(scope))
