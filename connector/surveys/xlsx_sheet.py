"""The first sheet of a workbook, row by row."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connector.errors import UnexpectedPayload
from connector.messages.surveys import texts
from connector.surveys.cells import Row, texts_of


@contextmanager
def workbook_rows(file: Path) -> Iterator[Iterator[Row]]:
    """Rows with their numbers; dates become ISO texts. Raises `UnexpectedPayload` and OSError."""
    from openpyxl import load_workbook

    with file.open("rb") as stream:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that hold no cell
            try:
                book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            except OSError:
                raise
            except Exception:  # noqa: BLE001 - a broken zip, XML or style table fails in ways of its own
                raise _broken(file) from None
        try:
            yield _rows(file, book)
        finally:
            book.close()


def _rows(file: Path, book: Any) -> Iterator[Row]:
    if not book.worksheets:
        raise _broken(file)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    while True:
        try:
            number, values = next(rows)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - as above
            raise _broken(file) from None
        yield number, texts_of(values)


def _broken(file: Path) -> UnexpectedPayload:
    return UnexpectedPayload(texts("broken_workbook", file=file.name), texts("broken_workbook_advice"))
