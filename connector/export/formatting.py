"""Numbers, dates and spans as people read them, in German and English.

Only for screens and sentences; files get numbers, not pictures of numbers. Everything is rounded half-up, as money is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.instants import to_datetime
from connector.money import digits

Number = int | float | Decimal | Fraction

NARROW_SPACE = "\u00a0"
"""No-break space: keeps a number and its unit on one line."""

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
"""Currencies written with a sign; all others by their ISO code, which cannot be mistaken."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_SPAN_UNITS = {
    "en": {"s": "s", "min": "min", "h": "h", "d": "d"},
    "de": {"s": "s", "min": "min", "h": "Std.", "d": "Tg."},
}


def separators(language: str) -> tuple[str, str]:
    """Thousands separator and decimal mark."""
    return (".", ",") if language == "de" else (",", ".")


def fraction(value: Number) -> Fraction:
    """The number as it is written down: 0.1235 is 247/2000, not the binary neighbour that a float holds.

    So a screen rounds 12.35 % up, as a reader and a spreadsheet's number format do.
    """
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def rounded(value: Number, places: int) -> Decimal:
    """`value` with `places` digits after the point, rounded half-up; never minus zero."""
    exact = fraction(value)
    scaled = abs(exact) * 10**places + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def number(value: Number, language: str, places: int = 0, *, signed: bool = False) -> str:
    """1,234.56 in English, 1.234,56 in German. `signed` writes a plus before what is above zero."""
    amount = rounded(value, places)
    group, mark = separators(language)
    text = f"{amount:{'+' if signed and amount > 0 else ''},.{places}f}"
    return text.translate({ord(","): group, ord("."): mark})


def money(amount: Decimal, currency: str | None, language: str, *, signed: bool = False) -> str:
    """An amount already rounded to its currency's digits: 1.234,56 € · €1,234.56 · 1,234.56 CHF."""
    places = digits(currency)
    if currency is None:
        return number(amount, language, places, signed=signed)
    symbol = SYMBOLS.get(currency)
    if language == "de" or symbol is None:
        return f"{number(amount, language, places, signed=signed)}{NARROW_SPACE}{symbol or currency}"
    sign = "-" if amount < 0 else "+" if signed and amount > 0 else ""
    return f"{sign}{symbol}{number(abs(amount), language, places)}"


def percent(share: Number, language: str, places: int = 1, *, signed: bool = False) -> str:
    """A share (0.123) as a percentage: 12.3% in English, 12,3 % in German."""
    text = number(rounded(fraction(share) * 100, places), language, places, signed=signed)
    return f"{text}{NARROW_SPACE}%" if language == "de" else f"{text}%"


def span(seconds: Number, language: str) -> str:
    """A span in its two largest units: 45 s · 12 min · 3 h 20 min · 2 d 4 h (Tg., Std. in German)."""
    units = _SPAN_UNITS["de" if language == "de" else "en"]
    whole = abs(int(rounded(seconds, 0)))
    sign = "-" if seconds < 0 and whole else ""

    def parts(large: int, large_name: str, small: int, small_name: str) -> str:
        count, rest = divmod(int(rounded(Fraction(whole, small), 0)), large // small)
        tail = f" {rest}{NARROW_SPACE}{units[small_name]}" if rest else ""
        return f"{sign}{number(count, language)}{NARROW_SPACE}{units[large_name]}{tail}"

    if whole < _MINUTE:
        return f"{sign}{whole}{NARROW_SPACE}{units['s']}"
    if whole < _HOUR - _MINUTE // 2:
        return f"{sign}{rounded(Fraction(whole, _MINUTE), 0)}{NARROW_SPACE}{units['min']}"
    if whole < _DAY - _MINUTE // 2:
        return parts(_HOUR, "h", _MINUTE, "min")
    return parts(_DAY, "d", _HOUR, "h")


def days(seconds: Number, language: str, places: int = 1) -> str:
    """A span in days: 41.5 days."""
    word = "Tage" if language == "de" else "days"
    return f"{number(fraction(seconds) / _DAY, language, places)}{NARROW_SPACE}{word}"


def day(value: date, language: str) -> str:
    """21.11.2026 in German, 2026-11-21 in English."""
    return value.strftime("%d.%m.%Y") if language == "de" else value.isoformat()


def instant(value: int, zone: ZoneInfo, language: str) -> str:
    """The local date and time of an instant (microseconds UTC), to the minute."""
    moment = to_datetime(value, zone)
    return f"{day(moment.date(), language)} {moment:%H:%M}"
