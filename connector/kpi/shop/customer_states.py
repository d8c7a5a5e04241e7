"""What each person is in the figures that follow customers: their cohort, what they are worth, their segment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import polars as pl

from connector.instants import local_day
from connector.kpi.shop.clv_historical import per_person
from connector.kpi.shop.clv_predicted import predict
from connector.kpi.shop.cohorts import windows
from connector.kpi.shop.founding import founded
from connector.kpi.shop.grains import GRAINS
from connector.kpi.shop.rfm import scores
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.worth import bought
from connector.money import MICROS

MONEY = pl.Decimal(38, 6)


def states(function: str, scope: Scope) -> pl.DataFrame:
    """Each person behind the figure with this function: `person_id`, `state`, and the columns that only it has."""
    found = STATES[function](scope)
    own = OWN.get(function, {})
    return found.select(
        "person_id", pl.col("state").cast(pl.String), *(pl.col(name).cast(kind) for name, kind in own.items())
    )


def _cohorts(scope: Scope) -> pl.DataFrame:
    """The cohort's name: 2024-01, or the value of the first order. Who is in several cohorts stands there each time."""
    found = founded(scope)
    if found.members.is_empty() or scope.history.options.cohorts.by != "date":
        return found.members.select("person_id", state="key")
    units = windows(scope, found)
    names = [units.grain.name(units.days[unit]) for unit in units.unit(found.members["start_at"])]
    return found.members.select("person_id").with_columns(pl.Series("state", names, dtype=pl.String))


def _worth(scope: Scope) -> pl.DataFrame:
    """The month of the first order; `value` is net revenue times the margin."""
    margin = scope.history.options.clv.margin
    worth = per_person(scope)
    unit = GRAINS["month"]
    names = [unit.name(local_day(at, scope.history.zone)) for at in worth["first_at"]]
    share = Decimal(1) if margin is None else Decimal(str(margin))
    value = in_money(pl.col("net")) * pl.lit(share, dtype=MONEY)
    return worth.with_columns(pl.Series("state", names, dtype=pl.String), net=in_money(pl.col("net")), value=value)


def _prediction(scope: Scope) -> pl.DataFrame:
    """repeat: bought on several days; one_time: on one, so that nothing can be said of whether they still buy."""

    def one(narrow: Scope) -> pl.DataFrame:
        found = narrow.once(predict).persons
        again = pl.when(pl.col("purchases") > 1).then(pl.lit("repeat")).otherwise(pl.lit("one_time"))
        value = (pl.col("expected_value") / MICROS).round(6).cast(MONEY)
        return found.with_columns(state=again, expected_value=value)

    return _each_currency(scope, one)


def _rfm(scope: Scope) -> pl.DataFrame:
    """The segment, where there are enough customers for segments."""
    return _each_currency(
        scope, lambda narrow: scores(narrow).with_columns(state="segment", monetary=in_money(pl.col("monetary")))
    )


def in_money(micros: pl.Expr) -> pl.Expr:
    """Millionths as decimals in major units."""
    return (micros.cast(MONEY) / MICROS).cast(MONEY)


def _each_currency(scope: Scope, compute: Callable[[Scope], pl.DataFrame]) -> pl.DataFrame:
    """What is computed for one currency at a time, one below the other."""
    frames = []
    for currency in bought(scope)["currency"].unique().sort(nulls_last=True):
        narrow = scope.narrowed(("currency", (currency,)))
        frames.append(compute(narrow).with_columns(currency=pl.lit(currency, dtype=pl.String)))
    return pl.concat(frames) if frames else compute(scope).with_columns(currency=pl.lit(None, dtype=pl.String))


OWN: Mapping[str, Mapping[str, pl.DataType | type[pl.DataType]]] = {
    "shop.clv_historical:clv_historical": {"currency": pl.String, "net": MONEY, "value": MONEY},
    "shop.clv_predicted:clv_predicted": {
        "currency": pl.String,
        "purchases": pl.Int64,  # days with an order
        "p_alive": pl.Float64,  # null for one-time buyers
        "expected_orders": pl.Float64,
        "expected_value": MONEY,
    },
    "shop.rfm:rfm": {
        "currency": pl.String,
        "recency_days": pl.Int64,
        "frequency": pl.Int64,
        "monetary": MONEY,
        **dict.fromkeys(("r", "f", "m"), pl.Int64),
    },
}
"""Columns that only some figures have."""

STATES: Mapping[str, Callable[[Scope], pl.DataFrame]] = {
    "shop.cohorts:cohorts": _cohorts,
    "shop.clv_historical:clv_historical": _worth,
    "shop.clv_predicted:clv_predicted": _prediction,
    "shop.rfm:rfm": _rfm,
}
