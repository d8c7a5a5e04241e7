"""`kill -9` of the real program at random instants: `python tests/reliability/kills.py woocommerce --kills 200`.

A pretend source answers on loopback; `connector sync` runs as a process of its own and is killed again and again, in a
first sync, in syncs after changes and in sweeps, and started again until it gets through. A second store is brought up
to date from the same source without a kill. At the end of every phase both must hold the same rows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from connector import catalog
from connector.clock import SystemClock
from connector.simulation import Simulator
from connector.simulation.server import LoopbackServer
from connector.store import open_store

ROOT = Path(__file__).parents[2]
BOOKKEEPING = frozenset({"sources", "stream_states", "runs", "persons", "person_aliases", "person_changes"})
"""Tables of our own doings: when we asked, and which number a person got. Persons are compared as a partition."""
OUR_CLOCK = frozenset({"read_at", "gone_at"})
OUR_IDS = frozenset({"source_id", "person_id", "order_source_id", "part_of_source_id"})
PATIENCE = 120.0  # seconds for a run that nobody kills; a machine that is busy with other things is slow

Kept = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, None where it was killed, and its seconds from the first request on."""

    code: int | None
    seconds: float
    said: str = ""


class Program:
    """`connector sync` in a folder of its own, into a store of its own, reading one pretend source."""

    def __init__(self, folder: Path, store_url: str, server: LoopbackServer, settings: dict[str, Any]) -> None:
        folder.mkdir()
        self.store_url = store_url
        self._folder = folder
        self._server = server
        content = {"timezone": "Europe/Berlin", "language": "en", "store": store_url, "sources": {"shop": settings}}
        file = folder / "config.yaml"
        file.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
        file.chmod(0o600)

    def sync(self, *options: str, kill_after: float | None = None, from_start: bool = False) -> Ended:
        """One run; with `kill_after` killed so many seconds after its first request, or after its start."""
        served = self._server.served
        process = subprocess.Popen(
            [sys.executable, "-m", "connector", "-q", "sync", "--json", *options],
            cwd=self._folder,
            env={**os.environ, "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        try:
            while not from_start and self._server.served == served and process.poll() is None:
                time.sleep(0.005)
            began = time.monotonic()
            try:
                out, err = process.communicate(timeout=PATIENCE if kill_after is None else kill_after)
            except subprocess.TimeoutExpired:
                if kill_after is None:
                    raise
                process.kill()
                process.communicate()
                return Ended(None, time.monotonic() - began)
        finally:
            process.kill()
        return Ended(process.returncode, time.monotonic() - began, err + _trouble(out))


class Trial:
    """One source, a store whose program is killed and one whose program is not."""

    def __init__(
        self, adapter: str, store_urls: tuple[str, str], folder: Path, *, size: int, page_size: int, seed: int
    ) -> None:
        self.random = Random(seed)
        self.simulator: Simulator = catalog.simulators()[adapter].bulk(clock=SystemClock(), size=size, seed=seed)
        self.server = LoopbackServer(self.simulator, keep_requests=False).start()
        settings = {
            **self.simulator.source_settings(self.server.address),
            "page_size": page_size,
            "in_flight": 3,
            "retry_for": "30s",
        }
        self.killed = Program(folder / "killed", store_urls[0], self.server, settings)
        self.undisturbed = Program(folder / "undisturbed", store_urls[1], self.server, settings)
        self.done: Counter[str] = Counter()

    def close(self) -> None:
        """End the pretend source."""
        self.server.stop()

    def phase(self, name: str, *options: str, at_most: int, spread: float | None = None) -> int:
        """Kill and restart until a run gets through or was killed `at_most` times; then compare. The kills.

        `spread`: the longest a run may live after its first request, in seconds; None = a little longer than the
        undisturbed run took, so that now and then one gets through by itself.
        """
        quiet = self.undisturbed.sync(*options)
        assert quiet.code == 0, quiet
        kills = 0
        while True:
            ended = self._one_life(options, (spread or quiet.seconds * 1.2) if kills < at_most else None)
            if ended.code is None:
                kills += 1
                self.done[f"killed in {name}"] += 1
            elif ended.code == 0:
                break
            else:
                # A database server notices the death of a client in its own time; until then its lock holds.
                assert ended.code == 3, ended
                assert "SourceBusy" in ended.said, ended
                self.done["found the dead one's lock still held"] += 1
                time.sleep(0.2)
        self.done[f"{name}: got through and compared"] += 1
        assert_same(contents(self.undisturbed.store_url), contents(self.killed.store_url))
        return kills

    def _one_life(self, options: tuple[str, ...], longest: float | None) -> Ended:
        if longest is None:
            return self.killed.sync(*options)
        if self.random.random() < 0.15:  # while it starts, opens the store, asks for the first page
            return self.killed.sync(*options, kill_after=self.random.uniform(0.05, 1.5), from_start=True)
        return self.killed.sync(*options, kill_after=self.random.uniform(0.0, longest))

    def change(self, times: int) -> None:
        """Things happen in the source."""
        for _ in range(times):
            self.simulator.change(self.random)


def contents(store_url: str) -> Kept:
    """Every row of a store without our clock's columns and our ids, and who is one person with whom.

    Fails where SQLite finds the file damaged, or where identity was left with work to do.
    """
    kept: Kept = {}
    persons: dict[int | None, set[tuple[Any, ...]]] = defaultdict(set)
    with open_store(store_url, clock=SystemClock(), create=False) as store, store.read() as connection:
        if store.dialect == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        for name, table in SQLModel.metadata.tables.items():
            if name in BOOKKEEPING:
                continue
            columns = [column for column in table.columns if column.name not in OUR_CLOCK | OUR_IDS]
            gone = [table.c.gone_at.is_(None)] if "gone_at" in table.c else []
            kept[name] = sorted(map(tuple, connection.execute(sa.select(*columns, *gone))), key=repr)
            if "person_id" in table.c:
                keys = [column for column in table.primary_key if column.name != "source_id"]
                for person, *key in connection.execute(sa.select(table.c.person_id, *keys)):
                    persons[person].add((name, *key))
    kept["who is one person"] = sorted((tuple(sorted(members)) for members in persons.values()), key=repr)
    return kept


def assert_same(undisturbed: Kept, killed: Kept) -> None:
    """Fail, naming the first rows that differ."""
    problems = []
    for name in undisturbed.keys() | killed.keys():
        there, here = Counter(undisturbed.get(name, [])), Counter(killed.get(name, []))
        problems += [f"{name}: lost {row}" for row in list((there - here).elements())[:3]]
        problems += [f"{name}: too many {row}" for row in list((here - there).elements())[:3]]
    assert not problems, "\n".join(problems)
    assert any(undisturbed.get(table) for table in ("orders", "conversations")), "nothing was synced at all"


@contextmanager
def stores(kind: str, folder: Path, server: Any = None) -> Iterator[tuple[str, str]]:
    """The addresses of two empty stores; `server` is a running `tests.conftest.PostgreSQLServer`."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/killed.db", f"sqlite:///{folder}/undisturbed.db"
        return
    names = server.create(), server.create()
    yield server.url(names[0]), server.url(names[1])
    for name in names:
        server.drop(name)


def campaign(adapter: str, kind: str, kills: int, size: int, seed: int, server: Any = None) -> Counter[str]:
    """Sources one after another, each with a first sync, syncs after changes and sweeps, until so many kills."""
    done: Counter[str] = Counter()
    made = 0
    while made < kills:
        with tempfile.TemporaryDirectory() as name, stores(kind, Path(name), server) as urls:
            trial = Trial(adapter, urls, Path(name), size=size, page_size=20, seed=seed)
            try:
                made += trial.phase("a first sync", at_most=min(30, kills - made), spread=1.5)
                for turn in range(8):
                    if made >= kills:
                        break
                    trial.change(60)
                    sweep = ("--sweep",) if turn % 2 else ()
                    phase = "a sweep after changes" if sweep else "a sync after changes"
                    made += trial.phase(phase, *sweep, at_most=min(8, kills - made))
                    print(f"… {made} kills", file=sys.stderr, flush=True)
            finally:
                trial.close()
            done += trial.done
        seed += 1
    return done


def _trouble(out: str) -> str:
    """What a run says went wrong: class and message of each error in its JSON document."""
    runs = json.loads(out)["runs"] if out.startswith("{") else []
    return "; ".join(f"{run['error']['class']}: {run['error']['message']}" for run in runs if run["error"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("adapter")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--size", type=int, default=3000, help="main records of the pretend source")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    if asked.store == "postgresql":
        sys.path.insert(0, str(ROOT))
        from tests.conftest import PostgreSQLServer

        server = PostgreSQLServer(Path(tempfile.mkdtemp(prefix="connector-kills-")))
        try:
            done = campaign(asked.adapter, asked.store, asked.kills, asked.size, asked.seed, server)
        finally:
            server.stop()
    else:
        done = campaign(asked.adapter, asked.store, asked.kills, asked.size, asked.seed)
    took = time.monotonic() - began
    print(f"{asked.kills} kills of {asked.adapter}, {asked.store}, {asked.size} orders, {took:.0f} s: all stores equal")
    for what, times in done.most_common():
        print(f"{times:6} {what}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
