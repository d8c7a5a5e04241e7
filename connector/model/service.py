"""What conversations come to, worked out from messages and events, and what is waiting to be worked out."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from connector.model.columns import big, text_

_PART = text("part_of_id IS NOT NULL")
_MERGED = text("merged_into IS NOT NULL")


class ConversationTimes(SQLModel, table=True):
    """What a conversation comes to, told by its messages and events; one row per conversation, made by us alone.

    The columns of `Conversation` stay what the source said; figures and exports read these. Where no message is
    there the source's own measurements are carried over. `_business_seconds` count opening hours only and are null
    where nobody said when it is open. A conversation that is part of another (`part_of_*`) has nothing here but its
    state: its messages and events are told with the other.
    """

    __tablename__ = "conversation_times"
    __table_args__ = (
        Index(
            "ix_conversation_times_part_of",
            "part_of_source_id",
            "part_of_id",
            sqlite_where=_PART,
            postgresql_where=_PART,
        ),
        Index(
            "ix_conversation_times_merged_into",
            "source_id",
            "merged_into",
            sqlite_where=_MERGED,
            postgresql_where=_MERGED,
        ),
        {"sqlite_with_rowid": False},
    )
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))
    state: str = Field(sa_column=text_(null=False))  # open | solved | closed | deleted | spam | merged
    countable: bool = Field(default=True)  # as in `Conversation`, and no part of another
    part_of_source_id: int | None = Field(default=None, sa_column=big())  # the conversation it counts with
    part_of_id: str | None = Field(default=None, sa_column=text_())
    merged_into: str | None = Field(default=None, sa_column=text_())  # the target within the source, stored or not
    opened_by: str | None = Field(default=None, sa_column=text_())  # customer | agent | bot | system
    first_customer_message_at: int | None = Field(default=None, sa_column=big())
    handoff_at: int | None = Field(default=None, sa_column=big())  # a bot handed over to people
    first_bot_reply_at: int | None = Field(default=None, sa_column=big())
    first_reply_at: int | None = Field(default=None, sa_column=big())
    # the first human public reply; of a conversation that an agent opened, the first after the opening message
    frt_from_at: int | None = Field(default=None, sa_column=big())
    # option frt.start: handoff. The hand-over or the reopening after a bot's solution; else a chat's first customer
    # message; else the creation
    frt_seconds: int | None = Field(default=None, sa_column=big())  # from `frt_from_at`; null if an agent opened it
    frt_business_seconds: int | None = Field(default=None, sa_column=big())
    frt_created_seconds: int | None = Field(default=None, sa_column=big())  # option frt.start: created
    frt_created_business_seconds: int | None = Field(default=None, sa_column=big())
    frt_message_seconds: int | None = Field(default=None, sa_column=big())  # option frt.start: first_customer_message
    frt_message_business_seconds: int | None = Field(default=None, sa_column=big())
    second_reply_seconds: int | None = Field(default=None, sa_column=big())
    # only where an agent opened it (option frt.agent_started: second_reply): creation to `first_reply_at`
    second_reply_business_seconds: int | None = Field(default=None, sa_column=big())
    waiting_since_at: int | None = Field(default=None, sa_column=big())
    # the first customer message that no person has answered yet
    reply_gap_seconds: int | None = Field(default=None, sa_column=big())  # sum over `ConversationReply`
    reply_gap_business_seconds: int | None = Field(default=None, sa_column=big())
    first_solved_at: int | None = Field(default=None, sa_column=big())  # closed without solved: the closing
    solved_at: int | None = Field(default=None, sa_column=big())  # the last time; null while it is open
    closed_at: int | None = Field(default=None, sa_column=big())
    first_reopened_at: int | None = Field(default=None, sa_column=big())
    first_resolution_seconds: int | None = Field(default=None, sa_column=big())  # null while it is open
    first_resolution_business_seconds: int | None = Field(default=None, sa_column=big())
    resolution_seconds: int | None = Field(default=None, sa_column=big())  # null while it is open
    resolution_business_seconds: int | None = Field(default=None, sa_column=big())
    requester_wait_seconds: int | None = Field(default=None, sa_column=big())  # new, open and on hold
    requester_wait_business_seconds: int | None = Field(default=None, sa_column=big())
    agent_wait_seconds: int | None = Field(default=None, sa_column=big())  # pending: waiting for the customer
    agent_wait_business_seconds: int | None = Field(default=None, sa_column=big())
    handle_seconds: int | None = Field(default=None, sa_column=big())  # working time of all its parts
    estimated_seconds: int | None = Field(default=None, sa_column=big())
    # working time guessed from the instants at which people wrote for the desk, notes too; null where nobody did
    queue_seconds: int | None = Field(default=None, sa_column=big())
    customer_messages: int | None = Field(default=None, sa_column=big())  # public ones
    replies: int | None = Field(default=None, sa_column=big())
    # human public replies after an agent's own opening message; several messages of one chat session are one
    bot_replies: int | None = Field(default=None, sa_column=big())  # messages of bots, automatic ones not
    agents: int | None = Field(default=None, sa_column=big())  # distinct people who wrote or worked
    reopens: int | None = Field(default=None, sa_column=big())  # number of solved events - 1, at least 0
    thanks_reopens: int | None = Field(default=None, sa_column=big())
    # those of `reopens` without a human reply and solved again within 24 h (option fcr.ignore_thanks)
    missed: bool | None = Field(default=None)
    # of chats with a customer message inside opening hours: nobody replied before it ended or within 30 minutes
    offline: bool | None = Field(default=None)  # of chats: outside opening hours, or left as a message while closed
    bot_only: bool | None = Field(default=None)  # over, answered by a bot; no person replied or was asked for
    has_messages: bool = Field(default=False)
    has_history: bool = Field(default=False)  # changes of status are known


class ConversationReply(SQLModel, table=True):
    """A block of customer messages and the next human reply; a block nobody answered yet has no row."""

    __tablename__ = "conversation_replies"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))
    number: int = Field(sa_column=big(key=True))  # 1 = the first block
    asked_at: int = Field(sa_column=big(null=False))  # the block's first message
    replied_at: int = Field(sa_column=big(null=False))
    seconds: int = Field(sa_column=big(null=False))
    business_seconds: int | None = Field(default=None, sa_column=big())
    agent_id: str | None = Field(default=None, sa_column=text_())


class ConversationSpan(SQLModel, table=True):
    """A time in which a conversation was open: neither solved nor closed nor deleted."""

    __tablename__ = "conversation_spans"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))
    from_at: int = Field(sa_column=big(key=True))  # the creation, or a reopening
    until_at: int | None = Field(default=None, sa_column=big())  # solved, closed or deleted; null = still open


class ConversationNumber(SQLModel, table=True):
    """An order number that a conversation or a part of it names, in the form in which numbers are compared."""

    __tablename__ = "conversation_numbers"
    __table_args__ = (Index("ix_conversation_numbers_number", "number"), {"sqlite_with_rowid": False})
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))
    position: int = Field(sa_column=big(key=True))  # the first one named first
    number: str = Field(sa_column=text_(null=False))


class ConversationMark(SQLModel, table=True):
    """A conversation of which something changed since it was last told; written with the page, cleared when told."""

    __tablename__ = "conversation_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    source_id: int = Field(sa_column=big(key=True))
    conversation_id: str = Field(sa_column=text_(key=True))


class OrderLinkMark(SQLModel, table=True):
    """Something on which it depends which order a conversation is about, and that changed since this was last asked."""

    __tablename__ = "order_link_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: str = Field(sa_column=text_(key=True))  # conversation | order | person
    source_id: int = Field(sa_column=big(key=True))  # 0 for a person
    key: str = Field(sa_column=text_(key=True))
