"""All sources together, until told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from connector.clock import Clock
from connector.config.model import Config
from connector.config.schedules import Every, schedule, sweep
from connector.contract import Sweep
from connector.daemon.keeper import Keeper
from connector.daemon.ticks import Ticks
from connector.daemon.watch import Watch
from connector.errors import StoreError, UsageError
from connector.instants import HOUR
from connector.messages.daemon import texts
from connector.store import Store, prune_runs, state

log = logging.getLogger("connector.daemon")

OVERDUE = 26 * HOUR
"""A source that was last compared longer ago than this is compared with its first run: a machine that is off at night
would never do it otherwise."""

_LOOK = 0.2  # seconds between two looks at the flag; Windows handles no signal while something is waited for


def serve(config: Config, store: Store, *, clock: Clock, told: threading.Event) -> None:
    """Keep all sources up to date until `told` is set, then wait for the runs under way to end.

    Raises UsageError where nothing is to be kept up to date.
    """
    keepers = {
        name: _keeper(config, store, name, clock, told.is_set)
        for name, settings in config.sources.items()
        if settings.enabled and schedule(settings.schedule) is not None
    }
    if not keepers:
        raise UsageError(texts("nothing_to_do", file=config.file), texts("nothing_to_do_advice"))
    ticks = Ticks(config.zone, at_once=2 * len(keepers) + 2)
    for name, keeper in keepers.items():
        settings = config.sources[name]
        when = schedule(settings.schedule)
        ticks.add(name, when, keeper.tick, now=isinstance(when, Every))
        ticks.add(f"{name} sweep", sweep(settings.sweep), keeper.sweep)
    prune_runs(store, now=clock.now())
    log.info(texts("begun", count=len(keepers), names=", ".join(keepers)).render(config.language))
    ticks.start()
    while not told.wait(_LOOK):
        pass
    ticks.stop()
    while any(keeper.busy for keeper in keepers.values()):
        clock.sleep(_LOOK)
    log.info(texts("ended").render(config.language))
