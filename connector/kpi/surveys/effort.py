"""How much effort it was (definitions, 5.7). Two questions that run against each other; neither becomes the other."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from connector.kpi.measured import Banded, Measured, share
from connector.kpi.surveys.averages import mean
from connector.kpi.surveys.balance import balance
from connector.kpi.surveys.emptiness import no_answers
from connector.kpi.surveys.scope import Scope
from connector.messages.kpi import KPI

SCALES = {1: "1-5", 2: "1-7"}
"""The scale of each version of the question."""


def ces(scope: Scope) -> Measured | Banded:
    """The mean, each version of the question apart."""
    return scope.each("scale", lambda rows: _stated(scope, rows, mean))


def ces_agree(scope: Scope) -> Measured:
    """Version 2: who agrees that it was easy (5-7)."""
    return _stated(scope, scope.rows, lambda rows: _share(rows, pl.col("score") >= 5))


def ces_top2(scope: Scope) -> Measured:
    """Version 2: who fully agrees (6-7)."""
    return _stated(scope, scope.rows, lambda rows: _share(rows, pl.col("score") >= 6))


def ces_index(scope: Scope) -> Measured:
    """Version 2: who fully agrees (6-7) minus who disagrees (1-3), in points."""

    def of(rows: pl.DataFrame) -> Measured:
        return balance(_count(rows, pl.col("score") >= 6), _count(rows, pl.col("score") <= 3), rows.height)

    return _stated(scope, scope.rows, of)


def ces_low_effort(scope: Scope) -> Measured:
    """Version 1: whom it took little effort (1-2)."""
    return _stated(scope, scope.rows, lambda rows: _share(rows, pl.col("score") <= 2))


def _stated(scope: Scope, rows: pl.DataFrame, compute: Callable[[pl.DataFrame], Measured]) -> Measured:
    """A figure that says in words which way its scale runs."""
    if rows.is_empty():
        return no_answers(scope)
    return compute(rows).with_notes(KPI(f"note.ces_{rows['scale'][0]}"))


def _share(rows: pl.DataFrame, which: pl.Expr) -> Measured:
    return share(_count(rows, which), rows.height, KPI("reason.no_answers"))


def _count(rows: pl.DataFrame, which: pl.Expr) -> int:
    return int(rows.select(which.sum()).item())
