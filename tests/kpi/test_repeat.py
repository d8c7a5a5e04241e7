"""Sections 4.4 and 4.5: the second order and those after it, worked by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.instants import DAY
from connector.model import StreamState
from tests.kpi.books import Books, at, days_after


@pytest.fixture
def books(books: Books) -> Books:
    books.order("2024-01-10 10:00", 1)
    books.order(days_after("2024-01-10 10:00", 90), 1)
    books.order("2024-02-10 10:00", 2)
    books.order(days_after("2024-02-10 10:00:01", 90), 2)
    books.order("2024-03-10 10:00", 3)
    books.order("2025-12-10 10:00", 4)
    return books.save()


def test_within_n_days_is_elapsed_time_to_the_microsecond(books: Books) -> None:
    figure = books.figure("repeat_within_90", period="2024")
    # Ninety local days on the calendar, with the hour lost in March, are an hour less: both are in time.
    assert (figure.numerator, figure.denominator) == (2, 3)
    books.rows.clear()
    first = at("2024-05-01 10:00")
    for seconds, person in ((0, 11), (1, 12)):
        books.order("2024-05-01 10:00", person)
        books.order(None, person)
        next(iter(books.rows.values()))[-1]["created_at"] = first + 90 * DAY + seconds
    books.save()
    may = books.figure("repeat_within_90", period="2024-05")
    assert (may.numerator, may.denominator) == (1, 2)


def test_whoever_has_not_been_followed_long_enough_is_left_out(books: Books) -> None:
    figure = books.figure("repeat_within_90", start="2024-03-01", end="2025-12-31")
    assert (figure.numerator, figure.denominator, figure.excluded) == (0, 1, {"window_open": 1})


def test_when_nobody_has_been_followed_long_enough(books: Books) -> None:
    figure = books.figure("repeat_within_30", period="2025-12")
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.key == "reason.window_open"
    nobody = books.figure("repeat_within_30", period="2025-11")
    assert nobody.reason is not None
    assert nobody.reason.key == "reason.no_first_orders"


def test_windows_follow_to_the_last_sync_not_to_the_periods_end(books: Books) -> None:
    assert books.figure("repeat_within_180", period="2024-01").numerator == 1
    assert books.figure("repeat_within_180", period="2024-01").denominator == 1


def test_repeat_rate_is_as_of_the_end_of_the_period(books: Books) -> None:
    january = books.figure("repeat_rate", period="2024-01")
    assert (january.numerator, january.denominator) == (0, 1)
    year = books.figure("repeat_rate", period="2024")
    assert (year.numerator, year.denominator) == (2, 3)
    later = books.figure("repeat_rate", period="2025-06")
    assert (later.numerator, later.denominator) == (2, 3)


def test_repeat_rate_in_the_period(books: Books) -> None:
    figure = books.figure("repeat_rate_period", period="2024")
    assert (figure.numerator, figure.denominator) == (2, 3)
    figure = books.figure("repeat_rate_period", period="2024-Q2")
    assert (figure.numerator, figure.denominator) == (0, 2)


def test_purchase_frequency(books: Books) -> None:
    figure = books.figure("purchase_frequency", period="2024")
    assert figure.value == pytest.approx(5 / 3)
    assert (figure.numerator, figure.denominator, figure.n) == (5, 3, 3)


def test_time_between_orders_in_seconds(books: Books) -> None:
    figure = books.figure("time_between_orders", period="2024")
    gap = (at(days_after("2024-01-10 10:00", 90)) - at("2024-01-10 10:00")) / 1e6
    assert figure.value == gap + 0.5
    assert figure.unit == "seconds"
    assert figure.n == 2
    assert figure.stats is not None
    assert (figure.stats.mean, figure.stats.max) == (gap + 0.5, gap + 1)
    assert figure.stats.p90 == pytest.approx(gap + 0.9)
    assert figure.interval is None  # fewer than six gaps
    assert figure.parts == {"one_time": 1, "customers": 3}
    assert any("1 of 3" in note.render("en") for note in figure.notes)


def test_many_long_gaps_have_a_mean(new_books: Callable[..., Books]) -> None:
    """Together 400 gaps of a thousand years, as a million of some months, are more microseconds than 64 bits hold."""
    books = new_books()
    for person in range(400):
        books.order("1970-01-02", person + 1)
        books.order("2990-01-02", person + 1)
    gap = (at("2990-01-02") - at("1970-01-02")) / 1e6
    stats = books.save().figure("time_between_orders", period="2990").stats
    assert stats is not None
    assert stats.mean == pytest.approx(gap)


def test_the_later_order_decides_and_history_reaches_back(books: Books) -> None:
    assert books.figure("time_between_orders", period="2024-04").n == 1
    assert books.figure("time_between_orders", period="2024-01").value is None


def test_a_young_history_is_flagged(books: Books) -> None:
    assert books.figure("time_between_orders", period="2024").has("young_history")
    books.rows.clear()
    books.order("2021-01-01", 9)
    books.save()
    assert not books.figure("time_between_orders", period="2024").has("young_history")


def test_medians_have_an_order_statistic_interval_from_six_gaps_on(books: Books) -> None:
    books.rows.clear()
    day = "2023-01-01 12:00"
    for gap in range(1, 9):
        books.order(day, 20)
        day = days_after(day, gap)
    books.save()
    figure = books.figure("time_between_orders", period="2023")
    assert figure.n == 7
    assert figure.interval is not None
    assert figure.interval.method == "order_statistic"
    assert (figure.interval.low, figure.interval.high) == (86400.0, 7 * 86400.0)


def test_configured_windows(books: Books) -> None:
    assert books.figure("repeat_within_95", period="2024", set=["repeat.windows=[95]"]).numerator == 2
    headline = books.ask(period="2024", set=["repeat.headline=45"])
    assert "repeat_within_45" in [figure.id for figure in headline.figures]


def test_followed_for_exactly_the_window_is_long_enough(new_books: Callable[..., Books]) -> None:
    for microseconds, counted in ((0, 1), (-1, 0)):
        books = new_books()
        books.order("2025-01-01", 1)
        for row in books.rows[StreamState]:
            row["last_success_at"] = at("2025-01-01") + 30 * DAY + microseconds
        books.save()
        assert books.figure("repeat_within_30", period="2025-01").denominator == counted
