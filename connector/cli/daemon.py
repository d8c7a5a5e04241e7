"""`connector daemon`: keeps everything up to date until told to stop, then ends with 0."""

from __future__ import annotations

import click

from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.clock import Stopped


@named("daemon")
@click.pass_obj
def command(session: Session) -> int:
    """Serve until a signal comes. Being told to stop is its normal end, so that is exit code 0."""
    from connector.cli import collector, logs
    from connector.cli.stopping import patiently, stoppable

    with stoppable(session, code=0) as told:
        config = session.config()
        logs.set_up(session, session.verbose, journal=True)

        from connector.daemon.service import serve

        collector.loaded()
        try:
            with patiently(lambda: session.store(config)) as store:
                patiently(lambda: serve(config, store, clock=session.clock, told=told))
        except Stopped:
            pass
    return 0
