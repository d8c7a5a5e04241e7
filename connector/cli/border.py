"""The one place where an outcome becomes an exit code, and an error a sentence with its advice.

0 all well, 1 a fault of ours, 2 usage or configuration, 3 a source failed or was incomplete, 4 the store cannot be
used, 130 stopped by Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from connector.cli import faults
from connector.cli.session import Session
from connector.clock import Stopped
from connector.errors import EXIT_FAULT, EXIT_STOPPED, EXIT_USAGE, ConnectorError
from connector.messages.cli import texts


def prepare_process() -> None:
    """What the process as a whole needs: UTF-8 wherever output is piped, and SIGTERM as good as Ctrl-C."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a program without a console, as Windows starts some
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the very end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def exit_code(invoke: Callable[[], object], session: Session) -> int:
    """Run a command and say what became of it. A command may return its exit code; none means 0."""
    try:
        result = invoke()
        sys.stdout.flush()
    except ConnectorError as error:
        return _said(error, session)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.ctx.get_help() if asked.ctx else "", err=True)
        return EXIT_USAGE
    except click.Abort as abort:
        if isinstance(abort.__context__, EOFError):
            session.complain(texts("input_ended"), texts("input_ended_advice"))
            return EXIT_USAGE
        return _stopped(session)
    except click.ClickException as error:
        from connector.cli.usage import translated

        return _said(translated(error), session)
    except (KeyboardInterrupt, Stopped):
        return _stopped(session)
    except BrokenPipeError:
        # Whoever reads us has seen enough; nothing may be written when the streams are closed at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:  # of what results are sent to; store and exports say it themselves
            return _fault(error, session)
        session.complain(texts("no_room", reason=error.strerror), texts("no_room_advice"))
        return EXIT_USAGE
    except Exception as fault:  # noqa: BLE001 - the last border: whatever it is, the owner sees one line and no traceback
        return _fault(fault, session)
    return result if isinstance(result, int) else 0


def _said(error: ConnectorError, session: Session) -> int:
    session.complain_of(error)
    return error.exit_code


def _stopped(session: Session) -> int:
    session.say(texts("stopped"))
    return EXIT_STOPPED


def _fault(fault: Exception, session: Session) -> int:
    kind = type(fault).__name__
    log = faults.write(fault, session.file, session.secrets)
    if log is None:
        session.complain(texts("fault_unlogged", kind=kind, place=faults.place(fault)))
    else:
        session.complain(texts("fault", kind=kind, log=log), texts("fault_advice"))
    return EXIT_FAULT
