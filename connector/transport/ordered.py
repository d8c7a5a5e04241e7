"""Several requests under way at once, their answers in the order asked."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from queue import Empty, SimpleQueue

from connector.clock import Stopped
from connector.transport.exchange import Answer, Request
from connector.transport.flow import Flow

Fetch = Callable[[Request, Callable[[], bool]], Answer]
_LOOK_UP = 1.0  # seconds; a wait without end would not notice a stop, on Windows not even Ctrl-C


class _Place:
    """A place in the order: empty, then an answer or a failure."""

    __slots__ = ("answer", "failure")

    def __init__(self, failure: BaseException | None = None) -> None:
        self.answer: Answer | None = None
        self.failure = failure

    @property
    def filled(self) -> bool:
        return self.answer is not None or self.failure is not None


class _Workers:
    """Threads that fetch; begun as needed, ended with the walk.

    Unlike those of the library's pools they do not keep the program from ending while one waits for a slow server.
    """

    def __init__(self, fetch: Fetch, given_up: Callable[[], bool]) -> None:
        self._fetch = fetch
        self._given_up = given_up
        self._asked: SimpleQueue[tuple[Request, _Place] | None] = SimpleQueue()
        self._filled: SimpleQueue[None] = SimpleQueue()
        self._threads = 0

    def begin(self, request: Request, place: _Place, under_way: int) -> None:
        """Fill `place`, while `under_way` others are being filled."""
        if under_way >= self._threads:
            self._threads += 1
            threading.Thread(target=self._work, name="connector.transport", daemon=True).start()
        self._asked.put((request, place))

    def wait(self) -> None:
        """Return when a place may have been filled, or after a moment."""
        try:
            self._filled.get(timeout=_LOOK_UP)
        except Empty:
            return

    def end(self) -> None:
        """No more work. Whoever is at it ends afterwards."""
        for _ in range(self._threads):
            self._asked.put(None)

    def _work(self) -> None:
        while work := self._asked.get():
            request, place = work
            try:
                place.answer = self._fetch(request, self._given_up)
            except BaseException as failure:  # noqa: BLE001 - it is raised where the answer is taken
                place.failure = failure
            self._filled.put(None)


def answers_in_order(
    fetch: Fetch, requests: Iterable[Request], ahead: int, flow: Flow, stop: Callable[[], bool]
) -> Generator[Answer, None, None]:
    """The answers to `requests` in their order, never more than `ahead` of them under way or waiting to be taken.

    `requests` is consumed as we go, in the caller's thread, never further than `ahead` beyond what was taken, so it
    may decide by earlier answers. What fails, a request or `requests` itself, fails in its place in the order. Closing
    the iterator begins nothing more, does not wait for what is under way, and keeps that from being tried again.
    """
    source = iter(requests)
    closed = threading.Event()
    workers = _Workers(fetch, lambda: closed.is_set() or stop())
    places: deque[_Place] = deque()
    more = taken = True
    try:
        while True:
            under_way = sum(not place.filled for place in places)
            # The caller is back, and nothing is being fetched any more: whoever fetches is quicker than the caller.
            idle = taken and more and under_way == 0
            taken = False
            while more and len(places) < ahead and under_way < flow.width(ahead):
                try:
                    request = next(source)
                except StopIteration:
                    more = False
                except Exception as failure:  # noqa: BLE001 - whatever it is, it is raised in its place
                    places.append(_Place(failure))
                    more = False
                else:
                    places.append(_Place())
                    workers.begin(request, places[-1], under_way)
                    under_way += 1
            if not places:
                return
            if not places[0].filled:
                idle = False
                workers.wait()
                if stop():
                    raise Stopped
                continue
            place = places.popleft()
            if place.answer is None:
                raise place.failure or Stopped
            flow.good(ahead, ready=idle)
            yield place.answer
            taken = True
    finally:
        closed.set()
        workers.end()
