"""A store is created, recognised, migrated or refused, always with a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from connector.errors import SettingsError, StoreError
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from connector.store.tables import METADATA
from connector.store.versions import NEWEST, stored_version


def test_a_new_store_has_all_tables_and_the_newest_version(store: Store) -> None:
    assert stored_version(store) == NEWEST
    with store.read() as connection:
        for table in METADATA.tables:
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_what_is_written_is_there_for_the_next_to_open_it(new_store: Callable[[], Store]) -> None:
    first = new_store()
    with first.write() as connection:
        connection.execute(text("INSERT INTO person_changes (at, kind, person_id, other_id) VALUES (1, 'merge', 2, 3)"))
    with new_store().read() as connection:
        assert connection.scalar(text("SELECT other_id FROM person_changes")) == 3


def test_a_block_left_by_an_exception_writes_nothing(store: Store) -> None:
    def fails() -> None:
        with store.write() as connection:
            connection.execute(text("INSERT INTO person_changes (at, kind, person_id, other_id) VALUES (1, 'x', 2, 3)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM person_changes")) == 0


def test_a_read_sees_one_instant_while_others_write(store: Store) -> None:
    with store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM person_changes")) == 0
        with store.write() as other:
            other.execute(text("INSERT INTO person_changes (at, kind, person_id, other_id) VALUES (1, 'x', 2, 3)"))
        assert connection.scalar(text("SELECT count(*) FROM person_changes")) == 0


def test_all_numbers_hold_64_bits(store: Store) -> None:
    big = 2**62
    with store.write() as connection:
        connection.execute(
            text("INSERT INTO sources (id, name, adapter, url, created_at) VALUES (:big, 'a', 'b', 'c', :big)"),
            {"big": big},
        )
        assert connection.scalar(text("SELECT id FROM sources")) == big


def test_a_relative_file_is_meant_from_base(tmp_path: Path, clock: FakeClock) -> None:
    with open_store("sqlite:///shop.db", clock=clock, base=tmp_path) as store:
        assert store.path == tmp_path / "shop.db"
    assert (tmp_path / "shop.db").exists()


def refused(url: str, **more: object) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(url, clock=FakeClock(), **more)  # type: ignore[arg-type]
    assert caught.value.exit_code == 4
    assert caught.value.advice
    for language in ("en", "de"):
        assert caught.value.message.render(language)
        assert caught.value.advice.render(language)
    return caught.value


def test_no_store_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    error = refused(f"sqlite:///{tmp_path}/x.db", create=False)
    assert "no store" in str(error)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("content", [b"This is a letter. " * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_junk_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert refused(f"sqlite:///{path}").message.key == "junk"
    assert path.read_bytes() == content


def test_a_store_damaged_in_the_middle_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_store(f"sqlite:///{path}", clock=FakeClock()).close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    assert refused(f"sqlite:///{path}").message.key == "junk"


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    assert refused(f"sqlite:///{path}").message.key == "foreign"
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    other.close()


def test_a_store_of_a_newer_version_is_refused(new_store: Callable[[], Store], store_url: str) -> None:
    with new_store().write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    error = refused(store_url)
    assert error.message.key == "newer"
    assert "9999" in str(error)
    assert "upgrade" in str(error.advice)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in str(refused(f"sqlite:///{tmp_path}/none/x.db"))


def test_a_place_where_nobody_may_write(tmp_path: Path) -> None:
    place = Path("/proc")
    if not place.is_dir():
        pytest.skip("no /proc on this system, where even root may not create a file")
    assert refused(f"sqlite:///{place}/x.db").message.key == "unwritable"


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert refused(f"sqlite:///{tmp_path}").message.key == "unwritable"


def test_a_locked_file_is_waited_for_and_then_named(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(f"sqlite:///{path}", clock=FakeClock(), patience=0.05) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught, store.write():
            pass
        other.close()
        assert caught.value.message.key == "locked"
        with store.write():
            pass


@pytest.mark.parametrize("url", ["mysql://ada:geheim@host/x", "sqlite://", "sqlite:///:memory:", "geheim geheim"])
def test_an_address_of_no_known_kind_is_a_settings_error_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        open_store(url, clock=FakeClock())
    assert caught.value.exit_code == 2
    assert "geheim" not in str(caught.value)


def test_a_server_that_does_not_answer_without_the_password(tmp_path: Path) -> None:
    error = refused("postgresql+psycopg://ada:geheim@127.0.0.1:1/shop")
    assert error.message.key == "pg_unreachable"
    assert "127.0.0.1:1/shop" in str(error)
    told = f"{error!r} {error} {error.__cause__!r} {error.__cause__}"
    assert "geheim" not in told


@pytest.mark.postgresql
def test_a_database_that_is_not_there(postgresql_server: object) -> None:
    error = refused(postgresql_server.url("nowhere"))  # type: ignore[attr-defined]
    assert error.message.key == "pg_no_database"


@pytest.mark.postgresql
def test_a_user_that_is_not_known(postgresql_server: object) -> None:
    url = postgresql_server.url("template1").replace("postgres:", "ada:geheim")  # type: ignore[attr-defined]
    error = refused(url)
    assert error.message.key == "pg_login"
    assert "geheim" not in f"{error!r} {error.__cause__}"


def test_the_driver_for_postgresql_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    error = refused("postgresql://ada:geheim@127.0.0.1/shop")
    assert "shop-connector[postgresql]" in str(error.advice)
