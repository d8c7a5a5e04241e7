"""The shapes of Zendesk Support's API, cut down to what may be kept and is read.

Addresses, notes, pictures, custom fields and `system` (IP, place, client) are not named here or are dropped by `admit`.
Texts are read to know how long they are and which orders they name; they stay only where the owner keeps texts.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Wire(msgspec.Struct, omit_defaults=True, gc=False):
    """Base: fields at their default are not written, which keeps stored records small.

    Records hold each other in no circle, so the collector need not look at them.
    """


class Head(Wire):
    """What names a record, whatever else is wrong with it."""

    id: Any = None
    engagement_id: Any = None
    event_type: Any = None


# --- tickets and people ----------------------------------------------------------------------------------------------


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
    """What was found beside the ticket, in its custom fields, or in texts that are not kept."""

    group: str | None = None
    order_numbers: list[str] = []
    handle_seconds: int | None = None  # total of the Time Tracking app


class Ticket(Wire):
    """A ticket as the cursor export gives it."""

    id: int
    status: str = ""
    created_at: str | None = None
    updated_at: str | None = None
    generated_timestamp: int | None = None
    via: Via | None = None
    from_messaging_channel: bool = False
    requester_id: int | None = None
    submitter_id: int | None = None
    assignee_id: int | None = None
    group_id: int | None = None
    priority: str | None = None
    tags: list[str] | None = None
    subject: str | None = None
    description: str | None = None
    custom_fields: Any = None
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
    """A team; sideloaded with tickets, and a list of its own."""

    id: int
    name: str = ""


class TicketField(Wire):
    """A field that the owner's desk has beside the usual ones."""

    id: int
    title: str = ""


# --- what happens to tickets -----------------------------------------------------------------------------------------


class Child(Wire):
    """One part of a ticket event: a comment, or a change of status, assignee, group or time spent."""

    id: int
    event_type: str = ""
    author_id: int | None = None
    public: bool = True
    created_at: str | None = None
    body: str | None = None
    plain_body: str | None = None
    status: str | None = None
    assignee_id: int | str | None = None
    group_id: int | str | None = None
    custom_ticket_fields: Any = None  # by number, with their new values
    previous_value: Any = None
    via: Any = None  # an object or a plain word
    # Of what we add:
    ticket_id: int | None = None
    at: str | None = None
    role: str | None = None  # the author's when first seen
    agent_id: int | None = None  # who changed it, where that was a person who answers
    merged_into: int | None = None  # the ticket that this one went into
    merged_from: int | None = None  # a ticket that went into this one
    worked_seconds: int | None = None  # by the Time Tracking app
    length: int | None = None  # characters
    order_numbers: list[str] = []


class Event(Wire):
    """A ticket event with its parts."""

    id: int
    ticket_id: int
    timestamp: int
    created_at: str | None = None
    updater_id: int | None = None
    child_events: list[msgspec.Raw] = []


class SlaStatus(Wire):
    """What a service level promises: whole minutes, and exactly in seconds."""

    target: int | None = None
    target_in_seconds: int | None = None
    business_hours: bool = False


class MetricEvent(Wire):
    """A clock of a ticket that starts, pauses or stops, or a promise that is made or broken."""

    id: int
    ticket_id: int
    metric: str = ""
    type: str = ""
    time: str | None = None
    deleted: bool = False
    sla: SlaStatus | None = None
    group_sla: SlaStatus | None = None


class LogAuthor(Wire):
    """Who wrote a line of a conversation log."""

    type: str = ""
    user_id: int | None = msgspec.field(default=None, name="zen:support:user_id")


class LogContent(Wire):
    """What a line says: plain text, or HTML."""

    text: str | None = None
    body: str | None = None


class LogMetadata(Wire):
    """What stands beside a line."""

    public: bool = True


class LogEvent(Wire):
    """A line of the log of a messaging conversation. `received_at` has milliseconds."""

    id: str
    type: str = ""
    author: LogAuthor = msgspec.field(default_factory=LogAuthor)
    content: LogContent | None = None
    metadata: LogMetadata = msgspec.field(default_factory=LogMetadata)
    received_at: str | None = None
    created_at: str | None = None
    # Of what we add:
    ticket_id: int | None = None
    handed_over_at: str | None = None  # on a bot's first line: when people took over
    length: int | None = None  # characters
    order_numbers: list[str] = []


class Engagement(Wire):
    """What one agent worked at one ticket. The stamps carry no zone and are UTC."""

    engagement_id: str
    ticket_id: int
    agent_id: int | None = None
    engagement_start_time: str | None = None
    engagement_end_time: str | None = None


# --- surveys ---------------------------------------------------------------------------------------------------------


class Rating(Wire):
    """An answer of the older satisfaction survey; only good and bad are answers."""

    id: int
    ticket_id: int
    score: str = ""
    requester_id: int | None = None
    assignee_id: int | None = None
    created_at: str | None = None
    updated_at: str | None = None
    comment: str | None = None


class SurveyReply(Wire):
    """The answer to one question of the newer survey."""

    type: str = ""
    rating: int | None = None
    rating_category: str | None = None
    value: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class SurveyResponse(Wire):
    """A newer satisfaction survey as one person answered it, or did not."""

    id: str
    responder_id: int | None = None
    subject_zrns: list[str] | None = None
    answers: list[SurveyReply] | None = None


# --- how the desk is set up ------------------------------------------------------------------------------------------


class Interval(Wire):
    """Opening hours: minutes of the local week since Sunday 00:00."""

    start_time: int
    end_time: int


class Holiday(Wire):
    """Days on which the desk is closed, the last one included."""

    start_date: str | None = None
    end_date: str | None = None


class Schedule(Wire):
    """Opening hours with their holidays. `time_zone` is a name of Ruby on Rails, such as Berlin."""

    id: int
    name: str | None = None
    time_zone: str | None = None
    intervals: list[Interval] = []
    # Of what we add:
    position: int = 0
    holidays: list[Holiday] = []


class PolicyMetric(Wire):
    """A target: whole minutes, and exactly in seconds."""

    metric: str = ""
    priority: str | None = None
    target: int | None = None
    target_in_seconds: int | None = None
    business_hours: bool = False


class Condition(Wire):
    """What a ticket must be like."""

    field: str = ""
    operator: str = ""
    value: Any = None


class Filter(Wire):
    """All of some conditions, and any of others."""

    all: list[Condition] = []
    any: list[Condition] = []


class Policy(Wire):
    """A service level policy."""

    id: int
    title: str | None = None
    position: int | None = None
    filter: Filter | None = None
    policy_metrics: list[PolicyMetric] = []


# --- what stands around rows -----------------------------------------------------------------------------------------


class ExportMeta(Wire):
    """What stands around the rows of an export."""

    after_cursor: str | None = None
    end_of_stream: bool | None = None
    groups: list[Group] = []
    users: list[msgspec.Raw] = []
