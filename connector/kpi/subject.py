"""What a family of figures is about, and what it must offer so that one evaluation can ask it anything.

There is one subject for the shop, and one each for the service, for surveys and for what lies across them. A subject
reads the store once for all figures of a question, and then gives views: what one figure looks at in one period under
some conditions. Everything else (comparing, breaking down, small samples, records) is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from connector.frames.shops import Known
from connector.kpi.result import Flag
from connector.messages import Message

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Connection

    from connector.kpi.definition import Kpi
    from connector.kpi.dimensions import Dimension
    from connector.kpi.period import Period
    from connector.kpi.question import Question

V = TypeVar("V", str, int, str | int)

Condition = tuple[str, tuple[str | int | None, ...]]
"""A column, and the values of it that are wanted; None among them stands for rows without a value."""


def in_order(values: Iterable[V | None]) -> list[V | None]:
    """The values of a breakdown, ascending; no value comes last."""
    return sorted(values, key=lambda value: (value is None, 0 if value is None else value))


class Subject(Protocol):
    """What the figures of one family stand on. A view is whatever their functions take; only the subject knows it."""

    def earliest(self) -> int | None:
        """The first instant there is anything of, microseconds UTC: where "all history" begins."""
        ...

    def unavailable(self, kpi: Kpi) -> Message | None:
        """Why a figure cannot be had because no source delivers what it needs; None where one does."""
        ...

    def view(self, kpi: Kpi, period: Period, *narrower: Condition) -> Any:
        """What a figure looks at in a period, under the question's filters and further conditions."""
        ...

    def values(self, kpi: Kpi, view: Any, by: Dimension) -> Sequence[tuple[Condition, str | None]]:
        """The groups of a breakdown that have rows: what narrows a view down to each, and the value to show."""
        ...

    def currencies(self, kpi: Kpi, views: Iterable[Any]) -> Sequence[str | None]:
        """The currencies a money figure has a record in; a view is narrowed by the condition `currency`."""
        ...

    def options(self, kpi: Kpi) -> Sequence[str]:
        """The options that change this figure: "orders.date", …"""
        ...

    def flags(self, kpi: Kpi, view: Any) -> Iterable[Flag]:
        """What a reader must know about the rows that went in."""
        ...

    def known(self, kpi: Kpi) -> Known:
        """How far what the figure needs has been synced."""
        ...

    def follows_history(self, kpi: Kpi) -> bool:
        """Whether the figure looks at what was before the period, so that cut history changes it."""
        ...

    def excluded(self, kpi: Kpi, view: Any) -> Mapping[str, int]:
        """How many rows of the period were left out, by reason."""
        ...

    def counts(self, kpi: Kpi, view: Any) -> Mapping[str, int]:
        """How many rows of each kind went in, for `--explain`."""
        ...

    def rows(self, kpi: Kpi, view: Any) -> pl.DataFrame:
        """The very rows behind a figure, for `--rows`; money as decimals in major units, instants as UTC times."""
        ...


class Reader(Protocol):
    """How a subject is read: in the transaction of `connection`, for the figures of `question` alone.

    `now` is microseconds UTC. `rows` says that the rows themselves are to be shown, so more columns are needed.
    """

    def __call__(self, connection: Connection, question: Question, now: int, *, rows: bool) -> Subject:
        """Read what the question needs. Raises UsageError for filters that name what is not there."""
        ...


_READERS = {
    "shop": "shop.subject:read",
    "abandonment": "abandonment.subject:read",
    "service": "service.subject:read",
    "surveys": "surveys.subject:read",
    "across": "across.subject:read",
}
"""Subject -> "module:function" below connector.kpi; imported when it is asked for."""


def reader(subject: str) -> Reader:
    """The reader of a subject."""
    module, _, name = _READERS[subject].partition(":")
    found: Reader = getattr(import_module(f"connector.kpi.{module}"), name)
    return found
