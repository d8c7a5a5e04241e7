"""Walks over lists whose rows come and go while they are read.

One walk serves every API that lists by ascending id and takes an offset. Each request overlaps the last by one row: a
page counts only if its first id is not above the last id held, since only then is it sure that no row slipped through
between the two. The last id is the truth; the offset is a hint. The same rule serves resuming and pages in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
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
        way = _Way(self, place or Place())
        while not way.ended:
            plan = way.plan()
            requests = (self.request_at(offset) for offset, _ in way.plan())
            with closing(self.transport.fetch_in_order(requests)) as answers:
                for (offset, expected), answer in zip(plan, answers, strict=False):
                    step = way.step(self.page(offset, answer))
                    if step is None:
                        break
                    yield step
                    if way.ended or not way.as_expected(expected):
                        break

    def page(self, offset: int, answer: Answer) -> _Page[T]:
        """An answer as a page. Raises `UnexpectedPayload` where it is not in the order asked for."""
        items = self.read(answer)
        numbers = [self.id_of(item) for item in items]
        ids = [id_ for id_ in numbers if id_ is not None]
        if ids != sorted(ids):
            raise UnexpectedPayload(texts("unsorted"), texts("ignored_advice"))
        return _Page(offset, answer, items, numbers, ids)

    def ask(self, *offsets: int) -> list[_Page[T]]:
        """Pages beside the walk, to look at what the server does."""
        with closing(self.transport.fetch_in_order([self.request_at(offset) for offset in offsets])) as answers:
            return [self.page(offset, answer) for offset, answer in zip(offsets, answers, strict=False)]


@dataclass(frozen=True, slots=True)
class _Page(Generic[T]):
    """What came from one offset; `numbers` are the items' ids, and `ids` those that there are, in ascending order."""

    offset: int
    answer: Answer
    items: Sequence[T]
    numbers: Sequence[int | None]
    ids: Sequence[int]

    @property
    def different(self) -> int:
        """How many rows these are, counting one that came several times once."""
        return len(set(self.ids)) + len(self.items) - len(self.ids)


class _Way(Generic[T]):
    """How far one walk has come, and what it has learned on the way about this server."""

    def __init__(self, walk: IdWalk[T], place: Place) -> None:
        self._walk = walk
        self._place = place
        self.ended = False
        self._total: int | None = None  # what the API counts
        self._stride = self._back = max(1, walk.page_size - 1)  # to the next page; back to what was missed
        self._ahead = self._stride  # rows that the last page was good for
        self._last: _Page[T] | None = None
        self._farthest = place.offset  # the farthest offset that brought anything new
        self._fruitless = self._repeats = 0  # pages in a row with nothing new; with the same rows again
        # Plugins make lists name a row several times; then the way forward is not known by the number of rows.
        self._doubled = self._careful = False

    def plan(self) -> Iterator[tuple[int, int | None]]:
        """The pages to ask for from here."""
        return _plan(self._place.offset, self._stride, self._total)

    def as_expected(self, following: int | None) -> bool:
        """Whether the next page begins where it was planned. Where not, strides are as long as the last page was."""
        if self._place.offset == following:
            return True
        self._stride = max(1, self._ahead)
        return False

    def step(self, page: _Page[T]) -> Step[T] | None:
        """What a page brings; None where rows may have slipped through before it and the walk must step back."""
        self._count(page)
        if page.offset > 0 and (not page.items or (page.ids and page.ids[0] > self._place.last_id)):
            self._step_back(page)
            return None
        self._back = max(1, self._walk.page_size - 1)
        self._doubled = self._doubled or page.different < len(page.items)
        last_id = self._place.last_id
        new = [item for id_, item in zip(page.numbers, page.items, strict=True) if id_ is None or id_ > last_id]
        progressed = bool(page.ids) and page.ids[-1] > last_id
        if progressed:
            self._fruitless, self._farthest = 0, max(self._farthest, page.offset)
        repeated = not progressed and self._is_repeated(page)
        if not progressed and self._is_last(page, repeated=repeated):
            self._refuse_single_rows(page)
            self.ended = True
            return Step(new, self._place, page.answer, self._total)
        self._repeats = self._repeats + 1 if repeated else 0
        if self._repeats == CERTAIN:
            raise UnexpectedPayload(texts("ignored"), texts("ignored_advice"))
        self._go_on(page)
        return Step(new, self._place, page.answer, self._total)

    def _count(self, page: _Page[T]) -> None:
        """Keep what the API counts (an empty page is not asked: some count 0 there), and end what never ends."""
        said = self._walk.total_of(page.answer) if page.items else None
        self._total = self._total if said is None else said
        self._fruitless += 1
        reach = max(self._farthest, self._total or 0)
        if self._fruitless > FRUITLESS + reach // max(1, self._stride):
            raise UnexpectedPayload(texts("ignored"), texts("ignored_advice"))

    def _step_back(self, page: _Page[T]) -> None:
        """Rows before this place vanished and the rest moved up: what lies between was not seen."""
        self._place = Place(self._place.last_id, max(0, page.offset - self._back))
        self._back *= 2
        self._last = None
        self._careful = self._doubled

    def _go_on(self, page: _Page[T]) -> None:
        # More rows than were asked for are rows that came twice: the server counts none of them.
        counted = page.different if self._careful else min(len(page.items), self._walk.page_size)
        self._ahead = max(min(1, len(page.items) - 1), counted - 1)
        highest = max(self._place.last_id, page.ids[-1] if page.ids else 0)
        self._place = Place(highest, page.offset + self._ahead)
        self._last = page

    def _is_repeated(self, page: _Page[T]) -> bool:
        """Whether this is the first page once more, though another was asked for.

        Rows that arrive below can bring the same rows twice, so the first page is looked at too.
        """
        last = self._last
        if last is None or not page.ids or last.offset == page.offset or last.ids != page.ids:
            return False
        return any(first.ids == page.ids for first in self._walk.ask(0))

    def _is_last(self, page: _Page[T], *, repeated: bool) -> bool:
        """Whether a page without anything new holds the list's last row and nothing else, or is the whole list."""
        if repeated and self._total is not None and self._total <= len(page.ids):
            return True
        if len(page.items) <= 1:
            return True
        if len(page.ids) < len(page.items) or page.ids[0] != page.ids[-1]:
            return False
        if self._total is None:
            return len(page.items) < self._walk.page_size
        return page.offset + len(page.items) >= self._total

    def _refuse_single_rows(self, page: _Page[T]) -> None:
        """One row a page leaves nothing to overlap with. Where the count says there is more, one look shows it."""
        if len(page.items) != 1 or page.offset > 0 or self._total is None or self._total <= 1:
            return
        second, first = self._walk.ask(1, 0)
        if second.items and len(first.items) == 1:
            raise UnexpectedPayload(texts("single_rows", total=self._total), texts("ignored_advice"))


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
