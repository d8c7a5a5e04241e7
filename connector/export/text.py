"""Text in cells: data, never instructions.

A spreadsheet program takes a cell that begins with `= + - @`, or with a control character that it skips, for a formula;
an East Asian one also where these are written in full width.
Names and notes come from strangers, so such text gets a leading apostrophe in workbooks and in CSV (OWASP, "CSV
Injection"). JSON and Parquet hold text as it is.
"""

from __future__ import annotations

import re

LONGEST_CELL = 32_767
"""Characters a workbook cell can hold (Excel specifications and limits), counted as Excel does: in UTF-16 units."""

CONTROL = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
"""The control characters of ASCII and Latin-1, tab and line ends included."""

_DANGEROUS = CONTROL | frozenset("=+-@＝＋－＠")
_NO_UTF8 = re.compile("[\x00\ud800-\udfff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OTHER_LINE_ENDS = re.compile("\r\n?")
_REPLACEMENT = "\ufffd"


def neutralised(text: str) -> str:
    """The text, with a leading apostrophe where a spreadsheet program might take it for a formula."""
    return "'" + text if text[:1] in _DANGEROUS else text


def csv_text(text: str) -> str:
    """A text cell of a CSV file: neutralised, and free of what UTF-8 or a reader of text files cannot hold."""
    return _NO_UTF8.sub(_REPLACEMENT, neutralised(text))


def cell_text(text: str) -> tuple[str, bool]:
    """A text cell of a workbook, and whether it had to be cut.

    Neutralised; control characters that XML forbids become U+FFFD, other line ends the line feed that Excel uses.
    A text that XlsxWriter would pass on as ready-made XML (`<r>…</r>`) is neutralised as well.
    """
    safe = neutralised(text)
    if safe.startswith("<r>") and safe.endswith("</r>"):
        safe = "'" + safe
    if not safe.isprintable():
        safe = _NO_XML.sub(_REPLACEMENT, _OTHER_LINE_ENDS.sub("\n", safe))
    if len(safe) * 2 <= LONGEST_CELL or _units(safe) <= LONGEST_CELL:
        return safe, False
    return _cut(safe), True


def _units(text: str) -> int:
    """Length as Excel counts it: a character outside the basic plane counts twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str) -> str:
    """The longest beginning that fits, with an ellipsis as its last character."""
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 1)]
    return kept.decode("utf-16-le", errors="ignore") + "…"  # half a surrogate pair at the cut is dropped
