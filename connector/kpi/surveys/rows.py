"""The very answers behind a figure (`--rows`)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from connector.kpi.surveys.averages import MICRO
from connector.kpi.surveys.figures import SurveyKpi
from connector.kpi.surveys.recommendation import DETRACTOR, PROMOTER
from connector.kpi.surveys.satisfaction import satisfied
from connector.kpi.surveys.scope import Scope

INSTANT = pl.Datetime("us", "UTC")

Kind = pl.DataType | type[pl.DataType]

ANSWERS: Mapping[str, Kind] = {
    "state": pl.String,
    "source": pl.String,
    "survey": pl.String,
    "kind": pl.String,
    "metric": pl.String,
    "scale": pl.String,
    "score": pl.Float64,
    "answered_at": INSTANT,
    "offered_at": INSTANT,
    "person_id": pl.Int64,
    "email": pl.String,
    "channel": pl.String,
    "agent": pl.String,
    "group": pl.String,
    "conversation_source": pl.String,
    "conversation_id": pl.String,
    "order_id": pl.String,
    "answer_id": pl.String,
}
"""The columns. `state` is the part an answer plays in the figure: promoter, satisfied, answered, …"""


def rows(kpi: SurveyKpi, scope: Scope, sources: Mapping[int, str]) -> pl.DataFrame:
    """The answers behind a figure over a scope; `sources` by number."""
    found = scope.offered if kpi.offers else scope.rows
    named = found.with_columns(
        _state(kpi).alias("state"),
        _source("source_id", sources).alias("source"),
        _source("conversation_source_id", sources).alias("conversation_source"),
        pl.coalesce("conversation", "named").alias("conversation_id"),
        (pl.col("score") + pl.col("rest_micros").fill_null(0) / MICRO).alias("score"),
    )
    return named.select(pl.col(name).cast(kind) for name, kind in ANSWERS.items()).sort(
        "state", "answered_at", "source", "answer_id", maintain_order=True
    )


def _state(kpi: SurveyKpi) -> pl.Expr:
    if kpi.offers:
        return pl.when("answered").then(pl.lit("answered")).otherwise(pl.lit("unanswered"))
    if kpi.metric == "nps":
        return (
            pl.when(pl.col("score") >= PROMOTER)
            .then(pl.lit("promoter"))
            .when(pl.col("score") <= DETRACTOR)
            .then(pl.lit("detractor"))
            .otherwise(pl.lit("passive"))
        )
    if kpi.metric == "csat":
        return pl.when(satisfied()).then(pl.lit("satisfied")).otherwise(pl.lit("not_satisfied"))
    return pl.lit("answered")


def _source(column: str, sources: Mapping[int, str]) -> pl.Expr:
    return pl.col(column).replace_strict(sources, default=None, return_dtype=pl.String)
