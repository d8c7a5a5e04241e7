"""How the stored records of each source are understood, without asking any of them."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TYPE_CHECKING

from connector import catalog
from connector.clock import Clock
from connector.config.model import Config
from connector.errors import SettingsError

if TYPE_CHECKING:
    from connector.privacy.forgetting import Known
    from connector.store.state import StoredSource


def understanding(config: Config, sources: Iterable[StoredSource], *, clock: Clock) -> dict[str, Known]:
    """What an erasure needs to know of every source in the store.

    Of a source that is configured no more only its streams are known, from the adapter it once had; of one whose
    adapter is no longer installed not even those.
    """
    from connector.privacy.forgetting import Known

    known: dict[str, Known] = {}
    for source in sources:
        try:
            settings = config.sources.get(source.name)
            if settings is None:
                known[source.name] = Known(catalog.adapter(source.adapter).streams)
                continue
            adapter, transport = catalog.build(settings.adapter, settings, clock=clock, random=Random())
            transport.close()
            known[source.name] = Known(adapter.streams, adapter.normalise)
        except SettingsError:
            known[source.name] = Known(())
    return known
