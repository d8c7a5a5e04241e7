"""What customers are expected to bring in (definitions, 4.8): BG/NBD for how often, Gamma-Gamma for how much.

Fader, Hardie & Lee 2005 and Fader & Hardie 2013; see `connector.kpi.models`. Weeks are seven whole local days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from connector.kpi.measured import NOT_AVAILABLE, Measured, missing
from connector.kpi.result import Flag, Stats
from connector.kpi.shop.purchase_days import PurchaseDays, purchase_days
from connector.kpi.shop.scope import Scope
from connector.kpi.statistics import percentile
from connector.messages import Message
from connector.messages.kpi import KPI
from connector.money import MICROS

if TYPE_CHECKING:
    from connector.kpi.models.bg_nbd import BgNbd
    from connector.kpi.models.gamma_gamma import GammaGamma

WEEK = 7
MONTH_WEEKS = 365.25 / 12 / WEEK
GOES_WITH = 0.3
"""From this correlation of value and frequency on the Gamma-Gamma model's assumption is in doubt."""
REFUSED = Flag("not_fitted")


@dataclass(frozen=True)
class Prediction:
    """What is expected of everybody, or why nothing is.

    `persons`: `person_id`, `purchases` (days), `p_alive` (null for one-time buyers, of whom the model cannot say),
    `expected_orders`, and `expected_value`: discounted, times the margin, in millionths. `model` is the record's field.
    """

    persons: pl.DataFrame
    refused: Measured | None = None
    model: Mapping[str, Any] | None = None
    correlation: float | None = None


def clv_predicted(scope: Scope) -> Measured:
    """The mean expected value of a customer over the next `clv.horizon_months`, from the period's end on."""
    found = scope.once(predict)
    if found.refused is not None:
        return found.refused
    values = found.persons["expected_value"].sort()
    people = len(values)
    mean = Decimal(float(values.sum())) / people
    orders = float(found.persons["expected_orders"].sum())
    once = int((found.persons["purchases"] == 1).sum())
    stats = Stats(
        median=Decimal(percentile(values, 0.5)),
        mean=mean,
        p90=Decimal(percentile(values, 0.9)),
        max=Decimal(float(values[-1])),
    )
    doubt = found.correlation is not None and abs(found.correlation) > GOES_WITH
    assert found.model is not None
    return (
        Measured(mean, mean * people, people, n=people, stats=stats)
        .with_flags(Flag("value_goes_with_frequency", f"{found.correlation:.2f}") if doubt else None)
        .with_notes(_held_out(found.model), KPI("note.clv_one_time", once=once, persons=people))
        .with_extra(model=found.model, expected_orders=orders)
    )


def predict(scope: Scope, *, of: pl.Series | None = None) -> Prediction:
    """Fits both models to everybody's purchase days up to the period's end. Amounts must be of one currency.

    Where only the values of some persons are wanted (`of`), `persons` are these, and no hold-out, which takes a second
    fit, goes with the model.
    """
    try:
        from connector.kpi.models import bg_nbd, gamma_gamma
        from connector.kpi.models.fitting import NotFitted
    except ModuleNotFoundError as absent:
        if (absent.name or "").partition(".")[0] not in ("numpy", "scipy"):
            raise
        return _refused(missing(KPI("reason.no_models"), flag=NOT_AVAILABLE))
    days = purchase_days(scope)
    histories = days.histories()
    if reason := _too_little(scope, days, histories):
        return _refused(missing(reason, n=histories.height, flag=REFUSED))
    again = histories.filter((pl.col("x") > 0) & (pl.col("mean") > 0))
    x, means = again["x"].cast(pl.Float64).to_numpy(), again["mean"].to_numpy() / MICROS
    try:
        often = bg_nbd.fit(_customers(histories)[0])
        much = gamma_gamma.fit(x, means)
    except NotFitted as problem:
        return _refused(missing(KPI(f"reason.not_fitted_{problem.reason}"), n=histories.height, flag=REFUSED))
    correlation = again.select(pl.corr("x", "mean")).item()
    correlation = None if correlation is None or correlation != correlation else float(correlation)
    model = {
        "bg_nbd": {name: getattr(often, name) for name in ("r", "alpha", "a", "b", "log_likelihood")},
        "gamma_gamma": {name: getattr(much, name) for name in ("p", "q", "v", "log_likelihood")},
        "correlation": correlation,
        "holdout": hold_out(days) if of is None else None,
    }
    wanted = histories if of is None else histories.filter(pl.col("person_id").is_in(of.implode()))
    return Prediction(_expected(scope, wanted, often, much), None, model, correlation)


