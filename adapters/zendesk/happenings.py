"""What happens to tickets: wire shape -> messages and events. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.zendesk import wire
from adapters.zendesk.channels import TRANSCRIPTS, by_rule, via_word
from adapters.zendesk.normalise import at, json_list
from adapters.zendesk.records import plain, record_id
from adapters.zendesk.setup import target_seconds
from adapters.zendesk.ticket_events import COMMENTS
from connector.contract import Row
from connector.instants import SECOND
from connector.model import ConversationEvent, Message

_AUTHORS = {"agent": "agent", "user": "customer", "bot": "bot"}


def child_rows(child: wire.Child, *, texts_kept: bool) -> Iterator[Row]:
    """A comment as a message; a change of status, assignee or group as an event, and work that was counted."""
    when = at(child.created_at or child.at)
    if child.event_type in COMMENTS:
        yield Message, _comment(child, child.role or "system", when, texts_kept)
    if when is None:
        return
    ticket, by = str(child.ticket_id), None if child.agent_id is None else str(child.agent_id)
    if child.merged_into is not None:
        yield _event(child, "merged", when, value=str(child.merged_into))
    elif child.merged_from is not None:
        yield _event(child, "merged", when, ticket=str(child.merged_from), value=ticket)
    elif child.status:
        yield _event(child, "status", when, value=child.status, agent=by)
    elif child.assignee_id:
        yield _event(child, "assigned", when, value=str(child.assignee_id), agent=str(child.assignee_id))
    elif child.group_id:
        yield _event(child, "group", when, value=str(child.group_id), agent=by)
    elif child.worked_seconds and by is not None:
        began = when - child.worked_seconds * SECOND  # the app counts when the ticket is submitted
        yield _event(child, "work", began, seconds=child.worked_seconds, agent=by)


def _comment(child: wire.Child, role: str, when: int | None, texts_kept: bool) -> dict[str, object]:
    word = via_word(child.via)
    return {
        "message_id": str(child.id),
        "conversation_id": str(child.ticket_id),
        "created_at": when,
        "author_role": role,
        "agent_id": str(child.author_id) if role == "agent" else None,
        "public": child.public,
        # A transcript repeats what was said in a chat; the desk writes it, whoever it names as author.
        "automatic": role == "system" or by_rule(child.via) or word in TRANSCRIPTS,
        "channel": word,
        "length": child.length,
        "order_numbers": json_list(child.order_numbers),
        "body": child.plain_body if texts_kept else None,
    }


def _event(
    child: wire.Child,
    kind: str,
    at: int,
    *,
    ticket: str | None = None,
    value: str | None = None,
    seconds: int | None = None,
    agent: str | None = None,
) -> Row:
    return ConversationEvent, {
        "event_id": str(child.id),
        "conversation_id": ticket or str(child.ticket_id),
        "at": at,
        "kind": kind,
        "value": value,
        "seconds": seconds,
        "agent_id": agent,
    }


def metric_rows(event: wire.MetricEvent) -> Iterator[Row]:
    """A clock that started, paused or stopped; a promise that was made or broken. A withdrawn event is none."""
    when = at(event.time)
    if event.deleted or when is None:
        return
    kind, value, seconds = "clock", f"{event.metric}/{event.type}", None
    if event.type == "breach":
        kind, value = "sla_breach", event.metric
    elif event.type.startswith("apply_"):
        promise = event.sla or event.group_sla
        seconds = None if promise is None else target_seconds(promise)
        if promise is None or seconds is None:
            return
        clock = "business" if promise.business_hours else "calendar"
        kind, value = "sla", f"{event.metric}/{clock}"
    yield (
        ConversationEvent,
        {
            "event_id": record_id(event),
            "conversation_id": str(event.ticket_id),
            "at": when,
            "kind": kind,
            "value": value,
            "seconds": seconds,
            "agent_id": None,
        },
    )


def log_rows(event: wire.LogEvent, *, texts_kept: bool) -> Iterator[Row]:
    """A message of a messaging conversation; with a bot's first one also when people took over."""
    role = _AUTHORS.get(event.author.type, "system")
    agent = event.author.user_id if role == "agent" and event.author.user_id != -1 else None
    ticket, key = str(event.ticket_id), record_id(event)
    yield (
        Message,
        {
            "message_id": key,
            "conversation_id": ticket,
            "created_at": at(event.received_at or event.created_at),
            "author_role": role,
            "agent_id": None if agent is None else str(agent),
            "public": event.metadata.public,
            "automatic": role == "system",
            "channel": "messaging",
            "length": event.length,
            "order_numbers": json_list(event.order_numbers),
            "body": plain(event.content) if texts_kept else None,
        },
    )
    handed_over = at(event.handed_over_at)
    if handed_over is not None:
        yield (
            ConversationEvent,
            {
                "event_id": key,
                "conversation_id": ticket,
                "at": handed_over,
                "kind": "handoff",
                "value": None,
                "seconds": None,
                "agent_id": None,
            },
        )


def engagement_rows(engagement: wire.Engagement) -> Iterator[Row]:
    """Work of one agent at one ticket, where both its ends are known."""
    begin, end = at(engagement.engagement_start_time), at(engagement.engagement_end_time)
    if begin is None or end is None:
        return
    yield (
        ConversationEvent,
        {
            "event_id": record_id(engagement),
            "conversation_id": str(engagement.ticket_id),
            "at": begin,
            "kind": "work",
            "seconds": max(0, (end - begin) // SECOND),
            "agent_id": str(engagement.agent_id) if engagement.agent_id is not None else None,
        },
    )
