"""What the messages of a conversation say: who asked, who answered, and when (definitions 5.0 and 5.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from connector.conversations.family import Family, Said, in_order
from connector.instants import HOUR

SESSION_SILENCE = 4 * HOUR
"""After so long without a message a chat or messaging session is over, and the next answer is a reply of its own."""

SESSIONS = frozenset({"chat", "messaging"})
"""Channels in which people answer in several short messages."""

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
    first_reply_at: int | None = None  # after an agent's own opening message
    first_bot_at: int | None = None
    answered: list[Answered] = field(default_factory=list)
    waiting_since_at: int | None = None
    customer_messages: int = 0
    replies: int = 0
    bot_replies: int = 0
    reply_times: list[int] = field(default_factory=list)  # of all human public messages, ordered
    bot_times: list[int] = field(default_factory=list)
    writers: set[tuple[int, str]] = field(default_factory=set)  # people who wrote anything, notes too


def voice(said: Said, is_bot: IsBot) -> str:
    """Who speaks publicly in a message; SILENT for notes, and for what a rule, an out-of-office or a copy is.

    A customer's own automatic answer asks nothing. A bot is one by the author's role or by the list of bots.
    """
    if not said.public:
        return SILENT
    role = said.author_role
    if role == "agent" and said.agent_id is not None and is_bot(said.source_id, said.agent_id):
        role = "bot"
    if said.automatic:
        return SILENT
    return {"customer": CUSTOMER, "agent": PERSON, "bot": BOT}.get(role, SILENT)


def read(family: Family, opened_by: str | None, is_bot: IsBot) -> Dialogue:
    """Walk through the messages in their order; `opened_by` as the source says, else the first who speaks."""
    messages = sorted(
        family.messages, key=lambda said: (said.at, said.source_id, said.conversation_id, in_order(said.message_id))
    )
    voices = [voice(said, is_bot) for said in messages]
    if opened_by is None:
        first = next((who for who in voices if who != SILENT), None)
        opened_by = {CUSTOMER: "customer", PERSON: "agent", BOT: "bot"}.get(first or "")
    told = Dialogue(opened_by)
    sessions = _Sessions(family)
    opening = opened_by == "agent"
    for said, who in zip(messages, voices, strict=True):
        session = sessions.of(said)
        if said.author_role == "agent" and said.agent_id is not None and who in (PERSON, SILENT) and not said.automatic:
            told.writers.add((said.source_id, said.agent_id))
        if who == CUSTOMER:
            opening = False
            told.customer_messages += 1
            if told.first_customer_at is None:
                told.first_customer_at = said.at
            if told.waiting_since_at is None:
                told.waiting_since_at = said.at
        elif who == BOT:
            told.bot_replies += 1
            told.bot_times.append(said.at)
            if told.first_bot_at is None:
                told.first_bot_at = said.at
        elif who == PERSON:
            if opening:
                # An opening message of a chat may be several.
                opening = session is not None
                continue
            told.reply_times.append(said.at)
            if told.first_reply_at is None:
                told.first_reply_at = said.at
            if session is None or sessions.first_reply_in(session):
                told.replies += 1
            if told.waiting_since_at is not None:
                told.answered.append(Answered(told.waiting_since_at, said.at, said.agent_id))
                told.waiting_since_at = None
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
