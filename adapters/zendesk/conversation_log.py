"""The messages of messaging tickets, which are no comments and stand in a log of each ticket.

Which tickets changed is told by the ticket export. Where the tickets were just walked from the same place in the same
run, that walk is used again, so that the export is not asked twice. (Reference, "Conversation Log".)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from adapters.zendesk import wire
from adapters.zendesk.exports import Exports
from adapters.zendesk.lists import API, Params, next_place, page
from adapters.zendesk.messages import texts
from adapters.zendesk.position import Position, position_of
from adapters.zendesk.records import Items, instant_of, log_records
from adapters.zendesk.refusals import said_absent
from connector import lenient
from connector.contract import Cursor, Page
from connector.errors import UnexpectedPayload
from connector.transport import Request, Transport

LOG = "conversation log"  # 100 a minute, or 300 with an add-on (reference, "Conversation Log")
LOGS_PER_MINUTE = 100
_SIZE = 100
_AT_ONCE = 200  # lines that are handed on together; most logs are short


@dataclass
class Leg:
    """One page of the ticket export: the messaging tickets on it, and where it ends."""

    end: Position
    tickets: array[int] = field(default_factory=lambda: array("q"))
    created: array[int] = field(default_factory=lambda: array("q"))  # microseconds UTC, 0 = unknown

    def add(self, ticket: wire.Ticket) -> None:
        """Note a ticket if it came in by messaging and its log can still be read."""
        if ticket.from_messaging_channel and ticket.status != "deleted":
            self.tickets.append(ticket.id)
            self.created.append(instant_of(ticket.created_at) or 0)


@dataclass
class Walk:
    """A walk of the ticket export, as far as it came."""

    legs: list[Leg] = field(default_factory=list)
    ended: bool = False

    def leg(self, end: Position) -> Leg:
        """The next page's."""
        self.legs.append(Leg(end))
        return self.legs[-1]


class ConversationLogs:
    """Walks the logs of the tickets that changed."""

    def __init__(self, http: Transport, exports: Exports) -> None:
        self._http = http
        self._exports = exports
        self._walked: dict[str, Walk] = {}  # by where the walk of the tickets began

    def walk_begins(self, cursor: Cursor | None) -> Walk:
        """Where the walk of the tickets is to note its pages."""
        self._walked = {_place(cursor): (walk := Walk())}
        return walk

    def changes(self, cursor: Cursor | None) -> Iterator[Page]:
        """New lines of the logs of tickets that changed since the cursor."""
        for leg in self._legs(cursor):
            gathered = Items()
            for ticket, created in zip(leg.tickets, leg.created, strict=True):
                for found in self._log(ticket, created or None):
                    gathered.records += found.records
                    gathered.unreadable += found.unreadable
                if len(gathered.records) >= _AT_ONCE:
                    yield page(gathered, None)
                    gathered = Items()
            yield page(gathered, leg.end.text())

    def _legs(self, cursor: Cursor | None) -> Iterator[Leg]:
        walk = self._walked.pop(_place(cursor), Walk())
        yield from walk.legs
        if walk.ended:
            return
        if walk.legs:
            cursor = walk.legs[-1].end.text()
        for answer, end in self._exports.by_cursor("tickets", (), cursor):
            leg = Leg(end)
            for payload in answer.records("tickets"):
                try:
                    leg.add(lenient.decode(payload, wire.Ticket))
                except ValueError:
                    continue  # it is named where the tickets themselves are read
            yield leg

    def _log(self, ticket: int, created: int | None) -> Iterator[Items]:
        place: Params = ()
        while True:
            params = (("page[size]", str(_SIZE)), *place)
            path = f"{API}tickets/{ticket}/conversation_log"
            answer = self._http.fetch(Request(path, params, expect="object", budget=LOG, accept=frozenset({404})))
            if answer.status == 404:
                if not said_absent(answer):
                    raise UnexpectedPayload(texts("no_desk"), texts("no_desk_advice"))
                return  # deleted since it was listed
            yield log_records(answer, ticket, created)
            following = next_place(answer, place)
            if following is None:
                return
            place = following


def _place(cursor: Cursor | None) -> str:
    held = position_of(cursor)
    return "" if held is None else held.cursor or str(held.start)
