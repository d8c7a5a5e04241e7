"""Every way a host can misbehave, alone and mixed: `python tests/reliability/faults.py woocommerce`.

Prints, for each kind and rate, how a first sync ended, what was said, and whether one quiet sync afterwards made the
store equal to the source.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from dataclasses import dataclass
from random import Random

from connector import catalog
from connector.simulation.clock import FakeClock
from connector.simulation.faults import PERMANENT, TRANSIENT, Fault, Faults
from connector.testing.world import world

RATES = (0.01, 0.1, 0.3)
HARMLESS = frozenset(
    {
        Fault.PHP_WARNING, Fault.BOM, Fault.WRONG_TYPE, Fault.TOTALS_MISSING, Fault.TOTALS_LOW, Fault.TOTALS_HIGH,
        Fault.PAGE_CAPPED, Fault.ENDLESS_PAGES,
    }
)  # fmt: skip
"""Kinds that last, and that a sync still gets through whole."""


@dataclass(frozen=True)
class Outcome:
    """How a sync under faults went."""

    statuses: frozenset[str]
    said: str
    equal_at_once: bool
    equal_after: str  # empty where a quiet sync made both ends equal


def under_faults(adapter: str, store_url: str, kinds: tuple[Fault, ...], rate: float, *, seed: int = 5) -> Outcome:
    """A first sync, page by page, of a host that misbehaves; then a quiet one."""
    clock = FakeClock()
    simulator = catalog.simulators()[adapter].small(clock=clock, seed=seed)
    with world(adapter, simulator, store_url, clock) as there:
        there.server.faults = Faults(Random(seed), rate, kinds)
        results = there.sync(page_size=4, in_flight=2)
        there.server.faults = None
        said = next((result.error.message for result in results.values() if result.error), "")
        try:
            there.assert_equal()
            at_once = True
        except AssertionError:
            at_once = False
        try:
            there.settle()
            there.assert_equal()
            after = ""
        except AssertionError as difference:
            after = str(difference)
        return Outcome(frozenset(result.status for result in results.values()), said, at_once, after)


def main(adapter: str) -> int:
    logging.disable(logging.CRITICAL)
    wrong = 0
    print("| fault | share of requests | ended | whole at once | whole after one quiet sync | said |")
    print("|---|---|---|---|---|---|")
    rows = [((kind,), rate) for kind in (*TRANSIENT, Fault.LIMIT_HOUR) for rate in RATES]
    rows += [((kind,), 1.0) for kind in PERMANENT]
    rows += [(TRANSIENT, rate) for rate in RATES]
    for kinds, rate in rows:
        with tempfile.TemporaryDirectory() as folder:
            outcome = under_faults(adapter, f"sqlite:///{folder}/connector.db", kinds, rate)
        name = kinds[0].value if len(kinds) == 1 else "all passing kinds mixed"
        wrong += bool(outcome.equal_after)
        ended = ", ".join(sorted(outcome.statuses))
        share = "every" if kinds[0] in PERMANENT else f"{rate:.0%}"
        at_once = "yes" if outcome.equal_at_once else "no"
        after = "yes" if not outcome.equal_after else "NO"
        print(f"| {name} | {share} | {ended} | {at_once} | {after} | {outcome.said} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
