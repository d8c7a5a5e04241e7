"""The program itself: finds the command, hands it a session, and turns every outcome into an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from connector import __version__
from connector.cli.parts import Command, Option, spoken

if TYPE_CHECKING:
    from connector.cli.session import Session

_COMPLETION = "_CONNECTOR_COMPLETE"

COMMANDS = {
    "demo": "demo",
    "init": "init",
    "check": "check",
    "sync": "sync",
    "status": "status",
    "kpi": "kpi",
    "export": "export",
    "import": "importing",
    "daemon": "daemon",
    "rebuild": "rebuild",
    "reconcile": "reconcile",
    "person": "person",
    "backup": "backup",
    "restore": "restore",
    "adapters": "adapters",
}
"""Every command, in the order in which an owner meets them, and the module of this package that holds it."""


class Program(Command, click.Group):
    """`connector`: a group that imports a command only when it is called."""

    def __init__(self) -> None:
        super().__init__(
            "connector",
            params=[
                Option(["--config"], metavar="FILE", type=click.Path()),
                Option(["-v", "--verbose"], count=True),
                Option(["-q", "--quiet"], is_flag=True),
                Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version),
            ],
            callback=_session,
            subcommand_metavar="COMMAND [ARGS]...",
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"connector.cli.{COMMANDS[name]}")
        found = module.command
        assert isinstance(found, click.Command)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and one line for each command, which need not be imported for that."""
        Command.format_options(self, ctx, formatter)
        with formatter.section(spoken("commands")):
            formatter.write_dl([(name, spoken(f"{name}.short")) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; a name that does not exist is refused with the nearest one that does."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from connector.cli.usage import no_such_command

            raise no_such_command(args[0], list(COMMANDS))
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run, and end the process with the exit code that design and docs promise."""
        from connector.cli import border
        from connector.cli.session import Session

        session = Session()
        arguments = list(sys.argv[1:] if args is None else args)
        if args is None:
            border.prepare_process()

        if args is None and _COMPLETION in os.environ:  # a shell asks what could come next
            super().main(arguments, prog_name="connector", complete_var=_COMPLETION)

        def invoke() -> object:
            # Not by click's own `main`, which has its own ideas of exit codes and of closed pipes.
            try:
                with self.make_context(prog_name or "connector", arguments, obj=session, **extra) as context:
                    return self.invoke(context)
            except click.exceptions.Exit as done:
                return done.exit_code

        sys.exit(border.exit_code(invoke, session))


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"connector {__version__}")
        ctx.exit()


@click.pass_obj
def _session(session: Session, config: str | None, verbose: int, quiet: bool) -> None:
    session.begin(config, verbose, quiet)
