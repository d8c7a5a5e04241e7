"""The incremental exports: which requests, in which order, and what the cursor promises.

Two ways (reference, "Incremental Exports"): tickets and users by the export's own cursor, until it says
`end_of_stream` and by nothing else; events by time, where the rows of the last second come again on the next page. The
exports leave out the last minute themselves, so nothing is stored behind their back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from adapters.zendesk import wire
from adapters.zendesk.lists import API, Params, page
from adapters.zendesk.messages import texts
from adapters.zendesk.position import Position, position_of
from adapters.zendesk.records import Items
from connector import lenient
from connector.contract import Cursor, Page, Unreadable
from connector.errors import StreamNotOffered, UnexpectedPayload
from connector.instants import SECOND
from connector.transport import Answer, Request, Transport

EXPORTS = "exports"  # the limit that all incremental exports of an account share
TOO_RECENT = 120  # seconds: a start within the last minute is refused; the rest is for clocks that differ
LARGEST = 1000
_OPTIONAL = frozenset({"incremental/ticket_metric_events.json"})  # not every desk has it, whatever its 404 looks like

Happening = TypeVar("Happening", wire.Event, wire.MetricEvent)


class Exports:
    """Walks the exports of one help desk. `since`: seconds since 1970, nothing older is asked for."""

    def __init__(self, http: Transport, page_size: int | None, since: int) -> None:
        self._http = http
        self._size = page_size or LARGEST
        self._since = since

    def by_cursor(self, name: str, beside: Params, cursor: Cursor | None) -> Iterator[tuple[Answer, Position]]:
        """The pages of what changed, each with where it ends.

        An empty page that is not the last may come; one that stays at its place is asked for once more. Raises
        `UnexpectedPayload` where the export does not move.
        """
        at = position_of(cursor) or Position(start=self._since)
        stood = False
        while True:
            place = ("cursor", at.cursor) if at.cursor else ("start_time", str(self._start(at.start)))
            # Not what `after_url` carries: what is to come beside the rows is asked for with every page.
            params = (*beside, ("per_page", str(self._size)), place)
            answer = self._export(f"incremental/{name}/cursor.json", params)
            meta = lenient.decode(answer.raw_object(), wire.ExportMeta)
            stands = not meta.end_of_stream and meta.after_cursor in (None, "", at.cursor)
            if stands and (stood or answer.records(name)):
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            stood = stands
            if meta.after_cursor:
                at = Position(cursor=meta.after_cursor)
            yield answer, at
            if meta.end_of_stream:
                return

    def by_time(
        self,
        name: str,
        kind: type[Happening],
        beside: Params,
        cursor: Cursor | None,
        when: Callable[[Happening], int],
        made: Callable[[Answer, list[Happening]], Items],
    ) -> Iterator[Page]:
        """Events by time, each given once. `when` says an event's second, `made` turns new ones into records.

        Where one second holds more than the largest page, the rest of it cannot be had from this API: that is said,
        and the walk goes on behind that second. Raises `UnexpectedPayload` where it does not move.
        """
        at: Position = position_of(cursor) or Position(start=self._since)
        size = self._size
        begun: int | None = None  # seconds, by the server's clock
        start = self._start(at.start)
        while True:
            params = (*beside, ("per_page", str(size)), ("start_time", str(start)))
            answer = self._export(f"incremental/{name}.json", params)
            if begun is None:
                begun = (answer.server_time or answer.read_at) // SECOND
            meta = lenient.decode(answer.raw_object(), wire.ExportMeta)
            listed, unreadable = _decoded(answer, name, kind)
            known = set(at.seen)
            new = [event for event in listed if event.id not in known]
            whole = bool(meta.end_of_stream) or len(listed) + unreadable < size
            latest = max((when(event) for event in listed), default=start)
            found = made(answer, new)
            found.unreadable.extend([Unreadable(texts("no_record"))] * unreadable)
            end = max(latest, at.start)
            if not whole and latest < start:
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            following = latest  # the export gave it, so it is not too recent, whatever our clock says
            if not whole and not new and latest == start:
                if size < LARGEST:
                    size = LARGEST
                    continue
                found.unreadable.append(Unreadable(texts("full_second")))
                following = start + 1
                end = max(following, at.start)
            seen = {event.id for event in listed if when(event) >= end - TOO_RECENT - 60}
            if end == at.start:
                seen.update(at.seen)
            at = Position(start=end, seen=sorted(seen))
            yield page(found, at.text())
            if whole or end > begun:  # what happened since the walk began is for the next one: a busy desk never ends
                return
            start = following

    def _export(self, path: str, params: Iterable[tuple[str, str]]) -> Answer:
        core = path not in _OPTIONAL
        accept: frozenset[int] = frozenset() if core else frozenset({404})
        answer = self._http.fetch(Request(API + path, tuple(params), expect="object", budget=EXPORTS, accept=accept))
        if answer.status == 404:
            raise StreamNotOffered(texts("not_there"), texts("not_there_advice"))
        return answer

    def _start(self, seconds: int) -> int:
        return max(0, min(seconds, self._http.clock.now() // SECOND - TOO_RECENT))


def _decoded(answer: Answer, key: str, kind: type[Happening]) -> tuple[list[Happening], int]:
    listed: list[Happening] = []
    unreadable = 0
    for payload in answer.records(key):
        try:
            listed.append(lenient.decode(payload, kind))
        except ValueError:
            unreadable += 1
    return listed, unreadable
