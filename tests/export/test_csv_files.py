"""Both CSV dialects, byte for byte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connector.export.columns import Column, Grid, Kind
from connector.export.csv_files import Dialect, write_file
from connector.instants import from_utc_text

BERLIN = ZoneInfo("Europe/Berlin")
COLUMNS = (
    Column("name", Kind.TEXT),
    Column("created_at", Kind.INSTANT),
    Column("created_on", Kind.DAY),
    Column("total", Kind.MONEY),
    Column("items", Kind.QUANTITY),
    Column("counted", Kind.BOOL),
    Column("orders", Kind.COUNT),
    Column("value", Kind.FIGURE),
    Column("rate", Kind.PERCENT),
    Column("frt_seconds", Kind.DURATION, label="column.frt"),
)
AT = from_utc_text("2026-07-01T22:30:05")
ROWS: list[list[Any]] = [
    ['=1;"2"', AT, date(2026, 7, 2), -12_100_000, 2_500_000, True, 7, 2 / 7, 19_000_000, 90],
    ["a\r\nb", AT + 1, None, 1, -3_000_000, False, -1, Decimal("-12.10"), 5_500_000, None],
    [None] * len(COLUMNS),
]


def written(tmp_path: Path, dialect: Dialect, language: str) -> bytes:
    target = tmp_path / "table.csv"
    count = write_file(target, Grid("t", COLUMNS, iter(ROWS)), dialect, zone=BERLIN, language=language)
    assert count == len(ROWS)
    return target.read_bytes()


def test_plain(tmp_path: Path) -> None:
    assert written(tmp_path, Dialect.PLAIN, "de") == (
        b"name,created_at,created_on,total,items,counted,orders,value,rate,frt_seconds\n"
        b'"\'=1;""2""",2026-07-01T22:30:05Z,2026-07-02,-12.10,2.5,true,7,0.2857142857142857,19,90\n'
        b'"a\r\nb",2026-07-01T22:30:05.000001Z,,0.000001,-3,false,-1,-12.10,5.5,\n'
        b",,,,,,,,,\n"
    )


def test_excel_de(tmp_path: Path) -> None:
    assert (
        written(tmp_path, Dialect.EXCEL_DE, "de")
        == (
            "\ufeffName;Erstellt;Tag;Gesamtbetrag;Artikel;Gezählt;Bestellungen;Bisheriger Wert;Satz (%);"
            "Zeit bis zur ersten Antwort\r\n"
            '"\'=1;""2""";02.07.2026 00:30:05;02.07.2026;-12,10;2,5;WAHR;7;0,2857142857142857;19;90\r\n'
            '"a\r\nb";02.07.2026 00:30:05;;0,000001;-3;FALSCH;-1;-12,10;5,5;\r\n'
            ";;;;;;;;;\r\n"
        ).encode()
    )


def test_excel_de_has_labels_in_the_owners_language(tmp_path: Path) -> None:
    assert written(tmp_path, Dialect.EXCEL_DE, "en").startswith("\ufeffName;Created;Day;Total;".encode())


def test_a_negative_number_is_a_number_and_not_neutralised(tmp_path: Path) -> None:
    assert b",-12.10," in written(tmp_path, Dialect.PLAIN, "en")


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    target = tmp_path / "empty.csv"
    write_file(target, Grid("t", COLUMNS[:2], []), Dialect.PLAIN, zone=BERLIN, language="en")
    assert target.read_bytes() == b"name,created_at\n"
