"""The shapes of Zendesk Support's API, cut down to what may be kept and is read.

Addresses, notes, pictures, custom fields and `system` (IP, place, client) are not named here, so `admit` drops them.
Texts are read only to know how long they are and which orders they name.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Wire(msgspec.Struct, omit_defaults=True):
    """Base: fields at their default are not written, which keeps stored records small."""


class Span(Wire):
    """A duration by both clocks. Either may be null or absent."""

    calendar: int | None = None
    business: int | None = None


class Metrics(Wire):
    """What the desk measured. Minutes, except where the name says seconds (messaging only)."""

    solved_at: str | None = None
    status_updated_at: str | None = None
    replies: int | None = None
    reopens: int | None = None
    reply_time_in_minutes: Span | None = None
    reply_time_in_seconds: Span | None = None
    first_resolution_time_in_minutes: Span | None = None
    full_resolution_time_in_minutes: Span | None = None
    agent_wait_time_in_minutes: Span | None = None
    requester_wait_time_in_minutes: Span | None = None


class Via(Wire):
    """How something came in: a word, in old systems a number."""

    channel: str | int | None = None


class TicketContext(Wire):
    """What was found beside the ticket or in texts that are not kept."""

    group: str | None = None
    order_numbers: list[str] = []


class Ticket(Wire):
    """A ticket as the cursor export gives it."""

    id: int
    status: str = ""
    created_at: str | None = None
    updated_at: str | None = None
    generated_timestamp: int | None = None
    via: Via | None = None
    requester_id: int | None = None
    submitter_id: int | None = None
    assignee_id: int | None = None
    group_id: int | None = None
    priority: str | None = None
    tags: list[str] | None = None
    subject: str | None = None
    description: str | None = None
    metric_set: Metrics | None = None
    context: TicketContext = msgspec.field(default_factory=TicketContext, name="_context")


class User(Wire):
    """Somebody who asks or answers. Deleted ones are inactive; e-mail and phone may be null."""

    id: int
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    role: str = "end-user"
    active: bool = True
    created_at: str | None = None
    updated_at: str | None = None


class Group(Wire):
    """A team, sideloaded with tickets."""

    id: int
    name: str = ""


class Child(Wire):
    """One part of a ticket event: a comment, or a change of status, assignee or group."""

    id: int
    event_type: str = ""
    author_id: int | None = None
    public: bool = True
    created_at: str | None = None
    body: str | None = None
    plain_body: str | None = None
    status: str | None = None
    assignee_id: Any = None
    group_id: Any = None
    via: Any = None
    # Of what we add:
    ticket_id: int | None = None
    at: str | None = None
    role: str | None = None  # the author's when first seen
    length: int | None = None  # characters


class Event(Wire):
    """A ticket event with its parts."""

    id: int
    ticket_id: int
    timestamp: int
    created_at: str | None = None
    child_events: list[msgspec.Raw] = []


class Rating(Wire):
    """An answer of the older satisfaction survey; only good and bad are answers."""

    id: int
    ticket_id: int
    score: str = ""
    requester_id: int | None = None
    assignee_id: int | None = None
    created_at: str | None = None
    updated_at: str | None = None


class Engagement(Wire):
    """What one agent worked at one ticket. The stamps carry no zone and are UTC."""

    engagement_id: str
    ticket_id: int
    agent_id: int | None = None
    engagement_start_time: str | None = None
    engagement_end_time: str | None = None


class ExportMeta(Wire):
    """What stands around the rows of an export."""

    after_cursor: str | None = None
    end_of_stream: bool | None = None
    end_time: int | None = None
    groups: list[Group] = []


class ListMeta(Wire):
    """What stands around the rows of other lists."""

    has_more: bool = False
    after_cursor: str | None = None
