"""The second order by Kaplan-Meier (S4), by hand, against published results and against a slow count."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.kpi.shop.kaplan_meier import survival
from tests.kpi.books import Books, days_after


def followed(rows: list[tuple[int, bool]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"span": pl.Int64, "ordered": pl.Boolean}, orient="row")


def test_remission_times_as_published() -> None:
    """Weeks in remission under 6-MP (Freireich et al. 1963): S(23) = 0.448, standard error 0.135.

    The data and these results stand in Kalbfleisch & Prentice and in most textbooks since.
    """
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    rows = followed([(week, True) for week in relapsed] + [(week, False) for week in still])
    share, error, left = survival(rows)
    assert share == pytest.approx(0.448, abs=5e-4)
    assert share * math.sqrt(error) == pytest.approx(0.135, abs=5e-4)
    assert left == 12


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=12))
def test_against_a_slow_count(rows: list[tuple[int, bool]]) -> None:
    expected = Fraction(1)
    for instant in sorted({span for span, ordered in rows if ordered}):
        risk = sum(span >= instant for span, _ in rows)
        events = sum(ordered and span == instant for span, ordered in rows)
        expected *= Fraction(risk - events, risk)
    assert survival(followed(rows))[0] == pytest.approx(float(expected), abs=1e-12)


def shop(books: Books, *, synced: str) -> Books:
    """Ten first orders on the first days of 2024, five of them followed by another after 10, 20, … 50 days."""
    for person in range(1, 11):
        first = f"2024-01-{person:02d}"
        books.order(first, person)
        again = days_after(first, person * 10)
        if person <= 5 and again < synced:
            books.order(again, person)
    books.synced(synced)
    return books.save()


def test_everybody_followed_to_the_end_it_is_the_plain_share(both: Books) -> None:
    books = shop(both, synced="2024-12-31")
    fixed, estimate = books.figure("repeat_within_60"), books.figure("repeat_within_60_km")
    assert fixed.value == 0.5
    assert estimate.value == pytest.approx(0.5)
    assert (estimate.numerator, estimate.denominator, estimate.n) == (5, 10, 10)
    assert estimate.interval is not None
    assert estimate.interval.method == "greenwood_log_log"
    assert 0 < estimate.interval.low < 0.5 < estimate.interval.high < 1
    assert books.figure("repeat_within_60", set=["repeat.method=km"]).value == estimate.value


def test_young_customers_count_as_far_as_they_were_seen(books: Books) -> None:
    shop(books, synced="2024-02-05 12:00")  # 35 days after the first one, 26 after the last
    figure = books.figure("repeat_within_30_km")
    # Second orders on days 10 and 20, with everybody followed; on day 30 with those of the first six days only.
    assert figure.value == pytest.approx(1 - (9 / 10) * (8 / 9) * (3 / 4))
    assert figure.excluded == {}
    assert figure.has("small")


def test_what_nobody_has_lived_to_see_is_not_told(books: Books) -> None:
    shop(books, synced="2024-02-05 12:00")
    figure = books.figure("repeat_within_60_km")
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.key == "reason.window_open"
    assert (figure.numerator, figure.denominator) == (3, 10)


def test_none_and_all_have_no_interval(new_books: Callable[..., Books]) -> None:
    books = new_books()
    books.order("2024-01-01", 1)
    books.save()
    nobody = books.figure("repeat_within_30_km")
    assert (nobody.value, nobody.interval) == (0.0, None)
    books = new_books()
    books.order("2024-01-01", 1)
    books.order("2024-01-02", 1)
    books.save()
    everybody = books.figure("repeat_within_30_km")
    assert (everybody.value, everybody.interval) == (1.0, None)


def test_without_first_orders(books: Books) -> None:
    figure = books.save().figure("repeat_within_30_km", period="2024")
    assert (figure.value, figure.n) == (None, 0)
