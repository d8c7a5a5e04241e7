"""The days on which each customer bought, as the models of section 4.8 want them: whole local days."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from connector.instants import EPOCH, local_day
from connector.kpi.shop.history import days_of
from connector.kpi.shop.scope import Scope
from connector.kpi.shop.worth import documents


@dataclass(frozen=True)
class PurchaseDays:
    """`days`: `person_id`, `day` (number of the local day since 1970), `net` of that day (millionths), sorted by both.

    `last` is the number of the last day that is known: that of the period's end, or of the last sync.
    """

    days: pl.DataFrame
    last: int

    @property
    def first(self) -> int:
        """The day of the very first purchase. Not for no purchases."""
        return int(self.days["day"].min())  # type: ignore[arg-type]

    def until(self, last: int) -> PurchaseDays:
        """As it was known on the evening of an earlier day."""
        return PurchaseDays(self.days.filter(pl.col("day") <= last), last)

    def histories(self) -> pl.DataFrame:
        """Everybody once: `person_id`, `x` (repeat purchase days), `t_x` and `age` (days), `mean` of the repeat days.

        `t_x` is from the first to the last purchase day, `age` from the first one to the last day known. The first
        purchase day does not enter the mean (millionths; null where there is no other).
        """
        day, net = pl.col("day"), pl.col("net")
        return (
            self.days.group_by("person_id", maintain_order=True)
            .agg(
                first=day.first(),
                final=day.last(),
                x=pl.len().cast(pl.Int64) - 1,
                later=net.sum() - net.first(),
            )
            .select(
                "person_id",
                "x",
                t_x=pl.col("final") - pl.col("first"),
                age=self.last - pl.col("first"),
                mean=pl.when(pl.col("x") > 0).then(pl.col("later") / pl.col("x")),
            )
        )


def purchase_days(scope: Scope) -> PurchaseDays:
    """Of all orders up to the period's end. Several orders of one day are one purchase (`orders.merge: day`)."""
    zone = scope.history.zone
    last = (local_day(min(scope.end - 1, scope.observed), zone) - EPOCH.date()).days
    bought = documents(scope)
    days = (
        bought.select("person_id", "net", day=days_of(bought["at"], zone))
        .filter(pl.col("day") <= last)
        .group_by("person_id", "day")
        .agg(pl.col("net").sum())
        .sort("person_id", "day")
    )
    return PurchaseDays(days, last)
