"""The very rows behind a figure across sources (`--rows`); of revenue at risk the list of what to do, with links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from connector.kpi.across import customer_value, refund_after, repurchase
from connector.kpi.across.at_risk import AtRisk, at_risk, forecast
from connector.kpi.across.chats import asked
from connector.kpi.across.figures import AcrossKpi
from connector.kpi.across.following import followed
from connector.kpi.across.journey import PHASES, steps
from connector.kpi.across.view import View
from connector.money import MICROS

INSTANT = pl.Datetime("us", "UTC")
MONEY = pl.Decimal(38, 6)

Kind = pl.DataType | type[pl.DataType]
Sources = Mapping[int, str]

_PERSON: Mapping[str, Kind] = {"person_id": pl.Int64, "email": pl.String}
_TALK: Mapping[str, Kind] = {
    "source": pl.String,
    "conversation_id": pl.String,
    "channel": pl.String,
    "agent": pl.String,
    "group": pl.String,
    "created_at": INSTANT,
    "first_reply_at": INSTANT,
}

INDEX: Mapping[str, Kind] = {
    "state": pl.String,  # again | not_again
    "band": pl.String,
    "source": pl.String,
    "order_id": pl.String,
    "number": pl.String,
    "ordered_at": INSTANT,
    **_PERSON,
    "contact_at": INSTANT,
    "next_order_at": INSTANT,
}
"""Of repurchase: the orders looked from, with the band each is in."""
ORDERS: Mapping[str, Kind] = {
    "source": pl.String,
    "order_id": pl.String,
    "number": pl.String,
    "status": pl.String,
    "ordered_at": INSTANT,
    **_PERSON,
    "contacts": pl.Int64,
    "contacted_at": INSTANT,
}
"""Of contact rates: orders, with the conversations about them."""
TALKS: Mapping[str, Kind] = {
    "state": pl.String,
    "band": pl.String,
    **_TALK,
    **_PERSON,
    "order_source": pl.String,
    "order_id": pl.String,
    "url": pl.String,
}
"""Conversations; `state` is the part each plays in the figure."""
WORK_LIST: Mapping[str, Kind] = {
    "since_at": INSTANT,
    "waited_seconds": pl.Int64,
    "net_revenue": MONEY,
    "currency": pl.String,
    "url": pl.String,
    **_PERSON,
    "name": pl.String,
    **{name: kind for name, kind in _TALK.items() if name != "first_reply_at"},
    "last_order_at": INSTANT,
    "open_orders": pl.Int64,
    "open_value": MONEY,
    "expected_value": MONEY,
}
"""Of revenue at risk: one row for each conversation that waits, the oldest and most valuable first."""
ANSWERS: Mapping[str, Kind] = {
    "band": pl.String,
    "metric": pl.String,
    "survey": pl.String,
    "scale": pl.String,
    "score": pl.Int64,
    "answered_at": INSTANT,
    "person_id": pl.Int64,
    "conversation_source": pl.String,
    "conversation_id": pl.String,
}
"""Answers, by the worth of the customer."""
STEPS: Mapping[str, Kind] = {"person_id": pl.Int64, **dict.fromkeys(PHASES, INSTANT)}
"""Of the journey: each person, and when they came to each phase."""


def rows(kpi: AcrossKpi, view: View, sources: Sources) -> pl.DataFrame:
    """The rows behind a figure over a view; `sources` by number."""
    return _BEHIND[kpi.id](view, sources)


def work_list(view: View, sources: Sources) -> pl.DataFrame:
    """What to do: every conversation at risk, whatever currency its person paid in."""
    currencies = view.history["currency"].unique().sort(nulls_last=True)
    parts = [_at_risk(replace(view, orders=view.orders.narrowed(("currency", (one,))), _kept={})) for one in currencies]
    whole = [part for part in parts if part.height]
    if not whole:
        return pl.DataFrame(schema=WORK_LIST)
    found = pl.concat(whole, how="diagonal_relaxed")
    days = pl.col("waited_seconds") // 86_400
    return _shaped(found, WORK_LIST, sources).sort(days, "net_revenue", "waited_seconds", descending=True)


def _at_risk(view: View) -> pl.DataFrame:
    found: AtRisk = at_risk(view)
    currency = dict(view.orders.conditions).get("currency", (None,))[0]
    expected = forecast(view, found)
    return found.waiting.join(expected, on="person_id", how="left", maintain_order="left").with_columns(
        net_revenue="net", currency=pl.lit(currency, dtype=pl.String)
    )


def _index(band: Callable[[View], pl.DataFrame]) -> Callable[[View, Sources], pl.DataFrame]:
    def found(view: View, sources: Sources) -> pl.DataFrame:
        rows = band(view).with_columns(
            state=pl.when("again").then(pl.lit("again")).otherwise(pl.lit("not_again")),
            ordered_at="at",
            next_order_at="next_at",
        )
        return _shaped(rows, INDEX, sources).sort("ordered_at", "source", "order_id")

    return found


def _by_frt(view: View) -> pl.DataFrame:
    contacted = view.once(followed).rows.filter(pl.col("contact_at").is_not_null())
    return contacted.filter(pl.col("frt_band").is_not_null()).with_columns(band="frt_band")


def _chats(view: View, sources: Sources) -> pl.DataFrame:
    state = pl.when("converted").then(pl.lit("converted")).otherwise(pl.lit("not_converted"))
    return _talks(asked(view).rows.with_columns(state=state, band="frt_band"), sources)


def _refunded(view: View, sources: Sources) -> pl.DataFrame:
    rows = refund_after.judged(view)
    state = (
        pl.when(~pl.col("window_over"))
        .then(pl.lit("window_open"))
        .when("refunded")
        .then(pl.lit("refunded"))
        .otherwise(pl.lit("not_refunded"))
    )
    return _talks(rows.with_columns(state=state, band="frt_band"), sources)


def _period(view: View, sources: Sources) -> pl.DataFrame:
    return _talks(view.talks.rows.with_columns(state=pl.lit("counted")), sources)


def _talks(rows: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    return _shaped(rows, TALKS, sources).sort("created_at", "source", "conversation_id")


def _orders(view: View, sources: Sources) -> pl.DataFrame:
    return _shaped(view.orders.orders.with_columns(ordered_at="at"), ORDERS, sources).sort(
        "ordered_at", "source", "order_id"
    )


def _answers(view: View, sources: Sources) -> pl.DataFrame:
    found = customer_value.said(view).with_columns(conversation_id=pl.coalesce("conversation", "named"))
    return _shaped(found, ANSWERS, sources).sort("answered_at", "metric", "person_id", nulls_last=True)


def _steps(view: View, sources: Sources) -> pl.DataFrame:
    return _shaped(view.once(steps), STEPS, sources).sort("person_id")


def _shaped(rows: pl.DataFrame, columns: Mapping[str, Kind], sources: Sources) -> pl.DataFrame:
    """A frame with exactly these columns; what it does not have is null."""
    named = rows
    for name in ("source", "order_source", "conversation_source"):
        if name in columns and f"{name}_id" in rows.columns:
            number = pl.col(f"{name}_id")
            named = named.with_columns(number.replace_strict(sources, default=None, return_dtype=pl.String).alias(name))
    return named.select(
        (_typed(name, kind) if name in named.columns else pl.lit(None, dtype=kind).alias(name))
        for name, kind in columns.items()
    )


def _typed(name: str, kind: Kind) -> pl.Expr:
    if kind == MONEY:
        return (pl.col(name).cast(pl.Decimal(38, 6)) / MICROS).cast(MONEY)
    return pl.col(name).cast(kind)


_BEHIND: Mapping[str, Callable[[View, Sources], pl.DataFrame]] = {
    "x_repurchase_by_contact": _index(repurchase.contact_bands),
    "x_repurchase_by_frt": _index(_by_frt),
    "x_repurchase_by_csat": _index(repurchase.csat_bands),
    "x_repurchase_by_refund": _index(repurchase.refund_bands),
    "x_prepurchase_conversion": _chats,
    "x_slow_answer_check": _chats,
    "x_contact_rate": _orders,
    "x_contact_rate_total": _period,
    "x_revenue_at_risk": work_list,
    "x_time_to_contact": _orders,
    "x_refund_after_contact": _refunded,
    "x_csat_by_customer_value": _answers,
    "x_journey": _steps,
}
