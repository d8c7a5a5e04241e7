"""Order numbers in what customers write."""

from __future__ import annotations

import re

# A word for an order, at most a few letters of "number", then the number; or a number behind a hash sign, unless a word
# for a ticket stands before it: desks write their own numbers the same way.
_WORDED = re.compile(
    r"(?:bestell(?:ung|nummer|nr)?|auftrag(?:snummer|snr)?|order|commande|rechnung)"
    r"[\s.:#-]{0,3}(?:nummer|number|num|nr|no|n°)?[\s.:#-]{0,3}"
    r"([A-Z]{0,4}-?\d{2,12})\b",
    re.IGNORECASE,
)
_HASHED = re.compile(
    r"(?:\b((?i:ticket|request|anfrage|vorgang|case))[\s.:(\[]{1,3})?(?<![\w#&])#\s?([A-Z]{0,4}-?\d{2,12})\b"
)
_DIGITS = re.compile(r"\d\d")
MOST = 10  # in one conversation
LONGEST = 20_000  # characters of a text that are looked at


def order_numbers(text: str) -> list[str]:
    """The order numbers a text names, in their order, each once."""
    looked_at = text[:LONGEST]
    if not _DIGITS.search(looked_at):  # most texts: the patterns take ten times as long to find nothing
        return []
    found = [(match.start(1), match[1]) for match in _WORDED.finditer(looked_at)]
    found += [(match.start(2), match[2]) for match in _HASHED.finditer(looked_at) if not match[1]]
    return list(dict.fromkeys(number for _, number in sorted(found)))[:MOST]
