"""Who ordered again, by what came between (definitions, 6.1 to 6.4). All of it is "associated with", never "caused"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

import polars as pl

from connector.instants import DAY, SECOND
from connector.kpi.across.bands import BANDS, bands_of, fast
from connector.kpi.across.following import ORDER, Followed, compared, followed
from connector.kpi.across.matching import with_match
from connector.kpi.across.saying import decimal, points
from connector.kpi.across.standardising import Compared
from connector.kpi.across.trend import trend
from connector.kpi.across.view import View
from connector.kpi.distributions import stats_of
from connector.kpi.measured import Banded, Measured, share
from connector.kpi.result import Flag
from connector.kpi.shop.history import FULL
from connector.kpi.statistics import wilson
from connector.messages import Message
from connector.messages.kpi import KPI

GOOD, BAD, SILENT = "4-5", "1-3", "not_answered"


def by_contact(view: View) -> Measured | Banded:
    """Another order of those who wrote within the days of exposure, and of those who did not."""
    found, rows = view.once(followed), contact_bands(view)
    between = compared(rows, pl.col("band") == "with")
    return _told(view, found, rows, "contact", ("with", "without"), between, KPI("note.x_contact"))


def by_frt(view: View) -> Measured | Banded:
    """Another order of those who wrote, by how long their first conversation waited for its first reply."""
    found = view.once(followed)
    contacted = found.rows.filter(pl.col("contact_at").is_not_null())
    rows = contacted.filter(pl.col("frt_band").is_not_null()).with_columns(band="frt_band")
    names = bands_of(set(rows["kind"].unique()))
    told = _told(
        view,
        replace(found, excluded={**found.excluded, "agent_started": contacted.height - rows.height}),
        rows,
        "frt_band",
        names,
        compared(rows, ~fast(), ("kind",)),
        KPI("note.x_slow_fast"),
        KPI("note.x_calendar"),
    )
    return with_trend(told, {kind: [_counts(rows, name) for name in BANDS[kind]] for kind in BANDS})


def by_csat(view: View) -> Measured | Banded:
    """Another order of those who wrote, by the first answer they gave within the days of exposure."""
    found, rows = view.once(followed), csat_bands(view)
    return _told(view, found, rows, "csat", (GOOD, BAD, SILENT), compared(rows, pl.col("good")), KPI("note.x_good_bad"))


def by_refund(view: View) -> Measured | Banded:
    """Another order by whether the index order was refunded within the days of exposure: in full, partly, not."""
    found, rows = view.once(followed), refund_bands(view)
    back = pl.col("band") != "none"
    told = _told(view, found, rows, "refund", ("full", "partial", "none"), compared(rows, back), KPI("note.x_refunded"))
    refunded = rows.filter(back)
    waits = ((refunded["refund_at"] - refunded["at"]) / SECOND).sort()
    before = int((refunded["contact_at"] < refunded["refund_at"]).sum()) if view.has_desk else None
    extra: dict[str, Any] = {
        "seconds_to_refund": {**asdict(stats_of(waits)), "n": len(waits)} if len(waits) else None,
        "contact_before_refund": None if before is None else part_of(before, refunded.height),
    }
    notes = []
    if len(waits):
        notes.append(KPI("note.x_days_to_refund", days=decimal(float(stats_of(waits).median) * SECOND / DAY)))
        if before is not None:
            notes.append(KPI("note.x_contact_before_refund", part=before, whole=refunded.height))
    if isinstance(told, Measured):
        return told.with_extra(**extra).with_notes(*notes)
    assert told.total is not None
    return replace(told, total=told.total.with_extra(**extra).with_notes(*notes))


def contact_bands(view: View) -> pl.DataFrame:
    """The index orders with their `band`: with or without a conversation."""
    contact = pl.col("contact_at").is_not_null()
    return view.once(followed).rows.with_columns(
        band=pl.when(contact).then(pl.lit("with")).otherwise(pl.lit("without"))
    )


def csat_bands(view: View) -> pl.DataFrame:
    """Those who wrote, with the `band` of the first answer they gave, whether it was `good`; null without one."""
    assert view.answers is not None
    answers = view.answers.filter((pl.col("metric") == "csat") & pl.col("person_id").is_not_null())
    contacted = (
        view.once(followed)
        .rows.filter(pl.col("contact_at").is_not_null())
        .join_asof(
            answers.select("person_id", "answered_at", "good").sort("answered_at"),
            left_on="at",
            right_on="answered_at",
            by="person_id",
            strategy="forward",
            tolerance=view.options.cross.exposure_days * DAY,
            coalesce=False,
            check_sortedness=False,
        )
    )
    band = pl.when("good").then(pl.lit(GOOD)).when(~pl.col("good")).then(pl.lit(BAD)).otherwise(pl.lit(SILENT))
    return contacted.with_columns(band=band)


def part_of(part: int, whole: int) -> dict[str, Any]:
    """A share as a further field of a record."""
    low, high = wilson(part, whole) or (None, None)
    return {
        "value": part / whole if whole else None,
        "numerator": part,
        "denominator": whole,
        "ci_low": low,
        "ci_high": high,
        "ci_method": "wilson" if whole else None,
    }


def with_trend(told: Measured | Banded, bands: Mapping[str, list[tuple[int, int]]]) -> Measured | Banded:
    """The total with the p value of a trend over the bands of each kind that has cases."""
    found = {kind: trend(counts) for kind, counts in bands.items() if any(trials for _, trials in counts)}
    total = told.total if isinstance(told, Banded) else told
    if total is None or not found:
        return told
    notes = [
        KPI(f"note.x_trend_{kind}", p=decimal(value, 3)) if value is not None else KPI(f"note.x_no_trend_{kind}")
        for kind, value in found.items()
    ]
    total = total.with_extra(trend=found).with_notes(*notes)
    return replace(told, total=total) if isinstance(told, Banded) else total


def with_comparison(total: Measured, found: Compared) -> Measured:
    """The total with the crude and the standardised difference, and whether they point in opposite directions."""
    note = None
    if found.dropped:
        note = KPI("note.x_dropped", dropped=found.dropped, strata=found.strata, cases=found.dropped_trials)
    return (
        total.with_extra(difference=found.difference_fields(), standardised=found.standardised_fields())
        .with_flags(Flag("simpson") if found.simpson else None)
        .with_notes(_difference(found), note)
    )


def _difference(found: Compared) -> Message | None:
    """Both differences in points."""
    fields = found.difference_fields()
    if found.crude is None:
        return None
    low, high = fields["ci_low"], fields["ci_high"]
    said = {"crude": points(found.crude), "low": points(low), "high": points(high)}
    if found.standardised is None:
        return KPI("note.x_crude", **said)
    return KPI("note.x_difference", standardised=points(found.standardised), **said)


def _told(
    view: View,
    found: Followed,
    rows: pl.DataFrame,
    dimension: str,
    names: Iterable[str],
    comparison: Compared,
    *notes: Message,
) -> Measured | Banded:
    """A record for each band of `rows`, and one for all with what is between two of them; in a breakdown that alone."""
    reason = found.why if found.rows.is_empty() else KPI("reason.no_contacted")
    whole = share(int(rows["again"].sum()), rows.height, reason)
    cross = view.options.cross
    windows = KPI(
        "note.x_landmark" if cross.landmark else "note.x_no_landmark",
        exposure=cross.exposure_days,
        outcome=cross.outcome_days,
    )
    every = KPI("note.x_every_order") if cross.index == "every_order" else None
    total = replace(with_comparison(whole, comparison), excluded=found.excluded).with_notes(windows, every)
    said = (*notes, KPI("note.x_associated"))
    if view.by is not None:
        return with_match(view, total, *said)
    bands = tuple((name, share(*_counts(rows, name), KPI("reason.no_band"))) for name in names)
    return with_match(view, Banded(dimension, bands, total), *said)


def _counts(rows: pl.DataFrame, band: str) -> tuple[int, int]:
    inside = rows.filter(pl.col("band") == band)
    return int(inside["again"].sum()), inside.height


def refund_bands(view: View) -> pl.DataFrame:
    """The index orders with their `band` (full, partial, none) and `refund_at`, the first refund in time."""
    rows, refunds = view.once(followed).rows, view.orders.history.refunds
    assert refunds is not None
    window = view.options.cross.exposure_days * DAY
    orders = rows.select(*ORDER, index_at="at")
    inside = (pl.col("refunded_at") >= pl.col("index_at")) & (pl.col("refunded_at") - pl.col("index_at") <= window)
    sums = (
        refunds.join(orders, on=ORDER, how="inner")
        .filter(inside)
        .group_by(ORDER)
        .agg(
            refund_at=pl.col("refunded_at").min(),
            full=(pl.col("order_total").first() > 0)
            & (pl.col("total").sum() * 1000 >= pl.col("order_total").first() * FULL),
        )
    )
    joined = rows.join(sums, on=ORDER, how="left", maintain_order="left")
    band = pl.when("full").then(pl.lit("full")).when(~pl.col("full")).then(pl.lit("partial"))
    return joined.with_columns(band=band.otherwise(pl.lit("none")))
