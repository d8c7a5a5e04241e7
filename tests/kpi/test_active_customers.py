"""Who is active (4.2): a number of days, chosen from the usual gaps, or with an order in the period before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from connector.kpi.options import KpiOptions
from tests.kpi.books import Books, days_after

AUTO, PERIOD = "retention.active_days=auto", "retention.active_days=period"


def windows(books: Books) -> Books:
    """March and April: 1 in both, 2 only in March, 3 new in April, 4 back in April after a year."""
    for month in ("2024-03", "2024-04"):
        books.order(f"{month}-10", 1)
    books.order("2024-03-20", 2)
    books.order("2024-04-05", 3)
    books.order("2023-04-01", 4)
    books.order("2024-04-30", 4)
    return books.save()


def test_buyers_of_the_period_before_who_bought_again(both: Books) -> None:
    books = windows(both)
    parts = {"start": 2, "end": 3, "new": 1, "reactivated": 1, "retained": 1, "lost": 1}
    window = books.figure("crr_window", period="2024-04")
    assert (window.value, window.numerator, window.denominator, window.parts) == (0.5, 1, 2, parts)
    assert window.interval is not None
    assert window.interval.method == "wilson"
    same = books.figure("crr", period="2024-04", set=[PERIOD])
    assert (same.value, same.parts) == (0.5, parts)
    assert books.value("crr_textbook", period="2024-04", set=[PERIOD]) == 1.0
    assert books.value("churn_rate", period="2024-04", set=[PERIOD]) == 0.5
    assert books.value("lost_customers", period="2024-04", set=[PERIOD]) == 1
    assert "2024-03-01 to 2024-03-31" in window.notes[0].render("en")


def test_the_period_before_has_the_same_length_where_it_is_no_calendar_one(books: Books) -> None:
    windows(books)
    figure = books.figure("crr_window", start="2024-04-05", end="2024-04-14")
    assert figure.parts is not None
    assert figure.parts["start"] == 0
    assert figure.reason is not None
    assert figure.reason.key == "reason.no_buyers_before"


def gaps(books: Books, days: list[float]) -> Books:
    """One person with two orders for each gap, the later one in 2025."""
    for person, gap in enumerate(days, 1):
        books.order(days_after("2025-06-01", -gap), person)
        books.order("2025-06-01", person)
    return books.save()


@pytest.mark.parametrize(
    ("days", "chosen", "key"),
    [
        ([10.0] * 89 + [95.0] * 11, 120, "note.active_auto"),  # nine of ten below 95 days: rounded up
        ([10.0] * 100, 60, "note.active_auto"),
        ([700.0] * 100, 540, "note.active_auto"),
        ([10.0] * 99, 365, "note.active_auto_few"),
    ],
)
def test_days_chosen_from_the_usual_gaps(
    new_books: Callable[..., Books], days: list[float], chosen: int, key: str
) -> None:
    books = gaps(new_books(), days)
    figure = books.figure("crr", period="2025", set=[AUTO])
    (note,) = [note for note in figure.notes if note.key.startswith("note.active_auto")]
    assert (note.key, note.values["gaps"]) == (key, len(days))
    assert f"{chosen} days" in note.render("en")
    by_number = books.figure("crr", period="2025", set=[f"retention.active_days={chosen}"])
    assert (figure.value, figure.parts) == (by_number.value, by_number.parts)
    assert figure.options["retention.active_days"] == "auto"


def test_gaps_older_than_two_years_tell_nothing(books: Books) -> None:
    for person in range(1, 121):
        books.order("2023-01-01", person)
        books.order("2023-12-31", person)  # the last sync is on 1 January 2026
    books.save()
    (note,) = [note for note in books.figure("crr", set=[AUTO]).notes if "auto" in note.key]
    assert note.values["gaps"] == 0


def test_the_same_days_for_every_group_and_period(books: Books) -> None:
    gaps(books, [10.0] * 89 + [95.0] * 11)
    rows = books.ask("churn_rate", period="2025", set=[AUTO], by="country", compare="previous").figures
    said = {note.values["days"] for row in rows for note in row.notes if note.key == "note.active_auto"}
    assert said == {120}


def test_values_that_are_taken() -> None:
    for value in ("auto", "period", 30):
        assert KpiOptions().with_override(f"retention.active_days={value}").retention.active_days == value
