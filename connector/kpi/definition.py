"""What a figure is, apart from the function that computes it: so that the list of all figures loads at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from connector.kpi.result import Unit
from connector.messages import Message
from connector.messages.kpi_definitions import DEFINITIONS
from connector.messages.kpi_examples import EXAMPLES

if TYPE_CHECKING:
    from connector.kpi.measured import Banded, Measured


@dataclass(frozen=True)
class Kpi:
    """One figure of the definitions. Each subject has its own kind of them, which says what must be read."""

    subject: ClassVar[str]

    id: str
    family: str  # the part of the definitions it belongs to: orders, refunds, customers, retention, repeat, cohorts, …
    unit: Unit
    function: str  # "module:function" below connector.kpi, resolved when it is computed
    dimensions: tuple[str, ...] = ()  # the filters and breakdowns that fit
    options: tuple[str, ...] = ()  # the options that change it, besides those of all figures of its subject
    money: bool = False  # one record per currency
    twelve_months: bool = False  # without a period it takes the last twelve whole months
    companions: tuple[str, ...] = ()  # figures always shown with it
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

    @property
    def example(self) -> Message | None:
        """An example with numbers, where there is one."""
        key = self.words or self.id
        return EXAMPLES(key, **self.arguments) if key in EXAMPLES.en else None

    @property
    def fits_line_level(self) -> bool:
        """Whether it can be asked while figures use only the lines that meet the filters (`orders.line_level`)."""
        return False

    def compute(self, view: Any) -> Measured | Banded:
        """The figure over what a question looks at: a view of its subject. Pure."""
        module, _, name = self.function.partition(":")
        function: Callable[..., Measured | Banded] = getattr(import_module(f"connector.kpi.{module}"), name)
        return function(view, **self.arguments)

    def _text(self, part: str) -> Message:
        return DEFINITIONS(f"{self.words or self.id}.{part}", **self.arguments)
