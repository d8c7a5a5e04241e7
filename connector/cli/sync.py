"""`connector sync`: brings the store up to date now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from connector.cli.parts import as_json, option
from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import UsageError
from connector.messages.cli import texts
from connector.messages.screens import texts as screens

if TYPE_CHECKING:
    from connector.sync import RunResult
    from connector.sync.stream import Mode


@named("sync")
@click.argument("addresses", nargs=-1, metavar="[SOURCE[/STREAM]]...")
@option("--full", is_flag=True)
@option("--sweep", is_flag=True)
@option("--since", metavar="DATE")
@option("--accept-loss", is_flag=True)
@as_json
@click.pass_obj
def command(
    session: Session,
    addresses: tuple[str, ...],
    full: bool,
    sweep: bool,
    since: str | None,
    accept_loss: bool,
    as_json: bool,
) -> int:
    """Bring the store up to date; 3 where a source failed or was incomplete."""
    from connector.cli import collector
    from connector.cli.addresses import chosen
    from connector.cli.days import first_instant
    from connector.cli.progress import reporting, settled
    from connector.cli.stopping import patiently, stoppable
    from connector.config.jobs import source_job

    mode = _mode(full, sweep, accept_loss)
    if accept_loss and not addresses:
        raise UsageError(texts("accept_what"), texts("accept_what_advice"))
    config = session.config()
    asked = chosen(config, addresses)
    instant = first_instant(since, config.zone, now=session.clock.now()) if since else None

    from connector.sync import sync_sources
    from connector.sync.outcome import exit_code

    with session.store(config) as store, stoppable(session) as told:
        jobs = [
            source_job(
                config,
                name,
                clock=session.clock,
                stop=told.is_set,
                streams=streams,
                mode=mode,
                since=instant,
                accept_loss=accept_loss,
            )
            for name, streams in asked.items()
        ]
        collector.loaded()
        with reporting(session) as progress:
            results = patiently(
                lambda: sync_sources(store, jobs, clock=session.clock, progress=progress, language=session.language)
            )
        patiently(lambda: settled(session, config, store))
    if as_json:
        session.document({"runs": [result.to_json() for result in results]})
    else:
        _show(session, results)
    return exit_code(results)


def _mode(full: bool, sweep: bool, accept_loss: bool) -> Mode:
    if full and sweep:
        raise UsageError(texts("exclude", one="--full", other="--sweep"), texts("exclude_advice"))
    if full:
        return "full"
    return "sweep" if sweep or accept_loss else "changes"


def _show(session: Session, results: Sequence[RunResult]) -> None:
    from connector.cli import tables

    columns = ("stream", "outcome", "new", "changed", "same", "gone", "set_aside", "seconds")
    tables.show(
        [session.text(screens(f"column_{name}")) for name in columns],
        [
            (
                f"{run.source}/{run.stream}" if run.stream else run.source,
                session.text(screens(f"run_{run.status}")),
                *(str(count) for count in (run.inserted, run.updated, run.unchanged, run.gone)),
                str(run.set_aside or ""),
                f"{run.seconds:.1f}",
            )
            for run in results
        ],
        right=range(2, len(columns)),
    )
    for run in results:
        if run.error is not None:
            address = f"{run.source}/{run.stream}" if run.stream else run.source
            click.echo(f"{address}: {run.error.message}", err=True)
            if run.error.advice:
                click.echo(f"  {run.error.advice}", err=True)
