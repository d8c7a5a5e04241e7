"""Cohorts, values and segments where there is little, nothing, or nothing good (C9)."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.kpi.books import Books

IDS = ("cohorts", "clv_historical", "clv_predicted", "rfm")
READINGS = (
    (),
    ("cohorts.measure=revenue_per_member", "cohorts.cumulative=true"),
    ("cohorts.rolling=true", "cohorts.by=country", "cohorts.measure=orders"),
    ("cohorts.base=first_contact",),
    ("cohorts.base=first_paid", "cohorts.by=product", "cohorts.measure=revenue"),
    ("cohorts.by=channel",),
    ("cohorts.by=coupon", "clv.margin=0.5"),
)


def nothing(books: Books) -> None:
    books.synced("2026-01-01")


def one_order(books: Books) -> None:
    books.order("2024-01-10", 1)


def without_persons(books: Books) -> None:
    books.order("2024-01-10", None)


def all_refunded(books: Books) -> None:
    for person in (1, 2):
        books.refund(books.order("2024-01-10", person, "10.00"), "2024-01-12", "10.00")


def more_refunded_than_paid(books: Books) -> None:
    books.refund(books.order("2024-01-10", 1, "10.00"), "2024-01-12", "25.00")
    books.order("2024-02-10", 1, "3.00")


def foreign_currency_only(books: Books) -> None:
    books.order("2024-01-10", 1, currency="JPY", total="1000")
    books.order("2024-02-10", 1, currency=None)


def before_the_period(books: Books) -> None:
    books.order("2019-01-10", 1)


def in_the_future(books: Books) -> None:
    books.order("2027-01-10", 1)


BOOKS = (
    *(nothing, one_order, without_persons, all_refunded, more_refunded_than_paid),
    *(foreign_currency_only, before_the_period, in_the_future),
)


@pytest.mark.parametrize("fill", BOOKS)
def test_records_say_why_and_hold_no_nan(books: Books, fill: Callable[[Books], None]) -> None:
    fill(books)
    books.save()
    for options, period in zip(READINGS, (None, "2024", "2030", "2024", None, None, "2024"), strict=True):
        figures = books.ask(*IDS, period=period, set=options).figures
        assert {figure.id for figure in figures} == set(IDS)
        for figure in figures:
            record = figure.to_json("de")
            json.dumps(record, allow_nan=False)
            assert (record["value"] is None) == (record["reason"] is not None), record


def test_a_currency_without_orders_in_the_period_has_its_record_all_the_same(books: Books) -> None:
    """What somebody has been worth so far does not end with the year in which they last bought."""
    books.order("2023-01-10", 1, "10.00", currency="CHF")
    books.order("2024-01-10", 2, "20.00")
    found = books.save().ask("clv_historical", period="2024").figures
    assert {figure.currency for figure in found} == {"EUR", "CHF"}
