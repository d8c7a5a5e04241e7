"""The orders of each person in their order: by instant, and at the same instant by number (convention C3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, text

from connector.frames.counting import Counting

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

PERSONS = 500
"""Persons asked for in one query: below every database's limit of parameters."""


def in_turn(connection: Connection, orders: pl.DataFrame, counting: Counting) -> pl.DataFrame:
    """Dated orders (`person_id`, `at`) sorted by person and instant; those without a person come last.

    Numbers are read from the store only for the few persons with two orders at one instant. The rows must come in
    the order of the table's key and must be all counted orders of these persons.
    """
    import polars as pl

    orders = by_person(orders)
    same = (pl.col("person_id") == pl.col("person_id").shift()) & (pl.col("at") == pl.col("at").shift())
    tied = orders.select(later=same.fill_null(False)).select(
        (pl.col("later") | pl.col("later").shift(-1, fill_value=False)).alias("tied")
    )["tied"]
    if not tied.any():
        return orders
    places = tied.arg_true()
    rows = orders.select("person_id", "at")[places]
    ranked = _ranked(_numbers(connection, rows["person_id"].unique().sort().to_list(), counting), rows)
    index = pl.Series(range(orders.height), dtype=pl.Int64).scatter(places, places.gather(ranked).cast(pl.Int64))
    return orders[index]


def by_person(orders: pl.DataFrame) -> pl.DataFrame:
    """Orders sorted by person and instant, those without a person last; equal ones stay as they stood.

    Two stable sorts by one column each take half the time of one sort by two; the other columns are left out of them.
    `orders` is taken apart, so that one column at a time is held twice.
    """
    import polars as pl

    keys = orders.select("person_id", "at").with_row_index("place")
    in_time = keys if keys["at"].is_sorted() else keys.sort("at", maintain_order=True)
    places = in_time.sort("person_id", nulls_last=True, maintain_order=True)["place"]
    return pl.DataFrame([orders.drop_in_place(name).gather(places) for name in orders.columns])


def _ranked(read: list[tuple[Any, ...]], rows: pl.DataFrame) -> list[int]:
    """For each tied place the row that belongs there, both counted among the tied rows."""
    instants = set(rows.iter_rows())
    # In the frame tied rows stand by person, instant and key; so do these.
    tied = sorted((row for row in read if (row[0], row[1]) in instants), key=lambda row: row[:4])
    return sorted(
        range(len(tied)),
        key=lambda place: (*tied[place][:2], natural(tied[place][4] or tied[place][3]), *tied[place][2:4]),
    )


def _numbers(connection: Connection, persons: list[int], counting: Counting) -> list[tuple[Any, ...]]:
    """(person_id, at, source_id, order_id, number) of all counted orders of these persons."""
    counts, values = counting.counts()
    statement = text(
        f"SELECT o.person_id, {counting.day()}, o.source_id, o.order_id, o.number "
        f"FROM orders o WHERE o.person_id IN :persons AND {counts}"
    ).bindparams(bindparam("persons", expanding=True))
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(persons), PERSONS):
        asked = {**values, "persons": persons[start : start + PERSONS]}
        found += [tuple(row) for row in connection.execute(statement, asked)]
    return found


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which 9 comes before 10, and digits before letters."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in re.split(r"(\d+)", number) if piece
    )
