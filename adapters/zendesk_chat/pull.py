"""Which requests, in which order, and what the cursor promises.

The export gives chats by the time of their last change and, within it, by id. Within a walk the place is both of them
(`end_time`, `end_id`): by the time alone more chats of one second than a page holds would repeat for ever. Between
walks we step back a little, since a chat of a second that was read already may be stored late, and never stand later
than the server's own time.

A cursor is a `Position` in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from adapters.zendesk_chat import wire
from adapters.zendesk_chat.messages import texts
from adapters.zendesk_chat.settings import ZendeskChatSettings
from connector import lenient
from connector.contract import Cursor, Page, Record, Unreadable
from connector.errors import UnexpectedPayload
from connector.instants import MINUTE, SECOND, day_start, from_utc_text
from connector.transport import Answer, Request, Transport

OVERLAP = 10 * MINUTE
CLOCK_SLACK = MINUTE  # a server clock that went back by less is covered by the overlap
LARGEST_PAGE = 1000
AGENTS_PAGE = 100
BUDGET = "account"  # one limit for all calls


class Position(msgspec.Struct, omit_defaults=True):
    """Where the chats stand: after a whole walk its `mark`; while one is under way also how far it has come."""

    mark: int  # microseconds UTC by the server's clock, at the first answer of the walk
    ours: int  # the same moment by our clock
    under_way: bool = False
    since: int = 0  # microseconds UTC from which the walk under way asks
    end_time: int | None = None  # seconds, as the export said
    end_id: str | None = None

    def cursor(self) -> Cursor:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()


class Walker:
    """Walks the lists of one account."""

    def __init__(self, settings: ZendeskChatSettings, http: Transport) -> None:
        self._http = http
        self._prefix = settings.prefix
        self.page_size = settings.page_size or LARGEST_PAGE
        day = settings.history_from
        self._from = day_start(day, ZoneInfo("UTC")) if day else 0

    def export(self, limit: int, start_time: int, start_id: str | None) -> Request:
        """A page of the export. Stamps are whole seconds, whatever the reference's table says of microseconds."""
        place = (("start_id", start_id),) if start_id else ()
        params = (("fields", "chats(*)"), ("limit", str(limit)), ("start_time", str(start_time)), *place)
        return Request(f"{self._prefix}incremental/chats", params, expect="object", budget=BUDGET)

    def chats(self, cursor: Cursor | None) -> Iterator[Page]:
        """Chats that may have changed since the cursor. Raises `UnexpectedPayload` where the export does not move."""
        held = None if cursor is None else msgspec.json.decode(cursor, type=Position)
        since = self._from if held is None else held.since if held.under_way else held.mark - OVERLAP
        at = held if held is not None and held.under_way else None
        resumed = at is not None
        start_time, start_id = (at.end_time, at.end_id) if at else (None, None)
        while True:
            first = max(0, since // SECOND) if start_time is None else start_time
            answer = self._http.fetch(self.export(self.page_size, first, start_id))
            if at is None:
                at = Position(server_time(answer), answer.read_at, under_way=True, since=since)
                if held is not None and (earlier := _since(held, answer)) < since - CLOCK_SLACK:
                    since, at, held = earlier, None, None
                    continue
            payloads = answer.records("chats")
            place = lenient.decode(answer.raw_object(), wire.Export)
            moved = place.end_time is not None and (place.end_time, place.end_id) != (start_time, start_id)
            whole = len(payloads) < self.page_size
            if not whole and not moved:
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            if moved:
                start_time, start_id = place.end_time, place.end_id
                at = msgspec.structs.replace(at, end_time=start_time, end_id=start_id)
            ended = Position(at.mark, at.ours)
            yield _page(answer, payloads, ended if whole else at)
            if whole and resumed:
                # What changed in the second in which the walk was broken off may lie before the place it went on from.
                yield from self.chats(ended.cursor())
            if whole:
                return

    def agents(self) -> Iterator[Page]:
        """Every agent. The list goes on behind the highest id; who stands on it twice is given once."""
        seen: set[int] = set()
        last = 0
        while True:
            since = (("since_id", str(last)),) if last else ()
            request = Request(
                f"{self._prefix}agents", (("limit", str(AGENTS_PAGE)), *since), expect="list", budget=BUDGET
            )
            answer = self._http.fetch(request)
            payloads = answer.records()
            records: list[Record] = []
            unreadable: list[Unreadable] = []
            for payload in payloads:
                item = agent_record(payload, answer)
                if isinstance(item, Unreadable):
                    unreadable.append(item)
                elif int(item.id) not in seen:
                    seen.add(int(item.id))
                    records.append(item)
            done = len(payloads) < AGENTS_PAGE or not records
            yield Page(records, READ_WHOLE if done else None, None, unreadable)
            if done:
                return
            last = max(seen)

    def single(self, agent: str) -> Request:
        """One agent."""
        return Request(f"{self._prefix}agents/{agent}", expect="object", accept=frozenset({404}), budget=BUDGET)


READ_WHOLE = "read whole"
"""The cursor of a list without a change filter, once it was read."""


def server_time(answer: Answer) -> int:
    """When the source gave an answer, by its own clock where it says so."""
    return answer.read_at if answer.server_time is None else answer.server_time


def agent_record(payload: bytes, answer: Answer) -> Record | Unreadable:
    """One agent."""
    try:
        agent = lenient.decode(payload, wire.Agent)
    except ValueError:
        return Unreadable(texts("no_record"))
    return Record(str(agent.id), payload, answer.read_at)


def _page(answer: Answer, payloads: list[bytes], at: Position) -> Page:
    records: list[Record] = []
    unreadable: list[Unreadable] = []
    for payload in payloads:
        try:
            head = lenient.decode(payload, wire.Head)
        except ValueError:
            unreadable.append(Unreadable(texts("no_record")))
            continue
        records.append(Record(head.id, payload, answer.read_at, _changed_at(head)))
    return Page(records, at.cursor(), None, unreadable)


def _changed_at(head: wire.Head) -> int | None:
    try:
        return from_utc_text(head.update_timestamp) if head.update_timestamp else None
    except ValueError:
        return None


def _since(held: Position, first: Answer) -> int:
    """Where a walk must begin, now that the server's present time is known: its clock may have been put back."""
    now = server_time(first)
    put_right = held.ours + (now - first.read_at)
    return min(held.mark, put_right, now) - OVERLAP
