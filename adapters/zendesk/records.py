"""Elements of Zendesk's lists -> records, with what a later step needs and the element alone lacks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from adapters.zendesk import wire
from adapters.zendesk.messages import texts
from connector import lenient
from connector.contract import Record, Unreadable
from connector.instants import SECOND, from_utc_text, to_utc_text
from connector.transport import Answer

_CLOCKS = frozenset({"agent_work_time", "requester_wait_time"})
_MARKUP = re.compile(r"<[^>]*>")


@dataclass
class Items:
    """What a page held."""

    records: list[Record] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, item: Record | Unreadable) -> None:
        """Take in one element."""
        if isinstance(item, Record):
            self.records.append(item)
        else:
            self.unreadable.append(item)


_LED: Mapping[type[wire.Wire], str] = {
    wire.Rating: "rating-",
    wire.SurveyResponse: "survey-",
    wire.Engagement: "engagement-",
    wire.MetricEvent: "metric-",
}
"""How ids of records begin that share a table with another list."""


def record_id(content: wire.Wire) -> str:
    """The id a record is kept under: what shares a table with another list says what it is."""
    led = _LED.get(type(content), "")
    if isinstance(content, wire.Engagement):
        return f"{led}{content.engagement_id}"
    if isinstance(content, wire.LogEvent):
        return f"log-{content.ticket_id}-{content.id}"
    return f"{led}{content.id}"  # type: ignore[attr-defined]


def items(answer: Answer, key: str, kind: type[wire.Wire]) -> Items:
    """Every element of a list."""
    found = Items()
    for payload in answer.records(key):
        found.add(item_of(payload, answer.read_at, kind))
    return found


def item_of(payload: bytes, read_at: int, kind: type[wire.Wire]) -> Record | Unreadable:
    """One element. One that has an id but not the shape it should have is for `admit` to refuse, under its id."""
    try:
        content = lenient.decode(payload, kind)
    except ValueError:
        key = _named(payload)
        return Unreadable(texts("no_record")) if key is None else Record(_LED.get(kind, "") + key, payload, read_at)
    return Record(record_id(content), payload, read_at, _changed_at(content), None, None, content)


def _named(payload: bytes) -> str | None:
    try:
        head = lenient.decode(payload, wire.Head)
    except ValueError:
        return None
    key = head.id if head.engagement_id is None else head.engagement_id
    return str(key) if isinstance(key, int | str) and not isinstance(key, bool) and key != "" else None


def record_of(content: wire.Wire, read_at: int, updated_at: int | None = None) -> Record:
    """A record of something to which we added what it lacks; `admit` writes it down."""
    return Record(record_id(content), b"", read_at, updated_at, None, None, content)


# --- clocks and promises ---------------------------------------------------------------------------------------------


def metric_records(answer: Answer, events: Iterable[wire.MetricEvent]) -> Items:
    """The events of clocks that tell who waits for whom, and of promises; measurements in between tell nothing new."""
    chosen = (
        event
        for event in events
        if event.type in ("apply_sla", "apply_group_sla", "breach")
        or (event.metric in _CLOCKS and event.type in ("activate", "pause", "fulfill"))
    )
    return Items([record_of(event, answer.read_at, _changed_at(event)) for event in chosen])


def metric_second(event: wire.MetricEvent) -> int:
    """When a metric event was, seconds since 1970; 0 where it does not say."""
    return (_changed_at(event) or 0) // SECOND


# --- conversation logs -----------------------------------------------------------------------------------------------


def log_records(answer: Answer, ticket: int, created: int | None) -> Items:
    """The messages of a page of a log. Comments in it are those of the ticket's events and are left to these.

    `created`, microseconds UTC, is when the ticket was made. A bot that wrote before that was in front, and the ticket
    is what it handed over to people.
    """
    found = Items()
    first_bot = True
    for payload in answer.records("events"):
        try:
            event = lenient.decode(payload, wire.LogEvent)
        except ValueError:
            found.unreadable.append(Unreadable(texts("no_record")))
            continue
        if event.type != "Messaging::ConversationMessage":
            continue
        event.ticket_id = ticket
        at = instant_of(event.received_at or event.created_at)
        if event.author.type == "bot" and first_bot:
            first_bot = False
            if created is not None and at is not None and at < created:
                event.handed_over_at = to_utc_text(created)
        found.records.append(record_of(event, answer.read_at, at))
    return found


def plain(content: wire.LogContent | None) -> str | None:
    """The words of a line of a log, without markup."""
    if content is None or (content.text is None and content.body is None):
        return None
    if content.text is not None:
        return content.text
    return html.unescape(_MARKUP.sub("", content.body or "")).strip()


def _changed_at(content: wire.Wire) -> int | None:
    if isinstance(content, wire.Ticket) and content.generated_timestamp is not None:
        return content.generated_timestamp * SECOND  # `updated_at` does not move with every change
    if isinstance(content, wire.MetricEvent):
        return instant_of(content.time)
    return instant_of(getattr(content, "updated_at", None))


def instant_of(text: str | None) -> int | None:
    """Microseconds UTC of a stamp; None where it is none, as what walks go by must not end them."""
    try:
        return from_utc_text(text) if text else None
    except ValueError:
        return None
