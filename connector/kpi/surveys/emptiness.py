"""What is said where nobody answered (definitions, section 5, last line; C9)."""

from __future__ import annotations

from connector.kpi.measured import Measured, missing
from connector.kpi.surveys.scope import Scope
from connector.messages.kpi import KPI


def no_answers(scope: Scope) -> Measured:
    """No value, and how many were asked where that is known."""
    offered = scope.offered.height
    return missing(KPI("reason.no_answers_of", offered=offered) if offered else KPI("reason.no_answers"), n=0)
