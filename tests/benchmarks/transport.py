"""What the transport costs: its requests against those of a bare `requests.Session`, over the same loopback server.

    python -m tests.benchmarks.transport [--requests 1000]

Floor: `Session.get` with basic auth, parameters and the body read, one request at a time, then `msgspec` splitting the
list. A ratio above 1 means that ours is quicker. The server runs in a process of its own.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import msgspec
import requests

from connector.clock import SystemClock
from connector.settings import Timeouts
from connector.transport import BasicAuth, Request, Transport

_RAW = msgspec.json.Decoder(list[msgspec.Raw])
_FIELD = b'{"id":1,"key":"_a","value":"%s"}' % (b"x" * 60)
_RECORD = b'{"id":%d,"number":"%d","meta_data":[' + b",".join([_FIELD] * 45) + b"]}"
_BODIES = {
    "/one": b"[" + _RECORD % (1, 1) + b"]",
    "/page": b"[" + b",".join(_RECORD % (number, number) for number in range(100)) + b"]",
}


def _answers() -> dict[str, bytes]:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Sat, 21 Nov 2026 20:44:32 GMT\r\n"
    plain = {path: head + b"Content-Length: %d\r\n\r\n" % len(body) + body for path, body in _BODIES.items()}
    packed = {f"{path}/packed": gzip.compress(body) for path, body in _BODIES.items()}
    gzipped = {
        path: head + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        for path, body in packed.items()
    }
    return plain | gzipped


def _serve(told: Connection) -> None:
    """Answer every request for ever; `/late/…` waits 50 ms first."""
    answers = _answers()
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def converse(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        read = b""
        while True:
            while b"\r\n\r\n" not in read:
                piece = connection.recv(65536)
                if not piece:
                    return
                read += piece
            head, _, read = read.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].partition(b"?")[0].decode()
            if path.startswith("/late"):
                time.sleep(0.05)
                path = path.removeprefix("/late")
            connection.sendall(answers[path])

    told.send(listener.getsockname()[1])
    while True:
        threading.Thread(target=converse, args=(listener.accept()[0],), daemon=True).start()


def _best(count: int, *runs: Callable[[int], object]) -> list[tuple[float, float]]:
    """Of each: seconds and seconds of our processor time for one request, the best of five rounds.

    The rounds are taken in turn, so that a busy machine strikes all alike; the processor time hardly feels it.
    """
    best = [(float("inf"), float("inf"))] * len(runs)
    for _ in range(5):
        for place, run in enumerate(runs):
            wall, processor = time.perf_counter(), time.process_time()
            run(count)
            taken = (time.perf_counter() - wall) / count, (time.process_time() - processor) / count
            best[place] = min(best[place][0], taken[0]), min(best[place][1], taken[1])
    return best


def main() -> None:
    """Print a line per case: requests per second of ours and of the floor, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1000)
    count = parser.parse_args().requests

    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{ours.recv()}"

    session = requests.Session()
    transport = Transport(
        address, clock=SystemClock(), random=random.Random(1), timeouts=Timeouts(connect="10s", read="60s")
    ).configured(auth=BasicAuth("key", "secret"))
    params = (("per_page", "100"), ("orderby", "id"), ("order", "asc"), ("modified_after", "2026-11-21T20:44:32Z"))

    def floor(path: str) -> Callable[[int], object]:
        def run(times: int) -> None:
            for _ in range(times):
                answer = session.get(address + path, params=params, auth=("key", "secret"), timeout=(10, 60))
                _RAW.decode(answer.content)

        return run

    def one_by_one(path: str) -> Callable[[int], object]:
        def run(times: int) -> None:
            for _ in range(times):
                transport.fetch(Request(path, params, expect="list")).records()

        return run

    def in_order(path: str, ahead: int) -> Callable[[int], object]:
        def run(times: int) -> None:
            asked: Iterator[Request] = (Request(path, params, expect="list") for _ in range(times))
            for answer in transport.fetch_in_order(asked, ahead):
                answer.records()

        return run

    print(f"{'milliseconds per request':40}    ours   floor  ratio   processor: ours  floor  ratio")
    for name, path, ours_run, times in (
        ("small answer", "/one", one_by_one("/one"), count),
        ("page of 100 (450 kB)", "/page", one_by_one("/page"), count // 2),
        ("page of 100, gzipped", "/page/packed", one_by_one("/page/packed"), count // 4),
        ("page of 100, 4 under way", "/page", in_order("/page", 4), count // 2),
        ("page of 100, 50 ms away, 4 under way", "/late/page", in_order("/late/page", 4), count // 20),
        ("page of 100, 50 ms away, 8 under way", "/late/page", in_order("/late/page", 8), count // 20),
    ):
        (mine, my_work), (bare, bare_work) = _best(times, ours_run, floor(path))
        print(
            f"{name:40} {mine * 1000:7.2f} {bare * 1000:7.2f} {bare / mine:6.2f}"
            f"          {my_work * 1000:7.2f} {bare_work * 1000:6.2f} {bare_work / my_work:6.2f}"
        )
    server.terminate()


if __name__ == "__main__":
    main()
