"""Files in every form that people have them in become the same rows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from connector.errors import UnexpectedPayload
from connector.surveys.sheets import open_sheet

ROWS = [["Datum", "E-Mail", "Müßte es einfach sein?"], ["03.10.2026 11:05", "anna@shop.example", "4,5"]]
TEXT = "\r\n".join(";".join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(TEXT.encode(encoding))
    with open_sheet(file) as sheet:
        assert list(sheet.names) == ROWS[0]
        assert list(sheet.rows) == [(2, ROWS[1])]
        assert bool(sheet.notices) == (encoding == "cp1252"), "what was guessed is said"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_delimiters_are_found_in_the_headings(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'a{sign}"b; c, d | e"{sign}f\n1{sign}2{sign}3\n', encoding="utf-8")
    with open_sheet(file) as sheet:
        assert sheet.names == ("a", "b; c, d | e", "f")
        assert list(sheet.rows) == [(2, ["1", "2", "3"])]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('a,b\n1,"two\nlines"\n\n3,4,,\n5\n', encoding="utf-8")
    with open_sheet(file) as sheet:
        assert list(sheet.rows) == [(2, ["1", "two\nlines"]), (5, ["3", "4"]), (6, ["5", ""])]


def test_two_rows_of_headings_and_columns_of_one_name(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("ID,Which channel?,,Which channel?\n,Response,Other (please specify),Response\n1,a,b,c\n", "utf-8")
    with open_sheet(file) as sheet:
        assert sheet.names == ("ID", "Which channel?", "Which channel?#2", "Which channel?#3")
        assert list(sheet.rows) == [(3, ["1", "a", "b", "c"])]


def test_a_workbook_has_the_same_rows(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Datum", "ID", "NPS", "leer"])
        date = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_datetime(2, 0, datetime(2026, 10, 3, 11, 5), date)  # noqa: DTZ001 - sheets know no zones
        sheet.write_row(2, 1, [118000000001, 9.0])
    with open_sheet(file) as found:
        assert found.names == ("Datum", "ID", "NPS", "leer")
        assert list(found.rows) == [(3, ["2026-10-03 11:05:00", "118000000001", "9", ""])]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UnexpectedPayload, match="no readable workbook"), open_sheet(file):
        pass


def test_objects_become_columns(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"id": 1, "person": {"email": "a@b.example"}, "tags": []}, {"id": 2, "score": None}]))
    with open_sheet(file) as sheet:
        assert sheet.names == ("id", "person.email", "score")
        assert list(sheet.rows) == [(1, ["1", "a@b.example", ""]), (2, ["2", "", ""])]


def test_objects_are_read_one_after_the_other_and_the_last_may_have_a_column_of_its_own(tmp_path: Path) -> None:
    """Longer than any block that is read at once; Ö is two bytes, an emoji two halves, one of them alone none."""
    objects = [{"id": number, "text": "Ö" * 300 + "😀"} for number in range(1000)] + [{"id": 1000, "score": 9}]
    file = tmp_path / "a.json"
    file.write_text("\ufeff " + json.dumps(objects, indent=1).replace(r"\ude00", "", 1) + "\n", encoding="utf-8")
    with open_sheet(file) as sheet:
        assert sheet.names == ("id", "text", "score")
        rows = list(sheet.rows)
    assert [line for line, _ in rows] == list(range(1, 1002))
    assert rows[0][1][1] == "Ö" * 300 + "?"
    assert rows[999][1] == ["999", "Ö" * 300 + "😀", ""]
    assert rows[1000][1] == ["1000", "", "9"]


def test_memory_does_not_grow_with_a_json_file(tmp_path: Path) -> None:
    import tracemalloc

    file = tmp_path / "a.json"
    file.write_text("[" + ",".join(json.dumps({"id": number, "text": "a" * 1000}) for number in range(8000)) + "]")
    tracemalloc.start()
    with open_sheet(file) as sheet:
        count = sum(1 for _ in sheet.rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 8000
    assert most < 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", '{"a": 1}', "[", '[{"a": 1}', '[{"a": 1},]', '[{"a": 1} {"a": 2}]', '[{"a": 1}] x', "[1, 2]",
        '[{"a": ' + "[" * 100_000, '[{"a": "' + "a" * 2_000_000, "[{'a': 1}]",
    ],
)  # fmt: skip
def test_what_is_no_list_of_objects_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnexpectedPayload, match="no list of JSON objects"), open_sheet(file):
        pass
    file.write_bytes(b'[{"a": "\xff"}]')
    with pytest.raises(UnexpectedPayload, match="no list of JSON objects"), open_sheet(file):
        pass


def test_an_empty_list_has_no_answers(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(" [ ]\n", encoding="utf-8")
    with pytest.raises(UnexpectedPayload, match="empty"), open_sheet(file):
        pass
