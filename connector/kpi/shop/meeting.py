"""The rows of a history that meet conditions, whatever the period.

A breakdown asks the same frames once for every group. So a narrower meeting is cut out of the wider one, and the first
group asked for parts the wider rows into all groups at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from connector.kpi.shop.contents import (
    CONTENT,
    among_lists,
    holding,
    meets,
    parted_by_content,
    parted_by_lists,
)
from connector.kpi.shop.history import History
from connector.kpi.subject import Condition

ORDERS, REFUNDS, CANCELLED = "orders", "refunds", "cancelled"
LINES, REFUNDED = "lines", "refunded"
"""Names of frames: documents, and what is in them. Counted orders that are set aside go by the reason."""

Values = tuple[str | int | None, ...]


class Meeting:
    """What meets all conditions, frame by frame. `is_new` says of an order whether it is a new customer's."""

    def __init__(
        self, history: History, conditions: Sequence[Condition], is_new: pl.Expr, wider: Meeting | None = None
    ) -> None:
        self.history = history
        self.conditions = tuple(conditions)
        self.is_new = is_new
        self._wider = wider
        self._frames: dict[str, pl.DataFrame] = {}
        self._parted: dict[tuple[str, str], dict[str | int | None, pl.DataFrame]] = {}

    def narrowed(self, condition: Condition) -> Meeting:
        """What meets one condition more."""
        return Meeting(self.history, (*self.conditions, condition), self.is_new, self)

    def frame(self, name: str) -> pl.DataFrame:
        """The rows of a frame that meet the conditions; of lines those that meet what is said of lines."""
        if name not in self._frames:
            if self._wider is not None:
                rows = self._wider.part(name, self.conditions[-1])
            else:
                rows = self._whole(name)
                for condition in self.conditions:
                    rows = self._filtered(name, rows, condition)
            self._frames[name] = rows
        return self._frames[name]

    def part(self, name: str, condition: Condition) -> pl.DataFrame:
        """The rows of a frame that meet one condition more."""
        column, values = condition
        rows = self.frame(name)
        alone = len(values) == 1 and column not in ("customer_type", "currency")
        if not alone or not self._applies(name, rows, column):
            return self._filtered(name, rows, condition)
        if (name, column) not in self._parted:
            self._parted[name, column] = self._parts(name, rows, column)
        return self._parted[name, column].get(values[0], rows.clear())

    def customer_type(self) -> pl.Expr:
        """new or returning; null where there is no person."""
        kinds = pl.when(self.is_new).then(pl.lit("new")).otherwise(pl.lit("returning"))
        return pl.when(self.is_new.is_not_null()).then(kinds)

    def _whole(self, name: str) -> pl.DataFrame:
        history, contents = self.history, self.history.contents
        held = {
            ORDERS: history.orders,
            REFUNDS: history.refunds,
            CANCELLED: history.cancelled,
            LINES: contents.lines if contents else None,
            REFUNDED: contents.refunded if contents else None,
        }
        rows = held[name] if name in held else history.set_aside[name]
        assert rows is not None, name
        return rows

    def _applies(self, name: str, rows: pl.DataFrame, column: str) -> bool:
        """Whether rows can be parted by a column: lines by what is in them, documents by what they hold."""
        return column in CONTENT if name in (LINES, REFUNDED) else column in CONTENT or column in rows.columns

    def _filtered(self, name: str, rows: pl.DataFrame, condition: Condition) -> pl.DataFrame:
        column, values = condition
        if name in (LINES, REFUNDED):
            return rows.filter(meets(column, values)) if column in CONTENT else rows
        if column in CONTENT:
            return holding(rows, self._whole(LINES), column, values)
        if column == "customer_type" and "first" in rows.columns:
            return rows.filter(among(self.customer_type(), values))
        if column not in rows.columns:
            return rows.clear()  # an order that was never dated, or does not count, has no place in a history
        if rows.schema[column] == pl.List(pl.String):
            return rows.filter(among_lists(column, values))
        return rows.filter(among(pl.col(column), values))

    def _parts(self, name: str, rows: pl.DataFrame, column: str) -> dict[str | int | None, pl.DataFrame]:
        if column in CONTENT and name not in (LINES, REFUNDED):
            return parted_by_content(rows, self._whole(LINES), column)
        if rows.schema[column] == pl.List(pl.String):
            return parted_by_lists(rows, column)
        parted = rows.partition_by(column, as_dict=True, maintain_order=True)
        return {key[0]: part for key, part in parted.items()}


def among(column: pl.Expr, values: Sequence[str | int | None]) -> pl.Expr:
    """Whether a column has one of these values; None among them stands for no value."""
    named = [value for value in values if value is not None]
    meets_one = column.is_in(named) if named else pl.lit(False)
    return (meets_one | column.is_null()) if None in values else meets_one.fill_null(False)
