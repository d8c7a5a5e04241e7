"""Sheets of figures by family, in the order an owner reads them: who comes back, how the service does, what it does to
who comes back, who is waiting right now, and how far people come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connector.export.material import AT_RISK as X_AT_RISK
from connector.export.workbook.figure_sheet import FigureSheet
from connector.export.workbook.journey_block import write_journey
from connector.export.workbook.styles import Styles
from connector.kpi.registry import KPIS
from connector.messages.export_labels import labels

if TYPE_CHECKING:
    from connector.export.material import Material
    from connector.kpi.result import Evaluation

RETENTION, SERVICE, ACROSS, AT_RISK, JOURNEY = "retention", "service", "across", "at_risk", "journey"
NAMES = (RETENTION, SERVICE, ACROSS, AT_RISK, JOURNEY)
FAMILIES = {
    RETENTION: ("customers", "retention", "repeat"),
    SERVICE: ("service",),
    ACROSS: ("across",),
    JOURNEY: ("journey",),
}
"""The families of figures on each sheet; `at_risk` is a list."""

_DIMENSIONS = next(kpi.dimensions for kpi in KPIS if kpi.id == X_AT_RISK)


def there(material: Material, name: str) -> bool:
    """Whether a sheet has anything to say: the rows it needs are there, and the filters fit it."""
    needed = {RETENTION: ("orders",), SERVICE: ("conversations",)}.get(name, ("orders", "conversations"))
    if not all(material.has_rows(table) for table in needed):
        return False
    if name == AT_RISK:
        return not set(material.filters) - set(_DIMENSIONS)
    return any(material.fitting(family) for family in FAMILIES[name])


def write(workbook: Any, target: Any, styles: Styles, material: Material, name: str) -> Evaluation:
    """Fill a sheet of figures; what is on it."""
    evaluation = material.families(FAMILIES[name])
    listed = {X_AT_RISK: labels.text(styles.language, f"table.{AT_RISK}")} if there(material, AT_RISK) else {}
    sheet = FigureSheet(target, styles, evaluation, name, listed)
    sheet.write()
    if name == JOURNEY:
        write_journey(workbook, target, styles, evaluation.figures, sheet.row + 1)
    return evaluation
