"""What was open at the end of each local day, from the history of statuses (definitions, 5.4)."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from connector.instants import DAY, day_start, local_day
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.result import Flag
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI

BANDS = ((0, "0-1"), (1, "1-3"), (3, "3-7"), (7, "7-30"), (30, "30+"))
"""From how many days of age on, and what the band is called; the upper end belongs to the next band."""
DAYS = 400
"""Days of the course shown at most: the latest ones."""


def backlog(scope: Scope) -> Measured:
    """Conversations that were neither solved nor closed nor deleted at the end of the period's last day.

    At the end of a day means just before the next one begins; of a day that is not over, at the last sync. `days` is
    the same for each local day. A source that keeps no history of statuses is known from its first sync on.
    """
    end = min(scope.end, scope.observed)
    open_spans, unknown_until = _spans(scope)
    seen = open_spans.filter(pl.col("from_at") < end)
    if unknown_until is not None and end <= unknown_until and seen.is_empty():
        return missing(KPI("reason.no_status_history"), flag=NOT_AVAILABLE)
    now = open_spans.filter(_open_at(end))
    measured = Measured(
        now["row"].n_unique(),
        parts=_bands(now, end),
        extra={"days": _course(scope, open_spans, end)},
    )
    if unknown_until is None or scope.start >= unknown_until:
        return measured
    return measured.with_flags(Flag("history_cut", local_day(unknown_until, scope.desk.zone)))


def open_conversations(scope: Scope) -> pl.DataFrame:
    """The conversations behind the figure."""
    found, _ = _spans(scope)
    rows = found.filter(_open_at(min(scope.end, scope.observed)))["row"].unique()
    return scope.selected.filter(pl.col("row").is_in(rows.implode()))


def _spans(scope: Scope) -> tuple[pl.DataFrame, int | None]:
    """When the conversations were open, and until when some source's history is not known (None = all is).

    Of a source without a history of statuses nothing is taken from before its first sync: what was reopened then and
    solved again cannot be seen any more. A chat's course is known: it begins and ends once.
    """
    rows = scope.selected.select("row", "source_id", "created_at", "channel", "has_history")
    spans = scope.beside("spans", scope.selected).join(rows.drop("source_id"), on="row", how="inner")
    chat = pl.col("channel") == "chat"
    told = rows.filter(~chat).group_by("source_id").agg(pl.col("has_history").any())
    without = told.filter(~pl.col("has_history").fill_null(False))["source_id"].to_list()
    if not without:
        return spans, None
    since = {source: scope.desk.since[source] for source in without if source in scope.desk.since}
    first = pl.col("source_id").replace_strict(since, default=None, return_dtype=pl.Int64)
    # The span begins, for us, where we began to look.
    began = pl.when(~chat).then(first).fill_null(0)
    seen = spans.with_columns(from_at=pl.max_horizontal("from_at", began))
    return seen.filter(pl.col("until_at").is_null() | (pl.col("until_at") > pl.col("from_at"))), max(
        since.values(), default=None
    )


def _open_at(instant: int) -> pl.Expr:
    """Open just before an instant."""
    return (pl.col("from_at") < instant) & (pl.col("until_at").is_null() | (pl.col("until_at") >= instant))


def _bands(now: pl.DataFrame, end: int) -> dict[str, int]:
    """How many are how old, in days of 24 hours since their creation."""
    ages = now.unique("row").select(age=(end - pl.col("created_at")) / DAY)["age"]
    lower = [low for low, _ in BANDS]
    counts = {}
    for place, (low, name) in enumerate(BANDS):
        upper = lower[place + 1] if place + 1 < len(lower) else None
        inside = (ages >= low) & ((ages < upper) if upper is not None else True)
        counts[name] = int(inside.sum())
    return counts


def _course(scope: Scope, spans: pl.DataFrame, end: int) -> list[dict[str, object]]:
    """For each local day the number open at its end. One pass: what opened before it, less what closed before it."""
    zone = scope.desk.zone
    last = local_day(end - 1, zone)
    first = max(local_day(scope.start, zone), last - timedelta(days=DAYS - 1))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    ends = pl.Series([min(day_start(day + timedelta(days=1), zone), end) for day in days], dtype=pl.Int64)
    opened, closed = spans["from_at"].sort(), spans["until_at"].drop_nulls().sort()
    # Closed at the very end of a day was still open just before it.
    counts = opened.search_sorted(ends, "left").cast(pl.Int64) - closed.search_sorted(ends, "left").cast(pl.Int64)
    return [{"day": day.isoformat(), "open": count} for day, count in zip(days, counts, strict=True)]
