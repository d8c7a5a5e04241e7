"""Who stays (definitions, 4.2 and 4.3).

Active at an instant t: at least one counted order in (t - A, t], A = `retention.active_days`. S and E are the persons
active at the start and at the end of the period, N those whose first order ever lies in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from connector.instants import DAY
from connector.kpi.measured import Measured, missing, share
from connector.kpi.result import Value
from connector.kpi.shop.scope import Scope, persons_of
from connector.messages.kpi import KPI


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
    length = scope.history.options.retention.active_days * DAY
    at = pl.col("at")

    def active(instant: int) -> pl.Series:
        return persons_of(scope.selected.filter((at > instant - length) & (at <= instant)))

    first_inside = pl.col("first_at") >= scope.start
    return Sets(active(scope.start), active(scope.end), persons_of(scope.persons.filter(first_inside)))


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


_NOBODY = KPI("reason.no_active_customers")


def _told(scope: Scope, found: Sets, measured: Measured) -> Measured:
    active = scope.history.options.retention.active_days
    period = round((scope.end - scope.start) / DAY)
    note = KPI("note.active_longer_than_period", active=active, period=period) if active > period else None
    return replace(measured, parts=found.parts).with_notes(note)


def _in(persons: pl.Series, others: pl.Series) -> pl.Series:
    return persons.is_in(others.implode())
