"""Whether first replies came in time (definitions, 5.1)."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from connector.instants import SECOND
from connector.kpi.measured import Measured, share
from connector.kpi.service.clocks import BUSINESS, leading, missing_hours, said_of_clock, said_of_day, seconds
from connector.kpi.service.replies import first_reply, unanswered
from connector.kpi.service.scope import Scope
from connector.messages.kpi import KPI


def frt_sla(scope: Scope) -> Measured:
    """Answered within the target / (answered + unanswered whose target time has passed).

    The target is the one the desk itself set for the conversation, by the clock it named; else that of the channel
    (`sla.*`), by the clock in use.
    """
    if problem := missing_hours(scope):
        return problem
    answered = _with_target(scope, first_reply(scope, scope.rows)).with_columns(
        taken=pl.when("by_business")
        .then(seconds(scope, "reply", BUSINESS))
        .otherwise(seconds(scope, "reply", "calendar"))
    )
    answered = answered.filter(pl.col("taken").is_not_null())
    in_time = answered.filter(pl.col("taken") <= pl.col("target")).height
    waiting = _with_target(scope, unanswered(scope))
    late = _late(scope, waiting)
    measured = share(in_time, answered.height + late, KPI("reason.no_due_replies"))
    own = answered.filter("own_target").height
    return replace(measured, excluded={"not_due": waiting.height - late}).with_notes(
        KPI("note.own_targets", count=own) if own else None,
        *said_of_clock(scope, answered),
        said_of_day(scope),
    )


def _with_target(scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    """The conversations with `target` in seconds, whether it runs `by_business` hours, and whether it is the desk's."""
    sla = scope.options.sla.model_dump()
    of_channel = pl.col("channel").replace_strict(sla, default=sla["other"], return_dtype=pl.Float64)
    own = scope.desk.besides["targets"].select("row", "target_seconds", "target_business")
    return rows.join(own, on="row", how="left", maintain_order="left").with_columns(
        own_target=pl.col("target_seconds").is_not_null(),
        target=pl.coalesce(pl.col("target_seconds").cast(pl.Float64), of_channel),
        by_business=pl.coalesce("target_business", pl.lit(leading(scope) == BUSINESS)),
    )


def _late(scope: Scope, waiting: pl.DataFrame) -> int:
    """How many have been waiting for longer than their target at the last sync, each by the clock of its target."""
    longer = (scope.observed - pl.col("since")) / SECOND > pl.col("target")
    late = waiting.filter(longer)  # by no clock more time passes than by the calendar
    in_hours = late.filter("by_business")
    count = late.height - in_hours.height
    for since, target, source, group in in_hours.select("since", "target", "source_id", "group_name").iter_rows():
        clock = scope.desk.hours.clock(source, group)
        count += clock is None or clock.seconds(since, scope.observed) > target
    return count
