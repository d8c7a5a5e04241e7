"""The frames of the service: conversations with what they come to, and what hangs on them.

Read are the columns that `conversation_times` holds ready, never the messages. What belongs to a conversation that is
part of another comes under the other's ids. Instants in microseconds UTC, spans in seconds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import text

from connector.conversations.hours import HoursInForce
from connector.conversations.marking import hours_in_force
from connector.frames.columns import Column, Query, read_frame

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_TOLD = "LEFT JOIN conversation_times t ON t.source_id = c.source_id AND t.conversation_id = c.conversation_id"
_STATE = "COALESCE(t.state, c.state)"
_IN_VAIN = "(COALESCE(t.missed, FALSE) OR COALESCE(t.offline, FALSE)) AND t.first_reply_at IS NULL"
"""A chat that ended without any reply from a person, while its customer waited or found nobody there."""
_LEFT_OUT = (
    "CASE WHEN c.gone_at IS NOT NULL THEN 'deleted' WHEN COALESCE(t.countable, c.countable) THEN NULL "
    f"WHEN t.part_of_id IS NOT NULL THEN 'merged' WHEN {_STATE} IN ('deleted', 'spam', 'merged') THEN {_STATE} "
    "ELSE 'not_counted' END"
)


def _clocked(name: str) -> dict[str, Column]:
    """A span by both clocks; the business one is null where nobody said when it is open."""
    return {f"{name}_{clock}": Column(f"t.{name}_{clock}") for clock in ("seconds", "business_seconds")}


def _whose(name: str) -> Column:
    """What the conversation says of its customer; a desk that names only the account has it there."""
    account = "FROM customer_accounts a WHERE a.source_id = c.source_id AND a.account_id = c.account_id"
    return Column(f"COALESCE(c.{name}, (SELECT a.{name} {account}))", "text")


CONVERSATION_COLUMNS: dict[str, Column] = {
    "conversation_id": Column("c.conversation_id", "text"),
    "channel": Column("c.channel", "text"),
    "status": Column("c.status", "text"),
    "state": Column(_STATE, "text"),
    "shop": Column("c.shop", "text"),
    "priority": Column("c.priority", "text"),
    "agent_id": Column("c.agent_id", "text"),
    "group_name": Column("c.group_name", "text"),
    "tags": Column("c.tags", "text"),
    "opened_by": Column("COALESCE(t.opened_by, c.opened_by)", "text"),
    "by_agent": Column("COALESCE(t.opened_by, c.opened_by, '') = 'agent'", "boolean"),
    "answered": Column("t.first_reply_at IS NOT NULL", "boolean"),
    "solved": Column(f"t.solved_at IS NOT NULL AND NOT ({_IN_VAIN})", "boolean"),
    "person_id": Column("c.person_id"),
    "email": _whose("email"),
    "name": _whose("name"),
    "order_source_id": Column("c.order_source_id"),
    "order_id": Column("c.order_id", "text"),
    "url": Column("c.url", "text"),
    **{
        name: Column(f"t.{name}")
        for name in (
            "first_customer_message_at",
            "first_bot_reply_at",
            "first_reply_at",
            "frt_from_at",
            "waiting_since_at",
            "first_solved_at",
            "solved_at",
            "closed_at",
            "handle_seconds",
            "estimated_seconds",
            "customer_messages",
            "replies",
            "bot_replies",
            "agents",
            "reopens",
            "thanks_reopens",
        )
    },
    **_clocked("frt"),
    **_clocked("frt_created"),
    **_clocked("frt_message"),
    **_clocked("second_reply"),
    **_clocked("reply_gap"),
    **_clocked("first_resolution"),
    **_clocked("resolution"),
    **_clocked("requester_wait"),
    **_clocked("agent_wait"),
    **{name: Column(f"t.{name}", "boolean") for name in ("missed", "offline", "bot_only", "has_history")},
}
"""What may be read of a conversation, beside `source_id`, `created_at` and `left_out`, which always are.

`solved`: it is solved now; closed without being solved counts from the closing (5.4). A chat that found nobody is over
but not solved. `answered`: a person replied; `by_agent`: an agent opened it.
"""


@dataclass(frozen=True)
class Desks:
    """The people and teams who answer, when each source was first seen, and when each desk is open."""

    agents: dict[tuple[int, str], str] = field(default_factory=dict)  # (source_id, agent_id) -> name
    groups: dict[tuple[int, str], str] = field(default_factory=dict)  # (source_id, group_id) -> name
    since: dict[int, int] = field(default_factory=dict)  # source_id -> its first sync
    hours: HoursInForce = field(default_factory=HoursInForce)


def read_desks(connection: Connection) -> Desks:
    """Names of agents and groups, the instant of each source's first sync, and the opening hours in force."""
    agents = connection.execute(text("SELECT source_id, agent_id, name FROM agents WHERE name IS NOT NULL")).all()
    groups = connection.execute(text("SELECT source_id, group_id, name FROM agent_groups WHERE name IS NOT NULL")).all()
    since = connection.execute(text("SELECT id, created_at FROM sources")).all()
    return Desks(
        {(row[0], row[1]): row[2] for row in agents},
        {(row[0], row[1]): row[2] for row in groups},
        {row[0]: row[1] for row in since},
        hours_in_force(connection),
    )


