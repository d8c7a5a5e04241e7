"""Solved at the first contact (definitions, 5.3): four methods, which give four numbers for the same conversations."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import DAY
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing, share
from connector.kpi.service.clocks import said_of_day
from connector.kpi.service.ratings import rated
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def fcr(scope: Scope) -> Measured:
    """First contact resolution by the configured method (`fcr.method`), which the note names."""
    method = scope.options.fcr.method
    measured = {"recontact": _recontact, "one_touch": _one_touch, "not_reopened": _not_reopened, "survey": _survey}[
        method
    ](scope)
    return measured.with_notes(KPI(f"note.fcr_{method}", days=scope.options.fcr.days), said_of_day(scope))


def one_touch_rate(scope: Scope) -> Measured:
    """Solved with exactly one human public reply and no reopening / solved."""
    return _one_touch(scope).with_notes(said_of_day(scope))


def not_reopened_rate(scope: Scope) -> Measured:
    """Solved and never reopened / solved."""
    return _not_reopened(scope).with_notes(said_of_day(scope))


def judged(scope: Scope) -> pl.DataFrame:
    """What the method `recontact` says of solved conversations of somebody known: `row`, `window_over`, `resolved`."""
    window = scope.options.fcr.days * DAY
    about = _ABOUT[scope.options.fcr.scope]
    known = scope.solved.select("row", "person_id", "first_solved_at", *about, held=_never_reopened(scope))
    rows = known.filter(pl.col("person_id").is_not_null() & pl.col("first_solved_at").is_not_null())
    over = pl.col("first_solved_at") + window <= scope.observed
    again = _contacted_again(scope, rows.filter(over), window)
    return rows.select("row", window_over=over, resolved=over & pl.col("held") & ~pl.col("row").is_in(again.implode()))


def _recontact(scope: Scope) -> Measured:
    """Never reopened, and no other contact of the person in any channel within the days after the first solution.

    Of those whose days are over at the last sync. Anonymous conversations cannot be followed.
    """
    rows = judged(scope)
    over = rows.filter("window_over")
    reason = KPI("reason.solved_window_open" if rows.height else "reason.no_solved")
    measured = share(int(over["resolved"].sum()), over.height, reason)
    return replace(
        measured,
        excluded={"no_identity": _solved(scope).height - rows.height, "window_open": rows.height - over.height},
    )


def _one_touch(scope: Scope) -> Measured:
    return _share(scope, (pl.col("replies") == 1) & _never_reopened(scope))


def _not_reopened(scope: Scope) -> Measured:
    return _share(scope, _never_reopened(scope))


def _share(scope: Scope, which: pl.Expr) -> Measured:
    rows = _solved(scope)
    return share(int(rows.select(which.sum()).item()), rows.height, KPI("reason.no_solved"))


def _survey(scope: Scope) -> Measured:
    """The customers' own word: a survey that asks whether it was resolved, else the satisfaction survey."""
    ratings = scope.desk.besides["ratings"]
    if ratings.is_empty():
        return missing(KPI("reason.no_survey"), n=0, flag=NOT_AVAILABLE)
    metric = "fcr" if (ratings["metric"] == "fcr").any() else "csat"
    answered = rated(scope, _solved(scope), metric).filter(pl.col("good").is_not_null())
    measured = share(int(answered["good"].sum()), answered.height, KPI("reason.no_answers"))
    return measured.with_notes(KPI("note.fcr_by_csat") if metric == "csat" else None)


def _solved(scope: Scope) -> pl.DataFrame:
    return scope.solved.filter(pl.col("first_solved_at").is_not_null())


def _never_reopened(scope: Scope) -> pl.Expr:
    """By option a reopening by a thank-you, which nobody answered and which was solved again in a day, is none."""
    reopens = pl.col("reopens").fill_null(0)
    if scope.options.fcr.ignore_thanks:
        reopens = reopens - pl.col("thanks_reopens").fill_null(0)
    return reopens <= 0


def _contacted_again(scope: Scope, rows: pl.DataFrame, window: int) -> pl.Series:
    """The rows whose person began another conversation within `window` after the first solution.

    All conversations count as contacts, whatever was filtered; what an agent opened is no contact of the person.
    """
    about = _ABOUT[scope.options.fcr.scope]
    solutions = rows.select("row", "person_id", *about, after=pl.col("first_solved_at") + 1)
    contacts = scope.desk.conversations.select("row", "person_id", "by_agent", *about, contact_at="created_at")
    later = contacts.filter(pl.col("person_id").is_not_null() & ~pl.col("by_agent"))
    by = ["person_id"]
    if about:
        by.append("about")
        solutions, later = (_about(scope, frame) for frame in (solutions, later))
    found = solutions.sort("after").join_asof(
        later.sort("contact_at"),
        left_on="after",
        right_on="contact_at",
        by=by,
        strategy="forward",
        check_sortedness=False,
    )
    return found.filter(pl.col("contact_at") < pl.col("after") + window)["row"].unique()


_ABOUT = {"any": (), "same_topic": ("tags",), "same_order": ("order_source_id", "order_id")}
"""Option `fcr.scope` -> the columns that say what a conversation is about."""


def _about(scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    """Each conversation once for each thing it is `about`: a tag, or an order by its link or its number."""
    if scope.options.fcr.scope == "same_topic":
        return rows.with_columns(about="tags").explode("about").filter(pl.col("about").is_not_null())
    linked = rows.filter(pl.col("order_id").is_not_null())
    numbers = scope.desk.besides["numbers"].select("row", about=pl.concat_str(pl.lit("#"), "number"))
    return pl.concat(
        [
            linked.with_columns(about=pl.format("{}/{}", "order_source_id", "order_id")),
            rows.join(numbers, on="row", how="inner"),
        ]
    )
