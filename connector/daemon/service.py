"""All sources together, until told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from connector.clock import Clock
from connector.config.model import Config
from connector.config.schedules import Daily, Every, schedule, sweep
from connector.config.understanding import understanding
from connector.daemon.keeper import Keeper
from connector.daemon.ticks import Ticks
from connector.daemon.watch import Watch, span
from connector.errors import ConnectorError, SourceBusy, StoreError, UsageError
from connector.instants import HOUR
from connector.messages.daemon import texts
from connector.privacy.keeping import erase_expired
from connector.store import Store
from connector.store.runs import prune_runs
from connector.store.state import StoredSource, StreamStanding, all_standings, list_sources

log = logging.getLogger("connector.daemon")

OVERDUE = 26 * HOUR
"""A source that was last compared longer ago than this is compared with its first run: a machine that is off at night
would never do it otherwise."""

AGAIN = 300.0
"""Seconds from one try to erase by age to the next, where a source was being read."""

_LOOK = 0.2  # seconds between two looks at the flag; Windows handles no signal while something is waited for


def serve(config: Config, store: Store, *, clock: Clock, told: threading.Event) -> None:
    """Keep all sources up to date until `told` is set, then wait for the runs under way to end.

    Raises UsageError where nothing is to be kept up to date.
    """
    stored = {source.name: source for source in list_sources(store)}
    standings = all_standings(store)  # once for all sources, since it counts every stored record
    keepers = {
        name: _keeper(config, store, name, clock, told.is_set, stored.get(name), standings)
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
    nightly = {"prune": partial(_prune, store, clock)}
    if config.privacy.keep is not None:
        nightly["keep"] = partial(erase_by_age, config, store, config.privacy.keep, clock=clock, told=told)
    one_at_a_time = threading.Lock()
    for name, work in nightly.items():
        ticks.add(name, Daily(), partial(_seen, work, one_at_a_time, config.language), now=True)
    log.info(texts("begun", names=", ".join(keepers)).render(config.language))
    ticks.start()
    while not told.wait(_LOOK):
        pass
    ticks.stop()
    for keeper in keepers.values():
        keeper.wait()
    with one_at_a_time:  # what is done every night has ended too: the store is closed now
        pass
    log.info(texts("ended").render(config.language))


def _keeper(
    config: Config,
    store: Store,
    name: str,
    clock: Clock,
    stop: Callable[[], bool],
    source: StoredSource | None,
    standings: Sequence[StreamStanding],
) -> Keeper:
    """A keeper that goes on from what the store remembers of its source; `standings` are those of all sources."""
    own = [one for one in standings if source is not None and one.source_id == source.id]
    failing = {one.stream: one.failing_since for one in own if one.failing_since is not None}
    for stream, since in failing.items():
        said = texts("still_failing", address=f"{name}/{stream}", span=span(clock.now() - since))
        log.warning(said.render(config.language))
    keeper = Keeper(config, store, name, clock=clock, stop=stop, watch=Watch.remembering(name, failing))
    swept = [one.last_sweep_at for one in own if one.last_sweep_at is not None]
    known_since = max(swept, default=None if source is None else source.created_at)
    nightly = isinstance(sweep(config.sources[name].sweep), Daily)
    if nightly and known_since is not None and clock.now() - known_since > OVERDUE:
        keeper.note_overdue_sweep()
    return keeper


def _seen(work: Callable[[], None], one_at_a_time: threading.Lock, language: str) -> None:
    """Do what is due every night. A fault of ours is told: the scheduler keeps what its calls raise to itself."""
    try:
        with one_at_a_time:
            work()
    except Exception:
        log.exception(texts("nightly_fault").render(language))


def _prune(store: Store, clock: Clock) -> None:
    try:
        prune_runs(store, now=clock.now())
    except StoreError as error:  # said by the sources' own runs, which need the store too
        log.debug("runs not pruned: %s", error)


def erase_by_age(config: Config, store: Store, keep: float, *, clock: Clock, told: threading.Event) -> None:
    """What `privacy.keep` says, in seconds. Waits for a gap between the runs, until `told` to stop.

    A machine that is off at night begins this and all its runs together, and would else never come to it.
    """
    while True:
        try:
            known = understanding(config, list_sources(store), clock=clock)
            count = erase_expired(store, known, keep=keep, rules=config.identity_rules, clock=clock)
        except SourceBusy:
            if told.wait(AGAIN):
                return
            continue
        except ConnectorError as error:
            log.warning(texts("not_expired", reason=error.message).render(config.language))
            return
        if count:
            log.info(texts("expired", count=count).render(config.language))
        return
