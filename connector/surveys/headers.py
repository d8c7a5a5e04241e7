"""One name for each column of a sheet, and the column that a name means."""

from __future__ import annotations

from collections.abc import Sequence

from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts

_SECOND_ROW = frozenset(("response", "open-ended response", "antwort", "offene antwort", "antwort mit offenem ende"))
"""What the second header row of a SurveyMonkey export says below a question (headers of public exports)."""


def has_two(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row of a sheet belongs to its headings."""
    return bool(second) and not second[0].strip() and any(cell.strip().lower() in _SECOND_ROW for cell in second)


def names_of(first: Sequence[str], width: int) -> tuple[str, ...]:
    """The names of `width` columns below this row of headings.

    A blank one belongs to the question on its left; of several columns with one name the second is `NAME#2`.
    """
    names: list[str] = []
    count: dict[str, int] = {}
    current = ""
    for at in range(width):
        written = first[at].strip() if at < len(first) else ""
        current = written or current
        count[current] = count.get(current, 0) + 1
        names.append(current if count[current] == 1 else f"{current}#{count[current]}")
    return tuple(names)


def find(column: str | int, names: Sequence[str]) -> int:
    """The place of a column, from 0. `UnexpectedPayload` that lists the columns where there is no such one."""
    if isinstance(column, int):
        if column <= len(names):
            return column - 1
        raise UnexpectedPayload(texts("no_column_number", number=column, count=len(names)), _advice(names))
    if column in names:
        return names.index(column)
    wanted = folded(column)
    for at, name in enumerate(names):
        if folded(name) == wanted:
            return at
    raise UnexpectedPayload(texts("no_column", column=column), _advice(names))


def folded(name: str) -> str:
    """A heading without what people write differently: case and blanks."""
    return " ".join(name.split()).casefold()


def _advice(names: Sequence[str]) -> Message:
    shown = ", ".join(f"`{name}`" if name else "``" for name in names[:40])
    return texts("columns_found", columns=shown)
