"""`connector demo`: everything at once, without a key."""

from __future__ import annotations

from pathlib import Path

import click

from connector.cli.parts import command as named
from connector.cli.parts import option
from connector.cli.session import Session
from connector.messages.demo import texts


@named("demo")
@option("--dir", "folder", metavar="DIR", type=click.Path(path_type=Path), default=Path("connector-demo"))
@option("--serve", is_flag=True)
@click.pass_obj
def command(session: Session, folder: Path, serve: bool) -> int:
    """Run the demo; with --serve, keep its shops up until told to stop, which is its normal end."""
    from connector import catalog
    from connector.cli.kpi import show
    from connector.cli.progress import reporting
    from connector.cli.stopping import patiently, stoppable
    from connector.demo import prepare, pretend_shops, run

    with stoppable(session) as told:
        session.say(texts("starting", names=", ".join(catalog.simulators())))
        with pretend_shops(session.clock) as entries:
            config = prepare(folder, entries, session.language)
            session.secrets = config.secrets
            with reporting(session) as progress:
                demo = patiently(
                    lambda: run(config, clock=session.clock, stop=told.is_set, say=session.say, progress=progress)
                )
            show(demo.figures)
            session.show(texts("done", folder=demo.folder, workbook=demo.workbook))
            if serve:
                session.show(texts("serving", file=config.file))
                while not told.wait(0.2):
                    pass
            else:
                session.say(texts("next"))
    return 0
