"""How long one try may take; `connector.settings.Timeouts` is such a thing."""

from __future__ import annotations

from typing import Protocol


class Timeouts(Protocol):
    """Two spans in seconds."""

    @property
    def connect(self) -> float:
        """To reach the server."""
        ...

    @property
    def read(self) -> float:
        """Between two pieces of an answer."""
        ...
