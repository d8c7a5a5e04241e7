"""Ticket events: their parts -> records, with who wrote or did them as first seen, and what was merged into what.

Which event types there are is an open list (reference, "Ticket Audits"): those that tell us nothing are passed by,
whatever their shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from adapters.zendesk import wire
from adapters.zendesk.channels import by_rule, merging
from adapters.zendesk.fields import TicketFields
from adapters.zendesk.messages import texts
from adapters.zendesk.records import Items, record_of
from adapters.zendesk.roles import Roles
from connector import lenient
from connector.contract import Unreadable
from connector.instants import SECOND, to_utc_text
from connector.transport import Answer

COMMENTS = frozenset({"Comment", "VoiceComment"})
_CHANGES = frozenset({"Create", "Change"})
_MERGED = b"closed_by_merge"  # the tag that the desk gives to a ticket that went into another
_NUMBERED = re.compile(r"#(\d+)")


def children(answer: Answer, events: Sequence[wire.Event], roles: Roles, fields: TicketFields) -> Items:
    """The parts of ticket events that are kept, each a record of its own, with its author's role."""
    found = Items()
    told: list[tuple[wire.Event, list[wire.Child]]] = []
    for event in events:
        parts = _parts(event, found)
        _note_merges(event, parts)
        told.append((event, parts))
    roles.learn(_people(told))
    for event, parts in told:
        acted = _acted(event, parts)
        for child in parts:
            child.worked_seconds = fields.worked(child)
            if not _tells(child):
                continue
            child.ticket_id = event.ticket_id
            child.at = event.created_at or to_utc_text(event.timestamp * SECOND)
            if child.event_type in COMMENTS:
                by_agent = acted and child.author_id == event.updater_id
                child.role = roles.of(child.author_id, public=child.public, acted=by_agent)
            elif not by_rule(child.via) and (acted or roles.staff(event.updater_id)):
                child.agent_id = event.updater_id
            found.records.append(record_of(child, answer.read_at, event.timestamp * SECOND))
    return found


def _parts(event: wire.Event, found: Items) -> list[wire.Child]:
    parts: list[wire.Child] = []
    for raw in event.child_events:
        try:
            parts.append(lenient.decode(bytes(raw), wire.Child))
        except ValueError:
            if _kind(bytes(raw)) in COMMENTS | _CHANGES:
                found.unreadable.append(Unreadable(texts("no_record")))
    return parts


def _kind(payload: bytes) -> object:
    try:
        return lenient.decode(payload, wire.Head).event_type
    except ValueError:
        return None


def _people(told: Iterable[tuple[wire.Event, Iterable[wire.Child]]]) -> Iterable[int]:
    for event, parts in told:
        if event.updater_id is not None:
            yield event.updater_id
        yield from (part.author_id for part in parts if part.author_id is not None)


def _tells(child: wire.Child) -> bool:
    changed = (child.status, child.assignee_id, child.group_id, child.worked_seconds)
    return child.event_type in COMMENTS or (child.event_type in _CHANGES and any(changed))


def _acted(event: wire.Event, parts: Iterable[wire.Child]) -> bool:
    """Whether whoever changed the ticket did what only people who answer can do.

    So former colleagues are known for what they were, though their accounts are customers' today.
    """
    return event.updater_id is not None and any(
        part.event_type == "Change"
        and not by_rule(part.via)
        and (part.status in ("pending", "hold") or bool(part.assignee_id) or bool(part.group_id))
        for part in parts
    )


def _note_merges(event: wire.Event, parts: Sequence[wire.Child]) -> None:
    """Write into comments which ticket went into which.

    The way of a merge's comment names the other ticket (reference, "Via object"): in the ticket that it closes, the one
    it went into; else one that went into this. Where it names none, the desk's own closing note does.
    """
    closes = any(part.status == "closed" for part in parts)
    tagged = closes and any(_MERGED in bytes(raw) for raw in event.child_events)
    for part in parts:
        if part.event_type not in COMMENTS or not (tagged or merging(part.via)):
            continue
        other = _named(part.via, event.ticket_id)
        if not closes:
            part.merged_from = other
        else:
            numbers = map(int, _NUMBERED.findall(part.plain_body or part.body or ""))
            part.merged_into = other or next((number for number in numbers if number != event.ticket_id), None)


def _named(via: object, ticket: int) -> int | None:
    """The other ticket that the way of a merge names."""
    source = via.get("source") if isinstance(via, dict) else None
    ends = (source.get("to"), source.get("from")) if isinstance(source, dict) else ()
    named = (end.get("ticket_id") for end in ends if isinstance(end, dict))
    return next((number for number in named if isinstance(number, int) and number != ticket), None)
