"""Which months are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from connector.instants import DAY, local_day
from connector.kpi.period import Asked, add_months
from connector.reconcile.books import Books

_FAR = 3650 * DAY
"""A stamp further in the future than this is a slip of the pen, not a day to report on."""


@dataclass(frozen=True)
class Span:
    """The months to compare, and the last instant (microseconds UTC) at which anything is known to have happened."""

    months: tuple[str, ...]
    latest: int


def span(
    books: Books, asked: Asked | None, history_from: date | None, zones: Sequence[ZoneInfo], now: int
) -> Span | None:
    """The months that `asked` touches, else all in which the source had an order or a refund; None: it never had any.

    Of a history that was cut on a day the months before it are left out, and the one it was cut in.
    """
    import polars as pl

    own = books.orders.filter("own")
    refunds = books.refunds["net"].join(own.select("order"), on="order")
    days = ("created", "paid_stamp", "completed_stamp", "paid", "completed")
    instants = pl.concat([own[day] for day in days] + [refunds["refunded_at"]]).drop_nulls()
    instants = instants.filter(instants < now + _FAR)
    first, latest = instants.min(), instants.max()
    if not isinstance(first, int) or not isinstance(latest, int):
        return None
    begin = min(local_day(first, zone) for zone in zones).replace(day=1)
    last = max(local_day(latest, zone) for zone in zones)
    if history_from is not None:
        begin = max(begin, history_from if history_from.day == 1 else add_months(history_from.replace(day=1), 1))
    if asked is not None:
        begin = asked.first.replace(day=1) if asked.first else begin
        last = asked.after - timedelta(days=1)
    return Span(tuple(_months(begin, last)), latest)


def _months(first: date, last: date) -> Iterator[str]:
    while first <= last:
        yield f"{first:%Y-%m}"
        first = add_months(first, 1)
