"""Several requests under way at once, their answers in the order asked."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait

from connector.clock import Stopped
from connector.transport.exchange import Answer, Request
from connector.transport.flow import Flow

Fetch = Callable[[Request, Callable[[], bool]], Answer]
_LOOK_UP = 1.0  # seconds; a wait without end would not notice a stop, on Windows not even Ctrl-C


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
    begun: deque[Future[Answer]] = deque()
    more = True

    def given_up() -> bool:
        return closed.is_set() or stop()

    def begin() -> bool:
        """Begin the next request; False where there is none."""
        future: Future[Answer] = Future()
        try:
            request = next(source)
        except StopIteration:
            return False
        except Exception as failure:  # noqa: BLE001 - whatever it is, it is raised in its place
            future.set_exception(failure)
        else:
            _start(future, lambda: fetch(request, given_up))
        begun.append(future)
        return not future.done() or future.exception() is None

    try:
        while True:
            while more and len(begun) < ahead and _under_way(begun) < flow.width(ahead):
                more = begin()
            if not begun:
                return
            if not begun[0].done():
                wait([future for future in begun if not future.done()], _LOOK_UP, FIRST_COMPLETED)
                if stop():
                    raise Stopped
                continue
            answer = begun.popleft().result()
            flow.good(ahead)
            yield answer
    finally:
        closed.set()


def _under_way(begun: Iterable[Future[Answer]]) -> int:
    return sum(not future.done() for future in begun)


def _start(future: Future[Answer], call: Callable[[], Answer]) -> None:
    """Run `call` in a thread that does not keep the program from ending, unlike those of the library's pools."""

    def run() -> None:
        try:
            answer = call()
        except BaseException as failure:  # noqa: BLE001 - it is raised where the answer is taken
            future.set_exception(failure)
        else:
            future.set_result(answer)

    threading.Thread(target=run, name="connector.transport", daemon=True).start()
