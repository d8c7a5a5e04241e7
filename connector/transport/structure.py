"""The outline of a JSON value, found by its brackets and strings alone.

This is the way into answers that no strict parser takes: text around the JSON, control characters, lone surrogates,
NaN, numbers like 01. It tells where a value ends and where its members part, so that one bad record leaves the others
whole. Whether a record is good is for its reader to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

# A whole string, or one sign. A quotation mark by itself begins a string that never ends.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)
_MEMBER = re.compile(rb'\s*+"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*+:\s*+(\S.*)', re.DOTALL)
_CLOSING = {ord("["): ord("]"), ord("{"): ord("}")}
_QUOTE, _COMMA = ord('"'), ord(",")


class Flaw(Enum):
    """Why there is no outline."""

    OPEN = auto()  # the text ends before the value does
    CROSSED = auto()  # brackets that do not match: not JSON at all


@dataclass(frozen=True, slots=True)
class Outline:
    """A list or an object from `start` to `end`, and the commas between its direct members."""

    start: int
    end: int
    commas: tuple[int, ...]

    def pieces(self, text: bytes) -> list[bytes]:
        """What stands between the commas, blanks around it removed; nothing for an empty list or object."""
        edges = (self.start, *self.commas, self.end - 1)
        pieces = [text[edges[i] + 1 : edges[i + 1]].strip() for i in range(len(edges) - 1)]
        return [] if pieces == [b""] else pieces


def outline(text: bytes, start: int) -> Outline | Flaw:
    """The outline of the list or object that begins at `start`."""
    open_brackets = bytearray()
    commas: list[int] = []
    for match in _TOKEN.finditer(text, start):
        place = match.start()
        sign = text[place]
        if sign in _CLOSING:
            open_brackets.append(_CLOSING[sign])
        elif sign == _QUOTE:
            if match.end() == place + 1:
                return Flaw.OPEN
        elif sign == _COMMA:
            if len(open_brackets) == 1:
                commas.append(place)
        elif open_brackets.pop() != sign:
            return Flaw.CROSSED
        elif not open_brackets:
            return Outline(start, match.end(), tuple(commas))
    return Flaw.OPEN


def members(pieces: list[bytes]) -> dict[bytes, bytes] | None:
    """Key (as written) -> value of an object's pieces; None where a piece is no member."""
    found = [_MEMBER.fullmatch(piece) for piece in pieces]
    return {match[1]: match[2] for match in found if match} if all(found) else None
