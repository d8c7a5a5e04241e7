"""Logins: tokens that change with each use are saved before they are used, and found again by others."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from adapters.zendesk import Zendesk
from adapters.zendesk.simulator import API_TOKEN, EMAIL
from adapters.zendesk.streams import GROUPS, USERS
from connector.errors import AccessRefused
from connector.messages import LANGUAGES
from connector.settings import Surroundings
from connector.simulation.clock import FakeClock
from connector.tokens import TokenVault
from tests.adapters.zendesk.desks import connected, everything, fixture

FIRST = "pretend-refresh-0"


def refreshing(address: str, clock: FakeClock, file: Path, token: str = FIRST, **settings: Any) -> Zendesk:
    surroundings = Surroundings(tokens=TokenVault(file, "helpdesk"))
    return connected(address, clock, surroundings, refresh_token=token, **settings)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "connector.db.tokens"


def test_the_next_refresh_token_is_on_the_disk_before_the_new_login_is_used(there, clock, file: Path) -> None:
    desk, server = there
    kept: list[str] = []
    desk.on_request = lambda environ: kept.append(
        json.loads(file.read_text())["helpdesk"]["refresh_token"] if environ["PATH_INFO"] != "/oauth/tokens" else ""
    )
    everything(refreshing(server.address, clock, file), GROUPS)
    assert kept[0] == ""
    assert set(kept[1:]) == {desk.refresh}
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_login_that_ran_out_in_mid_run_is_renewed_with_the_successor(there, clock, file: Path) -> None:
    desk, server = there
    adapter = refreshing(server.address, clock, file)
    everything(adapter, GROUPS)
    desk.tokens += 1
    assert len(everything(adapter, USERS)[0]) == len(desk.users)
    assert desk.refresh not in (FIRST, "pretend-refresh-1")


def test_another_process_finds_the_login_and_asks_for_none(there, clock, file: Path) -> None:
    desk, server = there
    everything(refreshing(server.address, clock, file), GROUPS)
    before = desk.refresh
    everything(refreshing(server.address, clock, file), GROUPS)
    assert desk.refresh == before


def test_two_at_once_do_not_use_one_token_twice(there, clock, file: Path) -> None:
    desk, server = there
    adapters = [refreshing(server.address, clock, file) for _ in range(2)]
    failures: list[Exception] = []

    def walk(adapter: Zendesk) -> None:
        try:
            everything(adapter, GROUPS)
        except Exception as error:  # noqa: BLE001  (shown below)
            failures.append(error)

    threads = [threading.Thread(target=walk, args=(adapter,)) for adapter in adapters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert desk.refresh == "pretend-refresh-1"


def test_a_token_that_was_used_elsewhere_says_what_to_do(there, clock, file: Path) -> None:
    desk, server = there
    desk.refresh = "used by another program"
    with pytest.raises(AccessRefused) as refused:
        everything(refreshing(server.address, clock, file), GROUPS)
    assert "refresh_token" in str(refused.value.advice)
    assert FIRST not in str(refused.value)


def test_answers_on_record_for_tokens(there, clock, file: Path) -> None:
    desk, server = there
    desk.instead = [(400, fixture("errors/oauth_400_invalid_grant.json"))]
    with pytest.raises(AccessRefused) as refused:
        everything(refreshing(server.address, clock, file), GROUPS)
    assert all(refused.value.advice.render(language) for language in LANGUAGES)
    answer = fixture("composed/oauth_token_response.json")
    desk.instead = [(200, answer)]
    seen: list[str | None] = []
    desk.on_request = lambda environ: seen.append(environ.get("HTTP_AUTHORIZATION"))
    with pytest.raises(AccessRefused):  # the pretend desk knows another token
        everything(refreshing(server.address, clock, file), GROUPS)
    assert seen[:2] == [None, f"Bearer {answer['access_token']}"]
    assert json.loads(file.read_text())["helpdesk"]["refresh_token"] == answer["refresh_token"]


def test_a_new_token_of_the_owner_goes_before_what_was_saved(there, clock, file: Path) -> None:
    desk, server = there
    everything(refreshing(server.address, clock, file), GROUPS)
    desk.refresh, desk.tokens = "authorised again", desk.tokens + 5
    everything(refreshing(server.address, clock, file, token="authorised again"), GROUPS)
    assert json.loads(file.read_text())["helpdesk"]["refresh_token"] == desk.refresh


def test_without_a_place_for_the_successor_the_token_is_not_used(there, clock, tmp_path: Path) -> None:
    desk, server = there
    with pytest.raises(AccessRefused):
        everything(connected(server.address, clock, refresh_token=FIRST), GROUPS)
    (tmp_path / "no folder").write_text("")
    with pytest.raises(AccessRefused):
        everything(refreshing(server.address, clock, tmp_path / "no folder" / "connector.db.tokens"), GROUPS)
    damaged = tmp_path / "damaged.tokens"
    damaged.write_text("{")
    with pytest.raises(AccessRefused) as refused:
        everything(refreshing(server.address, clock, damaged), GROUPS)
    assert "delete it" in str(refused.value.advice)
    assert desk.refresh == FIRST


@pytest.mark.parametrize("client", [None, "connector"])  # without a secret a client is no way in
def test_an_api_token_is_warned_of_when_checked(client: str | None, there, clock) -> None:
    _, server = there
    login = {"client_id": client, "client_secret": None, "email": EMAIL, "api_token": API_TOKEN}
    adapter = connected(server.address, clock, **login)
    assert any("2027-04-30" in str(warning) for warning in adapter.check().warnings)
