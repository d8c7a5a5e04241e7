"""Sections 4.2 and 4.3: who stays, worked by hand."""

from __future__ import annotations

import pytest

from tests.kpi.books import Books

HALF_YEAR = ["retention.active_days=180"]


@pytest.fixture
def year(both: Books) -> Books:
    """2024 with active = 180 days.

    1 stays: December 2023 and November 2024.    2 is lost: December 2023 only.
    3 came back: January 2023, then October 2024.    4 is new: October 2024.
    5 was lost before the start: January 2023.    6 is new and already gone: February 2024.
    """
    for person, days in {
        1: ("2023-12-01", "2024-11-01"),
        2: ("2023-12-01",),
        3: ("2023-01-01", "2024-10-01"),
        4: ("2024-10-05",),
        5: ("2023-01-01",),
        6: ("2024-02-01",),
    }.items():
        for day in days:
            both.order(day, person)
    return both.save()


def test_retention_by_hand(year: Books) -> None:
    crr = year.figure("crr", period="2024", set=HALF_YEAR)
    assert crr.parts == {"start": 2, "end": 3, "new": 2, "reactivated": 1, "retained": 1, "lost": 1}
    assert (crr.numerator, crr.denominator, crr.value) == (1, 2, 0.5)
    churn = year.figure("churn_rate", period="2024", set=HALF_YEAR)
    assert (churn.numerator, churn.denominator) == (1, 2)
    assert year.value("lost_customers", period="2024", set=HALF_YEAR) == 1
    textbook = year.figure("crr_textbook", period="2024", set=HALF_YEAR)
    assert (textbook.numerator, textbook.denominator, textbook.interval) == (1, 2, None)


def test_crr_always_comes_with_the_textbook_rate(year: Books) -> None:
    assert [figure.id for figure in year.ask("crr", period="2024").figures] == ["crr", "crr_textbook"]


def test_the_ends_of_the_active_window(books: Books) -> None:
    """Active at t: an order in (t - A, t]: exactly A days old is too old, at t itself counts."""
    books.order("2024-01-01 00:00", 1)  # exactly the start
    books.order("2023-07-05 01:00", 2)  # 180 days before the start, one of them an hour longer: too old by an hour
    books.order("2023-07-05 01:00:01", 3)
    books.save()
    parts = books.figure("crr", period="2024", set=HALF_YEAR).parts
    assert parts is not None
    assert parts["start"] == 2


def test_nobody_active_at_the_start(books: Books) -> None:
    books.order("2024-05-01", 1)
    books.save()
    for id in ("crr", "churn_rate"):
        figure = books.ask(id, period="2024").figures[0]
        assert figure.value is None
        assert figure.has("empty")
        assert figure.reason is not None
        assert figure.reason.render("en") == "no active customers at the start"
        assert figure.reason.render("de") == "keine aktiven Kunden zu Beginn"


def test_the_note_says_when_a_customer_is_retained_without_an_order(year: Books) -> None:
    def notes(**more: object) -> str:
        return " ".join(note.render("en") for note in year.ask("crr", **more).figures[0].notes)  # type: ignore[arg-type]

    assert "without an order" in notes(period="2024-10")
    assert "without an order" not in notes(period="2024", set=HALF_YEAR)


def test_without_a_period_the_last_twelve_whole_months(year: Books) -> None:
    answer = year.ask("crr", "orders", language="en")
    crr, _, orders = answer.figures
    assert crr.to_json("en")["period_start"] == "2025-01-01T00:00:00+01:00"
    assert crr.to_json("en")["period_end"] == "2026-01-01T00:00:00+01:00"
    assert any("twelve" in note.render("en") for note in crr.notes)
    assert any("zwölf" in note.render("de") for note in crr.notes)
    assert orders.to_json("en")["period_start"] == "2023-01-01T00:00:00+01:00"
    assert orders.to_json("en")["period_end"] == "2026-01-02T00:00:00+01:00"


def test_a_filter_chooses_the_orders_that_make_somebody_active(books: Books) -> None:
    books.order("2023-12-01", 1, country="DE")
    books.order("2024-12-01", 1, country="AT")
    books.order("2023-12-01", 2, country="DE")
    books.order("2024-12-01", 2, country="DE")
    books.save()
    german = books.figure("churn_rate", period="2024", filters={"country": ["DE"]})
    assert (german.numerator, german.denominator) == (1, 2)
    assert books.value("churn_rate", period="2024") == 0
