"""The desk's ordinary lists: pages that name the next one, in either of the two ways the API has.

What a plan or role does not offer is refused with 403, or is not there at all. Neither ends the other streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from adapters.zendesk import wire
from adapters.zendesk.messages import texts
from adapters.zendesk.position import READ_WHOLE, Position, position_of
from adapters.zendesk.records import Items, items
from connector.contract import Cursor, Page
from connector.errors import StreamNotOffered, UnexpectedPayload
from connector.instants import MINUTE, SECOND
from connector.transport import Answer, Request, Transport

API = "api/v2/"
OVERLAP = 10 * MINUTE
LARGEST_PAGE = 100

Params = tuple[tuple[str, str], ...]


class Lists:
    """Walks lists page by page."""

    def __init__(self, http: Transport, page_size: int | None, since: int) -> None:
        self._http = http
        self._size = min(LARGEST_PAGE, page_size or LARGEST_PAGE)
        self._since = since  # seconds: nothing older is asked for

    def changes(
        self,
        path: str,
        key: str,
        kind: type[wire.Wire],
        cursor: Cursor | None,
        *,
        by: str,
        overlap: int = OVERLAP,
        kept_for: int | None = None,
    ) -> Iterator[Page]:
        """What changed since `overlap` (microseconds) before the last walk. A walk that ends early begins again.

        `by` is the parameter that says since when: in milliseconds where its name begins with filter, else in seconds.
        `kept_for`: how long the desk keeps the list, microseconds; nothing older is asked for.
        """
        held = position_of(cursor)
        start = self._since if held is None else max(0, held.mark - overlap) // SECOND
        if kept_for is not None:
            start = max(start, (self._http.clock.now() - kept_for) // SECOND)
        mark: int | None = None
        value = start * 1000 if by.startswith("filter") else start
        for answer in self.pages(path, ((by, str(value)),)):
            if mark is None:
                mark = answer.read_at if answer.server_time is None else answer.server_time
            yield page(items(answer, key, kind), None)
        yield Page((), Position(mark=mark or 0).text())

    def whole(self, path: str, key: str, kind: type[wire.Wire], params: Params = ()) -> Iterator[Page]:
        """A list without a change filter."""
        for answer in self.pages(path, params):
            yield page(items(answer, key, kind), None)
        yield Page((), READ_WHOLE)

    def all_of(self, path: str, key: str, params: Params = ()) -> Iterator[bytes]:
        """Every element of a list."""
        for answer in self.pages(path, params):
            yield from answer.records(key)

    def pages(self, path: str, params: Params = ()) -> Iterator[Answer]:
        """All pages of a list. Raises `StreamNotOffered` where this desk has no such list."""
        more = (("page_size" if path == "engagements" else "page[size]", str(self._size)),)
        place: Params = ()
        while True:
            first = params if not place or path != "engagements" else ()
            size = more if not place or place[0][0] != "page" else ()  # by cursor or by number, not both
            wanted = Request(API + path, (*first, *size, *place), expect="object", accept=frozenset({404}))
            answer = self._http.fetch(wanted)
            if answer.status == 404:
                raise StreamNotOffered(texts("not_there"), texts("not_there_advice"))
            yield answer
            following = next_place(answer, place)
            if following is None:
                return
            place = following


def page(found: Items, cursor: Cursor | None) -> Page:
    """What a page of the API held, as a page of the contract."""
    return Page(found.records, cursor, None, found.unreadable)


def next_place(answer: Answer, place: Params) -> Params | None:
    """Where the page behind this answer is; None at the end.

    Raises `UnexpectedPayload` where there is said to be more and no place is given, or the one just asked for.
    """
    body = answer.json()
    meta = body.get("meta")
    following: Params | None = None
    if isinstance(meta, Mapping):
        more = bool(meta.get("has_more"))
        if meta.get("after_cursor"):
            following = (("page[after]", str(meta["after_cursor"])),)
    elif "has_more" in body:
        more = bool(body["has_more"])
        following = _named(body.get("next_page_url"), "start_time_cursor", "engagement_id_cursor")
    else:  # lists that are paged by number alone
        following = _named(body.get("next_page"), "page")
        more = following is not None
    if not more:
        return None
    if following is None or following == place:
        raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
    return following


def _named(url: object, *wanted: str) -> Params | None:
    """These parameters of an address. It may name another host, so nothing else is taken from it."""
    query = urlsplit(url).query if isinstance(url, str) else ""
    return tuple(pair for pair in parse_qsl(query) if pair[0] in wanted) or None
