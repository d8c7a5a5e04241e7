"""What a figure is, apart from the function that computes it: so that the list of all figures loads at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from connector.kpi.result import Unit
from connector.messages import Message
from connector.messages.kpi_definitions import DEFINITIONS

if TYPE_CHECKING:
    from connector.kpi.measured import Measured
    from connector.kpi.scope import Scope

OF_ORDERS = ("source", "country", "currency", "customer_type", "payment_method")
"""The dimensions of an order."""
OF_CUSTOMERS = ("source", "country", "currency", "payment_method")
"""For figures that follow customers over time: new and returning are not different people there."""


@dataclass(frozen=True)
class Kpi:
    """One figure of the definitions."""

    id: str
    family: str  # the part of the definitions it belongs to: orders, refunds, customers, retention, repeat, cohorts
    unit: Unit
    function: str  # "module:function" below connector.kpi, resolved when it is computed
    orders: frozenset[str] = frozenset()  # columns it needs of orders …
    refunds: frozenset[str] | None = None  # … and of refunds; None = it looks at no refunds
    cancelled: bool = False  # it looks at cancelled orders too
    dimensions: tuple[str, ...] = OF_ORDERS  # the filters and breakdowns that fit
    options: tuple[str, ...] = ()  # the options that change it, besides those of all figures
    history: bool = False  # it looks at orders before the period: what "first ever" and "active" mean
    persons: bool = False  # it is about customers: orders without a person are left out
    money: bool = False  # one record per currency
    twelve_months: bool = False  # without a period it takes the last twelve whole months
    companions: tuple[str, ...] = ()  # figures always shown with it
    rows: str = "orders"  # what stands behind it: orders, refunds or persons
    arguments: Mapping[str, Any] = field(default_factory=dict)  # given to the function
    words: str = ""  # the name its texts go by, where it is not the id

    @property
    def label(self) -> Message:
        """What it is called."""
        return self._text("label")

    @property
    def question(self) -> Message:
        """The question it answers."""
        return self._text("question")

    @property
    def formula(self) -> Message:
        """How it is counted, in words."""
        return self._text("formula")

    def compute(self, scope: Scope) -> Measured:
        """The figure over what a question looks at. Pure."""
        module, _, name = self.function.partition(":")
        function: Callable[..., Measured] = getattr(import_module(f"connector.kpi.{module}"), name)
        return function(scope, **self.arguments)

    def _text(self, part: str) -> Message:
        return DEFINITIONS(f"{self.words or self.id}.{part}", **self.arguments)
