"""One source: its lock, its streams in order, and what one stream's failure means for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from connector.clock import Clock
from connector.contract import Adapter, Stream
from connector.errors import AccessRefused, SourceBusy, SourceError, StreamNotOffered, Unavailable, UsageError
from connector.messages.sync import texts
from connector.privacy.erased import read as read_erased
from connector.store import Store, state
from connector.store.locks import source_lock
from connector.sync.outcome import Progress, RunError, RunResult
from connector.sync.stream import Mode, StreamRun
from connector.transport import Transport


@dataclass(frozen=True)
class SourceJob:
    """What is to be synced of one source, and how to get at it."""

    name: str
    adapter_name: str
    url: str
    build: Callable[[], tuple[Adapter, Transport]]
    streams: Sequence[str] | None = None  # None = all
    mode: Mode = "changes"
    since: int | None = None  # microseconds UTC; read again what changed since then
    accept_loss: bool = False


def sync_source(
    store: Store,
    name: str,
    adapter: Adapter,
    adapter_name: str,
    url: str,
    transport: Transport,
    *,
    clock: Clock,
    streams: Sequence[str] | None = None,
    mode: Mode = "changes",
    since: int | None = None,
    accept_loss: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
    language: str = "en",
) -> list[RunResult]:
    """Bring one source up to date. Troubles of the source become failed runs.

    Raises `UsageError` for a stream that does not exist, `StoreError` where the store fails, `Stopped` when told to.
    """
    chosen = _chosen(name, adapter, streams)
    if accept_loss and mode == "changes":
        mode = "sweep"
    results: list[RunResult] = []
    try:
        with source_lock(store, name):
            source_id = state.ensure_source(store, name, adapter=adapter_name, url=url)
            erased = read_erased(store)
            try:
                _make_acquaintance(store, source_id, name, adapter)
            except SourceError as unmet:
                error = RunError.of(unmet, language)
                # `status` tells it of the stream that would have been first, as where a later run is refused.
                state.record_failure(store, source_id, chosen[0].name, at=clock.now(), trouble=error.as_stored())
                return [RunResult(name, None, "failed", error=error, fails=True)]
            for stream in chosen:
                run = StreamRun(
                    store=store,
                    source_id=source_id,
                    source=name,
                    adapter=adapter,
                    stream=stream,
                    transport=transport,
                    clock=clock,
                    mode=mode,
                    since=since,
                    accept_loss=accept_loss,
                    progress=progress,
                    language=language,
                    erased=erased,
                )
                result, ended_by = run.run()
                results.append(result)
                if _hopeless(ended_by, transport):
                    break
    except SourceBusy as busy:
        return [RunResult(name, None, "skipped", error=RunError.of(busy, language), fails=True)]
    if results and all(result.status == "skipped" for result in results):
        results = [replace(result, status="failed", fails=True) for result in results]
    return results


def _make_acquaintance(store: Store, source_id: int, name: str, adapter: Adapter) -> None:
    """Before the first sync ever, ask who answers: its zone and currency are kept with the source."""
    known = state.find_source(store, name)
    if known is None or (known.version, known.timezone, known.currency) == (None, None, None):
        state.describe_source(store, source_id, adapter.check())


def _chosen(name: str, adapter: Adapter, wanted: Sequence[str] | None) -> list[Stream]:
    if wanted is None:
        return list(adapter.streams)
    known = {stream.name: stream for stream in adapter.streams}
    for stream in wanted:
        if stream not in known:
            raise UsageError(
                texts("no_stream", source=name, stream=stream),
                texts("no_stream_advice", streams=", ".join(known)),
            )
    return [stream for stream in adapter.streams if stream.name in wanted]


def _hopeless(error: Exception | None, transport: Transport) -> bool:
    """Whether the next stream would only fail the same way: the source refuses us, or never answered at all."""
    if isinstance(error, StreamNotOffered):
        return False
    return isinstance(error, AccessRefused) or (isinstance(error, Unavailable) and transport.bytes == 0)
