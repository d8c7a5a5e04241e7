"""Net revenue by month below the figures: the numbers, and beside them a chart that reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from connector.export.workbook.styles import ACCENT, GRID, Styles, money_format
from connector.messages.export import texts
from connector.messages.export_labels import labels
from connector.money import rounded

if TYPE_CHECKING:
    from connector.export.monthly import MonthlyRevenue

CHART_ROWS = 17
"""Rows that a chart of standard height covers."""


def write_revenue(workbook: Any, sheet: Any, styles: Styles, series: MonthlyRevenue, row: int) -> int:
    """Write one currency's months from `row` on; the next free row."""
    language = styles.language
    currency = series.currency or ""
    title = texts("revenue_title", currency=currency).render(language)
    sheet.set_row(row, 28)
    sheet.write_string(row, 0, title, styles.section)
    heading = row + 1
    sheet.set_row(heading, 24)
    sheet.write_string(heading, 0, texts.text(language, "month"), styles.header)
    sheet.write_string(heading, 1, labels.text(language, "record.value"), styles.header_right)
    first = heading + 1
    for place, (month, amount) in enumerate(series.months, start=first):
        sheet.write_datetime(place, 0, month, styles.of(num_format="mmm yyyy", align="left"))
        sheet.write_number(place, 1, float(rounded(amount, series.currency)), styles.amount(series.currency))
    last = first + len(series.months) - 1
    sheet.insert_chart(heading, 2, _chart(workbook, sheet, series, title, first, last, language), {"x_offset": 20})
    return max(last, heading + CHART_ROWS) + 2


def _chart(workbook: Any, sheet: Any, series: MonthlyRevenue, title: str, first: int, last: int, language: str) -> Any:
    name = sheet.get_name()
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": title,
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": ACCENT},
            "gap": 60,
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}})
    chart.set_legend({"none": True})
    labelled = {"major_unit": _every(series.months), "major_unit_type": "months"}
    chart.set_x_axis({"date_axis": True, "num_format": "mmm yy", **labelled})
    grid = {"visible": True, "line": {"color": GRID}}
    chart.set_y_axis({"num_format": money_format(series.currency, language, 0), "major_gridlines": grid})
    chart.set_size({"width": 820, "height": 320})
    return chart


def _every(months: tuple[tuple[date, Any], ...]) -> int:
    """How many months lie between two labels, so that they do not touch."""
    return 1 if len(months) <= 13 else 3
