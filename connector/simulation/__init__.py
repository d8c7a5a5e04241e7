"""Pretend servers: what `connector demo`, the contract suite and the benchmarks talk to in place of the real thing.

A simulator is a WSGI application that behaves as its API does, quirks included, with a seeded world behind it. It is
found by the entry-point group `connector.simulators` under its adapter's name. `server.LoopbackServer` puts it on a
loopback port and can spoil answers (`faults.Faults`); `clock.FakeClock` lets its time, and ours, be set by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from random import Random
from typing import Any, ClassVar, Protocol

from connector.clock import Clock


class Simulator(Protocol):
    """A faithful pretend server for one API."""

    adapter: ClassVar[str]  # the adapter it belongs to
    clock_offset: float  # seconds by which the system's own clock is ahead
    on_request: Callable[[dict[str, Any]], None] | None
    """Called with the WSGI environ before each answer, so that the world can change during a walk."""

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> Simulator:
        """About two years of a believable shop or help desk, for the demo."""
        ...

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> Simulator:
        """A few dozen records with every oddity, for tests that change it at random."""
        ...

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> Simulator:
        """`size` main records of realistic length, answers prepared beforehand, for benchmarks."""
        ...

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> Simulator:
        """A system of the same kind with the same keys and nothing in it, as after a move to a wrong address."""
        ...

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        ...

    def source_settings(self, address: str) -> dict[str, Any]:
        """The entry of config.yaml with which the real adapter reads this server at `address`; secrets literal."""
        ...

    def change(self, random: Random) -> str:
        """Do one random thing that happens in such a system, and say in a word or two what it was."""
        ...

    def truth(self) -> Mapping[str, Mapping[str, bytes]]:
        """Stream -> id -> the JSON that a single read would give for it now. What is gone is not in it."""
        ...

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Stream -> ids that are there but in no list, so that only who met them before can know of them."""
        ...

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Stream -> ids whose content may have changed in a way that nothing a list shows cheaply would tell."""
        ...
