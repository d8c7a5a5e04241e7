"""Sheets of figures by family, in the order an owner reads them: who comes back, what service does to it, who is
waiting right now, and how far people come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connector.export.material import AT_RISK as X_AT_RISK
from connector.export.rows import as_grid
from connector.export.workbook.figure_sheet import FigureSheet
from connector.export.workbook.journey_block import write_journey
from connector.export.workbook.row_sheets import RowSheets
from connector.export.workbook.styles import Styles
from connector.kpi.registry import KPIS

if TYPE_CHECKING:
    from connector.export.material import Material
    from connector.kpi.result import Figure

RETENTION, ACROSS, AT_RISK, JOURNEY = "retention", "across", "at_risk", "journey"
NAMES = (RETENTION, ACROSS, AT_RISK, JOURNEY)
FAMILIES = {
    RETENTION: ("customers", "retention", "repeat"),
    ACROSS: ("across",),
    JOURNEY: ("journey",),
}
"""The families of figures on each sheet; `at_risk` is a list."""

_DIMENSIONS = next(kpi.dimensions for kpi in KPIS if kpi.id == X_AT_RISK)


def there(material: Material, name: str) -> bool:
    """Whether a sheet has anything to say: all but the first need orders and conversations, and fitting filters."""
    if not material.has_rows("orders") or (name != RETENTION and not material.has_rows("conversations")):
        return False
    return name != AT_RISK or not set(material.filters) - set(_DIMENSIONS)


def write(
    workbook: Any, target: Any, styles: Styles, material: Material, name: str, row_sheets: RowSheets
) -> list[Figure]:
    """Fill one of the sheets; the figures on it."""
    if name == AT_RISK:
        rows = material.work_list()
        row_sheets.write([target], as_grid(rows))
        return []
    evaluation = material.families(FAMILIES[name])
    if evaluation is None:
        return []
    sheet = FigureSheet(target, styles, evaluation, name)
    sheet.write()
    if name == JOURNEY:
        write_journey(workbook, target, styles, evaluation.figures, sheet.row + 1)
    return list(evaluation.figures)
