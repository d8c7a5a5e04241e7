"""Working time per handled contact (definitions, 5.2): measured by the source, or estimated under its own id."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import SECOND
from connector.kpi.distributions import mean_of
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.result import Flag
from connector.kpi.service.clocks import said_of_day
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI

COVERED = 0.8
"""Below this share of contacts with a measured time the figure is flagged."""


def aht(scope: Scope) -> Measured:
    """Measured working time of a handled contact. The mean leads by tradition, the median stands beside it.

    Handled: with a human reply or measured work. With `aht.concurrency: divide` a second of a chat counts 1/c while
    its agent works on c chats.
    """
    desk = scope.desk
    if not desk.conversations["handle_seconds"].count() and desk.besides["work"].is_empty():
        return missing(KPI("reason.no_handle_time"), n=0, flag=NOT_AVAILABLE)
    rows = scope.rows.select("row", "channel", "replies", "handle_seconds")
    rows = rows.join(_worked(scope), on="row", how="left", maintain_order="left")
    chat = (pl.col("channel") == "chat") & pl.col("worked").is_not_null()
    rows = rows.with_columns(handled=pl.when(chat).then("worked").otherwise(pl.coalesce("handle_seconds", "whole")))
    contacts = rows.filter((pl.col("replies") >= 1) | pl.col("handled").is_not_null())
    times = contacts["handled"].drop_nulls()
    measured = mean_of(times, KPI("reason.no_handled_contacts"))
    covered = len(times) / contacts.height if contacts.height else 1.0
    return (
        replace(measured, parts={"with_handle_time": len(times), "handled": contacts.height})
        .with_flags(Flag("low_coverage", str(round(covered * 100))) if covered < COVERED else None)
        .with_notes(
            KPI("note.coverage", known=len(times), handled=contacts.height) if contacts.height else None,
            said_of_day(scope),
        )
    )


def aht_estimated(scope: Scope) -> Measured:
    """Working time guessed from the instants at which agents wrote, where nobody measured it. A rule of thumb."""
    if not scope.desk.conversations["estimated_seconds"].count():
        return missing(KPI("reason.no_actions"), n=0, flag=NOT_AVAILABLE)
    return mean_of(scope.rows["estimated_seconds"], KPI("reason.no_handled_contacts")).with_notes(
        KPI("note.estimated_work"), said_of_day(scope)
    )


def _worked(scope: Scope) -> pl.DataFrame:
    """Seconds of work by conversation (`row`): `whole`, and `worked`, shared out between chats at the same time."""
    work = scope.desk.besides["work"]
    spans = work.filter(pl.col("seconds") > 0).select(
        "row", "agent_source_id", "agent_id", "seconds", begin="at", end=pl.col("at") + pl.col("seconds") * SECOND
    )
    whole = work.group_by("row").agg(whole=pl.col("seconds").sum())
    if scope.options.aht.concurrency == "full":
        return whole.with_columns(worked=pl.col("whole").cast(pl.Float64))
    return whole.join(_shared(scope, spans), on="row", how="left").with_columns(
        worked=pl.coalesce("worked", pl.col("whole").cast(pl.Float64))
    )


def _shared(scope: Scope, spans: pl.DataFrame) -> pl.DataFrame:
    """The seconds of chats, each counted 1/c while its agent was in c chats.

    Along each agent's time the sum of 1/c is laid out at every begin and end; a span is the difference of its ends.
    Chats of all conversations count for c, whatever was filtered.
    """
    agent = ["agent_source_id", "agent_id"]
    chats = scope.desk.conversations.filter(pl.col("channel") == "chat")["row"]
    spans = spans.filter(pl.col("row").is_in(chats.implode()) & pl.col("agent_id").is_not_null())
    edges = pl.concat(
        [
            spans.select(*agent, at="begin", step=pl.lit(1, dtype=pl.Int64)),
            spans.select(*agent, at="end", step=pl.lit(-1, dtype=pl.Int64)),
        ]
    )
    line = (
        edges.group_by(*agent, "at")
        .agg(pl.col("step").sum())
        .sort(*agent, "at")
        .with_columns(busy=pl.col("step").cum_sum().over(agent), until=pl.col("at").shift(-1).over(agent))
        .with_columns(
            passed=pl.when(pl.col("busy") > 0).then((pl.col("until") - pl.col("at")) / pl.col("busy")).otherwise(0.0)
        )
        .with_columns(clock=pl.col("passed").fill_null(0.0).cum_sum().over(agent).shift(1, fill_value=0.0).over(agent))
        .select(*agent, "at", "clock")
    )
    placed = spans.join(line.rename({"at": "begin", "clock": "from"}), on=[*agent, "begin"]).join(
        line.rename({"at": "end", "clock": "to"}), on=[*agent, "end"]
    )
    return placed.group_by("row").agg(worked=(pl.col("to") - pl.col("from")).sum() / SECOND)
