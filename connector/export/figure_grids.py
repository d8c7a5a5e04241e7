"""Figures and cohorts as plain grids: the tables `kpis` and `cohorts` of an export, and CSV of `connector kpi`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from connector.export.columns import Column, Grid, Kind, Row
from connector.export.wording import dimensions
from connector.kpi.result import Evaluation, Figure, Value
from connector.money import rounded

_RECORD: tuple[tuple[str, Kind], ...] = (
    ("id", Kind.TEXT),
    ("label", Kind.TEXT),
    ("value", Kind.FIGURE),
    ("unit", Kind.TEXT),
    ("numerator", Kind.FIGURE),
    ("denominator", Kind.FIGURE),
    ("n", Kind.COUNT),
    ("ci_low", Kind.FIGURE),
    ("ci_high", Kind.FIGURE),
    ("ci_method", Kind.TEXT),
    ("period_start", Kind.INSTANT),
    ("period_end", Kind.INSTANT),
    ("timezone", Kind.TEXT),
    ("filters", Kind.TEXT),
    ("options", Kind.TEXT),
    ("currency", Kind.TEXT),
    ("flags", Kind.TEXT),
    ("excluded", Kind.TEXT),
    ("notes", Kind.TEXT),
    ("reason", Kind.TEXT),
)
_ACROSS: tuple[tuple[str, Kind], ...] = (
    ("match", Kind.TEXT),
    ("difference", Kind.TEXT),
    ("standardised", Kind.TEXT),
    ("trend", Kind.TEXT),
    ("orders_with_contact", Kind.COUNT),
    ("rank", Kind.COUNT),
    ("persons", Kind.COUNT),
    ("open_orders", Kind.TEXT),
    ("expected_value", Kind.TEXT),
    ("shares", Kind.TEXT),
)
"""What figures across sources say besides; what is nested as JSON text."""
_STATS = ("median", "mean", "p90", "max")
_PREVIOUS = ("value", "numerator", "denominator", "n", "period_start", "period_end")
_COMPARED = {
    **dict.fromkeys(("value", "numerator", "denominator", "ci_low", "ci_high"), Kind.FIGURE),
    **dict.fromkeys(("period_start", "period_end"), Kind.INSTANT),
    "n": Kind.COUNT,
}
_OF_CUSTOMERS: tuple[tuple[str, Kind], ...] = (
    *((name, Kind.FIGURE) for name in ("share", "recency_days", "frequency", "monetary")),
    *((name, Kind.FIGURE) for name in ("top_decile_share", "expected_orders")),
    ("model", Kind.TEXT),
)
"""Fields of the record that only the value of customers and their segments have."""
_CHANGE = ("value", "unit", "ci_low", "ci_high", "ci_method", "reason")


def figure_grid(evaluation: Evaluation, language: str) -> Grid:
    """One row per figure with the record's fields; nested ones are spread over columns or given as JSON text."""
    figures = evaluation.figures
    groups = dimensions(evaluation)
    columns = [Column(name, kind, label=f"record.{name}") for name, kind in _RECORD]
    if any(figure.grouped for figure in figures):
        columns.append(Column("group", label="record.group"))
        columns += [Column(f"group_{name}", label=f"column.{name}") for name in groups]
    if any(figure.stats for figure in figures):
        columns += [Column(f"stats_{name}", Kind.FIGURE, label=f"record.{name}") for name in _STATS]
    if any("stats_other" in figure.extra for figure in figures):
        columns.append(Column("stats_other_clock", label="record.stats_other_clock"))
        columns += [Column(f"stats_other_{name}", Kind.FIGURE, label=f"record.stats_other_{name}") for name in _STATS]
    if any("unanswered" in figure.extra for figure in figures):
        columns.append(Column("unanswered", Kind.COUNT, label="record.unanswered"))
    for name, kind in _ACROSS:
        if any(name in figure.extra for figure in figures):
            columns.append(Column(name, kind, label=f"record.{name}"))
    columns += [
        Column(name, kind, label=f"record.{name}")
        for name, kind in _OF_CUSTOMERS
        if any(name in figure.extra for figure in figures)
    ]
    if any(figure.parts for figure in figures):
        columns.append(Column("parts", label="record.parts"))
    if any(figure.table for figure in figures):
        columns.append(Column("table", label="record.table"))
    if any(figure.compared for figure in figures):
        columns += [_compared("previous", name) for name in _PREVIOUS]
        columns += [_compared("change", name) for name in _CHANGE]
    names = [column.name for column in columns]

    def rows() -> Iterator[Row]:
        for figure in figures:
            cells = _cells(figure, language)
            yield [cells.get(name) for name in names]

    return Grid("kpis", tuple(columns), rows())


