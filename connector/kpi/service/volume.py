"""How much comes in and how much is solved (definitions, 5.4)."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import Measured
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def contact_volume(scope: Scope) -> Measured:
    """Conversations created in the period."""
    return Measured(_created(scope))


def solved_volume(scope: Scope) -> Measured:
    """Conversations whose last solution lies in the period, whenever they were created."""
    return Measured(_solved(scope)).with_notes(KPI("note.by_solution"))


def net_flow(scope: Scope) -> Measured:
    """Created - solved in the period: above 0 the backlog grows."""
    created, done = _created(scope), _solved(scope)
    return Measured(created - done, parts={"created": created, "solved": done}).with_notes(KPI("note.by_solution"))


def _created(scope: Scope) -> int:
    return scope.count(scope.inside("created_at"))


def _solved(scope: Scope) -> int:
    return scope.count(scope.inside("solved_at") & pl.col("solved"))
