"""When a request is tried again.

The wait doubles from try to try and is spread at random, so that many requests that failed together do not return
together. What the source asks for (`Retry-After`, RFC 9110 10.2.3) is waited for in full. All tries of a request share
one budget of time.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Mapping

from connector.clock import Clock
from connector.errors import ConnectorError, Unavailable
from connector.instants import SECOND, to_datetime
from connector.messages.transport import texts
from connector.transport.exchange import read_date
from connector.transport.trouble import Trouble

_FIRST_WAIT = 0.5  # seconds
_FIRST_WAIT_STRAINED = 5.0  # where the source has too much to do already
_LONGEST_WAIT = 60.0
_SECONDS = re.compile(r"\s*([0-9]{1,9})(?:\.[0-9]*)?\s*")


class Effort:
    """The tries of one request: counts them and decides about the next."""

    def __init__(self, clock: Clock, source: random.Random, retry_for: float) -> None:
        self._clock = clock
        self._random = source
        self._retry_for = retry_for
        self._started: float | None = None
        self._reasons: Counter[str] = Counter()
        self.tries = 0

    def begin_try(self) -> None:
        """Another try is being sent. The budget runs from the first one, not from the wait for our turn before it."""
        self.tries += 1
        if self._started is None:
            self._started = self._clock.monotonic()

    @property
    def left(self) -> float:
        """Seconds of the budget that are left."""
        started = self._clock.monotonic() if self._started is None else self._started
        return started + self._retry_for - self._clock.monotonic()

    def pause(self, trouble: Trouble) -> float | None:
        """Seconds to wait before the next try; None where there must not be one."""
        self._reasons[trouble.reason] += 1
        if not trouble.transient or self._reasons[trouble.reason] >= (trouble.most_tries or math.inf):
            return None
        first = _FIRST_WAIT_STRAINED if trouble.strained and trouble.wait is None else _FIRST_WAIT
        longest = min(first * 2.0 ** min(self.tries - 1, 20), _LONGEST_WAIT)
        pause = longest * self._random.uniform(0.5, 1.0)
        if trouble.wait is not None:
            pause = trouble.wait + min(pause, 1.0)
        return pause if (trouble.wait or pause) <= self.left else None

    def final(self, trouble: Trouble, url: str) -> ConnectorError:
        """The error to raise when there is no next try."""
        if not trouble.transient:
            return trouble.error
        if trouble.wait is not None and trouble.wait > self.left:
            until = to_datetime(self._clock.now() + int(trouble.wait * SECOND))
            return Unavailable(
                texts("asked_to_wait", url=url, status=trouble.status, until=f"{until:%Y-%m-%d %H:%M:%S} UTC"),
                texts("asked_to_wait_advice"),
            )
        if self.tries == 1:
            return trouble.error
        return type(trouble.error)(texts("tried", what=trouble.error.message, tries=self.tries), trouble.error.advice)


def retry_after(headers: Mapping[str, str], now: int) -> float | None:
    """Seconds that an answer asks us to wait, given as seconds or as a date; None where it does not say.

    A date is compared with the source's own `Date`, since its clock may be wrong; without one with `now` (microseconds
    UTC).
    """
    text = headers.get("Retry-After", "")
    if match := _SECONDS.fullmatch(text):
        return float(match[1])
    date = read_date(text)
    if date is None:
        return None
    return max(0.0, (date - (read_date(headers.get("Date")) or now)) / SECOND)
