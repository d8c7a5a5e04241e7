"""A small HTTP server on a loopback port for pretend shops and help desks.

It serves a WSGI application over HTTP/1.1 with kept-alive connections, one thread each, out of the standard library
alone. Head and body leave in one write, so that small answers are fast. `Faults` make it behave as badly as real hosts.
"""

from __future__ import annotations

import io
import os
import socket
import socketserver
import ssl
import struct
import sys
import threading
import time
from collections.abc import Iterable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import unquote
from wsgiref.types import WSGIApplication

from connector.simulation.faults import ENVIRON_KEY, NEEDS_APP, Fault, Faults
from connector.simulation.spoiling import Reply, instead, packed, spoiled

PIECES = 5  # of a slow body


class LoopbackServer:
    """Serves `app` at `address` between `start` and `stop`; a context manager does both.

    - `faults` spoil answers. ValueError where one of them needs an application that enacts it and this one does not.
    - `tls`: a server-side SSL context makes it https.
    - `latency`: seconds that each answer is held back, in real time.
    - `compress`: gzip for clients that take it.
    - `keep_requests`: every request as "GET /path?query" in `requests`; `served` counts them in any case.

    The `Date` header is the application's own, else it says the time of the application's `server_time()`
    (microseconds UTC), else of this machine. A port once given is kept: a server stopped and started again is back at
    the same address. What the application raises is answered with 500 and raised again by `stop`.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        faults: Faults | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        latency: float = 0.0,
        compress: bool = False,
        keep_requests: bool = True,
    ) -> None:
        self.app = app
        self._enacts: frozenset[Fault] = getattr(app, "enacts", frozenset())
        self.faults = faults
        self._host = host
        self._port = port
        self.tls = tls
        self.latency = latency
        self.compress = compress
        self.keep_requests = keep_requests
        self.requests: list[str] = []
        self.served = 0
        self._failures: list[BaseException] = []
        self._lock = threading.Lock()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def faults(self) -> Faults | None:
        """What spoils answers; may be changed while the server runs."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults | None) -> None:
        missing = (faults.kinds if faults else frozenset()) & (NEEDS_APP - self._enacts)
        if missing:
            raise ValueError(f"{type(self.app).__name__} cannot enact {', '.join(sorted(missing))}")
        self._faults = faults

    @property
    def address(self) -> str:
        """Where it answers, without a trailing slash. RuntimeError before the first start."""
        if not self._port:
            raise RuntimeError("the server has no address before its first start")
        return f"{'https' if self.tls else 'http'}://{self._host}:{self._port}"

    def start(self) -> Self:
        """Begin to answer. OSError where the port is taken."""
        self._server = _Server((self._host, self._port), self)
        self._port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="loopback", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and break off what is under way. Raises what the application raised meanwhile."""
        self._halt()
        if self._failures:
            failures, self._failures = self._failures, []
            raise failures[0]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.stop()
        else:  # the test's own failure is the one to see
            self._halt()

    def _halt(self) -> None:
        if self._server and self._thread:
            self._server.shutdown()
            self._server.close_all()
            self._thread.join()
            self._server = self._thread = None

    # --- one request, in its connection's thread --------------------------------------------------------------------

    def now(self) -> float:
        """The server's time in seconds since 1970, by the application's clock where it has one."""
        server_time = getattr(self.app, "server_time", None)
        return server_time() / 1_000_000 if server_time else time.time()

    def count(self, method: str, target: str) -> None:
        """Take note of a request."""
        with self._lock:
            self.served += 1
            if self.keep_requests:
                self.requests.append(f"{method} {target}")

    def failed(self, error: BaseException) -> None:
        """Keep what went wrong in a connection's thread for `stop` to raise."""
        with self._lock:
            self._failures.append(error)

    def reply(self, environ: dict[str, Any], struck: tuple[Fault, ...]) -> Reply:
        """What this request is answered with, before the wire spoils it."""
        if self.latency:
            time.sleep(self.latency)
        for_app = self._enacts.intersection(struck)
        by_server = [fault for fault in struck if fault not in for_app]
        target = environ["REQUEST_URI"]
        elsewhere = f"{self.address.replace('127.0.0.1', 'localhost')}/moved{target}"
        if self._faults and (reply := instead(by_server, self._faults, self.now(), elsewhere)):
            return reply
        environ[ENVIRON_KEY] = for_app
        try:
            reply = _called(self.app, environ)
        except Exception as error:  # noqa: BLE001 - kept for `stop`, so that no fault of a simulator goes unseen
            self.failed(error)
            return Reply("500 Simulator Failure", [("Content-Type", "text/plain")], repr(error).encode())
        reply = spoiled(reply, by_server)
        return packed(reply, environ) if self.compress else reply


