"""Several sources side by side, so that one source's trouble never delays another's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from connector.clock import Clock, Stopped
from connector.errors import ConnectorError, SourceError, StoreError, UsageError
from connector.messages.sync import texts
from connector.store import Store
from connector.sync.outcome import Progress, RunError, RunResult
from connector.sync.source import SourceJob, sync_source

log = logging.getLogger("connector.sync")
AT_ONCE = 8  # sources; each waits for its network most of the time


def sync_sources(
    store: Store,
    jobs: Sequence[SourceJob],
    *,
    clock: Clock,
    progress: Callable[[Progress], None] = lambda progress: None,
    language: str = "en",
) -> list[RunResult]:
    """All runs of all jobs, in the order of the jobs. Raises what `sync_source` raises, after all have ended."""
    if len(jobs) == 1:
        return _sync(store, jobs[0], clock, progress, language)
    with ThreadPoolExecutor(max_workers=min(AT_ONCE, max(1, len(jobs))), thread_name_prefix="source") as pool:
        futures = [pool.submit(_sync, store, job, clock, progress, language) for job in jobs]
    return [result for future in futures for result in future.result()]


def _sync(
    store: Store, job: SourceJob, clock: Clock, progress: Callable[[Progress], None], language: str
) -> list[RunResult]:
    try:
        adapter, transport = job.build()
    except ConnectorError as error:
        return [RunResult(job.name, None, "failed", error=RunError.of(error, language), fails=True)]
    try:
        return sync_source(
            store,
            job.name,
            adapter,
            job.adapter_name,
            job.url,
            transport,
            clock=clock,
            streams=job.streams,
            mode=job.mode,
            since=job.since,
            accept_loss=job.accept_loss,
            progress=progress,
            language=language,
        )
    except (StoreError, UsageError, Stopped):
        raise
    except SourceError as error:
        return [RunResult(job.name, None, "failed", error=RunError.of(error, language), fails=True)]
    except Exception as fault:
        log.exception("%s: the run ended by a fault of this program", job.name)
        ours = SourceError(texts("fault", kind=type(fault).__name__), texts("fault_advice"))
        return [RunResult(job.name, None, "failed", error=RunError.of(ours, language), fails=True)]
    finally:
        transport.close()
