"""The walk by id over a list that changes while it is read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import UnexpectedPayload
from connector.paging import IdWalk, Place
from connector.transport import Request


class PretendList:
    """Ids in ascending order behind offset and page size; `between` runs before each answer, so the list can change."""

    def __init__(
        self,
        ids: Iterable[int],
        *,
        cap: int = 100,
        ahead: int = 1,
        total: Callable[[int], int | None] = lambda n: n,
        honest: bool = True,
        between: Callable[[PretendList], None] = lambda shop: None,
    ) -> None:
        self.ids = sorted(ids)
        self.cap, self.ahead, self.total, self.honest, self.between = cap, ahead, total, honest, between
        self.asked = 0

    def fetch_in_order(self, requests: Iterable[Request]) -> Generator[Any, None, None]:
        waiting: list[Any] = []
        for request in requests:
            waiting.append(self.answer(int(dict(request.params)["offset"])))
            if len(waiting) == self.ahead:
                yield waiting.pop(0)
        yield from waiting

    def answer(self, offset: int) -> Any:
        self.asked += 1
        assert self.asked < 10_000, "the walk does not end"
        self.between(self)
        page = self.ids[offset : offset + self.cap] if self.honest else self.ids[: self.cap]
        return SimpleNamespace(ids=page, total=self.total(len(self.ids)))


def walk(shop: PretendList, page_size: int = 100) -> IdWalk[int]:
    return IdWalk(
        transport=shop,
        request_at=lambda offset: Request("orders", (("offset", str(offset)),)),
        read=lambda answer: answer.ids[:page_size],  # type: ignore[attr-defined]
        id_of=lambda item: item,
        total_of=lambda answer: answer.total,  # type: ignore[attr-defined]
        page_size=page_size,
    )


def walked(shop: PretendList, page_size: int = 100, place: Place | None = None) -> list[int]:
    return [id_ for step in walk(shop, page_size).steps(place) for id_ in step.new]


@given(
    st.sets(st.integers(1, 500)),
    st.integers(2, 30),
    st.integers(1, 6),
    st.integers(2, 40),
    st.sampled_from([lambda n: n, lambda n: None, lambda n: n // 3, lambda n: n * 3]),
)
def test_every_id_comes_once_whatever_the_pages_the_cap_and_the_count(ids, page_size, ahead, cap, total):
    shop = PretendList(ids, cap=cap, ahead=ahead, total=total)
    assert walked(shop, page_size) == sorted(ids)


@given(st.sets(st.integers(1, 200), min_size=1), st.integers(2, 20), st.integers(1, 4), st.data())
def test_nothing_that_stays_is_missed_while_rows_come_and_go(ids, page_size, ahead, data):
    stays = set(ids)
    pool = st.integers(1, 400)

    def between(shop: PretendList) -> None:
        if shop.asked > 200:
            return
        for id_ in data.draw(st.lists(pool, max_size=3)):
            if id_ in shop.ids:
                shop.ids.remove(id_)
                stays.discard(id_)
            elif data.draw(st.booleans()):
                shop.ids = sorted([*shop.ids, id_])

    found = walked(PretendList(ids, cap=50, ahead=ahead, between=between), page_size)
    assert stays <= set(found)
    assert len(found) == len(set(found))


@given(st.sets(st.integers(1, 300), min_size=3), st.integers(2, 12), st.integers(0, 20), st.data())
def test_a_walk_resumed_after_any_page_misses_nothing(ids, page_size, stop_after, data):
    shop = PretendList(ids, ahead=2)
    found: list[int] = []
    place = Place()
    for number, step in enumerate(walk(shop, page_size).steps()):
        found += step.new
        place = step.place
        if number == stop_after:
            break
    vanished = data.draw(st.sets(st.sampled_from(sorted(ids)), max_size=len(ids)))
    shop.ids = [id_ for id_ in shop.ids if id_ not in vanished]
    found += walked(shop, page_size, place)
    assert set(shop.ids) <= set(found)


def test_one_row_vanishing_as_another_arrives_is_noticed():
    """The length of the list stays the same, so watching it alone would lose row 11."""

    def between(shop: PretendList) -> None:
        if shop.asked == 2:
            shop.ids.remove(3)
            shop.ids.append(99)

    assert set(walked(PretendList(range(1, 31), cap=10, between=between), 10)) == set(range(1, 31)) | {99}


def test_nothing_new_costs_one_request():
    shop = PretendList([])
    assert walked(shop) == []
    assert shop.asked == 1


def test_a_server_that_ignores_paging_is_named_and_the_walk_ends():
    shop = PretendList(range(1, 300), cap=100, honest=False)
    with pytest.raises(UnexpectedPayload, match="same page"):
        walked(shop)
    assert shop.asked < 10


def test_a_server_that_ignores_paging_but_gave_the_whole_list_is_good_enough():
    assert walked(PretendList(range(1, 51), honest=False)) == list(range(1, 51))


def test_a_list_that_is_not_sorted_is_refused():
    shop = PretendList([])
    shop.ids = [3, 1, 2]
    with pytest.raises(UnexpectedPayload, match="sort"):
        walked(shop)


def test_one_row_a_page_is_named():
    with pytest.raises(UnexpectedPayload, match="one row"):
        walked(PretendList(range(1, 9), cap=1))


@pytest.mark.parametrize("page_size", [2, 3, 5, 100])
@pytest.mark.parametrize("total", [lambda n: n, lambda n: None])
def test_a_list_that_names_every_row_twice_ends(page_size, total):
    class Twice(PretendList):
        def answer(self, offset: int) -> Any:
            answer = super().answer(offset)
            answer.ids = [id_ for id_ in answer.ids[:page_size] for _ in range(2)]
            return answer

    shop = Twice(range(1, 24), total=total)
    walker = dataclasses.replace(walk(shop, page_size), read=lambda answer: answer.ids)
    if page_size == 2 and total(1) is None:
        # A last row that fills a page by itself, and nobody who counts: it ends, and says so.
        with pytest.raises(UnexpectedPayload):
            list(walker.steps())
        return
    new = [id_ for step in walker.steps() for id_ in step.new]
    assert sorted(set(new)) == list(range(1, 24))


@pytest.mark.parametrize("page_size", [3, 5])
def test_a_row_that_fills_whole_pages_does_not_hide_those_after_it(page_size):
    ids = [1, 2, *[3] * 12, 4, 5]
    shop = PretendList(ids)
    shop.ids = ids
    assert sorted(set(walked(shop, page_size))) == [1, 2, 3, 4, 5]


def test_a_list_that_goes_back_and_forth_for_ever_is_refused():
    """Rows beyond the end of the list come and go with each look, and none of them is new."""

    class Restless(PretendList):
        def answer(self, offset: int) -> Any:
            answer = super().answer(offset)
            if (not answer.ids and self.asked % 2) or len(answer.ids) == 1:
                answer.ids = self.ids[-2:]
            return answer

    with pytest.raises(UnexpectedPayload):
        walked(Restless(range(1, 60)), page_size=10)


def test_a_bulk_edit_of_older_rows_in_mid_walk_does_not_end_it():
    """Thousands of edited rows with lower ids enter the list below the place reached: long, but not endless."""

    def between(shop: PretendList) -> None:
        if shop.asked == 3:
            shop.ids = sorted([*range(1, 20_001), *shop.ids, 90_000])

    shop = PretendList(range(50_000, 50_400), between=between)
    assert 90_000 in walked(shop)
