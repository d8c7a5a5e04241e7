"""Which of a person's orders came first, also where two came at one instant."""

from __future__ import annotations

import random
from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert

from connector.frames.counting import Counting
from connector.frames.orders import read_orders
from connector.frames.turns import in_turn, natural
from connector.model import Order
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.kpi.books import Books


def ordered(store: Store) -> pl.DataFrame:
    counting = Counting()
    with store.read() as connection:
        return in_turn(connection, read_orders(connection, {"person_id", "order_id", "number"}, counting), counting)


@pytest.fixture
def books(store: Store) -> Books:
    return Books(store)


def test_numbers_decide_and_count_as_numbers(books: Books) -> None:
    for order_id, number, person in (
        ("a", "10", 1),
        ("b", "9", 1),
        ("c", None, 1),
        ("d", "RE-2", 2),
        ("e", "RE-10", 2),
    ):
        books.order("2024-01-01", person, order_id=order_id, number=number)
        books.rows[Order][-1]["number"] = number
    books.order("2023-12-31", 1, order_id="z", number="99")
    books.order("2024-01-01", None, order_id="y")
    books.order("2024-01-01", 1, order_id="x", number="1", counted=False)
    books.save()
    frame = ordered(books.store)
    # An order without a number goes by its id, and letters come after digits.
    assert frame["order_id"].to_list() == ["z", "b", "a", "c", "d", "e", "y"]


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('turns') / 'store.db'}", clock=FakeClock()) as store:
        yield store


@settings(max_examples=40, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(st.sampled_from([1, 2, None]), st.integers(0, 3), st.sampled_from(["1", "2", "10", "A", None])),
        max_size=15,
    ),
    chance=st.randoms(use_true_random=False),
)
def test_any_orders_are_sorted_as_plain_python_sorts_them(
    one_store: Store, drawn: list[tuple[int | None, int, str | None]], chance: random.Random
) -> None:
    ids = [str(number) for number in range(len(drawn))]
    chance.shuffle(ids)
    rows = [(order_id, *one) for order_id, one in zip(ids, drawn, strict=True)]
    with one_store.write() as connection:
        connection.execute(delete(Order))
        if rows:
            connection.execute(insert(Order), [_row(*row) for row in rows])
    found = ordered(one_store)["order_id"].to_list()
    known = sorted(
        (row for row in rows if row[1] is not None),
        key=lambda row: (row[1], row[2], natural(row[3] or row[0]), row[0]),
    )
    assert found[: len(known)] == [row[0] for row in known]
    assert sorted(found) == sorted(ids)


def _row(order_id: str, person: int | None, instant: int, number: str | None) -> dict[str, object]:
    return {
        "source_id": 1,
        "order_id": order_id,
        "number": number,
        "status": "completed",
        "status_raw": "completed",
        "created_at": instant,
        "person_id": person,
        "total_micros": 0,
        "tax_micros": 0,
        "shipping_micros": 0,
        "discount_micros": 0,
    }


def test_numbers_are_read_only_for_persons_with_two_orders_at_one_instant(books: Books) -> None:
    for person in range(1, 50):
        books.order("2024-01-01", person)
    books.save()
    asked: list[str] = []
    event.listen(books.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    ordered(books.store)
    assert not [statement for statement in asked if "IN (" in statement and "person_id" in statement]


def test_natural_keys() -> None:
    numbers = ["10", "9", "RE-2024-10", "RE-2024-9", "A", ""]
    assert sorted(numbers, key=natural) == ["", "9", "10", "A", "RE-2024-9", "RE-2024-10"]
