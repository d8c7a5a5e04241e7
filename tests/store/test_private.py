"""The store holds customers' names and addresses: its files are for their owner alone."""

from __future__ import annotations

import os
import stat

import pytest

from connector.store import open_store
from connector.store.backup import backup

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_store_and_its_backup_are_readable_by_their_owner_alone(tmp_path, clock):
    store = open_store(f"sqlite:///{tmp_path / 'connector.db'}", clock=clock)
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM runs")
    backup(store, tmp_path / "copy.db")
    modes = {path.name: mode(path) for path in tmp_path.iterdir() if ".lock" not in path.name}
    store.close()
    assert set(modes.values()) == {0o600}, modes
