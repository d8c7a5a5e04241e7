"""CSV files as people have them: with and without byte order mark, UTF-16, old Windows encodings, `;`, `,` or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connector.errors import UnexpectedPayload
from connector.messages import Message
from connector.messages.surveys import texts
from connector.surveys.cells import Row

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as the mark of UTF-16 does, so it is looked at before
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
_LONGEST_CELL = 1 << 20
"""Characters. A quote that is never closed swallows the rest of a file; it is noticed here and not at a gigabyte."""


@contextmanager
def csv_rows(
    file: Path, delimiter: str | None, encoding: str | None
) -> Iterator[tuple[Iterator[Row], tuple[Message, ...]]]:
    """The rows of a CSV with the lines they begin in, and what was guessed. Raises `UnexpectedPayload` and OSError."""
    chosen, notices = _encoding(file, encoding)
    with file.open(encoding=chosen, newline="") as stream:
        if delimiter is None:
            delimiter = _delimiter(_heading(file, stream))
            stream.seek(0)
        yield _rows(file, stream, delimiter), notices


def _rows(file: Path, stream: io.TextIOBase, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(stream, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UnexpectedPayload(texts("broken_csv", file=file.name, line=line), texts("quote_advice")) from None
        except UnicodeDecodeError:
            raise _not_decodable(file) from None
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1


def _heading(file: Path, stream: io.TextIOBase) -> str:
    """The first record that is not empty, line breaks in quotes included; found by counting quotes."""
    record = ""
    while len(record) < _LONGEST_CELL and (line := stream.readline(_LONGEST_CELL)):
        record += line
        if record.count('"') % 2 == 0:
            if record.strip():
                break
            record = ""
    return record


def _delimiter(heading: str) -> str:
    """What cuts the headings into the most columns; a comma where nothing does."""
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))


def _encoding(file: Path, wanted: str | None) -> tuple[str, tuple[Message, ...]]:
    """The encoding to read a file in. A byte order mark says it; else what the owner says; else UTF-8 where it fits."""
    with file.open("rb") as stream:
        head = stream.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, ()
    if wanted is not None:
        try:
            codecs.lookup(wanted)
        except LookupError:
            raise UnexpectedPayload(texts("no_encoding", encoding=wanted), texts("no_encoding_advice")) from None
        return wanted, ()
    if b"\0" in head:
        return _wide(file, head), ()
    if _decodes(file, "utf-8"):
        return "utf-8", ()
    if _decodes(file, "cp1252"):
        return "cp1252", (texts("guessed_encoding", file=file.name),)
    raise _not_decodable(file)


def _wide(file: Path, head: bytes) -> str:
    """UTF-16 without a mark: text of our languages has a zero in nearly every second byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even < len(head) // 16:
        return "utf-16-le"
    if even > len(head) // 4 and odd < len(head) // 16:
        return "utf-16-be"
    raise UnexpectedPayload(texts("no_text", file=file.name), texts("no_text_advice"))


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open("rb") as stream:
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _not_decodable(file: Path) -> UnexpectedPayload:
    return UnexpectedPayload(texts("not_decodable", file=file.name), texts("not_decodable_advice"))
