"""What the messages of a conversation say: who asked, who answered, and when (definitions 5.0 and 5.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from connector.conversations.family import Family, Said, in_order
from connector.instants import HOUR, MINUTE, SECOND

SESSION_SILENCE = 4 * HOUR
"""After so long without a message a chat or messaging session is over, and the next answer is a reply of its own."""

SESSIONS = frozenset({"chat", "messaging"})
"""Channels in which people answer in several short messages."""

PAUSE, LONG_PAUSE, LEAST = 15 * MINUTE, 2 * MINUTE, 1 * MINUTE
"""Of estimated work: gaps up to the first count whole, longer ones as the second; each action is at least the third."""

CUSTOMER, PERSON, BOT, SILENT = "customer", "person", "bot", "silent"

IsBot = Callable[[int, str], bool]
"""Whether an agent of a source is a program, as its source or the owner says."""


class Answered(NamedTuple):
    """A block of customer messages and the next human reply."""

    asked_at: int
    replied_at: int
    agent_id: str | None


@dataclass(slots=True)
class Dialogue:
    """What the messages say. Instants in microseconds UTC."""

    opened_by: str | None
    first_customer_at: int | None = None
    answered: list[Answered] = field(default_factory=list)
    waiting_since_at: int | None = None
    customer_messages: int = 0
    replies: int = 0
    reply_times: list[int] = field(default_factory=list)  # public, by people, after an agent's own opening; ordered
    bot_times: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)  # of everything that people wrote for the desk, notes too, ordered
    writers: set[tuple[int, str]] = field(default_factory=set)  # those people

    def asks(self, at: int) -> None:
        """A customer writes."""
        self.customer_messages += 1
        if self.first_customer_at is None:
            self.first_customer_at = at
        if self.waiting_since_at is None:
            self.waiting_since_at = at

    def replied(self, said: Said, *, counts: bool) -> None:
        """A person answers; `counts` unless it is a further message of an answer."""
        self.reply_times.append(said.at)
        self.replies += counts
        if self.waiting_since_at is not None:
            self.answered.append(Answered(self.waiting_since_at, said.at, said.agent_id))
            self.waiting_since_at = None

    def estimated(self) -> int | None:
        """Working time in whole seconds, guessed from when people wrote (definition 5.2); None where nobody did."""
        if not self.actions:
            return None
        gaps = (later - at for at, later in zip(self.actions, self.actions[1:], strict=False))
        spent = sum(max(gap if gap <= PAUSE else LONG_PAUSE, LEAST) for gap in gaps)
        return (spent + LEAST) // SECOND  # no gap follows the last one


def author(said: Said, is_bot: IsBot) -> str:
    """Who wrote a message, in public or not; SILENT for what a rule, an out-of-office or a copy is.

    A customer's own automatic answer asks nothing. A bot is one by the author's role or by the list of bots.
    """
    if said.automatic:
        return SILENT
    if said.author_role == "agent" and said.agent_id is not None and is_bot(said.source_id, said.agent_id):
        return BOT
    return {"customer": CUSTOMER, "agent": PERSON, "bot": BOT}.get(said.author_role, SILENT)


def read(family: Family, opened_by: str | None, is_bot: IsBot) -> Dialogue:
    """Walk through the messages in their order; `opened_by` as the source says, else the first who speaks."""
    messages = sorted(
        family.messages, key=lambda said: (said.at, said.source_id, said.conversation_id, in_order(said.message_id))
    )
    authors = [author(said, is_bot) for said in messages]
    if opened_by is None:
        first = next((who for said, who in zip(messages, authors, strict=True) if said.public and who != SILENT), None)
        opened_by = {CUSTOMER: "customer", PERSON: "agent", BOT: "bot"}.get(first or "")
    told = Dialogue(opened_by)
    sessions = _Sessions(family)
    opening = opened_by == "agent"
    for said, who in zip(messages, authors, strict=True):
        session = sessions.of(said)
        if who == PERSON:
            told.actions.append(said.at)
            if said.agent_id is not None:
                told.writers.add((said.source_id, said.agent_id))
        if not said.public:
            continue
        if who == CUSTOMER:
            opening = False
            told.asks(said.at)
        elif who == BOT:
            told.bot_times.append(said.at)
        elif who == PERSON and opening:
            opening = session is not None  # an opening message of a chat may be several
        elif who == PERSON:
            told.replied(said, counts=session is None or sessions.first_reply_in(session))
    return told


class _Sessions:
    """Which session of chatting a message belongs to."""

    def __init__(self, family: Family) -> None:
        self._channel = {member.key: member.channel for member in family.members}
        self._last: dict[tuple[int, str], tuple[int, int]] = {}  # member -> number of the session, its last message
        self._replied: set[tuple[int, str, int]] = set()

    def of(self, said: Said) -> tuple[int, str, int] | None:
        """The session; None where each message stands for itself."""
        key = said.source_id, said.conversation_id
        if self._channel.get(key) not in SESSIONS:
            return None
        number, last = self._last.get(key, (0, said.at))
        if said.at - last > SESSION_SILENCE:
            number += 1
        self._last[key] = number, said.at
        return (*key, number)

    def first_reply_in(self, session: tuple[int, str, int]) -> bool:
        """Whether nobody was known to have replied in the session yet."""
        if session in self._replied:
            return False
        self._replied.add(session)
        return True
