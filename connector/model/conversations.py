"""What was said: conversations as their sources tell of them, with messages, events and those who answer."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from connector.model.columns import big, text_

_LINKED = text("order_id IS NOT NULL")


class Agent(SQLModel, table=True):
    """Somebody who answers: id and name only."""

    __tablename__ = "agents"
    source_id: int = Field(sa_column=big(key=True))
    agent_id: str = Field(sa_column=text_(key=True))
    name: str | None = Field(default=None, sa_column=text_())
    role: str | None = Field(default=None, sa_column=text_())  # agent | bot | system
    active: bool = Field(default=True)
    gone_at: int | None = Field(default=None, sa_column=big())


class AgentGroup(SQLModel, table=True):
    """A team of people who answer."""

    __tablename__ = "agent_groups"
    source_id: int = Field(sa_column=big(key=True))
    group_id: str = Field(sa_column=text_(key=True))
    name: str | None = Field(default=None, sa_column=text_())
    gone_at: int | None = Field(default=None, sa_column=big())


class BusinessSchedule(SQLModel, table=True):
    """Opening hours as a help desk itself keeps them; the one with the lowest position is its default."""

    __tablename__ = "business_schedules"
    source_id: int = Field(sa_column=big(key=True))
    schedule_id: str = Field(sa_column=text_(key=True))
    position: int = Field(sa_column=big(null=False))
    name: str | None = Field(default=None, sa_column=text_())
    timezone: str | None = Field(default=None, sa_column=text_())  # IANA name; null = one we do not know
    intervals: str = Field(sa_column=text_(null=False))
    # JSON list of [from, to), both in minutes of the local week since Monday 00:00; ordered, none overlaps another
    holidays: str = Field(sa_column=text_(null=False))  # JSON list of [first day, last day], YYYY-MM-DD, both closed
    gone_at: int | None = Field(default=None, sa_column=big())


class SlaTarget(SQLModel, table=True):
    """One target of a help desk's service level policies. Policies are tried by position; the first that fits counts.

    What was promised to one conversation stands in its events of kind `sla`.
    """

    __tablename__ = "sla_targets"
    source_id: int = Field(sa_column=big(key=True))
    target_id: str = Field(sa_column=text_(key=True))
    policy_id: str = Field(sa_column=text_(null=False))
    position: int = Field(sa_column=big(null=False))
    name: str | None = Field(default=None, sa_column=text_())  # the policy's
    metric: str = Field(sa_column=text_(null=False))  # the source's word: first_reply_time, next_reply_time, …
    priority: str | None = Field(default=None, sa_column=text_())
    channel: str | None = Field(default=None, sa_column=text_())  # common word; null = the policy names no channel
    target_seconds: int = Field(sa_column=big(null=False))
    business: bool = Field(default=False)  # counted in business hours
    gone_at: int | None = Field(default=None, sa_column=big())


class Conversation(SQLModel, table=True):
    """A ticket, chat, thread or call. Times that the source states itself; the rest is told by messages and events."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index("ix_conversations_email", "email_key"),
        Index("ix_conversations_account", "source_id", "account_id"),
        Index("ix_conversations_same_as", "same_as"),
        Index("ix_conversations_self_ref", "self_ref"),
        Index("ix_conversations_order", "order_source_id", "order_id", sqlite_where=_LINKED, postgresql_where=_LINKED),
    )
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))
    same_as: str | None = Field(default=None, sa_column=text_())  # "zendesk:HOST/tickets/ID": seen twice, kept once
    self_ref: str | None = Field(default=None, sa_column=text_())  # the name another source's `same_as` knows it by
    shop: str | None = Field(default=None, sa_column=text_())
    channel: str = Field(sa_column=text_(null=False))  # email form chat messaging phone social marketplace other
    channel_raw: str | None = Field(default=None, sa_column=text_())
    subject: str | None = Field(default=None, sa_column=text_())  # only where message texts are kept
    status: str = Field(sa_column=text_(null=False))  # the source's raw word
    state: str = Field(sa_column=text_(null=False))  # open | solved | closed | deleted | spam | merged
    countable: bool = Field(default=True)  # not deleted, spam, merged away, imported or a test
    opened_by: str | None = Field(default=None, sa_column=text_())  # customer | agent | bot | system
    account_id: str | None = Field(default=None, sa_column=text_())  # the requester
    email: str | None = Field(default=None, sa_column=text_())
    email_key: str | None = Field(default=None, sa_column=text_())
    name: str | None = Field(default=None, sa_column=text_())
    phone: str | None = Field(default=None, sa_column=text_())
    agent_id: str | None = Field(default=None, sa_column=text_())  # assignee
    group_name: str | None = Field(default=None, sa_column=text_())
    priority: str | None = Field(default=None, sa_column=text_())
    tags: str | None = Field(default=None, sa_column=text_())  # JSON list
    order_numbers: str | None = Field(default=None, sa_column=text_())  # JSON list, found in fields or texts
    created_at: int | None = Field(default=None, sa_column=big(index=True))
    updated_at: int | None = Field(default=None, sa_column=big())
    first_customer_message_at: int | None = Field(default=None, sa_column=big())
    handoff_at: int | None = Field(default=None, sa_column=big())  # a bot handed over to people
    first_reply_at: int | None = Field(default=None, sa_column=big())
    first_solved_at: int | None = Field(default=None, sa_column=big())
    solved_at: int | None = Field(default=None, sa_column=big())  # the last time
    closed_at: int | None = Field(default=None, sa_column=big())
    frt_seconds: int | None = Field(default=None, sa_column=big())  # calendar clock
    frt_business_seconds: int | None = Field(default=None, sa_column=big())
    resolution_seconds: int | None = Field(default=None, sa_column=big())
    resolution_business_seconds: int | None = Field(default=None, sa_column=big())
    requester_wait_seconds: int | None = Field(default=None, sa_column=big())
    agent_wait_seconds: int | None = Field(default=None, sa_column=big())
    handle_seconds: int | None = Field(default=None, sa_column=big())  # working time, where the source measures it
    queue_seconds: int | None = Field(default=None, sa_column=big())
    replies: int | None = Field(default=None, sa_column=big())
    reopens: int | None = Field(default=None, sa_column=big())
    missed: bool | None = Field(default=None)
    offline: bool | None = Field(default=None)
    merged_into: str | None = Field(default=None, sa_column=text_())
    url: str | None = Field(default=None, sa_column=text_())
    person_id: int | None = Field(default=None, sa_column=big(index=True))
    order_source_id: int | None = Field(default=None, sa_column=big())  # the order this is about, and why we think so
    order_id: str | None = Field(default=None, sa_column=text_())
    order_reason: str | None = Field(default=None, sa_column=text_())  # number | recent | rule
    gone_at: int | None = Field(default=None, sa_column=big())


