"""Walks over lists whose rows come and go while they are read.

One walk serves every API that lists by ascending id and takes an offset. Each request overlaps the last by one row: a
page counts only if its first id is not above the last id held, since only then is it sure that no row slipped through
between the two. The last id is the truth; the offset is a hint. The same rule serves resuming and pages in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from connector.errors import UnexpectedPayload
from connector.messages.paging import texts
from connector.transport import Answer, Request

T = TypeVar("T")
CERTAIN = 3  # pages in a row that must repeat before paging counts as ignored
FRUITLESS = 1000  # pages in a row without a new id before a list counts as endless; a bulk edit brings many


class Fetches(Protocol):
    """What a walk needs of a transport."""

    def fetch_in_order(self, requests: Iterable[Request]) -> Generator[Answer, None, None]:
        """Answers in the order asked."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """How far a walk has come: the highest id held, and where in the list it stood."""

    last_id: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One page of a walk: what is new in it (nothing in the last), and the place to resume from once it is saved."""

    new: Sequence[T]
    place: Place
    answer: Answer
    total: int | None


@dataclass(frozen=True)
class IdWalk(Generic[T]):
    """A list in ascending order of id.

    `request_at(offset)` builds the request of one page; `read(answer)` gives its items in order; `id_of(item)` their
    id, None for an item that has none; `total_of(answer)` what the API says about the length of the list, if it does.
    """

    transport: Fetches
    request_at: Callable[[int], Request]
    read: Callable[[Answer], Sequence[T]]
    id_of: Callable[[T], int | None]
    total_of: Callable[[Answer], int | None]
    page_size: int

    def steps(self, place: Place | None = None) -> Iterator[Step[T]]:
        """Every page from `place` to the end, the empty one that shows the end included.

        Raises `UnexpectedPayload` where the server does not page or sort as asked.
        """
        place = place or Place()
        stride = max(1, self.page_size - 1)
        back = stride
        total: int | None = None
        last_page: tuple[int, Sequence[int]] | None = None
        ignored = fruitless = 0
        farthest = place.offset
        doubled = careful = False
        while True:
            plan = _plan(place.offset, stride, total)
            requests = (self.request_at(offset) for offset, _ in _plan(place.offset, stride, total))
            with closing(self.transport.fetch_in_order(requests)) as answers:
                for (offset, expected), answer in zip(plan, answers, strict=False):
                    items = self.read(answer)
                    ids = self._ids(items)
                    total = self._total(answer, items, total)
                    fruitless += 1
                    if fruitless > FRUITLESS + max(farthest, total or 0) // stride:
                        raise UnexpectedPayload(texts("ignored"), texts("ignored_advice"))
                    if offset > 0 and (not items or (ids and ids[0] > place.last_id)):
                        # Rows before this place vanished and the rest moved up: what lies between was not seen.
                        place = Place(place.last_id, max(0, offset - back))
                        back *= 2
                        last_page = None
                        # Where rows come several times, the way forward is not known by their number.
                        careful = doubled
                        break
                    back = stride
                    different = len(set(ids)) + len(items) - len(ids)
                    doubled = doubled or different < len(items)
                    new = [item for item in items if (id_ := self.id_of(item)) is None or id_ > place.last_id]
                    progressed = any(self.id_of(item) is not None for item in new)
                    if progressed:
                        fruitless, farthest = 0, max(farthest, offset)
                    repeated = not progressed and last_page is not None and self._repeats(last_page, offset, ids)
                    whole = total is not None and total <= len(ids)
                    if not progressed and (self._alone(items, ids, offset, total) or (repeated and whole)):
                        self._refuse_single_rows(items, offset, total)
                        yield Step(new, place, answer, total)
                        return
                    ignored = ignored + 1 if repeated else 0
                    if ignored == CERTAIN:
                        raise UnexpectedPayload(texts("ignored"), texts("ignored_advice"))
                    # More rows than were asked for are rows that came twice: the server counts none of them.
                    counted = different if careful else min(len(items), self.page_size)
                    ahead = max(min(1, len(items) - 1), counted - 1)
                    place = Place(max(place.last_id, ids[-1] if ids else 0), offset + ahead)
                    last_page = (offset, ids)
                    yield Step(new, place, answer, total)
                    if place.offset != expected:
                        stride = max(1, ahead)
                        break

    def _ids(self, items: Sequence[T]) -> list[int]:
        ids = [id_ for item in items if (id_ := self.id_of(item)) is not None]
        if any(later < earlier for earlier, later in pairwise(ids)):
            raise UnexpectedPayload(texts("unsorted"), texts("ignored_advice"))
        return ids

    def _total(self, answer: Answer, items: Sequence[T], known: int | None) -> int | None:
        """What the API counts; an empty page is not asked, since some count 0 there."""
        said = self.total_of(answer) if items else None
        return known if said is None else said

    def _alone(self, items: Sequence[T], ids: Sequence[int], offset: int, total: int | None) -> bool:
        """Whether a page holds the list's last row and nothing else. Plugins make lists name a row several times."""
        if len(items) <= 1:
            return True
        if len(ids) < len(items) or ids[0] != ids[-1]:
            return False
        return len(items) < self.page_size if total is None else offset + len(items) >= total

    def _repeats(self, last_page: tuple[int, Sequence[int]], offset: int, ids: Sequence[int]) -> bool:
        """Whether this is the first page once more, though another was asked for.

        Rows that arrive below can bring the same rows twice, so the first page is looked at too.
        """
        if not ids or last_page[0] == offset or last_page[1] != ids:
            return False
        with closing(self.transport.fetch_in_order([self.request_at(0)])) as answers:
            return any(self._ids(self.read(answer)) == ids for answer in answers)

    def _refuse_single_rows(self, items: Sequence[T], offset: int, total: int | None) -> None:
        """One row a page leaves nothing to overlap with. Where the count says there is more, one look shows it."""
        if len(items) != 1 or offset > 0 or total is None or total <= 1:
            return
        requests = [self.request_at(1), self.request_at(0)]
        with closing(self.transport.fetch_in_order(requests)) as answers:
            second, first = (self.read(answer) for answer in answers)
        if second and len(first) == 1:
            raise UnexpectedPayload(texts("single_rows", total=total), texts("ignored_advice"))


def _plan(start: int, stride: int, total: int | None) -> Iterator[tuple[int, int | None]]:
    """Where pages begin and where the next one is expected, as far as the list is believed to reach.

    The last one begins at the list's last row: where it brings that row alone, the list has ended.
    """
    offset = start
    while total is not None and offset < total - 1:
        following = min(offset + stride, total - 1)
        yield offset, following
        offset = following
    yield offset, None
