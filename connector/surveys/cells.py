"""Cells as text, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

Row = tuple[int, list[str]]
"""The number of the line or row a record begins in, from 1, and its cells as text."""


def as_text(value: object) -> str:
    """A cell of a typed file as the text an export would have."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


def texts_of(values: Sequence[object]) -> list[str]:
    """All cells of a row as text."""
    return [as_text(value) for value in values]
