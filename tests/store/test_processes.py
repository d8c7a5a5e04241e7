"""What other processes, kills and full disks do to a store."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import SourceBusy, StoreError
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store
from connector.store.locks import source_lock
from connector.store.write import save_page
from tests.store.shop import ORDERS, normalise, order, rows, sqlite_url

ROOT = Path(__file__).parents[2]

START = """
import sys
from connector.clock import SystemClock
from connector.store import open_store
from connector.store.locks import source_lock
from connector.store.write import save_page
from tests.store.shop import ORDERS, normalise, order
store = open_store(sys.argv[1], clock=SystemClock())
"""

WRITES_FOR_EVER = (
    START
    + """
first = int(sys.argv[2])
for page in range(first, 10**9):
    records = [order(str(page * 10 + n), page + 1, lines=("1", "2"), email=f"{n}@x") for n in range(10)]
    if page:
        records.append(order(str(page * 10 - 1), page + 1, lines=("3",), total=99))
    save_page(store, 1, ORDERS, records, cursor=str(page), normalise=normalise)
    print(page, flush=True)
"""
)


def run(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process of this program."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def consistent(store: Store) -> int:
    """Check that every page is there whole, up to the cursor and no further; the number of pages."""
    (cursor,) = rows(store, "SELECT cursor FROM stream_states") or [(None,)]
    pages = 0 if cursor[0] is None else int(cursor[0]) + 1
    assert rows(store, "SELECT count(*) FROM orders") == [(pages * 10,)]
    assert rows(store, "SELECT count(*) FROM raw_records") == [(pages * 10,)]
    replaced = max(pages - 1, 0)
    assert rows(store, "SELECT count(*) FROM order_lines WHERE line_id = '3'") == [(replaced,)]
    assert rows(store, "SELECT count(*) FROM order_lines") == [(pages * 20 - replaced,)]
    return pages


def test_killed_at_any_instant_a_page_is_there_whole_or_not_at_all(
    new_store: Callable[[], Store], store_url: str
) -> None:
    store = new_store()
    chance = random.Random(7)
    pages = 0
    for _ in range(3):
        with run(WRITES_FOR_EVER, store_url, str(pages)) as process:
            assert process.stdout is not None
            # Let it get going, then kill it at an instant that no page's end decides.
            told = [int(process.stdout.readline()) for _ in range(3)]
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.0, 0.15))
            process.kill()
            told += [int(line) for line in process.stdout.read().split()]
        pages = consistent(store)
        assert pages >= told[-1] + 1, "what was reported as saved is there"
    if store.dialect == "sqlite":
        assert rows(store, "PRAGMA integrity_check") == [("ok",)]


def test_two_processes_write_to_one_store_side_by_side(new_store: Callable[[], Store], store_url: str) -> None:
    program = (
        START
        + """
for page in range(40):
    save_page(store, int(sys.argv[2]), ORDERS, [order(str(page), email="a@x")], cursor=str(page), normalise=normalise)
"""
    )
    with run(program, store_url, "1") as one, run(program, store_url, "2") as other:
        assert [one.wait(60), other.wait(60)] == [0, 0]
    store = new_store()
    assert rows(store, "SELECT source_id, count(*) FROM orders GROUP BY 1 ORDER BY 1") == [(1, 40), (2, 40)]
    assert rows(store, "SELECT cursor FROM stream_states") == [("39",), ("39",)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_a_lock_dies_with_its_process(new_store: Callable[[], Store], store_url: str) -> None:
    store = new_store()
    hold = "\nwith source_lock(store, 'main-shop'):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    with run(START + hold, store_url) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SourceBusy), source_lock(store, "main-shop"):
            pass
        holder.kill()
    for _ in range(100):
        # The database server notices the death of its client in its own time.
        try:
            with source_lock(store, "main-shop"):
                return
        except SourceBusy:
            subprocess.run([sys.executable, "-c", "import time; time.sleep(0.05)"], check=True)
    pytest.fail("the lock outlived its process")


def test_a_full_disk_in_mid_write_is_a_sentence_and_harms_nothing(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="no file size limits on this system")
    program = (
        START
        + """
import resource
from connector.errors import StoreError
limit = 600_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
page = -1
try:
    for page in range(10_000):
        records = [order(str(page * 10 + n), 1, text="x" * 200, lines=("1", "2")) for n in range(10)]
        save_page(store, 1, ORDERS, records, cursor=str(page), normalise=normalise)
except StoreError as error:
    print(error.exit_code, error.message.key, page, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    # With room made, the same process goes on.
    save_page(store, 1, ORDERS, records, cursor=str(page), normalise=normalise)
    print("went on")
"""
    )
    done = subprocess.run(
        [sys.executable, "-c", program, sqlite_url(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    code, key, page, _ = first.split(" ", 3)
    assert (code, second) == ("4", "went on")
    assert key in ("io", "full")
    with open_store(sqlite_url(tmp_path), clock=FakeClock()) as store:
        assert rows(store, "SELECT cursor FROM stream_states") == [(page,)]
        assert rows(store, "SELECT count(*) FROM orders") == [((int(page) + 1) * 10,)]
        assert rows(store, "PRAGMA integrity_check") == [("ok",)]


def test_a_read_only_folder_is_a_sentence(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("whoever runs this may write everywhere")
    open_store(sqlite_url(tmp_path), clock=FakeClock()).close()
    (tmp_path / "connector.db").chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(StoreError) as caught:
            open_store(sqlite_url(tmp_path), clock=FakeClock())
        assert caught.value.message.key == "unwritable"
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_a_file_that_may_only_be_read_is_a_sentence(tmp_path: Path) -> None:
    """As a user who may not write would see it; root is stopped by SQLite's own read-only mode."""
    with open_store(sqlite_url(tmp_path), clock=FakeClock()) as store:

        def read_only() -> None:
            with store.write() as connection:
                connection.exec_driver_sql("CREATE TABLE more (x)")

        from sqlalchemy import event

        event.listen(store.engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))
        with pytest.raises(StoreError) as caught:
            read_only()
        assert caught.value.message.key == "unwritable"


def test_a_file_that_is_damaged_in_the_middle(tmp_path: Path) -> None:
    with open_store(sqlite_url(tmp_path), clock=FakeClock()) as store:
        page = [order(str(n), text="x" * 500) for n in range(300)]
        save_page(store, 1, ORDERS, page, cursor=None, normalise=normalise)
    path = tmp_path / "connector.db"
    content = bytearray(path.read_bytes())
    for at in range(8192, len(content) - 4096, 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)

    def read_all() -> None:
        with open_store(sqlite_url(tmp_path), clock=FakeClock()) as store:
            rows(store, "SELECT count(payload) FROM raw_records")

    with pytest.raises(StoreError) as caught:
        read_all()
    assert caught.value.message.key == "junk"
    assert "restore" in str(caught.value.advice)


def test_the_program_brings_one_sqlite_library() -> None:
    """A second copy in one process would cancel the first one's file locks."""
    program = (
        START.replace("open_store(sys.argv[1], clock=SystemClock())", "None")
        + "\nprint([name for name in sys.modules if name.split('.')[0] in "
        "('apsw', 'duckdb', 'adbc_driver_sqlite', 'connectorx', 'pysqlite3')])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert sqlite3.sqlite_version_info >= (3, 35)
