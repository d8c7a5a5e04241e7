"""Which conversations are to be told: those marked by pages, or all of them where the rules changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from connector.conversations.family import Key
from connector.conversations.hours import HoursInForce, now_in_force
from connector.conversations.rules import ServiceRules
from connector.identity.marking import remember, remembered
from connector.model import ConversationMark

MARKS = str(ConversationMark.__tablename__)

# What is remembered between runs stands among the streams, as streams of no source.
TOLD = "conversations"  # by which hours and bots conversations were last told
NAMES = "conversation-agents"  # what the agents were called

WAY = 2
"""Raised when conversations are told in another way than before, so that the old ones are told again."""


@dataclass(frozen=True)
class Premises:
    """What conversations are told by, beside their own rows."""

    hours: HoursInForce
    bots: frozenset[tuple[int, str]]  # source and agent id: programs by what is known of the agent
    listed: frozenset[str]  # what the owner says: names or ids, case folded
    names: Mapping[tuple[int, str], str]  # of agents

    def is_bot(self, source_id: int, agent_id: str) -> bool:
        """Whether an agent is a program."""
        return (source_id, agent_id) in self.bots or agent_id.casefold() in self.listed

    def told_by(self) -> str:
        """A text that changes when everything is to be told again."""
        said = {"bots": sorted(self.bots), "listed": sorted(self.listed)}
        return json.dumps({"way": WAY, "hours": self.hours.to_json(), **said})

    def named(self) -> str:
        """A text that changes when an agent is called otherwise; holds no name."""
        from hashlib import blake2b

        listed = json.dumps(sorted((*key, name) for key, name in self.names.items()))
        return blake2b(listed.encode(), digest_size=16).hexdigest()


def premises(connection: Connection, rules: ServiceRules) -> Premises:
    """What holds now, by the rules and the store."""
    listed = frozenset(author.casefold() for author in rules.bots)
    bots, names = set(), {}
    agents = connection.execute(text("SELECT source_id, agent_id, name, role FROM agents"))
    for source_id, agent_id, name, role in agents:
        if role in ("bot", "system") or (name or "").casefold() in listed:
            bots.add((source_id, agent_id))
        if name:
            names[source_id, agent_id] = name
    return Premises(now_in_force(connection, rules), frozenset(bots), listed, names)


def anything_left(connection: Connection) -> bool:
    """Whether any conversation is waiting to be told."""
    return connection.execute(text(f"SELECT 1 FROM {MARKS} LIMIT 1")).first() is not None


def unchanged(connection: Connection, now: Premises) -> bool:
    """Whether conversations were last told by the same premises."""
    return remembered(connection, TOLD) == now.told_by() and remembered(connection, NAMES) == now.named()


def begin(connection: Connection, now: Premises, *, everything: bool) -> None:
    """Mark every conversation if the premises changed or `everything` is asked; remember the premises."""
    if everything or remembered(connection, TOLD) != now.told_by():
        connection.execute(
            text(
                f"INSERT INTO {MARKS} (source_id, conversation_id) SELECT source_id, conversation_id "
                "FROM conversations WHERE true ON CONFLICT DO NOTHING"
            )
        )
        remember(connection, TOLD, now.told_by())
    if remembered(connection, NAMES) != now.named():
        # Names tell one person's several ids apart, which only those have that consist of parts.
        connection.execute(
            text(
                f"INSERT INTO {MARKS} (source_id, conversation_id) SELECT DISTINCT part_of_source_id, part_of_id "
                "FROM conversation_times WHERE part_of_id IS NOT NULL ON CONFLICT DO NOTHING"
            )
        )
        remember(connection, NAMES, now.named())


def marked(connection: Connection, after: Key | None, limit: int) -> list[Key]:
    """The next marked conversations in the order of their key, beginning behind `after`."""
    behind = "WHERE (source_id, conversation_id) > (:source_id, :conversation_id)" if after else ""
    values = {"source_id": after[0], "conversation_id": after[1]} if after else {}
    rows = connection.execute(
        text(f"SELECT source_id, conversation_id FROM {MARKS} {behind} ORDER BY 1, 2 LIMIT :limit"),
        {**values, "limit": limit},
    )
    return [(source_id, conversation_id) for source_id, conversation_id in rows]


def hours_in_force(connection: Connection) -> HoursInForce:
    """The opening hours by which conversations were last told; none where they never were."""
    said = remembered(connection, TOLD)
    return HoursInForce() if said is None else HoursInForce.of_json(json.loads(said)["hours"])
