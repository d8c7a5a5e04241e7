"""What a comparison gives: for each month theirs, ours, what explains the difference, and what remains."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from connector.messages import Message
from connector.money import digits, rounded
from connector.reports import COUNTS

Number = int | Decimal
"""A count, or an amount in major units with the currency's digits."""

Month = Mapping[str, int | None]
"""A month's figures: counts as they are, money in millionths; None where there is no order to divide by."""

DOCUMENTS = "documents"
"""Beside a month's figures: how many orders and refunds are in them."""

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


def compared(
    month: str,
    reported: Mapping[str, int],
    paths: Mapping[str, Path],
    currency: str | None,
    rounded_sums: Collection[str] = (),
) -> ComparedMonth:
    """One month of the report (`reported`; a figure that is missing there is 0) beside the path of each figure.

    `rounded_sums` are figures that the report adds up before amounts are rounded (`Practice.rounding`). What is left of
    them is explained by that where the orders are the same and it is not more than the documents can shift.
    """
    theirs: dict[str, Number | None] = {}
    ours: dict[str, Number | None] = {}
    remainder: dict[str, Number] = {}
    explained: list[Explained] = []
    for figure, path in paths.items():
        zero = _zero(figure, currency)
        values = [(name, _shown(figure, _of(months, month, figure), currency)) for name, months in path]
        ours[figure] = values[0][1]
        no_average = figure == "aov" and not reported.get("orders")
        theirs[figure] = None if no_average else _shown(figure, reported.get(figure, 0), currency)
        for (_, before), (name, after) in pairwise(values):
            if moved := (after or zero) - (before or zero):
                explained.append(Explained(figure, name, moved))
        rest = (theirs[figure] or zero) - (values[-1][1] or zero)
        if rest and figure in rounded_sums and not remainder.get("orders", 0):
            shift = Decimal(_of(path[-1][1], month, DOCUMENTS) or 0)
            if figure == "aov":
                shift /= reported.get("orders") or 1
            if abs(Decimal(rest)) <= (1 + shift) * _unit(currency):
                explained.append(Explained(figure, "rounding", rest))
                rest = zero
        remainder[figure] = rest
    return ComparedMonth(month, theirs, ours, tuple(explained), remainder)


def plain(value: Number | None) -> int | str | None:
    """A count as a number, an amount as text; never "-0.00"."""
    if isinstance(value, Decimal):
        return f"{abs(value) if value == 0 else value:f}"
    return value


def _zero(figure: str, currency: str | None) -> Number:
    return 0 if figure in COUNTS else rounded(0, currency)


def _unit(currency: str | None) -> Decimal:
    """The smallest unit that amounts of the currency are shown in."""
    return Decimal(1).scaleb(-digits(currency))


def _of(months: Mapping[str, Month], month: str, figure: str) -> int | None:
    there = months.get(month)
    return there[figure] if there else None if figure == "aov" else 0


def _shown(figure: str, value: int | None, currency: str | None) -> Number | None:
    """As it is shown. Every value is rounded once, so that what is explained adds up to the last digit."""
    return value if value is None or figure in COUNTS else rounded(value, currency)
