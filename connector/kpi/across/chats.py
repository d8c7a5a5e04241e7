"""Conversations before a purchase (definitions, 6.5 and 6.8): followed by an order, which is not: caused by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import polars as pl

from connector.instants import DAY, SECOND
from connector.kpi.across.bands import BANDS, bands_of, fast
from connector.kpi.across.following import conversations
from connector.kpi.across.matching import with_match
from connector.kpi.across.repurchase import with_trend
from connector.kpi.across.saying import marked, points
from connector.kpi.across.standardising import Stratum, compare
from connector.kpi.across.view import View
from connector.kpi.distributions import stats_of
from connector.kpi.measured import Banded, Measured, share
from connector.messages import Message
from connector.messages.kpi import KPI
from connector.money import written


@dataclass(frozen=True)
class Asked:
    """The chats that are looked at, with `converted` and what was ordered; how many were left out, and why."""

    rows: pl.DataFrame
    excluded: dict[str, int]
    why: Message


def conversion(view: View) -> Measured | Banded:
    """Chats of persons who had not ordered before, and of these the ones that an order followed in time.

    With `cross.returning` those of persons who had ordered before. Beside it what these orders were worth and how
    long it took.
    """
    found = view.once(asked)
    rows = found.rows
    bought = rows.filter("converted")
    waits = ((bought["order_at"] - bought["created_at"]) / SECOND).sort()
    net = bought.group_by("currency").agg(pl.col("net").sum()).sort("currency", nulls_last=True)
    extra: dict[str, Any] = {
        "net_revenue": {name or "": written(amount, name) for name, amount in net.iter_rows()},
        "seconds_to_order": {**asdict(stats_of(waits)), "n": len(waits)} if len(waits) else None,
    }
    total = _share(found, rows).with_extra(**extra)
    notes = [KPI("note.x_followed", days=view.options.cross.prepurchase_days)]
    if view.options.cross.returning:
        notes.append(KPI("note.x_returning"))
    for name, amount in net.iter_rows():
        notes.append(KPI("note.x_order_value", amount=marked(written(amount, name)), currency=name or ""))
    return with_match(view, _banded(view, found, replace(total, excluded=found.excluded)), *notes)


def slow_answer_check(view: View) -> Measured | Banded:
    """Whether those who were answered slowly or never ordered less often than those answered fast."""
    found = view.once(asked)
    rows = found.rows.filter(pl.col("frt_band").is_not_null())
    sides = rows.select("converted", slow=~fast())
    slow, quick = (sides.filter(pl.col("slow") == side)["converted"] for side in (True, False))
    between = compare([Stratum((int(slow.sum()), len(slow)), (int(quick.sum()), len(quick)))])
    total = _share(found, rows).with_extra(difference=between.difference_fields())
    left_out = {**found.excluded, "agent_started": found.rows.height - rows.height}
    notes = [KPI("note.x_followed", days=view.options.cross.prepurchase_days), KPI("note.x_slow_fast")]
    if between.crude is not None:
        fields = between.difference_fields()
        low, high = (points(fields[name]) for name in ("ci_low", "ci_high"))
        notes.append(KPI("note.x_crude", crude=points(between.crude), low=low, high=high))
    notes.append(KPI("note.x_45"))
    return with_match(view, _banded(view, found, replace(total, excluded=left_out)), *notes)


def _banded(view: View, found: Asked, total: Measured) -> Measured | Banded:
    if view.by is not None:
        return total
    names = bands_of(set(found.rows["kind"].unique()))
    bands = {name: found.rows.filter(pl.col("frt_band") == name) for name in names}
    told = Banded("frt_band", tuple((name, _share(found, rows)) for name, rows in bands.items()), total)
    counts = {
        kind: [(int(bands[name]["converted"].sum()), bands[name].height) for name in names if name in listed]
        for kind, listed in BANDS.items()
    }
    return with_trend(told, counts)


def _share(found: Asked, rows: pl.DataFrame) -> Measured:
    reason = KPI("reason.no_band") if found.rows.height else found.why
    return share(int(rows["converted"].sum()), rows.height, reason)


def asked(view: View) -> Asked:
    """The chats of the view that count, each with the order that followed within `cross.prepurchase_days`."""
    cross = view.options.cross
    chosen = view.talks.rows if "all" in cross.channels else _in(view.talks.rows, cross.channels)
    persons = chosen.filter(pl.col("person_id").is_not_null())
    every = view.always(_qualified)
    qualified = every.filter(pl.col("row").is_in(persons["row"].implode()))
    first = qualified.filter("first_of_window")
    over = first.filter(pl.col("created_at") + cross.prepurchase_days * DAY <= view.observed)
    reason = "chats_window_open" if first.height else "no_asking_chats"
    return Asked(
        over,
        {
            "no_identity": chosen.height - persons.height,
            "never_ordered" if cross.returning else "ordered_before": persons.height - qualified.height,
            "further_chat": qualified.height - first.height,
            "window_open": first.height - over.height,
        },
        KPI(f"reason.{reason}"),
    )


def _in(talks: pl.DataFrame, channels: Sequence[str]) -> pl.DataFrame:
    return talks.filter(pl.col("channel").is_in(channels))


def _qualified(view: View) -> pl.DataFrame:
    """Conversations of all time in the channels asked for, of persons who had (not) ordered before.

    `order_at`, `net` and `currency` are of the next order in time, `converted` says that there is one;
    `first_of_window` that no other one of the person was looked at in the days before.
    """
    cross = view.options.cross
    talks = view.always(conversations)
    talks = talks if "all" in cross.channels else _in(talks, cross.channels)
    orders = view.history.filter(pl.col("person_id").is_not_null())
    firsts = orders.filter("first").select("person_id", "first_at")
    before = pl.col("first_at") < pl.col("created_at")
    known = talks.join(firsts, on="person_id", how="left", maintain_order="left")
    known = known.filter(before if cross.returning else before.fill_null(False).not_())
    held = [name for name in ("net", "currency") if name in orders.columns]
    followed = known.sort("person_id", "created_at", maintain_order=True).join_asof(
        orders.select("person_id", *held, order_at="at"),
        left_on="created_at",
        right_on="order_at",
        by="person_id",
        strategy="forward",
        tolerance=cross.prepurchase_days * DAY,
        coalesce=False,
        check_sortedness=False,
    )
    window = cross.prepurchase_days * DAY
    return followed.with_columns(
        pl.Series("first_of_window", _first_of_window(followed, window), dtype=pl.Boolean),
        converted=pl.col("order_at").is_not_null(),
    )


def _first_of_window(rows: pl.DataFrame, window: int) -> list[bool]:
    """For each conversation, sorted by person and instant, whether it is the first of its person in a window.

    A window begins with the first one after the last window was over, so this is told one after the other.
    """
    kept: list[bool] = []
    person, since = None, 0
    for one, instant in rows.select("person_id", "created_at").iter_rows():
        begins = one != person or instant - since > window
        if begins:
            person, since = one, instant
        kept.append(begins)
    return kept
