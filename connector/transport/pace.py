"""How often a source is asked.

Two kinds of limit: a pace spreads requests evenly over the minute; a budget allows so many in any minute, at once if
need be, as APIs count their exports. Both are shared by everything that asks the same source.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping

from connector.clock import Clock

# Requests are counted where they arrive, and one may be under way longer than another: a second more than a minute.
_MINUTE_AS_COUNTED = 61.0


class _Lane:
    """At most `count` turns in any `window` seconds."""

    def __init__(self, count: int, window: float) -> None:
        self._window = window
        self._taken: deque[float] = deque(maxlen=count)

    def take(self, now: float) -> float:
        """The moment (monotonic seconds) of the next free turn, which is then taken."""
        full = len(self._taken) == self._taken.maxlen
        turn = max(now, self._taken[0] + self._window) if full else now
        self._taken.append(turn)
        return turn


class Pace:
    """`per_minute` requests a minute, evenly spread (None = no limit), and named budgets per minute.

    With `fixed` the pace is the owner's word: budgets that an adapter adds later are not applied.
    """

    def __init__(
        self, per_minute: float | None = None, budgets: Mapping[str, float] | None = None, *, fixed: bool = False
    ) -> None:
        self.fixed = fixed
        self._lock = threading.Lock()
        self._pace = _Lane(1, 60 / per_minute) if per_minute else None
        self._budgets: dict[str, _Lane] = {}
        self._not_before = float("-inf")
        self.add_budgets(budgets or {})

    def add_budgets(self, budgets: Mapping[str, float]) -> None:
        """Budgets by name, in requests per minute. One that is known already keeps what it has counted."""
        with self._lock:
            for name, per_minute in budgets.items():
                count = max(1, int(per_minute))
                window = _MINUTE_AS_COUNTED if per_minute >= 1 else 60 / per_minute
                self._budgets.setdefault(name, _Lane(count, window))

    def hold(self, until: float) -> None:
        """Nobody's turn comes before `until` (monotonic seconds): the source asked us to wait."""
        with self._lock:
            self._not_before = max(self._not_before, until)

    def wait(self, budget: str | None, clock: Clock, sleep: Callable[[float], None]) -> None:
        """Return when it is our turn. KeyError for a budget that nobody has set a limit for."""
        # A budget's turn may be far away; the pace's turn is taken only then, so that others go ahead meanwhile.
        for lane in (None if self.fixed or budget is None else self._budgets[budget], self._pace):
            if lane:
                with self._lock:
                    now = clock.monotonic()
                    turn = lane.take(now)
                if turn > now:
                    sleep(turn - now)
        held = self._not_before - clock.monotonic()
        if held > 0:
            sleep(held)
