"""Walks a list by growing id, page by page, in pages as large as the shop can bear.

Each page begins behind the last id of the one before (`filter[id]=>[last]`), so rows that come and go meanwhile shift
nothing. Where many rows lie ahead, the list of ids (which loads nothing) tells where pages begin and end, so that more
than one can be under way; whatever such a page lacks is asked for once more behind the last id held.

PrestaShop loads every row as an object, so a page can exhaust the memory or the time of a host: then the same
place is asked for in pages half as large, which grow again. A row that breaks the shop even by itself is named by the
list of ids, which loads nothing, reported, and passed by.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from adapters.prestashop.messages import texts
from adapters.prestashop.records import Item, items_of
from adapters.prestashop.refusals import PageTooLarge
from adapters.prestashop.resources import API, Resource
from connector.contract import Unreadable
from connector.errors import UnexpectedPayload
from connector.messages.paging import texts as paging
from connector.transport import Answer, Request, TimedOut, Transport

Params = Sequence[tuple[str, str]]
_GOOD_TO_GROW = 3  # pages in a row
PLANNED = 20  # pages whose ids are listed at once
AHEAD = 4  # planned pages under way or waiting, so that some come while others are understood and stored
_LATE = 100  # rows that may have come into a page since its ids were listed


class PageSize:
    """How many rows are asked for: halved when the shop breaks down, doubled again after a few good pages."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.now = most
        self._good = 0

    def bad(self) -> None:
        """The shop broke down over a page of this size."""
        self.now = max(1, self.now // 2)
        self._good = 0

    def good(self) -> None:
        """A page came."""
        self._good += 1
        if self._good >= _GOOD_TO_GROW:
            self.now = min(self.most, self.now * 2)
            self._good = 0


@dataclass(frozen=True, slots=True)
class RowsPage:
    """One page: its elements, the id to go on behind, and what had to be passed by. Empty at the end of a list."""

    items: Sequence[Item]
    answer: Answer
    last_id: int
    passed: Sequence[Unreadable] = ()


def in_batches(pages: Iterable[RowsPage], rows: int) -> Iterator[list[RowsPage]]:
    """The first page by itself, then pages together until they have so many rows: what they need from other lists can
    be asked for once. What came before a failure is given out before it is raised.
    """
    batch: list[RowsPage] = []
    wanted = 0
    try:
        for page in pages:
            batch.append(page)
            if sum(len(one.items) for one in batch) >= wanted:
                yield batch
                batch, wanted = [], rows
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


@dataclass(frozen=True)
class Pages:
    """A list of one shop. `display` names the fields, `filters` narrow it down, `fixed` goes with every request."""

    http: Transport
    fixed: Params
    resource: Resource[Any]
    display: str
    filters: Params = ()

    def walk(self, most: int, after: int = 0, extra: int = 0) -> Iterator[RowsPage]:
        """Every page behind id `after`; the first may be larger by `extra`. At least one, so that there is an answer.

        Raises `UnexpectedPayload` where the server does not filter or sort as asked, `Unavailable` where it fails.
        """
        size = PageSize(most)
        last = after
        while True:
            asked = size.now + extra
            try:
                answer = self.http.fetch(self._request(last, asked))
            except (PageTooLarge, TimedOut):
                if asked > 1:
                    extra = 0
                    size.bad()
                    continue
                page = self._single(last)
                yield page
                if page.last_id == last:
                    return
                last = page.last_id
                continue
            items = items_of(answer, self.resource)
            reached = self._reached(items, last)
            if items and reached == last and len(items) >= asked:
                # Nothing on a full page has an id that could be read: the list of ids knows where it ends.
                reached = max(self._ids(last, asked)[0], default=last)
            yield RowsPage(items, answer, reached)
            if len(items) < asked or reached == last:
                return
            last = reached
            extra = 0
            size.good()
            last = yield from self._planned(size, last)

    def _planned(self, size: PageSize, last: int) -> Generator[RowsPage, None, int]:
        """Pages of ids that are known beforehand, several under way at once; the id up to which all came.

        A page that does not hold every row it should, or more than could have come meanwhile, ends the plan: `walk`
        asks behind the last id held, and that answer counts. So does a page that the shop breaks down over, and a shop
        that broke down before is asked for one page at a time.
        """
        while size.now == size.most:
            try:
                ids, _ = self._ids(last, size.now * PLANNED)
            except (PageTooLarge, TimedOut):
                return last
            if len(ids) <= size.now:
                return last
            parts = [ids[start : start + size.now] for start in range(0, len(ids), size.now)]
            requests = (self._between(part) for part in parts)
            with closing(self.http.fetch_in_order(requests, ahead=AHEAD)) as answers:
                for part in parts:
                    try:
                        answer = next(answers)
                    except (PageTooLarge, TimedOut):
                        return last
                    items = items_of(answer, self.resource)
                    if self._reached(items, last) > part[-1]:
                        raise UnexpectedPayload(paging("ignored"), paging("ignored_advice"))
                    if len(items) >= len(part) + _LATE or not {item.id for item in items}.issuperset(part):
                        return last
                    last = part[-1]
                    yield RowsPage(items, answer, last)
        return last

    def _single(self, last: int) -> RowsPage:
        """The one row behind `last` that the shop broke down over, once more, or passed by."""
        ids, answer = self._ids(last, 1)
        if not ids:
            return RowsPage((), answer, last)
        try:
            again = self.http.fetch(self._request(last, 1))
        except (PageTooLarge, TimedOut):
            return RowsPage((), answer, ids[0], (Unreadable(texts("broken_record"), str(ids[0])),))
        items = items_of(again, self.resource)
        return RowsPage(items, again, max(ids[0], self._reached(items, last)))

    def _request(self, last: int, count: int) -> Request:
        return self._rows([*self._params(last, count), ("display", self.display)])

    def _between(self, ids: Sequence[int]) -> Request:
        within = ("filter[id]", f"[{ids[0]},{ids[-1]}]")
        return self._rows([within, *self._params(0, len(ids) + _LATE), ("display", self.display)])

    def _rows(self, params: Params) -> Request:
        decode = self.resource.decode if self.display == self.resource.display else None
        return Request(API + self.resource.name, params, patience=1, decode=decode)

    def _ids(self, last: int, count: int) -> tuple[list[int], Answer]:
        answer = self.http.fetch(self._rows(self._params(last, count)))
        return [item.id for item in items_of(answer, self.resource) if item.id is not None], answer

    def _params(self, last: int, count: int) -> Params:
        behind = [("filter[id]", f">[{last}]")] if last else []
        # Date filters are refused without `date=1`; there is no order unless one is asked for.
        dates = [("date", "1")] if any(name.startswith("filter[date_") for name, _ in self.filters) else []
        return [*self.fixed, *behind, *self.filters, *dates, ("sort", "[id_ASC]"), ("limit", str(count))]

    def _reached(self, items: Sequence[Item], last: int) -> int:
        ids = [item.id for item in items if item.id is not None]
        if ids and ids[0] <= last:
            raise UnexpectedPayload(paging("ignored"), paging("ignored_advice"))
        if any(later <= earlier for earlier, later in pairwise(ids)):
            raise UnexpectedPayload(paging("unsorted"), paging("ignored_advice"))
        return max(ids, default=last)
