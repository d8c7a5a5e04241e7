"""By what figures can be filtered and broken down (C7). A further dimension is one more entry here, its name in
`messages.kpi` and its help in `messages.help_terms`.

Names have underscores in JSON, CSV and config, hyphens as flags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from connector.errors import UsageError
from connector.messages import Message
from connector.messages.kpi import KPI


@dataclass(frozen=True)
class Dimension:
    """One dimension, and how a value given by a person is read. Each subject knows in which column it holds it.

    `several`: what is counted may have more than one value (an order's products), so it belongs to each of them and
    the rows of a breakdown add up to more than their total.
    """

    name: str
    read: Callable[[str], str]
    several: bool = False

    @property
    def label(self) -> Message:
        """Its name in the owner's language."""
        return KPI(f"dimension.{self.name}")


def _as_it_is(value: str) -> str:
    return value


def _lower(value: str) -> str:
    return value.strip().lower()


def _code(name: str, letters: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        code = value.strip().upper()
        if not re.fullmatch(rf"[A-Z]{{{letters}}}", code):
            raise _bad(name, value)
        return code

    return read


def _customer_type(value: str) -> str:
    wanted = value.strip().lower()
    if wanted not in ("new", "returning"):
        raise _bad("customer_type", value)
    return wanted


def _one_of(name: str, values: Sequence[str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        wanted = value.strip().lower()
        if wanted not in values:
            raise _bad(name, value)
        return wanted

    return read


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(value: str) -> str:
    """mon … sun, or 1 (Monday) to 7."""
    wanted = value.strip().lower()
    if wanted.isdecimal() and 1 <= int(wanted) <= 7:
        return _DAYS[int(wanted) - 1]
    if wanted[:3] not in _DAYS:
        raise _bad("weekday", value)
    return wanted[:3]


def _hour(value: str) -> str:
    """00 … 23, the hour that begins then."""
    wanted = value.strip()
    if not wanted.isdecimal() or int(wanted) > 23:
        raise _bad("hour", value)
    return f"{int(wanted):02d}"


SEGMENTS = (
    *("champions", "loyal", "potential", "new", "promising", "attention"),
    *("about_to_sleep", "at_risk", "cannot_lose", "hibernating", "lost"),
)
"""Segments of customers (definitions, 4.10), the best first."""


def _segment(value: str) -> str:
    wanted = value.strip().lower().replace(" ", "_")
    if wanted not in SEGMENTS:
        raise _bad("segment", value, segments=", ".join(SEGMENTS))
    return wanted


def _bad(name: str, value: str, **known: str) -> UsageError:
    return UsageError(KPI("bad_value", value=value, dimension=name), KPI(f"bad_value.{name}", **known))


DIMENSIONS: Mapping[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("source", _as_it_is),
        Dimension("shop", _as_it_is),
        Dimension("country", _code("country", 2)),
        Dimension("currency", _code("currency", 3)),
        Dimension("customer_type", _customer_type),
        Dimension("product", _as_it_is, several=True),
        Dimension("category", _as_it_is, several=True),
        Dimension("payment_method", _as_it_is),
        Dimension("shipping_method", _as_it_is),
        Dimension("coupon", _lower, several=True),
        Dimension("tag", _as_it_is, several=True),
        Dimension("attribution_type", _as_it_is),
        Dimension("attribution_source", _as_it_is),
        Dimension("attribution_medium", _as_it_is),
        Dimension("attribution_campaign", _as_it_is),
        Dimension("device", _as_it_is),
        Dimension("channel", _lower),
        Dimension("agent", _as_it_is),
        Dimension("group", _as_it_is),
        Dimension("priority", _lower),
        Dimension("weekday", _weekday),
        Dimension("hour", _hour),
        Dimension("survey", _as_it_is),
        Dimension("segment", _segment),
        Dimension("order_count", _one_of("order_count", ("0", "1", "2", "3+"))),
        Dimension("order_status", _one_of("order_status", ("unpaid", "paid", "completed"))),
    )
}


def dimension(name: str) -> Dimension:
    """The dimension of that name, written with hyphens or underscores. Raises UsageError."""
    found = DIMENSIONS.get(name.replace("-", "_"))
    if found is None:
        raise UsageError(
            KPI("unknown_dimension", dimension=name),
            KPI("unknown_dimension.advice", dimensions=", ".join(DIMENSIONS)),
        )
    return found


def read_filters(filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Filters with their names and values as the figures know them; empty ones are left out. Raises UsageError."""
    return {
        dimension(name).name: tuple(dict.fromkeys(dimension(name).read(value) for value in values))
        for name, values in filters.items()
        if values
    }
