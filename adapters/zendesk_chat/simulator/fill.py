"""The pretend accounts there are: a story for the demo, a small odd one for tests, a large one for benchmarks."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from adapters.zendesk_chat.simulator.chats import offline
from adapters.zendesk_chat.simulator.deeds import PRESENT, chat, hire, touched
from connector.instants import DAY, HOUR, MINUTE, SECOND, to_utc_text
from connector.simulation import plot
from connector.simulation.people import person
from connector.simulation.twice_seen import chats_with_tickets

if TYPE_CHECKING:
    from adapters.zendesk_chat.simulator import ZendeskChatAccount

_STORY_DAYS = 700
_STORY_CHATS = 600


def fill_small(account: ZendeskChatAccount) -> None:
    """A few dozen chats with every oddity."""
    hire(account)
    random = Random(f"small chat/{account.seed}")
    now = account.server_time()
    for number in range(1, 25):
        begin = now - (40 - number) * DAY - random.randrange(HOUR)
        who = person(account.seed, number) if number % 4 else None
        agents = () if number % 6 == 0 else (9001, 9002) if number % 5 == 0 else (random.choice(PRESENT),)
        chat(
            account,
            random,
            begin,
            who,
            agents=(9004,) if number == 3 else agents,
            order=str(1000 + number),
            modern=number > 8,
            started_by="trigger" if number % 7 == 0 else "visitor",
            ticket=100 + number if number % 3 == 0 else None,
            rating=random.choice((None, "good", "bad")),
        )
    for number in (40, 41):
        begin = now - 5 * DAY + number * MINUTE
        account.put(offline(number, begin, person(account.seed, number), 105, "1042"), begin // SECOND)
    # More chats of one second than a small page holds.
    same = (now - 3 * DAY) // SECOND
    for number in range(30, 38):
        made = chat(account, random, same * SECOND - HOUR, person(account.seed, number), messages=1)
        made["update_timestamp"] = to_utc_text(same * SECOND)
        account.put(made, same)
    first = next(iter(account.chats.values()))
    touched(account, {key: first[key] for key in ("id", "type", "timestamp")}, deleted=True)


def fill_story(account: ZendeskChatAccount) -> None:
    """Two years of a shop's chat; most who write are customers of the pretend shops."""
    hire(account)
    random = Random(f"chat/{account.seed}")
    now = account.server_time()
    starts = sorted(random.randrange(_STORY_DAYS * DAY) for _ in range(_STORY_CHATS))
    for place, start in enumerate(starts):
        begin = now - 2 * HOUR - _STORY_DAYS * DAY + start
        who = person(account.seed, random.randrange(1, 851)) if random.random() < 0.8 else None
        if place % 12 == 5:
            account.put(offline(10_000 + place, begin, who, None, str(1000 + place)), begin // SECOND)
            continue
        busy = random.random()
        chat(
            account,
            random,
            begin,
            who,
            agents=() if busy < 0.08 else (9001, 9002) if busy < 0.2 else (random.choice(PRESENT),),
            order=str(1000 + random.randrange(900)),
            started_by="trigger" if random.random() < 0.1 else "visitor",
            rating=random.choices((None, "good", "bad"), (70, 24, 6))[0],
            messages=random.randint(1, 4),
        )
    for one in chats_with_tickets(account.seed, now):
        who, agents = person(account.seed, one.person), (random.choice(PRESENT),)
        chat(account, random, one.began, who, agents=agents, order=one.order, ticket=one.ticket, rating="good")
    for first in plot.first_chats(now):
        answering = () if first.served == "never" else (random.choice(PRESENT),)
        visitor, delay = person(account.seed, first.person), 900 if first.served == "slow" else 5
        chat(account, random, first.began, visitor, agents=answering, messages=1, delay=delay)


def fill_bulk(account: ZendeskChatAccount, size: int) -> None:
    """`size` chats, one every few minutes."""
    hire(account)
    random = Random(f"bulk chat/{account.seed}")
    now = account.server_time()
    for number in range(size):
        begin = now - (size - number) * 5 * MINUTE - HOUR
        chat(account, random, begin, person(account.seed, number % 5000 + 1), agents=(random.choice(PRESENT),))
