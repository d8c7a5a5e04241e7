"""Numbers, dates and spans as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.export import formatting as f
from connector.instants import from_local_text

BERLIN = ZoneInfo("Europe/Berlin")
SP = f.NARROW_SPACE


@pytest.mark.parametrize(
    ("value", "places", "english", "german"),
    [
        (0, 0, "0", "0"),
        (1234567, 0, "1,234,567", "1.234.567"),
        (-1234.5, 2, "-1,234.50", "-1.234,50"),
        (Decimal("0.125"), 2, "0.13", "0,13"),
        (Decimal("-0.004"), 2, "0.00", "0,00"),
        (Fraction(1, 3), 3, "0.333", "0,333"),
        (10**18 + 1, 0, "1,000,000,000,000,000,001", "1.000.000.000.000.000.001"),
    ],
)
def test_numbers(value: f.Number, places: int, english: str, german: str) -> None:
    assert f.number(value, "en", places) == english
    assert f.number(value, "de", places) == german


@pytest.mark.parametrize(
    ("amount", "currency", "english", "german"),
    [
        ("1234.50", "EUR", "€1,234.50", f"1.234,50{SP}€"),
        ("-1234.50", "USD", "-$1,234.50", f"-1.234,50{SP}$"),
        ("1234.50", "CHF", f"1,234.50{SP}CHF", f"1.234,50{SP}CHF"),
        ("1234", "JPY", f"1,234{SP}JPY", f"1.234{SP}JPY"),
        ("1.234", "KWD", f"1.234{SP}KWD", f"1,234{SP}KWD"),
        ("1.20", None, "1.20", "1,20"),
    ],
)
def test_money(amount: str, currency: str | None, english: str, german: str) -> None:
    assert f.money(Decimal(amount), currency, "en") == english
    assert f.money(Decimal(amount), currency, "de") == german


def test_percentages_are_rounded_as_they_are_written() -> None:
    assert f.percent(0.1235, "en") == "12.4%"  # the float lies below 0.1235, a reader's number does not
    assert f.percent(2 / 7, "de") == f"28,6{SP}%"
    assert f.percent(0.05, "en", signed=True) == "+5.0%"
    assert f.percent(0, "en", signed=True) == "0.0%"


@pytest.mark.parametrize(
    ("seconds", "english"),
    [
        (0, f"0{SP}s"),
        (59.4, f"59{SP}s"),
        (59.5, f"1{SP}min"),
        (90, f"2{SP}min"),
        (3599, f"1{SP}h"),
        (3600 * 3 + 20 * 60, f"3{SP}h 20{SP}min"),
        (86_399, f"1{SP}d"),
        (86_400 * 2 + 3600 * 4, f"2{SP}d 4{SP}h"),
        (86_400 * 1500, f"1,500{SP}d"),
        (-90, f"-2{SP}min"),
    ],
)
def test_spans(seconds: float, english: str) -> None:
    assert f.span(seconds, "en") == english


def test_spans_and_days_in_german() -> None:
    assert f.span(3600 * 3 + 1200, "de") == f"3{SP}Std. 20{SP}min"
    assert f.span(86_400 * 2 + 3600, "de") == f"2{SP}Tg. 1{SP}Std."
    assert f.days(41.56 * 86_400, "de") == f"41,6{SP}Tage"


def test_dates() -> None:
    assert f.day(date(2026, 3, 9), "de") == "09.03.2026"
    assert f.day(date(2026, 3, 9), "en") == "2026-03-09"
    assert f.instant(from_local_text("2026-07-01T00:30:00", BERLIN), BERLIN, "de") == "01.07.2026 00:30"


@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_both_languages_show_the_same_digits(micros: int, places: int) -> None:
    value = Decimal(micros).scaleb(-6)
    swapped = f.number(value, "de", places).translate({ord("."): ",", ord(","): "."})
    assert swapped == f.number(value, "en", places)
    assert abs(Decimal(f.number(value, "en", places).replace(",", "")) - value) <= Decimal(1).scaleb(-places) / 2
