"""How far people come, from the first contact to what follows a purchase (definitions, 6.12)."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from connector.instants import SECOND
from connector.kpi.across.following import conversations
from connector.kpi.across.matching import with_match
from connector.kpi.across.view import View
from connector.kpi.distributions import stats_of
from connector.kpi.measured import NOT_AVAILABLE, Banded, Measured, missing, share
from connector.messages.kpi import KPI

PHASES = ("awareness", "consideration", "purchase", "post_purchase")
"""In their order. Each is a column of `steps`, the instant at which a person came to it."""


def journey(view: View) -> Banded | Measured:
    """How many came to each phase, and which share of them to the next, of persons first known of in the period.

    So far: who came last has had the least time. A phase that no connected source tells of is not 0 but unknown.
    """
    found = view.once(steps)
    told = _told_of(view)
    bands = []
    for place, phase in enumerate(PHASES):
        later = PHASES[place + 1] if place + 1 < len(PHASES) else None
        bands.append((phase, _phase(found, phase, later, told)))
    bought = found["purchase"].count() if told["purchase"] else 0
    total = (
        share(bought, found.height, KPI("reason.nobody_known"))
        if told["purchase"]
        else missing(KPI("reason.no_shop"), n=found.height, flag=NOT_AVAILABLE)
    ).with_extra(persons=found.height)
    return with_match(view, Banded("phase", tuple(bands), total), KPI("note.x_journey"), KPI("note.x_associated"))


def _told_of(view: View) -> dict[str, bool]:
    """Which phases any connected source tells of."""
    history = view.history
    sessions = "attribution_type" in history.columns and history["attribution_type"].count() > 0
    carts = view.carts is not None
    shop = history.height > 0
    return {
        "awareness": view.has_desk or carts or sessions,
        "consideration": view.has_desk or carts,
        "purchase": shop,
        "post_purchase": shop,
    }


def _phase(people: pl.DataFrame, phase: str, later: str | None, told: dict[str, bool]) -> Measured:
    if not told[phase]:
        return missing(KPI(f"reason.not_told_{phase}"), flag=NOT_AVAILABLE)
    there = people.filter(pl.col(phase).is_not_null())
    if later is None:
        return missing(KPI("reason.last_phase"), n=there.height).with_extra(persons=there.height)
    if not told[later]:
        return missing(KPI(f"reason.not_told_{later}"), n=there.height, flag=NOT_AVAILABLE).with_extra(
            persons=there.height
        )
    onward = there.filter(pl.col(later).is_not_null())
    waits = ((onward[later] - onward[phase]) / SECOND).clip(0).sort()
    return share(onward.height, there.height, KPI("reason.nobody_in_phase")).with_extra(
        persons=there.height, seconds_to_next={**asdict(stats_of(waits)), "n": len(waits)} if len(waits) else None
    )


def steps(view: View) -> pl.DataFrame:
    """Everybody first known of in the period, with the instant of each phase, null where it was not reached.

    Awareness: the first conversation, cart, or order that says where its session came from. Consideration: a
    conversation or cart before the first order. Purchase: the first order. After it: a conversation, a refund, an
    answer to a survey, or another order.
    """
    firsts = view.history.filter("first")
    talks = view.always(conversations).select("person_id", talk_at="created_at")
    carts = view.carts
    people = firsts.select("person_id", purchase="at", again="next_at", session=_session(firsts))
    parts = [talks.group_by("person_id").agg(talk_at=pl.col("talk_at").min())]
    if carts is not None:
        of_persons = carts.filter(pl.col("person_id").is_not_null())
        parts.append(of_persons.group_by("person_id").agg(cart_at=pl.col("started_at").min()))
    for part in parts:
        people = people.join(part, on="person_id", how="full", coalesce=True)
    if carts is None:
        people = people.with_columns(cart_at=pl.lit(None, dtype=pl.Int64))
    known = people.with_columns(known_at=pl.min_horizontal("purchase", "talk_at", "cart_at"))
    chosen = known.filter(view.inside("known_at"))
    before = [pl.when(_not_after(name)).then(name) for name in ("talk_at", "cart_at")]
    sessions = pl.when("session").then("purchase")
    return _after(view, talks, chosen).with_columns(
        consideration=pl.min_horizontal(*before), awareness=pl.min_horizontal(*before, sessions)
    )


def _session(firsts: pl.DataFrame) -> pl.Expr:
    """Whether the first order says where it came from."""
    return pl.col("attribution_type").is_not_null() if "attribution_type" in firsts.columns else pl.lit(False)


def _not_after(column: str) -> pl.Expr:
    """Whether something was before the first order, or there was none."""
    return pl.col("purchase").is_null() | (pl.col(column) <= pl.col("purchase"))


def _after(view: View, talks: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The persons with `post_purchase`: the first thing after their first order."""
    events = [talks.rename({"talk_at": "event_at"})]
    if view.orders.history.refunds is not None:
        events.append(view.orders.history.refunds.select("person_id", event_at="refunded_at"))
    if view.answers is not None:
        events.append(view.answers.select("person_id", event_at="answered_at"))
    every = pl.concat(events).drop_nulls()
    bought = people.select("person_id", "purchase").drop_nulls()
    later = every.join(bought, on="person_id", how="inner").filter(pl.col("event_at") > pl.col("purchase"))
    first = later.group_by("person_id").agg(event_at=pl.col("event_at").min())
    joined = people.join(first, on="person_id", how="left", maintain_order="left")
    return joined.with_columns(post_purchase=pl.min_horizontal("event_at", "again"))
