"""Elements of Zendesk's lists -> records, with what a later step needs and the element alone lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from adapters.zendesk import wire
from adapters.zendesk.messages import texts
from adapters.zendesk.roles import Roles
from connector import lenient
from connector.contract import Record, Unreadable
from connector.instants import SECOND, from_utc_text, to_utc_text
from connector.transport import Answer

_encode = msgspec.json.Encoder().encode
_EVENTS = frozenset({"Comment", "Create", "Change"})


@dataclass
class Items:
    """What a page held."""

    records: list[Record] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def record_id(content: wire.Wire) -> str:
    """The id a record is kept under: ratings and engagements share tables with others, so theirs say what they are."""
    if isinstance(content, wire.Rating):
        return f"rating-{content.id}"
    if isinstance(content, wire.Engagement):
        return f"engagement-{content.engagement_id}"
    return str(content.id)  # type: ignore[attr-defined]


def items(answer: Answer, key: str, kind: type[wire.Wire], groups: Mapping[int, str]) -> Items:
    """Every element of a list."""
    found = Items()
    for payload in answer.records(key):
        item = item_of(payload, answer.read_at, kind, groups)
        if isinstance(item, Record):
            found.records.append(item)
        else:
            found.unreadable.append(item)
    return found


def item_of(payload: bytes, read_at: int, kind: type[wire.Wire], groups: Mapping[int, str]) -> Record | Unreadable:
    """One element."""
    try:
        content = lenient.decode(payload, kind)
    except ValueError:
        return Unreadable(texts("no_record"))
    if isinstance(content, wire.Ticket) and content.group_id is not None:
        content.context.group = groups.get(content.group_id)
    return Record(record_id(content), payload, read_at, _changed_at(content), None, None, content)


def children(answer: Answer, events: Sequence[wire.Event], roles: Roles, unreadable: int) -> Items:
    """The parts of ticket events that are kept, each a record of its own, with its author's role."""
    found = Items(unreadable=[Unreadable(texts("no_record"))] * unreadable)
    parts: list[tuple[wire.Event, wire.Child]] = []
    for event in events:
        for raw in event.child_events:
            try:
                child = lenient.decode(bytes(raw), wire.Child)
            except ValueError:
                found.unreadable.append(Unreadable(texts("no_record")))
                continue
            if child.event_type in _EVENTS and _tells(child):
                parts.append((event, child))
    roles.learn(child.author_id for _, child in parts if child.author_id is not None)
    for event, child in parts:
        child.ticket_id = event.ticket_id
        child.at = event.created_at or to_utc_text(event.timestamp * SECOND)
        if child.event_type == "Comment":
            child.role = roles.of(child.author_id, public=child.public)
        record = Record(str(child.id), _encode(child), answer.read_at, event.timestamp * SECOND, None, None, child)
        found.records.append(record)
    return found


def _tells(child: wire.Child) -> bool:
    return child.event_type == "Comment" or any(
        value not in (None, "") for value in (child.status, child.assignee_id, child.group_id)
    )


def _changed_at(content: wire.Wire) -> int | None:
    if isinstance(content, wire.Ticket) and content.generated_timestamp is not None:
        return content.generated_timestamp * SECOND  # `updated_at` does not move with every change
    text = getattr(content, "updated_at", None)
    try:
        return from_utc_text(text) if text else None
    except ValueError:
        return None
