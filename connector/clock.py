"""Time as something that is handed in, so that no test waits and every run can be replayed."""

from __future__ import annotations

import time
from typing import Protocol


class Stopped(Exception):
    """Somebody asked the program to stop; what was under way is given up. Not an error."""


class Clock(Protocol):
    """What the program may ask about time."""

    def now(self) -> int:
        """The present instant in microseconds UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, for measuring spans."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after `seconds`."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        """The present instant in microseconds UTC."""
        return time.time_ns() // 1000

    def monotonic(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Return after `seconds`."""
        time.sleep(seconds)
