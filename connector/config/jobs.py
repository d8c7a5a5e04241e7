"""What the loop needs to know of a configured source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from connector import catalog
from connector.clock import Clock
from connector.config.model import Config

if TYPE_CHECKING:
    from connector.sync import SourceJob
    from connector.sync.stream import Mode


def source_job(
    config: Config,
    name: str,
    *,
    clock: Clock,
    stop: Callable[[], bool],
    streams: Sequence[str] | None = None,
    mode: Mode = "changes",
    since: int | None = None,
    accept_loss: bool = False,
) -> SourceJob:
    """The job of syncing the source `name`; what it reads through is built when the job begins.

    `stop` is asked between requests and while waiting. `since` in microseconds UTC.
    """
    from connector.sync import SourceJob

    settings = config.sources[name]
    return SourceJob(
        name=name,
        adapter_name=settings.adapter,
        url=settings.url,
        build=partial(catalog.build, settings.adapter, settings, clock=clock, random=Random(), stop=stop),
        streams=streams,
        mode=mode,
        since=since,
        accept_loss=accept_loss,
    )
