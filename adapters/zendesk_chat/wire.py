"""The shapes of Zendesk Chat's API, cut down to what may be kept and is read.

Sessions (IP, place, user agent), pages visited and notes about visitors are not named here, so `admit` drops them.
Texts (`msg`, `message`, `comment`) are read to know how long they are and which orders they name; they stay only where
the owner keeps texts. Else the fields below `of what we add` take their place.
"""

from __future__ import annotations

import msgspec


class Wire(msgspec.Struct, omit_defaults=True, gc=False):
    """Base: fields at their default are not written, which keeps stored records small.

    Records hold each other in no circle, so the collector need not look at them.
    """


class Head(Wire):
    """What every chat carries, a deleted one too."""

    id: str
    update_timestamp: str | None = None


class Visitor(Wire):
    """Who writes. Empty texts are common."""

    name: str | None = ""
    email: str | None = ""
    phone: str | None = ""


class ResponseTime(Wire):
    """Seconds; null where nobody answered. `first` leaves triggers out."""

    first: float | None = None


class Engagement(Wire):
    """What one agent did in a chat."""

    agent_id: str | int | None = None
    timestamp: str | None = None
    duration: float | None = None  # seconds


class Entry(Wire):
    """One line of a chat's history."""

    type: str = ""
    timestamp: str | None = None
    name: str | None = None
    nick: str | None = None
    agent_id: str | int | None = None
    msg: str | None = None
    msg_id: str | None = None
    new_rating: str | None = None
    # Of what we add:
    role: str | None = None  # customer | agent | bot | system
    length: int | None = None  # characters of the text


class Context(Wire):
    """What `admit` found in texts that are not kept."""

    length: int | None = None  # characters of an offline message
    order_numbers: list[str] = []


class Chat(Wire):
    """A chat or an offline message, as the incremental export gives it with all fields."""

    id: str
    type: str = "chat"
    timestamp: str | None = None
    end_timestamp: str | None = None
    update_timestamp: str | None = None
    duration: float | None = None  # seconds, waiting included
    response_time: ResponseTime = msgspec.field(default_factory=ResponseTime)
    started_by: str | None = None
    missed: bool = False
    dropped: bool = False
    deleted: bool = False
    rating: str | None = None
    comment: str | None = None  # the customer's remark on the rating
    department_name: str | None = None
    agent_ids: list[str | int] | None = None
    agent_names: list[str] | None = None
    tags: list[str] | None = None
    zendesk_ticket_id: int | None = None
    visitor: Visitor = msgspec.field(default_factory=Visitor)
    engagements: list[Engagement] | None = None
    history: list[Entry] | None = None
    message: str | None = None
    context: Context = msgspec.field(default_factory=Context, name="_context")


class Agent(Wire):
    """Somebody who answers."""

    id: int
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    enabled: bool = True


class Export(Wire):
    """What stands around the chats of an export page. `next_page` is always filled, so nobody reads it."""

    end_time: int | None = None
    end_id: str | None = None
