"""`connector rebuild [SOURCE]`: all rows anew from the stored records, without network."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import click

from connector.cli.parts import command as named
from connector.cli.session import Session
from connector.errors import EXIT_INCOMPLETE, SourceError
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.config.model import Config
    from connector.store import Store


@named("rebuild")
@click.argument("source", required=False, metavar="[SOURCE]")
@click.pass_obj
def command(session: Session, source: str | None) -> int:
    """Remake the rows of one source or of all that were ever synced; 3 where a record had to be set aside."""
    from connector.cli.addresses import known_source
    from connector.cli.progress import settled
    from connector.store.state import list_sources

    config = session.config()
    if source is not None:
        known_source(config, source)
    with session.store(config, create=False) as store:
        synced = {one.name for one in list_sources(store)}
        names = [source] if source is not None else [name for name in config.sources if name in synced]
        if not names:
            session.say(texts("no_store"))
        codes = [_one(session, config, store, name) for name in names]
        settled(session, config, store)
    return max(codes, default=0)


def _one(session: Session, config: Config, store: Store, name: str) -> int:
    from connector import catalog
    from connector.cli.progress import telling_rows
    from connector.rebuild import rebuild

    settings = config.sources[name]
    adapter, transport = catalog.build(settings.adapter, settings, clock=session.clock, random=Random())
    try:
        with telling_rows(session) as progress:
            done = rebuild(store, name, adapter, progress=progress, language=session.language)
    except SourceError as error:
        session.complain(error.message, error.advice)
        return error.exit_code
    finally:
        transport.close()
    said = texts("rebuilt", source=name, records=done.records, mended=done.mended, set_aside=done.set_aside)
    session.show(said)
    return EXIT_INCOMPLETE if done.set_aside else 0
