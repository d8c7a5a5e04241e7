"""How far the data reach: what the "about" sheet says of each source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from connector.export.stored import stored
from connector.model import Source, StreamState

_sources, _states = stored(Source), stored(StreamState)


@dataclass(frozen=True, slots=True)
class StreamAge:
    """One stream of a source: when it last succeeded, and since when it fails (microseconds UTC)."""

    source: str
    adapter: str
    stream: str
    last_success_at: int | None
    failing_since: int | None


def stream_ages(connection: Connection) -> Sequence[StreamAge]:
    """Every stream that was ever synced, by source and name."""
    rows = connection.execute(
        select(
            _sources.c.name,
            _sources.c.adapter,
            _states.c.stream,
            _states.c.last_success_at,
            _states.c.failing_since,
        )
        .join_from(_sources, _states, _states.c.source_id == _sources.c.id)
        .order_by(_sources.c.name, _states.c.stream)
    )
    return [StreamAge(*row) for row in rows]
