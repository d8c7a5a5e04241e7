"""How much comes in and how much is solved (definitions, 5.4)."""

from __future__ import annotations

from connector.kpi.measured import Measured
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def contact_volume(scope: Scope) -> Measured:
    """Conversations created in the period."""
    return Measured(scope.of_period("created_at").height)


def solved_volume(scope: Scope) -> Measured:
    """Conversations whose last solution lies in the period, whenever they were created."""
    return Measured(scope.of_period("solved_at").filter("solved").height).with_notes(KPI("note.by_solution"))


def net_flow(scope: Scope) -> Measured:
    """Created - solved in the period: above 0 the backlog grows."""
    created = scope.of_period("created_at").height
    done = scope.of_period("solved_at").filter("solved").height
    return Measured(created - done, parts={"created": created, "solved": done}).with_notes(KPI("note.by_solution"))
