"""Doubts about the zone that the shop's times are read in.

The web service says in `Access-Time` what time it is, as seconds since 1970. Changes that would lie in the future, or
that arrive long after they would have happened, show that the shop's zone is another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from adapters.prestashop.messages import texts
from adapters.prestashop.times import instant, local
from connector.errors import UnexpectedPayload
from connector.instants import HOUR, MINUTE

_FUTURE = 10 * MINUTE  # more is no matter of two clocks of one host
_LATE = 90 * MINUTE  # an hour can be the one that comes twice in autumn
_MOST = 15 * HOUR  # zones do not differ by more: beyond that it is an odd row
_ENOUGH = 3  # rows that come late; a script may write one with an old date


class ZoneDoubts:
    """Watches one walk. `since` is when the last walk asked (microseconds UTC), `newest` the latest change it saw."""

    def __init__(self, zone: ZoneInfo, since: int | None, newest: str) -> None:
        self._zone = zone
        self._since = since
        self._newest_before = newest
        self._ahead = 0  # microseconds that a change lies in the future
        self._latest = ""  # of the changes that are new since then
        self._new = 0

    def saw(self, stamps: Iterable[str], now: int) -> None:
        """Changes as the shop writes them came when the server's clock stood at `now`."""
        soon = local(now + _FUTURE, self._zone)
        for text in stamps:
            if text > soon:
                self._ahead = max(self._ahead, self._ahead_of(text, now))
            elif text > self._newest_before:
                self._new += 1
                self._latest = max(self._latest, text)

    def _ahead_of(self, text: str, now: int) -> int:
        try:
            ahead = (instant(text, self._zone) or now) - now
        except (ValueError, OverflowError):
            return 0
        return ahead if ahead < _MOST else 0

    def resolve(self) -> None:
        """Raise `UnexpectedPayload` where the zone cannot be right. Called when all that was read is stored."""
        if self._ahead > _FUTURE:
            hours = f"{self._ahead / HOUR:.1f}"
            raise UnexpectedPayload(texts("zone_behind", hours=hours, zone=self._zone.key), texts("zone_advice"))
        if self._since is None or self._new < _ENOUGH:
            return
        late = self._since - (instant(self._latest, self._zone) or self._since)
        if _LATE < late < _MOST:
            hours = f"{late / HOUR:.1f}"
            raise UnexpectedPayload(texts("zone_ahead", hours=hours, zone=self._zone.key), texts("zone_advice"))
