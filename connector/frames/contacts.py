"""When each person first wrote: the earliest conversation that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

_FIRST = text(
    "SELECT person_id, MIN(created_at) FROM conversations WHERE countable AND gone_at IS NULL "
    "AND person_id IS NOT NULL AND created_at IS NOT NULL GROUP BY person_id ORDER BY person_id"
)


def read_first_contacts(connection: Connection) -> pl.DataFrame:
    """`person_id` and `start_at` (microseconds UTC) of each person's first counted conversation, in any channel."""
    import polars as pl

    rows = connection.execute(_FIRST).all()
    persons, instants = ([row[place] for row in rows] for place in (0, 1))
    return pl.DataFrame({"person_id": persons, "start_at": instants}, schema=dict.fromkeys(_COLUMNS, pl.Int64))


_COLUMNS = ("person_id", "start_at")
