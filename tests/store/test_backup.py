"""A backup is whole whatever goes on meanwhile, and comes back into either database."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connector.errors import SourceBusy, StoreError, UsageError
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from connector.store import backup as backup_module
from connector.store.backup import backup, restore
from connector.store.locks import source_lock
from connector.store.runs import start_run
from connector.store.state import ensure_source
from connector.store.write import save_page
from tests.store.shop import ORDERS, change, everything, normalise, order, rows, sqlite_url


def fill(store: Store, *ids: str) -> None:
    number = ensure_source(store, "main-shop", adapter="a", url="u")
    start_run(store, number, "orders", kind="sync", at=1)
    page = [order(id_, email=f"{id_}@x", name="Ä😀", lines=("1", "2")) for id_ in ids]
    save_page(store, number, ORDERS, [*page, order("bad", fail="badly")], cursor=ids[-1], normalise=normalise)


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(backup_module, "ROWS", 2)
    fill(store, "1", "2", "3")
    change(store, "INSERT INTO persons (id, created_at, conflict) VALUES (40, 1, true)")
    return store


def test_a_backup_is_a_store_with_the_same_content(filled: Store, tmp_path: Path, clock: FakeClock) -> None:
    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    backup(filled, target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    with open_store(f"sqlite:///{target}", clock=clock, create=False) as copy:
        assert everything(copy) == everything(filled)


def test_it_comes_back_into_a_store_that_is_lost(
    filled: Store, tmp_path: Path, clock: FakeClock, postgresql_or_sqlite: str
) -> None:
    backup(filled, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", postgresql_or_sqlite, clock=clock) is None
    with open_store(postgresql_or_sqlite, clock=clock, create=False) as back:
        assert everything(back) == everything(filled)
        # Numbers go on after those that came back.
        assert ensure_source(back, "outlet", adapter="a", url="u") > 1
        change(back, "INSERT INTO persons (created_at, conflict) VALUES (1, true)")
        assert rows(back, "SELECT max(id) FROM persons") == [(41,)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def postgresql_or_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store that does not exist yet."""
    if request.param == "sqlite":
        (tmp_path / "new").mkdir()
        yield sqlite_url(tmp_path / "new")
        return
    server = request.getfixturevalue("postgresql_server")
    database = server.create()
    yield server.url(database)
    server.drop(database)


def test_it_replaces_a_present_store_and_copies_it_aside(
    filled: Store, store_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    backup(filled, tmp_path / "copy.db")
    saved = everything(filled)
    fill(filled, "8", "9")
    later = everything(filled)
    aside = restore(tmp_path / "copy.db", store_url, clock=clock, base=tmp_path)
    # The open store sees the content of the backup at once.
    assert everything(filled) == saved | {"runs": everything(filled)["runs"]}
    assert aside is not None
    assert "before-restore" in aside.name
    with open_store(f"sqlite:///{aside}", clock=clock) as copy:
        own = ["runs", "backups"]  # the copy notes itself
        assert everything(copy, without=own) == {key: value for key, value in later.items() if key not in own}


def test_nothing_is_restored_over_a_sync(filled: Store, store_url: str, tmp_path: Path, clock: FakeClock) -> None:
    backup(filled, tmp_path / "copy.db")
    before = everything(filled)
    with source_lock(filled, "main-shop"), pytest.raises(SourceBusy):
        restore(tmp_path / "copy.db", store_url, clock=clock, base=tmp_path)
    assert everything(filled, without=["runs"]) == {key: value for key, value in before.items() if key != "runs"}


def test_a_damaged_store_is_put_aside_and_replaced(tmp_path: Path, clock: FakeClock) -> None:
    with open_store(sqlite_url(tmp_path), clock=clock) as store:
        fill(store, "1")
        backup(store, tmp_path / "copy.db")
        saved = everything(store)
    (tmp_path / "connector.db").write_bytes(b"junk" * 5000)
    aside = restore(tmp_path / "copy.db", sqlite_url(tmp_path), clock=clock)
    assert aside is not None
    assert aside.read_bytes() == b"junk" * 5000
    with open_store(sqlite_url(tmp_path), clock=clock) as store:
        assert everything(store) == saved


def test_a_backup_while_others_write_is_of_one_instant(
    new_store: Callable[[], Store], tmp_path: Path, clock: FakeClock
) -> None:
    store, other = new_store(), new_store()
    done = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if done.is_set():
                return
            save_page(other, 1, ORDERS, [order(str(number))], cursor=str(number), normalise=normalise)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(store, tmp_path / f"copy-{number}.db")
    finally:
        done.set()
        writer.join()
    for number in range(3):
        with open_store(f"sqlite:///{tmp_path / f'copy-{number}.db'}", clock=clock) as copy:
            ((count,),) = rows(copy, "SELECT count(*) FROM orders")
            cursors = rows(copy, "SELECT cursor FROM stream_states")
            assert cursors == ([(str(count - 1),)] if count else [])


def test_an_older_backup_is_replaced_and_another_file_is_not(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup(filled, target)
    backup(filled, target)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    for path in (letter, foreign):
        before = path.read_bytes()
        with pytest.raises(UsageError, match="no backup"):
            backup(filled, path)
        assert path.read_bytes() == before
    with pytest.raises(UsageError, match="folder"):
        backup(filled, tmp_path)
    with pytest.raises(StoreError, match="cannot be written"):
        backup(filled, tmp_path / "none" / "copy.db")


def test_the_store_is_no_place_for_its_own_backup(tmp_path: Path, clock: FakeClock) -> None:
    with open_store(sqlite_url(tmp_path), clock=clock) as store, pytest.raises(UsageError, match="itself"):
        backup(store, tmp_path / "connector.db")


def test_what_is_no_backup_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(UsageError, match="no file"):
        restore(tmp_path / "none.db", sqlite_url(tmp_path), clock=clock)
    (tmp_path / "letter.db").write_text("Dear Ada" * 1000)
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path / "letter.db", sqlite_url(tmp_path), clock=clock)
    with open_store(f"sqlite:///{tmp_path / 'newer.db'}", clock=clock) as store:
        change(store, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        restore(tmp_path / "newer.db", sqlite_url(tmp_path), clock=clock)
    assert not (tmp_path / "connector.db").exists()
    with pytest.raises(StoreError, match="does not exist"):
        restore(tmp_path / "newer.db", sqlite_url(tmp_path / "none"), clock=clock)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that nobody, not even root, may write to")
def test_a_folder_where_nothing_can_be_put_is_a_sentence(tmp_path: Path, clock: FakeClock) -> None:
    with open_store(sqlite_url(tmp_path), clock=clock) as store:
        backup(store, tmp_path / "copy.db")
    with pytest.raises(StoreError, match="/proc cannot be written"):
        restore(tmp_path / "copy.db", "sqlite:////proc/connector.db", clock=clock)
