"""What the owner may say about conversations: opening hours, who is a bot, and which order one is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connector.conversations.opening import OpeningHours


@dataclass(frozen=True)
class DeskHours:
    """The opening hours of one source, and of its groups where they differ (by the group's name)."""

    hours: OpeningHours | None = None
    groups: Mapping[str, OpeningHours] = field(default_factory=dict)


@dataclass(frozen=True)
class OrderLink:
    """A correction: which order a conversation is about, whatever else speaks for another one.

    `order` is an order's id or the number that the customer sees; None = it is about no order.
    """

    source: str
    conversation: str
    order_source: str | None
    order: str | None


@dataclass(frozen=True)
class ServiceRules:
    """What config.yaml says about conversations."""

    zone: str = "UTC"  # the reporting zone, for schedules whose own is not known
    hours: OpeningHours | None = None  # where neither the source nor its own desk says any
    desks: Mapping[str, DeskHours] = field(default_factory=dict)  # by the source's name
    bots: tuple[str, ...] = ()  # ids or names of authors that are programs (option service.bots)
    attribution_days: int = 30  # how old an order may be that a conversation is taken to be about
    links: tuple[OrderLink, ...] = ()
