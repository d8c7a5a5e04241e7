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
_ENOUGH = 3  # rows; a script may write one with an odd date


class ZoneDoubts:
    """Watches one walk. `since` is when the last walk asked (microseconds UTC), `newest` the latest change it saw."""

    def __init__(self, zone: ZoneInfo, since: int | None, newest: str) -> None:
        self._zone = zone
        self._since = since
        self._newest_before = newest
        self._ahead: list[int] = []  # microseconds that changes lie in the future
        self._latest = ""  # of the changes that are new since then
        self._new = 0

    def saw(self, stamps: Iterable[str], now: int) -> None:
        """Changes as the shop writes them came when the server's clock stood at `now`."""
        soon = local(now + _FUTURE, self._zone)
        for text in stamps:
            if text > soon:
                ahead = (self._instant(text) or now) - now
                if _FUTURE < ahead < _MOST:
                    self._ahead.append(ahead)
            elif text > self._newest_before:
                self._new += 1
                self._latest = max(self._latest, text)

    def resolve(self) -> None:
        """Raise `UnexpectedPayload` where the zone cannot be right. Called when all that was read is stored."""
        if len(self._ahead) >= _ENOUGH:
            raise self._wrong("zone_behind", max(self._ahead))
        latest = self._instant(self._latest)
        if self._since is not None and latest is not None and self._new >= _ENOUGH:
            late = self._since - latest
            if _LATE < late < _MOST:
                raise self._wrong("zone_ahead", late)

    def _instant(self, text: str) -> int | None:
        try:
            return instant(text, self._zone)
        except (ValueError, OverflowError):
            return None

    def _wrong(self, key: str, by: int) -> UnexpectedPayload:
        message = texts(key, hours=max(1, round(by / HOUR)), zone=self._zone.key)
        return UnexpectedPayload(message, texts("zone_advice"))
