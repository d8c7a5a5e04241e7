"""What a comparison gives: for each month theirs, ours, what explains the difference, and what remains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from connector.messages import Message
from connector.money import rounded
from connector.reports import COUNTS

Number = int | Decimal
"""A count, or an amount in major units with the currency's digits."""

Month = Mapping[str, int | None]
"""A month's figures: counts as they are, money in millionths; None where there is no order to divide by."""

Path = Sequence[tuple[str, Mapping[str, Month]]]
"""Our months, under "", then the months after each step, under its name."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What switching one option adds to a figure of ours on its way to the report's."""

    figure: str
    option: str
    amount: Number


@dataclass(frozen=True)
class ComparedMonth:
    """One month. For each figure: ours, plus what is explained, plus the remainder, is exactly theirs.

    None = an average of no orders; in the sums it counts as 0.
    """

    month: str  # "2026-10"
    theirs: Mapping[str, Number | None]
    ours: Mapping[str, Number | None]
    explained: tuple[Explained, ...]
    remainder: Mapping[str, Number]

    def to_json(self) -> dict[str, Any]:
        """Counts as numbers, amounts as strings with the currency's digits."""
        return {
            "month": self.month,
            "theirs": {figure: plain(value) for figure, value in self.theirs.items()},
            "ours": {figure: plain(value) for figure, value in self.ours.items()},
            "explained": [
                {"figure": one.figure, "option": one.option, "amount": plain(one.amount)} for one in self.explained
            ],
            "remainder": {figure: plain(value) for figure, value in self.remainder.items()},
        }


@dataclass(frozen=True)
class Reconciliation:
    """A report beside our figures. `report` is what the system calls it, `currency` the shop's main one."""

    report: Message
    currency: str | None
    months: tuple[ComparedMonth, ...]
    notes: tuple[Message, ...]

    @property
    def remains(self) -> bool:
        """Whether any difference is not explained."""
        return any(value for month in self.months for value in month.remainder.values())

    def to_json(self) -> dict[str, Any]:
        """The one JSON document of `reconcile --json`."""
        return {"months": [month.to_json() for month in self.months]}


def compared(month: str, reported: Mapping[str, int], paths: Mapping[str, Path], currency: str | None) -> ComparedMonth:
    """One month of the report (`reported`; a figure that is missing there is 0) beside the path of each figure."""
    theirs: dict[str, Number | None] = {}
    ours: dict[str, Number | None] = {}
    remainder: dict[str, Number] = {}
    explained: list[Explained] = []
    for figure, path in paths.items():
        zero = 0 if figure in COUNTS else rounded(0, currency)
        values = [(name, _shown(figure, _of(months, month, figure), currency)) for name, months in path]
        ours[figure] = values[0][1]
        no_average = figure == "aov" and not reported.get("orders")
        theirs[figure] = None if no_average else _shown(figure, reported.get(figure, 0), currency)
        for (_, before), (name, after) in pairwise(values):
            if moved := (after or zero) - (before or zero):
                explained.append(Explained(figure, name, moved))
        remainder[figure] = (theirs[figure] or zero) - (values[-1][1] or zero)
    return ComparedMonth(month, theirs, ours, tuple(explained), remainder)


def plain(value: Number | None) -> int | str | None:
    """A count as a number, an amount as text; never "-0.00"."""
    if isinstance(value, Decimal):
        return f"{abs(value) if value == 0 else value:f}"
    return value


def _of(months: Mapping[str, Month], month: str, figure: str) -> int | None:
    there = months.get(month)
    return there[figure] if there else None if figure == "aov" else 0


def _shown(figure: str, value: int | None, currency: str | None) -> Number | None:
    """As it is shown. Every value is rounded once, so that what is explained adds up to the last digit."""
    return value if value is None or figure in COUNTS else rounded(value, currency)