def cohort_grid(figures: Sequence[Figure]) -> Grid:
    """One row per cohort: its size, and for each unit of time since its beginning the share that bought in it.

    Where the table holds another measure, that stands in place of the share.
    """
    tables = [(figure, figure.table) for figure in figures if figure.table is not None]
    grain = tables[0][1].grain if tables else "month"
    shares = all(table.measure == "active" for _, table in tables)
    numbers = sorted({number for _, table in tables for number in table.columns})
    grouping = tuple(dict.fromkeys(name for figure, _ in tables for name in figure.group or ()))
    money = any(figure.currency is not None for figure, _ in tables)
    columns = [
        *(Column(f"group_{name}", label=f"column.{name}") for name in grouping),
        *((Column("currency"),) if money else ()),
        Column("cohort"),
        Column("size", Kind.COUNT),
        *(
            Column(
                f"{grain}_{number}",
                Kind.RATE if shares else Kind.FIGURE,
                label=grain_key(grain),
                words=(("number", str(number)),),
            )
            for number in numbers
        ),
    ]

    def rows() -> Iterator[Row]:
        for figure, table in tables:
            group = [(figure.group or {}).get(name) for name in grouping]
            currency = [figure.currency] if money else []
            for row in table.rows:
                cells = dict(zip(table.columns, row.cells, strict=False))
                held = (
                    None
                    if (cell := cells.get(number)) is None
                    else cell.rate
                    if shares
                    else shown(cell.value, figure.currency)
                    for number in numbers
                )
                yield [*group, *currency, row.cohort, row.size, *held]

    return Grid("cohorts", tuple(columns), rows())


def grain_key(grain: str) -> str:
    """The label of a cohort table's column."""
    return f"column.{grain}" if grain in {"week", "month", "quarter"} else "column.block"


def shown(value: Value | None, currency: str | None) -> Value | None:
    """A value as every file holds it: money in major units rounded to the currency's digits, all else as it is."""
    if not isinstance(value, Decimal):
        return value
    amount = rounded(value, currency)
    return amount if amount else abs(amount)  # never "-0.00"


def _compared(prefix: str, name: str) -> Column:
    return Column(f"{prefix}_{name}", _COMPARED.get(name, Kind.TEXT), label=f"record.{prefix}_{name}")


def _cells(figure: Figure, language: str) -> dict[str, Any]:
    """The record by column name; text fields come from the very JSON that `--json` prints."""
    record = figure.to_json(language)
    cells: dict[str, Any] = {name: record[name] for name, kind in _RECORD if kind is Kind.TEXT}
    cells |= {"n": figure.n, "period_start": figure.start, "period_end": figure.end}
    for name in ("value", "numerator", "denominator"):
        cells[name] = shown(getattr(figure, name), figure.currency)
    for name in ("filters", "options", "excluded"):
        cells[name] = _json(record[name])
    cells["flags"] = "; ".join(record["flags"])
    cells["notes"] = " ".join(record["notes"])
    if figure.interval is not None:
        cells["ci_low"] = shown(figure.interval.low, figure.currency)
        cells["ci_high"] = shown(figure.interval.high, figure.currency)
    if figure.group is not None:
        cells["group"] = _json(record["group"])
        cells |= {f"group_{name}": value for name, value in figure.group.items()}
    if figure.stats is not None:
        cells |= {f"stats_{name}": shown(getattr(figure.stats, name), figure.currency) for name in _STATS}
    if other := figure.extra.get("stats_other"):
        cells |= {f"stats_other_{name}": other[name] for name in ("clock", *_STATS)}
    cells["unanswered"] = figure.extra.get("unanswered")
    for name, kind in _ACROSS:
        if (held := record.get(name)) is not None:
            cells[name] = held if kind is Kind.COUNT or isinstance(held, str) else _json(held)
    for name, kind in _OF_CUSTOMERS:
        if name in figure.extra:
            cells[name] = _json(record[name]) if kind is Kind.TEXT else shown(figure.extra[name], figure.currency)
    if figure.parts is not None:
        cells["parts"] = _json(record["parts"])
    if figure.table is not None:
        cells["table"] = _json(record["table"])
    return cells | _comparison(figure, language)


def _comparison(figure: Figure, language: str) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    before, moved = figure.previous, figure.change
    if before is not None:
        for name in ("value", "numerator", "denominator"):
            cells[f"previous_{name}"] = shown(getattr(before, name), figure.currency)
        cells |= {
            "previous_n": before.n,
            "previous_period_start": before.start,
            "previous_period_end": before.end,
        }
    if moved is not None:
        cells |= {"change_value": moved.value, "change_unit": moved.unit}
        if moved.interval is not None:
            low, high = moved.interval.low, moved.interval.high
            cells |= {"change_ci_low": low, "change_ci_high": high, "change_ci_method": moved.interval.method}
        if moved.reason is not None:
            cells["change_reason"] = moved.reason.render(language)
    return cells


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
