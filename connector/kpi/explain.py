"""How a figure came about: its definition in words, the options in force, what went in and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connector.kpi.options import KpiOptions
from connector.kpi.registry import available
from connector.kpi.result import Evaluation, Figure, excluded_words
from connector.messages import Message
from connector.messages.kpi import KPI


@dataclass(frozen=True)
class Explanation:
    """What `--explain` shows of one record. `counts` and `excluded` are sentences, each about some rows."""

    figure: Figure
    question: Message
    formula: Message
    example: Message | None
    options: Mapping[str, Any]  # "orders.date": "created": those that change this figure, as they are
    counts: tuple[Message, ...]
    excluded: tuple[Message, ...]
    flags: tuple[Message, ...]
    notes: tuple[Message, ...]


def explain(evaluation: Evaluation, options: KpiOptions | None = None) -> tuple[Explanation, ...]:
    """An explanation of every record; `options` are those of the evaluation."""
    kpis = {kpi.id: kpi for kpi in available(options or KpiOptions())}
    return tuple(
        Explanation(
            figure=figure,
            question=kpis[figure.id].question,
            formula=kpis[figure.id].formula,
            example=kpis[figure.id].example,
            options=figure.options,
            counts=tuple(KPI(f"count.{name}", count=count) for name, count in figure.counts.items()),
            excluded=tuple(excluded_words(reason, count) for reason, count in figure.excluded.items()),
            flags=tuple(flag.words() for flag in figure.flags),
            notes=figure.notes,
        )
        for figure in evaluation.figures
    )
