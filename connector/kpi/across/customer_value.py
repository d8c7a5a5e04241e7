"""How good and how bad customers are treated, and what they say (definitions, 6.11)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import polars as pl

from connector.kpi.across.bands import with_bands
from connector.kpi.across.following import places
from connector.kpi.across.matching import with_match
from connector.kpi.across.view import View
from connector.kpi.dimensions import SEGMENTS
from connector.kpi.distributions import stats_of
from connector.kpi.measured import Banded, Measured, share
from connector.kpi.shop.rfm import FEWEST, scores
from connector.kpi.surveys.balance import balance
from connector.kpi.surveys.recommendation import DETRACTOR, PROMOTER
from connector.kpi.surveys.scope import Scope as Survey
from connector.messages.kpi import KPI

COUNTS = ("0", "1", "2", "3+")
"""Orders that a person had made by the time of an answer or a conversation."""
ORDER = ("source_id", "order_id")


def csat_by_customer_value(view: View) -> Measured | Banded:
    """Satisfied answers by the customer's segment (4.10), else by how many orders they had made; with NPS and FRT.

    Below 50 customers there are no segments. `--by order_count` gives the other reading.
    """
    segments = view.of_period(segment_of)
    dimension = view.by or ("segment" if segments.height else "order_count")
    wanted = dict(view.conditions)
    csat, nps, frt = (_valued(view, frame, dimension) for frame in _said(view))
    for column, values in wanted.items():
        csat, nps, frt = (_among(view, one, column, values) for one in (csat, nps, frt))
    total = _told(csat, nps, frt)
    notes = [KPI("note.x_by_segment" if dimension == "segment" else "note.x_by_order_count")]
    if view.by is None and not segments.height:
        notes.append(KPI("note.x_no_segments", fewest=FEWEST))
    notes.append(KPI("note.x_associated"))
    if view.by is not None:
        return with_match(view, total, *notes)
    names = SEGMENTS if dimension == "segment" else COUNTS
    bands = tuple((name, _told(*(one.filter(pl.col(dimension) == name) for one in (csat, nps, frt)))) for name in names)
    return with_match(view, Banded(dimension, bands, total), *notes)


def values(view: View, dimension: str) -> list[str | None]:
    """The segments or numbers of orders that anything was said by, in their order; None last."""
    found = {value for frame in _said(view) for value in _valued(view, frame, dimension)[dimension].unique()}
    listed: list[str | None] = [name for name in (SEGMENTS if dimension == "segment" else COUNTS) if name in found]
    return [*listed, None] if None in found else listed


def said(view: View) -> pl.DataFrame:
    """The answers of the period with the customer's worth as their `band`."""
    dimension = "segment" if view.of_period(segment_of).height else "order_count"
    csat, nps, _ = (_valued(view, frame, dimension) for frame in _said(view))
    return pl.concat([csat, nps], how="diagonal_relaxed").with_columns(band=dimension)


def segment_of(view: View) -> pl.DataFrame:
    """`person_id` and `segment` as of the period's end, by the orders in the currency that most orders have."""
    orders = view.orders.persons if view.orders.persons.height else view.orders.selected
    most = orders["currency"].drop_nulls().mode().sort()
    if not len(most):
        return pl.DataFrame(schema={"person_id": pl.Int64, "segment": pl.String})
    found = scores(view.orders.narrowed(("currency", (most[0],))))
    return found.select("person_id", "segment").filter(pl.col("segment").is_not_null())


def _said(view: View) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Of the period: answers about satisfaction, about recommending, and conversations that a reply was due to."""
    return view.of_period(_of_period)


def _of_period(view: View) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    assert view.answers is not None
    answers = {}
    for metric in ("csat", "nps"):
        rows = view.answers.filter(pl.col("metric") == metric)
        first = metric == "csat" and view.options.csat.answer == "first"
        asked = Survey(rows, rows.clear(), view.start, view.end, view.options, first)
        answers[metric] = asked.rows.filter(pl.col("person_id").is_not_null()).with_columns(of_at="answered_at")
    talks = with_bands(view.talks.rows, view.options.frt.start)
    due = talks.filter(pl.col("person_id").is_not_null() & pl.col("frt_band").is_not_null())
    return answers["csat"], answers["nps"], due.with_columns(of_at="created_at")


def _valued(view: View, rows: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Rows with the person's segment, or number of orders at the time."""
    if dimension in rows.columns:
        return rows
    if dimension == "segment":
        return rows.join(view.of_period(segment_of), on="person_id", how="left", maintain_order="left")
    orders = view.history.filter(pl.col("person_id").is_not_null()).select(*ORDER, "person_id", before_at="at")
    numbered = orders.join(view.always(places), on=ORDER, how="left", maintain_order="left")
    joined = rows.sort("of_at").join_asof(
        numbered.select("person_id", "before_at", order_count="place"),
        left_on="of_at",
        right_on="before_at",
        by="person_id",
        strategy="backward",
        coalesce=False,
        check_sortedness=False,
    )
    return joined.with_columns(pl.col("order_count").fill_null(COUNTS[0]))


def _among(view: View, rows: pl.DataFrame, dimension: str, wanted: tuple[str | int | None, ...]) -> pl.DataFrame:
    held = _valued(view, rows, dimension)
    named = [value for value in wanted if value is not None]
    meets = pl.col(dimension).is_in(named).fill_null(False) if named else pl.lit(False)
    return held.filter((meets | pl.col(dimension).is_null()) if None in wanted else meets)


def _told(csat: pl.DataFrame, nps: pl.DataFrame, frt: pl.DataFrame) -> Measured:
    """Satisfaction as the value, the others beside it."""
    known = csat.filter(pl.col("good").is_not_null())
    seconds = frt["frt_seconds"].drop_nulls().sort()
    return share(int(known["good"].sum()), known.height, KPI("reason.no_answers")).with_extra(
        nps={str(kind): _balance(nps.filter(pl.col("kind") == kind)) for kind in nps["kind"].unique().sort()},
        frt={**asdict(stats_of(seconds)), "n": len(seconds)} if len(seconds) else None,
    )


def _balance(rows: pl.DataFrame) -> dict[str, Any]:
    promoters, detractors = int((rows["score"] >= PROMOTER).sum()), int((rows["score"] <= DETRACTOR).sum())
    found = balance(promoters, detractors, rows.height)
    bounds = found.interval
    return {
        "value": found.value,
        "n": rows.height,
        "ci_low": bounds.low if bounds else None,
        "ci_high": bounds.high if bounds else None,
        "ci_method": bounds.method if bounds else None,
    }
