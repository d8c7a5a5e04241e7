"""Tables of plain text on stdout: aligned, wrapped on a terminal, one line a row in a file or pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDE = 400  # columns, where nobody looks at a screen


def show(headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print rows below headers; the columns whose numbers are in `right` are aligned to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    aligned = set(right)
    for number, header in enumerate(headers):
        table.add_column(Text(header), justify="right" if number in aligned else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    draw(table)


def draw(picture: RenderableType, *, wide: int = _WIDE) -> None:
    """Print something of rich's on stdout, as wide as the terminal, or `wide` columns where there is none."""
    from rich.console import Console

    class Output(Console):
        """A console that leaves it to the border what a closed pipe means."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    Output(
        file=sys.stdout,
        width=None if sys.stdout.isatty() else wide,
        markup=False,
        highlight=False,
        emoji=False,
    ).print(picture)
