"""Ctrl-C and SIGTERM in the middle of things: the exit code, and what was stored stays."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.woocommerce.simulator import WooCommerceShop
from connector.clock import SystemClock
from connector.simulation.server import LoopbackServer
from tests.cli.conftest import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without asking them")


class SlowShop:
    """A pretend shop that answers so many requests and then keeps its callers waiting."""

    def __init__(self, answers: int) -> None:
        self.shop = WooCommerceShop.small(clock=SystemClock(), seed=1)
        self.let_go = threading.Event()
        self.shop.on_request = self._asked
        self._left = answers
        self._turn = threading.Lock()

    def _asked(self, environ: dict[str, object]) -> None:
        with self._turn:
            self._left -= 1
            waits = self._left < 0
        if waits:
            self.let_go.wait(30)


@pytest.fixture
def slow() -> Iterator[SlowShop]:
    shop = SlowShop(answers=9)
    yield shop
    shop.let_go.set()


@pytest.fixture
def slow_desk(tmp_path: Path, slow: SlowShop) -> Iterator[Desk]:
    with LoopbackServer(slow.shop) as server:
        keys = {**slow.shop.source_settings(server.address), "page_size": 4, "in_flight": 1, "schedule": "1h"}
        desk = Desk(tmp_path)
        desk.write(f"timezone: Europe/Berlin\nsources:\n  main-shop: {json.dumps(keys)}\n")
        yield desk
        slow.let_go.set()


def stored(desk: Desk, table: str = "orders") -> int:
    if not (desk.folder / "connector.db").exists():
        return 0
    store = sqlite3.connect(desk.folder / "connector.db")
    try:
        return int(store.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        store.close()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def when_something_is_stored(desk: Desk, running: subprocess.Popen[str]) -> None:
    wait_until(lambda: stored(desk) > 0 or running.poll() is not None)
    assert running.poll() is None, "it ended too early"
    time.sleep(0.5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_sync_that_is_stopped_ends_with_130_and_the_next_goes_on(
    slow_desk: Desk, slow: SlowShop, tmp_path: Path, number: signal.Signals
) -> None:
    with slow_desk.start("sync", "--json") as running:
        when_something_is_stored(slow_desk, running)
        running.send_signal(number)
        time.sleep(0.5)
        slow.let_go.set()
        out, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert out == ""
    assert "Stopped. What was stored so far stays; the next call goes on from there." in err
    assert "Traceback" not in err
    kept = stored(slow_desk)
    assert kept > 0
    done = slow_desk.call("sync", "--json")
    assert done.code == 0
    never_stopped = Desk(tmp_path / "other")
    never_stopped.folder.mkdir()
    never_stopped.write(slow_desk.config.read_text(encoding="utf-8"))
    assert never_stopped.call("sync").code == 0
    assert stored(slow_desk) == stored(never_stopped) > kept


def test_a_second_ctrl_c_ends_it_at_once(slow_desk: Desk) -> None:
    with slow_desk.start("sync") as running:
        when_something_is_stored(slow_desk, running)
        running.send_signal(signal.SIGINT)
        time.sleep(0.5)
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
        assert time.monotonic() - began < 5
        running.communicate()
    assert stored(slow_desk) > 0


ON_ITS_HEELS = """
import signal
from connector.cli.session import Session
from connector.cli.stopping import stoppable

class Interrupted(Session):
    def say(self, message):
        signal.raise_signal(signal.SIGTERM)

with stoppable(Interrupted()):
    signal.raise_signal(signal.SIGINT)
    print("still here")
"""


def test_a_signal_that_comes_while_the_first_is_being_handled_ends_it_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", ON_ITS_HEELS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_the_daemon_ends_with_0_within_ten_seconds_even_while_a_server_keeps_it_waiting(slow_desk: Desk) -> None:
    with slow_desk.start("daemon") as running:
        when_something_is_stored(slow_desk, running)
        began = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0
        assert time.monotonic() - began < 10
        out, err = running.communicate()
    assert out == ""
    assert "Traceback" not in err
    assert stored(slow_desk) > 0


def test_the_daemon_reads_by_its_schedule_and_ends_with_0(desk: Desk) -> None:
    desk.write("language: de\n" + desk.config.read_text(encoding="utf-8") + "    schedule: 1s\n")
    with desk.start("daemon") as running:
        wait_until(lambda: stored(desk, "products") == 1)
        desk.book(records={"1": {"name": "Tea", "at": 1}, "2": {"name": "Coffee", "at": 2}})
        wait_until(lambda: stored(desk, "products") == 2)
        desk.book(answer="down")
        wait_until(lambda: stored(desk, "runs WHERE status = 'failed'") >= 3)
        desk.book()
        wait_until(lambda: stored(desk, "stream_states WHERE failing_since IS NOT NULL") == 0)
        failures = stored(desk, "runs WHERE status = 'failed'")
        wait_until(lambda: stored(desk, "runs WHERE status = 'ok'") > failures)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        out, err = running.communicate()
    assert out == ""
    assert stored(desk, "products") == 2
    lines = err.splitlines()
    assert lines[0].endswith("INFO Ab jetzt auf dem neuesten Stand gehalten: shop.")
    assert sum("Das Buch ist nicht da." in line for line in lines) == 1, "said once when it is lost"
    assert sum("wieder da" in line for line in lines) == 1, "said once when it is back"
    assert lines[-1].endswith("INFO Angehalten; alles bisher Gelesene ist gespeichert.")
    assert "sesame" not in err


def test_a_daemon_with_a_mistake_in_its_config_ends_with_2(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    desk.write(text + "    shedule: 15m\n")
    assert desk.call("daemon").code == 2
    desk.write(text + "    schedule: 0\n")
    done = desk.call("daemon")
    assert done.code == 2
    assert "No source in" in done.err


def test_a_daemon_whose_store_cannot_be_used_ends_with_4(desk: Desk) -> None:
    (desk.folder / "connector.db").write_text("this is no database" * 100, encoding="utf-8")
    assert desk.call("daemon").code == 4
