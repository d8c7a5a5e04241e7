"""Wire shape -> rows. Pure.

Sources of the rules: the reference of the Chats API, and kpi-relevant facts tried on recorded chats: `response_time`
and counts leave triggers out; `duration` has the waiting in it; several messages of one session are one reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec

from adapters.zendesk_chat import wire
from adapters.zendesk_chat.admission import MESSAGES
from connector.contract import Row
from connector.emails import email_key
from connector.instants import SECOND, from_utc_text
from connector.model import Agent, Conversation, ConversationEvent, Message, SurveyAnswer

SURVEY = "zendesk-chat"
_PLACEHOLDER = re.compile(r"(?:Visitor|Besucher) \d+")
_SCORES = {"good": 1, "bad": 0}


def ticket_ref(desk: str, ticket: int | str) -> str:
    """The name under which a ticket is known across sources. The port is left out, as pretend servers differ in it."""
    return f"zendesk:{urlsplit(desk).hostname}/tickets/{ticket}"


def agent_rows(agent: wire.Agent) -> Iterator[Row]:
    """Somebody who answers."""
    name = agent.display_name or f"{agent.first_name or ''} {agent.last_name or ''}".strip()
    row = {"agent_id": str(agent.id), "name": name or None, "role": "agent", "active": agent.enabled}
    yield Agent, row


def chat_rows(chat: wire.Chat, desk: str, *, texts_kept: bool = False) -> Iterator[Row]:
    """A chat or an offline message with all that hangs on it. ValueError where a stamp is none."""
    story = _Story(chat)
    yield Conversation, _conversation(chat, story, desk)
    if chat.deleted:
        return
    yield from story.messages(texts_kept=texts_kept)
    yield from story.events()
    yield from _survey(chat, story, texts_kept=texts_kept)


def _conversation(chat: wire.Chat, story: _Story, desk: str) -> dict[str, object]:
    offline = chat.type == "offline_msg"
    status, state = _status(chat)
    ended = None if offline or chat.deleted else story.ended
    resolved = ended if story.first_reply is not None and not chat.missed else None
    email = chat.visitor.email or None
    ticket = chat.zendesk_ticket_id
    return {
        "conversation_id": chat.id,
        "same_as": ticket_ref(desk, ticket) if ticket else None,
        "channel": "form" if offline else "chat",
        "channel_raw": chat.type,
        "status": status,
        "state": state,
        "countable": not chat.deleted,
        "opened_by": "customer" if offline else _OPENED_BY.get(chat.started_by or ""),
        "email": email,
        "email_key": email_key(email),
        "name": _name(chat.visitor.name),
        "phone": chat.visitor.phone or None,
        "agent_id": story.agent,
        "group_name": chat.department_name or None,
        "tags": _json(chat.tags),
        "order_numbers": _json(chat.context.order_numbers),
        "created_at": story.began,
        "updated_at": _at(chat.update_timestamp),
        "first_customer_message_at": story.first_customer,
        "first_reply_at": story.first_reply,
        "first_solved_at": resolved,
        "solved_at": resolved,
        "closed_at": ended,
        "frt_seconds": _frt(chat, story),
        "resolution_seconds": _seconds(story.began, resolved),
        "handle_seconds": story.handled,
        "queue_seconds": None if offline else _seconds(story.began, story.joined),
        "replies": None if offline else int(story.first_reply is not None),
        "reopens": None if offline else 0,
        "missed": None if offline else chat.missed or (chat.dropped and story.first_reply is None),
        "offline": offline,
        "url": f"{desk}/agent/tickets/{ticket}" if ticket else None,
    }


_OPENED_BY = {"visitor": "customer", "agent": "agent", "trigger": "bot"}


def _status(chat: wire.Chat) -> tuple[str, str]:
    """The source's word, and what it comes to. An offline message waits for its ticket, which says how it went."""
    if chat.deleted:
        return "deleted", "deleted"
    if chat.type == "offline_msg":
        return "open", "open"
    return ("missed" if chat.missed else "closed"), "closed"


def _frt(chat: wire.Chat, story: _Story) -> int | None:
    """The source's own figure, from the customer's first message to the first person's answer; else from history."""
    if chat.missed or chat.type == "offline_msg" or chat.deleted:
        return None
    if chat.response_time.first is not None:
        return round(chat.response_time.first)
    return _seconds(story.first_customer, story.first_reply)


