"""A loopback server that answers exactly what a test says, byte by byte, also what no proper server would send."""

from __future__ import annotations

import gzip
import json
import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, BinaryIO


class Line(Enum):
    """What a server can do to a connection."""

    RESET = auto()  # ends it hard, as a crashed process or an impatient load balancer does
    CLOSE = auto()  # ends it properly


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    method: str
    target: str
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    connection: int


_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)  # SO_LINGER: on, 0 seconds
Step = bytes | Line | threading.Event
Reply = Callable[[Received], bytes | Sequence[Step]]


def answer(
    body: bytes | str = b"[]",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    length: int | None = None,
) -> bytes:
    """An HTTP answer; `length` is what Content-Length claims, where that shall differ."""
    body = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": "application/json", "Content-Length": str(len(body) if length is None else length)}
    lines |= dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Something\r\n{head}\r\n".encode() + body


def rows(*values: Any) -> bytes:
    """A good answer with a list."""
    return answer(json.dumps(list(values)))


def packed(body: bytes) -> bytes:
    """A good answer, gzipped."""
    return answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def chunks(*pieces: bytes, end: bool = True) -> bytes:
    """A good answer in chunks, with or without the last one."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + (b"0\r\n\r\n" if end else b"")
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body


class ScriptedServer:
    """Calls `reply` for each request, in a thread per connection, and remembers what it received."""

    def __init__(self, reply: Reply, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.connections = 0
        self._reply = reply
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening and drop every connection."""
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self.connections += 1
            threading.Thread(target=self._converse, args=(connection, self.connections), daemon=True).start()

    def _converse(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError, ValueError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            with connection, connection.makefile("rb") as file:
                while received := _read(file, number):
                    self.received.append(received)
                    steps = self._reply(received)
                    for step in [steps] if isinstance(steps, bytes) else steps:
                        if step is Line.RESET:
                            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                        if isinstance(step, Line):
                            return
                        if isinstance(step, threading.Event):
                            step.wait(10)
                        else:
                            connection.sendall(step)


def _read(file: BinaryIO, connection: int) -> Received | None:
    """The next request of a connection; None where there is none."""
    if not (line := file.readline()).strip():
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    headers = {}
    while field := file.readline().decode("latin-1").strip():
        name, _, value = field.partition(":")
        headers[name.strip().lower()] = value.strip()
    body = file.read(int(headers.get("content-length", 0)))
    return Received(method, target, headers, body, connection)


def in_turn(*replies: bytes | Sequence[Step]) -> Reply:
    """A script that gives one reply after the other, the last one for ever."""
    remaining = list(replies)
    lock = threading.Lock()

    def reply(_: Received) -> bytes | Sequence[Step]:
        with lock:
            return remaining.pop(0) if len(remaining) > 1 else remaining[0]

    return reply
