"""What an answer's body holds: the JSON in it, whatever stands around it, or what it is in place of JSON.

Servers put things around JSON that do not belong there: a byte order mark, blank lines, warnings of PHP before it,
remarks of a cache behind it, all with status 200 and the content type of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import msgspec

from connector.transport.structure import Flaw, Outline, members, outline

_BOM = b"\xef\xbb\xbf"
_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANY = msgspec.json.Decoder(msgspec.Raw)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

Decode = Callable[[bytes], list[Any]]
"""Turns a whole body of JSON into what its list holds; raises a `msgspec.DecodeError` or ValueError if it cannot."""

_BEGINNING = re.compile(rb"[\[{]")
_LIKELY = re.compile(rb'\{\s*"|\[\s*[{\["]')  # how data begins; a bracket in a sentence is followed by other things
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|title)\b", re.IGNORECASE)
_PAGE_SHOWS_WITHIN = 4096  # bytes
_ALLOWANCE = 2_000_000  # bytes of outlines drawn in vain, so that no text however odd keeps us for long


class Kind(Enum):
    """What a body is."""

    LIST = "list"
    OBJECT = "object"
    VALUE = "value"  # a JSON value that is neither
    EMPTY = "empty"
    CUT = "cut"  # JSON that ends too early
    PAGE = "page"  # HTML: a firewall, a bot check, maintenance
    TEXT = "text"  # anything else


@dataclass(frozen=True, slots=True)
class Content:
    """A body, read. `value` is the JSON alone; `pieces` are a list's elements as they were sent.

    `decoded` is what the reader's own `Decode` made of it, then there are no pieces; None where that was not to be had.
    """

    kind: Kind
    value: bytes = b""
    pieces: list[bytes] = field(default_factory=list)
    decoded: list[Any] | None = None


def read(body: bytes, decode: Decode | None = None) -> Content:
    """What a body holds. Never raises; a list or object may hold bad records, which only their readers will notice.

    With `decode` the whole body is tried with it first: one pass over a page in place of two.
    """
    text = body.removeprefix(_BOM).strip()
    if not text:
        return Content(Kind.EMPTY)
    return (decode and _decoded(text, decode)) or _strict(text) or _tolerant(text)


def list_at(text: bytes, key: str) -> list[bytes] | None:
    """The elements of the list under `key` of a JSON object; None where there is no such list."""
    try:
        value = bytes(_OBJECT.decode(text).get(key, b""))
    except _UNREADABLE:
        found = outline(text, 0)
        named = members(found.pieces(text)) if isinstance(found, Outline) else None
        value = (named or {}).get(key.encode(), b"")
    content = _strict(value) or _outlined(value, 0)
    return content.pieces if content and content.kind is Kind.LIST else None


def _decoded(text: bytes, decode: Decode) -> Content | None:
    """By the reader's own shapes; one record that does not fit them leaves the page to the others."""
    try:
        decoded = decode(text)
    except (*_UNREADABLE, ValueError):
        return None
    return Content(Kind.LIST if text[:1] == b"[" else Kind.OBJECT, text, decoded=decoded)


def _strict(text: bytes) -> Content | None:
    """By the parser, which is quick and takes nothing but JSON."""
    try:
        if text[:1] == b"[":
            return Content(Kind.LIST, text, [bytes(raw) for raw in _LIST.decode(text)])
        _ANY.decode(text)
    except _UNREADABLE:
        return None
    return Content(Kind.OBJECT if text[:1] == b"{" else Kind.VALUE, text)


def _tolerant(text: bytes) -> Content:
    """The first JSON that reaches to the end; else the longest that is clearly data, with text behind it.

    In a web page only the former counts: pages carry JSON of their own in their scripts.
    """
    page = text[:1] == b"<" and _PAGE.search(text, 0, _PAGE_SHOWS_WITHIN) is not None
    best: Content | None = None
    place = len(text) if page and text[-1:] not in b"]}" else 0
    allowance = _ALLOWANCE + 4 * len(text)
    while allowance > 0 and (match := _BEGINNING.search(text, place)):
        start = match.start()
        # What begins as data and is broken is broken whole: a record inside must not be taken for the answer.
        is_data = not page and (start == 0 or _LIKELY.match(text, start) is not None)
        found = outline(text, start)
        if isinstance(found, Flaw):
            if is_data and best is None:
                return Content(Kind.CUT)
            allowance -= len(text) - start
            place = start + 1
            continue
        content = _content(text, found)
        if content and found.end == len(text) and (content.pieces or content.kind is Kind.LIST):
            return content
        if content and is_data and (start == 0 or content.pieces):
            best = max(best or content, content, key=lambda one: len(one.value))
        allowance -= found.end - start
        place = found.end if content or is_data else start + 1
    return best or Content(Kind.PAGE if page else Kind.TEXT)


def _outlined(text: bytes, start: int) -> Content | None:
    """The list or object that begins at `start` and takes the whole rest, bad records and all."""
    found = outline(text, start) if text[start : start + 1] in (b"[", b"{") else None
    return _content(text, found) if isinstance(found, Outline) and found.end == len(text) else None


def _content(text: bytes, found: Outline) -> Content | None:
    """An outlined value, if it looks like data: a list of objects, or an object with named members."""
    value = text[found.start : found.end]
    pieces = found.pieces(text)
    if value[:1] == b"[":
        return Content(Kind.LIST, value, pieces) if all(piece[:1] == b"{" for piece in pieces) else None
    return Content(Kind.OBJECT, value, pieces) if members(pieces) is not None else None
