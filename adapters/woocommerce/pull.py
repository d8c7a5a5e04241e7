"""Which requests, in which order, and what the cursor promises.

Lists are walked by ascending id, since WooCommerce's order by change date loses rows of the same second, and without
an upper bound, since rows edited during the walk would leave the window. The next walk begins at the server's time of
this walk's first answer, minus an overlap: a change is stamped when it begins to be saved and seen when committed.

A cursor is a `Position` in JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from adapters.woocommerce.records import Item, Kind, id_of
from connector.contract import Cursor, Page, Record, Unreadable
from connector.instants import MINUTE, to_utc_text
from connector.paging import IdWalk, Place, Step
from connector.transport import Answer, Request, Transport

OVERLAP = 10 * MINUTE
CLOCK_SLACK = MINUTE  # a server clock that went back by less is covered by the overlap
LARGEST_PAGE = 100  # WooCommerce refuses more
API = "wp-json/wc/v3/"


class Position(msgspec.Struct, omit_defaults=True):
    """Where a stream stands: after a whole walk its `mark`; while one is under way also how far it has come."""

    mark: int  # microseconds UTC by the server's clock, at the first answer of the walk
    ours: int  # the same moment by our clock
    under_way: bool = False
    since: int | None = None  # what the walk under way asks for; None = everything
    list: int = 0  # which of the stream's lists it has come to
    last_id: int = 0
    offset: int = 0

    def cursor(self) -> Cursor:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()


@dataclass(frozen=True)
class Listing:
    """One list of the API. `expand` turns a page of its items into the stream's records where they are not the same."""

    path: str
    params: tuple[tuple[str, str], ...]
    kind: Kind[Any]
    expand: Callable[[Sequence[Item]], Iterable[Item]] | None = None


class Walker:
    """Walks the lists of one shop."""

    def __init__(self, http: Transport, page_size: int | None, history_from: date | None) -> None:
        self._http = http
        self.page_size = min(LARGEST_PAGE, max(2, page_size or LARGEST_PAGE))
        # `after` is strict and a time without offset is the shop's own: the last second of the day before.
        self._from = f"{(history_from - timedelta(days=1)).isoformat()}T23:59:59" if history_from else None

    def steps(self, listing: Listing, since: int | None = None, place: Place | None = None) -> Iterator[Step[Item]]:
        """The pages of one list. `since` in microseconds UTC; the API's filter is strict."""
        params = (*listing.params, ("orderby", "id"), ("order", "asc"), ("per_page", str(self.page_size)))
        if since is not None:
            params += (("modified_after", to_utc_text(since)),)
        if self._from and listing.path in ("orders", "refunds"):
            params += (("after", self._from),)
        return IdWalk(
            transport=self._http,
            request_at=lambda offset: Request(
                API + listing.path, (*params, ("offset", str(offset))), expect="list", decode=listing.kind.decode
            ),
            read=listing.kind.items,
            id_of=id_of,
            total_of=total_of,
            page_size=self.page_size,
        ).steps(place)

    def changes(self, listings: Sequence[Listing], cursor: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor, from all lists of a stream in turn."""
        held = None if cursor is None else msgspec.json.decode(cursor, type=Position)
        since = None if held is None else held.since if held.under_way else held.mark - OVERLAP
        at = held if held is not None and held.under_way else None
        number = at.list if at else 0
        while number < len(listings):
            place = Place(at.last_id, at.offset) if at and at.list == number else Place()
            for step in self.steps(listings[number], since, place):
                if at is None:
                    at = _begun(step.answer, since)
                    if held is not None and since is not None:
                        earlier = _since(held, step.answer)
                        if earlier < since - CLOCK_SLACK:
                            since, at = earlier, None
                            break
                at = msgspec.structs.replace(at, list=number, last_id=step.place.last_id, offset=step.place.offset)
                if step.new:
                    yield _page(listings[number], step, at)
            else:
                number += 1
        if at is not None:
            yield Page((), Position(at.mark, at.ours).cursor())


def total_of(answer: Answer) -> int | None:
    """What WooCommerce counts. A hint: hosts drop the header, caches keep an old one."""
    text = answer.headers.get("X-WP-Total", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _page(listing: Listing, step: Step[Item], at: Position) -> Page:
    items = listing.expand(step.new) if listing.expand else step.new
    records: list[Record] = []
    unreadable: list[Unreadable] = []
    for item in items:
        if isinstance(item, Record):
            records.append(item)
        else:
            unreadable.append(item)
    return Page(records, at.cursor(), None if listing.expand else step.total, unreadable)


def _begun(first: Answer, since: int | None) -> Position:
    """The position of a walk that has just got its first answer."""
    return Position(_server_time(first), first.read_at, under_way=True, since=since)


def _since(held: Position, first: Answer) -> int:
    """Where this walk must begin, now that the server's present time is known.

    Between two walks the server's clock may have been put back. What it would have shown at the last walk, had it been
    right then, follows from how much time passed by ours.
    """
    now = _server_time(first)
    put_right = held.ours + (now - first.read_at)
    return min(held.mark, put_right, now) - OVERLAP


def _server_time(answer: Answer) -> int:
    return answer.read_at if answer.server_time is None else answer.server_time
