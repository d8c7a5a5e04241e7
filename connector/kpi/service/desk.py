"""All conversations under the options in force, beside what hangs on them: what the service's figures look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from zoneinfo import ZoneInfo

import polars as pl

from connector.conversations.hours import HoursInForce
from connector.frames.conversations import Desks
from connector.kpi.options import KpiOptions

KEY = ("source_id", "conversation_id")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Desk:
    """`conversations` are those that count, of all time, numbered by `row`; they have a day of creation.

    `set_aside` are the others, by reason. `besides` are further frames, each row under the `row` of its conversation;
    what hangs on a conversation that does not count is not in them. `observed` is how far the data reach
    (microseconds UTC), `since` when each source was first synced, `hours` when each desk is open.
    """

    options: KpiOptions
    zone: ZoneInfo
    observed: int
    conversations: pl.DataFrame
    set_aside: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    besides: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    since: Mapping[int, int] = field(default_factory=dict)
    hours: HoursInForce = field(default_factory=HoursInForce)

    @cached_property
    def timed_sources(self) -> frozenset[int]:
        """The sources with opening hours: those that said them, or have any span by the business clock."""
        frames = [self.conversations, *(frame for frame in self.besides.values() if "source_id" in frame.columns)]
        found = {source for source in self.since if self.hours.of(source) is not None}
        for frame in frames:
            spans = [name for name in frame.columns if name.endswith("_business_seconds")]
            if spans:
                known = pl.any_horizontal(pl.col(spans).is_not_null())
                found |= set(frame.filter(known)["source_id"].unique())
        return frozenset(found)


def build(
    conversations: pl.DataFrame,
    besides: Mapping[str, pl.DataFrame],
    desks: Desks,
    options: KpiOptions,
    zone: ZoneInfo,
    observed: int,
) -> Desk:
    """The desk that the frames tell of under these options."""
    labelled = _labelled(conversations, desks)
    if "tags" in labelled.columns:
        labelled = labelled.with_columns(tags=_tags("tags"))
    set_aside: dict[str, pl.DataFrame] = {}
    if labelled["left_out"].null_count() < labelled.height:
        left = labelled.filter(pl.col("left_out").is_not_null())
        set_aside = {str(reason): rows for (reason,), rows in left.partition_by("left_out", as_dict=True).items()}
        labelled = labelled.filter(pl.col("left_out").is_null())
    for reason, keeps in _conditions(options).items():
        kept = labelled.select(keeps).to_series()
        if not kept.all():
            set_aside[reason], labelled = labelled.filter(~kept), labelled.filter(kept)
    numbered = labelled.drop("left_out").with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64))
    return Desk(
        options,
        zone,
        observed,
        numbered,
        set_aside,
        {name: _numbered(frame, numbered) for name, frame in besides.items()},
        desks.since,
        desks.hours,
    )


def with_calendar(desk: Desk) -> Desk:
    """The desk with the local day of the week (`weekday`) and hour (`hour`) of each conversation's creation."""
    local = pl.col("created_at").cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(desk.zone.key)
    columns = {
        "weekday": local.dt.weekday().replace_strict(dict(enumerate(WEEKDAYS, 1)), return_dtype=pl.String),
        "hour": local.dt.hour().cast(pl.String).str.zfill(2),
    }
    return replace(
        desk,
        conversations=desk.conversations.with_columns(**columns),
        set_aside={reason: rows.with_columns(**columns) for reason, rows in desk.set_aside.items()},
    )


def _numbered(frame: pl.DataFrame, conversations: pl.DataFrame) -> pl.DataFrame:
    """A further frame with the `row` of each conversation; rows of others are dropped."""
    return frame.join(conversations.select(*KEY, "row"), on=KEY, how="inner").drop("conversation_id")


def _labelled(conversations: pl.DataFrame, desks: Desks) -> pl.DataFrame:
    """With the names of agents (`agent`) and groups (`group`) where their numbers were read."""
    if "agent_id" in conversations.columns:
        conversations = conversations.join(
            _names(_told_apart(desks.agents), "agent_id", "agent"),
            on=("source_id", "agent_id"),
            how="left",
            maintain_order="left",
        ).with_columns(agent=pl.coalesce("agent", "agent_id"))
    if "group_name" in conversations.columns:
        conversations = conversations.join(
            _names(desks.groups, "group_name", "group"),
            on=("source_id", "group_name"),
            how="left",
            maintain_order="left",
        ).with_columns(group=pl.coalesce("group", "group_name"))
    return conversations


def _told_apart(agents: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], str]:
    """Names, with the number behind where two agents of one source share one. The same name in two sources is one
    person, who answers in both.
    """
    bearers: dict[tuple[int, str], int] = {}
    for (source, _), name in agents.items():
        bearers[source, name] = bearers.get((source, name), 0) + 1
    return {
        (source, agent): name if bearers[source, name] == 1 else f"{name} ({agent})"
        for (source, agent), name in agents.items()
    }


def _names(names: Mapping[tuple[int, str], str], key: str, shown: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_id": [source for source, _ in names],
            key: [number for _, number in names],
            shown: list(names.values()),
        },
        schema={"source_id": pl.Int64, key: pl.String, shown: pl.String},
    )


def _tags(column: str) -> pl.Expr:
    return pl.col(column).fill_null("[]").str.json_decode(pl.List(pl.String))


def _conditions(options: KpiOptions) -> dict[str, pl.Expr]:
    """What a conversation must be to count, by the reason that is named where it is not."""
    conditions = {"no_date": pl.col("created_at").is_not_null()}
    if options.service.exclude_tags:
        unwanted = pl.col("tags").list.set_intersection(options.service.exclude_tags).list.len() > 0
        conditions["tagged"] = ~unwanted
    return conditions
