"""The very rows behind a figure: the orders in an average, the customers who were lost (`--rows`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from connector.clock import Clock
from connector.frames.reading import Reads
from connector.kpi.ground import stand
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked
from connector.kpi.question import ask

if TYPE_CHECKING:
    import polars as pl


def rows_behind(
    store: Reads,
    id: str,
    *,
    clock: Clock,
    zone: ZoneInfo,
    options: KpiOptions | None = None,
    asked: Asked | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    history_from: date | None = None,
) -> pl.DataFrame:
    """The rows behind the figure `id`, with the columns of its subject. Raises as `evaluate` does."""
    question = ask(
        (id,),
        options=options or KpiOptions(),
        zone=zone,
        asked=asked,
        filters=filters,
        history_from=history_from,
    )
    kpi = question.kpis[0]
    ground = stand(store, question, clock.now(), rows=True)
    subject = ground.subject(kpi)
    return subject.rows(kpi, subject.view(kpi, ground.period_of(kpi)))
