"""Tables of plain text on stdout: aligned, wrapped on a terminal, one line a row in a file or pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDE = 400  # columns, where nobody looks at a screen
_NARROWEST = 80  # columns; a narrower terminal breaks the lines itself, rather than a word lose its letters


def show(headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print rows below headers; the columns whose numbers are in `right` are aligned to the right.

    The first column is never wrapped. A column that is empty in all rows is left out.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    aligned = set(right)
    kept = [number for number in range(len(headers)) if not rows or any(row[number] for row in rows)]
    for number in kept:
        justify: Literal["left", "right"] = "right" if number in aligned else "left"
        table.add_column(Text(headers[number]), justify=justify, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text(row[number]) for number in kept))
    draw(table)


def draw(picture: RenderableType, *, wide: int = _WIDE) -> None:
    """Print something of rich's on stdout, as wide as the terminal, or `wide` columns where there is none.

    Never narrower than 80 columns, for below that tables lose whole columns.
    """
    from rich.console import Console

    class Output(Console):
        """A console that leaves it to the border what a closed pipe means."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Output(
        file=sys.stdout,
        width=None if sys.stdout.isatty() else wide,
        markup=False,
        highlight=False,
        emoji=False,
    )
    console.width = max(console.width, _NARROWEST)
    console.print(picture)
