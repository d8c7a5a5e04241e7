"""How many requests are under way at once in all walks of one view together, and who goes first when they are few."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count


class Slots:
    """`number` slots. Where several wait for one, the walk or single request that began last goes first.

    A walk that runs ahead can wait; a look-up that began while one of its pages was taken is what the caller stands
    still for.
    """

    def __init__(self, number: int) -> None:
        self._free = number
        self._lock = threading.Lock()
        self._began = count()
        self._arrived = count()
        self._waiting: list[tuple[int, int, threading.Event]] = []

    def begin(self) -> int:
        """The rank of a walk or single request that begins now."""
        return next(self._began)

    @contextmanager
    def one(self, rank: int) -> Iterator[None]:
        """A slot while the block lasts, for a request of this rank; waits until one is free."""
        with self._lock:
            turn = None if self._free else threading.Event()
            if turn is None:
                self._free -= 1
            else:
                heapq.heappush(self._waiting, (-rank, next(self._arrived), turn))
        if turn is not None:
            turn.wait()
        try:
            yield
        finally:
            with self._lock:
                if self._waiting:
                    heapq.heappop(self._waiting)[2].set()  # the slot is handed on
                else:
                    self._free += 1
