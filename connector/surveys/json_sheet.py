"""A list of JSON objects as a sheet: what lies deeper gets a name with a point (`person.email`).

Such lists are what survey services give by API, and some as their export. The file is walked twice, object by object:
any of them may have a field that no other has, and the headings come first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connector.errors import UnexpectedPayload
from connector.messages.surveys import texts
from connector.surveys.cells import Row, as_text

_BLOCK = 1 << 16
_LONGEST = 1 << 20
"""Characters of one object. What is never closed is noticed here and not at a gigabyte."""

_OPENING, _COMMA = re.compile(r"\s*\[\s*"), re.compile(r"\s*,\s*")
_EMPTY, _CLOSING = re.compile(r"\s*\[\s*\]\s*"), re.compile(r"\s*\]\s*")
_decoder = json.JSONDecoder()


@contextmanager
def json_rows(file: Path) -> Iterator[Iterator[Row]]:
    """The headings as the first row, then one row per object; "lines" count objects. `UnexpectedPayload`, OSError.

    A file that breaks off is noticed before the first row.
    """
    names = list(dict.fromkeys(name for cells in _objects(file) for name in cells))
    yield _rows(file, names)


def _rows(file: Path, names: list[str]) -> Iterator[Row]:
    if not names:
        return
    yield 0, names
    for number, cells in enumerate(_objects(file), start=1):
        yield number, [cells.get(name, "") for name in names]


def _objects(file: Path) -> Iterator[dict[str, str]]:
    try:
        for value in _elements(file):
            if not isinstance(value, dict):
                raise TypeError("no object")
            yield _flat(value)
    except (TypeError, ValueError, RecursionError):  # text that is not UTF-8 is a ValueError too
        raise UnexpectedPayload(texts("broken_json", file=file.name), texts("broken_json_advice")) from None


def _elements(file: Path) -> Iterator[Any]:
    """The elements of the list in a file, one after the other. ValueError where it holds no list, or half of one."""
    with file.open(encoding="utf-8-sig") as stream:
        text, at, lead, end = "", 0, _OPENING, _EMPTY
        while True:
            before = lead.match(text, at)
            try:
                if before is None:
                    raise ValueError("no element")
                value, behind = _decoder.raw_decode(text, before.end())
            except ValueError:
                more = stream.read(_BLOCK) if len(text) - at < _LONGEST else ""
                if more:
                    text, at = text[at:] + more, 0
                elif end.fullmatch(text, at):
                    return
                else:
                    raise
                continue
            yield value
            at, lead, end = behind, _COMMA, _CLOSING


def _flat(value: Mapping[str, Any], before: str = "") -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            cells.update(_flat(inner, f"{before}{key}."))
        elif not isinstance(inner, list):
            cells[_whole(before + key)] = _whole(as_text(inner))
    return cells


def _whole(text: str) -> str:
    """Without halves of characters (`\\ud83d` alone), which nothing can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
