"""Orders looked from, and what followed: a contact, an answer, a refund, another order (definitions, 6.1).

Elapsed days of 24 hours. A person with two orders in the period and `cross.index: every_order` is in it twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from connector.instants import DAY
from connector.kpi.across.bands import needs, with_bands
from connector.kpi.across.standardising import Compared, Stratum, compare
from connector.kpi.across.view import View
from connector.messages import Message
from connector.messages.kpi import KPI

ORDER = ("source_id", "order_id")


@dataclass(frozen=True)
class Followed:
    """The index orders that were followed long enough, each with `again`, whether another order counted.

    `place` (1, 2, 3+: the order's place in its person's history) and `quarter` (in which the person first ordered)
    are the strata of the standardised comparison; `contact_at` and the rest are the first conversation within
    `cross.exposure_days`, null without one. `why` says why there is none; `excluded` counts who was left out.
    """

    rows: pl.DataFrame
    excluded: dict[str, int]
    why: Message


def followed(view: View) -> Followed:
    """The index orders of the period, with what followed them."""
    cross = view.options.cross
    index = view.orders.persons
    if cross.index == "first":
        index = index.filter("first")
    exposed, outcome = cross.exposure_days * DAY, cross.outcome_days * DAY
    over = index.filter(pl.col("at") + outcome <= view.observed)
    gap = pl.col("next_at") - pl.col("at")
    kept = over.filter((gap > exposed) | gap.is_null()) if cross.landmark else over
    rows = kept.with_columns(again=(gap <= outcome).fill_null(False), quarter=_quarter(view))
    reason = "no_first_orders" if cross.index == "first" else "no_orders"
    if index.height:
        reason = "no_followed" if over.height else "index_window_open"
    return Followed(
        _contacted(view, _placed(view, rows)),
        {"window_open": index.height - over.height, "ordered_early": over.height - kept.height},
        KPI(f"reason.{reason}"),
    )


def compared(rows: pl.DataFrame, exposed: pl.Expr, more: Iterable[str] = ()) -> Compared:
    """Those for whom `exposed` holds against those for whom it does not, crude and standardised (S5); null = neither.

    `more` are columns that part the strata further.
    """
    strata = ["place", "quarter", *more]
    sides = rows.select(*strata, "again", exposed=exposed).filter(pl.col("exposed").is_not_null())
    counts = sides.group_by(*strata, "exposed").agg(successes=pl.col("again").sum(), trials=pl.len())
    found: dict[tuple[object, ...], dict[bool, tuple[int, int]]] = {}
    for *stratum, side, successes, trials in counts.sort(*strata, "exposed").iter_rows():
        found.setdefault(tuple(stratum), {})[side] = (successes, trials)
    return compare(Stratum(one.get(True, (0, 0)), one.get(False, (0, 0))) for one in found.values())


def _quarter(view: View) -> pl.Expr:
    """The local quarter of the person's first order, as a number that grows by one a quarter."""
    local = pl.col("first_at").cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(view.orders.history.zone.key)
    return local.dt.year() * 4 + local.dt.quarter()


def _placed(view: View, rows: pl.DataFrame) -> pl.DataFrame:
    if view.options.cross.index == "first":
        return rows.with_columns(place=pl.lit("1"))
    return rows.join(view.always(places), on=ORDER, how="left", maintain_order="left")


def places(view: View) -> pl.DataFrame:
    """Of each order of a person its `place` in the history: 1, 2 or 3+."""
    known = view.history.filter(pl.col("person_id").is_not_null())
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    number = row - pl.when("first").then(row).forward_fill() + 1
    return known.select(*ORDER, place=place_of(number))


def place_of(number: pl.Expr) -> pl.Expr:
    """A number of orders as a band."""
    return pl.when(number >= 3).then(pl.lit("3+")).otherwise(number.cast(pl.String))


def conversations(view: View) -> pl.DataFrame:
    """All counted conversations of persons, sorted by their beginning, with the bands of their replies if asked for."""
    talks = view.talks.desk.conversations
    known = talks.filter(pl.col("person_id").is_not_null())
    if needs(view.options.frt.start) <= set(known.columns):
        known = with_bands(known, view.options.frt.start)
    return known.sort("created_at", "row")


def _contacted(view: View, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the first conversation that their person began within the days of exposure."""
    talks = view.always(conversations)
    held = [name for name in ("kind", "frt_band") if name in talks.columns]
    right = talks.select("person_id", *held, contact_at="created_at")
    return rows.join_asof(
        right,
        left_on="at",
        right_on="contact_at",
        by="person_id",
        strategy="forward",
        tolerance=view.options.cross.exposure_days * DAY,
        coalesce=False,
        check_sortedness=False,
    )
