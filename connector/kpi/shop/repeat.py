"""The second order and those after it (definitions, 4.4 and 4.5)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import DAY, SECOND
from connector.kpi.distributions import median_of
from connector.kpi.measured import Measured, missing, share
from connector.kpi.result import Flag, Interval
from connector.kpi.shop import kaplan_meier
from connector.kpi.shop.scope import Scope, orders_each
from connector.kpi.statistics import mean_interval
from connector.messages.kpi import KPI

YOUNG = 730 * DAY
"""Below 24 months of history the gaps seen are mostly the short ones."""


def repeat_rate(scope: Scope) -> Measured:
    """Persons with two or more orders up to the end of the period, of all persons with one."""
    counts = orders_each(scope.selected, pl.col("at") < scope.end)
    return share(int((counts >= 2).sum()), len(counts), KPI("reason.no_customers_ever"))


def repeat_rate_period(scope: Scope) -> Measured:
    """Persons with two or more orders inside the period, of all persons with one inside."""
    counts = orders_each(scope.persons)
    return share(int((counts >= 2).sum()), len(counts), KPI("reason.no_customers"))


def repeat_within(scope: Scope, days: int) -> Measured:
    """Persons whose second order came within `days` x 24 h of the first.

    Of those whose first order ever lies in the period and had that long until the last sync (S4): younger ones are
    left out and counted, so that a young cohort is never shown as if it were finished. With `repeat.method: km` they
    are followed as far as they were seen (`kaplan_meier`).
    """
    if scope.history.options.repeat.method == "km":
        return kaplan_meier.repeat_within(scope, days)
    window = days * DAY
    firsts = scope.firsts
    over = firsts.filter(pl.col("at") + window <= scope.observed)
    again = int((over["next_at"] - over["at"] <= window).sum())
    reason = KPI("reason.window_open" if firsts.height else "reason.no_first_orders")
    return replace(share(again, over.height, reason), excluded={"window_open": firsts.height - over.height})


def purchase_frequency(scope: Scope) -> Measured:
    """Orders of persons, per person, in the period; with the t interval of a mean."""
    counts = orders_each(scope.persons)
    if not len(counts):
        return missing(KPI("reason.no_customers"), numerator=0, denominator=0, n=0)
    total, people = int(counts.sum()), len(counts)
    mean = total / people
    bounds = mean_interval(people, mean, float(((counts - mean) ** 2).sum()))
    return Measured(mean, total, people, n=people, interval=Interval(*bounds, "t") if bounds else None)


def time_between_orders(scope: Scope) -> Measured:
    """Seconds between orders of a person that follow each other, the later one in the period. The median leads."""
    gaps = scope.orders.select(gap=pl.col("at") - pl.col("before_at"))["gap"].drop_nulls()
    ever = orders_each(scope.selected, pl.col("at") < scope.end)
    one_time = int((ever == 1).sum())
    oldest = scope.history.orders["at"].min()
    young = isinstance(oldest, int) and min(scope.end, scope.observed) - oldest < YOUNG
    measured = median_of(gaps / SECOND, KPI("reason.no_gaps"))
    return (
        replace(measured, parts={"one_time": one_time, "customers": len(ever)})
        .with_flags(Flag("young_history") if young else None)
        .with_notes(KPI("note.one_time", one_time=one_time, persons=len(ever)))
    )
