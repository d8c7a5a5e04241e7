"""Cohort tables of other measures, and segments, on the screen, in CSV and in the workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from rich.console import Console

from connector.export.figures import to_csv, to_table
from connector.export.workbook.book import new_workbook
from connector.export.workbook.cohort_sheet import CohortSheet
from connector.export.workbook.styles import Styles
from connector.kpi.result import Cell, CohortRow, Evaluation, Figure, Triangle, Unit
from tests.export.examples import answer, figure


def revenue() -> Figure:
    def cell(active: int, size: int, euros: str) -> Cell:
        return Cell(active, active / size, Decimal(euros) * 1_000_000)

    table = Triangle(
        grain="month",
        columns=(0, 1),
        rows=(
            CohortRow("2026-07", 40, (cell(40, 40, "1234.5"), cell(10, 40, "-20"))),
            CohortRow("2026-08", 3, (cell(3, 3, "30"), None)),
        ),
        average=CohortRow("", 43, (cell(43, 43, "1264.5"), cell(10, 40, "-20"))),
        measure="revenue",
        summed=True,
    )
    return figure("cohorts", Unit.MONEY, Decimal(-20_000_000), n=40, currency="EUR", table=table)


def by_coupon() -> Figure:
    table = Triangle(
        grain="block",
        columns=(0, 1),
        rows=(CohortRow("spring", 8, (Cell(8, 1.0, None, 8), Cell(2, 0.5, None, 4))), CohortRow(None, 6, (None, None))),
        average=CohortRow("", 14, (Cell(14, 1.0, None, 14), Cell(2, 0.5, None, 4))),
        by="coupon",
    )
    return figure("cohorts", Unit.RATE, 0.5, numerator=2, denominator=4, n=4, table=table)


def screen(evaluation: Evaluation) -> list[str]:
    out = io.StringIO()
    Console(width=120, file=out).print(to_table(evaluation))
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def sheet(tmp_path: Path, *figures: Figure, language: str = "en") -> list[list[object]]:
    target = tmp_path / "book.xlsx"
    with new_workbook(target) as workbook:
        styles = Styles(workbook, language)
        CohortSheet(workbook, workbook.add_worksheet("c"), styles, answer(*figures), tiny=5).write()
    rows = openpyxl.load_workbook(target)["c"].iter_rows(values_only=True)
    return [[value for value in row if value is not None] for row in rows]


def test_revenue_on_the_screen() -> None:
    lines = screen(answer(revenue()))
    assert any(line.startswith("Cohorts (EUR)") for line in lines)
    assert "2026-07 40 1,234.50 -20.00" in lines
    assert "2026-08 3 3" in lines  # fewer than five: counts only
    assert "Total 43 1,264.50 -20.00" in lines
    assert any("Cells: net revenue after refunds" in line for line in lines)
    assert "2026-07 40 1.234,50 -20,00" in screen(answer(revenue(), language="de"))


def test_revenue_in_csv_and_in_the_workbook(tmp_path: Path) -> None:
    assert to_csv(answer(revenue())).splitlines() == [
        "currency,cohort,size,month_0,month_1",
        "EUR,2026-07,40,1234.50,-20.00",
        "EUR,2026-08,3,30.00,",
    ]
    rows = sheet(tmp_path, revenue())
    assert ["EUR"] in rows
    assert ["2026-07", 40, 1234.5, -20] in rows
    assert ["2026-08", 3, "3 of 3"] in rows
    assert ["Total", 43, 1264.5, -20] in rows


def test_columns_count_those_who_have_got_so_far(tmp_path: Path) -> None:
    lines = screen(answer(by_coupon()))
    assert "spring 8 100.0% 2" in lines  # of the second block only four are known
    assert "(none) 6" in lines
    rows = sheet(tmp_path, by_coupon())
    assert ["spring", 8, 1, "2 of 4"] in rows
    assert any("blocks of 30 days" in str(row[0]) for row in rows if row)


def test_a_table_beside_a_value_leaves_the_value_where_it_is() -> None:
    base = revenue()
    assert base.table is not None
    table = replace(base.table, measure="value_per_member", cumulative=True, beside=True, summed=False)
    worth = replace(base, id="clv_historical", value=Decimal(31_000_000), table=table)
    lines = screen(answer(worth))
    assert any("€31.00" in line for line in lines)
    assert "Average 43 1,264.50 -20.00" in lines
    assert to_csv(answer(worth)).splitlines()[1].startswith("clv_historical,")


def test_segments_say_what_their_customers_are_like() -> None:
    def segment(name: str | None, count: int, currency: str) -> Figure:
        like = {"share": count / 50, "recency_days": 12.0, "frequency": 3.25, "monetary": Decimal(99_500_000)}
        group = {"segment": name} if name else None
        return figure("rfm", Unit.COUNT, count, currency=currency, grouped=True, group=group, extra=like)

    figures = [segment("champions", 10, "EUR"), segment(None, 50, "EUR"), segment(None, 2, "CHF")]
    lines = screen(answer(*figures))
    assert "Champions 10 20.0% 12 3.3 €99.50" in lines
    assert [line.rpartition(" ")[2] for line in lines if "Customer segments" in line] == ["(EUR)", "(CHF)"]
    first, champions, *_ = to_csv(answer(*figures)).splitlines()
    held = dict(zip(first.split(","), champions.split(","), strict=False))
    assert held["id"] == "rfm"
    assert "group_segment" in first
    assert "0.2,12.0,3.25,99.50" in champions
