"""What was set aside, and why: for those who want to read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from connector.model import SetAside
from connector.store.database import Store
from connector.store.tables import table_of

_aside = table_of(SetAside)


@dataclass(frozen=True, slots=True)
class Reason:
    """A record that was set aside: its id, what a single read of it needs besides, and why, in the owner's language."""

    record_id: str
    locator: str | None
    reason: str


def reasons_since(store: Store, source_id: int, stream: str, *, since: int, limit: int) -> tuple[list[Reason], int]:
    """At most `limit` records set aside that were read from `since` on (microseconds UTC), and how many there are."""
    meant = (_aside.c.source_id == source_id, _aside.c.stream == stream, _aside.c.read_at >= since)
    with store.read() as connection:
        rows = connection.execute(
            select(_aside.c.record_id, _aside.c.locator, _aside.c.reason)
            .where(*meant)
            .order_by(func.length(_aside.c.locator), _aside.c.locator, _aside.c.record_id)
            .limit(limit)
        ).all()
        count = connection.scalar(select(func.count()).select_from(_aside).where(*meant))
    return [Reason(*row) for row in rows], int(count or 0)