def _called(app: WSGIApplication, environ: dict[str, Any]) -> Reply:
    reply = Reply("500 No Answer")

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        reply.status, reply.headers = status, headers
        return io.BytesIO().write

    answer: Iterable[bytes] = app(environ, start_response)
    try:
        reply.body = answer[0] if isinstance(answer, list) and len(answer) == 1 else b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    return reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    # Elsewhere it lets a restarted server have its port back at once; on Windows it would let two servers share one.
    allow_reuse_address = os.name != "nt"

    def __init__(self, address: tuple[str, int], owner: LoopbackServer) -> None:
        self.owner = owner
        self._open: dict[int, tuple[socket.socket, threading.Thread]] = {}
        self._doomed: set[int] = set()
        self._guard = threading.Lock()
        self._closing = False
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # The inherited one asks the name service for the host's full name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = cast("tuple[str, int]", self.server_address[:2])

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, client = super().get_request()
        if self.owner.tls:
            # The handshake waits for the connection's own thread: a slow client must not stop the others.
            connection = self.owner.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, client

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._guard:
            self._open[id(request)] = (request, thread)
        thread.start()

    def doom(self, connection: socket.socket) -> None:
        """Let this connection end with a reset: lingering for no time throws away what was not yet sent."""
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0))
        with self._guard:
            self._doomed.add(id(connection))

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            doomed = id(request) in self._doomed
            self._doomed.discard(id(request))
            self._open.pop(id(request), None)
        if doomed:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up or refuse a certificate are everyday life; anything else is a fault of ours."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError) and not self._closing:
            self.owner.failed(error)

    def close_all(self) -> None:
        """Stop listening, end every connection, wait for their threads."""
        self._closing = True  # TLS reports a connection closed under its hands in many ways
        self.server_close()
        with self._guard:
            still_open = list(self._open.values())
        for connection, _ in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has just ended by itself
        for _, thread in still_open:
            thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the owner keeps the requests."""

    def _answer(self) -> None:
        owner = self.server.owner
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        owner.count(self.command, self.path)
        environ = self._environ(body)
        struck = owner.faults.strike(f"{self.command} {_unsigned(self.path)}") if owner.faults else ()
        if Fault.RESET in struck:
            self._reset()
            return
        self._send(owner.reply(environ, struck), struck)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer  # noqa: N815 - http.server looks for these

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "REQUEST_URI": self.path,
            "SERVER_NAME": self.server.server_name,
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if self.server.owner.tls else "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value.strip()
        return environ

    def _send(self, reply: Reply, struck: tuple[Fault, ...]) -> None:
        owner = self.server.owner
        names = {name.lower() for name, _ in reply.headers}
        headers = list(reply.headers)
        if "date" not in names:
            headers.append(("Date", formatdate(owner.now(), usegmt=True)))
        if "server" not in names:
            headers.append(("Server", "loopback"))
        body = b"" if self.command == "HEAD" else reply.body
        cut = Fault.CUT_BODY in struck or Fault.RESET_IN_BODY in struck
        announced = len(reply.body)
        if Fault.CUT_BODY in struck:
            announced, body = max(announced, 64), body[: announced * 2 // 3]
        headers.append(("Content-Length", str(announced)))
        if cut or self.close_connection:
            self.close_connection = True
            headers.append(("Connection", "close"))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"HTTP/1.1 {reply.status}\r\n{lines}\r\n".encode("latin-1")
        if Fault.RESET_IN_BODY in struck:
            self.wfile.write(head + body[: len(body) // 2])
            self._reset()
        elif Fault.SLOW_BODY in struck and owner.faults:
            self._send_slowly(head, body, owner.faults.pause)
        else:
            self.wfile.write(head + body)

    def _send_slowly(self, head: bytes, body: bytes, pause: float) -> None:
        self.wfile.write(head)
        size = len(body) // PIECES + 1
        for start in range(0, len(body), size):
            time.sleep(pause)
            self.wfile.write(body[start : start + size])

    def _reset(self) -> None:
        self.close_connection = True
        self.server.doom(self.connection)


def _unsigned(target: str) -> str:
    """The address without what a signature adds, so that a request tried again counts as the same."""
    path, _, query = target.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("oauth_")]
    return f"{path}?{'&'.join(kept)}" if kept else path
