"""What happens in a pretend system: noted beforehand for its time, or by chance."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from random import Random
from typing import TypeVar

World = TypeVar("World")


class Diary:
    """What is to happen, by time. `back_then` makes deeds inside it happen at a time; times are in its unit."""

    def __init__(self, back_then: Callable[[int], AbstractContextManager[None]]) -> None:
        self._back_then = back_then
        self._entries: list[tuple[int, int, Callable[[], object]]] = []
        self._count = 0  # of two deeds of one time the one noted first comes first

    def at(self, time: int, deed: Callable[[], object]) -> None:
        """Note a deed for a time."""
        self._count += 1
        heapq.heappush(self._entries, (time, self._count, deed))

    def live(self, until: int) -> None:
        """Let everything up to a time happen, in its order; deeds may note further ones. The rest does not happen."""
        while self._entries and self._entries[0][0] <= until:
            time, _, deed = heapq.heappop(self._entries)
            with self._back_then(time):
                deed()


def by_chance(deeds: Mapping[str, tuple[int, Callable[[World, Random], bool]]], world: World, random: Random) -> str:
    """Do one thing that is possible now, and say what it was. `deeds`: how often each happens, and how.

    A deed answers False, having done nothing, where it is not possible.
    """
    while True:
        name = random.choices(tuple(deeds), weights=[weight for weight, _ in deeds.values()])[0]
        if deeds[name][1](world, random):
            return name
