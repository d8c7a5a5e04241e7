"""How far long work has come: now and then a line, on a terminal at once, and nothing where nothing is to be done."""

from __future__ import annotations

import io
import sys

import pytest

from connector.cli.progress import reporting, telling_rows
from connector.cli.session import Session
from connector.simulation.clock import FakeClock
from connector.sync import Progress


class Terminal(io.StringIO):
    """Somebody is looking."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def session() -> Session:
    session = Session()
    session.clock, session.language = FakeClock(), "en"
    return session


def test_elsewhere_a_line_comes_every_ten_seconds_about_each_thing(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    with telling_rows(session) as told:
        for second in range(25):
            told("orders", second)
            told("persons", second)
            session.clock.sleep(1)
    assert capsys.readouterr().err.splitlines() == [
        "orders: 10 rows", "persons: 10 rows", "orders: 20 rows", "persons: 20 rows",
    ]  # fmt: skip
    with reporting(session) as report:
        report(Progress("shop", "orders", 100, 900))
        session.clock.sleep(11)
        report(Progress("shop", "orders", 300, 900))
        report(Progress("shop", "refunds", 1, None))
    assert capsys.readouterr().err == "shop/orders: 300 of 900 records\n"


def test_on_a_terminal_it_is_seen_at_once_but_only_where_something_is_done(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with telling_rows(session):
        pass
    assert terminal.getvalue() == ""
    with telling_rows(session) as told:
        told("orders", 7)
    assert "orders: 7 rows" in terminal.getvalue()


def test_a_quiet_call_says_nothing(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    session.quiet = True
    with telling_rows(session) as told, reporting(session) as report:
        told("orders", 1)
        session.clock.sleep(60)
        told("orders", 2)
        report(Progress("shop", "orders", 300, 900))
    assert capsys.readouterr().err == ""
