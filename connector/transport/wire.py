"""One try of one request over a pooled connection.

The library's connection adapter is used without its session: a session reads passwords from .netrc (which would
replace our header), keeps cookies, follows redirects in thought even where it must not follow them, and lets an
environment variable replace the certificates it was told to trust.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from requests import PreparedRequest, RequestException, Response
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import check_header_validity, get_environ_proxies
from urllib3.exceptions import HTTPError

from connector import __version__
from connector.clock import Clock, Stopped
from connector.errors import SettingsError
from connector.messages.transport import texts
from connector.transport.addresses import Home
from connector.transport.flow import MOST
from connector.transport.timeouts import Timeouts

LARGEST_BODY = 256 * 1024 * 1024  # bytes, unpacked
LARGEST_REFUSAL = 1024 * 1024  # of an answer that is no success only the beginning is of use
_PIECE = 256 * 1024

_HEADERS = {
    "User-Agent": f"shop-connector/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "keep-alive",
}


class TooLargeError(Exception):
    """The body is larger than anything an API should send."""


class TooSlowError(Exception):
    """The body came in pieces small enough to outlast the budget."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer as it came off the line, its body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """The connections to one source.

    `proxy` replaces what the environment says (HTTP_PROXY, HTTPS_PROXY, NO_PROXY, on Windows and macOS the system's
    settings). Certificates are always verified: against the public authorities, or against those in `ca_file`. Raises
    `SettingsError` where that file or the proxy's address is no use.
    """

    def __init__(
        self, home: Home, *, clock: Clock, timeouts: Timeouts, ca_file: str | None = None, proxy: str | None = None
    ) -> None:
        self.timeouts = timeouts
        self._clock = clock
        self._verify: bool | str = _checked(ca_file) if ca_file else True
        self._proxies = {"http": proxy, "https": proxy} if proxy else dict(get_environ_proxies(home.url, None))
        self._adapter = HTTPAdapter(pool_connections=2, pool_maxsize=MOST, max_retries=0)
        if not home.local:
            self._check_proxy(home)
        self._lock = threading.Lock()
        self.requests = 0
        self.bytes = 0

    def send(self, request: PreparedRequest, deadline: float, stop: Callable[[], bool]) -> Arrived:
        """Send once and read the whole answer.

        Raises what the library raises, `TooLargeError`, `TooSlowError` past `deadline` (monotonic seconds; a body gets
        the read time-out in any case), and `Stopped`.
        """
        with self._lock:
            self.requests += 1
        deadline = max(deadline, self._clock.monotonic() + self.timeouts.read)
        response = self._adapter.send(
            request,
            stream=True,
            timeout=(self.timeouts.connect, self.timeouts.read),
            verify=self._verify,
            proxies=self._proxies,
        )
        try:
            body = self._body(response, deadline, stop)
        except BaseException:
            response.raw.close()
            raise
        finally:
            with self._lock:
                self.bytes += response.raw.tell()
        return Arrived(response.status_code, response.headers, body)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._adapter.close()

    def _check_proxy(self, home: Home) -> None:
        """Have the library look at the proxy's address now; it does not connect yet."""
        request = prepare("GET", home.url, None, {}, None, None)
        try:
            self._adapter.get_connection_with_tls_context(request, self._verify, proxies=self._proxies)
            return
        except (RequestException, HTTPError):
            pass
        raise SettingsError(texts("bad_proxy", url=home.shown), texts("bad_proxy_advice"))

    def _body(self, response: Response, deadline: float, stop: Callable[[], bool]) -> bytes:
        success = 200 <= response.status_code < 300
        pieces: list[bytes] = []
        size = 0
        try:
            # read1 returns what has arrived, so that a trickle of bytes cannot hold us for ever.
            while piece := response.raw.read1(_PIECE, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if size > (LARGEST_BODY if success else LARGEST_REFUSAL):
                    raise TooLargeError
                if stop():
                    raise Stopped
                if self._clock.monotonic() > deadline:
                    raise TooSlowError
        except Stopped:
            raise
        except Exception:
            if success:
                raise
            response.raw.close()  # what was refused is known by its status; its body only adds a code
        return b"".join(pieces)


def prepare(
    method: str,
    url: str,
    params: Any,
    headers: Mapping[str, str],
    json: Any,
    auth: AuthBase | None,
) -> PreparedRequest:
    """A request ready to be sent, signed now. Without the library's cookies and hooks, which nothing here uses."""
    prepared = PreparedRequest()
    prepared.prepare_method(method)
    prepared.prepare_url(url, params)
    prepared.prepare_headers({**_HEADERS, **headers})
    prepared.prepare_body(None, None, json)
    if auth is not None:
        prepared.prepare_auth(auth)
        # Otherwise the connection would refuse it with the key in the text of the exception.
        check_header_validity(("Authorization", prepared.headers.get("Authorization", "")))
    return prepared


def _checked(ca_file: str) -> str:
    try:
        ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        reason: object = texts("bad_ca_file_empty")
    except OSError as failure:
        absent = isinstance(failure, FileNotFoundError)
        reason = texts("bad_ca_file_absent") if absent else failure.strerror
    else:
        return ca_file
    raise SettingsError(texts("bad_ca_file", path=ca_file, reason=reason), texts("bad_ca_file_advice"))


class _Silence(logging.Filter):
    """The library logs whole addresses, keys included. Our own lines say the same without them."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


for _name in ("urllib3.connection", "urllib3.connectionpool", "urllib3.poolmanager", "urllib3.util.retry"):
    logging.getLogger(_name).addFilter(_Silence())
