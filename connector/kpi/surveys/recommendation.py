"""Whether customers recommend the shop (definitions, 5.6)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.kpi.measured import Banded, Measured
from connector.kpi.surveys.balance import balance
from connector.kpi.surveys.emptiness import no_answers
from connector.kpi.surveys.scope import Scope
from connector.messages.kpi import KPI

PROMOTER, DETRACTOR = 9, 6


def nps(scope: Scope) -> Measured | Banded:
    """Promoters (9-10) minus detractors (0-6); relational and transactional surveys apart."""

    def of(rows: pl.DataFrame) -> Measured:
        if rows.is_empty():
            return no_answers(scope)
        promoters = int((rows["score"] >= PROMOTER).sum())
        detractors = int((rows["score"] <= DETRACTOR).sum())
        passives = rows.height - promoters - detractors
        parts = {"promoters": promoters, "passives": passives, "detractors": detractors}
        found = replace(balance(promoters, detractors, rows.height), parts=parts)
        return found.with_notes(KPI(f"note.survey_{rows['kind'][0]}"))

    return scope.each("kind", of)
