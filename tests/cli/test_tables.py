"""Tables on a terminal: a narrow one loses no column."""

from __future__ import annotations

import io
import sys

import pytest

from connector.cli import tables


class Terminal(io.StringIO):
    """Somebody is looking."""

    def isatty(self) -> bool:
        return True


def test_a_narrow_terminal_still_shows_every_column_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    tables.show(["stream", "last success", "next"], [["shop/customer_messages", "2026-11-22 06:55", "in a while"]])
    assert "shop/customer_messages   2026-11-22 06:55   in a while" in terminal.getvalue()
