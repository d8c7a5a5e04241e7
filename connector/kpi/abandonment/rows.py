"""The very checkouts, carts or payments behind a figure of abandonment (`--rows`)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from connector.kpi.abandonment.computing import View
from connector.kpi.abandonment.figures import AbandonmentKpi
from connector.money import MICROS

INSTANT = pl.Datetime("us", "UTC")

COLUMNS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "kind": pl.String,  # cart | order
    "id": pl.String,
    "number": pl.String,
    "state": pl.String,  # ordered | recovered | abandoned | waiting | open; of a payment: counted | failed
    "started_at": INSTANT,
    "ordered_at": INSTANT,
    "order_id": pl.String,  # the order that came of it
    "person_id": pl.Int64,
    "email": pl.String,
    "country": pl.String,
    "currency": pl.String,
    "payment_method": pl.String,
    "products": pl.Int64,  # lines of a cart
    "quantity": pl.Decimal(38, 6),
}
"""Of what is `waiting` the seven days in which it may come back are not over, of what is `open` not even the hours."""


def rows(kpi: AbandonmentKpi, view: View, sources: Mapping[int, str]) -> pl.DataFrame:
    """Each row of a view with `COLUMNS`; for `recovered_rate` only what was abandoned. `sources` by number."""
    payments = kpi.begun == "payments"
    state = pl.when("counts").then(pl.lit("counted")).otherwise(pl.lit("failed")) if payments else view.state
    shown = view.rows.sort("source_id", "started_at", "id").with_columns(
        source=pl.col("source_id").replace_strict(dict(sources), default=None, return_dtype=pl.String),
        state=state,
        started_at=pl.from_epoch("started_at", time_unit="us").dt.replace_time_zone("UTC"),
        ordered_at=pl.from_epoch("ordered_at", time_unit="us").dt.replace_time_zone("UTC"),
    )
    if "quantity" in shown.columns:
        shown = shown.with_columns(quantity=(pl.col("quantity").cast(pl.Decimal(38, 6)) / MICROS))
    if kpi.id == "recovered_rate":
        shown = shown.filter(pl.col("state").is_in(["recovered", "abandoned", "waiting"]))
    return shown.select(
        (pl.col(name) if name in shown.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in COLUMNS.items()
    )
