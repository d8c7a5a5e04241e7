"""What the figures need to know about the sources: their names, currencies, and how far each has been synced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from connector.errors import StreamNotOffered

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Sync:
    """How far one stream of a source has been synced: `until` is its last success, microseconds UTC, or never."""

    source_id: int
    stream: str
    until: int | None
    offered: bool = True  # false: the source's plan, role or key does not offer this stream


@dataclass(frozen=True)
class Shops:
    """The sources that have ever been synced."""

    names: dict[int, str]  # source_id -> the owner's name
    currencies: dict[int, str]  # source_id -> main currency, where known
    syncs: tuple[Sync, ...] = ()

    @property
    def ids(self) -> dict[str, int]:
        """Name -> source_id."""
        return {name: number for number, name in self.names.items()}


def read_shops(connection: Connection) -> Shops:
    """All sources and the state of their streams."""
    sources = connection.execute(text("SELECT id, name, currency FROM sources ORDER BY id")).all()
    states = connection.execute(
        text("SELECT source_id, stream, last_success_at, error_class FROM stream_states ORDER BY source_id, stream")
    ).all()
    return Shops(
        names={row[0]: row[1] for row in sources},
        currencies={row[0]: row[2] for row in sources if row[2]},
        syncs=tuple(
            Sync(row[0], row[1], row[2], row[3] != StreamNotOffered.__name__)
            for row in states
            if row[0] in {source[0] for source in sources}
        ),
    )


def read_conflicts(connection: Connection) -> frozenset[int]:
    """Persons with an e-mail that another account of the same source used too (`identity_conflict`)."""
    return frozenset(connection.execute(text("SELECT id FROM persons WHERE conflict")).scalars())