class ConversationEvent(SQLModel, table=True):
    """Something that happened to a conversation, by kind; `agent_id` is who did it, or who is meant.

    - status: `value` is the raw word it has from now on; the first one is its creation
    - assigned: to `agent_id`; group: to the group `value` (`AgentGroup`)
    - handoff: a bot handed over to people; transfer: from one person to the next
    - work: `agent_id` worked `seconds` from `at` on
    - rating_offered: a survey was offered
    - merged: into the conversation with the id `value`
    - sla: a target was set: `value` is METRIC/CLOCK (`reply_time/business`), `seconds` the target; sla_breach: missed
    - clock: METRIC/TYPE of a clock that the source runs (`requester_wait_time/pause`)
    """

    __tablename__ = "conversation_events"
    __table_args__ = (Index("ix_conversation_events_conversation", "source_id", "conversation_id"),)
    source_id: int = Field(sa_column=big(key=True))
    event_id: str = Field(sa_column=text_(key=True))
    conversation_id: str = Field(sa_column=text_(null=False))
    at: int = Field(sa_column=big(null=False))
    kind: str = Field(sa_column=text_(null=False))
    # status | assigned | group | handoff | transfer | work | rating_offered | merged | sla | sla_breach | clock
    value: str | None = Field(default=None, sa_column=text_())
    seconds: int | None = Field(default=None, sa_column=big())  # length of work
    agent_id: str | None = Field(default=None, sa_column=text_())


class Message(SQLModel, table=True):
    """One message of a conversation. The text itself only where the owner chose to keep it."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_conversation", "source_id", "conversation_id"),)
    source_id: int = Field(sa_column=big(key=True))
    message_id: str = Field(sa_column=text_(key=True))
    conversation_id: str = Field(sa_column=text_(null=False))
    created_at: int | None = Field(default=None, sa_column=big())
    author_role: str = Field(sa_column=text_(null=False))  # customer | agent | bot | system; as it was when first seen
    agent_id: str | None = Field(default=None, sa_column=text_())
    public: bool = Field(default=True)
    automatic: bool = Field(default=False)  # sent by a rule, an out-of-office or an acknowledgement
    channel: str | None = Field(default=None, sa_column=text_())
    length: int | None = Field(default=None, sa_column=big())  # characters
    order_numbers: str | None = Field(default=None, sa_column=text_())  # JSON list, found in the text
    body: str | None = Field(default=None, sa_column=text_())
