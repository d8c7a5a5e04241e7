"""One source of the daemon: a run at a time, and not at all for a while once it refuses us."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Literal

from connector.clock import Clock, Stopped
from connector.config.jobs import source_job
from connector.config.model import Config
from connector.config.settling import settle
from connector.daemon.watch import BUSY, REFUSED, UNAVAILABLE, Watch
from connector.errors import ConnectorError
from connector.instants import HOUR, to_datetime
from connector.messages import Message
from connector.messages.daemon import texts
from connector.store import Store
from connector.sync import RunResult, sync_sources

log = logging.getLogger("connector.daemon")

PAUSE = HOUR
"""How long a source that refuses us is left alone, in microseconds."""


class Keeper:
    """Keeps one source up to date. `tick` and `sweep` are called by the scheduler, from any thread."""

    def __init__(
        self, config: Config, store: Store, name: str, *, clock: Clock, stop: Callable[[], bool], watch: Watch
    ) -> None:
        self._config = config
        self._store = store
        self._name = name
        self._clock = clock
        self._stop = stop
        self._watch = watch
        self._one_at_a_time = threading.Lock()
        self._sweep_due = threading.Event()
        self._refused_until = 0  # microseconds UTC
        self._store_trouble: str | None = None

    def wait(self) -> None:
        """Return when no run is under way."""
        with self._one_at_a_time:
            return

    def sweep(self) -> None:
        """A night has come: compare everything with the next run, which is now unless one is under way."""
        self._sweep_due.set()
        self.tick()

    def note_overdue_sweep(self) -> None:
        """The last comparison is too long ago: let the next run make up for it."""
        self._sweep_due.set()

    def tick(self) -> None:
        """Bring the source up to date, unless a run is under way or the source is being left alone. Never raises."""
        if not self._one_at_a_time.acquire(blocking=False):
            return
        mode: Literal["changes", "sweep"] = "changes"
        try:
            if self._stop() or self._clock.now() < self._refused_until:
                return
            while True:
                if self._sweep_due.is_set():
                    self._sweep_due.clear()
                    mode = "sweep"
                if not self._run(mode):
                    self._put_off(mode)
                    return
                if not self._sweep_due.is_set() or self._stop():  # a night that came during the run
                    return
        except Stopped:
            return
        except ConnectorError as error:  # of the store: the next tick tries again
            self._put_off(mode)
            self._trouble(error)
        except Exception:  # a fault of ours must not end the daemon
            log.exception(self._text(texts("fault", source=self._name)))
        finally:
            self._one_at_a_time.release()

    def _put_off(self, mode: Literal["changes", "sweep"]) -> None:
        """What could not even begin is tried again by the next tick; a comparison must not wait for another night."""
        if mode == "sweep":
            self._sweep_due.set()

    def _run(self, mode: Literal["changes", "sweep"]) -> bool:
        """One run and what is said about it. False where nobody answered, or somebody else is at it."""
        job = source_job(self._config, self._name, clock=self._clock, stop=self._stop, mode=mode)
        results = sync_sources(self._store, [job], clock=self._clock, language=self._config.language)
        settle(self._config, self._store, clock=self._clock)
        self._store_trouble = None
        warnings, news = self._watch.look(results, self._clock.now())
        for message in warnings:
            log.warning(self._text(message))
        for message in news:
            log.info(self._text(message))
        self._leave_alone_if_refused(results)
        return any(result.error is None or result.error.class_ not in (BUSY, UNAVAILABLE) for result in results)

    def _leave_alone_if_refused(self, results: Sequence[RunResult]) -> None:
        refused = any(result.error is not None and result.error.class_ == REFUSED for result in results)
        if not refused or any(result.status in ("ok", "partial") for result in results):
            self._refused_until = 0
            return
        first = self._refused_until == 0
        self._refused_until = self._clock.now() + PAUSE
        if first:
            again = to_datetime(self._refused_until, self._config.zone).strftime("%H:%M")
            log.warning(self._text(texts("refused", source=self._name, again=again, file=self._config.file)))

    def _trouble(self, error: ConnectorError) -> None:
        said = error.message.render(self._config.language)
        if said != self._store_trouble:
            self._store_trouble = said
            advice = error.advice.render(self._config.language) if error.advice else ""
            log.error("%s: %s %s", self._name, said, advice)

    def _text(self, message: Message) -> str:
        return message.render(self._config.language)
