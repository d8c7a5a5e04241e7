"""Who stays (definitions, 4.2 and 4.3).

Active at an instant t: at least one counted order in (t - A, t], A = `retention.active_days`. S and E are the persons
active at the start and at the end of the period, N those whose first order ever lies in it. With `period` for A, S are
the buyers of the period before and E those of the period itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import polars as pl

from connector.instants import DAY, day_start, local_day
from connector.kpi.measured import Measured, missing, share
from connector.kpi.period import Period, add_months
from connector.kpi.result import Value
from connector.kpi.shop.history import History
from connector.kpi.shop.scope import Scope, persons_of
from connector.kpi.statistics import percentile
from connector.messages import Message
from connector.messages.kpi import KPI

FEWEST_GAPS, FALLBACK = 100, 365
SHORTEST, LONGEST = 60, 540
"""For `retention.active_days: auto`: gaps needed, days without them, and the bounds of what may come out."""


@dataclass(frozen=True)
class Sets:
    """The persons behind retention, each a series of person ids without repetition."""

    start: pl.Series
    end: pl.Series
    new: pl.Series

    @cached_property
    def retained(self) -> pl.Series:
        """Active at the start and at the end."""
        return self.start.filter(_in(self.start, self.end))

    @cached_property
    def lost(self) -> pl.Series:
        """Active at the start and no longer at the end."""
        return self.start.filter(~_in(self.start, self.end))

    @cached_property
    def reactivated(self) -> pl.Series:
        """Active at the end, neither at the start nor new: lapsed customers who came back."""
        return self.end.filter(~_in(self.end, self.start) & ~_in(self.end, self.new))

    @property
    def parts(self) -> dict[str, Value]:
        """The sizes of all sets."""
        return {
            "start": len(self.start),
            "end": len(self.end),
            "new": len(self.new),
            "reactivated": len(self.reactivated),
            "retained": len(self.retained),
            "lost": len(self.lost),
        }


def sets(scope: Scope) -> Sets:
    """S, E and N. Filters select the orders that make somebody active; first ever means first of all orders."""
    if scope.history.options.retention.active_days == "period":
        return window_sets(scope)
    length = active(scope).days * DAY
    at = pl.col("at")

    def active_at(instant: int) -> pl.Series:
        return persons_of(scope.selected, (at > instant - length) & (at <= instant))

    return Sets(active_at(scope.start), active_at(scope.end), _new(scope))


def window_sets(scope: Scope) -> Sets:
    """S = buyers of the period before (C4), E = buyers of this one, N as ever."""
    before = previous(scope)
    return Sets(persons_of(scope.during(before.start, before.end).orders), persons_of(scope.orders), _new(scope))


def previous(scope: Scope) -> Period:
    """The period before: the calendar one for a whole month, quarter or year, else as many days."""
    zone = scope.history.zone
    return Period(local_day(scope.start, zone), local_day(scope.end, zone), zone).previous()


@dataclass(frozen=True)
class Active:
    """For how many days a customer is active after an order. `gaps` where that was chosen from so many of them."""

    days: int
    gaps: int | None = None


def active(scope: Scope) -> Active:
    """The length in force. With `auto` it is the same for all periods and groups: chosen from all orders."""
    chosen = scope.history.options.retention.active_days
    return Active(chosen) if isinstance(chosen, int) else scope.history.once(usual_gap)


def usual_gap(history: History) -> Active:
    """The 90th percentile of the days between orders in the last 24 months, rounded up to 30 days, within 60 to 540.

    The later order of a gap lies in these months, which end with the last sync. Below 100 gaps: 365 days (4.2).
    """
    since = day_start(add_months(local_day(history.observed, history.zone), -24), history.zone)
    at, before = pl.col("at"), pl.col("before_at")
    gaps = history.orders.select(gap=(at - before).filter((at >= since) & before.is_not_null()))["gap"].sort()
    if len(gaps) < FEWEST_GAPS:
        return Active(FALLBACK, len(gaps))
    months = math.ceil(percentile(gaps, 0.9) / (30 * DAY))
    return Active(min(max(30 * months, SHORTEST), LONGEST), len(gaps))


def crr(scope: Scope) -> Measured:
    """|S ∩ E| / |S|: strict retention, never above 1."""
    found = scope.once(sets)
    return _told(scope, found, share(len(found.retained), len(found.start), _NOBODY))


def crr_textbook(scope: Scope) -> Measured:
    """(|E| - |N|) / |S|: counts lapsed customers who came back as retained, so it can exceed 1. No interval."""
    found = scope.once(sets)
    stayed, start = len(found.end) - len(found.new), len(found.start)
    measured = (
        Measured(stayed / start, stayed, start, n=start)
        if start
        else missing(_NOBODY, numerator=stayed, denominator=0, n=0)
    )
    back = len(found.reactivated)
    return _told(scope, found, measured).with_notes(KPI("note.textbook", reactivated=back) if back else None)


def churn_rate(scope: Scope) -> Measured:
    """1 - crr: the lost of those active at the start."""
    found = scope.once(sets)
    return _told(scope, found, share(len(found.lost), len(found.start), _NOBODY))


def lost_customers(scope: Scope) -> Measured:
    """S \\ E, counted."""
    found = scope.once(sets)
    return _told(scope, found, Measured(len(found.lost)))


def crr_window(scope: Scope) -> Measured:
    """Of the buyers of the period before, those who bought again in this one, whatever `retention.active_days` says."""
    found = scope.once(window_sets)
    measured = share(len(found.retained), len(found.start), KPI("reason.no_buyers_before"))
    return replace(measured, parts=found.parts).with_notes(_window_note(scope))


_NOBODY = KPI("reason.no_active_customers")


def _told(scope: Scope, found: Sets, measured: Measured) -> Measured:
    measured = replace(measured, parts=found.parts)
    if scope.history.options.retention.active_days == "period":
        return measured.with_notes(_window_note(scope))
    length = active(scope)
    period = round((scope.end - scope.start) / DAY)
    longer = length.days > period
    return measured.with_notes(
        _chosen_note(length),
        KPI("note.active_longer_than_period", active=length.days, period=period) if longer else None,
    )


def _chosen_note(length: Active) -> Message | None:
    if length.gaps is None:
        return None
    key = "note.active_auto" if length.gaps >= FEWEST_GAPS else "note.active_auto_few"
    return KPI(key, days=length.days, gaps=length.gaps)


def _window_note(scope: Scope) -> Message:
    before = previous(scope)
    last = before.after - timedelta(days=1)
    return KPI("note.window_retention", first=before.first, last=last)


def _new(scope: Scope) -> pl.Series:
    return persons_of(scope.persons, pl.col("first_at") >= scope.start)


def _in(persons: pl.Series, others: pl.Series) -> pl.Series:
    return persons.is_in(others.implode())
