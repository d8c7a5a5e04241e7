"""What the figures need to know about the sources: their names, currencies, and how far each has been synced."""

from __future__ import annotations

from collections.abc import Collection
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


@dataclass(frozen=True, slots=True)
class Known:
    """How far some streams are known.

    `until` is the last success of the one that is furthest behind, microseconds UTC; `unfinished` are the names of
    the sources whose first sync is not finished.
    """

    until: int | None = None
    unfinished: tuple[str, ...] = ()


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

    def known(self, streams: Collection[str], sources: Collection[object] | None = None) -> Known:
        """How far these streams have been synced, of all sources that have them or of some."""
        syncs = [
            sync
            for sync in self.syncs
            if sync.stream in streams and sync.offered and (sources is None or sync.source_id in sources)
        ]
        return Known(
            min((sync.until for sync in syncs if sync.until is not None), default=None),
            tuple(sorted({self.names[sync.source_id] for sync in syncs if sync.until is None})),
        )


def read_shops(connection: Connection) -> Shops:
    """All sources and the state of their streams."""
    sources = connection.execute(text("SELECT id, name, currency FROM sources ORDER BY id")).all()
    states = connection.execute(
        text("SELECT source_id, stream, last_success_at, error_class FROM stream_states ORDER BY source_id, stream")
    ).all()
    names = {row[0]: row[1] for row in sources}
    return Shops(
        names=names,
        currencies={row[0]: row[2] for row in sources if row[2]},
        syncs=tuple(
            Sync(row[0], row[1], row[2], row[3] != StreamNotOffered.__name__) for row in states if row[0] in names
        ),
    )


def read_conflicts(connection: Connection) -> frozenset[int]:
    """Persons with an e-mail that another account of the same source used too (`identity_conflict`)."""
    return frozenset(connection.execute(text("SELECT id FROM persons WHERE conflict")).scalars())
