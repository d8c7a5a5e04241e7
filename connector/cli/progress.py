"""How far long work has come: bars with rate and time left on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from connector.cli.session import Session
from connector.messages.screens import texts

if TYPE_CHECKING:
    from connector.sync import Progress

_EVERY = 10.0  # seconds between two plain lines about the same stream


@contextmanager
def reporting(session: Session) -> Iterator[Callable[[Progress], None]]:
    """A function to be told about progress, from any thread, for the length of the block. Says nothing if quiet."""
    if session.quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _bars(session) as report:
            yield report
    else:
        yield _lines(session)


@contextmanager
def _bars(session: Session) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
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
def telling_rows(session: Session) -> Iterator[Callable[[str, int], None]]:
    """A function to be told how many rows of a table (or records of a stream) are done."""
    if session.quiet:
        yield lambda name, rows: None
    elif sys.stderr.isatty():
        from rich.console import Console

        console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        with console.status("") as status:
            yield lambda name, rows: status.update(session.text(texts("rows_done", name=name, rows=rows)))
    else:
        yield lambda name, rows: None


def _lines(session: Session) -> Callable[[Progress], None]:
    last: dict[tuple[str, str], float] = {}
    turn = threading.Lock()

    def report(progress: Progress) -> None:
        key = (progress.source, progress.stream)
        now = session.clock.monotonic()
        with turn:
            since = last.setdefault(key, now)
            if now - since < _EVERY:
                return
            last[key] = now
        values = {"address": "/".join(key), "records": progress.records, "total": progress.total}
        session.say(texts("progress_of" if progress.total else "progress", **values))

    return report
