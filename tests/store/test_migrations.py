"""Migrating an empty store gives what the model says; an old store is copied first, and migrated once."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from connector.simulation.clock import FakeClock
from connector.store import Store, migrations, open_store, versions
from connector.store.migrations import known_versions, settings, upgrade
from connector.store.tables import METADATA
from connector.store.versions import NEWEST, stored_version
from connector.store.write import save_page
from tests.store.shop import ORDERS, everything, normalise, order, rows, sqlite_url

STEP = '''"""A later step, for tests."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("mood", sa.Text(), server_default="calm", nullable=False))
        orders.alter_column("invoice_number", new_column_name="label")
    {more}
'''


def described(store: Store) -> dict[str, object]:
    """Every table with its columns, key and indexes, as the database tells it."""
    look = inspect(store.engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
            look.get_pk_constraint(table)["constrained_columns"],
            sorted(_index(index) for index in look.get_indexes(table)),
            sorted(str(unique["column_names"]) for unique in look.get_unique_constraints(table)),
        )
        for table in sorted(look.get_table_names())
    }


def _index(index: Mapping[str, Any]) -> str:
    condition = [str(value) for value in index.get("dialect_options", {}).values()]
    return f"{index['name']} {index['column_names']} {index['unique']} {condition}"


def test_migrating_gives_what_the_model_says(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest, clock: FakeClock
) -> None:
    if store.dialect == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
    else:
        server = request.getfixturevalue("postgresql_server")
        url = server.url(server.create())
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    with open_store(url, clock=clock, create=False) as migrated:
        assert described(migrated) == described(store)
        if store.dialect == "sqlite":
            sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            assert [(n, _plain(s)) for n, s in rows(migrated, sql)] == [(n, _plain(s)) for n, s in rows(store, sql)]


def _plain(sql: str) -> str:
    return re.sub(r"\s+", "", sql.replace('"', ""))


def test_the_newest_version_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(settings()).get_heads() == [NEWEST]
    assert NEWEST in known_versions()


def test_the_model_has_no_change_without_a_migration(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Pretends that the program has one more migration, from now on."""

    def later(more: str = "") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrations.__file__).parent, folder)
        (folder / "versions" / "9000_later.py").write_text(STEP.format(before=NEWEST, more=more))
        monkeypatch.setattr(migrations, "_HERE", folder)
        monkeypatch.setattr(versions, "NEWEST", "9000")

    return later


def fill(store: Store) -> None:
    save_page(
        store, 1, ORDERS, [order("7", more={"invoice_number": "R-7"}), order("8")], cursor="c", normalise=normalise
    )


def test_an_old_store_is_migrated_when_it_is_opened(
    new_store: Callable[[], Store], next_version: Callable[[], None]
) -> None:
    fill(new_store())
    next_version()
    store = new_store()
    assert stored_version(store) == "9000"
    assert rows(store, "SELECT order_id, label, mood FROM orders ORDER BY 1") == [
        ("7", "R-7", "calm"),
        ("8", None, "calm"),
    ]
    assert rows(store, "SELECT count(*) FROM order_lines") == [(2,)]


def test_the_store_as_it_was_is_kept_beside_it(
    tmp_path: Path, clock: FakeClock, next_version: Callable[[], None]
) -> None:
    with open_store(sqlite_url(tmp_path), clock=clock) as store:
        fill(store)
        before = everything(store)
    for n in range(4):
        (tmp_path / f"connector.db.before-0001-2020010{n}T000000000000Z").write_text("older")
    next_version()
    open_store(sqlite_url(tmp_path), clock=clock).close()
    copies = sorted(path.name for path in tmp_path.iterdir() if ".before-" in path.name)
    assert len(copies) == 3
    assert re.fullmatch(r"connector\.db\.before-9000-\d{8}T\d{12}Z", copies[-1])
    with sqlite3.connect(tmp_path / copies[-1]) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWEST,)
        assert copy.execute("SELECT count(*) FROM orders").fetchone() == (len(before["orders"]),)
    copy.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    new_store: Callable[[], Store], next_version: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store()
    fill(store)
    before, tables = everything(store), described(store)
    with monkeypatch.context():
        next_version('raise RuntimeError("the disk catches fire")')
        with pytest.raises(RuntimeError, match="fire"):
            new_store()
    assert described(store) == tables
    assert everything(store) == before
    with store.read() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == NEWEST


def test_two_that_open_an_old_store_at_once_migrate_it_once(
    new_store: Callable[[], Store], store_url: str, next_version: Callable[[], None]
) -> None:
    fill(new_store())
    next_version()
    opened: list[Store | BaseException] = []

    def opens() -> None:
        try:
            # A real clock: whoever waits for the lock of the other really waits.
            from connector.clock import SystemClock

            opened.append(open_store(store_url, clock=SystemClock()))
        except BaseException as error:
            opened.append(error)
            raise

    threads = [threading.Thread(target=opens) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in opened:
        assert isinstance(store, Store), store
        assert stored_version(store) == "9000"
        store.close()


def test_alembic_is_not_imported_for_a_store_of_the_present_version(tmp_path: Path) -> None:
    program = (
        "import sys; from connector.clock import SystemClock; from connector.store import open_store; "
        f"[open_store('sqlite:///{(tmp_path / 'x.db').as_posix()}', clock=SystemClock()).close() for _ in range(2)]; "
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'psycopg', 'polars')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
