"""The second order within N days by Kaplan-Meier (definitions, S4 and 4.4): young customers count as far as seen.

Every person whose first order ever lies in the period is followed from it to the second order, or to the last sync
where there is none yet. S(t), the share still without a second order after t, is the product over all instants up to
t with second orders of 1 - d/n: d second orders among n persons still followed (Kaplan & Meier 1958). Its variance is
Greenwood's, the interval taken on the scale log(-log S), so that it stays within 0 and 1 (Kalbfleisch & Prentice, The
Statistical Analysis of Failure Time Data, section 1.4).
"""

from __future__ import annotations

import math

import polars as pl

from connector.instants import DAY
from connector.kpi.measured import Measured, missing
from connector.kpi.result import Interval
from connector.kpi.shop.scope import Scope
from connector.kpi.statistics import Z
from connector.messages.kpi import KPI


def repeat_within(scope: Scope, days: int) -> Measured:
    """1 - S(N): the estimated share of new customers who order again within `days` x 24 h of their first order.

    Not defined while nobody without a second order has been followed for that long. The numerator are those seen to
    order again in time, the denominator all new customers of the period.
    """
    window = days * DAY
    firsts = scope.firsts
    if firsts.is_empty():
        return missing(KPI("reason.no_first_orders"), numerator=0, denominator=0, n=0)
    at, after = pl.col("at"), pl.col("next_at")
    followed = firsts.select(
        ordered=after.is_not_null() & (after - at <= window),
        span=pl.min_horizontal(pl.coalesce(after, pl.lit(scope.observed)) - at, pl.lit(window)).clip(0),
    )
    again, people = int(followed["ordered"].sum()), followed.height
    share, error, left = survival(followed)
    reached = followed.filter(~pl.col("ordered") & (pl.col("span") >= window)).height
    if not reached and left:
        return missing(KPI("reason.window_open"), numerator=again, denominator=people, n=people)
    measured = Measured(1 - share, again, people, n=people, interval=_interval(share, error))
    return measured.with_notes(KPI("note.kaplan_meier", numerator=again, denominator=people))


def survival(followed: pl.DataFrame) -> tuple[float, float, int]:
    """S at the end of all spans, Greenwood's sum of d / (n (n - d)), and how many are without an event by then.

    `followed` has one row per subject: `span` (how long it was followed) and `ordered` (whether that ended with the
    event). Where both fall on one instant, events come first.
    """
    steps = (
        followed.group_by("span")
        .agg(events=pl.col("ordered").sum().cast(pl.Int64), gone=pl.len().cast(pl.Int64))
        .sort("span")
        .with_columns(risk=pl.col("gone").cum_sum(reverse=True))
        .filter(pl.col("events") > 0)
    )
    share, error = 1.0, 0.0
    for events, risk in steps.select("events", "risk").iter_rows():
        share *= 1 - events / risk
        error += events / (risk * (risk - events)) if risk > events else math.inf
    return share, error, followed.height - int(followed["ordered"].sum())


def _interval(share: float, error: float) -> Interval | None:
    """95 %, of 1 - S; none where S is 0 or 1, since its logarithms are not finite there."""
    if not 0 < share < 1 or math.isinf(error):
        return None
    half = Z * math.sqrt(error) / abs(math.log(share))
    return Interval(1 - share ** math.exp(-half), 1 - share ** math.exp(half), "greenwood_log_log")
