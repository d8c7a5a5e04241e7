"""Tickets and people: wire shape -> rows. Pure.

Times and counts are the desk's own (`metric_set`, help article "About native Support time duration metrics"); the rest
is told by messages and events.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from adapters.zendesk import wire
from adapters.zendesk.channels import API, OFFLINE, SAMPLE, channel_of
from adapters.zendesk.roles import STAFF
from connector.contract import Row
from connector.emails import email_key
from connector.instants import MINUTE, SECOND, from_utc_text
from connector.model import Agent, Conversation, CustomerAccount

_MERGED = "closed_by_merge"  # the tag Zendesk sets on a ticket that went into another
_STATES = {"solved": "solved", "closed": "closed", "deleted": "deleted"}


def ticket_ref(address: str, ticket: int) -> str:
    """The name under which other sources know a ticket, without the port, in which pretend servers differ."""
    return f"zendesk:{urlsplit(address).hostname}/tickets/{ticket}"


def ticket_rows(ticket: wire.Ticket, address: str, *, texts_kept: bool) -> Iterator[Row]:
    """A ticket. ValueError where a stamp is none."""
    metrics = ticket.metric_set or wire.Metrics()
    raw = ticket.via.channel if ticket.via else None
    channel = channel_of(raw)
    tags = ticket.tags or []
    state = "merged" if _MERGED in tags and ticket.status == "closed" else _STATES.get(ticket.status, "open")
    created = at(ticket.created_at)
    opened_by = _opened_by(ticket, raw)
    reply = _either(metrics.reply_time_in_seconds, metrics.reply_time_in_minutes, "calendar")
    first_solved = _minutes(metrics.first_resolution_time_in_minutes, "calendar")
    timed = _timed(metrics)
    requester = ticket.requester_id
    yield (
        Conversation,
        {
            "conversation_id": str(ticket.id),
            "self_ref": ticket_ref(address, ticket.id),
            "channel": channel,
            "channel_raw": None if raw is None else str(raw),
            "subject": (ticket.subject or None) if texts_kept and state != "deleted" else None,
            "status": ticket.status,
            "state": state,
            "countable": state not in ("deleted", "merged") and raw != SAMPLE,
            "opened_by": opened_by,
            "account_id": None if requester is None else str(requester),
            "agent_id": None if ticket.assignee_id is None else str(ticket.assignee_id),
            "group_name": ticket.context.group,
            "priority": ticket.priority,
            "tags": json_list(tags),
            "order_numbers": json_list(ticket.context.order_numbers),
            "created_at": created,
            "updated_at": at(ticket.updated_at),
            # What opens a ticket is its first message. In messaging the talk began before, in the log.
            "first_customer_message_at": created if opened_by == "customer" and channel != "messaging" else None,
            "first_reply_at": _after(created, reply),
            "first_solved_at": _after(created, first_solved),
            "solved_at": at(metrics.solved_at),
            "closed_at": at(metrics.status_updated_at) if ticket.status == "closed" else None,
            "frt_seconds": reply,
            "frt_business_seconds": _either(metrics.reply_time_in_seconds, metrics.reply_time_in_minutes, "business")
            if timed
            else None,
            "resolution_seconds": _minutes(metrics.full_resolution_time_in_minutes, "calendar"),
            "resolution_business_seconds": _minutes(metrics.full_resolution_time_in_minutes, "business")
            if timed
            else None,
            "requester_wait_seconds": _minutes(metrics.requester_wait_time_in_minutes, "calendar"),
            "agent_wait_seconds": _minutes(metrics.agent_wait_time_in_minutes, "calendar"),
            "handle_seconds": ticket.context.handle_seconds,
            "replies": metrics.replies,
            "reopens": metrics.reopens,
            "offline": raw == OFFLINE,
            "url": f"{address}/agent/tickets/{ticket.id}",
        },
    )


def account_rows(user: wire.User) -> Iterator[Row]:
    """A customer. People who answer are no customers' accounts."""
    if user.role in STAFF:
        return
    email = user.email or None
    yield (
        CustomerAccount,
        {
            "account_id": str(user.id),
            "email": email,
            "email_key": email_key(email),
            "name": user.name if user.active else None,  # a deleted user's name is a sentence of the desk
            "phone": user.phone or None,
            "role": user.role,
            "registered_at": at(user.created_at),
        },
    )


def agent_rows(user: wire.User) -> Iterator[Row]:
    """Somebody who answers, or did: a former agent is an inactive one."""
    active = user.active and user.role in STAFF
    yield Agent, {"agent_id": str(user.id), "name": user.name, "role": "agent", "active": active}


def _opened_by(ticket: wire.Ticket, channel: str | int | None) -> str | None:
    """Who opened it; None where a program did in somebody's name, and only the first message tells whose it is."""
    if ticket.submitter_id is None:
        return None
    if ticket.submitter_id == ticket.requester_id:
        return "customer"
    if ticket.submitter_id == -1:
        return "system"
    return None if channel == API else "agent"


def _timed(metrics: wire.Metrics) -> bool:
    """Whether the desk measures in opening hours at all.

    Without a schedule its business times are zero, or those of the calendar; only one between the two proves hours.
    """
    spans = (
        metrics.reply_time_in_minutes,
        metrics.reply_time_in_seconds,
        metrics.first_resolution_time_in_minutes,
        metrics.full_resolution_time_in_minutes,
        metrics.requester_wait_time_in_minutes,
        metrics.agent_wait_time_in_minutes,
    )
    return any(0 < (span.business or 0) < (span.calendar or 0) for span in spans if span is not None)


def at(stamp: str | None) -> int | None:
    """Microseconds UTC of a stamp. ValueError where it is none."""
    return from_utc_text(stamp) if stamp else None


def json_list(values: list[str]) -> str | None:
    """A list as a column holds it; null where it is empty."""
    return msgspec.json.encode(values).decode() if values else None


def _after(begin: int | None, seconds: int | None) -> int | None:
    return None if begin is None or seconds is None else begin + seconds * SECOND


def _minutes(span: wire.Span | None, clock: str) -> int | None:
    value: int | None = getattr(span, clock, None)
    return None if value is None else value * (MINUTE // SECOND)


def _either(seconds: wire.Span | None, minutes: wire.Span | None, clock: str) -> int | None:
    value: int | None = getattr(seconds, clock, None)
    return _minutes(minutes, clock) if value is None else value
