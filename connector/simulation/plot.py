"""What is planted in the demo's story: customers whose shopping goes with how they were served.

The pretend shop and the pretend help desks take it from here, so that they tell one story though neither knows of the
other; the figures across sources then have something true to find. The people are not those of the rest of the story.

- More than half of the `EPISODES` write about their first order. Answered within the hour, most order again; after
  half a day or more few do; never answered, hardly any. Those who did not write lie between.
- A ticket that was answered late or never ends in a refund far more often, and in a bad rating.
- Of those who chat before their first purchase, the faster the answer the more buy.
- A few good customers have been waiting for an answer for days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from connector.instants import DAY, HOUR, MINUTE

Served = Literal["fast", "fair", "slow", "never", "not_asked"]

AGAIN: dict[Served, float] = {"fast": 0.7, "fair": 0.5, "slow": 0.3, "never": 0.1, "not_asked": 0.45}
"""Who orders again between 45 and 80 days after the first order, by how they were served."""
REFUNDED: dict[Served, float] = {"fast": 0.05, "fair": 0.1, "slow": 0.4, "never": 0.5, "not_asked": 0.05}
CONVERTED: dict[Served, float] = {"fast": 0.6, "slow": 0.15, "never": 0.05}
"""Who buys the day after a chat, by how they were served."""

EACH: dict[Served, int] = {"fast": 40, "fair": 20, "slow": 40, "never": 40, "not_asked": 120}
EPISODES = sum(EACH.values())
CHATS: dict[Served, int] = {"fast": 150, "slow": 60, "never": 40}
WAITING = 6

FIRST_EPISODE, FIRST_CHAT, FIRST_WAITING = 1001, 1401, 1801
"""Places in the cast of `people`, beyond all others of the story."""
FIRST_TICKET = 60_001


@dataclass(frozen=True, slots=True)
class Episode:
    """One customer's first order and what followed; microseconds UTC, None where it did not happen."""

    person: int  # place in the cast
    served: Served
    ordered: int
    wrote: int | None = None
    answered: int | None = None
    refunded: int | None = None
    again: int | None = None

    @property
    def ticket(self) -> int:
        """The number of the ticket, where there is one."""
        return FIRST_TICKET + self.person - FIRST_EPISODE


@dataclass(frozen=True, slots=True)
class FirstChat:
    """A chat of somebody who had not bought yet, and the order after it."""

    person: int
    served: Served
    began: int
    ordered: int | None


def episodes(now: int) -> Iterator[Episode]:
    """All episodes before `now`, which are over: the latest began 130 days ago."""
    number = 0
    for served, count in EACH.items():
        for place in range(count):
            # Each kind is spread over the same 500 days, so that none of them is younger than the others.
            ordered = now - 630 * DAY + 500 * DAY * place // count + (number % 11) * HOUR
            wrote = None if served == "not_asked" else ordered + (3 + number % 5) * DAY
            answered = {"fast": 40 * MINUTE, "fair": 150 * MINUTE, "slow": (11 if place % 2 else 30) * HOUR}.get(served)
            yield Episode(
                FIRST_EPISODE + number,
                served,
                ordered,
                wrote,
                None if wrote is None or answered is None else wrote + answered,
                (wrote or ordered) + 5 * DAY if _falls(place + 7, REFUNDED[served]) else None,
                ordered + (45 + number % 35) * DAY if _falls(place, AGAIN[served]) else None,
            )
            number += 1


def first_chats(now: int) -> Iterator[FirstChat]:
    """All chats before a first purchase, the latest 30 days ago."""
    number = 0
    for served, count in CHATS.items():
        for place in range(count):
            began = now - 630 * DAY + 600 * DAY * place // count + (number % 9) * HOUR
            yield FirstChat(
                FIRST_CHAT + number, served, began, began + DAY if _falls(place, CONVERTED[served]) else None
            )
            number += 1


def waiting(now: int) -> Iterator[Episode]:
    """Good customers who bought lately, and whose question of some days ago nobody has answered."""
    for number in range(WAITING):
        yield Episode(
            FIRST_WAITING + number, "never", now - (20 + 5 * number) * DAY, now - (2 * DAY + number * 7 * HOUR)
        )


def _falls(place: int, share: float) -> bool:
    """Spreads a share evenly: of any run of places about that many."""
    return int((place + 1) * share + 1e-9) > int(place * share + 1e-9)
