"""How a stored table becomes exported rows: a statement, and for each column what it reads and how that is turned.

Rows are streamed: SQLite gives them as its cursor steps, PostgreSQL through a server-side cursor, so memory does not
grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select

from connector.export.columns import Column, Grid, Kind, Row

CHUNK = 500
"""Rows fetched at a time."""

Turn = Callable[..., Any]


@dataclass(frozen=True)
class Field:
    """One exported column and where it comes from: SQL expressions, and where SQL does not suffice a pure function.

    Without `turn` there is exactly one source, and its value stands in the row as it is.
    """

    column: Column
    sources: tuple[ColumnElement[Any], ...]
    turn: Turn | None = None


def field(name: str, kind: Kind, *sources: ColumnElement[Any], turn: Turn | None = None, **more: Any) -> Field:
    """A field of the column `name`; `more` goes to the `Column`."""
    return Field(Column(name, kind, **more), sources, turn)


def joined(codes: str | None) -> str | None:
    """A stored JSON list of words as "a, b"; nothing where the list is empty."""
    if not codes:
        return None
    return ", ".join(str(code) for code in msgspec.json.decode(codes)) or None


def grid(name: str, connection: Connection, fields: Sequence[Field], statement: Select[Any]) -> Grid:
    """The rows of `statement` (which has FROM, WHERE and ORDER BY, but no columns) with the columns of `fields`."""
    return Grid(name, tuple(each.column for each in fields), _rows(connection, fields, statement))


def _rows(connection: Connection, fields: Sequence[Field], statement: Select[Any]) -> Iterator[Row]:
    places: dict[ColumnElement[Any], int] = {}  # what several fields read is asked for once
    plan = [(each.turn, [places.setdefault(source, len(places)) for source in each.sources]) for each in fields]
    labelled = [source.label(f"c{place}") for source, place in places.items()]
    plain = len(places) == len(fields) and all(turn is None for turn, _ in plan)
    result = connection.execute(statement.add_columns(*labelled), execution_options={"yield_per": CHUNK})
    try:
        for chunk in result.partitions():
            for row in chunk:
                if plain:
                    yield row
                else:
                    yield [row[at[0]] if turn is None else turn(*[row[place] for place in at]) for turn, at in plan]
    finally:
        result.close()
