"""Ctrl-C and SIGTERM in the middle of work that must end at the border of a page.

The first signal raises a flag that transport and loop look at; what is under way is finished and stored. Whoever waits
for an answer from a slow server would not notice, so after `PATIENCE` seconds the process ends all the same. That is
safe: every page is one transaction, and locks die with the process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TypeVar

from connector.cli.session import Session
from connector.errors import EXIT_STOPPED
from connector.messages.cli import texts

PATIENCE = 8.0
"""Seconds from the first signal to the end of the process at the latest."""

_LOOK = 0.2  # seconds between two looks at the flag; Windows handles no signal while a thread is waited for

Result = TypeVar("Result")


@contextmanager
def stoppable(session: Session, *, code: int = EXIT_STOPPED) -> Iterator[threading.Event]:
    """For the block, signals set the event that is handed out. `code` is the exit code if the process must be ended."""
    told = threading.Event()
    signalled: list[int] = []
    last_resort = threading.Timer(PATIENCE, _end, (code,))
    last_resort.daemon = True

    def handle(number: int, _frame: FrameType | None) -> None:
        if signalled:  # also one that comes while the first is still being handled, as wrappers pass them on
            _end(code)
        signalled.append(number)
        last_resort.start()
        with suppress(OSError):  # nobody may be reading any more
            session.say(texts("stopping"))
        told.set()

    names = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last exists on Windows only
    here = threading.current_thread() is threading.main_thread()  # only it may take signals
    signals = [getattr(signal, name) for name in names if here and hasattr(signal, name)]
    before = {number: signal.signal(number, handle) for number in signals}
    try:
        yield told
    finally:
        last_resort.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def patiently(work: Callable[[], Result]) -> Result:
    """Do `work` in a thread of its own, so that this one can take signals; its result, or what it raised."""
    outcome: list[Result] = []
    raised: list[BaseException] = []

    def do() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 - carried over to the waiting thread, which raises it
            raised.append(error)

    worker = threading.Thread(target=do, name="work", daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(_LOOK)
    if raised:
        raise raised[0]
    return outcome[0]


def _end(code: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h")  # progress bars hide the cursor
    sys.stderr.flush()
    os._exit(code)
