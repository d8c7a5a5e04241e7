"""What a conversation is told from: the stored rows, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Key = tuple[int, str]
"""Source and conversation id."""


class Member(NamedTuple):
    """A stored conversation: what its source says of it. Named and ordered as the columns of `Conversation`."""

    source_id: int
    conversation_id: str
    same_as: str | None = None
    self_ref: str | None = None
    merged_into: str | None = None
    channel: str = "email"
    state: str = "open"
    countable: bool = True
    opened_by: str | None = None
    group_name: str | None = None
    created_at: int | None = None
    updated_at: int | None = None
    first_customer_message_at: int | None = None
    handoff_at: int | None = None
    first_reply_at: int | None = None
    first_solved_at: int | None = None
    solved_at: int | None = None
    closed_at: int | None = None
    frt_seconds: int | None = None
    frt_business_seconds: int | None = None
    resolution_seconds: int | None = None
    resolution_business_seconds: int | None = None
    requester_wait_seconds: int | None = None
    agent_wait_seconds: int | None = None
    handle_seconds: int | None = None
    queue_seconds: int | None = None
    replies: int | None = None
    reopens: int | None = None
    missed: bool | None = None
    offline: bool | None = None
    order_numbers: str | None = None  # JSON list

    @property
    def key(self) -> Key:
        """The natural key."""
        return self.source_id, self.conversation_id


class Said(NamedTuple):
    """A stored message with an instant."""

    at: int
    source_id: int
    conversation_id: str
    message_id: str
    author_role: str
    agent_id: str | None = None
    public: bool = True
    automatic: bool = False
    channel: str | None = None
    order_numbers: str | None = None  # JSON list


class Happened(NamedTuple):
    """A stored event."""

    at: int
    source_id: int
    conversation_id: str
    event_id: str
    kind: str
    value: str | None = None
    seconds: int | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A conversation with all that counts with it: a chat under its ticket, tickets merged into it."""

    head: Member
    parts: Sequence[Member] = ()
    messages: Sequence[Said] = ()  # of all of them, in any order
    events: Sequence[Happened] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """The head, then the parts."""
        return (self.head, *self.parts)


def in_order(key: str) -> tuple[int, str]:
    """By which ids of one instant are ordered: numbers as numbers."""
    return len(key), key
