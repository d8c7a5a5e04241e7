"""How long a solution takes, who waits meanwhile, and how often it does not hold (definitions, 5.4)."""

from __future__ import annotations

from connector.kpi.measured import Measured, share
from connector.kpi.service.clocks import said_of_day, timed
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def first_resolution_time(scope: Scope) -> Measured:
    """First solved - creation, of what is solved now."""
    return _time(scope, "first_resolution")


def full_resolution_time(scope: Scope) -> Measured:
    """Last solved - creation, of what is solved now. The time of waiting for the customer is in it."""
    return _time(scope, "resolution")


def requester_wait_time(scope: Scope) -> Measured:
    """How long a solved conversation was new, open or on hold: the customer waited."""
    return _time(scope, "requester_wait")


def agent_wait_time(scope: Scope) -> Measured:
    """How long a solved conversation was pending: the desk waited for the customer."""
    return _time(scope, "agent_wait")


def reopen_rate(scope: Scope) -> Measured:
    """Conversations solved more than once / solved conversations. Every reopening counts, a thank-you's too."""
    reopens = scope.solved["reopens"]
    return share(int((reopens >= 1).sum()), len(reopens), KPI("reason.no_solved")).with_notes(said_of_day(scope))


def _time(scope: Scope, name: str) -> Measured:
    return timed(scope, scope.solved, name, KPI("reason.no_solved")).with_notes(said_of_day(scope))
