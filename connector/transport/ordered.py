"""Several requests under way at once, their answers in the order asked."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import NamedTuple

from connector.clock import Stopped
from connector.transport.exchange import Answer, Request
from connector.transport.flow import Flow

Stop = Callable[[], bool]
Now = Callable[[], float]  # monotonic seconds
Fetch = Callable[[Request, Stop], Answer]
_QUICK = 0.02  # seconds; an answer that comes sooner costs less than a thread that would have it ready
_LOOK_UP = 1.0  # seconds; a wait without end would not notice a stop, on Windows not even Ctrl-C


class _Taken(NamedTuple):
    """An answer; whether it lay ready before it was wanted, as did all that were asked for; whether it came at once."""

    answer: Answer
    ready: bool
    quick: bool


class _Place:
    """A place in the order: empty, then an answer or a failure."""

    __slots__ = ("answer", "failure", "seconds")

    def __init__(self, failure: BaseException | None = None) -> None:
        self.answer: Answer | None = None
        self.seconds = 0.0  # that it took
        self.failure = failure

    @property
    def filled(self) -> bool:
        return self.answer is not None or self.failure is not None


class _Workers:
    """Threads that fetch; begun as needed, ended with the walk.

    Unlike those of the library's pools they do not keep the program from ending while one waits for a slow server.
    """

    def __init__(self, fetch: Fetch, given_up: Stop, now: Now) -> None:
        self._fetch = fetch
        self._given_up = given_up
        self._now = now
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
            began = self._now()
            try:
                answer = self._fetch(request, self._given_up)
                place.seconds = self._now() - began
                place.answer = answer
            except BaseException as failure:  # noqa: BLE001 - it is raised where the answer is taken
                place.failure = failure
            self._filled.put(None)


class _Queue:
    """Answers that threads fetch before they are wanted, in their order."""

    def __init__(self, fetch: Fetch, source: Iterator[Request], ahead: int, stop: Stop, now: Now) -> None:
        self._source = source
        self._ahead = ahead
        self._stop = stop
        self._workers = _Workers(fetch, stop, now)
        self._places: deque[_Place] = deque()
        self._more = True

    def __len__(self) -> int:
        return len(self._places)

    def take(self, width: int) -> _Taken | None:
        """The next answer; None at the end. `width` may be under way; with 0 what was begun is given out."""
        under_way = sum(not place.filled for place in self._places)
        ready = self._more and under_way == 0
        while True:
            self._begin(under_way, width)
            if not self._places:
                return None
            if self._places[0].filled:
                break
            ready = False
            self._workers.wait()
            if self._stop():
                raise Stopped
            under_way = sum(not place.filled for place in self._places)
        place = self._places.popleft()
        if place.answer is None:
            raise place.failure or Stopped
        return _Taken(place.answer, ready, place.seconds < _QUICK)

    def end(self) -> None:
        """Begin nothing more."""
        self._workers.end()

    def _begin(self, under_way: int, width: int) -> None:
        while self._more and len(self._places) < self._ahead and under_way < width:
            try:
                request = next(self._source)
            except StopIteration:
                self._more = False
            except Exception as failure:  # noqa: BLE001 - whatever it is, it is raised in its place
                self._places.append(_Place(failure))
                self._more = False
            else:
                self._places.append(_Place())
                self._workers.begin(request, self._places[-1], under_way)
                under_way += 1


def answers_in_order(
    fetch: Fetch, requests: Iterable[Request], ahead: int, flow: Flow, stop: Stop, now: Now
) -> Generator[Answer, None, None]:
    """The answers to `requests` in their order, never more than `ahead` of them under way or waiting to be taken.

    `requests` is consumed as we go, in the caller's thread, never further than `ahead` beyond what was taken, so it
    may decide by earlier answers. What fails, a request or `requests` itself, fails in its place in the order. Closing
    the iterator begins nothing more, does not wait for what is under way, and keeps that from being tried again. Where
    one at a time is enough and comes at once, it is fetched when it is wanted, by the caller's own thread: what two
    processors hand each other would cost more than is won.
    """
    source, closed = iter(requests), threading.Event()

    def given_up() -> bool:
        return closed.is_set() or stop()

    queue = _Queue(fetch, source, ahead, given_up, now)
    quick = False
    try:
        while True:
            width = flow.width(ahead)
            alone = ahead == 1 or (width == 1 and quick)
            taken = _fetched(fetch, source, given_up, now) if alone and not queue else queue.take(0 if alone else width)
            if taken is None:
                return
            quick = taken.quick
            flow.good(ahead, ready=taken.ready)
            yield taken.answer
    finally:
        closed.set()
        queue.end()


def _fetched(fetch: Fetch, source: Iterator[Request], stop: Stop, now: Now) -> _Taken | None:
    request = next(source, None)
    if request is None:
        return None
    began = now()
    answer = fetch(request, stop)
    quick = now() - began < _QUICK
    return _Taken(answer, quick, quick)
