"""What a Zendesk help desk can be asked for, and how each stream finds out what vanished."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from adapters.zendesk import wire
from connector.contract import Feed, Personal, Stream, Sweep
from connector.model import (
    Agent,
    AgentGroup,
    BusinessSchedule,
    Conversation,
    ConversationEvent,
    CustomerAccount,
    Message,
    SlaTarget,
    SurveyAnswer,
)

_HERE = Path(__file__).parent

TICKETS = Stream(
    "tickets",
    (Feed(Conversation, "conversation_id"),),
    Sweep.NONE,
    dictionary=_HERE / "tickets-1.zdict",
    personal=Personal(texts=("subject",)),
)
EVENTS = Stream(
    "ticket_events",
    (Feed(Message, "message_id"), Feed(ConversationEvent, "event_id")),
    Sweep.NONE,
    dictionary=_HERE / "ticket_events-1.zdict",
    personal=Personal(texts=("plain_body",)),
)
LOGS = Stream(
    "conversation_log",
    (Feed(Message, "message_id"), Feed(ConversationEvent, "event_id")),
    Sweep.NONE,
    dictionary=_HERE / "conversation_log-1.zdict",
    personal=Personal(texts=("content.text",)),
)
METRIC_EVENTS = Stream(
    "ticket_metric_events",
    (Feed(ConversationEvent, "event_id"),),
    Sweep.NONE,
    dictionary=_HERE / "ticket_metric_events-1.zdict",
)
USERS = Stream(
    "users",
    (Feed(CustomerAccount, "account_id"),),
    Sweep.NONE,
    dictionary=_HERE / "users-1.zdict",
    personal=Personal(emails=("email",), texts=("name", "phone")),
)
AGENTS = Stream(
    "agents",
    (Feed(Agent, "agent_id"),),
    Sweep.WHOLE,
    named_by=(Feed(Conversation, "agent_id"),),  # those who left are in no list, yet old tickets name them
)
GROUPS = Stream("groups", (Feed(AgentGroup, "group_id"),), Sweep.WHOLE)
RATINGS = Stream(
    "satisfaction_ratings",
    (Feed(SurveyAnswer, "answer_id"),),
    Sweep.NONE,
    dictionary=_HERE / "satisfaction_ratings-1.zdict",
    personal=Personal(texts=("comment",)),
)
SURVEYS = Stream(
    "survey_responses",
    (Feed(SurveyAnswer, "answer_id"),),
    Sweep.WHOLE,
    dictionary=_HERE / "survey_responses-1.zdict",
    personal=Personal(texts=("answers.value",)),
)
ENGAGEMENTS = Stream(
    "engagements",
    (Feed(ConversationEvent, "event_id"),),
    Sweep.NONE,
    dictionary=_HERE / "engagements-1.zdict",
)
SCHEDULES = Stream("schedules", (Feed(BusinessSchedule, "schedule_id"),), Sweep.WHOLE)
POLICIES = Stream("sla_policies", (Feed(SlaTarget, "policy_id"),), Sweep.WHOLE)

KINDS: Mapping[Stream, type[wire.Wire]] = {
    TICKETS: wire.Ticket,
    EVENTS: wire.Child,
    LOGS: wire.LogEvent,
    METRIC_EVENTS: wire.MetricEvent,
    USERS: wire.User,
    AGENTS: wire.User,
    GROUPS: wire.Group,
    RATINGS: wire.Rating,
    SURVEYS: wire.SurveyResponse,
    ENGAGEMENTS: wire.Engagement,
    SCHEDULES: wire.Schedule,
    POLICIES: wire.Policy,
}
"""The shape of a stream's records, in the order the streams are synced."""

SINGLE: Mapping[Stream, tuple[str, str]] = {
    AGENTS: ("users/{}.json", "user"),
    GROUPS: ("groups/{}.json", "group"),
    SURVEYS: ("guide/survey_responses/{}", "survey_response"),
    SCHEDULES: ("business_hours/schedules/{}.json", "schedule"),
    POLICIES: ("slas/policies/{}.json", "sla_policy"),
}
"""Where one record of a stream is read, and under which key it stands there."""
