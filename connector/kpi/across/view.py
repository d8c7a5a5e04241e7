"""What one figure across sources looks at: orders and conversations of a period side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from connector.kpi.options import KpiOptions
from connector.kpi.service.scope import Scope as Talks
from connector.kpi.shop.scope import Scope as Orders
from connector.kpi.subject import Condition

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """A period `[start, end)` in microseconds UTC, of a shop's orders and a desk's conversations.

    Conditions narrow the side that the figure looks from; of the other side everything is there. `observed` is until
    when both sides are known. `by` is the dimension of a breakdown that the view is a row of. `answers` are all answers
    to surveys with their person, `carts` all carts.
    """

    orders: Orders
    talks: Talks
    start: int
    end: int
    observed: int
    has_desk: bool
    by: str | None = None
    conditions: tuple[Condition, ...] = ()
    answers: pl.DataFrame | None = None
    carts: pl.DataFrame | None = None
    ranks: Callable[[], Mapping[str | int | None, int]] | None = None
    _shared: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def options(self) -> KpiOptions:
        """The options in force."""
        return self.orders.history.options

    @property
    def history(self) -> pl.DataFrame:
        """All counted orders of all time, sorted by person and instant."""
        return self.orders.history.orders

    def once(self, compute: Callable[[View], T]) -> T:
        """What several figures compute alike over this view: computed when first asked for, then kept with it."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        return self._kept[compute]  # type: ignore[no-any-return]

    def always(self, compute: Callable[[View], T]) -> T:
        """What is the same in every view of a question, whatever its period and conditions."""
        if compute not in self._shared:
            self._shared[compute] = compute(self)
        return self._shared[compute]  # type: ignore[no-any-return]

    def of_period(self, compute: Callable[[View], T]) -> T:
        """What is the same in every view of one period, whatever its conditions."""
        key = (compute, self.start, self.end)
        if key not in self._shared:
            self._shared[key] = compute(self)
        return self._shared[key]  # type: ignore[no-any-return]

    def inside(self, column: str) -> pl.Expr:
        """Whether an instant lies in the period."""
        return (pl.col(column) >= self.start) & (pl.col(column) < self.end)
