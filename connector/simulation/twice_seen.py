"""Conversations that a chat and a help desk both know: chats that made a ticket.

Both pretend systems take them from here, so that their stories fit together though neither knows of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from connector.instants import DAY, HOUR

FIRST_TICKET = 50_001  # far above the tickets that a pretend desk numbers itself


@dataclass(frozen=True, slots=True)
class TwiceSeen:
    """A chat with its ticket."""

    ticket: int
    person: int  # place in the cast of `people`
    began: int  # microseconds UTC
    order: str


def chats_with_tickets(seed: int, now: int, *, count: int = 60, span: int = 700 * DAY) -> Iterator[TwiceSeen]:
    """`count` of them, the oldest first, spread over `span` microseconds before `now` (microseconds UTC)."""
    random = Random(f"twice seen/{seed}")
    for number in range(count):
        began = now - span + (span - 2 * DAY) * number // count + random.randrange(6 * HOUR)
        yield TwiceSeen(FIRST_TICKET + number, random.randrange(1, 851), began, str(1000 + random.randrange(900)))
