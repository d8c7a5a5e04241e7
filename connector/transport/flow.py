"""How many requests are under way at once.

More while we wait for answers and all goes well; fewer as soon as the source is strained; fewer too where answers lie
ready before they are wanted: then the source is quicker than we are, and more at once would only take the processor
away from what is done with them.
"""

from __future__ import annotations

import threading

MOST = 16  # what the connection pool holds, and more than any shop should be asked at once
_START = 2
_FEW = 3  # good answers that were waited for earn one more; as many in a row that lay ready cost one


class Flow:
    """The learned number, shared by all walks over one source.

    It grows by one after each few good answers that were waited for, shrinks by one after each few in a row that were
    not, and halves when the source says 429 or 503 or takes too long.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._width = _START
        self._good = 0
        self._ready = 0

    def width(self, limit: int) -> int:
        """How many may be under way now, never more than `limit`."""
        return min(self._width, limit)

    def good(self, limit: int, *, ready: bool = False) -> None:
        """An answer came without trouble in a walk that may have `limit` under way.

        `ready`: before it was wanted, as did all that were asked for, or as good as that.
        """
        with self._lock:
            if ready:
                self._ready += 1
                if self._ready >= _FEW:
                    self._width = max(1, self._width - 1)
                    self._ready = self._good = 0
                return
            self._ready = 0
            self._good += 1
            if self._good >= _FEW and self._width < limit:
                self._width += 1
                self._good = 0

    def strained(self) -> None:
        """The source asked for a rest or took too long."""
        with self._lock:
            self._width = max(1, self._width // 2)
            self._good = 0
