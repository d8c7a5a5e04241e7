"""By what figures can be filtered and broken down (C7). A further dimension is one more entry here.

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
    """One dimension, and how a value given by a person is read. Each subject knows in which column it holds it."""

    name: str
    read: Callable[[str], str]

    @property
    def label(self) -> Message:
        """Its name in the owner's language."""
        return KPI(f"dimension.{self.name}")


def _as_it_is(value: str) -> str:
    return value


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


def _bad(name: str, value: str) -> UsageError:
    return UsageError(KPI("bad_value", value=value, dimension=name), KPI(f"bad_value.{name}"))


DIMENSIONS: Mapping[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("source", _as_it_is),
        Dimension("country", _code("country", 2)),
        Dimension("currency", _code("currency", 3)),
        Dimension("customer_type", _customer_type),
        Dimension("payment_method", _as_it_is),
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
