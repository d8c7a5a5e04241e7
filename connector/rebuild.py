"""Remake a source's rows from its stored records, without network and without the source's key."""

from __future__ import annotations

from collections.abc import Callable

from connector.contract import Adapter
from connector.errors import UsageError
from connector.messages.sync import texts
from connector.store import Store, state
from connector.store.locks import source_lock
from connector.store.rebuilding import RebuildResult, rebuild_source


def rebuild(
    store: Store,
    source: str,
    adapter: Adapter,
    *,
    progress: Callable[[str, int], None] = lambda stream, records: None,
    language: str = "en",
) -> RebuildResult:
    """Remake all rows of `source`; what was set aside is tried again. Persons keep their ids.

    `progress` is told the stream and how many of its records are done. Raises `UsageError` for a source that was never
    synced, `SourceBusy` while another process syncs it, `StoreError`.
    """
    known = state.find_source(store, source)
    if known is None:
        raise UsageError(texts("never_synced", source=source), texts("never_synced_advice", source=source))
    with source_lock(store, source):
        return rebuild_source(store, known.id, adapter.streams, adapter.normalise, progress=progress, language=language)
