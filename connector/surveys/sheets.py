"""A file with answers as a sheet: names of columns, and rows one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts
from connector.surveys.cells import Row
from connector.surveys.headers import has_two, names_of

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")


@dataclass(frozen=True)
class Sheet:
    """An open file. `rows` can be walked once, while the file is open."""

    names: tuple[str, ...]
    rows: Iterator[Row]
    notices: tuple[Message, ...] = ()
    """What was guessed about the file and may be wrong."""


@contextmanager
def open_sheet(
    file: Path, *, delimiter: str | None = None, encoding: str | None = None, header_rows: int | None = None
) -> Iterator[Sheet]:
    """The sheet in a file. What is None is found out from the file itself.

    `UnexpectedPayload` where the file cannot be read or holds no table; also from `rows`, where it breaks off later.
    """
    try:
        with _raw(file, delimiter, encoding) as (rows, notices):
            yield _headed(file, rows, header_rows, notices)
    except FileNotFoundError:
        raise UnexpectedPayload(texts("absent", file=file.name), texts("absent_advice")) from None
    except IsADirectoryError:
        raise UnexpectedPayload(texts("directory", file=file.name), texts("directory_advice")) from None
    except PermissionError:
        raise UnexpectedPayload(texts("locked", file=file.name), texts("locked_advice")) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnexpectedPayload(
            texts("unreadable", file=file.name, reason=reason), texts("unreadable_advice")
        ) from None


@contextmanager
def _raw(
    file: Path, delimiter: str | None, encoding: str | None
) -> Iterator[tuple[Iterator[Row], tuple[Message, ...]]]:
    ending = file.suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        from connector.surveys.xlsx_sheet import workbook_rows

        with workbook_rows(file) as rows:
            yield rows, ()
    elif ending == ".xls":
        raise UnexpectedPayload(texts("old_excel", file=file.name), texts("old_excel_advice"))
    elif ending == ".json":
        from connector.surveys.json_sheet import json_rows

        with json_rows(file) as rows:
            yield rows, ()
    else:
        from connector.surveys.csv_sheet import csv_rows

        with csv_rows(file, delimiter, encoding) as found:
            yield found


def _headed(file: Path, rows: Iterator[Row], header_rows: int | None, notices: tuple[Message, ...]) -> Sheet:
    """The sheet below its headings; rows without any cell are no rows."""
    filled = (row for row in rows if any(cell.strip() for cell in row[1]))
    beginning = list(islice(filled, 2))
    if not beginning:
        raise UnexpectedPayload(texts("empty", file=file.name), texts("empty_advice"))
    first = beginning[0][1]
    second = beginning[1][1] if len(beginning) > 1 else []
    two = has_two(first, second) if header_rows is None else header_rows == 2
    width = max(len(first), len(second) if two else 0)
    names = names_of(first, width)
    return Sheet(names, _fitted(chain(beginning[2 if two else 1 :], filled), width), notices)


def _fitted(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Rows as wide as the headings. Blank cells beyond them are nothing; others are kept, and so the row is refused."""
    for line, cells in rows:
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        elif len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        yield line, cells
