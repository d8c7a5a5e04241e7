"""The service week by week below its figures: the numbers, and beside them a chart of what came in and went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connector.export.workbook.styles import ACCENT, GRID, Styles
from connector.kpi.result import Unit
from connector.messages.export import texts

if TYPE_CHECKING:
    from connector.export.weekly import WeeklyService

_SECONDS_A_DAY = 86_400
_VOLUMES = {"contact_volume": ACCENT, "solved_volume": "#8FA3B0"}
"""What the chart shows, and in which colour."""


def write_weeks(workbook: Any, sheet: Any, styles: Styles, course: WeeklyService, row: int) -> int:
    """Write the weeks from `row` on; the next free row."""
    language = styles.language
    title = texts.text(language, "service_weeks")
    sheet.set_row(row, 28)
    sheet.write_string(row, 0, title, styles.section)
    heading = row + 1
    sheet.set_row(heading, 48)
    sheet.write_string(heading, 0, texts.text(language, "week"), styles.header)
    for place, kpi in enumerate(course.kpis, start=1):
        sheet.write_string(heading, place, kpi.label.render(language), styles.header_right)
    first = heading + 1
    for place, (monday, values) in enumerate(course.weeks, start=first):
        sheet.write_datetime(place, 0, monday, styles.of(num_format="yyyy-mm-dd", align="left"))
        for column, (kpi, value) in enumerate(zip(course.kpis, values, strict=True), start=1):
            if value is not None:
                shown = float(value) / _SECONDS_A_DAY if kpi.unit is Unit.SECONDS else float(value)
                sheet.write_number(place, column, shown, styles.figure(kpi.unit, None))
    last = first + len(course.weeks) - 1
    chart = _chart(workbook, sheet, course, first, last, language)
    sheet.insert_chart(last + 2, 0, chart)
    return last + 20


def _chart(workbook: Any, sheet: Any, course: WeeklyService, first: int, last: int, language: str) -> Any:
    name = sheet.get_name()
    chart = workbook.add_chart({"type": "line"})
    for column, kpi in enumerate(course.kpis, start=1):
        if kpi.id in _VOLUMES:
            chart.add_series(
                {
                    "name": kpi.label.render(language),
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, column, last, column],
                    "line": {"color": _VOLUMES[kpi.id], "width": 2},
                }
            )
    chart.set_title({"name": texts.text(language, "service_weeks"), "name_font": {"size": 12, "bold": True}})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"date_axis": True, "num_format": "yyyy-mm-dd"})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    chart.set_size({"width": 820, "height": 320})
    return chart
