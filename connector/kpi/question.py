"""A question, checked: which figures, which period, which filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from connector.errors import UsageError
from connector.kpi.definition import Kpi
from connector.kpi.dimensions import Dimension, dimension, read_filters
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked, Period
from connector.kpi.registry import chosen, headline
from connector.kpi.result import LeftOut
from connector.kpi.subject import Condition
from connector.messages.kpi import KPI


@dataclass(frozen=True)
class Question:
    """What is asked. `left_out` are figures of the headline set that do not fit the filters."""

    kpis: tuple[Kpi, ...]
    options: KpiOptions
    zone: ZoneInfo
    asked: Asked | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by: Dimension | None = None
    compare: str | None = None
    history_from: date | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the figures are about, each subject once. The shop where there is no figure: it tells the period."""
        return tuple(dict.fromkeys(kpi.subject for kpi in self.kpis)) or ("shop",)

    def about(self, subject: str) -> Question:
        """The same question about the figures of one subject alone."""
        return replace(self, kpis=tuple(kpi for kpi in self.kpis if kpi.subject == subject))

    def compared(self, period: Period) -> Period | None:
        """The period that one is compared with."""
        if self.compare is None:
            return None
        return period.previous() if self.compare == "previous" else period.year_before()

    def conditions(self, columns: Mapping[str, str], sources: Mapping[str, int]) -> tuple[Condition, ...]:
        """The filters by the `columns` that a subject holds its dimensions in, with sources by number.

        Raises UsageError for a source that is not there.
        """
        return tuple(
            (columns[name], tuple(_source(value, sources) for value in values) if name == "source" else values)
            for name, values in self.filters.items()
        )

    def bounds(self) -> tuple[int, int] | None:
        """The instants (microseconds UTC) that the periods lie between; None where all history is asked for."""
        if self.asked is None or self.asked.first is None:
            return None
        period = Period(self.asked.first, self.asked.after, self.zone)
        other = self.compared(period) or period
        return min(period.start, other.start), max(period.end, other.end)


def ask(
    ids: Sequence[str],
    *,
    options: KpiOptions,
    zone: ZoneInfo,
    asked: Asked | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    by: str | None = None,
    compare: str | None = None,
    history_from: date | None = None,
) -> Question:
    """The question, checked. Without ids the headline set. Raises UsageError for what cannot be asked.

    A filter or breakdown that does not fit a named figure is an error; of the headline set such figures are left out.
    """
    if compare not in (None, "previous", "year"):
        raise UsageError(KPI("unknown_compare", kind=compare), KPI("unknown_compare.advice"))
    wanted = read_filters(filters or {})
    split = dimension(by) if by else None
    kpis = chosen(ids, options) if ids else headline(options)
    problems = {kpi.id: _misfit(kpi, wanted, split, options) for kpi in kpis}
    for problem in problems.values():
        if ids and problem:
            raise problem
    return Question(
        tuple(kpi for kpi in kpis if not problems[kpi.id]),
        options,
        zone,
        asked,
        wanted,
        split,
        compare,
        history_from,
        tuple(LeftOut(name, problem.message) for name, problem in problems.items() if problem),
    )


def _misfit(kpi: Kpi, filters: Iterable[str], by: Dimension | None, options: KpiOptions) -> UsageError | None:
    """What keeps a figure from being asked this way."""
    fits = KPI("fits_only", dimensions=", ".join(kpi.dimensions)) if kpi.dimensions else KPI("fits_none")
    for name in filters:
        if name not in kpi.dimensions:
            return UsageError(KPI("unfit_filter", dimension=name, id=kpi.id), fits)
    if by is not None and by.name not in kpi.dimensions:
        return UsageError(KPI("unfit_by", dimension=by.name, id=kpi.id), fits)
    if options.orders.line_level and not kpi.fits_line_level:
        return UsageError(KPI("unfit_lines", id=kpi.id), KPI("unfit_lines.advice"))
    return None


def _source(name: str, sources: Mapping[str, int]) -> int:
    if name in sources:
        return sources[name]
    advice = KPI("unknown_source.advice", sources=", ".join(sources)) if sources else KPI("no_sources")
    raise UsageError(KPI("unknown_source", value=name), advice)
