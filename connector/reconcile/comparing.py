"""The comparison: a source's own report, our figures, and the ways that lead from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from connector import catalog
from connector.errors import StreamNotOffered, UsageError
from connector.frames.counting import Counting
from connector.frames.shops import read_shops
from connector.instants import SECOND
from connector.kpi.options import KpiOptions
from connector.kpi.period import Asked
from connector.messages.reconcile import texts
from connector.model import Order, Refund
from connector.reconcile.books import Books, read_books
from connector.reconcile.counting import count
from connector.reconcile.result import Month, Path, Reconciliation, compared
from connector.reconcile.span import span
from connector.reconcile.ways import Way, our_way, steps, their_way
from connector.reports import FIGURES, Practice, Reports, ReportWish
from connector.store import raw, state

if TYPE_CHECKING:
    from connector.contract import Adapter, Record
    from connector.store import Store
    from connector.store.state import StoredSource


def reconcile(
    store: Store,
    name: str,
    adapter: Adapter,
    *,
    options: KpiOptions,
    zone: ZoneInfo,
    asked: Asked | None = None,
    history_from: date | None = None,
) -> Reconciliation:
    """The report of the source `name` beside our figures, over every month that `asked` touches (None = all history).

    Persons must be resolved. Figures of ours are those of `options` in `zone`, in the shop's main currency. Raises
    UsageError for a source that was never synced, has no report, or no month to compare, `SourceError` where the
    report cannot be had, StoreError.
    """
    if not isinstance(adapter, Reports):
        reporting = ", ".join(one.name for one in catalog.installed() if hasattr(one.adapter, "report"))
        raise UsageError(texts("no_report", source=name), texts("no_report_advice", adapters=reporting))
    source = state.find_source(store, name)
    if source is None:
        raise UsageError(texts("nothing_stored", source=name), texts("nothing_stored_advice", source=name))
    with store.read() as connection:
        shops = read_shops(connection)
    books = read_books(
        store, source.id, Counting(options.orders.date, options.orders.statuses, shops.ids), source.currency
    )
    theirs = ZoneInfo(source.timezone) if source.timezone else zone
    looked_at = span(books, asked, history_from, (zone, theirs), store.clock.now())
    if looked_at is None:
        raise UsageError(texts("nothing_stored", source=name), texts("nothing_stored_advice", source=name))
    if not looked_at.months:
        raise UsageError(texts("no_month", source=name), texts("no_month_advice"))
    known, unfinished = _known_until(store, source, adapter)
    until = -(-max(looked_at.latest + 1, known or 0) // SECOND) * SECOND

    def stored(stream: str) -> Iterator[Record]:
        (wanted,) = (one for one in adapter.streams if one.name == stream)
        for chunk in raw.iterate_stored(store, source.id, wanted):
            yield from (one.record for one in chunk if one.gone_at is None)

    try:
        report = adapter.report(ReportWish(looked_at.months, until, theirs), stored)
    except StreamNotOffered as refusal:
        raise UsageError(refusal.message, refusal.advice) from refusal
    ladder = _Ladder(books, our_way(options, zone), until)
    paths = {figure: ladder.path(report.practices[figure], theirs) for figure in FIGURES if figure in report.practices}
    rounded_sums = [figure for figure, practice in report.practices.items() if practice.rounding == "sum"]
    notes = list(report.notes)
    if unfinished:
        notes.append(texts("unfinished", source=name))
    if history_from is not None:
        notes.append(texts("history_cut", day=history_from))
    return Reconciliation(
        report.name,
        books.currency,
        tuple(
            compared(month, report.months.get(month, {}), paths, books.currency, rounded_sums)
            for month in looked_at.months
        ),
        tuple(notes),
    )


class _Ladder:
    """Leads from our way to theirs. Each way is counted once, however many figures go along it."""

    def __init__(self, books: Books, ours: Way, until: int) -> None:
        self._books = books
        self._ours = ours
        self._until = until
        self._known: dict[Way, dict[str, Month]] = {}

    def path(self, practice: Practice, zone: ZoneInfo) -> Path:
        """All months by each way from ours to that of a report with this practice in this zone."""
        others = steps(self._ours, their_way(practice, zone))
        return [("", self._count(self._ours)), *((name, self._count(way)) for name, way in others)]

    def _count(self, way: Way) -> dict[str, Month]:
        if way not in self._known:
            self._known[way] = count(self._books, way, self._until)
        return self._known[way]


def _known_until(store: Store, source: StoredSource, adapter: Adapter) -> tuple[int | None, bool]:
    """Up to which instant orders and refunds were read, and whether their first sync is still to be finished."""
    streams = [one.name for one in adapter.streams if {feed.table for feed in one.feeds} & {Order, Refund}]
    ends = [state.stream_standing(store, source.id, stream).last_success_at for stream in streams]
    return min((end for end in ends if end is not None), default=None), None in ends
