"""Counting who of each cohort did what in each of its columns. Pure; instants in microseconds UTC.

A column is a calendar unit (`Calendar`: i units after the one a member began in) or a block of 30 days from each
member's own beginning (`Blocks`). What is not over yet is not counted: `done` is how many columns of a member are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import ClassVar
from zoneinfo import ZoneInfo

import polars as pl

from connector.instants import DAY, day_start, local_day
from connector.kpi.shop.grains import Grain

BLOCK = 30 * DAY


@dataclass(frozen=True)
class Calendar:
    """Calendar units from that of the earliest instant on."""

    grain: Grain
    days: list[date]  # the first day of each unit, and of the one after the last
    starts: pl.Series  # the same as instants
    horizon: int

    needs: ClassVar[tuple[str, ...]] = ("unit",)  # what must be known of a member to place what they did

    @classmethod
    def over(cls, grain: Grain, earliest: int, latest: int, horizon: int, zone: ZoneInfo) -> Calendar:
        """The units between two instants; those that end at `horizon` or before are over."""
        days = grain.starts(local_day(earliest, zone), local_day(latest, zone))
        return cls(grain, days, pl.Series([day_start(day, zone) for day in days], dtype=pl.Int64), horizon)

    @property
    def whole(self) -> int:
        """How many units are over."""
        return int((self.starts[1:] <= self.horizon).sum())

    def unit(self, instants: pl.Series) -> pl.Series:
        """The number of the unit that each instant lies in."""
        return self.starts.search_sorted(instants, side="right").cast(pl.Int64) - 1

    def begun(self, members: pl.DataFrame) -> pl.DataFrame:
        """Members with the `unit` they began in and how many of their columns are `done`."""
        units = self.unit(members["start_at"])
        return members.with_columns(unit=units, done=(self.whole - units).clip(0))

    def placed(self, events: pl.DataFrame) -> pl.DataFrame:
        """Events (`at`, and what it `needs` of their member) with their `column`."""
        return events.with_columns(column=self.unit(events["at"]) - pl.col("unit"))


@dataclass(frozen=True)
class Blocks(Calendar):
    """The same cohorts, but columns of 30 days from each member's own beginning: no calendar shows in them.

    A cohort whose unit is not over still grows: nothing of it is done.
    """

    needs: ClassVar[tuple[str, ...]] = ("start_at",)

    def begun(self, members: pl.DataFrame) -> pl.DataFrame:
        """As `Calendar.begun`; a block is done where it is over for this member."""
        units = self.unit(members["start_at"])
        blocks = (self.horizon - pl.col("start_at")) // BLOCK
        over = pl.col("unit") < self.whole
        return members.with_columns(unit=units).with_columns(done=pl.when(over).then(blocks.clip(0)).otherwise(0))

    def placed(self, events: pl.DataFrame) -> pl.DataFrame:
        """As `Calendar.placed`; what lies before the member's beginning is before column 0."""
        return events.with_columns(column=(pl.col("at") - pl.col("start_at")).floordiv(BLOCK))


@dataclass
class Counted:
    """One cohort, column by column: members observed so far, those who were active, and the sum of values."""

    size: int
    observed: list[int]
    active: list[int]
    value: list[int]


def count(
    members: pl.DataFrame,
    orders: pl.DataFrame,
    values: pl.DataFrame | None,
    windows: Calendar,
    *,
    cumulative: bool = False,
    everyone_at_0: bool = True,
) -> dict[str | int | None, Counted]:
    """Each cohort, by the column `cohort` of `members` (`person_id`, `start_at`).

    `orders` (`person_id`, `at`; sorted by both) say who was active; `values` (`person_id`, `at`, `value`) are added up.
    `cumulative`: who was active in any column from 1 up to this one, and all values up to it, of the members for whom
    the column is over. `everyone_at_0` says that beginning was an order: then column 0 stands for itself.
    """
    begun = windows.begun(members)
    wide = int(begun["done"].max() or 0)  # type: ignore[arg-type]
    found = {
        cohort: Counted(size, [0] * wide, [0] * wide, [0] * wide)
        for cohort, size in begun.group_by("cohort").agg(pl.len()).iter_rows()
    }
    for cohort, done, people in begun.filter(pl.col("done") > 0).group_by("cohort", "done").agg(pl.len()).iter_rows():
        found[cohort].observed[done - 1] = people
    for one in found.values():
        one.observed = list(accumulate(reversed(one.observed)))[::-1]
    single = begun["person_id"].is_unique().all()
    seen = _events(orders.select("person_id", "at"), begun, windows)
    first = 1 if cumulative and everyone_at_0 else 0
    for cohort, column, people in _active(seen, single=single, cumulative=cumulative, first=first).iter_rows():
        if column < wide:
            found[cohort].active[column] += people
    if values is not None:
        for cohort, column, value in _summed(_events(values, begun, windows), cumulative=cumulative).iter_rows():
            if column < wide:
                found[cohort].value[column] += value
    if cumulative:
        for one in found.values():
            one.active, one.value = list(accumulate(one.active)), list(accumulate(one.value))
            if everyone_at_0 and wide:
                one.active[0] = one.observed[0]
    return found


def _events(rows: pl.DataFrame, begun: pl.DataFrame, windows: Calendar) -> pl.DataFrame:
    """What members did in columns that are over: `person_id`, `cohort`, `done`, `column`, and `value`, if it counts."""
    joined = rows.join(
        begun.select("person_id", "cohort", "done", *windows.needs), on="person_id", how="inner", maintain_order="left"
    )
    column = pl.col("column")
    over = windows.placed(joined).lazy().filter((column >= 0) & (column < pl.col("done")))
    return over.drop("at", *windows.needs).collect()  # so that these are never copied


def _active(seen: pl.DataFrame, *, single: bool, cumulative: bool, first: int) -> pl.DataFrame:
    """`cohort`, `column`, `people`: to be added up over columns where cumulative."""
    if not cumulative:
        if single:
            # Sorted by person and instant, a person's orders in one column stand together: the first is enough.
            person, column = pl.col("person_id"), pl.col("column")
            another = (person != person.shift()) | (column != column.shift())
            once = seen.select(pl.col("cohort", "column").filter(another.fill_null(True)))
        else:
            once = seen.select("person_id", "cohort", "column").unique()
        return once.group_by("cohort", "column").agg(people=pl.len().cast(pl.Int64))
    firsts = (
        seen.filter(pl.col("column") >= first)
        .group_by("person_id", "cohort")
        .agg(pl.col("column").min(), pl.col("done").first())
    )
    return _from_to(firsts.with_columns(people=pl.lit(1, dtype=pl.Int64)), "people")


def _summed(seen: pl.DataFrame, *, cumulative: bool) -> pl.DataFrame:
    """`cohort`, `column`, `value`: to be added up over columns where cumulative."""
    if cumulative:
        return _from_to(seen, "value")
    return seen.group_by("cohort", "column").agg(pl.col("value").sum())


def _from_to(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """What counts from its column on, up to the last one that is over for its member, as steps up and down."""
    alike = rows.group_by("cohort", "column", "done").agg(pl.col(name).sum())
    up = alike.select("cohort", "column", name)
    down = alike.select("cohort", column=pl.col("done").cast(pl.Int64), **{name: -pl.col(name)})
    return pl.concat([up, down]).group_by("cohort", "column").agg(pl.col(name).sum())
