"""What must be said beside a figure whatever it is: how small, how complete, how fresh (convention C9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connector.instants import to_datetime
from connector.kpi.definition import Kpi
from connector.kpi.ground import Ground
from connector.kpi.measured import Measured
from connector.kpi.period import Period
from connector.kpi.result import Flag


def flags(ground: Ground, kpi: Kpi, period: Period, view: Any, measured: Measured) -> tuple[Flag, ...]:
    """The flags of one record: those of its function first."""
    return (
        *measured.flags,
        *_sample(ground, measured),
        *ground.subject(kpi).flags(kpi, view),
        *_time(ground, kpi, period),
    )


def _sample(ground: Ground, measured: Measured) -> Iterator[Flag]:
    samples = ground.question.options.samples
    if measured.n is None or measured.value is None or measured.whole:
        return
    if measured.n < samples.tiny:
        yield Flag("tiny", str(samples.tiny))
    elif measured.n < samples.small:
        yield Flag("small", str(measured.n))


def _time(ground: Ground, kpi: Kpi, period: Period) -> Iterator[Flag]:
    if period.end > ground.now:
        yield Flag("period_incomplete")
    known = ground.subject(kpi).known(kpi)
    if known.unfinished:
        yield Flag("first_sync_unfinished", ", ".join(known.unfinished))
    if known.until is not None and known.until < period.end:
        yield Flag("data_until", to_datetime(known.until, period.zone))
    cut = ground.question.history_from
    if cut is not None and (ground.subject(kpi).follows_history(kpi) or period.first < cut):
        yield Flag("history_cut", cut)
