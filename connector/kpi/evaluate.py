"""One evaluation feeds every output: reads the frames a question needs, computes, and writes the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from connector.clock import Clock
from connector.frames.reading import Reads
from connector.kpi.changes import change
from connector.kpi.definition import Kpi
from connector.kpi.ground import Ground, currencies, stand
from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period
from connector.kpi.question import ask
from connector.kpi.remarks import flags
from connector.kpi.result import Change, Comparison, Evaluation, Figure, Previous
from connector.kpi.scope import Condition, Scope
from connector.messages import Message
from connector.messages.kpi import KPI

EVERY_FIGURE = ("orders.date", "orders.statuses", "orders.min_total", "orders.exclude_tags")
"""Options that change every figure of the shop."""

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
) -> Evaluation:
    """The figures `ids` (without any: the headline set) over a period (`period.asked`; None = all history).

    `filters` maps dimensions to wanted values; `by` breaks down by one; `compare` is previous or year;
    `history_from` is the day from which on the shop's history was fetched. Raises UsageError for what cannot be
    asked, StoreError from the store.
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
    ground = stand(store, question, clock.now())
    other = question.compared(ground.period)
    return Evaluation(
        generated_at=ground.now,
        zone=zone,
        start=ground.period.start,
        end=ground.period.end,
        language=language,
        figures=tuple(figure for kpi in question.kpis for figure in _figures(ground, kpi)),
        compare=Comparison(question.compare, other.start, other.end) if question.compare and other else None,
        left_out=question.left_out,
        notes=(KPI("note.all_history"),) if asked is None else (),
    )


@dataclass(frozen=True)
class _Row:
    """One record of a figure: its group (None = all), and what narrows the scope down to it."""

    grouped: bool
    group: Mapping[str, str | None] | None
    narrower: tuple[Condition, ...]
    groups: int = 0  # in the total row: how many groups there are


def _figures(ground: Ground, kpi: Kpi) -> Iterator[Figure]:
    period = ground.period_of(kpi)
    other = ground.question.compared(period)
    for row in _rows(ground, kpi, period):
        periods = [period, *([other] if other else [])]
        if kpi.money and ground.available:
            scopes = [ground.scope(kpi, one, *row.narrower) for one in periods]
            for currency in currencies(ground, kpi, scopes):
                narrower = (*row.narrower, ("currency", (currency,)))
                yield _figure(ground, kpi, row, periods, narrower, currency)
        else:
            yield _figure(ground, kpi, row, periods, row.narrower, None)


def _rows(ground: Ground, kpi: Kpi, period: Period) -> Iterator[_Row]:
    by = ground.question.by
    if by is None:
        yield _Row(False, None, ())
        return
    whole = ground.scope(kpi, period)
    values = whole.values(by.column, refunds=kpi.refunds is not None, cancelled=kpi.cancelled)
    names = ground.frames.shops.names
    for value in values:
        shown = names.get(value) if by.name == "source" and isinstance(value, int) else value
        yield _Row(True, {by.name: None if shown is None else str(shown)}, ((by.column, (value,)),))
    yield _Row(True, None, (), len(values))


def _figure(
    ground: Ground,
    kpi: Kpi,
    row: _Row,
    periods: Sequence[Period],
    narrower: tuple[Condition, ...],
    currency: str | None,
) -> Figure:
    question = ground.question
    period = periods[0]
    scope = ground.scope(kpi, period, *narrower)
    measured = _measured(ground, kpi, scope)
    previous, moved = None, None
    if len(periods) > 1:
        previous, moved = _compared(ground, kpi, measured, periods[1], narrower)
    excluded = scope.excluded(persons=kpi.persons, refunds="refunds.date" in kpi.options) | dict(measured.excluded)
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
        options={name: question.options.value(name) for name in (*EVERY_FIGURE, *kpi.options)},
        currency=currency,
        flags=flags(ground, kpi, period, scope, measured),
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
        counts=_counts(kpi, scope),
    )


def _measured(ground: Ground, kpi: Kpi, scope: Scope) -> Measured:
    if not ground.available:
        return missing(KPI("reason.no_shop"), flag=NOT_AVAILABLE)
    return kpi.compute(scope)


def _compared(
    ground: Ground, kpi: Kpi, measured: Measured, other: Period, narrower: tuple[Condition, ...]
) -> tuple[Previous, Change]:
    before = _measured(ground, kpi, ground.scope(kpi, other, *narrower))
    previous = Previous(before.value, before.numerator, before.denominator, before.n, other.start, other.end)
    return previous, change(kpi.unit, measured, before, tiny=ground.question.options.samples.tiny)


def _notes(ground: Ground, kpi: Kpi, row: _Row) -> Iterator[Message]:
    if kpi.twelve_months and ground.question.asked is None:
        yield KPI("note.twelve_months")
    if row.groups > MANY_GROUPS:
        yield KPI("note.chance", groups=row.groups, expected=max(1, round(row.groups * 0.05)))


def _counts(kpi: Kpi, scope: Scope) -> dict[str, int]:
    counts = {"orders_of_all_time": scope.selected.height, "orders": scope.orders.height}
    if kpi.persons:
        counts["orders_with_person"] = scope.persons.height
    if kpi.refunds is not None:
        counts["refunds"] = scope.refunds.height
    if kpi.cancelled:
        counts["cancelled"] = scope.cancelled.height
    return counts
