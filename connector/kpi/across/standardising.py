"""With against without, crude and standardised (S5): the same comparison, as if both sides were made up alike.

Who writes to a shop is not like who does not: new customers ask more, and old cohorts had more time. So both rates are
taken within strata and put together again with the weights of the whole population (direct standardisation; Fleiss,
Levin & Paik, Statistical Methods for Rates and Proportions, chapter 19). Strata in which one side is empty say nothing
and are dropped, and counted. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from connector.kpi.statistics import newcombe

Counts = tuple[int, int]
"""Successes, trials."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum's successes and trials on both sides."""

    exposed: Counts
    unexposed: Counts

    @property
    def trials(self) -> int:
        """Everybody in it."""
        return self.exposed[1] + self.unexposed[1]

    @property
    def comparable(self) -> bool:
        """Whether both sides have anybody."""
        return self.exposed[1] > 0 and self.unexposed[1] > 0


@dataclass(frozen=True, slots=True)
class Compared:
    """Rates with and without (0..1), and what is between them."""

    exposed: Counts
    unexposed: Counts
    standardised_exposed: float | None
    standardised_unexposed: float | None
    strata: int
    dropped: int  # strata in which one side is empty
    dropped_trials: int  # everybody in those

    @property
    def crude(self) -> float | None:
        """The difference of the rates; None where one side is empty."""
        if not (self.exposed[1] and self.unexposed[1]):
            return None
        return self.exposed[0] / self.exposed[1] - self.unexposed[0] / self.unexposed[1]

    @property
    def standardised(self) -> float | None:
        """The difference of the standardised rates; None where no stratum has both sides."""
        if self.standardised_exposed is None or self.standardised_unexposed is None:
            return None
        return self.standardised_exposed - self.standardised_unexposed

    @property
    def simpson(self) -> bool:
        """Whether the two differences have opposite signs."""
        crude, standardised = self.crude, self.standardised
        return crude is not None and standardised is not None and crude * standardised < 0

    def difference_fields(self) -> dict[str, Any]:
        """The record's `difference`, with Newcombe's interval."""
        bounds = newcombe(self.exposed, self.unexposed)
        low, high = bounds or (None, None)
        return {"value": self.crude, "ci_low": low, "ci_high": high, "ci_method": "newcombe" if bounds else None}

    def standardised_fields(self) -> dict[str, Any]:
        """The record's `standardised`."""
        return {
            "difference": self.standardised,
            "with": self.standardised_exposed,
            "without": self.standardised_unexposed,
            "strata": self.strata,
            "dropped": self.dropped,
        }


def compare(strata: Iterable[Stratum]) -> Compared:
    """The comparison over all strata."""
    every = list(strata)
    usable = [one for one in every if one.comparable]
    weight: int = sum(one.trials for one in usable)

    def rate(side: str) -> float | None:
        if not weight:
            return None
        total: float = sum(one.trials * getattr(one, side)[0] / getattr(one, side)[1] for one in usable)
        return total / weight

    return Compared(
        exposed=_sum(one.exposed for one in every),
        unexposed=_sum(one.unexposed for one in every),
        standardised_exposed=rate("exposed"),
        standardised_unexposed=rate("unexposed"),
        strata=len(every),
        dropped=len(every) - len(usable),
        dropped_trials=sum(one.trials for one in every if not one.comparable),
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    listed = list(counts)
    return sum(part for part, _ in listed), sum(whole for _, whole in listed)
