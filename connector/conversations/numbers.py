"""Order numbers as people write them, and as they are compared."""

from __future__ import annotations

import json
from collections.abc import Iterable


def comparable(number: str) -> str:
    """The form in which two spellings of a number are equal: no hash sign, capitals, no zeros before digits alone."""
    plain = number.strip().lstrip("#").strip().upper()
    return (plain.lstrip("0") or "0") if plain.isdecimal() else plain


def spellings(number: str) -> set[str]:
    """How a shop may have stored a number of this comparable form, but for zeros in front."""
    return {number, number.lower()}


def named(lists: Iterable[str | None]) -> list[str]:
    """The numbers of several JSON lists in comparable form, each once, in their order."""
    found: dict[str, None] = {}
    for text in lists:
        for number in json.loads(text) if text else ():
            found.setdefault(comparable(str(number)), None)
    return [number for number in found if number]
