"""What one figure looks at: the answers that count in a period, one for each person and wave or occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from connector.kpi.measured import Banded, Measured
from connector.kpi.options import KpiOptions
from connector.kpi.subject import Condition


@dataclass(frozen=True)
class Scope:
    """The answers to one question in a period `[start, end)`. Instants in microseconds UTC.

    `answers` have their day in `at`; of each `unit` the first or the latest one in the period counts. `offers` are
    surveys that were offered, each once, with whether they were `answered`.
    """

    answers: pl.DataFrame
    offers: pl.DataFrame
    start: int
    end: int
    options: KpiOptions
    first: bool = False
    """Whether of several answers to one survey the first counts, and not the latest."""
    conditions: tuple[Condition, ...] = ()

    @cached_property
    def given(self) -> pl.DataFrame:
        """All answers dated in the period, in their order; before one of each unit is chosen and conditions are met."""
        return self.answers.filter((pl.col("at") >= self.start) & (pl.col("at") < self.end))

    @cached_property
    def chosen(self) -> pl.DataFrame:
        """One answer of each unit in the period.

        A wave is a survey in a period, so which answer is a person's latest is decided in the period, and before
        conditions: the rows of a breakdown then add up to the total.
        """
        return self.given.unique("unit", keep="first" if self.first else "last", maintain_order=True)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Those of them that meet the conditions."""
        return meeting(self.chosen, self.conditions)

    @cached_property
    def offered(self) -> pl.DataFrame:
        """Surveys offered in the period that meet the conditions."""
        inside = (pl.col("at") >= self.start) & (pl.col("at") < self.end)
        return meeting(self.offers.filter(inside), self.conditions)

    def each(self, column: str, compute: Callable[[pl.DataFrame], Measured]) -> Measured | Banded:
        """A figure over the rows, or where they have several values in a column, one for each value."""
        values = self.rows[column].unique().sort().to_list()
        if len(values) < 2:
            return compute(self.rows)
        return Banded(column, tuple((value, compute(self.rows.filter(pl.col(column) == value))) for value in values))


LISTS = frozenset({"product", "product_named", "category"})
"""Columns that hold lists: an answer belongs to each product of its order."""


def meeting(rows: pl.DataFrame, conditions: tuple[Condition, ...]) -> pl.DataFrame:
    """The rows that meet all conditions; None among the values of one stands for no value."""
    for column, values in conditions:
        named = [value for value in values if value is not None]
        if column in LISTS:
            held = pl.col(column)
            of_none = held.is_null() | (held.list.len() == 0)
            meets = held.list.set_intersection(named).list.len().fill_null(0) > 0 if named else pl.lit(False)
            rows = rows.filter((meets | of_none) if None in values else meets)
            continue
        meets = pl.col(column).is_in(named).fill_null(False) if named else pl.lit(False)
        if column == "agent" and named:  # an agent is asked for by name or by number
            meets = meets | pl.col("agent_id").is_in(named).fill_null(False)
        rows = rows.filter((meets | pl.col(column).is_null()) if None in values else meets)
    return rows
