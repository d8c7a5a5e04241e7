"""One evaluation feeds every output: reads the frames a question needs, computes, and writes the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from connector.clock import Clock
from connector.frames.reading import Reads
from connector.kpi.changes import change
from connector.kpi.definition import Kpi
from connector.kpi.ground import Ground, stand
from connector.kpi.leaving_out import left_out
from connector.kpi.measured import NOT_AVAILABLE, Banded, Measured, missing
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period
from connector.kpi.question import ask
from connector.kpi.remarks import flags
from connector.kpi.result import Change, Comparison, Evaluation, Figure, Previous
from connector.kpi.subject import Condition
from connector.messages import Message
from connector.messages.kpi import KPI

MANY_GROUPS = 10
"""From more groups than this on it is said how many differ by chance alone (S7)."""


def evaluate(
    store: Reads,
    ids: Sequence[str] = (),
    *,
    clock: Clock,
    zone: ZoneInfo,
    options: KpiOptions | None = None,
    asked: Asked | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    by: str | None = None,
    compare: str | None = None,
    language: str = "en",
    history_from: date | None = None,
    only_available: bool = False,
    begins: int | None = None,
) -> Evaluation:
    """The figures `ids` (without any: the headline set) over a period (`period.asked`; None = all history).

    `filters` maps dimensions to wanted values; `by` breaks down by one; `compare` is previous or year;
    `history_from` is the day from which on the shop's history was fetched. `only_available`, which the headline set
    implies, leaves out figures beyond the shop's that no source delivers. `begins` is when all history begins at the
    latest (microseconds UTC), where this is a part of a larger question. Raises UsageError for what cannot be asked,
    StoreError from the store.
    """
    question = ask(
        ids,
        options=options or KpiOptions(),
        zone=zone,
        asked=asked,
        filters=filters,
        by=by,
        compare=compare,
        history_from=history_from,
    )
    ground = stand(store, question, clock.now(), begins=begins)
    other = question.compared(ground.period)
    kpis = question.kpis
    if only_available or not ids:
        kpis = tuple(kpi for kpi in kpis if kpi.subject == "shop" or not ground.subject(kpi).unavailable(kpi))
    return Evaluation(
        generated_at=ground.now,
        zone=zone,
        start=ground.period.start,
        end=ground.period.end,
        language=language,
        figures=tuple(figure for kpi in kpis for figure in _figures(ground, kpi)),
        compare=Comparison(question.compare, other.start, other.end) if question.compare and other else None,
        left_out=left_out(store, question, ground.now),
        notes=(KPI("note.all_history"),) if asked is None else (),
    )


@dataclass(frozen=True)
class _Row:
    """One row of a breakdown: its group (None = all), and what narrows a view down to it."""

    grouped: bool
    group: Mapping[str, str | None] | None
    narrower: tuple[Condition, ...]
    groups: int = 0  # in the total row: how many groups there are


def _figures(ground: Ground, kpi: Kpi) -> Iterator[Figure]:
    period = ground.period_of(kpi)
    other = ground.question.compared(period)
    periods = [period, *([other] if other else [])]
    subject = ground.subject(kpi)
    for row in _rows(ground, kpi, periods):
        if kpi.money and not subject.unavailable(kpi):
            views = [subject.view(kpi, one, *row.narrower) for one in periods]
            for currency in subject.currencies(kpi, views):
                narrower = (*row.narrower, ("currency", (currency,)))
                yield from _records(ground, kpi, row, periods, narrower, currency)
        else:
            yield from _records(ground, kpi, row, periods, row.narrower, None)


def _rows(ground: Ground, kpi: Kpi, periods: Sequence[Period]) -> Iterator[_Row]:
    """The rows of a breakdown: every value that the period or the one it is compared with has, then the total."""
    by = ground.question.by
    if by is None:
        yield _Row(False, None, ())
        return
    subject = ground.subject(kpi)
    values: dict[Condition, str | None] = {}
    if not subject.unavailable(kpi):
        for period in periods:
            for condition, shown in subject.values(kpi, subject.view(kpi, period), by):
                values.setdefault(condition, shown)
    for condition, shown in values.items():
        yield _Row(True, {by.name: shown}, (condition,))
    yield _Row(True, None, (), len(values))


def _records(
    ground: Ground,
    kpi: Kpi,
    row: _Row,
    periods: Sequence[Period],
    narrower: tuple[Condition, ...],
    currency: str | None,
) -> Iterator[Figure]:
    """The record of a row, or one for each band of a figure that always comes in bands."""
    views = [ground.subject(kpi).view(kpi, period, *narrower) for period in periods]
    computed = [_measured(ground, kpi, view) for view in views]
    before = dict(_parts(computed[1])) if len(computed) > 1 else {}
    for band, measured in _parts(computed[0]):
        own = row
        if band is not None:
            own = _Row(True, {**(row.group or {}), band[0]: band[1]}, row.narrower)
        elif isinstance(computed[0], Banded):
            own = replace(row, grouped=True)
        previous, moved = None, None
        if band in before:
            previous, moved = _compared(ground, kpi, measured, before[band], periods[1])
        yield _figure(ground, kpi, own, periods[0], views[0], measured, currency, previous, moved)


def _parts(computed: Measured | Banded) -> Iterator[tuple[tuple[str, str] | None, Measured]]:
    """Each part of a figure under its band: dimension and value; None = the whole."""
    if isinstance(computed, Measured):
        yield None, computed
        return
    for value, measured in computed.parts():
        yield None if value is None else (computed.dimension, value), measured


def _figure(
    ground: Ground,
    kpi: Kpi,
    row: _Row,
    period: Period,
    view: Any,
    measured: Measured,
    currency: str | None,
    previous: Previous | None,
    moved: Change | None,
) -> Figure:
    question, subject = ground.question, ground.subject(kpi)
    available = not subject.unavailable(kpi)
    excluded = {**(subject.excluded(kpi, view) if available else {}), **measured.excluded}
    return Figure(
        id=kpi.id,
        label=kpi.label,
        unit=kpi.unit,
        value=measured.value,
        start=period.start,
        end=period.end,
        zone=question.zone,
        numerator=measured.numerator,
        denominator=measured.denominator,
        n=measured.n,
        interval=measured.interval,
        filters=question.filters,
        options={name: question.options.value(name) for name in subject.options(kpi)},
        currency=currency,
        flags=flags(ground, kpi, period, view, measured) if available else measured.flags,
        excluded={reason: count for reason, count in excluded.items() if count},
        notes=(*measured.notes, *_notes(ground, kpi, row)),
        reason=measured.reason,
        stats=measured.stats,
        parts=measured.parts,
        table=measured.table,
        grouped=row.grouped,
        group=row.group,
        compared=question.compare is not None,
        previous=previous,
        change=moved,
        counts=subject.counts(kpi, view) if available else {},
        extra=measured.extra,
    )


def _measured(ground: Ground, kpi: Kpi, view: Any) -> Measured | Banded:
    reason = ground.subject(kpi).unavailable(kpi)
    return missing(reason, flag=NOT_AVAILABLE) if reason else kpi.compute(view)


def _compared(ground: Ground, kpi: Kpi, now: Measured, before: Measured, other: Period) -> tuple[Previous, Change]:
    previous = Previous(before.value, before.numerator, before.denominator, before.n, other.start, other.end)
    return previous, change(kpi.unit, now, before, tiny=ground.question.options.samples.tiny)


def _notes(ground: Ground, kpi: Kpi, row: _Row) -> Iterator[Message]:
    if kpi.twelve_months and ground.question.asked is None:
        yield KPI("note.twelve_months")
    by = ground.question.by
    if row.groups > 1 and by is not None and by.several:
        yield KPI("note.several_values")
    if row.groups > MANY_GROUPS:
        yield KPI("note.chance", groups=row.groups, expected=max(1, round(row.groups * 0.05)))
