"""How far long work has come: bars with rate and time left on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from connector.cli.session import Session
from connector.messages import Message
from connector.messages.screens import texts

if TYPE_CHECKING:
    from rich.console import Console

    from connector.config.model import Config
    from connector.kpi.options import KpiOptions
    from connector.store import Store
    from connector.sync import Progress

_EVERY = 10.0  # seconds between two plain lines about the same thing


@contextmanager
def reporting(session: Session) -> Iterator[Callable[[Progress], None]]:
    """A function to be told about progress, from any thread, for the length of the block. Says nothing if quiet."""
    if session.quiet:
        yield lambda progress: None
    elif sys.stderr.isatty() and not session.verbose:  # lines of the log would run through the bars
        with _bars(session) as report:
            yield report
    else:
        yield _lines(session)


@contextmanager
def _bars(session: Session) -> Iterator[Callable[[Progress], None]]:
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = _console()
    rate = session.text(texts("rate"))
    tasks: dict[tuple[str, str], TaskID] = {}
    turn = threading.Lock()
    with Bars(
        SpinnerColumn(),
        TextColumn("{task.fields[address]}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[shown]}", markup=False),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bars:

        def report(progress: Progress) -> None:
            key = (progress.source, progress.stream)
            with turn:
                if key not in tasks:
                    tasks[key] = bars.add_task("", total=None, address="/".join(key), shown="")
                task = tasks[key]
                bars.update(task, completed=progress.records, total=progress.total)
                speed = bars.tasks[bars.task_ids.index(task)].speed
                shown = f"{progress.records}" + (f" / {progress.total}" if progress.total else "")
                bars.update(task, shown=f"{shown}  {speed:.0f} {rate}" if speed else shown)

        yield report


@contextmanager
def telling(session: Session, message: Callable[[str, int], Message]) -> Iterator[Callable[[str, int], None]]:
    """A function to be told what is being done and how much of it is; `message` puts that into words.

    Nothing is shown before it is called, so that work which turns out to be none goes by unseen.
    """
    if session.quiet:
        yield lambda name, done: None
    elif sys.stderr.isatty():
        status = _console().status("")

        def show(name: str, done: int) -> None:
            status.update(session.text(message(name, done)))
            status.start()

        try:
            yield show
        finally:
            status.stop()
    else:
        line = _now_and_then(session)
        yield lambda name, done: line(name, message(name, done))


def telling_rows(session: Session) -> AbstractContextManager[Callable[[str, int], None]]:
    """A function to be told how many rows of a table (or records of a stream) are done; 0 where it begins."""
    return telling(session, lambda name, rows: texts("rows_done" if rows else "rows_begin", name=name, rows=rows))


def settled(session: Session, config: Config, store: Store, *, options: KpiOptions | None = None) -> None:
    """Persons, conversations and their orders brought up to date, with a word on how far that has come."""
    from connector.config.settling import settle

    with telling(session, lambda step, done: texts(f"settling_{step}", done=done)) as progress:
        settle(config, store, clock=session.clock, options=options, progress=progress)


def _lines(session: Session) -> Callable[[Progress], None]:
    line = _now_and_then(session)

    def report(progress: Progress) -> None:
        address = f"{progress.source}/{progress.stream}"
        values = {"address": address, "records": progress.records, "total": progress.total}
        line(address, texts("progress_of" if progress.total else "progress", **values))

    return report


def _now_and_then(session: Session) -> Callable[[str, Message], None]:
    """Says a message about something unless it is less than `_EVERY` seconds since one about it, or since the first."""
    last: dict[str, float] = {}
    turn = threading.Lock()

    def line(about: str, message: Message) -> None:
        now = session.clock.monotonic()
        with turn:
            since = last.setdefault(about, now)
            if now - since < _EVERY:
                return
            last[about] = now
        session.say(message)

    return line


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)
