"""One run of one stream: changes, records named elsewhere, and the sweep."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from connector.clock import Clock, Stopped
from connector.contract import Adapter, Page, ReadsOne, Record, Remembers, Stream, Sweep, Wanted
from connector.errors import ConnectorError, SourceError, StoreError, StreamNotOffered
from connector.messages import Message
from connector.messages.sync import texts
from connector.privacy.erased import Erased
from connector.store import Store, state
from connector.store.asides import reasons_since
from connector.store.gone import mark_gone, remember_absent
from connector.store.raw import held_payloads
from connector.store.runs import finish_run, start_run
from connector.store.sweeps import forget_unidentified, named_but_unknown
from connector.store.write import save_page
from connector.sync.admission import admitted
from connector.sync.outcome import Progress, RunError, RunResult
from connector.sync.sweep import sweep_stamps, sweep_whole
from connector.transport import Transport

log = logging.getLogger("connector.sync")

Mode = Literal["changes", "sweep", "full", "import"]
_KINDS: dict[Mode, str] = {"changes": "sync", "sweep": "sweep", "full": "full", "import": "import"}


@dataclass
class Counts:
    """What a run did so far."""

    records: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    set_aside: int = 0


@dataclass
class StreamRun:
    """One run of one stream. Pages are saved as they come, so that whatever ends the run, what was had is kept."""

    store: Store
    source_id: int
    source: str
    adapter: Adapter
    stream: Stream
    transport: Transport
    clock: Clock
    mode: Mode
    since: int | None
    accept_loss: bool
    progress: Callable[[Progress], None]
    language: str
    erased: Erased = field(default_factory=Erased)
    counts: Counts = field(default_factory=Counts)
    run_id: int | None = None
    began: int = 0  # microseconds UTC
    _all_new: bool = False  # of the page before

    def run(self) -> tuple[RunResult, Exception | None]:
        """The run's report, and the error that ended it early, if one did."""
        began, requests, received = self.clock.monotonic(), self.transport.requests, self.transport.bytes
        self.began = self.clock.now()
        self.run_id = start_run(self.store, self.source_id, self.stream.name, kind=_KINDS[self.mode], at=self.began)
        log.info("%s/%s: %s begins", self.source, self.stream.name, _KINDS[self.mode])
        error: Exception | None = None
        status = "ok"
        try:
            self._work()
        except StreamNotOffered as refusal:
            status, error = "skipped", refusal
        except SourceError as trouble:
            status, error = "failed", trouble
        except Stopped:
            self._finish(self._result("interrupted", None, began, requests, received))
            raise
        except (StoreError, KeyboardInterrupt):
            raise
        except Exception as fault:
            log.exception("%s/%s: the run ended by a fault of this program", self.source, self.stream.name)
            status = "failed"
            error = SourceError(texts("fault", kind=type(fault).__name__), texts("fault_advice"))
        if error is None and self.counts.set_aside:
            status = "partial"
            error = SourceError(self._set_aside(), texts("set_aside_advice"))
        result = self._result(status, error, began, requests, received)
        self._finish(result)
        log.info(
            "%s/%s: %s after %d requests, %d records, %.1f s",
            *(self.source, self.stream.name, status, result.requests, result.records, result.seconds),
        )
        return result, error

    # --- the work ----------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        if self.mode == "import":  # what was handed over, wherever the source itself stands
            for page in self.adapter.pull(self.stream, None):
                self.save(page, keep_cursor=True)
            return
        if self.since is not None:
            self._pull(self.adapter.cursor_at(self.stream, self.since), keep_cursor=True)
        elif self.mode == "changes" or (self.mode == "sweep" and self.stream.sweep is not Sweep.WHOLE):
            self._pull(state.stream_standing(self.store, self.source_id, self.stream.name).cursor)
        elif self.stream.sweep is not Sweep.WHOLE:
            self._pull(None)
        self._read_named()
        if self.mode != "changes":
            self._sweep()

    def _pull(self, cursor: str | None, *, keep_cursor: bool = False) -> None:
        for page in self.adapter.pull(self.stream, cursor):
            self.save(page, keep_cursor=keep_cursor)
        if cursor is None:
            # A walk over everything met whatever has no id anew, or it is no longer there.
            forget_unidentified(self.store, self.source_id, self.stream, before=self.began)

    def _read_named(self) -> None:
        """Records that others name and nobody listed, such as the account of a buyer who registered since."""
        if not self.stream.named_by or not isinstance(self.adapter, ReadsOne):
            return
        for chunk in named_but_unknown(self.store, self.source_id, self.stream):
            absent = [wanted.id for wanted in self.read(chunk)]
            remember_absent(self.store, self.source_id, self.stream, absent, at=self.clock.now())

    def _sweep(self) -> None:
        if self.stream.sweep is Sweep.STAMPS:
            sweep_stamps(self)
        elif self.stream.sweep is Sweep.WHOLE:
            sweep_whole(self)

    def read(self, chunk: Iterable[Wanted]) -> list[Wanted]:
        """Read records singly and save them; those that the source says are not there are given back."""
        assert isinstance(self.adapter, ReadsOne)
        absent: list[Wanted] = []
        found: list[Record] = []
        for wanted, record in self.adapter.read(self.stream, chunk):
            if record is None:
                absent.append(wanted)
            else:
                found.append(record)
        if found:
            self.save(Page(found, None), keep_cursor=True)
        return absent

    def save(self, page: Page, *, keep_cursor: bool = False) -> None:
        """Store what may be kept of a page, its rows and its cursor, in one transaction."""
        if page.anew is not None:
            forget_unidentified(self.store, self.source_id, self.stream, before=self.began, beginning=page.anew)
        records, aside = admitted(self.adapter, self.stream, page, self.clock.now())
        records = self._as_first_seen(records)
        if self.erased:
            kept, normalise = self.erased.kept, self.adapter.normalise
            records = [kept(self.source_id, self.stream, record, normalise) for record in records]
        done = save_page(
            self.store,
            self.source_id,
            self.stream,
            records,
            cursor=page.cursor,
            normalise=self.adapter.normalise,
            set_aside=aside,
            run_id=self.run_id,
            keep_cursor=keep_cursor,
            expect_new=self._all_new,
            language=self.language,
        )
        # In a first walk one page after the other is new; then nobody looks beforehand what is known of it.
        self._all_new = 0 < done.inserted == len(page.records) + len(page.unreadable)
        self.counts.records += len(page.records) + len(page.unreadable)
        self.counts.inserted += done.inserted
        self.counts.updated += done.updated
        self.counts.unchanged += done.unchanged
        self.counts.set_aside += done.set_aside
        self.progress(Progress(self.source, self.stream.name, self.counts.records, page.total))

    def _as_first_seen(self, records: list[Record]) -> list[Record]:
        """The records with what their adapter wants kept of what is stored of them."""
        adapter = self._remembering
        if adapter is None:
            return records
        held = held_payloads(self.store, self.source_id, self.stream, [record.id for record in records])
        return [
            adapter.remembered(self.stream, record, held[record.id]) if record.id in held else record
            for record in records
        ]

    @cached_property
    def _remembering(self) -> Remembers | None:
        """The adapter, where it keeps what was first seen of this stream."""
        adapter = self.adapter
        return adapter if isinstance(adapter, Remembers) and adapter.remembers(self.stream) else None

    def mark_gone(self, ids: Iterable[str]) -> None:
        """Note that the source no longer has these records."""
        self.counts.gone += mark_gone(self.store, self.source_id, self.stream, ids, at=self.clock.now())

    def _set_aside(self) -> Message:
        """How many records were set aside, and why the first one was; none of it quotes a record."""
        reasons, _ = reasons_since(self.store, self.source_id, self.stream.name, since=self.began, limit=1)
        if not reasons:
            return texts("set_aside", count=self.counts.set_aside)
        return texts("set_aside_first", count=self.counts.set_aside, reason=reasons[0].reason)

    # --- the report --------------------------------------------------------------------------------------------------

    def _result(self, status: str, error: Exception | None, began: float, requests: int, received: int) -> RunResult:
        return RunResult(
            source=self.source,
            stream=self.stream.name,
            status=status,
            requests=self.transport.requests - requests,
            bytes=self.transport.bytes - received,
            seconds=self.clock.monotonic() - began,
            error=RunError.of(error, self.language) if isinstance(error, ConnectorError) else None,
            fails=status in ("failed", "partial"),
            **vars(self.counts),
        )

    def _finish(self, result: RunResult) -> None:
        now = self.clock.now()
        trouble = result.error.as_stored() if result.error else None
        assert self.run_id is not None
        finish_run(
            self.store,
            self.run_id,
            status=result.status,
            at=now,
            requests=result.requests,
            bytes_=result.bytes,
            gone=result.gone,
            trouble=trouble,
        )
        if result.status in ("ok", "partial"):
            swept = self.mode in ("sweep", "full")
            since = state.record_success(self.store, self.source_id, self.stream.name, at=self.began, swept=swept)
            if since is not None:
                log.info("%s/%s: answers again", self.source, self.stream.name)
        elif trouble is not None and result.status != "skipped":
            before = state.record_failure(self.store, self.source_id, self.stream.name, at=self.began, trouble=trouble)
            if before is None:
                log.warning("%s/%s: %s", self.source, self.stream.name, trouble.message)