class _Story:
    """What a chat's history and engagements tell."""

    def __init__(self, chat: wire.Chat) -> None:
        self._chat = chat
        self.entries: Sequence[wire.Entry] = chat.history or ()
        self.engagements: Sequence[wire.Engagement] = chat.engagements or ()
        self.began = _at(chat.timestamp)
        self.first_customer = self._first("customer") if chat.type != "offline_msg" else self.began
        self.first_reply = self._first("agent")
        self.joined = next(
            (_at(entry.timestamp) for entry in self.entries if _joined(entry)),
            next((_at(one.timestamp) for one in self.engagements), None),
        )
        self.ended = self._end()
        self.agent = self._agent()
        self.handled = self._handled()

    def messages(self, *, texts_kept: bool) -> Iterator[Row]:
        """Each message under the chat's id and its own, else its place; offline there is one."""
        chat = self._chat
        if chat.type == "offline_msg":
            row = self._message("0", self.began, "customer", None, chat.context.length)
            yield Message, {**row, "body": chat.message if texts_kept else None}
            return
        used: set[str] = set()
        for place, entry in enumerate(self.entries):
            if entry.type in MESSAGES:
                key = entry.msg_id if entry.msg_id and entry.msg_id not in used else f"#{place}"
                used.add(key)
                agent = str(entry.agent_id) if entry.role == "agent" and entry.agent_id else None
                row = self._message(key, _at(entry.timestamp), entry.role or "system", agent, entry.length)
                yield Message, {**row, "body": entry.msg if texts_kept else None}

    def _message(self, key: str, at: int | None, role: str, agent: str | None, length: int | None) -> dict[str, object]:
        return {
            "message_id": f"{self._chat.id}/{key}",
            "conversation_id": self._chat.id,
            "created_at": at,
            "author_role": role,
            "agent_id": agent,
            "automatic": role in ("bot", "system"),
            "channel": "chat" if self._chat.type != "offline_msg" else "form",
            "length": length,
        }

    def events(self) -> Iterator[Row]:
        """Agents that came, transfers, the work of each, and whether a rating was asked for."""
        for place, entry in enumerate(self.entries):
            if entry.type == "chat.request.rating":
                kind = "rating_offered"
            elif entry.type.startswith("chat.transfer"):
                kind = "transfer"  # from one agent to the next; a hand-over is a bot's
            elif _joined(entry):
                kind = "assigned"
            else:
                continue
            if (at := _at(entry.timestamp)) is not None:
                yield self._event(f"#{place}", at, kind, str(entry.agent_id) if entry.agent_id else None, None)
        for place, one in enumerate(self.engagements):
            at = _at(one.timestamp)
            if at is not None and one.duration is not None:
                agent = str(one.agent_id) if one.agent_id is not None else None
                yield self._event(f"work{place}", at, "work", agent, round(one.duration))
        if not self.engagements and self.joined is not None and self.handled is not None:
            yield self._event("work", self.joined, "work", self.agent, self.handled)

    def _event(self, key: str, at: int, kind: str, agent: str | None, seconds: int | None) -> Row:
        return ConversationEvent, {
            "event_id": f"{self._chat.id}/{key}",
            "conversation_id": self._chat.id,
            "at": at,
            "kind": kind,
            "value": None,
            "seconds": seconds,
            "agent_id": agent,
        }

    def _first(self, role: str) -> int | None:
        found = (entry for entry in self.entries if entry.type in MESSAGES and entry.role == role)
        return next((_at(entry.timestamp) for entry in found), None)

    def _end(self) -> int | None:
        if self._chat.end_timestamp:
            return _at(self._chat.end_timestamp)
        if self.began is None or self._chat.duration is None:
            return None
        return self.began + round(self._chat.duration * SECOND)

    def _agent(self) -> str | None:
        last = next((one.agent_id for one in reversed(self.engagements) if one.agent_id is not None), None)
        if last is None and self._chat.agent_ids:
            last = self._chat.agent_ids[-1]
        return None if last is None else str(last)

    def _handled(self) -> int | None:
        """Seconds of work: the engagements', else the chat without the waiting before the first agent came."""
        worked = [one.duration for one in self.engagements if one.duration is not None]
        if worked:
            return round(sum(worked))
        if self.joined is None or self.began is None or self._chat.duration is None:
            return None
        return max(0, round(self._chat.duration - (self.joined - self.began) / SECOND))


def _survey(chat: wire.Chat, story: _Story, *, texts_kept: bool) -> Iterator[Row]:
    """The customer's ratings, of which the last one counts; or that one was asked for.

    A rating that was taken back is none, whatever was said before.
    """
    asked = next((_at(entry.timestamp) for entry in story.entries if entry.type == "chat.request.rating"), None)
    if chat.rating not in _SCORES:
        if asked is not None:
            yield SurveyAnswer, _answer(chat, story, asked, None, None, None)
        return
    rated = [entry for entry in story.entries if entry.type == "chat.rating" and entry.new_rating in _SCORES]
    for place, entry in enumerate(rated[:-1]):
        row = _answer(chat, story, asked, entry.new_rating, _at(entry.timestamp), None)
        yield SurveyAnswer, {**row, "answer_id": f"{row['answer_id']}/#{place}"}
    answered = _at(rated[-1].timestamp) if rated else story.ended
    comment = (chat.comment or None) if texts_kept else None
    yield SurveyAnswer, _answer(chat, story, asked, chat.rating, answered, comment)


def _answer(
    chat: wire.Chat, story: _Story, asked: int | None, rating: str | None, answered: int | None, comment: str | None
) -> dict[str, object]:
    email = chat.visitor.email or None
    return {
        "answer_id": f"chat/{chat.id}",
        "survey": SURVEY,
        "kind": "transactional",
        "metric": "csat",
        "scale": "good-bad",
        "score": _SCORES.get(rating or ""),
        "label": rating,
        "offered_at": asked if asked is not None else story.ended,
        "answered_at": answered,
        "conversation_id": chat.id,
        "email": email,
        "email_key": email_key(email),
        "agent_id": story.agent,
        "channel": "chat",
        "comment": comment,
    }


def _joined(entry: wire.Entry) -> bool:
    return entry.type == "chat.memberjoin" and entry.role == "agent"


def _name(name: str | None) -> str | None:
    return None if not name or _PLACEHOLDER.fullmatch(name) else name


def _at(stamp: str | None) -> int | None:
    return from_utc_text(stamp) if stamp else None


def _seconds(begin: int | None, end: int | None) -> int | None:
    return None if begin is None or end is None else max(0, (end - begin) // SECOND)


def _json(values: Sequence[str] | None) -> str | None:
    return msgspec.json.encode(values).decode() if values else None
