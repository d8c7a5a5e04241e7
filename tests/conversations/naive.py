"""The same rules told the slow way: every question walks over everything there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connector.conversations.family import Happened, Said

Key = tuple[int, str]
DAY = 86_400_000_000
SESSION = {"chat", "messaging"}


@dataclass
class Books:
    """All rows, by key: columns as in the tables."""

    conversations: dict[Key, dict[str, Any]] = field(default_factory=dict)
    messages: dict[Key, dict[str, Any]] = field(default_factory=dict)
    events: dict[Key, dict[str, Any]] = field(default_factory=dict)
    orders: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def head(self, key: Key) -> Key:
        """What a conversation counts with: follow merges, then names, until there is nowhere to go."""
        way: list[Key] = []
        while key not in way:
            way.append(key)
            following = self._above(key)
            if following is None:
                return key
            key = following
        return min(way[way.index(key) :])

    def _above(self, key: Key) -> Key | None:
        row = self.conversations[key]
        merged = [(event["at"], id_, event["value"]) for (source, id_), event in self.events.items()
                  if source == key[0] and event["conversation_id"] == key[1] and event["kind"] == "merged"
                  and event["value"] is not None]  # fmt: skip
        target = row.get("merged_into") or (max(merged)[2] if merged else None)
        if target is not None and (key[0], target) in self.conversations and (key[0], target) != key:
            return key[0], target
        named = sorted(
            other
            for other, told in self.conversations.items()
            if row.get("same_as") is not None and told.get("self_ref") == row["same_as"]
        )
        return named[0] if named and named[0] != key else None

    def family(self, head: Key) -> set[Key]:
        """Everything that counts with a head."""
        return {key for key in self.conversations if self.head(key) == head}

    def said(self, head: Key) -> list[Said]:
        """The messages of a family."""
        of = self.family(head)
        return [
            Said(row["created_at"], source, row["conversation_id"], id_, row["author_role"], row.get("agent_id"),
                 row.get("public", True), row.get("automatic", False), row.get("channel"))
            for (source, id_), row in self.messages.items()
            if (source, row["conversation_id"]) in of and row["created_at"] is not None
        ]  # fmt: skip

    def happened(self, head: Key) -> list[Happened]:
        """The events of a family."""
        of = self.family(head)
        return [
            Happened(row["at"], source, row["conversation_id"], id_, row["kind"], row.get("value"),
                     row.get("seconds"), row.get("agent_id"))
            for (source, id_), row in self.events.items()
            if (source, row["conversation_id"]) in of
        ]  # fmt: skip

    def link(self, key: Key, days: int = 30) -> tuple[Any, Any, Any]:
        """Which order a conversation is about. Numbers are ids here, and each a number of digits."""
        if self.head(key) != key:
            return None, None, None
        row = self.conversations[key]
        order = sorted(self.family(key) - {key})
        numbers = [number for member in (key, *order) for number in self.conversations[member].get("numbers", ())]
        bought = {one: told for one, told in self.orders.items() if not told.get("gone")}
        person = row.get("person")
        own = [one for one in bought if one[1] in numbers and person is not None and bought[one]["person"] == person]
        before = [one for one in own if bought[one]["created_at"] <= row["created_at"]]
        if before:
            return (*max(before, key=lambda one: (bought[one]["created_at"], -one[0], _number(one))), "number")
        if own:
            return (*min(own, key=lambda one: (bought[one]["created_at"], -one[0], _number(one))), "number")
        for number in numbers:
            having = [one for one in bought if one[1] == number]
            if len(having) == 1:
                return (*having[0], "number")
        recent = [
            one
            for one, told in bought.items()
            if person is not None and told["person"] == person and told["countable"]
            and 0 <= row["created_at"] - told["created_at"] <= days * DAY
        ]  # fmt: skip
        if recent:
            return (*max(recent, key=lambda one: (bought[one]["created_at"], -one[0], _number(one))), "recent")
        return None, None, None


def _number(key: Key) -> tuple[int, str]:
    return len(key[1]), key[1]


def first_replies(messages: Sequence[Said], opened_by: str | None) -> dict[str, Any]:
    """First reply, blocks and the open question, by asking each message about all others. No sessions, no parts."""
    ordered = sorted(messages, key=lambda said: (said.at, len(said.message_id), said.message_id))
    public = [said for said in ordered if said.public and not said.automatic]
    speaking = [said for said in public if said.author_role in ("customer", "agent", "bot")]
    opener = opened_by or (speaking[0].author_role if speaking else None)
    people = [said for said in public if said.author_role == "agent"]
    questions = [said for said in public if said.author_role == "customer"]
    if opener == "agent" and people and not any(ordered.index(one) < ordered.index(people[0]) for one in questions):
        people = people[1:]
    blocks = []
    for one in people:
        earlier = [other for other in people if ordered.index(other) < ordered.index(one)]
        since = max((ordered.index(other) for other in earlier), default=-1)
        asked = [other for other in questions if since < ordered.index(other) < ordered.index(one)]
        if asked:
            blocks.append((asked[0].at, one.at))
    last = ordered.index(people[-1]) if people else -1
    waiting = [one.at for one in questions if ordered.index(one) > last]
    return {
        "opened_by": opener,
        "first_reply_at": people[0].at if people else None,
        "replies": len(people),
        "first_customer_message_at": questions[0].at if questions else None,
        "waiting_since_at": waiting[0] if waiting else None,
        "blocks": blocks,
    }


def status_at(events: Sequence[Happened], created: int, instant: int) -> str:
    """The raw status at an instant: of the last change until then."""
    before = sorted(
        ((event.at, len(event.event_id), event.event_id, event.value) for event in events if event.at <= instant),
    )
    return str(before[-1][3]) if before else "open"
