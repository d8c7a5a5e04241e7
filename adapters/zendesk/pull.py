"""Which requests, in which order, and what the cursor promises.

Three ways of listing (reference, "Incremental Exports"): tickets and users by the export's own cursor, until it says
`end_of_stream` and by nothing else; ticket events by time, where the rows of the last second come again on the next
page; the other lists by change time with pages, from shortly before the last walk began. The exports leave out the
last minute themselves, so nothing is stored behind their back. A cursor is a `Position` in JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

import msgspec

from adapters.zendesk import wire
from adapters.zendesk.messages import texts
from adapters.zendesk.records import Items, children, items
from adapters.zendesk.roles import Roles
from adapters.zendesk.settings import ZendeskSettings
from connector import lenient
from connector.contract import Cursor, Page
from connector.errors import UnexpectedPayload
from connector.instants import EPOCH, MINUTE, SECOND, from_datetime
from connector.transport import Answer, Request, Transport

API = "api/v2/"
EXPORTS = "exports"  # the limit that all incremental exports of an account share
OVERLAP = 10 * MINUTE
TOO_RECENT = 120  # seconds: a start within the last minute is refused; the rest is for clocks that differ
LARGEST_EXPORT = 1000
LARGEST_PAGE = 100
READ_WHOLE = "{}"


class Position(msgspec.Struct, omit_defaults=True):
    """Where a stream stands, by its way of listing."""

    cursor: str = ""  # the export's own
    start: int = 0  # seconds
    seen: list[int] = []  # events of the last seconds that were read
    mark: int = 0  # microseconds UTC by the server's clock, at the first answer of the last walk

    def text(self) -> Cursor:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()


def position_of(cursor: Cursor | None) -> Position | None:
    """The position in a cursor."""
    return None if cursor is None else msgspec.json.decode(cursor, type=Position)


class Walker:
    """Walks the lists of one help desk."""

    def __init__(self, settings: ZendeskSettings, http: Transport) -> None:
        self._http = http
        self._export_size = settings.page_size or LARGEST_EXPORT
        self._page_size = min(LARGEST_PAGE, settings.page_size or LARGEST_PAGE)
        day = settings.history_from
        self._from = from_datetime(EPOCH.replace(year=day.year, month=day.month, day=day.day)) // SECOND if day else 0
        self._roles = Roles(http)

    # --- tickets and users -------------------------------------------------------------------------------------------

    def by_cursor(self, name: str, kind: type[wire.Wire], cursor: Cursor | None) -> Iterator[Page]:
        """What changed, by the export's cursor. Raises `UnexpectedPayload` where it does not move."""
        at = position_of(cursor) or Position(start=self._from)
        # Not what `after_url` carries: what is to come beside the tickets is asked for with every page.
        beside = (("include", "users,groups,metric_sets"),) if name == "tickets" else ()
        while True:
            place = ("cursor", at.cursor) if at.cursor else ("start_time", str(self._start(at.start)))
            params = (*beside, ("per_page", str(self._export_size)), place)
            answer = self._export(f"incremental/{name}/cursor.json", params)
            meta = lenient.decode(answer.raw_object(), wire.ExportMeta)
            if not meta.end_of_stream and meta.after_cursor in (None, "", at.cursor):
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            if meta.after_cursor:
                at = Position(cursor=meta.after_cursor)
            groups = {group.id: group.name for group in meta.groups}
            yield _page(items(answer, name, kind, groups), at.text())
            if meta.end_of_stream:
                return

    # --- ticket events -----------------------------------------------------------------------------------------------

    def events(self, cursor: Cursor | None) -> Iterator[Page]:
        """Comments and changes of tickets, by time. An event is given once, so an author's role stays as first seen."""
        at = position_of(cursor) or Position(start=self._from)
        while True:
            start = self._start(at.start)
            params = (("include", "comment_events"), ("per_page", str(self._export_size)), ("start_time", str(start)))
            answer = self._export("incremental/ticket_events.json", params)
            meta = lenient.decode(answer.raw_object(), wire.ExportMeta)
            listed, unreadable = _events(answer)
            known = set(at.seen)
            new = [event for event in listed if event.id not in known]
            whole = bool(meta.end_of_stream) or len(listed) + unreadable < self._export_size
            end = max((event.timestamp for event in listed), default=at.start)
            if not whole and not new and end <= at.start:
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            end = max(end, at.start)
            recent = [event.id for event in listed if event.timestamp >= end - TOO_RECENT - 60]
            at = Position(start=end, seen=sorted({*recent, *(at.seen if end == at.start else ())}))
            yield _page(children(answer, new, self._roles, unreadable), at.text())
            if whole:
                return

    # --- the other lists ---------------------------------------------------------------------------------------------

    def by_page(self, path: str, key: str, kind: type[wire.Wire], cursor: Cursor | None) -> Iterator[Page]:
        """What changed since shortly before the last walk, page by page. A walk that ends early begins again."""
        held = position_of(cursor)
        start = self._from if held is None else max(0, held.mark - OVERLAP) // SECOND
        mark: int | None = None
        params: tuple[tuple[str, str], ...] = (("start_time", str(start)),)
        for answer in self._pages(path, params):
            if mark is None:
                mark = answer.read_at if answer.server_time is None else answer.server_time
            yield _page(items(answer, key, kind, {}), None)
        yield Page((), Position(mark=mark or 0).text())

    def agents(self) -> Iterator[Page]:
        """Everybody who answers."""
        for answer in self._pages("users.json", (("role[]", "agent"), ("role[]", "admin"))):
            yield _page(items(answer, "users", wire.User, {}), None)
        yield Page((), READ_WHOLE)

    def _pages(self, path: str, params: tuple[tuple[str, str], ...]) -> Iterator[Answer]:
        """All pages of a list, by either of the two ways its answers name the next one."""
        more = (("page_size" if path == "engagements" else "page[size]", str(self._page_size)),)
        place: tuple[tuple[str, str], ...] = ()
        while True:
            first = params if not place or path != "engagements" else ()
            answer = self._http.fetch(Request(API + path, (*first, *more, *place), expect="object"))
            yield answer
            following = _following(answer)
            if following is None:
                return
            if following == place:
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            place = following

    def _export(self, path: str, params: Iterable[tuple[str, str]]) -> Answer:
        return self._http.fetch(Request(API + path, tuple(params), expect="object", budget=EXPORTS))

    def _start(self, seconds: int) -> int:
        return max(0, min(seconds, self._http.clock.now() // SECOND - TOO_RECENT))


def _following(answer: Answer) -> tuple[tuple[str, str], ...] | None:
    body = answer.json()
    meta = body.get("meta")
    if isinstance(meta, Mapping):
        after = meta.get("after_cursor")
        return (("page[after]", str(after)),) if meta.get("has_more") and after else None
    if body.get("has_more") and isinstance(url := body.get("next_page_url"), str):
        # The address may name another host; only the place is taken from it.
        wanted = ("start_time_cursor", "engagement_id_cursor")
        return tuple(pair for pair in parse_qsl(urlsplit(url).query) if pair[0] in wanted)
    return None


def _events(answer: Answer) -> tuple[list[wire.Event], int]:
    listed: list[wire.Event] = []
    unreadable = 0
    for payload in answer.records("ticket_events"):
        try:
            listed.append(lenient.decode(payload, wire.Event))
        except ValueError:
            unreadable += 1
    return listed, unreadable


def _page(found: Items, cursor: Cursor | None) -> Page:
    return Page(found.records, cursor, None, found.unreadable)
