"""Section 4.6: the triangle, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from connector.model import StreamState
from tests.kpi.books import Books, at


@pytest.fixture
def books(books: Books) -> Books:
    """Four persons begin in January 2024, one in March; nobody buys in February."""
    for person in (1, 2, 3, 4):
        books.order("2024-01-10", person)
    books.order("2024-01-20", 1)
    books.order("2024-03-10", 1)
    books.order("2024-03-11", 2)
    books.order("2024-03-12", 2)
    books.order("2024-03-15", 5)
    books.order("2024-04-30 23:30", 3)
    books.synced("2024-05-20")
    return books.save()


def table(books: Books, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = books.figure("cohorts", **more).to_json("en")["table"]
    return found


def actives(row: dict[str, Any]) -> list[int | None]:
    return [cell and cell["active"] for cell in row["cells"]]


def test_a_month_without_any_purchase_is_a_zero_that_stays_in_its_place(books: Books) -> None:
    found = table(books)
    assert found["columns"] == [0, 1, 2, 3]
    january, march = found["rows"]
    assert (january["cohort"], january["size"], actives(january)) == ("2024-01", 4, [4, 0, 2, 1])
    assert (march["cohort"], march["size"], actives(march)) == ("2024-03", 1, [1, 0, None, None])
    assert [cell["rate"] for cell in january["cells"]] == [1.0, 0.0, 0.5, 0.25]


def test_the_average_row_weighs_by_size_and_takes_only_what_is_reached(books: Books) -> None:
    average = table(books)["average"]
    assert average["size"] == 5
    assert [cell["active"] for cell in average["cells"]] == [5, 0, 2, 1]
    assert [cell["rate"] for cell in average["cells"]] == [1.0, 0.0, 0.5, 0.25]


def test_the_value_is_the_share_that_came_back_in_the_next_month(books: Books) -> None:
    figure = books.figure("cohorts")
    assert (figure.value, figure.numerator, figure.denominator) == (0.0, 0, 5)


def test_a_month_that_is_not_over_is_blank(books: Books) -> None:
    with books.store.write() as connection:
        connection.execute(update(StreamState).values(last_success_at=at("2024-04-15")))
    found = table(books)
    assert found["columns"] == [0, 1, 2]
    assert [actives(row) for row in found["rows"]] == [[4, 0, 2], [1, None, None]]


def test_the_period_selects_cohorts_and_ends_the_triangle(books: Books) -> None:
    found = table(books, period="2024-03")
    assert [(row["cohort"], actives(row)) for row in found["rows"]] == [("2024-03", [1])]
    found = table(books, start="2024-01-01", end="2024-03-31")
    assert [actives(row) for row in found["rows"]] == [[4, 0, 2], [1, None, None]]


def test_quarters_and_weeks(books: Books) -> None:
    quarters = table(books, set=["cohorts.grain=quarter"])
    assert [(row["cohort"], actives(row)) for row in quarters["rows"]] == [("2024-Q1", [5])]
    weeks = table(books, set=["cohorts.grain=week"])
    assert [row["cohort"] for row in weeks["rows"]] == ["2024-W02", "2024-W11"]
    assert actives(weeks["rows"][0])[:11] == [4, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]
    assert weeks["columns"][-1] == 18  # the week of 13 May, the last one over before the sync


def test_iso_weeks_at_the_turn_of_the_year(books: Books) -> None:
    books.rows.clear()
    books.order("2021-01-03 12:00", 50)  # a Sunday: the last week of 2020
    books.order("2021-01-04 12:00", 50)
    books.save()
    weeks = table(books, start="2020-12-01", end="2021-02-28", set=["cohorts.grain=week"])
    assert weeks["rows"][0]["cohort"] == "2020-W53"
    assert actives(weeks["rows"][0])[:3] == [1, 1, 0]


def test_filters_choose_the_members_by_their_first_order(books: Books) -> None:
    books.rows.clear()
    books.order("2024-01-05", 60, country="AT")
    books.order("2024-02-05", 60, country="DE")
    books.save()
    found = table(books, filters={"country": ["AT"]})
    assert [(row["cohort"], actives(row)) for row in found["rows"]] == [("2024-01", [1, 1, 0, 0])]


def test_no_first_orders(books: Books) -> None:
    figure = books.figure("cohorts", period="2023")
    assert figure.value is None
    assert figure.table is None
    assert figure.has("empty")
