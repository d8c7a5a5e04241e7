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

    def changes(self, path: str, key: str, kind: type[wire.Wire], cursor: Cursor | None, *, by: str) -> Iterator[Page]:
        """What changed since shortly before the last walk. A walk that ends early begins again.

        `by` is the parameter that says since when: in milliseconds where its name begins with filter, else in seconds.
        """
        held = position_of(cursor)
        start = self._since if held is None else max(0, held.mark - OVERLAP) // SECOND
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
            following = _following(answer)
            if following is None:
                return
            if following == place:
                raise UnexpectedPayload(texts("standing_still"), texts("standing_still_advice"))
            place = following


def page(found: Items, cursor: Cursor | None) -> Page:
    """What a page of the API held, as a page of the contract."""
    return Page(found.records, cursor, None, found.unreadable)


def _following(answer: Answer) -> Params | None:
    body = answer.json()
    meta = body.get("meta")
    if isinstance(meta, Mapping):
        after = meta.get("after_cursor")
        return (("page[after]", str(after)),) if meta.get("has_more") and after else None
    if body.get("has_more") and isinstance(url := body.get("next_page_url"), str):
        # The address may name another host; only the place is taken from it.
        wanted = ("start_time_cursor", "engagement_id_cursor")
        return tuple(pair for pair in parse_qsl(urlsplit(url).query) if pair[0] in wanted)
    if isinstance(url := body.get("next_page"), str):  # lists that are paged by number alone
        return tuple(pair for pair in parse_qsl(urlsplit(url).query) if pair[0] == "page") or None
    return None
