"""Customers sorted by how recently, how often and for how much they bought (definitions, 4.10)."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from connector.instants import DAY, day_start, local_day
from connector.kpi.dimensions import SEGMENTS
from connector.kpi.distributions import total
from connector.kpi.measured import Banded, Measured, missing
from connector.kpi.period import add_months
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.worth import bought, documents
from connector.messages.kpi import KPI

LOOK_BACK = 24
"""Months before the instant asked about; older orders do not count."""
FEWEST = 50
"""Below so many customers fifths say nothing: recency, frequency and value only."""

_MAP = {
    5: ("new", "potential", "potential", "champions", "champions"),
    4: ("promising", "potential", "potential", "loyal", "loyal"),
    3: ("about_to_sleep", "about_to_sleep", "attention", "loyal", "loyal"),
    2: ("hibernating", "hibernating", "at_risk", "at_risk", "at_risk"),
    1: ("lost", "lost", "at_risk", "cannot_lose", "cannot_lose"),
}
"""R score -> the segment for FM 1 to 5: the mean of the F and M scores, rounded half-up."""


def rfm(scope: Scope) -> Banded:
    """How many customers are in each segment, and all of them.

    Asked as of the period's end, or of the last sync where that is earlier.
    """
    persons = scores(scope)
    people = persons.height
    if not people:
        return Banded("segment", (), missing(KPI("reason.no_customers_lately", months=LOOK_BACK)))
    everybody = _described(persons, people)
    if people < FEWEST:
        return Banded("segment", (), everybody.with_notes(KPI("note.rfm_few", persons=people, fewest=FEWEST)))
    bands = ((name, _described(persons.filter(pl.col("segment") == name), people)) for name in SEGMENTS)
    return Banded("segment", tuple(bands), everybody)


def scores(scope: Scope) -> pl.DataFrame:
    """Everybody with an order in the look-back, each once, by `person_id`.

    `recency_days` (whole days since the last order), `frequency` (orders), `monetary` (net after refunds, millionths);
    `r`, `f`, `m` (1 to 5) and `segment`, which are null where there are fewer than 50 persons. The amounts must be of
    one currency: ask a view narrowed to it.
    """
    now = min(scope.end, scope.observed)
    zone = scope.history.zone
    since = day_start(add_months(local_day(now, zone), -LOOK_BACK), zone)
    recent = (
        bought(scope, since)
        .group_by("person_id")
        .agg(recency_days=((now - pl.col("at").max()) // DAY).clip(0), frequency=pl.len().cast(pl.Int64))
    )
    spent = documents(scope, since).group_by("person_id").agg(monetary=pl.col("net").sum())
    persons = recent.join(spent, on="person_id", how="left").sort("person_id")
    if persons.height < FEWEST:
        empty = {name: pl.lit(None, dtype=pl.Int64) for name in ("r", "f", "m")}
        return persons.with_columns(**empty, segment=pl.lit(None, dtype=pl.String))
    persons = persons.with_columns(
        r=_score(pl.col("recency_days"), lower_is_better=True),
        f=_score(pl.col("frequency")),
        m=_score(pl.col("monetary")),
    )
    fm = (pl.col("f") + pl.col("m") + 1) // 2
    named = [(r, step, name) for r, row in _MAP.items() for step, name in enumerate(row, start=1)]
    cases = (pl.when((pl.col("r") == r) & (fm == step)).then(pl.lit(name)) for r, step, name in named)
    return persons.with_columns(segment=pl.coalesce(cases))


def _score(column: pl.Expr, *, lower_is_better: bool = False) -> pl.Expr:
    """1 + floor(5 * persons strictly worse / n); equal ones share a score."""
    worse = column.rank("min", descending=lower_is_better).cast(pl.Int64) - 1
    return 1 + (5 * worse) // pl.len().cast(pl.Int64)


def _described(persons: pl.DataFrame, people: int) -> Measured:
    """How many, their share, and what they are like."""
    count = persons.height
    extra = {
        "share": count / people,
        "recency_days": persons["recency_days"].median(),
        "frequency": persons["frequency"].mean(),
        "monetary": Decimal(total(persons["monetary"])) / count if count else None,
    }
    return Measured(count, extra=extra)
