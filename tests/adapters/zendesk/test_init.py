"""`connector init` and `check` of a help desk: one way to log in is asked for, and an ending one warned of."""

from __future__ import annotations

import json
from pathlib import Path

from adapters.zendesk.simulator import API_TOKEN, EMAIL, ZendeskDesk
from connector.clock import SystemClock
from connector.simulation.server import LoopbackServer
from tests.cli.conftest import Desk


def test_the_first_complete_login_is_enough(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with LoopbackServer(ZendeskDesk.empty(clock=SystemClock())) as server:
        answers = ["zendesk", server.address, "helpdesk", "connector", "Datei", "pretend-client-secret-77aa"]
        done = desk.call("init", typed="\n".join([*answers, "", "", ""]) + "\n", LANG="de_DE.UTF-8")
    assert done.code == 0, done.err
    text = desk.config.read_text(encoding="utf-8")
    assert "client_id: connector" in text
    assert "email" not in text
    assert "api_token" not in text


def test_a_refresh_token_is_kept_beside_the_store_from_the_first_try_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    pretend = ZendeskDesk.empty(clock=SystemClock())
    login = ("client_id=connector", "client_secret=pretend-client-secret-77aa", "refresh_token=pretend-refresh-0")
    with LoopbackServer(pretend) as server:
        given = ["--adapter", "zendesk", "--url", server.address, "--name", "helpdesk", "--timezone", "Europe/Berlin"]
        flags = [f"--set={one}" for one in (*login, "timezone=Europe/Berlin")]
        done = desk.call("init", "--yes", *given, "--language", "en", *flags)
        assert done.code == 0, done.err
        kept = json.loads((desk.config.parent / "connector.db.tokens").read_text())["helpdesk"]
        assert kept["refresh_token"] == pretend.refresh != "pretend-refresh-0"
        assert desk.call("sync").code == 0
        assert desk.call("backup", str(tmp_path / "copy.backup")).code == 0
    assert kept["access_token"].encode() not in (tmp_path / "copy.backup").read_bytes()
    assert pretend.refresh not in done.out + done.err


def test_an_api_token_is_warned_of(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with LoopbackServer(ZendeskDesk.empty(clock=SystemClock())) as server:
        entry = {"adapter": "zendesk", "url": server.address, "email": EMAIL, "api_token": API_TOKEN}
        desk.write(f"timezone: Europe/Berlin\nsources:\n  helpdesk: {json.dumps(entry)}\n")
        done = desk.call("check")
    assert done.code == 0, done.err
    assert "2027-04-30" in done.out
    assert API_TOKEN not in done.out + done.err
