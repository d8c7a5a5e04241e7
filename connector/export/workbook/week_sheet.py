"""The service week by week: a sheet of its own, and beside the numbers a chart of what came in and went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connector.export.columns import Kind
from connector.export.workbook.styles import ACCENT, GRID, SECONDS_A_DAY, Styles, landscape
from connector.kpi.result import Unit
from connector.messages.export import texts

if TYPE_CHECKING:
    from connector.export.weekly import WeeklyService

_HEADING = 2
"""The row of the columns' titles."""
_VOLUMES = {"contact_volume": ACCENT, "solved_volume": "#8FA3B0"}
"""What the chart shows, and in which colour."""


def write_weeks(workbook: Any, sheet: Any, styles: Styles, course: WeeklyService) -> None:
    """Write the weeks, one row each, oldest first; where there are no two whole ones, a line that says so."""
    language = styles.language
    title = sheet.get_name()
    sheet.hide_gridlines(2)
    landscape(sheet)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, len(course.kpis), 14)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, title, styles.title)
    if len(course.weeks) < 2:
        sheet.write_string(1, 0, texts.text(language, "service_weeks_none"), styles.subtitle)
        return
    sheet.set_row(_HEADING, 48)
    sheet.write_string(_HEADING, 0, texts.text(language, "week"), styles.header)
    for place, kpi in enumerate(course.kpis, start=1):
        sheet.write_string(_HEADING, place, kpi.label.render(language), styles.header_right)
    sheet.freeze_panes(_HEADING + 1, 1)
    sheet.repeat_rows(_HEADING)
    for row, (monday, values) in enumerate(course.weeks, start=_HEADING + 1):
        sheet.write_datetime(row, 0, monday, styles.cell(Kind.DAY))
        for column, (kpi, value) in enumerate(zip(course.kpis, values, strict=True), start=1):
            if value is not None:
                shown = float(value) / SECONDS_A_DAY if kpi.unit is Unit.SECONDS else float(value)
                sheet.write_number(row, column, shown, styles.figure(kpi.unit, None))
    sheet.insert_chart(_HEADING, len(course.kpis) + 2, _chart(workbook, sheet, styles, course, title))


def _chart(workbook: Any, sheet: Any, styles: Styles, course: WeeklyService, title: str) -> Any:
    name, first, last = sheet.get_name(), _HEADING + 1, _HEADING + len(course.weeks)
    chart = workbook.add_chart({"type": "line"})
    for column, kpi in enumerate(course.kpis, start=1):
        if kpi.id in _VOLUMES:
            chart.add_series(
                {
                    "name": kpi.label.render(styles.language),
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, column, last, column],
                    "line": {"color": _VOLUMES[kpi.id], "width": 2},
                }
            )
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"date_axis": True, "num_format": styles.day})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    chart.set_size({"width": 560, "height": 320})
    return chart
