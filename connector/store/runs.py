"""Runs: what was begun, how it ended. A report for people; nothing is decided by it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from connector.instants import DAY
from connector.model import Run, Source
from connector.store.database import Store
from connector.store.tables import table_of

KEPT = 90 * DAY
"""How long finished runs are kept, in microseconds."""

_runs = table_of(Run)
_sources = table_of(Source)


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as the store keeps it: the class's name and its sentences, already in the owner's language."""

    error_class: str
    message: str
    advice: str | None = None


def start_run(store: Store, source_id: int, stream: str | None, *, kind: str, at: int) -> int:
    """Write down that a run begins; `kind` is sync, sweep, full, rebuild or import. Its number."""
    with store.write() as connection:
        done = connection.execute(
            insert(_runs).values(
                source_id=source_id, stream=stream, kind=kind, status="running", started_at=at, requests=0,
                records=0, inserted=0, updated=0, unchanged=0, gone=0, set_aside=0, bytes=0,
            )
        )  # fmt: skip
        assert done.inserted_primary_key is not None
        return int(done.inserted_primary_key[0])


def finish_run(
    store: Store,
    run_id: int,
    *,
    status: str,
    at: int,
    requests: int = 0,
    bytes_: int = 0,
    gone: int = 0,
    trouble: Trouble | None = None,
) -> None:
    """Write down how a run ended. Records, inserted, updated and so on were counted by `save_page`, page by page.

    `requests`, `bytes_` (of answers) and `gone` (records newly marked) are of the whole run.
    """
    with store.write() as connection:
        connection.execute(
            update(_runs)
            .where(_runs.c.id == run_id)
            .values(
                status=status,
                finished_at=at,
                requests=requests,
                bytes=bytes_,
                gone=gone,
                error_class=trouble.error_class if trouble else None,
                error_message=trouble.message if trouble else None,
                error_advice=trouble.advice if trouble else None,
            )
        )


def running_since(store: Store, source: str) -> int | None:
    """When the oldest unfinished run of a source began, microseconds UTC; None where there is none."""
    with store.read() as connection:
        found = connection.scalar(
            select(func.min(_runs.c.started_at))
            .join(_sources, _sources.c.id == _runs.c.source_id)
            .where(_sources.c.name == source, _runs.c.status == "running")
        )
    return None if found is None else int(found)


def interrupt_stale_runs(store: Store, source: str) -> None:
    """Mark unfinished runs of a source as interrupted. Only for whoever holds the source's lock."""
    if running_since(store, source) is None:
        return
    with store.write() as connection:
        connection.execute(
            update(_runs)
            .where(
                _runs.c.status == "running",
                _runs.c.source_id.in_(select(_sources.c.id).where(_sources.c.name == source)),
            )
            .values(status="interrupted")
        )


def prune_runs(store: Store, *, now: int) -> int:
    """Forget runs that began more than 90 days ago; how many."""
    with store.write() as connection:
        done = connection.execute(delete(_runs).where(_runs.c.started_at < now - KEPT, _runs.c.status != "running"))
        return int(done.rowcount)
