"""What customers said about conversations, beside them."""

from __future__ import annotations

import polars as pl

from connector.kpi.service.scope import Scope


def rated(scope: Scope, rows: pl.DataFrame, metric: str = "csat") -> pl.DataFrame:
    """The conversations with `good`: whether the latest answer was a satisfied one; null = nobody answered."""
    answers = scope.desk.besides["ratings"].filter(pl.col("metric") == metric)
    latest = answers.sort("answered_at").unique("row", keep="last")
    return rows.join(latest.select("row", "good"), on="row", how="left", maintain_order="left")
