"""The answer of `connector kpi` as JSON, CSV or a table for the terminal. Nothing is computed here."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from connector.export.csv_files import Dialect, write_grid
from connector.export.figure_grids import cohort_grid, figure_grid
from connector.kpi.options import Samples
from connector.kpi.result import Evaluation

if TYPE_CHECKING:
    from rich.console import RenderableType


TINY = Samples().tiny


def to_json(evaluation: Evaluation, language: str | None = None) -> str:
    """The JSON document of `kpi --format json`, indented, with a final line end. Text is held as it is."""
    document = evaluation.to_json(language)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(evaluation: Evaluation, language: str | None = None) -> str:
    """The figures in the dialect `plain`, one row each; cohort tables alone give one row per cohort."""
    language = language or evaluation.language
    triangles = [figure for figure in evaluation.figures if figure.tabular]
    only_cohorts = bool(triangles) and len(triangles) == len(evaluation.figures)
    grid = cohort_grid(triangles) if only_cohorts else figure_grid(evaluation, language)
    out = io.StringIO(newline="")
    write_grid(out, grid, Dialect.PLAIN, zone=evaluation.zone, language=language)
    return out.getvalue()


def to_table(evaluation: Evaluation, language: str | None = None, *, tiny: int = TINY) -> RenderableType:
    """What `connector kpi` prints on a terminal; a rich renderable that fits itself to the console's width.

    `tiny` is `samples.tiny`: cohorts of fewer persons show counts only.
    """
    from connector.export.screen import answer

    return answer(evaluation, language or evaluation.language, tiny)
