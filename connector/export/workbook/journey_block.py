"""The journey below its figures: how many persons came to each phase, and a chart that reads these numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from connector.export import wording
from connector.export.workbook.styles import ACCENT, GRID, SECONDS_A_DAY, Styles
from connector.kpi.result import Unit
from connector.messages.export import texts

if TYPE_CHECKING:
    from connector.kpi.result import Figure


def write_journey(workbook: Any, sheet: Any, styles: Styles, figures: Sequence[Figure], row: int) -> None:
    """Write one line per phase from `row` on: its name, the persons, the share and the time to the next one."""
    language = styles.language
    phases = [figure for figure in figures if figure.group is not None and "persons" in figure.extra]
    if not phases:
        return
    title = texts.text(language, "journey_title")
    sheet.set_row(row, 28)
    sheet.write_string(row, 0, title, styles.section)
    heading = row + 1
    sheet.set_row(heading, 32)
    for place, name in enumerate(("journey_phase", "journey_persons", "journey_share", "journey_days")):
        sheet.write_string(
            heading, place, texts.text(language, name), styles.header if not place else styles.header_right
        )
    first = heading + 1
    for place, figure in enumerate(phases, start=first):
        sheet.write_string(place, 0, wording.group(figure, "phase", language), styles.of())
        sheet.write_number(place, 1, figure.extra["persons"], styles.of(num_format="#,##0"))
        if figure.value is not None and not figure.has(wording.TINY):
            sheet.write_number(place, 2, float(figure.value), styles.figure(Unit.RATE, None))
        if wait := figure.extra.get("seconds_to_next"):
            sheet.write_number(place, 3, wait["median"] / SECONDS_A_DAY, styles.of(num_format="#,##0.0"))
    last = first + len(phases) - 1
    sheet.insert_chart(last + 2, 0, _chart(workbook, sheet, title, first, last))


def _chart(workbook: Any, sheet: Any, title: str, first: int, last: int) -> Any:
    name = sheet.get_name()
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": ACCENT},
            "gap": 40,
            "data_labels": {"value": True, "num_format": "#,##0"},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})  # the first phase on top
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": GRID}}})
    chart.set_size({"width": 820, "height": 300})
    return chart
