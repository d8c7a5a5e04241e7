"""Which part each person plays in a figure about persons: who was lost, who came back, who is new."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from connector.instants import DAY
from connector.kpi.shop import customer_states
from connector.kpi.shop.figures import ShopKpi
from connector.kpi.shop.retention import Sets, sets, window_sets
from connector.kpi.shop.scope import Scope


def states(kpi: ShopKpi, scope: Scope) -> pl.DataFrame:
    """Each person behind the figure: `person_id` and `state`; then what only this figure says of persons.

    Once, but for figures of money: there once for each currency, which stands in a column of its own.
    """
    if kpi.function in customer_states.STATES:
        return customer_states.states(kpi.function, scope)
    return _STATES[kpi.function](kpi, scope).select("person_id", pl.col("state").cast(pl.String))


def _customers(_: ShopKpi, scope: Scope) -> pl.DataFrame:
    """new: with a new customer's order in the period; returning: all others."""
    kinds = scope.persons.group_by("person_id").agg(new=scope.is_new.any())
    return kinds.with_columns(state=pl.when("new").then(pl.lit("new")).otherwise(pl.lit("returning")))


def _new(_: ShopKpi, scope: Scope) -> pl.DataFrame:
    return scope.firsts.select("person_id", state=pl.lit("new"))


def _returning(_: ShopKpi, scope: Scope) -> pl.DataFrame:
    persons = scope.persons.filter(~scope.is_new).select("person_id").unique()
    return persons.with_columns(state=pl.lit("returning"))


def _retention(_: ShopKpi, scope: Scope) -> pl.DataFrame:
    return _parts(sets(scope))


def _parts(found: Sets) -> pl.DataFrame:
    parts = {
        "retained": found.retained,
        "lost": found.lost,
        "reactivated": found.reactivated,
        # Whoever was active at the start is counted there, whenever the first order was.
        "new": found.new.filter(~found.new.is_in(found.start.implode())),
    }
    return pl.concat(
        pl.DataFrame({"person_id": persons}).with_columns(state=pl.lit(name)) for name, persons in parts.items()
    )


def _lost(kpi: ShopKpi, scope: Scope) -> pl.DataFrame:
    return _retention(kpi, scope).filter(pl.col("state") == "lost")


def _counted(orders: pl.DataFrame) -> pl.DataFrame:
    """shop.repeat: with two or more of these orders; one_time: with one."""
    counts = orders.filter(pl.col("person_id").is_not_null()).group_by("person_id").len()
    return counts.with_columns(state=pl.when(pl.col("len") >= 2).then(pl.lit("repeat")).otherwise(pl.lit("one_time")))


def _within(kpi: ShopKpi, scope: Scope) -> pl.DataFrame:
    """shop.repeat: the second order came in time; not_repeat: it did not; window_open: the time is not over."""
    window = int(kpi.arguments["days"]) * DAY
    at = pl.col("at")
    again = (pl.col("next_at") - at <= window).fill_null(False)
    state = (
        pl.when(at + window > scope.observed)
        .then(pl.lit("window_open"))
        .when(again)
        .then(pl.lit("repeat"))
        .otherwise(pl.lit("not_repeat"))
    )
    return scope.firsts.select("person_id", state=state)


_STATES: dict[str, Callable[[ShopKpi, Scope], pl.DataFrame]] = {
    "shop.customers:customers": _customers,
    "shop.customers:new_customers": _new,
    "shop.customers:returning_customers": _returning,
    "shop.retention:crr": _retention,
    "shop.retention:crr_textbook": _retention,
    "shop.retention:crr_window": lambda _, scope: _parts(window_sets(scope)),
    "shop.retention:churn_rate": _lost,
    "shop.retention:lost_customers": _lost,
    "shop.repeat:repeat_rate": lambda _, scope: _counted(scope.selected.filter(pl.col("at") < scope.end)),
    "shop.repeat:repeat_rate_period": lambda _, scope: _counted(scope.persons),
    "shop.repeat:repeat_within": _within,
    "shop.kaplan_meier:repeat_within": _within,
    "shop.repeat:purchase_frequency": _customers,
}
