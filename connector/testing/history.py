"""Histories: what may happen to a system and to us, in any order, and what must be true after it.

The same deeds serve hypothesis, which shrinks a history that fails to its smallest form, and the long run over
thousands of seeds. After any history, one quiet sync with its sweep makes the store equal to the source.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from connector import catalog
from connector.simulation.clock import FakeClock
from connector.simulation.faults import TRANSIENT, Fault, Faults
from connector.store import open_store
from connector.sync.stream import Mode
from connector.testing.world import World

HOURS = 3600.0
# A slow body costs real time and shows nothing that the other faults do not; an hour's wait ends a request's budget.
QUICK = tuple(sorted(set(TRANSIENT) - {Fault.SLOW_BODY, Fault.LIMIT_HOUR}))


class History:
    """One source, its store and everything that may happen to them."""

    def __init__(self, adapter: str, store_url: str, *, seed: int = 1) -> None:
        self.clock = FakeClock()
        simulator = catalog.simulators()[adapter].small(clock=self.clock, seed=seed)
        self.world = World(adapter, simulator, open_store(store_url, clock=self.clock), self.clock)
        self.done: Counter[str] = Counter()
        self._cut_short = False  # a walk is under way, from which the next sync goes on

    def close(self) -> None:
        """End the pretend server and close the store."""
        self.world.close()
        self.world.store.close()

    # --- what may happen ---------------------------------------------------------------------------------------------

    def change(self, seed: int) -> None:
        """One thing happens in the source."""
        self.done[self.world.simulator.change(Random(seed))] += 1

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.clock.sleep(seconds)
        self.done["time passes"] += 1

    def set_source_clock(self, hours: float) -> None:
        """The source's clock is wrong by `hours` from now on; 0 puts it right."""
        self.world.simulator.clock_offset = hours * HOURS
        self.done["source clock set"] += 1

    def sync(
        self,
        *,
        mode: Mode = "changes",
        page_size: int = 100,
        in_flight: int = 2,
        changes_during: float = 0.0,
        fault_rate: float = 0.0,
        seed: int = 0,
    ) -> None:
        """A sync in the middle of things: the source changes before answers, and hosts misbehave.

        It may fail; that must not matter.
        """
        random = Random(seed)

        def before_answer(environ: dict[str, Any]) -> None:
            self.clock.sleep(random.choice((0.01, 0.2, 1.3)))
            if random.random() < changes_during:
                self.done[f"during a walk: {self.world.simulator.change(random)}"] += 1

        self.world.simulator.on_request = before_answer
        self.world.server.faults = Faults(random, rate=fault_rate, kinds=QUICK) if fault_rate else None
        try:
            results = self.world.sync(mode, page_size=page_size, in_flight=in_flight)
        finally:
            self.world.simulator.on_request = None
            self.world.server.faults = None
        self._cut_short = any(result.status == "failed" for result in results.values())
        for result in results.values():
            self.done[f"sync {result.status}"] += 1

    def stop_in_mid_sync(self, pages: int, page_size: int) -> None:
        """A sync that ends abruptly after some pages."""
        self.world.stop_after(pages, page_size=page_size)
        self._cut_short = True
        self.done["sync stopped"] += 1

    # --- what must be true after it ----------------------------------------------------------------------------------

    def settle(self) -> None:
        """All is quiet again: one sync with its sweep, and both ends are equal."""
        self.set_source_clock(0)
        if self._cut_short:
            # What changes during a walk is right after the next one, and this one has not ended yet.
            self.world.sync()
        self.world.settle(accept_loss=True)
        self.world.assert_equal()
        if any(self.world.simulator.unstamped().values()):
            # Where the settling sync ended an older walk, the next one begins where that one began, and meets there
            # what changed without its stamp since it was passed.
            self.world.sync()
            self.world.assert_equal()
        before = self.world.everything()
        self.world.sync()
        assert self.world.everything() == before, "another sync changed something"


def random_history(history: History, random: Random, steps: int) -> None:
    """Let `steps` random things happen, then look whether both ends agree."""
    for _ in range(steps):
        deed = random.random()
        if deed < 0.55:
            history.change(random.getrandbits(32))
        elif deed < 0.68:
            history.wait(random.choice((0.2, 1, 30, 600, 7200, 90_000)))
        elif deed < 0.72:
            history.set_source_clock(random.choice((-5, -1, 0, 0, 1, 3)))
        elif deed < 0.77:
            history.stop_in_mid_sync(random.randrange(1, 6), random.choice((2, 5, 9)))
        else:
            history.sync(
                mode=random.choice(("changes", "changes", "changes", "sweep", "full")),
                page_size=random.choice((2, 3, 7, 20, 100)),
                in_flight=random.choice((1, 2, 4)),
                changes_during=random.choice((0, 0.1, 0.5, 1.0)),
                fault_rate=random.choice((0, 0, 0.05, 0.3)),
                seed=random.getrandbits(32),
            )
    history.settle()
