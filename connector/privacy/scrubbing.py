"""A record without what tells who somebody is. Pure.

The record stays what it was in all else, so that the rows made of it count as before: amounts, days, countries and
numbers are kept digit by digit. An address is replaced by one that cannot exist (RFC 2606 reserves `.invalid`), always
by the same one, so that whatever it joined stays joined: one nameless person.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from connector.contract import Personal, Record

DOMAIN = "erased.invalid"
"""Where erased persons have their addresses."""

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")


def nothing(text: str) -> str:
    """What stands for a personal text of an erased person."""
    return ""


def scrubbed(
    record: Record, personal: Personal, address: Callable[[str], str], text: Callable[[str], str] = nothing
) -> Record:
    """The admitted record with every e-mail address and every personal text replaced by what these give for it.

    One that says nothing personal comes back as it is. Raises ValueError for a payload that is no JSON.
    """
    content = _decoder.decode(record.payload)
    clean = _Scrubber(personal, address, text).cleaned(content)
    if clean == content:
        return record
    return msgspec.structs.replace(record, payload=_encoder.encode(clean), content=None)


def addresses_in(record: Record, personal: Personal) -> set[str]:
    """The e-mail addresses in a record, as they are written there. Raises ValueError for a payload that is no JSON."""
    found: set[str] = set()

    def note(address: str) -> str:
        found.add(address)
        return address

    _Scrubber(personal, note, nothing).cleaned(_decoder.decode(record.payload))
    return found


class _Scrubber:
    def __init__(self, personal: Personal, address: Callable[[str], str], text: Callable[[str], str]) -> None:
        self._emails = frozenset(personal.emails)
        self._texts = frozenset(personal.texts)
        self._address = address
        self._text = text

    def cleaned(self, value: Any, parent: str = "") -> Any:
        if isinstance(value, list):
            return [self.cleaned(one, parent) for one in value]
        if not isinstance(value, dict):
            return value
        return {name: self._field(name, one, {name, f"{parent}.{name}"}) for name, one in value.items()}

    def _field(self, name: str, value: Any, names: set[str]) -> Any:
        if names & self._emails:
            return self._replaced(value)
        if names & self._texts:
            return self._emptied(value)
        return self.cleaned(value, name)

    def _replaced(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._address(value) if value.strip() else value
        return [self._replaced(one) for one in value] if isinstance(value, list) else value

    def _emptied(self, value: Any) -> Any:
        """Of the same kind as before: the decoders of adapters are strict about kinds."""
        if isinstance(value, str):
            return self._text(value) if value.strip() else value
        if isinstance(value, list):
            return []
        return {} if isinstance(value, dict) else None
