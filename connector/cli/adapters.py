"""`connector adapters`: what is installed, its streams, and where it comes from."""

from __future__ import annotations

import click

from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.messages.screens import texts


@named("adapters")
@click.pass_obj
def command(session: Session) -> None:
    """List the installed adapters; a broken one with its reason."""
    from connector import catalog
    from connector.cli import tables

    rows = []
    for one in catalog.installed():
        if one.adapter is not None:
            what = ", ".join(stream.name for stream in one.adapter.streams)
        else:
            what = session.text(texts("unusable", reason=one.problem))
        rows.append((one.name, what, f"{one.package} {one.version}"))
    columns = ("column_adapter", "column_streams", "column_package")
    tables.show([session.text(texts(column)) for column in columns], rows)
