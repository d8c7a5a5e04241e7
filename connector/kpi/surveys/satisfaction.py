"""How satisfied customers are (definitions, 5.5)."""

from __future__ import annotations

import polars as pl

from connector.kpi.measured import Banded, Measured, share
from connector.kpi.result import Flag
from connector.kpi.surveys.averages import mean
from connector.kpi.surveys.emptiness import no_answers
from connector.kpi.surveys.scope import Scope
from connector.messages.kpi import KPI

SATISFIED = {"1-5": 4, "good-bad": 1, "1-3": 3, "1-10": 9}
"""From which score on an answer is a satisfied one, by scale."""
_FLAGS = {"1-3": Flag("rule_top_of_3"), "1-10": Flag("rule_top_2_of_10")}
"""Scales on which others count in other ways."""
LOW_RESPONSE = 0.10


def satisfied() -> pl.Expr:
    """Whether an answer is a satisfied one, by the rule of its scale; null on a scale that has none."""
    least = pl.col("scale").replace_strict(SATISFIED, default=None, return_dtype=pl.Int64)
    return pl.col("score") >= least


def csat(scope: Scope) -> Measured | Banded:
    """Satisfied answers among all answers, each scale by its own rule."""

    def of(rows: pl.DataFrame) -> Measured:
        if rows.is_empty():
            return no_answers(scope)
        scale = rows["scale"][0]
        good = int(rows.select(satisfied().sum()).item())
        return (
            share(good, rows.height, KPI("reason.no_answers"))
            .with_flags(_FLAGS.get(scale))
            .with_notes(KPI(f"note.csat_{scale}"))
        )

    return scope.each("scale", of)


def csat_mean(scope: Scope) -> Measured:
    """The mean of answers from 1 to 5."""
    return no_answers(scope) if scope.rows.is_empty() else mean(scope.rows)


def csat_response_rate(scope: Scope) -> Measured:
    """Answered among offered surveys; both known only where the source says what it offered."""
    offered = scope.offered
    found = share(int(offered["answered"].sum()), offered.height, KPI("reason.no_offers"))
    low = found.value is not None and found.value < LOW_RESPONSE
    return found.with_flags(Flag("low_response") if low else None)


def csat_turned(scope: Scope) -> Measured:
    """Surveys whose first answer of the period was a satisfied one and whose latest is not."""
    by_unit = scope.given.with_columns(satisfied().alias("good")).group_by("unit", maintain_order=True)
    turned = by_unit.agg(pl.col("good").first() & ~pl.col("good").last())
    changed = turned.filter(pl.col("good"))["unit"]
    latest = scope.rows.filter(pl.col("unit").is_in(changed.implode()))
    return Measured(latest.height)
