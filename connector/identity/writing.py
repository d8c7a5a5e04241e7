"""Writes down who is who: persons, their aliases and their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, insert, text

from connector.identity.partition import Group, Node
from connector.identity.reading import bound, pieces, within
from connector.identity.succession import Succession
from connector.model import IdentityMark, Person, PersonAlias, PersonChange
from connector.store.statements import delete, upsert

PERSONS: Table = Person.__table__  # type: ignore[attr-defined]
CHANGES: Table = PersonChange.__table__  # type: ignore[attr-defined]
KEY = ("kind", "source_id", "key")


def write_persons(connection: Connection, groups: Sequence[Group], succession: Succession, now: int) -> list[int]:
    """Persons and their history; answers the id of each group. `now`: microseconds UTC."""
    fresh = {"created_at": now, "merged_into": None, "conflict": False}
    new = [place for place, person in enumerate(succession.ids) if person is None]
    born: list[int] = []
    if new:
        made = connection.execute(insert(PERSONS).returning(PERSONS.c.id), [fresh] * len(new))
        born = sorted(made.scalars())
    births = iter(born)
    ids = [person if person is not None else next(births) for person in succession.ids]
    _write_conflicts(connection, {person: group.conflict for person, group in zip(ids, groups, strict=True)})
    if succession.merged:
        connection.execute(
            text("UPDATE persons SET merged_into = :stays WHERE id = :person"),
            [{"person": person, "stays": stays} for person, stays in succession.merged.items()],
        )
    changes = [("merge", stays, person) for person, stays in succession.merged.items()]
    changes += [("split", succession.merged.get(person, person), ids[place]) for person, place in succession.split]
    if changes:
        connection.execute(
            insert(CHANGES),
            [{"at": now, "kind": kind, "person_id": stays, "other_id": other} for kind, stays, other in changes],
        )
    return ids


def _write_conflicts(connection: Connection, conflicts: Mapping[int, bool]) -> None:
    known: dict[int, bool] = {}
    statement = text(f"SELECT id, conflict FROM persons WHERE {within(connection, 'id', 'bigint')}")
    for piece in pieces(conflicts):
        rows = connection.execute(statement, {"keys": bound(connection, piece)})
        known.update((person, bool(conflict)) for person, conflict in rows)
    changed = [
        {"person": person, "conflict": conflict}
        for person, conflict in conflicts.items()
        if known.get(person, conflict) != conflict
    ]
    if changed:
        connection.execute(text("UPDATE persons SET conflict = :conflict WHERE id = :person"), changed)


def write_aliases(connection: Connection, old: Mapping[Node, int], new: Mapping[Node, int]) -> None:
    """Bring the aliases of a closure from `old` to `new`."""
    dialect = connection.dialect.name
    changed = [(*node, person) for node, person in new.items() if old.get(node) != person]
    upsert(dialect, PersonAlias, (*KEY, "person_id")).send(connection, changed)
    delete(dialect, PersonAlias, KEY).send(connection, list(old.keys() - new.keys()))


def clear_marks(connection: Connection, nodes: Iterable[Node]) -> None:
    """These keys are resolved."""
    delete(connection.dialect.name, IdentityMark, KEY).send(connection, list(nodes))
