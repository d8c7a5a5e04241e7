"""What an exported table is made of: declared columns, and grids of rows that writers put down.

A row carries canonical values, whatever the file will be: money, quantities and rates as integer millionths, instants
as microseconds UTC, spans as seconds, days as `date`. Only a writer turns them into cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a column holds, and in which form a row carries it."""

    TEXT = "text"  # str
    LINK = "link"  # str: an address in the web
    INSTANT = "instant"  # int, microseconds UTC
    DAY = "day"  # datetime.date, a local calendar day
    MONEY = "money"  # int, millionths of the major unit
    COUNT = "count"  # int
    QUANTITY = "quantity"  # int, millionths
    FIGURE = "figure"  # int, float, or Decimal: an amount in major units already rounded to its currency's digits
    BOOL = "bool"  # bool
    RATE = "rate"  # a share 0..1: float
    PERCENT = "percent"  # int, a percentage in millionths: 19 % = 19_000_000
    DURATION = "duration"  # seconds: int or float


@dataclass(frozen=True)
class Column:
    """One column: the name machines read, what it holds, and how it is labelled.

    `label` is the key in the catalogue (default `column.NAME`), `words` fill its places. An amount's currency is
    either fixed (`currency`) or stands in another column of the row (`currency_in`).
    """

    name: str
    kind: Kind = Kind.TEXT
    label: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    currency: str | None = None
    currency_in: str = "currency"

    @property
    def label_key(self) -> str:
        """The key of the column's label."""
        return self.label or f"column.{self.name}"


Row = Sequence[Any]


@dataclass(frozen=True)
class Grid:
    """A table ready to be written: its name, its columns, and its rows, which can be walked once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
