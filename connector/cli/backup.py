"""`connector backup FILE`: a consistent copy of the store, also while the daemon runs."""

from __future__ import annotations

from pathlib import Path

import click

from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.messages.screens import texts


@named("backup")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.pass_obj
def command(session: Session, file: Path) -> None:
    """Copy the store into a file."""
    config = session.config()

    from connector.export.formatting import number
    from connector.store.backup import backup

    with session.store(config, create=False) as store:
        backup(store, file)
        size = f"{number(file.stat().st_size / 1_000_000, session.language, 1)} MB"
        session.show(texts("backed_up", name=store.name, file=file, size=size))
