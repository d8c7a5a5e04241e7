"""Amounts: integer millionths of a currency's major unit, exact from the wire to the last output.

`Decimal` on the way in, integers in the store, one rounding (half-up, to the currency's digits) on the way out.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

MICROS = 1_000_000
LARGEST = 9_000_000_000_000  # major units; times a million it still fits a BIGINT

_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"
_DIGITS = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    **dict.fromkeys(_FOUR_DIGITS.split(), 4),
}
"""ISO 4217 minor units that are not 2."""


def digits(currency: str | None) -> int:
    """How many digits a currency's amounts are written with (ISO 4217); 2 where the currency is not known."""
    return _DIGITS.get(currency or "", 2)


def to_micros(value: str | int | Decimal) -> int:
    """Millionths of `value`, rounded half-up at the sixth digit.

    Raises ValueError for anything that is no finite number or is too large to be an amount.
    """
    return _of_text(value) if isinstance(value, str) else _of_number(Decimal(value))


@lru_cache(maxsize=1 << 14)
def _of_text(text: str) -> int:
    """Remembered, since a shop's amounts are few: prices, tax on them, and zero."""
    try:
        return _of_number(Decimal(text))
    except InvalidOperation:
        raise ValueError("not a number") from None


def _of_number(number: Decimal) -> int:
    if not number.is_finite() or abs(number) > LARGEST:
        raise ValueError("not a finite amount")
    return int((number * MICROS).to_integral_value(rounding=ROUND_HALF_UP))


def rounded(micros: int | Decimal, currency: str | None) -> Decimal:
    """The amount in major units, rounded half-up to the currency's digits. Every output rounds here."""
    return (Decimal(micros) / MICROS).quantize(Decimal(1).scaleb(-digits(currency)), rounding=ROUND_HALF_UP)


def written(micros: int | Decimal, currency: str | None) -> str:
    """The amount as it stands in JSON and CSV: "12.10", "-3.000", "150"; never "-0.00"."""
    amount = rounded(micros, currency)
    return f"{abs(amount) if amount == 0 else amount:f}"


def exact(micros: int) -> str:
    """All stored digits in plain notation, at least two after the point: "12.10", "0.123457"."""
    whole, part = divmod(abs(micros), MICROS)
    fraction = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if micros < 0 else ''}{whole}.{fraction}"
