"""A list of JSON objects as a sheet: what lies deeper gets a name with a point (`person.email`).

Such lists are what survey services give by API, and some as their export. They are small, so they are read whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from connector.errors import UnexpectedPayload
from connector.messages.surveys import texts
from connector.surveys.sheets import Row, as_text


@contextmanager
def json_rows(file: Path) -> Iterator[Iterator[Row]]:
    """The headings as the first row, then one row per object; "lines" count objects. `UnexpectedPayload`, OSError."""
    try:
        found = msgspec.json.decode(file.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UnexpectedPayload(texts("broken_json", file=file.name), texts("broken_json_advice")) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UnexpectedPayload(texts("broken_json", file=file.name), texts("broken_json_advice"))
    yield _rows([_flat(one) for one in found])


def _rows(objects: list[dict[str, str]]) -> Iterator[Row]:
    names = list(dict.fromkeys(name for one in objects for name in one))
    if not names:
        return
    yield 0, names
    for number, one in enumerate(objects, start=1):
        yield number, [one.get(name, "") for name in names]


def _flat(value: Mapping[str, Any], before: str = "") -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, inner in value.items():
        if isinstance(inner, dict):
            cells.update(_flat(inner, f"{before}{key}."))
        elif not isinstance(inner, list):
            cells[before + key] = as_text(inner)
    return cells
