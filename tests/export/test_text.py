"""Texts in cells are data: hostile ones are neutralised, and none breaks a file."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.export.columns import Column, Grid
from connector.export.csv_files import Dialect, write_grid
from connector.export.text import CONTROL, LONGEST_CELL, cell_text, csv_text, neutralised

UTC = ZoneInfo("UTC")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+49 89 1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "\x7f=1",
    "\x85=1",
    "＝1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Ada", "1-2", "a=b", " =1", "'=1", "müde", "李", "🌿"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text
    assert csv_text(text) == text
    assert cell_text(text) == (text, False)


def test_a_text_that_xlsxwriter_would_take_for_xml_is_neutralised() -> None:
    assert cell_text("<r><t>x</t></r>")[0] == "'<r><t>x</t></r>"


def test_a_cell_holds_no_control_characters_that_xml_forbids() -> None:
    assert cell_text("a\x00b\x0bc\ud800d\ufffee")[0] == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_line_ends_become_those_of_excel() -> None:
    assert cell_text("a\r\nb\rc\nd")[0] == "a\nb\nc\nd"


@pytest.mark.parametrize("text", ["x" * (LONGEST_CELL + 1), "🌿" * LONGEST_CELL, "x" * LONGEST_CELL + "🌿"])
def test_what_is_too_long_is_cut_at_a_whole_character(text: str) -> None:
    cut, was_cut = cell_text(text)
    assert was_cut
    assert cut.endswith("…")
    assert LONGEST_CELL - 1 <= len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert text.startswith(cut[:-1])


def test_what_just_fits_is_not_cut() -> None:
    assert cell_text("x" * LONGEST_CELL) == ("x" * LONGEST_CELL, False)
    assert cell_text("🌿" * (LONGEST_CELL // 2)) == ("🌿" * (LONGEST_CELL // 2), False)


@given(st.text(st.characters(exclude_categories=[]), max_size=40))
def test_no_cell_can_act_as_a_formula(text: str) -> None:
    for safe in (csv_text(text), cell_text(text)[0]):
        assert safe[:1] not in CONTROL | set("=+-@")
        safe.encode("utf-8")


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5), st.sampled_from(Dialect))
def test_csv_gives_every_text_back(rows: list[tuple[str, str]], dialect: Dialect) -> None:
    out = io.StringIO(newline="")
    columns = (Column("name"), Column("email"))
    write_grid(out, Grid("t", columns, rows), dialect, zone=UTC, language="en")
    out.seek(0)
    read = list(csv.reader(out, delimiter="," if dialect is Dialect.PLAIN else ";", strict=True))[1:]
    assert read == [[csv_text(name), csv_text(email)] for name, email in rows]
