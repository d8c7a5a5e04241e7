"""A clock that is set by hand: nothing waits, and time passes only when somebody says so."""

from __future__ import annotations

import threading


class FakeClock:
    """Starts at `start` (microseconds UTC); `sleep` moves it on and returns at once. Safe for several threads."""

    def __init__(self, start: int = 1_795_000_000_000_000) -> None:
        self._now = start
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> int:
        """The instant it stands at, microseconds UTC."""
        return self._now

    def monotonic(self) -> float:
        """The same, in seconds."""
        return self._now / 1_000_000

    def sleep(self, seconds: float) -> None:
        """Move on by `seconds` and remember that it was asked for."""
        with self._lock:
            self._now += int(seconds * 1_000_000)
            self.slept.append(seconds)

    def set(self, instant: int) -> None:
        """Stand at `instant` (microseconds UTC); backwards too, as clocks that are put right do."""
        with self._lock:
            self._now = instant
