"""Log lines on stderr: few by default, more with -v; never a traceback, a secret or an address of a person."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from connector.cli import faults
from connector.messages import Message
from connector.messages.cli import texts

if TYPE_CHECKING:
    from connector.cli.session import Session


def set_up(session: Session, verbose: int, *, journal: bool = False) -> None:
    """Send log lines of the program to stderr.

    `verbose` 0 shows warnings, 1 what is done, 2 everything; a quiet session shows errors only. `journal` gives each
    line its time and shows what is done by default, for a daemon.
    """
    level = logging.WARNING if not journal else logging.INFO
    if verbose:
        level = logging.INFO if verbose == 1 else logging.DEBUG
    if session.quiet:
        level = logging.ERROR if not journal else logging.WARNING
    to_screen = _Screen()
    to_screen.setLevel(level)
    to_screen.setFormatter(_Line(session, "%(asctime)s %(levelname)s %(message)s" if journal else "%(message)s"))
    if not verbose:
        # What became of a run is told by the command or the daemon, in the owner's language and with its advice; and
        # nobody sits before a daemon, waiting while a request is tried again.
        told = ("connector.sync", "connector.transport") if journal else ("connector.sync",)
        to_screen.addFilter(lambda record: not record.name.startswith(told))
    to_file = _Faults(session)
    to_file.setLevel(logging.ERROR)
    log = logging.getLogger("connector")
    log.handlers[:] = [to_screen, to_file]
    log.setLevel(min(level, logging.ERROR))
    log.propagate = False
    logging.getLogger().handlers[:] = [logging.NullHandler()]  # libraries have no say on the owner's screen


class _Screen(logging.Handler):
    """Writes to stderr as it is now: while bars are drawn there, lines go above them."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        click.echo(self.format(record), err=True)


class _Line(logging.Formatter):
    """One line for each record, whatever it holds; a `Message` in it in the owner's language."""

    default_time_format = "%Y-%m-%dT%H:%M:%S%z"
    default_msec_format = None

    def __init__(self, session: Session, form: str) -> None:
        super().__init__(form)
        self._session = session

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the traceback and without secrets."""
        args = record.args
        if isinstance(args, tuple):
            args = tuple(self._session.text(one) if isinstance(one, Message) else one for one in args)
        plain = {"args": args, "exc_info": None, "exc_text": None, "stack_info": None}
        shown = logging.makeLogRecord({**record.__dict__, **plain})
        return faults.redacted(" ".join(super().format(shown).splitlines()), self._session.secrets)


class _Faults(logging.Handler):
    """Writes the traceback of a fault that was logged and survived into the file for faults."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, where there is one, and say where."""
        if record.exc_info and record.exc_info[1] is not None:
            file = faults.write(record.exc_info[1], self._session.file, self._session.secrets)
            if file is not None:
                logging.getLogger("connector.faults").error(self._session.text(texts("fault_log", log=file)))
