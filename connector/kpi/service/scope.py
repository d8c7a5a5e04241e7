"""What one figure looks at: a desk, a period, and the filters and groups that narrow it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from connector.kpi.options import KpiOptions
from connector.kpi.service.desk import WEEKDAYS, Desk
from connector.kpi.subject import Condition

SEVERAL = "tags"
"""The column that holds lists: a conversation belongs to each of its tags."""


@dataclass(frozen=True)
class Scope:
    """The conversations that meet all conditions, and those of them that count in the period `[start, end)`.

    `dated` is the column of the instant they count on; `hours` says that opening hours are known to some source of
    the question. Instants in microseconds UTC.
    """

    desk: Desk
    start: int
    end: int
    dated: str = "created_at"
    hours: bool = False
    conditions: tuple[Condition, ...] = ()

    @property
    def options(self) -> KpiOptions:
        """The options in force."""
        return self.desk.options

    @property
    def observed(self) -> int:
        """How far the data reach, microseconds UTC."""
        return self.desk.observed

    @property
    def by_event(self) -> bool:
        """Whether conversations count on the day of what is measured, and not of their creation."""
        return self.dated != "created_at"

    @cached_property
    def selected(self) -> pl.DataFrame:
        """Conversations of all time that meet the conditions."""
        return self._meeting(self.desk.conversations)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Those that count in the period."""
        return self.of_period(self.dated)

    @cached_property
    def solved(self) -> pl.DataFrame:
        """Those of them that are solved now."""
        return self.rows.filter("solved")

    @cached_property
    def waiting(self) -> pl.DataFrame:
        """Those created in the period; where the day of the answer counts, all created before its end.

        It is what must be asked for what has not happened yet, and so has no day of its own.
        """
        if self.by_event:
            return self.selected.filter(pl.col("created_at") < self.end)
        return self.rows

    def of_period(self, column: str) -> pl.DataFrame:
        """Those whose instant in `column` lies in the period."""
        return self.selected.filter(self.inside(column))

    def inside(self, column: str) -> pl.Expr:
        """Whether an instant lies in the period."""
        return (pl.col(column) >= self.start) & (pl.col(column) < self.end)

    def count(self, condition: pl.Expr) -> int:
        """How many of `selected` meet a condition."""
        return int(self.selected.select(condition.sum()).item())

    def beside(self, name: str, of: pl.DataFrame) -> pl.DataFrame:
        """What hangs on the conversations `of`, from the further frame `name`."""
        frame = self.desk.besides[name]
        if of.height == self.desk.conversations.height:
            return frame
        return frame.filter(pl.col("row").is_in(of["row"].implode()))

    def values(self, column: str) -> list[str | int | None]:
        """The values of a column among the conversations that matter here, None last."""
        rows = self.rows if self.dated in self.selected.columns else self.selected
        frames = [rows, *([self.waiting] if self.by_event else [])]
        found: set[str | int | None] = set()
        for frame in frames:
            values = frame[column]
            if column == SEVERAL:
                if (values.list.len() == 0).any():
                    found.add(None)
                values = values.filter(values.list.len() > 0).explode()
            found |= set(values.unique())
        return sorted(found, key=lambda value: (value is None, _place(column, value)))

    def excluded(self) -> dict[str, int]:
        """How many conversations created in the period do not count, by reason; those without a day always."""
        counts = {}
        for reason, rows in self.desk.set_aside.items():
            created = pl.col("created_at")
            counts[reason] = self._meeting(rows).filter(created.is_null() | self.inside("created_at")).height
        return {reason: count for reason, count in counts.items() if count}

    def _meeting(self, rows: pl.DataFrame) -> pl.DataFrame:
        for column, values in self.conditions:
            rows = rows.filter(_among(column, values))
        return rows


def _among(column: str, values: tuple[str | int | None, ...]) -> pl.Expr:
    """Whether a conversation has one of these values; None among them stands for no value."""
    named = [value for value in values if value is not None]
    held = pl.col(column)
    if column == SEVERAL:
        meets = held.list.set_intersection(named).list.len() > 0 if named else pl.lit(False)
        return (meets | (held.list.len() == 0)) if None in values else meets
    meets = held.is_in(named) if named else pl.lit(False)
    if column == "agent" and named:  # an agent is asked for by name or by number
        meets = meets | pl.col("agent_id").is_in(named)
    return (meets | held.is_null()) if None in values else meets.fill_null(False)


def _place(column: str, value: str | int | None) -> str | int:
    if column == "weekday" and value in WEEKDAYS:
        return WEEKDAYS.index(str(value))
    return value if value is not None else 0
