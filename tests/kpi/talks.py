"""Writes invented conversations with their messages and events, so that a test shows all that a figure is told from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from connector.conversations import OpeningHours, ServiceRules, tell_conversations
from connector.instants import MINUTE
from connector.model import (
    Agent,
    Conversation,
    ConversationEvent,
    Message,
    Source,
    StreamState,
    SurveyAnswer,
)
from connector.store import Store
from tests.kpi.books import Books, at

WEEK_DAYS = tuple((day * 24 * 60 + 9 * 60, day * 24 * 60 + 18 * 60) for day in range(5))
OFFICE = OpeningHours("Europe/Berlin", WEEK_DAYS, closed=(("2024-10-03", "2024-10-03"),))
"""Monday to Friday from nine to six; 3 October is a holiday."""


def later(local: str, minutes: float) -> str:
    """A local time some minutes later."""
    return (datetime.fromisoformat(local) + timedelta(minutes=minutes)).isoformat(sep=" ")


class Talks(Books):
    """A shop's books with a help desk and a chat beside them. `save` also tells what conversations come to."""

    def __init__(
        self,
        store: Store,
        now: str = "2026-01-01 12:00",
        *,
        hours: OpeningHours | None = None,
        bots: Iterable[str] = (),
        desks: Iterable[str] = ("desk", "chat"),
    ) -> None:
        super().__init__(store, now)
        self.rules = ServiceRules(hours=hours, bots=tuple(bots))
        for number, name in enumerate(desks, 10):
            self.sources[name] = number
            address = "https://desk.example"
            self._row(Source, id=number, name=name, adapter=name, url=address, currency=None, created_at=at(now))
            stream = "chats" if name == "chat" else "tickets"
            self._row(StreamState, source_id=number, stream=stream, last_success_at=self.clock.now())
        self._events = itertools.count(1)

    def agent(self, number: str, name: str, desk: str = "desk") -> None:
        """Somebody who answers."""
        self._row(Agent, source_id=self.sources[desk], agent_id=number, name=name, role="agent")

    def talk(
        self,
        created: str,
        *story: tuple[str, str] | tuple[str, str, str],
        person: int | None = 1,
        channel: str = "email",
        state: str | None = None,
        desk: str = "desk",
        **more: Any,
    ) -> str:
        """A conversation; gives its id. Each part of the story is an instant, and what happened then:

        customer, agent, note (an agent's, not public), auto (sent by a rule), bot: messages, perhaps with an author;
        any other word is the status from then on. The first status is "new" unless the story says another.
        """
        key = more.pop("conversation_id", None) or str(next(self._numbers))
        source = self.sources[desk]
        words = [(when, what) for when, what, *_ in story if what not in _VOICES]
        status = words[-1][1] if words else "new"
        state = state or (status if status in ("solved", "closed", "deleted", "spam") else "open")
        ended = words[-1][0] if words and state in ("solved", "closed") else None
        values = {
            "source_id": source,
            "conversation_id": key,
            "channel": channel,
            "status": status,
            "state": state,
            "countable": state not in ("deleted", "spam"),
            "created_at": at(created) if created else None,
            "solved_at": at(ended) if ended else None,
            "closed_at": at(ended) if ended and state == "closed" else None,
            "person_id": person,
            "email": f"person{person}@example.test" if person else None,
            "url": f"https://desk.example/{key}",
            **dict.fromkeys(("opened_by", "tags", "agent_id", "group_name", "shop", "priority", "gone_at")),
            **dict.fromkeys(("order_numbers", "order_source_id", "order_id", "handle_seconds", "handoff_at")),
            **dict.fromkeys(("missed", "offline", "same_as", "self_ref", "updated_at")),
        }
        self._row(Conversation, **(values | more))
        if words and desk != "chat":
            self._event(source, key, at(created), "status", value="new")
        for when, what, *author in story:
            if what not in _VOICES:
                if desk != "chat":
                    self._event(source, key, at(when), "status", value=what)
                continue
            role, public, automatic = _VOICES[what]
            self._row(
                Message,
                source_id=source,
                message_id=f"m{next(self._events)}",
                conversation_id=key,
                created_at=at(when),
                author_role=role,
                agent_id=(author[0] if author else "7") if role == "agent" else None,
                public=public,
                automatic=automatic,
            )
        return key

    def happened(self, key: str, when: str, kind: str, desk: str = "desk", **more: Any) -> None:
        """An event of a conversation: handoff, work (seconds, agent_id), sla (value, seconds), …"""
        self._event(self.sources[desk], key, at(when), kind, **more)

    def rating(self, key: str, when: str, score: int, scale: str = "good-bad", desk: str = "desk", **more: Any) -> None:
        """What the customer said about a conversation."""
        values = {"survey": "rating", "kind": "transactional", "metric": "csat", "superseded": False} | more
        self._row(
            SurveyAnswer,
            source_id=self.sources[desk],
            answer_id=f"a{next(self._events)}",
            conversation_id=key,
            scale=scale,
            score=score,
            answered_at=at(when),
            **values,
        )

    def _event(self, source: int, key: str, when: int, kind: str, **more: Any) -> None:
        values = {"value": None, "seconds": None, "agent_id": None} | more
        number = next(self._events)
        self._row(
            ConversationEvent,
            source_id=source,
            event_id=f"e{number:06d}",
            conversation_id=key,
            at=when,
            kind=kind,
            **values,
        )

    def save(self) -> Talks:
        """Write all of it, and tell it."""
        super().save()
        self.tell()
        return self

    def tell(self) -> None:
        """Bring up to date what conversations come to."""
        tell_conversations(self.store, rules=self.rules, clock=self.clock, everything=True)


_VOICES = {
    "customer": ("customer", True, False),
    "agent": ("agent", True, False),
    "note": ("agent", False, False),
    "auto": ("agent", True, True),
    "bot": ("bot", True, False),
}
"""Word of a story -> role, public, automatic."""

MINUTES = MINUTE // 1_000_000
"""Seconds in a minute."""