def hold_out(days: PurchaseDays) -> dict[str, float | int | None]:
    """Fitted on the first two thirds of the time: purchases expected in the last third, and those there were.

    Both of customers who had bought by then. `predicted` is None where the first part alone cannot be fitted.
    """
    import numpy as np

    from connector.kpi.models import bg_nbd
    from connector.kpi.models.fitting import NotFitted

    split = days.first + (days.last - days.first) * 2 // 3
    before = days.until(split)
    known = before.days["person_id"].unique()
    later = days.days.filter((pl.col("day") > split) & pl.col("person_id").is_in(known.implode()))
    customers, _ = _customers(before.histories())
    try:
        model = bg_nbd.fit(customers)
    except NotFitted:
        return {"predicted": None, "actual": later.height}
    expected = model.expected(customers, np.array([(days.last - split) / WEEK]))[:, 0]
    return {"predicted": float(customers.count @ expected), "actual": later.height}


def _too_little(scope: Scope, days: PurchaseDays, histories: pl.DataFrame) -> Message | None:
    """Why there is too little to fit anything to."""
    options = scope.history.options.clv
    people, again = histories.height, int((histories["x"] > 0).sum())
    if people == 0:
        return KPI("reason.no_customers_ever")
    if people < options.min_customers:
        return KPI("reason.clv_customers", have=people, need=options.min_customers)
    if again < options.min_repeaters:
        return KPI("reason.clv_repeaters", have=again, need=options.min_repeaters)
    weeks = (days.last - days.first) // WEEK
    if weeks < options.min_weeks:
        return KPI("reason.clv_weeks", have=weeks, need=options.min_weeks)
    return None


def _customers(histories: pl.DataFrame) -> Any:
    """Histories as the model wants them, equal ones together; and in which row each one is."""
    from connector.kpi.models import bg_nbd

    x, t_x, age = (histories[name].cast(pl.Float64).to_numpy() for name in ("x", "t_x", "age"))
    return bg_nbd.merged(x, t_x / WEEK, age / WEEK)


def _expected(scope: Scope, histories: pl.DataFrame, often: BgNbd, much: GammaGamma) -> pl.DataFrame:
    """Everybody's expected orders and value: month by month, each month discounted to today from its end."""
    import numpy as np

    options = scope.history.options.clv
    months = np.arange(1, options.horizon_months + 1, dtype=np.float64)
    customers, place = _customers(histories)
    up_to = often.expected(customers, np.asarray(months * MONTH_WEEKS, dtype=np.float64))
    each = np.diff(up_to, axis=1, prepend=0.0)
    today = each @ (1 + options.discount_rate) ** (-months / 12)
    x = histories["x"].cast(pl.Float64).to_numpy()
    # Refunds can leave a customer's repeat days with nothing or less: then the best guess is that they were worth 0.
    mean = histories["mean"].fill_null(0.0).clip(0.0).to_numpy() / MICROS
    margin = 1.0 if options.margin is None else options.margin
    return histories.select("person_id", purchases=pl.col("x") + 1).with_columns(
        p_alive=pl.when(pl.col("purchases") > 1).then(pl.Series(often.alive(customers)[place])),
        expected_orders=pl.Series(up_to[place, -1]),
        expected_value=pl.Series(today[place] * much.expected(x, mean) * margin * MICROS),
    )


def _held_out(model: Mapping[str, Any]) -> Message:
    predicted, actual = model["holdout"]["predicted"], model["holdout"]["actual"]
    if predicted is None:
        return KPI("note.no_holdout", actual=actual)
    return KPI("note.holdout", predicted=round(predicted), actual=actual)


def _refused(measured: Measured) -> Prediction:
    schema = dict.fromkeys(("p_alive", "expected_orders", "expected_value"), pl.Float64)
    persons = pl.DataFrame(schema={"person_id": pl.Int64, "purchases": pl.Int64, **schema})
    return Prediction(persons, replace(measured, numerator=None, denominator=None))
