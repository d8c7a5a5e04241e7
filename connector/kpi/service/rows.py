"""The very conversations behind a figure (`--rows`), with the links to them in their desks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from connector.kpi.service.backlog import open_conversations
from connector.kpi.service.chats import asked_chats, missed
from connector.kpi.service.figures import ServiceKpi
from connector.kpi.service.replies import first_reply, unanswered
from connector.kpi.service.resolved_once import judged
from connector.kpi.service.scope import Scope

INSTANT = pl.Datetime("us", "UTC")

Kind = pl.DataType | type[pl.DataType]

CONVERSATIONS: Mapping[str, Kind] = {
    "state": pl.String,
    "source": pl.String,
    "conversation_id": pl.String,
    "channel": pl.String,
    "status": pl.String,
    "shop": pl.String,
    "created_at": INSTANT,
    "agent": pl.String,
    "group": pl.String,
    "priority": pl.String,
    "person_id": pl.Int64,
    "email": pl.String,
    "name": pl.String,
    "first_reply_at": INSTANT,
    "frt_seconds": pl.Int64,
    "frt_business_seconds": pl.Int64,
    "solved_at": INSTANT,
    "resolution_seconds": pl.Int64,
    "replies": pl.Int64,
    "reopens": pl.Int64,
    "order_source": pl.String,
    "order_id": pl.String,
    "url": pl.String,
}
"""The columns. `state` is the part a conversation plays in the figure: answered, unanswered, solved, …"""


def rows(kpi: ServiceKpi, scope: Scope, sources: Mapping[int, str]) -> pl.DataFrame:
    """The conversations behind a figure over a scope; `sources` by number."""
    found = _PARTS.get(kpi.function, _in_period)(scope)
    named = found.with_columns(
        source=_source("source_id", sources),
        order_source=_source("order_source_id", sources),
    )
    return named.select(pl.col(name).cast(kind) for name, kind in CONVERSATIONS.items()).sort(
        "state", "created_at", "source", "conversation_id", maintain_order=True
    )


def _source(column: str, sources: Mapping[int, str]) -> pl.Expr:
    return pl.col(column).replace_strict(sources, default=None, return_dtype=pl.String)


def _as(rows: pl.DataFrame, state: str) -> pl.DataFrame:
    return rows.with_columns(state=pl.lit(state))


def _in_period(scope: Scope) -> pl.DataFrame:
    return _as(scope.rows, "counted")


def _replies(scope: Scope) -> pl.DataFrame:
    """answered, or unanswered."""
    due = first_reply(scope, scope.rows).filter(pl.col("reply_seconds").is_not_null())["row"].implode()
    answered = scope.rows.filter(pl.col("row").is_in(due))
    return pl.concat([_as(answered, "answered"), _as(unanswered(scope).drop("since"), "unanswered")])


def _solved(scope: Scope) -> pl.DataFrame:
    return _as(scope.solved, "solved")


def _flow(scope: Scope) -> pl.DataFrame:
    done = scope.of_period("solved_at").filter("solved")
    return pl.concat([_as(scope.of_period("created_at"), "created"), _as(done, "solved")])


def _resolved_once(scope: Scope) -> pl.DataFrame:
    """resolved, not_resolved, or window_open: by the method recontact."""
    state = (
        pl.when(~pl.col("window_over"))
        .then(pl.lit("window_open"))
        .when("resolved")
        .then(pl.lit("resolved"))
        .otherwise(pl.lit("not_resolved"))
    )
    return scope.solved.join(judged(scope), on="row", how="inner", maintain_order="left").with_columns(state=state)


def _talked(scope: Scope) -> pl.DataFrame:
    """Conversations with a reply: in the period, or with one of their replies in it."""
    replies = scope.desk.besides["replies"]
    if scope.by_event:
        replies = replies.filter(scope.inside("replied_at"))
    rows = scope.selected if scope.by_event else scope.rows
    return _as(rows.filter(pl.col("row").is_in(replies["row"].implode())), "answered")


def _missed(scope: Scope) -> pl.DataFrame:
    """missed, or answered."""
    nobody = missed(scope)["row"].implode()
    state = pl.when(pl.col("row").is_in(nobody)).then(pl.lit("missed")).otherwise(pl.lit("answered"))
    return asked_chats(scope).with_columns(state=state)


def _offline(scope: Scope) -> pl.DataFrame:
    return _as(scope.rows.filter(pl.col("offline").fill_null(False)), "offline")


_PARTS: Mapping[str, Callable[[Scope], pl.DataFrame]] = {
    "service.volume:solved_volume": _solved,
    "service.volume:net_flow": _flow,
    "service.backlog:backlog": lambda scope: _as(open_conversations(scope), "open"),
    "service.replies:frt": _replies,
    "service.targets:frt_sla": _replies,
    "service.replies:nrt": _talked,
    "service.resolved_once:fcr": _resolved_once,
    "service.resolved_once:one_touch_rate": _solved,
    "service.resolved_once:not_reopened_rate": _solved,
    "service.resolution:first_resolution_time": _solved,
    "service.resolution:full_resolution_time": _solved,
    "service.resolution:requester_wait_time": _solved,
    "service.resolution:agent_wait_time": _solved,
    "service.resolution:reopen_rate": _solved,
    "service.effort:agents_involved": _solved,
    "service.effort:handoffs": _solved,
    "service.effort:replies_per_resolution": _solved,
    "service.chats:missed_chats": _missed,
    "service.chats:offline_chats": _offline,
}
