"""Which version the stored tables are of, and how they come to the newest.

The version is the migration's name in the table `alembic_version`. Reading it is one cheap query; Alembic itself is
imported only where there is something to migrate. A new store is made straight from the tables' definition and marked
with the newest version, which is the same as migrating an empty one (a test holds the two against each other).
"""

from __future__ import annotations

import logging
from contextlib import suppress

from sqlalchemy import Connection, text

from connector.errors import StoreError
from connector.messages.store import texts
from connector.store.copies import copy_aside
from connector.store.database import Store
from connector.store.locks import held
from connector.store.tables import METADATA

NEWEST = "0001"
"""The last migration in `migrations/versions`."""

_LOCK = "migration"
_log = logging.getLogger("connector.store")


def prepare(store: Store, *, create: bool) -> None:
    """Bring the store's tables to the newest version; create them where there are none and `create` says so.

    Raises `StoreError`: no store yet, another program's database, newer than this program, not usable.
    """
    if store.path and not create and not store.path.exists():
        # Looking inside would create the file.
        raise StoreError(texts("absent", name=store.name), texts("absent_advice"))
    if store.path:
        with suppress(OSError):  # where it cannot be made, opening it says why
            # Customers are in it: it is for its owner alone, and so is the log that SQLite lays beside it.
            store.path.touch(mode=0o600, exist_ok=False)
    if stored_version(store) == NEWEST:
        return
    with held(store, _LOCK, wait=True):
        # Another process may have done it while we waited.
        version = stored_version(store)
        if version == NEWEST:
            return
        if version is not None:
            _migrate(store, version)
        elif create:
            _create(store)
        else:
            raise StoreError(texts("absent", name=store.name), texts("absent_advice"))


def stored_version(store: Store) -> str | None:
    """The version of the stored tables; None where there are no tables. Raises `StoreError`."""
    with store.read() as connection:
        present = _present_tables(store, connection)
        ours = present & set(METADATA.tables)
        if "alembic_version" in present and "raw_records" in ours:
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    if ours or "alembic_version" in present or (present and store.dialect == "sqlite"):
        raise StoreError(texts("foreign", name=store.name), texts("foreign_advice"))
    return None


def _present_tables(store: Store, connection: Connection) -> set[str]:
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    }
    return set(connection.scalars(text(sql[store.dialect])))


def _create(store: Store) -> None:
    with store.write() as connection:
        METADATA.create_all(connection, checkfirst=False)
        # As Alembic would have made it.
        connection.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
        connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": NEWEST})


def _migrate(store: Store, version: str) -> None:
    from connector.store.migrations import known_versions, upgrade

    if version not in known_versions():
        raise StoreError(
            texts("newer", name=store.name, version=version),
            texts("newer_advice"),
        )
    if store.path:
        copy = copy_aside(store, f"before-{NEWEST}")
        _log.info("%s", texts("migrated_copy", copy=copy))
    # One transaction for all steps: killed in the middle, the store is as it was. Foreign keys are off on every
    # connection of ours; with them on, a batch alteration would cascade through all children.
    with store.write() as connection:
        upgrade(connection)
