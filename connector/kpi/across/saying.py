"""Numbers inside sentences, with the decimal mark of the language they are read in."""

from __future__ import annotations

from connector.messages import Message
from connector.messages.kpi import KPI


def decimal(value: float, digits: int = 1, *, signed: bool = False) -> Message:
    """A number with so many digits after the point, or the comma."""
    return marked(f"{value:{'+' if signed else ''}.{digits}f}")


def points(share: float) -> Message:
    """A difference of shares in points, with its sign."""
    return decimal(share * 100, signed=True)


def marked(number: str) -> Message:
    """A number written with a point, as it stands in JSON."""
    whole, _, part = number.partition(".")
    return KPI("decimal", whole=whole, part=part) if part else KPI("whole", whole=whole)
