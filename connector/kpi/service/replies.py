"""How fast customers are answered (definitions, 5.1)."""

from __future__ import annotations

from dataclasses import asdict, replace

import polars as pl

from connector.instants import HOUR, SECOND
from connector.kpi.distributions import median_of, stats_of
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.service.clocks import said_of_day, timed
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI

_STARTS = {"handoff": "frt", "created": "frt_created", "first_customer_message": "frt_message"}
"""Option `frt.start` -> the span that begins there."""


def first_reply(scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    """Of some conversations those that a first reply is due to, by `row`: the spans `reply_seconds` and
    `reply_business_seconds`, with what a target depends on where that was read.

    What an agent opened is left out, or timed from the creation to the agent's next reply after the opening message
    (option `frt.agent_started`).
    """
    by_agent = pl.col("by_agent")
    start = _STARTS[scope.options.frt.start]
    spans = {f"reply_{clock}": pl.col(f"{start}_{clock}") for clock in ("seconds", "business_seconds")}
    if scope.options.frt.agent_started != "exclude":
        second = {name: pl.col(name.replace("reply", "second_reply")) for name in spans}
        spans = {name: pl.when(by_agent).then(second[name]).otherwise(span) for name, span in spans.items()}
    held = [name for name in ("row", "source_id", "channel", "group_name") if name in rows.columns]
    due = rows.select(*held, "by_agent", **spans)
    return due.filter(~by_agent) if scope.options.frt.agent_started == "exclude" else due


def unanswered(scope: Scope) -> pl.DataFrame:
    """The conversations without a reply that nobody has solved, and `since` when their customers wait.

    A chat that a visitor left in vain is one of them, although it is over. What an agent opened waits for nobody.
    """
    silent = ~pl.col("answered") & ~pl.col("solved") & ~pl.col("by_agent")
    return scope.waiting.filter(silent).with_columns(since=pl.coalesce("frt_from_at", "created_at"))


def frt(scope: Scope) -> Measured:
    """First human public reply - beginning of the wait. The median leads; who still waits is counted beside it."""
    due = first_reply(scope, scope.rows)
    measured = timed(scope, due, "reply", KPI("reason.no_replies"))
    waiting = unanswered(scope)
    silent = scope.waiting.filter(~pl.col("answered") & pl.col("solved") & ~pl.col("by_agent"))
    if scope.by_event:  # what was never answered counts where it was solved
        silent = silent.filter(scope.inside("solved_at"))
    ages = waiting.select(age=(scope.observed - pl.col("since")).clip(0) / SECOND)["age"].sort()
    extra = dict(measured.extra) | {"unanswered": waiting.height}
    note = None
    if waiting.height:
        extra["unanswered_age"] = asdict(stats_of(ages))
        hours = int(float(ages[-1]) * SECOND // HOUR)
        note = KPI("note.unanswered", count=waiting.height, hours=hours)
        if hours >= 48:
            note = KPI("note.unanswered_days", count=waiting.height, days=hours // 24)
    return replace(
        measured,
        extra=extra,
        excluded={"agent_started": scope.rows.height - due.height, "no_reply": silent.height},
    ).with_notes(note, said_of_day(scope))


def first_bot_response(scope: Scope) -> Measured:
    """The first answer of a program - the creation; in a chat, the customer's first message. Around the clock."""
    if not scope.desk.conversations["first_bot_reply_at"].count():
        return missing(KPI("reason.no_bots"), n=0, flag=NOT_AVAILABLE)
    chat = pl.col("channel") == "chat"
    begin = pl.when(chat).then(pl.coalesce("first_customer_message_at", "created_at")).otherwise("created_at")
    spans = scope.rows.select(span=(pl.col("first_bot_reply_at") - begin).clip(0) / SECOND)["span"]
    return median_of(spans, KPI("reason.no_bot_replies")).with_notes(said_of_day(scope))


def nrt(scope: Scope) -> Measured:
    """Each block of customer messages to the next human reply, the first included."""
    if scope.by_event:
        replies = scope.beside("replies", scope.selected).filter(scope.inside("replied_at"))
    else:
        replies = scope.beside("replies", scope.rows)
    return timed(scope, replies, "wait", KPI("reason.no_replies")).with_notes(said_of_day(scope))


def reply_gap_total(scope: Scope) -> Measured:
    """What the customer of a conversation waited in all: the sum of its waits for a reply."""
    return timed(scope, scope.rows, "reply_gap", KPI("reason.no_replies")).with_notes(said_of_day(scope))
