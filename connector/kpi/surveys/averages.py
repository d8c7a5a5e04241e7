"""The mean of scores (S2)."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import Measured
from connector.kpi.result import Interval
from connector.kpi.statistics import mean_interval

MICRO = 1_000_000


def mean(rows: pl.DataFrame) -> Measured:
    """The mean with its t interval; half stars count as halves. Not for no rows."""
    micros = rows.select(pl.col("score") * MICRO + pl.col("rest_micros").fill_null(0)).to_series()
    count = micros.len()
    value = int(micros.sum()) / count / MICRO
    deviations = micros.cast(pl.Float64) / MICRO - value
    bounds = mean_interval(count, value, float((deviations * deviations).sum()))
    return Measured(value, n=count, interval=Interval(*bounds, "t") if bounds else None)
