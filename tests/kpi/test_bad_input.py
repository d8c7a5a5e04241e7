"""Whatever is in the store and however one asks: records by convention C9, never a traceback, never NaN."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connector.errors import UsageError
from connector.kpi.options import KpiOptions
from connector.kpi.result import Evaluation
from connector.kpi.shop.customer_figures import CUSTOMERS
from connector.kpi.shop.figures import SHOP
from tests.kpi.books import Books

FIGURES = [kpi.id for kpi in (*SHOP, *CUSTOMERS)]


def empty(books: Books) -> None:
    """Nothing at all."""


def one_order(books: Books) -> None:
    books.order("2024-03-01", 1, "10.00", quantity="1")


def one_customer(books: Books) -> None:
    for month in range(1, 13):
        books.order(f"2024-{month:02d}-05", 1, "10.00", quantity="1")


def nobody(books: Books) -> None:
    for month in range(1, 13):
        books.order(f"2024-{month:02d}-05", None, "10.00", quantity="1")


def all_refunded(books: Books) -> None:
    for person in range(1, 8):
        order = books.order(f"2024-03-0{person}", person, "10.00", status="refunded", quantity="1")
        books.refund(order, "2024-03-20", "10.00", tax=None, shipping=None, quantity="1")


def only_foreign(books: Books) -> None:
    for person in range(1, 8):
        order = books.order(f"2024-03-0{person}", person, "10.00", currency="CHF", quantity="1")
        books.refund(order, "2024-03-20", "3.00")


def worthless(books: Books) -> None:
    """Free orders and amounts below zero."""
    for person in range(1, 8):
        books.order(f"2024-03-0{person}", person, "0" if person % 2 else "-5.00", quantity="0")


def bare(books: Books) -> None:
    """Orders of which nothing is known but that they exist."""
    for _ in range(6):
        books.order(None, None, "0", currency=None, country=None, payment_method=None)
    books.order("2024-03-05", 1, "1.00", currency=None, country=None, payment_method=None)


def wrong_clocks(books: Books) -> None:
    """One order of the calendar's first days and one of its last, beside good ones."""
    for day in ("0001-01-02", "2024-03-01", "2024-03-08", "9999-12-30"):
        books.order(day, 1, "10.00", currency="CHF", quantity="1")
        books.order(day, 2, "10.00", quantity="1")


WORLDS = [empty, one_order, one_customer, nobody, all_refunded, only_foreign, worthless, bare, wrong_clocks]
OPTIONS: list[tuple[str, ...]] = [
    (),
    ("retention.active_days=auto", "repeat.method=km", "orders.merge=day"),
    ("retention.active_days=period", "returning.mode=prior_period_only", "refunds.date=order"),
    ("currency.report=EUR", "customers.ignore_fully_refunded=true", "orders.date=paid"),
    ("currency.report=USD", "currency.rates=ecb", "orders.min_total=5", "orders.exclude_tags=[x]"),
]


def questions() -> Iterator[dict[str, Any]]:
    yield {}
    yield {"period": "2024-03", "compare": "previous"}
    yield {"period": "2023", "compare": "year"}  # before there was any history
    yield {"period": "2030-06"}  # has not begun
    yield {"period": "2024", "filters": {"country": ["FR"], "source": ["shop"]}}


def told(answer: Evaluation) -> None:
    """Every record is whole in both languages, and says why where it has no value."""
    for figure in answer.figures:
        for language in ("en", "de"):
            record = figure.to_json(language)
            json.dumps(record, allow_nan=False)
            for flag in figure.flags:
                assert flag.words().render(language)
            if record["value"] is None:
                assert record["reason"], figure.id
                assert {"empty", "not_available", "not_fitted"} & set(record["flags"]), figure.id
        if figure.numerator is not None and figure.denominator == 0:
            assert figure.value is None, figure.id


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.__name__)
def test_every_figure_over_every_world(new_books: Callable[..., Books], world: Callable[[Books], None]) -> None:
    books = new_books()
    world(books)
    books.save()
    for number, question in enumerate(questions()):
        answer = books.ask(*FIGURES, set=OPTIONS[number % len(OPTIONS)], **question)
        assert {figure.id for figure in answer.figures} == set(FIGURES)
        told(answer)


@pytest.mark.parametrize("set", OPTIONS, ids=lambda set: set[0] if set else "default")
def test_every_option_over_little(new_books: Callable[..., Books], set: tuple[str, ...]) -> None:
    for world in (empty, one_order, only_foreign):
        books = new_books()
        world(books)
        told(books.save().ask(*FIGURES, set=set, period="2024"))


def test_every_breakdown_of_next_to_nothing(new_books: Callable[..., Books]) -> None:
    for world in (empty, bare):
        books = new_books()
        world(books)
        books.save()
        for dimension in ("product", "category", "coupon", "tag", "shop", "device", "customer_type", "currency"):
            fitting = [kpi.id for kpi in SHOP if dimension in kpi.dimensions]
            told(books.ask(*fitting, by=dimension, period="2024", compare="previous"))


def test_figures_of_lines_over_every_world(new_books: Callable[..., Books]) -> None:
    fitting = [kpi.id for kpi in SHOP if kpi.fits_line_level]
    for world in WORLDS:
        books = new_books()
        world(books)
        told(books.save().ask(*fitting, set=["orders.line_level=true", "currency.report=EUR"], period="2024"))


def test_a_thousand_groups(books: Books) -> None:
    for number in range(1000):
        order = books.order("2024-03-01", number % 300, "10.00", payment_method=f"method {number}")
        books.line(order, f"{number}", total="8.00")
    books.save()
    for dimension in ("payment_method", "product"):
        answer = books.ask("orders", by=dimension, period="2024")
        assert len(answer.figures) == 1001
        assert answer.figures[-1].value == 1000
        told(answer)
        assert any(note.key == "note.chance" for note in answer.figures[-1].notes)


@pytest.mark.parametrize(
    "question",
    [
        {"start": "2024-03-01", "end": "2024-02-01"},
        {"period": "2024-13"},
        {"period": "some time"},
        {"filters": {"country": ["Germany"]}},
        {"filters": {"customer_type": ["both"]}},
        {"filters": {"source": ["nowhere"]}},
        {"filters": {"channel": ["chat"]}},
        {"by": "weather"},
        {"by": "agent"},
        {"compare": "tomorrow"},
    ],
    ids=str,
)
def test_what_cannot_be_asked(books: Books, question: dict[str, Any]) -> None:
    books.save()
    with pytest.raises(UsageError) as error:
        books.ask("net_revenue", **question)
    assert error.value.exit_code == 2
    for language in ("en", "de"):
        assert error.value.message.render(language)
        assert error.value.advice is not None
        assert error.value.advice.render(language)


@pytest.mark.parametrize(
    "path", [f"{block}.{name}" for block, fields in KpiOptions() for name in type(fields).model_fields]
)
def test_no_option_takes_what_it_does_not_know(path: str) -> None:
    for nonsense in ("{a: {b: [1]}}", "!?"):
        problem = refusal(f"{path}={nonsense}")
        if problem is not None:
            assert problem.advice is not None
            assert problem.message.render("de")


def refusal(text: str) -> UsageError | None:
    """What is said against an option; None where it is taken. Anything but a UsageError is raised."""
    try:
        KpiOptions().with_override(text)
    except UsageError as problem:
        return problem
    return None