def read_conversations(connection: Connection, columns: Collection[str]) -> pl.DataFrame:
    """All conversations of all time in the order of their key, with `columns`.

    `left_out` says why one does not count (5.0): deleted, spam, merged or not_counted; null = it counts.
    """
    chosen = {
        "source_id": Column("c.source_id"),
        "created_at": Column("c.created_at"),
        "left_out": Column(_LEFT_OUT, "text"),
        **{name: CONVERSATION_COLUMNS[name] for name in sorted(columns)},
    }
    return read_frame(connection, Query("conversations", "c", "conversation_id", chosen, _TOLD))


def read_replies(connection: Connection) -> pl.DataFrame:
    """Every block of customer messages that a person answered: `replied_at`, and the wait by both clocks."""
    columns = {
        "source_id": Column("r.source_id"),
        "conversation_id": Column("r.conversation_id", "text"),
        "replied_at": Column("r.replied_at"),
        "wait_seconds": Column("r.seconds"),
        "wait_business_seconds": Column("r.business_seconds"),
    }
    return read_frame(connection, Query("conversation_replies", "r", "conversation_id", columns))


def read_numbers(connection: Connection) -> pl.DataFrame:
    """Every order number that a conversation names: `number`, in the form in which numbers are compared."""
    columns = {
        "source_id": Column("n.source_id"),
        "conversation_id": Column("n.conversation_id", "text"),
        "number": Column("n.number", "text"),
    }
    return read_frame(connection, Query("conversation_numbers", "n", "conversation_id", columns))


def read_spans(connection: Connection) -> pl.DataFrame:
    """Every time in which a conversation was open: `from_at` and `until_at`, null = it still is."""
    columns = {
        "source_id": Column("s.source_id"),
        "conversation_id": Column("s.conversation_id", "text"),
        "from_at": Column("s.from_at"),
        "until_at": Column("s.until_at"),
    }
    return read_frame(connection, Query("conversation_spans", "s", "conversation_id", columns))


def _under_whole(of: str) -> tuple[dict[str, Column], str]:
    """The ids of the conversation that a row of `of` counts with, and the join they need."""
    columns = {
        "source_id": Column(f"COALESCE(t.part_of_source_id, {of}.source_id)"),
        "conversation_id": Column(f"COALESCE(t.part_of_id, {of}.conversation_id)", "text"),
    }
    join = (
        f"LEFT JOIN conversation_times t ON t.source_id = {of}.source_id AND t.conversation_id = {of}.conversation_id"
    )
    return columns, join


def read_work(connection: Connection) -> pl.DataFrame:
    """Every stretch of measured work: `agent_id` of source `agent_source_id` worked `seconds` from `at` on."""
    ids, join = _under_whole("e")
    columns = {
        **ids,
        "agent_source_id": Column("e.source_id"),
        "agent_id": Column("e.agent_id", "text"),
        "at": Column("e.at"),
        "seconds": Column("e.seconds"),
    }
    where = "e.kind = 'work' AND e.seconds IS NOT NULL"
    return read_frame(connection, Query("conversation_events", "e", "event_id", columns, join, where))


def read_targets(connection: Connection) -> pl.DataFrame:
    """The first target of a first reply that the desk itself set: `at`, `target_seconds`, `target_business`."""
    ids, join = _under_whole("e")
    columns = {
        **ids,
        "at": Column("e.at"),
        "target_seconds": Column("e.seconds"),
        "target_business": Column("e.value LIKE '%/business'", "boolean"),
    }
    where = "e.kind = 'sla' AND (e.value LIKE 'reply_time/%' OR e.value LIKE 'first_reply_time/%') AND e.seconds > 0"
    frame = read_frame(connection, Query("conversation_events", "e", "event_id", columns, join, where))
    return frame.sort("at", maintain_order=True).unique(["source_id", "conversation_id"], keep="first")


_GOOD = (
    "CASE a.scale WHEN 'good-bad' THEN a.score >= 1 WHEN '1-3' THEN a.score >= 3 WHEN '1-5' THEN a.score >= 4 "
    "WHEN '1-10' THEN a.score >= 9 WHEN '0-10' THEN a.score >= 9 ELSE a.score >= 1 END"
)
"""Which answers are satisfied ones, by the scale (5.5); of a yes-or-no question, yes."""


def read_ratings(connection: Connection) -> pl.DataFrame:
    """The latest answer about each conversation: `answered_at`, `metric` (csat or fcr) and whether it is `good`."""
    ids, join = _under_whole("a")
    columns = {
        **ids,
        "answered_at": Column("a.answered_at"),
        "metric": Column("a.metric", "text"),
        "good": Column(_GOOD, "boolean"),
    }
    where = (
        "a.metric IN ('csat', 'fcr') AND a.conversation_id IS NOT NULL AND a.score IS NOT NULL "
        "AND a.answered_at IS NOT NULL AND NOT a.superseded AND a.gone_at IS NULL"
    )
    frame = read_frame(connection, Query("survey_answers", "a", "answer_id", columns, join, where))
    newest = frame.sort("answered_at", maintain_order=True)
    return newest.unique(["source_id", "conversation_id", "metric"], keep="last", maintain_order=True)
