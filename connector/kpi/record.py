"""How JSON shows a figure and a whole answer (convention C1): money as text with the currency's digits, rounded once;
rates 0..1, spans in seconds, instants in the reporting zone, unknown as null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from connector.instants import to_zone_text
from connector.money import written

if TYPE_CHECKING:
    from connector.kpi.result import Cell, Change, Evaluation, Figure, Interval, Previous, Triangle, Value


def document(evaluation: Evaluation, language: str) -> dict[str, Any]:
    """The answer to one question."""
    zone, compare = evaluation.zone, evaluation.compare
    whole: dict[str, Any] = {
        "generated_at": to_zone_text(evaluation.generated_at, zone),
        "timezone": zone.key,
        "period": _span(evaluation.start, evaluation.end, zone),
        "compare": compare and {"kind": compare.kind, **_span(compare.start, compare.end, zone)},
        "results": [record(figure, language) for figure in evaluation.figures],
    }
    if evaluation.left_out:
        whole["left_out"] = [{"id": one.id, "reason": one.reason.render(language)} for one in evaluation.left_out]
    return whole


def _span(start: int, end: int, zone: ZoneInfo) -> dict[str, str]:
    return {"from": to_zone_text(start, zone), "to": to_zone_text(end, zone)}


def record(figure: Figure, language: str) -> dict[str, Any]:
    """One figure, all of it."""
    currency = figure.currency
    whole: dict[str, Any] = {
        "id": figure.id,
        "label": figure.label.render(language),
        "value": _number(figure.value, currency),
        "unit": figure.unit.value,
        "numerator": _number(figure.numerator, currency),
        "denominator": _number(figure.denominator, currency),
        "n": figure.n,
        **_interval(figure.interval, currency),
        "period_start": to_zone_text(figure.start, figure.zone),
        "period_end": to_zone_text(figure.end, figure.zone),
        "timezone": figure.zone.key,
        "filters": {name: list(values) for name, values in figure.filters.items()},
        "options": _plain(figure.options, lambda exact: f"{exact:f}"),
        "currency": currency,
        "flags": [str(flag) for flag in figure.flags],
        "excluded": dict(figure.excluded),
        "notes": [note.render(language) for note in figure.notes],
        "reason": figure.reason.render(language) if figure.reason else None,
    }
    if figure.stats is not None:
        whole["stats"] = {
            name: _number(getattr(figure.stats, name), currency) for name in ("median", "mean", "p90", "max")
        }
    if figure.parts is not None:
        whole["parts"] = {name: _number(value, currency) for name, value in figure.parts.items()}
    if figure.table is not None:
        whole["table"] = _triangle(figure.table, currency)
    whole |= _plain(figure.extra, lambda money: written(money, currency))
    if figure.grouped:
        whole["group"] = dict(figure.group) if figure.group is not None else None
    if figure.compared:
        whole["previous"] = figure.previous and _previous(figure.previous, figure)
        whole["change"] = figure.change and _change(figure.change, language)
    return whole


def _previous(previous: Previous, figure: Figure) -> dict[str, Any]:
    return {
        "value": _number(previous.value, figure.currency),
        "numerator": _number(previous.numerator, figure.currency),
        "denominator": _number(previous.denominator, figure.currency),
        "n": previous.n,
        "period_start": to_zone_text(previous.start, figure.zone),
        "period_end": to_zone_text(previous.end, figure.zone),
    }


def _change(change: Change, language: str) -> dict[str, Any]:
    return {
        "value": change.value,
        "unit": change.unit,
        **_interval(change.interval, None),
        "reason": change.reason.render(language) if change.reason else None,
    }


def _interval(interval: Interval | None, currency: str | None) -> dict[str, Any]:
    if interval is None:
        return {"ci_low": None, "ci_high": None, "ci_method": None}
    low, high = _number(interval.low, currency), _number(interval.high, currency)
    return {"ci_low": low, "ci_high": high, "ci_method": interval.method}


def _triangle(table: Triangle, currency: str | None) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [{"cohort": row.cohort, "size": row.size, "cells": _cells(row.cells, currency)} for row in table.rows],
        "average": {"size": table.average.size, "cells": _cells(table.average.cells, currency)},
        "grain": table.grain,
        "measure": table.measure,
        "cumulative": table.cumulative,
        "by": table.by,
    }


def _cells(cells: Sequence[Cell | None], currency: str | None) -> list[dict[str, Any] | None]:
    return [None if cell is None else _cell(cell, currency) for cell in cells]


def _cell(cell: Cell, currency: str | None) -> dict[str, Any]:
    further = {"value": _number(cell.value, currency), "of": cell.of}
    return {"active": cell.active, "rate": cell.rate} | {
        name: value for name, value in further.items() if value is not None
    }


def _number(value: Value | None, currency: str | None) -> int | float | str | None:
    return written(value, currency) if isinstance(value, Decimal) else value


def _plain(value: Any, in_text: Callable[[Decimal], str]) -> Any:
    """A value with nothing but JSON's own types, whatever it holds; decimals by `in_text`."""
    if isinstance(value, Decimal):
        return in_text(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(one, in_text) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, in_text) for one in value]
    return value
