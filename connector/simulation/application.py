"""The beginnings that pretend servers of JSON APIs have in common: a clock, a lock, an answer."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Set
from http import HTTPStatus
from random import Random
from typing import Any, Literal, Self
from urllib.parse import parse_qs

import msgspec

from connector.clock import Clock
from connector.instants import SECOND

_STATUSES = frozenset(HTTPStatus)
encoded = msgspec.json.Encoder().encode

World = Literal["story", "small", "bulk"]
Reply = tuple[int, Any]
"""A status and a body: bytes are sent as they are, a text as plain text, anything else as JSON."""


class PretendApi(ABC):
    """A pretend server, as a WSGI application. A subclass says what it answers and what happens in its world."""

    def __init__(self, *, clock: Clock, seed: int = 1) -> None:
        self._clock = clock
        self.seed = seed
        self.clock_offset = 0.0
        self.on_request: Callable[[dict[str, Any]], None] | None = None
        self.lock = threading.RLock()
        self._latest = 0

    @classmethod
    def empty(cls, *, clock: Clock, seed: int = 1) -> Self:
        """A system with the same keys and nothing in it."""
        return cls(clock=clock, seed=seed)

    @classmethod
    def story(cls, *, clock: Clock, seed: int = 1) -> Self:
        """Two believable years."""
        return cls._filled("story", 0, clock, seed)

    @classmethod
    def small(cls, *, clock: Clock, seed: int = 1) -> Self:
        """A few dozen records with every oddity."""
        return cls._filled("small", 0, clock, seed)

    @classmethod
    def bulk(cls, *, clock: Clock, size: int, seed: int = 1) -> Self:
        """`size` main records."""
        return cls._filled("bulk", size, clock, seed)

    @classmethod
    def _filled(cls, kind: World, size: int, clock: Clock, seed: int) -> Self:
        made = cls(clock=clock, seed=seed)
        made.fill(kind, size)
        return made

    @abstractmethod
    def fill(self, kind: World, size: int) -> None:
        """Put in what such a world holds; `size` counts for `bulk` alone."""

    def server_time(self) -> int:
        """The system's time, microseconds UTC. The clock of a hosted system may be ahead, but never goes back."""
        self._latest = max(self._latest, self._clock.now() + int(self.clock_offset * SECOND))
        return self._latest

    @abstractmethod
    def something_happens(self, random: Random) -> str:
        """One random thing, and a word for it."""

    @abstractmethod
    def answer(self, path: str, query: Mapping[str, str], environ: Mapping[str, Any]) -> Reply:
        """The answer to one request; of parameters that come twice the last."""

    def change(self, random: Random) -> str:
        """Let one random thing happen, and say what it was."""
        with self.lock:
            return self.something_happens(random)

    def unlisted(self) -> Mapping[str, Set[str]]:
        """Nothing, unless a subclass knows better: the lists hold everything."""
        return {}

    def unstamped(self) -> Mapping[str, Set[str]]:
        """Nothing, unless a subclass knows better: whatever happens moves a stamp."""
        return {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        if self.on_request:
            self.on_request(environ)
        query = {key: values[-1] for key, values in parse_qs(str(environ.get("QUERY_STRING", ""))).items()}
        with self.lock:
            status, body = self.answer(str(environ.get("PATH_INFO", "")), query, environ)
            sent = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else encoded(body)
        kind = "text/plain" if isinstance(body, str) else "application/json; charset=utf-8"
        phrase = HTTPStatus(status).phrase if status in _STATUSES else "Unknown"  # proxies invent some of their own
        start_response(f"{status} {phrase}", [("Content-Type", kind)])
        return [sent]


def sent_json(environ: Mapping[str, Any]) -> Any:
    """The JSON that came as the request's body."""
    return msgspec.json.decode(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
