"""Finds the rows of a use again, and gives them another person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from connector.identity.reading import Use, by_index
from connector.identity.relinking import mark_links
from connector.store.statements import Batch, place

_ARRAYS = {"source_id": "bigint", "person_id": "bigint", "account_id": "text", "email_key": "text"}


class Condition(NamedTuple):
    """Which rows of a table: columns that equal given values, and columns that are null."""

    equal: tuple[str, ...]
    null: tuple[str, ...]
    search: tuple[str, ...]  # the columns whose index finds them in the fewest steps


def condition_of(use: Use) -> tuple[Condition, tuple[Any, ...]]:
    """The condition that finds the rows of a use, and its values.

    By account where there is one. Else rows that are somebody's are found by the person: their e-mail, if it became
    nobody's own, may have as many rows as the shop has orders. And rows that are nobody's are found by e-mail: on the
    first run that is every row. Rows of other uses that the same account or e-mail decides about may be among them.
    """
    was: tuple[Any, ...] = () if use.person_id is None else (use.person_id,)
    person, nobody = (("person_id",), ()) if was else ((), ("person_id",))
    if use.account_id is not None:
        account = ("source_id", "account_id")
        return Condition((*account, *person), nobody, account), (use.source_id, use.account_id, *was)
    if use.email_key is None:
        return Condition(person, ("account_id", "email_key", *nobody), ("person_id",)), was
    index = person or ("email_key",)
    return Condition(("email_key", *person), ("account_id", *nobody), index), (use.email_key, *was)


def where(connection: Connection, condition: Condition) -> str:
    """The condition as SQL with the driver's places for its values."""
    parts = [f"{column} = {place(connection.dialect.name)}" for column in condition.equal]
    return " AND ".join([*parts, *(f"{column} IS NULL" for column in condition.null)])


def move_rows(connection: Connection, moves: Iterable[tuple[Use, int | None]]) -> None:
    """Give the rows of each use another person, or none; mark whom it concerns which order a conversation is about."""
    moves = list(moves)
    mark_links(connection, moves)
    batches: dict[tuple[str, Condition], dict[tuple[Any, ...], int | None]] = {}
    for use, person_id in moves:
        condition, values = condition_of(use)
        # Uses that differ only in what the condition does not look at are one change.
        batches.setdefault((use.table, condition), {})[values] = person_id
    for (table, condition), changes in batches.items():
        statement = _update(connection.dialect.name, by_index(connection, table, *condition.search), condition)
        statement.send(connection, [(person_id, *values) for values, person_id in changes.items()])


@cache
def _update(dialect: str, table: str, condition: Condition) -> Batch:
    null = [f"{column} IS NULL" for column in condition.null]
    if dialect == "sqlite":
        found = " AND ".join([*(f"{column} = ?" for column in condition.equal), *null])
        return Batch(f"UPDATE {table} SET person_id = ? WHERE {found}", False)
    found = " AND ".join([*(f"{table}.{column} = moves.{column}" for column in condition.equal), *null])
    arrays = ", ".join(f"%s::{_ARRAYS[column]}[]" for column in ("person_id", *condition.equal))
    names = ", ".join(("becomes", *condition.equal))
    sql = f"UPDATE {table} SET person_id = moves.becomes FROM unnest({arrays}) AS moves ({names}) WHERE {found}"
    return Batch(sql, True, tuple(range(1, 1 + len(condition.equal))))
