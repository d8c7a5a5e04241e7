"""`connector restore FILE`: a backup takes the place of the present store, which is copied aside first."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from connector.cli.parts import command as named
from connector.cli.parts import option
from connector.cli.session import Session
from connector.messages.screens import texts


@named("restore")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--yes", "assume_yes", is_flag=True)
@click.pass_obj
def command(session: Session, file: Path, assume_yes: bool) -> None:
    """Bring back a backup. Asks on a terminal; elsewhere not, since what is replaced is kept beside it."""
    config = session.config()
    name = config.store_name
    if not assume_yes and config.store_exists and sys.stdin.isatty():
        from connector.cli.questions import yes_or_no

        if not yes_or_no(session, texts("restore_question", name=name, file=file), default=False):
            session.say(texts("restore_declined"))
            return

    from connector.store.backup import restore

    aside = restore(file, config.store, clock=session.clock, base=config.base)
    session.show(texts("restored", file=file, name=name))
    if aside is not None:
        session.show(texts("restored_aside", file=aside))
