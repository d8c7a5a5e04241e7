"""A few marks cost a few steps, however many orders there are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from connector.identity import IdentityRules, person_of_email
from connector.identity.reading import TABLES, by_index, indexed
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from tests.identity.naive import Row
from tests.identity.world import World

SCAN = re.compile(r"^SCAN (?!json_each|CONSTANT|[0-9]+ CONSTANT)(\w+)")
PREFIX = re.compile(r"^SEARCH (\w+) USING (?:PRIMARY KEY|COVERING INDEX \w+|INDEX \w+) \(source_id=\?\)$")


@pytest.fixture
def sqlite_world(tmp_path: Path) -> Iterator[World]:
    clock = FakeClock()
    with open_store(f"sqlite:///{tmp_path / 'connector.db'}", clock=clock) as store:
        yield World(store, clock)


@contextmanager
def statements_of(store: Store) -> Iterator[list[str]]:
    """Every statement that SQLite is given, values filled in."""
    heard: list[str] = []

    def listen(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(heard.append)

    def stop(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(None)

    event.listen(store.engine, "checkout", listen)
    event.listen(store.engine, "checkin", stop)
    yield heard
    event.remove(store.engine, "checkout", listen)
    event.remove(store.engine, "checkin", stop)


def plans(store: Store, statements: list[str]) -> list[tuple[str, str]]:
    """The steps of SQLite's plan for each statement that reads or writes rows."""
    steps = []
    with store.read() as connection:
        for statement in statements:
            if statement.split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}:
                found = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement.replace("%", "%%"))
                steps += [(statement, row[3]) for row in found]
    return steps


def test_marked_keys_are_resolved_without_walking_through_any_table(sqlite_world: World) -> None:
    world = sqlite_world
    for number in range(30):
        world.order(
            str(number), f"p{number % 7}@x.test", account=str(number % 5) if number % 2 else None, name=f"N{number}"
        )
        world.put(Row("conversations", 2, str(number), None, f"p{number % 9}@x.test"))
    world.account("1", "p1@x.test")
    world.resolve()
    world.order("0", "p8@x.test", created_at=1)
    world.order("1", "p1@x.test", account="1", created_at=1)
    world.put(Row("conversations", 2, "3", "9", "p2@x.test"))
    with statements_of(world.store) as heard:
        outcome = world.resolve(IdentityRules())
        person_of_email(world.store, "p1@x.test")
    assert outcome.changed_rows > 0
    assert any(statement.startswith("UPDATE orders") for statement in heard)
    # A table that lacks an index on accounts or e-mails is asked once whether it has any, and then left alone.
    unindexed = {
        f"SELECT 1 FROM {name} WHERE {columns[-1]} IS NOT NULL LIMIT 1"
        for name in TABLES
        for columns in (("email_key",), ("source_id", "account_id"))
        if not indexed(name, *columns)
    }
    walks = [
        (statement, step)
        for statement, step in plans(world.store, heard)
        if (SCAN.match(step) or PREFIX.match(step))
        and statement not in unindexed
        # The marks themselves are read in the order of their key, from where the last batch ended.
        and "FROM identity_marks" not in statement
    ]
    assert walks == []


def test_orders_are_found_by_every_index_that_is_needed() -> None:
    for columns in (("email_key",), ("source_id", "account_id"), ("person_id",)):
        for name in ("orders", "conversations"):
            assert indexed(name, *columns)


def test_a_plan_is_only_prescribed_to_sqlite(store: Store) -> None:
    with store.read() as connection:
        told = by_index(connection, "orders", "source_id", "account_id")
    assert told == ("orders INDEXED BY ix_orders_account" if store.dialect == "sqlite" else "orders")
