"""The file of tokens that a system changes by itself."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from connector.errors import SettingsError
from connector.tokens import TokenVault


def test_each_source_has_its_own_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    one, other = (TokenVault(tmp_path / "store.tokens", name) for name in ("desk", "chat"))
    for vault, token in ((one, "a"), (other, "b"), (one, "c")):
        with vault.held():
            vault.keep({"refresh_token": token})
    assert (one.read(), other.read()) == ({"refresh_token": "c"}, {"refresh_token": "b"})
    if sys.platform != "win32":
        assert stat.S_IMODE(one.file.stat().st_mode) == 0o600
    assert "refresh_token" not in repr(one)


def test_a_fault_of_the_network_is_not_taken_for_one_of_the_file(tmp_path: Path) -> None:
    vault = TokenVault(tmp_path / "store.tokens", "desk")
    with pytest.raises(ConnectionResetError), vault.held():
        raise ConnectionResetError
    with vault.held():  # and the lock is free again
        pass


def test_a_file_that_cannot_be_written_is_found_out_before_a_token_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    vault = TokenVault(tmp_path / "file" / "store.tokens", "desk")
    with pytest.raises(SettingsError, match="cannot be written"), vault.held():
        pytest.fail("a token would have been used")


def test_what_cannot_be_saved_afterwards_is_said_and_leaves_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = TokenVault(tmp_path / "store.tokens", "desk")
    with vault.held():
        vault.keep({"refresh_token": "a"})

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(SettingsError, match="cannot be written"):
            vault.keep({"refresh_token": "b"})
    assert vault.read() == {"refresh_token": "a"}
    assert not [path for path in tmp_path.iterdir() if "tokens-" in path.name]


def test_a_damaged_file_is_a_sentence_with_a_next_step(tmp_path: Path) -> None:
    vault = TokenVault(tmp_path / "store.tokens", "desk")
    vault.file.write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be read") as refused:
        vault.read()
    assert "put a new refresh token into config.yaml" in str(refused.value.advice)
