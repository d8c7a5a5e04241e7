"""What a figure's function gives back: numbers and what must be known about them, not yet a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from connector.kpi.result import Flag, Interval, Stats, Triangle, Value
from connector.kpi.statistics import wilson
from connector.messages import Message


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure over one scope. `reason` says why `value` is None; a flag goes with it."""

    value: Value | None
    numerator: Value | None = None
    denominator: Value | None = None
    n: int | None = None  # cases behind a rate, a mean or a median; None for counts and sums
    interval: Interval | None = None
    stats: Stats | None = None
    parts: Mapping[str, Value] | None = None
    table: Triangle | None = None
    flags: tuple[Flag, ...] = ()
    notes: tuple[Message, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)
    reason: Message | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)  # further fields of the record: `result.EXTRA`
    error: float | None = None  # standard error of a value in points, for the difference of two
    whole: bool = False  # it is the sum of all cases and no sample of anything: few of them are no doubt

    def with_flags(self, *flags: Flag | None) -> Measured:
        """The same with further flags; None stands for a flag that does not apply."""
        return replace(self, flags=(*self.flags, *(flag for flag in flags if flag)))

    def with_notes(self, *notes: Message | None) -> Measured:
        """The same with further notes; None stands for a note that does not apply."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))

    def with_extra(self, **fields: Any) -> Measured:
        """The same with further fields of the record (`result.EXTRA`)."""
        return replace(self, extra={**self.extra, **fields})


@dataclass(frozen=True, slots=True)
class Banded:
    """A figure that always comes in bands: one record for each value of `dimension`, and one for all of them."""

    dimension: str
    bands: tuple[tuple[str, Measured], ...]
    total: Measured | None = None

    def parts(self) -> tuple[tuple[str | None, Measured], ...]:
        """The bands in their order, then the total under None."""
        return (*self.bands, *(((None, self.total),) if self.total is not None else ()))


EMPTY = Flag("empty")
NOT_AVAILABLE = Flag("not_available")


def missing(
    reason: Message,
    *,
    numerator: Value | None = None,
    denominator: Value | None = None,
    n: int | None = None,
    flag: Flag = EMPTY,
) -> Measured:
    """No value, and why."""
    return Measured(None, numerator, denominator, n, flags=(flag,), reason=reason)


def share(part: int, whole: int, reason: Message) -> Measured:
    """A count over a count with its Wilson interval (S1); `reason` is said where the whole is 0."""
    bounds = wilson(part, whole)
    if bounds is None:
        return missing(reason, numerator=part, denominator=whole, n=whole)
    return Measured(part / whole, part, whole, n=whole, interval=Interval(*bounds, "wilson"))


def amount(micros: int | Decimal) -> Decimal:
    """Millionths as money."""
    return Decimal(micros)
