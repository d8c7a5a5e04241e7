"""The figures of abandonment (definitions, 4.9)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from connector.kpi.definition import Kpi
from connector.kpi.result import Unit

OF_CARTS = ("source", "shop", "country", "currency")
"""The dimensions of a cart."""


@dataclass(frozen=True)
class AbandonmentKpi(Kpi):
    """A figure of abandonment, and what it looks at."""

    subject: ClassVar[str] = "abandonment"

    dimensions: tuple[str, ...] = OF_CARTS
    begun: Literal["checkouts", "carts", "payments"] = "checkouts"


_abandonment = partial(AbandonmentKpi, family="abandonment", unit=Unit.RATE)

ABANDONMENT: tuple[AbandonmentKpi, ...] = (
    _abandonment(
        "checkout_abandonment",
        function="abandonment.computing:abandonment",
        options=("abandonment.hours",),
        arguments={"what": "checkouts"},
    ),
    _abandonment(
        "cart_abandonment",
        function="abandonment.computing:abandonment",
        options=("abandonment.hours",),
        begun="carts",
        arguments={"what": "carts"},
    ),
    _abandonment("recovered_rate", function="abandonment.computing:recovered_rate", options=("abandonment.hours",)),
    _abandonment(
        "payment_failure_rate",
        function="abandonment.computing:payment_failure_rate",
        dimensions=(*OF_CARTS, "payment_method"),
        begun="payments",
    ),
)
