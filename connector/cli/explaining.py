"""`connector kpi --explain`: how each figure is defined, which options are in force, what went in and what did not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from connector.cli.session import Session
from connector.config.example import written
from connector.kpi.explain import Explanation, explain
from connector.kpi.options import KpiOptions
from connector.kpi.result import Evaluation
from connector.messages.screens import texts


def explanations(session: Session, evaluation: Evaluation, options: KpiOptions, *, err: bool) -> None:
    """Print an explanation of every record; on stderr where stdout is for a program."""
    for _, records in groupby(explain(evaluation, options), key=lambda one: one.figure.id):
        for line in _lines(session, list(records)):
            click.echo(line, err=err)


def _lines(session: Session, records: list[Explanation]) -> Iterator[str]:
    first = records[0]
    yield ""
    yield f"{session.text(first.figure.label)} ({first.figure.id})"
    yield f"  {session.text(first.question)}"
    yield f"  {session.text(first.formula)}"
    if first.example is not None:
        yield "  " + session.text(texts("explained_example", example=first.example))
    if first.options:
        said = ", ".join(f"{name} = {written(value)}" for name, value in first.options.items())
        yield "  " + session.text(texts("explained_options", options=said))
    for one in records:
        details = [session.text(message) for message in (*one.counts, *one.excluded, *one.flags, *one.notes)]
        heading = _heading(one)
        indent = "  "
        if heading and len(records) > 1:
            yield f"  {heading}"
            indent = "    "
        yield from (f"{indent}{detail}" for detail in details)


def _heading(one: Explanation) -> str:
    group = ", ".join(f"{name} {value}" for name, value in (one.figure.group or {}).items())
    return " ".join(part for part in (one.figure.currency, group) if part)
