"""Log lines on stderr: few by default, more with -v; never a traceback, a secret or an address of a person."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from connector.cli import faults
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
    to_screen = logging.StreamHandler(sys.stderr)
    to_screen.setLevel(level)
    to_screen.setFormatter(_Line(session, "%(asctime)s %(levelname)s %(message)s" if journal else "%(message)s"))
    if not verbose:
        # What became of a run is told by the command or the daemon, in the owner's language and with its advice.
        to_screen.addFilter(lambda record: not record.name.startswith("connector.sync"))
    to_file = _Faults(session)
    to_file.setLevel(logging.ERROR)
    log = logging.getLogger("connector")
    log.handlers[:] = [to_screen, to_file]
    log.setLevel(min(level, logging.ERROR))
    log.propagate = False
    logging.getLogger().handlers[:] = [logging.NullHandler()]  # libraries have no say on the owner's screen


class _Line(logging.Formatter):
    """One line for each record, whatever it holds."""

    default_time_format = "%Y-%m-%dT%H:%M:%S%z"
    default_msec_format = None

    def __init__(self, session: Session, form: str) -> None:
        super().__init__(form)
        self._session = session

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the traceback and without secrets."""
        shown = logging.makeLogRecord({**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None})
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
