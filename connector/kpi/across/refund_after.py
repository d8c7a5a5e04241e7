"""Refunds after a conversation about the order (definitions, 6.10)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import DAY
from connector.kpi.across.bands import BANDS, bands_of, with_bands
from connector.kpi.across.following import ORDER
from connector.kpi.across.matching import with_match
from connector.kpi.across.repurchase import with_trend
from connector.kpi.across.view import View
from connector.kpi.measured import Banded, Measured, share
from connector.messages.kpi import KPI

WITHIN = 30 * DAY
"""How long after a conversation a refund counts."""


def refund_after_contact(view: View) -> Measured | Banded:
    """Conversations about an order that had any refund within 30 days after their beginning, of all about an order."""
    about = view.talks.rows.filter(pl.col("order_id").is_not_null())
    rows = view.once(judged)
    over = rows.filter("window_over")
    reason = KPI("reason.no_attributed" if rows.is_empty() else "reason.attributed_window_open")
    total = replace(
        share(int(over["refunded"].sum()), over.height, reason),
        excluded={"window_open": rows.height - over.height, "order_not_counted": about.height - rows.height},
    )
    notes = (KPI("note.x_attribution", days=view.options.cross.attribution_days), KPI("note.x_associated"))
    if view.by is not None:
        return with_match(view, total, *notes)
    names = bands_of(set(over["kind"].unique()))
    counts = {}
    for name in names:
        inside = over.filter(pl.col("frt_band") == name)
        counts[name] = int(inside["refunded"].sum()), inside.height
    bands = tuple((name, share(*counts[name], KPI("reason.no_band"))) for name in names)
    trends = {kind: [counts[name] for name in listed if name in counts] for kind, listed in BANDS.items()}
    return with_match(view, with_trend(Banded("frt_band", bands, total), trends), *notes)


def judged(view: View) -> pl.DataFrame:
    """The view's conversations about counted orders, with `refunded` and `window_over`."""
    refunds = view.orders.history.refunds
    assert refunds is not None
    about = with_bands(view.talks.rows, view.options.frt.start).filter(pl.col("order_id").is_not_null())
    keys = ["order_source_id", "order_id"]
    orders = view.history.select(*ORDER).rename({"source_id": "order_source_id"})
    rows = about.join(orders, on=keys, how="semi", maintain_order="left")
    paid = refunds.select(*ORDER, "refunded_at").rename({"source_id": "order_source_id"})
    wait = pl.col("refunded_at") - pl.col("created_at")
    back = rows.select("row", "created_at", *keys).join(paid, on=keys, how="inner")
    refunded = back.filter((wait > 0) & (wait <= WITHIN))["row"].unique()
    return rows.with_columns(
        refunded=pl.col("row").is_in(refunded.implode()),
        window_over=pl.col("created_at") + WITHIN <= view.observed,
    )
