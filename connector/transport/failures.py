"""What a connection that failed means. Nothing of the exception's own text is shown: whole addresses stand in it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from requests.exceptions import (
    ConnectTimeout,
    InvalidHeader,
    InvalidURL,
    ProxyError,
    ReadTimeout,
    Timeout,
)
from urllib3.exceptions import DecodeError, LocationValueError, NameResolutionError, NewConnectionError
from urllib3.exceptions import ProxyError as PoolProxyError
from urllib3.exceptions import SSLError as PoolSSLError
from urllib3.exceptions import TimeoutError as PoolTimeout

from connector.errors import ConnectorError, SettingsError, Unavailable, UnexpectedPayload
from connector.messages import Message
from connector.messages.transport import texts
from connector.transport.timeouts import Timeouts
from connector.transport.trouble import Trouble
from connector.transport.wire import LARGEST_BODY, TooLargeError, TooSlowError

# Verification results of OpenSSL (x509_vfy.h).
_EXPIRED = frozenset({9, 10})  # not yet valid, has expired
_WRONG_NAME = frozenset({62, 64})  # host name mismatch, IP address mismatch


def trouble_of(failure: Exception, url: str, timeouts: Timeouts) -> Trouble:
    """The trouble behind an exception of the connection. `url` is an address that may be shown."""
    if isinstance(failure, TooLargeError):
        message = texts("too_large", url=url, megabytes=LARGEST_BODY // 1024**2)
        return Trouble(UnexpectedPayload(message, texts("too_large_advice")), "body too large")
    if isinstance(failure, TooSlowError):
        error = Unavailable(texts("too_slow", url=url), texts("timeout_advice"))
        return Trouble(error, "body too slow", transient=True, strained=True)
    causes = tuple(_causes(failure))
    if settings := _settings_error(failure, url):
        return Trouble(settings, "unusable settings")
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Trouble(_certificate(cause, url), "certificate refused")
    if _any(causes, ProxyError, PoolProxyError):
        return _lost("proxy_failed", url, "proxy failed")
    if _any(causes, ssl.SSLError, PoolSSLError):
        return _lost("tls_failed", url, "TLS failed")
    if _any(causes, Timeout, PoolTimeout, TimeoutError) and not _any(causes, NewConnectionError):
        connecting = _any(causes, ConnectTimeout) and not _any(causes, ReadTimeout)
        key, seconds = ("connect_timeout", timeouts.connect) if connecting else ("read_timeout", timeouts.read)
        error = Unavailable(texts(key, url=url, seconds=f"{seconds:g}"), texts("timeout_advice"))
        return Trouble(error, "time-out", transient=True, strained=True)
    if _any(causes, NameResolutionError, socket.gaierror):
        return _lost("no_name", url, "name not found")
    if _any(causes, NewConnectionError):
        return _lost("no_connection", url, "no connection")
    if _any(causes, DecodeError):
        return Trouble(
            Unavailable(texts("cut", url=url), texts("connection_lost_advice")), "a damaged body", transient=True
        )
    return _lost("connection_lost", url, "connection lost")


def _lost(key: str, url: str, reason: str) -> Trouble:
    return Trouble(Unavailable(texts(key, url=url), texts(f"{key}_advice")), reason, transient=True)


def _settings_error(failure: Exception, url: str) -> ConnectorError | None:
    if isinstance(failure, InvalidHeader | UnicodeError):
        key = "bad_header"
    elif isinstance(failure, InvalidURL | LocationValueError):
        key = "bad_address"
    else:
        return None
    return SettingsError(texts(key, url=url), texts(f"{key}_advice"))


def _certificate(cause: ssl.SSLCertVerificationError, url: str) -> ConnectorError:
    code = getattr(cause, "verify_code", None)
    key = "tls_expired" if code in _EXPIRED else "tls_wrong_name" if code in _WRONG_NAME else "tls_unknown"
    message: Message = texts(key, url=url)
    return Unavailable(message, texts(f"{key}_advice"))


def _any(causes: tuple[BaseException, ...], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _causes(failure: BaseException) -> Iterator[BaseException]:
    """The exception and all it wraps: the libraries hide the cause in `args`, in `reason` or in the chain."""
    waiting, seen = [failure], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inner = (*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__)
        waiting.extend(part for part in inner if isinstance(part, BaseException))
