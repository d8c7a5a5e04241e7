"""How often customers write about their orders, and when (definitions, 6.6 and 6.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from connector.instants import DAY, HOUR, SECOND
from connector.kpi.across.matching import with_match
from connector.kpi.across.repurchase import part_of
from connector.kpi.across.view import View
from connector.kpi.distributions import median_of
from connector.kpi.measured import Banded, Measured, missing
from connector.kpi.result import Flag, Interval
from connector.kpi.statistics import mean_interval
from connector.messages import Message
from connector.messages.kpi import KPI

PER = 100
"""Conversations are counted for so many orders."""
BANDS = ((24 * HOUR, "0-24h"), (3 * DAY, "1-3d"), (7 * DAY, "3-7d"), (14 * DAY, "7-14d"), (30 * DAY, "14-30d"))
"""Up to how long after the order, that included, and what the band is called."""


def contact_rate(view: View) -> Measured | Banded:
    """Conversations about the period's orders, for 100 of them; beside it the orders with one at least.

    In a breakdown with the rank among all groups that have enough orders, the highest rate first.
    """
    orders = view.orders.orders
    contacts = orders["contacts"]
    measured = _per_order(contacts, int(contacts.sum()), orders.height)
    written = int((contacts > 0).sum())
    measured = measured.with_extra(
        orders_with_contact=written, orders_with_contact_rate=part_of(written, orders.height)
    )
    if view.ranks is not None:
        value = view.conditions[-1][1][0] if view.conditions else None
        measured = measured.with_extra(rank=view.ranks().get(value) if view.conditions else None)
    newest = orders["at"].max()
    window = view.options.cross.attribution_days * DAY
    young = isinstance(newest, int) and view.observed - newest < window
    measured = measured.with_flags(Flag("contacts_maturing") if young else None)
    return with_match(
        view,
        measured,
        KPI("note.x_orders_with_contact", part=written, whole=orders.height) if orders.height else None,
        KPI("note.x_attribution", days=view.options.cross.attribution_days),
        KPI("note.x_associated"),
    )


def per_100(view: View) -> tuple[float, int] | None:
    """Conversations for 100 orders, and how many orders, for ranking; None without orders."""
    orders = view.orders.orders
    if orders.is_empty():
        return None
    return PER * int(orders["contacts"].sum()) / orders.height, orders.height


def contact_rate_total(view: View) -> Measured | Banded:
    """All conversations begun in the period, for 100 orders of the period, whatever they are about."""
    orders, talks = view.orders.orders.height, view.talks.rows.height
    if not orders:
        return missing(KPI("reason.no_orders"), numerator=talks, denominator=0, n=0)
    measured = Measured(PER * talks / orders, talks, orders, n=orders)
    return with_match(view, measured, KPI("note.x_no_attribution"), KPI("note.x_associated"))


def _per_order(contacts: pl.Series, total: int, orders: int) -> Measured:
    if not orders:
        return missing(KPI("reason.no_orders"), numerator=total, denominator=0, n=0)
    mean = total / orders
    bounds = mean_interval(orders, mean, float(((contacts - mean) ** 2).sum()))
    interval = Interval(max(0.0, PER * bounds[0]), PER * bounds[1], "t") if bounds else None
    return Measured(PER * mean, total, orders, n=orders, interval=interval)


def time_to_contact(view: View) -> Measured | Banded:
    """From the order to the first conversation about it: the median, and the shares of bands of days.

    Of the period's orders that had `cross.attribution_days` for it (S4); later conversations are counted apart.
    """
    window = view.options.cross.attribution_days * DAY
    orders = view.orders.orders
    over = orders.filter(pl.col("at") + window <= view.observed)
    wrote = over.filter(pl.col("contacted_at").is_not_null())
    spans = wrote.select(span=pl.col("contacted_at") - pl.col("at"))["span"]
    inside = spans.filter(spans <= window)
    reason = KPI("reason.orders_window_open" if orders.height and over.is_empty() else "reason.no_contacts")
    measured = median_of(inside / SECOND, reason)
    return with_match(
        view,
        replace(
            measured.with_extra(shares=_shares(inside)),
            excluded={"window_open": orders.height - over.height, "contact_later": len(spans) - len(inside)},
        ),
        *_said(inside),
        KPI("note.x_where_is_my_order"),
    )


def _shares(spans: pl.Series) -> list[dict[str, Any]]:
    found, low = [], -1
    for limit, name in BANDS:
        found.append({"band": name, **part_of(int(((spans > low) & (spans <= limit)).sum()), len(spans))})
        low = limit
    return found


def _said(spans: pl.Series) -> list[Message]:
    if not len(spans):
        return []
    parts = ", ".join(f"{one['band']}: {one['value'] * 100:.0f} %" for one in _shares(spans))
    return [KPI("note.x_bands", bands=parts)]
