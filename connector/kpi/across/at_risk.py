"""What customers who wait for an answer are worth (definitions, 6.7): exposure, not expected loss, and a work list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from connector.instants import DAY, HOUR, SECOND
from connector.kpi.across.matching import with_match
from connector.kpi.across.view import View
from connector.kpi.measured import Banded, Measured
from connector.kpi.shop.clv_predicted import predict
from connector.messages.kpi import KPI

BOUGHT = 90 * DAY
"""Who bought so recently is a customer that may be lost."""
WORTH = 365 * DAY
"""How far back revenue counts."""
OPEN = ("pending", "on_hold", "processing")
"""Orders that are not finished, by the common word of their status today."""
BLANK = -(2**62)


@dataclass(frozen=True)
class AtRisk:
    """The open conversations that wait too long, each beside its person's worth in one currency (millionths).

    `waiting` holds `since_at`, `waited_seconds`, `person_id`, `net`, `open_orders`, `open_value`, `last_order_at`;
    `persons` the same of each person once. `snapshot` is the instant asked about.
    """

    waiting: pl.DataFrame
    persons: pl.DataFrame
    snapshot: int


def revenue_at_risk(view: View) -> Measured | Banded:
    """Net revenue of the last 365 days of the persons whose open conversations wait longer than `cross.risk_hours`.

    As of the period's end, or of the last sync where that is earlier. The view is narrowed to one currency.
    """
    found = view.once(at_risk)
    cross = view.options.cross
    people = found.persons
    unfinished = {
        "orders": int(people["open_orders"].sum()),
        "value": Decimal(int(people["open_value"].sum())),
    }
    measured = Measured(
        Decimal(int(people["net"].sum())),
        n=found.waiting.height,
        whole=True,
        extra={"persons": people.height, "open_orders": unfinished},
    )
    notes = [KPI("note.x_at_risk", count=found.waiting.height, persons=people.height, hours=cross.risk_hours)]
    if unfinished["orders"]:
        notes.append(KPI("note.x_open_orders", orders=unfinished["orders"]))
    if people.height:
        value = expected_value(view, found)
        measured = measured.with_extra(expected_value=value)
        if value is not None:
            notes.append(KPI("note.x_expected_value", months=view.options.clv.horizon_months))
    if cross.waiting:
        notes.append(KPI("note.x_later_replies"))
    return with_match(view, measured, *notes, KPI("note.x_exposure"))


def at_risk(view: View) -> AtRisk:
    """The conversations that wait at the snapshot, of persons who bought lately."""
    snapshot = min(view.end, view.observed)
    waiting = _waiting(view, snapshot)
    worth = _worth(view, snapshot)
    rows = waiting.join(worth, on="person_id", how="inner", maintain_order="left").with_columns(
        waited_seconds=(snapshot - pl.col("since_at")) // SECOND
    )
    # The oldest first, by whole days; of those the most valuable.
    rows = rows.sort(pl.col("waited_seconds") // 86_400, "net", "waited_seconds", descending=True, nulls_last=True)
    return AtRisk(rows, rows.unique("person_id", keep="first", maintain_order=True), snapshot)


def expected_value(view: View, found: AtRisk) -> Decimal | None:
    """What these persons are expected to bring in the months to come; None where no prediction can be had (4.8)."""
    persons = forecast(view, found)
    if persons.is_empty():
        return None
    return Decimal(round(float(persons["expected_value"].sum())))


def forecast(view: View, found: AtRisk) -> pl.DataFrame:
    """`person_id` and `expected_value` of those who wait; nobody where no prediction can be had."""
    predicted = predict(view.orders.during(BLANK, found.snapshot), of=found.persons["person_id"]).persons
    return predicted.select("person_id", "expected_value")


def _waiting(view: View, snapshot: int) -> pl.DataFrame:
    """Open conversations of persons whose customer waits longer than allowed, with `since_at`."""
    talks = _open(view, snapshot).filter(pl.col("person_id").is_not_null())
    silent = pl.col("first_reply_at").is_null() | (pl.col("first_reply_at") > snapshot)
    first = talks.filter(silent & ~pl.col("by_agent")).with_columns(since_at=pl.coalesce("frt_from_at", "created_at"))
    parts = [first]
    if view.options.cross.waiting:
        parts.append(_waiting_again(view, talks.filter(~silent), snapshot))
    late = pl.col("since_at") < snapshot - view.options.cross.risk_hours * HOUR
    return pl.concat(parts, how="diagonal").filter(late)


def _open(view: View, snapshot: int) -> pl.DataFrame:
    """The conversations that were open just before an instant.

    Unlike the backlog's course this takes a source without a history of statuses at its word: what is open now is
    open, whether or not it was seen from its beginning.
    """
    spans = view.talks.desk.besides["spans"]
    there = (pl.col("from_at") < snapshot) & (pl.col("until_at").is_null() | (pl.col("until_at") >= snapshot))
    return view.talks.selected.join(spans.filter(there).select("row").unique(), on="row", how="semi")


def _waiting_again(view: View, talks: pl.DataFrame, snapshot: int) -> pl.DataFrame:
    """Those that were answered before and wait again: still, or until a reply that came after the snapshot."""
    replies = view.talks.desk.besides["replies"].with_columns(
        began_at=pl.col("replied_at") - pl.col("wait_seconds") * SECOND
    )
    later = replies.filter((pl.col("began_at") <= snapshot) & (pl.col("replied_at") > snapshot))
    since = later.group_by("row").agg(began_at=pl.col("began_at").min())
    now = pl.when(pl.col("waiting_since_at") <= snapshot).then("waiting_since_at")
    joined = talks.join(since, on="row", how="left", maintain_order="left")
    return (
        joined.with_columns(since_at=pl.coalesce("began_at", now))
        .drop("began_at")
        .filter(pl.col("since_at").is_not_null())
    )


def _worth(view: View, snapshot: int) -> pl.DataFrame:
    """Everybody who bought lately, with their net revenue of the last 365 days and their unfinished orders."""
    year = view.orders.during(snapshot - WORTH, snapshot)
    orders = year.persons
    lately = orders.filter(pl.col("at") >= snapshot - BOUGHT).select("person_id").unique()
    unfinished = pl.col("status").is_in(OPEN)
    sums = orders.group_by("person_id").agg(
        net=pl.col("net").sum(),
        open_orders=unfinished.sum().cast(pl.Int64),
        open_value=pl.col("net").filter(unfinished).sum(),
        last_order_at=pl.col("at").max(),
    )
    back = year.refunds.filter(pl.col("person_id").is_not_null())
    refunds = back.group_by("person_id").agg(refunded=pl.col("net").sum())
    known = lately.join(sums, on="person_id", how="left").join(refunds, on="person_id", how="left")
    return known.with_columns(net=pl.col("net") - pl.col("refunded").fill_null(0)).drop("refunded")
