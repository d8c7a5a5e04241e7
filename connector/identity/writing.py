"""Writes down who is who: persons, their aliases, the history, and the person of every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert, text

from connector.identity.partition import Group, Node
from connector.identity.reading import ALIASES, MARKS, Use, bound, pieces, within
from connector.identity.succession import Succession
from connector.model import Person, PersonChange

PERSONS: Table = Person.__table__  # type: ignore[attr-defined]
CHANGES: Table = PersonChange.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Move:
    """Rows that become another person's, or nobody's."""

    use: Use
    person_id: int | None


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
    values = [
        {"kind": kind, "source_id": source_id, "key": key, "person_id": person}
        for (kind, source_id, key), person in new.items()
        if old.get((kind, source_id, key)) != person
    ]
    if values:
        connection.execute(
            text(
                f"INSERT INTO {ALIASES} (kind, source_id, key, person_id) "
                "VALUES (:kind, :source_id, :key, :person_id) "
                "ON CONFLICT (kind, source_id, key) DO UPDATE SET person_id = excluded.person_id"
            ),
            values,
        )
    _delete(connection, ALIASES, old.keys() - new.keys())


def clear_marks(connection: Connection, nodes: Iterable[Node]) -> None:
    """These keys are resolved."""
    _delete(connection, MARKS, nodes)


def _delete(connection: Connection, table: str, nodes: Iterable[Node]) -> None:
    keys: dict[tuple[str, int], list[str]] = {}
    for kind, source_id, key in nodes:
        keys.setdefault((kind, source_id), []).append(key)
    statement = text(
        f"DELETE FROM {table} WHERE kind = :kind AND source_id = :source_id AND {within(connection, 'key')}"
    )
    for (kind, source_id), listed in keys.items():
        for piece in pieces(listed):
            connection.execute(statement, {"kind": kind, "source_id": source_id, "keys": bound(connection, piece)})


def move_rows(connection: Connection, moves: Iterable[Move]) -> None:
    """Set the person of rows, each use by the one index that finds it."""
    batches: dict[str, list[dict[str, object]]] = {}
    for use, person_id in ((move.use, move.person_id) for move in moves):
        values: dict[str, object] = {"person_id": person_id}
        if use.account_id is not None:
            condition = "source_id = :source_id AND account_id = :account_id"
            values |= {"source_id": use.source_id, "account_id": use.account_id}
        elif use.email_key is not None:
            condition = "email_key = :email_key AND account_id IS NULL"
            values["email_key"] = use.email_key
        else:
            condition = "account_id IS NULL AND email_key IS NULL"
        if use.person_id is None:
            condition += " AND person_id IS NULL"
        else:
            condition += " AND person_id = :was"
            values["was"] = use.person_id
        batches.setdefault(f"UPDATE {use.table} SET person_id = :person_id WHERE {condition}", []).append(values)
    for statement, listed in batches.items():
        unique = {tuple(values.values()): values for values in listed}
        connection.execute(text(statement), list(unique.values()))
