"""A distribution in a few numbers (convention C8): median, mean, 90th percentile, longest, and how sure they are."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import Measured, missing
from connector.kpi.result import Interval, Stats
from connector.kpi.statistics import mean_interval, order_ranks, percentile
from connector.messages import Message


def median_of(values: pl.Series, reason: Message) -> Measured:
    """The median leads, with its order-statistic interval (S2). Values without a number are left out; `reason` is
    said where none is left.
    """
    ordered = values.drop_nulls().sort()
    if ordered.is_empty():
        return missing(reason, n=0)
    ranks = order_ranks(len(ordered), 0.5)
    interval = Interval(float(ordered[ranks[0]]), float(ordered[ranks[1]]), "order_statistic") if ranks else None
    stats = stats_of(ordered)
    return Measured(stats.median, n=len(ordered), interval=interval, stats=stats)


def mean_of(values: pl.Series, reason: Message) -> Measured:
    """The mean leads, with its t interval (S2); the rest as in `median_of`."""
    ordered = values.drop_nulls().sort()
    if ordered.is_empty():
        return missing(reason, n=0)
    count = len(ordered)
    stats = stats_of(ordered)
    mean = float(stats.mean)
    bounds = mean_interval(count, mean, float(((ordered - mean) ** 2).sum()))
    return Measured(mean, n=count, interval=Interval(*bounds, "t") if bounds else None, stats=stats)


def stats_of(ordered: pl.Series) -> Stats:
    """The numbers of values in ascending order; not for none."""
    return Stats(
        median=percentile(ordered, 0.5),
        mean=float(ordered.cast(pl.Float64).sum()) / len(ordered),
        p90=percentile(ordered, 0.9),
        max=float(ordered[-1]),
    )


def total(amounts: pl.Series) -> int:
    """The sum of whole numbers, exact however large: Polars itself wraps around beyond 64 bits, and says nothing."""
    return int(amounts.cast(pl.Int128).sum())
