"""How many of what was begun was abandoned, and how many came back (definitions, 4.9). Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from connector.instants import DAY, HOUR
from connector.kpi.measured import Measured, share
from connector.kpi.result import Flag
from connector.messages import Message
from connector.messages.kpi import KPI

COMES_BACK = 7 * DAY
"""Within this time of its beginning an abandoned checkout may still be made good."""


@dataclass(frozen=True)
class View:
    """What one figure looks at: what was begun in the period under its conditions (`begun.KNOWN`).

    `hours` after which without an order it counts as abandoned; `by_orders`: some of it is known by orders alone;
    `untold`: the shops among those looked at that do not tell of it.
    """

    rows: pl.DataFrame
    hours: int
    by_orders: bool
    untold: tuple[str, ...] = ()

    @property
    def after(self) -> pl.Expr:
        """How long after its beginning the order came (microseconds); null where none came."""
        return pl.col("ordered_at") - pl.col("started_at")

    @property
    def ordered(self) -> pl.Expr:
        """Whether an order came in time."""
        return (self.after <= self.hours * HOUR).fill_null(False)

    def settled(self, window: int) -> pl.Expr:
        """Whether it has been followed for `window` microseconds."""
        return pl.col("started_at") + window <= pl.col("observed")

    @property
    def state(self) -> pl.Expr:
        """ordered, recovered, abandoned; open where the hours are not over, waiting where it may still come back."""
        returned = (self.after <= COMES_BACK).fill_null(False)
        return (
            pl.when(~self.settled(self.hours * HOUR))
            .then(pl.lit("open"))
            .when(self.ordered)
            .then(pl.lit("ordered"))
            .when(~self.settled(COMES_BACK))
            .then(pl.lit("waiting"))
            .when(returned)
            .then(pl.lit("recovered"))
            .otherwise(pl.lit("abandoned"))
        )


def abandonment(view: View, what: str) -> Measured:
    """Begun without an order in time, of all that was begun long enough ago (`what`: checkouts or carts)."""
    settled = view.rows.filter(view.settled(view.hours * HOUR))
    abandoned = settled.filter(~view.ordered).height
    measured = share(abandoned, settled.height, _reason(view, what))
    measured = measured.with_flags(_purged(view)).with_notes(_untold(view))
    return replace(measured, excluded={"window_open": view.rows.height - settled.height})


def recovered_rate(view: View) -> Measured:
    """Abandoned checkouts with an order of the person within seven days, of all abandoned that long ago.

    Whether nobody's checkout came back cannot be seen; it stays among the abandoned.
    """
    abandoned = view.rows.filter(view.settled(view.hours * HOUR) & ~view.ordered)
    settled = abandoned.filter(view.settled(COMES_BACK))
    recovered = settled.filter((view.after <= COMES_BACK).fill_null(False)).height
    measured = share(recovered, settled.height, KPI("reason.no_abandoned"))
    nobody = settled["person_id"].null_count()
    return replace(
        measured.with_notes(KPI("note.nobodys_checkouts", count=nobody) if nobody else None, _untold(view)),
        excluded={"window_open": abandoned.height - settled.height},
    )


def payment_failure_rate(view: View) -> Measured:
    """Failed orders, of failed and counted ones, by the day they were made."""
    failed = view.rows.height - int(view.rows["counts"].sum())
    return share(failed, view.rows.height, KPI("reason.no_orders_or_failed"))


def _reason(view: View, what: str) -> Message:
    return KPI(f"reason.no_{what}" if not view.rows.height else f"reason.{what}_open")


def _purged(view: View) -> Flag | None:
    return Flag("lower_bound") if view.by_orders else None


def _untold(view: View) -> Message | None:
    return KPI("note.no_carts_told", sources=", ".join(view.untold)) if view.untold else None
