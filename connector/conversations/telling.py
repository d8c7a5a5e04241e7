"""What a conversation comes to: one row of `ConversationTimes` with its replies and open spans. Pure.

Definitions 5.0 to 5.4. What messages and changes of status say wins over what the source measured, so that all desks
are measured alike; where there are none, the source's own measurements are carried over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connector.conversations import course as courses
from connector.conversations import dialogue as dialogues
from connector.conversations.business_clock import BusinessClock
from connector.conversations.course import OPEN, PENDING, Course, calendar
from connector.conversations.dialogue import Dialogue, IsBot
from connector.conversations.family import Family, Key, Member, in_order
from connector.conversations.numbers import named
from connector.instants import MINUTE
from connector.order_numbers import MOST

MISSED_AFTER = 30 * MINUTE
"""A reply so soon after the question counts even where the visitor had left by then."""

_NOT_COUNTED = frozenset({"deleted", "spam", "merged"})
_OVER = frozenset({"solved", "closed"})


@dataclass(frozen=True, slots=True)
class Told:
    """The rows that a conversation comes to; column names as in the tables."""

    times: Mapping[str, Any]
    replies: Sequence[tuple[int, int, int, int, int | None, str | None]] = ()
    # number, asked_at, replied_at, seconds, business_seconds, agent_id
    spans: Sequence[tuple[int, int | None]] = ()  # from_at, until_at
    numbers: Sequence[str] = ()  # order numbers in comparable form


def tell_part(part: Member, head: Key, merged_into: str | None) -> Told:
    """What is left of a conversation that counts with another."""
    return Told(
        {
            "state": part.state if part.state in _NOT_COUNTED else "merged",
            "countable": False,
            "part_of_source_id": head[0],
            "part_of_id": head[1],
            "merged_into": merged_into,
        }
    )


def tell(
    family: Family,
    clock: BusinessClock | None,
    is_bot: IsBot = lambda source_id, agent_id: False,
    *,
    names: Mapping[tuple[int, str], str] | None = None,
    merged_into: str | None = None,
) -> Told:
    """What a conversation with all its parts comes to, by the calendar and by `clock` (None: hours are not known).

    `names` tell agents of several sources apart. `merged_into`: where the head went, though its target is not stored.
    """
    return _Telling(family, clock, is_bot, names or {}, merged_into).told()


class _Telling:
    def __init__(
        self,
        family: Family,
        clock: BusinessClock | None,
        is_bot: IsBot,
        names: Mapping[tuple[int, str], str],
        merged_into: str | None,
    ) -> None:
        self.family, self.clock, self.names, self.merged_into = family, clock, names, merged_into
        self.head = family.head
        self.first = min(
            (member for member in family.members if member.created_at is not None),
            key=lambda member: member.created_at or 0,
            default=family.head,
        )
        # Acknowledgements and a chat's transcript alone say nothing of who answered when.
        self.has_messages = any(not said.automatic for said in family.messages)
        self.dialogue: Dialogue = dialogues.read(family, self.first.opened_by, is_bot)
        self.course: Course = courses.read(family)

    def told(self) -> Told:
        head, dialogue = self.head, self.dialogue
        first_reply = next(iter(dialogue.reply_times), None) if self.has_messages else self._given("first_reply_at")
        first_customer = dialogue.first_customer_at if self.has_messages else self._given("first_customer_message_at")
        handoff = self._handoff(first_reply)
        times: dict[str, Any] = {
            "state": head.state,
            "countable": head.countable and head.state not in _NOT_COUNTED,
            "merged_into": self.merged_into,
            "opened_by": dialogue.opened_by,
            "first_customer_message_at": first_customer,
            "handoff_at": handoff,
            "first_bot_reply_at": next(iter(dialogue.bot_times), None),
            "first_reply_at": first_reply,
            "waiting_since_at": dialogue.waiting_since_at,
            "handle_seconds": self._handled(),
            "estimated_seconds": dialogue.estimated(),
            "queue_seconds": self._given("queue_seconds"),
            "customer_messages": dialogue.customer_messages if self.has_messages else None,
            "replies": dialogue.replies if self.has_messages else self._given("replies"),
            "bot_replies": len(dialogue.bot_times) if self.has_messages else None,
            "agents": self._agents(),
            "has_messages": self.has_messages,
            "has_history": self.course.known,
        }
        times.update(self._first_reply_times(first_reply, first_customer, handoff))
        times.update(self._chat(first_reply, first_customer, handoff))
        times.update(self._resolution(answered=first_reply is not None))
        replies = self._replies()
        if self.has_messages:
            times["reply_gap_seconds"] = sum(reply[3] for reply in replies)
            times["reply_gap_business_seconds"] = self._sum([reply[4] for reply in replies])
        return Told(times, replies, self.course.open_spans, self._numbers())

    # --- the first reply (5.1) ---------------------------------------------------------------------------------------

    def _handoff(self, first_reply: int | None) -> int | None:
        """The first hand-over by a bot; none that came after a person's reply."""
        handoffs = sorted(event.at for event in self.family.events if event.kind == "handoff")
        at = handoffs[0] if handoffs else self._given("handoff_at")
        return None if at is None or (first_reply is not None and at > first_reply) else at

    def _bot_undone(self, first_reply: int | None) -> int | None:
        """The last reopening, before a person replied, of what a bot had solved."""
        found = None
        for before, one in zip(self.course.solves, self.course.reopenings, strict=False):
            by_bot = bool(self.dialogue.bot_times) and self.dialogue.bot_times[0] <= before
            if by_bot and (first_reply is None or before < one.at <= first_reply):
                found = one.at
        return found

    def _first_reply_times(
        self, first_reply: int | None, first_customer: int | None, handoff: int | None
    ) -> dict[str, Any]:
        created = self.first.created_at
        later = [at for at in (handoff, self._bot_undone(first_reply)) if at is not None]
        asked = first_customer if first_customer is not None else created
        start = max(later) if later else asked if self.first.channel == "chat" else created
        found: dict[str, Any] = {"frt_from_at": start}
        if self.dialogue.opened_by == "agent":
            found.update(self._both("second_reply", created, first_reply))
            return found
        found.update(self._both("frt", start, first_reply))
        found.update(self._both("frt_created", created, first_reply))
        found.update(self._both("frt_message", asked, first_reply))
        if not self.has_messages and self.head.frt_seconds is not None:
            for name in ("frt", "frt_created", "frt_message"):
                found[f"{name}_seconds"] = self.head.frt_seconds
        if self.clock is None and found["frt_seconds"] is not None:
            found["frt_business_seconds"] = self.head.frt_business_seconds
        return found

    def _replies(self) -> list[tuple[int, int, int, int, int | None, str | None]]:
        return [
            (number, asked, replied, calendar(asked, replied), self._open(asked, replied), agent)
            for number, (asked, replied, agent) in enumerate(self.dialogue.answered, 1)
        ]

    # --- chats that nobody answered (5.4) ----------------------------------------------------------------------------

    def _chat(self, first_reply: int | None, first_customer: int | None, handoff: int | None) -> dict[str, Any]:
        chats = [member for member in self.family.members if member.channel == "chat"]
        offline = True if any(member.offline for member in self.family.members) else None
        bot_only = (
            bool(self.dialogue.bot_times) and first_reply is None and handoff is None and self.head.state in _OVER
        )
        missed: bool | None = None
        if chats:
            if offline is None:
                offline = bool(
                    self.clock is not None and first_customer is not None and not self.clock.is_open(first_customer)
                )
            missed = False
            if not offline and not bot_only:
                missed = self._missed(chats, first_reply, first_customer)
        return {"missed": missed, "offline": offline, "bot_only": bot_only if self.has_messages else None}

    def _missed(self, chats: Sequence[Member], first_reply: int | None, first_customer: int | None) -> bool:
        if not self.has_messages:
            return any(chat.missed for chat in chats)
        if first_customer is None:
            return False
        if first_reply is None:
            return True
        ends = [chat.closed_at for chat in chats if chat.closed_at is not None]
        return bool(ends) and first_reply > max(*ends, first_customer + MISSED_AFTER)

    # --- solved (5.3, 5.4) -------------------------------------------------------------------------------------------

    def _resolution(self, *, answered: bool) -> dict[str, Any]:
        head, course = self.head, self.course
        solves = course.solves
        if not course.known:
            solved = [at for at in (head.first_solved_at, head.solved_at) if at is not None]
            # A chat that ends without an answer was not solved by ending.
            solves = sorted(solved) or (solves if answered or head.channel != "chat" else [])
        over = head.state in _OVER and bool(solves)
        first, last = (solves[0] if solves else None), (solves[-1] if over else None)
        reopenings = course.reopenings
        begin = self.first.created_at
        found: dict[str, Any] = {
            "first_solved_at": first,
            "solved_at": last,
            "closed_at": course.closed_at if course.known else head.closed_at,
            "first_reopened_at": reopenings[0].at if reopenings else None,
            "reopens": max(0, len(solves) - 1) if course.known else self._given("reopens"),
            "thanks_reopens": courses.thanks(reopenings, self.dialogue.reply_times) if course.known else None,
            **self._both("first_resolution", begin, first if over else None),
            **self._both("resolution", begin, last),
            "requester_wait_seconds": head.requester_wait_seconds,
            "agent_wait_seconds": head.agent_wait_seconds,
        }
        if self.clock is None and over:
            found["resolution_business_seconds"] = head.resolution_business_seconds
        if course.known:
            for name, phase in (("requester_wait", OPEN), ("agent_wait", PENDING)):
                found[f"{name}_seconds"] = course.waited(phase, calendar)
                if self.clock is not None:
                    found[f"{name}_business_seconds"] = course.waited(phase, self.clock.seconds)
        return found

    # --- people ------------------------------------------------------------------------------------------------------

    def _handled(self) -> int | None:
        """Working time of all parts: as the source measured it, else the sum of its stretches of work."""
        worked: dict[Key, int] = {}
        for event in self.family.events:
            if event.kind == "work" and event.seconds is not None:
                key = (event.source_id, event.conversation_id)
                worked[key] = worked.get(key, 0) + event.seconds
        measured = (
            worked.get(member.key) if member.handle_seconds is None else member.handle_seconds
            for member in self.family.members
        )
        found = [seconds for seconds in measured if seconds is not None]
        return sum(found) if found else None

    def _agents(self) -> int | None:
        """Distinct people who wrote or worked; one person has an id in each source, so names tell."""
        people = set(self.dialogue.writers)
        people.update(
            (event.source_id, event.agent_id)
            for event in self.family.events
            if event.kind == "work" and event.agent_id is not None
        )
        if not self.has_messages and not people:
            return None
        if not self.family.parts:
            return len(people)
        return len({self.names.get(one, "").casefold() or one for one in people})

    def _numbers(self) -> list[str]:
        """Order numbers, those of the conversations themselves first, then as they were written."""
        written = [said for said in self.family.messages if said.order_numbers]
        written.sort(key=lambda said: (said.at, in_order(said.message_id)))
        lists = [*(member.order_numbers for member in self.family.members), *(said.order_numbers for said in written)]
        return named(lists)[:MOST]

    # --- clocks ------------------------------------------------------------------------------------------------------

    def _both(self, name: str, begin: int | None, end: int | None) -> dict[str, int | None]:
        if begin is None or end is None:
            return {f"{name}_seconds": None, f"{name}_business_seconds": None}
        return {f"{name}_seconds": calendar(begin, end), f"{name}_business_seconds": self._open(begin, end)}

    def _open(self, begin: int, end: int) -> int | None:
        return None if self.clock is None else self.clock.seconds(begin, end)

    def _sum(self, values: Sequence[int | None]) -> int | None:
        return None if self.clock is None else sum(value for value in values if value is not None)

    def _given(self, column: str) -> Any:
        """The source's own value: the head's, else the first part's that has one."""
        values = (getattr(member, column) for member in self.family.members)
        return next((value for value in values if value is not None), None)
