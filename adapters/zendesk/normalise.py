"""Wire shape -> rows. Pure.

Times and counts are the desk's own (`metric_set`, help article "About native Support time duration metrics"); the rest
is told by messages and events.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from adapters.zendesk import wire
from connector.contract import Row
from connector.emails import email_key
from connector.instants import MINUTE, SECOND, from_utc_text
from connector.model import Agent, Conversation, ConversationEvent, CustomerAccount, Message, SurveyAnswer

STAFF = frozenset({"agent", "admin"})
SURVEY = "zendesk-rating"
_MERGED = "closed_by_merge"  # the tag Zendesk sets on a ticket that went into another
_CHANNELS = {
    "email": "email",
    **dict.fromkeys(("web", "web_widget", "helpcenter", "chat_offline_message", "mobile_sdk"), "form"),
    **dict.fromkeys(("chat", "chat_transcript", "90"), "chat"),
    **dict.fromkeys(
        ("native_messaging", "whatsapp", "line", "wechat", "telegram", "viber", "81", "sms", "87"), "messaging"
    ),
    "sunshine_conversations_api": "messaging",
    **dict.fromkeys(("voice", "phone"), "phone"),
    **dict.fromkeys(("facebook", "twitter", "twitter_dm", "instagram_dm", "86"), "social"),
    "sunshine_conversations_facebook_messenger": "social",
    "sunshine_conversations_twitter_dm": "social",
}
_STATES = {"solved": "solved", "closed": "closed", "deleted": "deleted"}


def ticket_ref(address: str, ticket: int) -> str:
    """The name under which other sources know a ticket, without the port, in which pretend servers differ."""
    return f"zendesk:{urlsplit(address).hostname}/tickets/{ticket}"


def ticket_rows(ticket: wire.Ticket, address: str) -> Iterator[Row]:
    """A ticket. ValueError where a stamp is none."""
    metrics = ticket.metric_set or wire.Metrics()
    raw = ticket.via.channel if ticket.via else None
    tags = ticket.tags or []
    state = "merged" if _MERGED in tags and ticket.status == "closed" else _STATES.get(ticket.status, "open")
    created = _at(ticket.created_at)
    reply = _either(metrics.reply_time_in_seconds, metrics.reply_time_in_minutes, "calendar")
    first_solved = _minutes(metrics.first_resolution_time_in_minutes, "calendar")
    requester = ticket.requester_id
    yield (
        Conversation,
        {
            "conversation_id": str(ticket.id),
            "self_ref": ticket_ref(address, ticket.id),
            "channel": _CHANNELS.get(str(raw), "other"),
            "channel_raw": None if raw is None else str(raw),
            "status": ticket.status,
            "state": state,
            "countable": state not in ("deleted", "merged") and raw != "sample_ticket",
            "opened_by": _opened_by(ticket),
            "account_id": None if requester is None else str(requester),
            "agent_id": None if ticket.assignee_id is None else str(ticket.assignee_id),
            "group_name": ticket.context.group,
            "priority": ticket.priority,
            "tags": msgspec.json.encode(tags).decode() if tags else None,
            "order_numbers": msgspec.json.encode(ticket.context.order_numbers).decode()
            if ticket.context.order_numbers
            else None,
            "created_at": created,
            "updated_at": _at(ticket.updated_at),
            "first_reply_at": _after(created, reply),
            "first_solved_at": _after(created, first_solved),
            "solved_at": _at(metrics.solved_at),
            "closed_at": _at(metrics.status_updated_at) if ticket.status == "closed" else None,
            "frt_seconds": reply,
            "frt_business_seconds": _either(metrics.reply_time_in_seconds, metrics.reply_time_in_minutes, "business"),
            "resolution_seconds": _minutes(metrics.full_resolution_time_in_minutes, "calendar"),
            "resolution_business_seconds": _minutes(metrics.full_resolution_time_in_minutes, "business"),
            "requester_wait_seconds": _minutes(metrics.requester_wait_time_in_minutes, "calendar"),
            "agent_wait_seconds": _minutes(metrics.agent_wait_time_in_minutes, "calendar"),
            "replies": metrics.replies,
            "reopens": metrics.reopens,
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
            "registered_at": _at(user.created_at),
        },
    )


def agent_rows(user: wire.User) -> Iterator[Row]:
    """Somebody who answers, or did: a former agent is an inactive one."""
    active = user.active and user.role in STAFF
    yield Agent, {"agent_id": str(user.id), "name": user.name, "role": "agent", "active": active}


def child_rows(child: wire.Child) -> Iterator[Row]:
    """A comment as a message; a change of status, assignee or group as an event."""
    at = _at(child.created_at or child.at)
    ticket = str(child.ticket_id)
    if child.event_type == "Comment":
        role = child.role or "system"
        by_rule = _via_word(child.via) in ("rule", "Rule")
        yield (
            Message,
            {
                "message_id": str(child.id),
                "conversation_id": ticket,
                "created_at": at,
                "author_role": role,
                "agent_id": str(child.author_id) if role == "agent" else None,
                "public": child.public,
                "automatic": by_rule or role == "system",
                "channel": _via_word(child.via),
                "length": child.length,
            },
        )
        return
    found = next(
        (
            (kind, value)
            for kind, value in (
                ("status", child.status),
                ("assigned", child.assignee_id),
                ("group", child.group_id),
            )
            if value not in (None, "")
        ),
        None,
    )
    if found and at is not None:
        kind, value = found
        agent = str(value) if kind == "assigned" else None
        row = {"event_id": str(child.id), "conversation_id": ticket, "at": at, "kind": kind, "value": str(value)}
        yield ConversationEvent, {**row, "agent_id": agent}


def rating_rows(rating: wire.Rating) -> Iterator[Row]:
    """An answer, or an offer that nobody answered yet."""
    score = {"good": 1, "bad": 0}.get(rating.score)
    if rating.score == "unoffered":
        return
    yield (
        SurveyAnswer,
        {
            "answer_id": f"rating-{rating.id}",
            "survey": SURVEY,
            "kind": "transactional",
            "metric": "csat",
            "scale": "good-bad",
            "score": score,
            "label": rating.score,
            "offered_at": _at(rating.created_at),
            "answered_at": _at(rating.updated_at) if score is not None else None,
            "conversation_id": str(rating.ticket_id),
            "account_id": str(rating.requester_id) if rating.requester_id is not None else None,
            "agent_id": str(rating.assignee_id) if rating.assignee_id is not None else None,
        },
    )


def engagement_rows(engagement: wire.Engagement) -> Iterator[Row]:
    """Work of one agent at one ticket, where both its ends are known."""
    begin, end = _at(engagement.engagement_start_time), _at(engagement.engagement_end_time)
    if begin is None or end is None:
        return
    yield (
        ConversationEvent,
        {
            "event_id": f"engagement-{engagement.engagement_id}",
            "conversation_id": str(engagement.ticket_id),
            "at": begin,
            "kind": "work",
            "seconds": max(0, (end - begin) // SECOND),
            "agent_id": str(engagement.agent_id) if engagement.agent_id is not None else None,
        },
    )


def _opened_by(ticket: wire.Ticket) -> str | None:
    if ticket.submitter_id is None:
        return None
    if ticket.submitter_id == -1:
        return "system"
    return "customer" if ticket.submitter_id == ticket.requester_id else "agent"


def _via_word(via: object) -> str | None:
    """`via` is an object or a plain word."""
    word = via.get("channel") if isinstance(via, dict) else via
    return None if word is None else str(word)


def _at(stamp: str | None) -> int | None:
    return from_utc_text(stamp) if stamp else None


def _after(begin: int | None, seconds: int | None) -> int | None:
    return None if begin is None or seconds is None else begin + seconds * SECOND


def _minutes(span: wire.Span | None, clock: str) -> int | None:
    value: int | None = getattr(span, clock, None)
    return None if value is None else value * (MINUTE // SECOND)


def _either(seconds: wire.Span | None, minutes: wire.Span | None, clock: str) -> int | None:
    value: int | None = getattr(seconds, clock, None)
    return _minutes(minutes, clock) if value is None else value
