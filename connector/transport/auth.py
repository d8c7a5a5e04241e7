"""How a request proves who asks. Signatures of one API alone live in its adapter.

Whatever is given as `auth` is called once for each try, so that nonces and stamps are fresh. None of these shows its
secret when printed.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from requests import PreparedRequest
from requests.auth import AuthBase


@runtime_checkable
class Renewable(Protocol):
    """A power of an `auth` whose token runs out before its time is known."""

    def renew(self, sent: str | None) -> bool:
        """Called once per request when it was answered with 401; `sent` is the Authorization header that was refused.

        True = there is another token now, send again. Several threads may call at once: the first one to come with the
        present token gets a new one, the others find that `sent` is old already. May raise `SourceError`.
        """
        ...


class BasicAuth(AuthBase):
    """User name and password in the Authorization header, as UTF-8 (RFC 7617)."""

    def __init__(self, user: str, password: str) -> None:
        self._value = "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its header."""
        request.headers["Authorization"] = self._value
        return request

    def __repr__(self) -> str:
        return "BasicAuth()"


class BearerAuth(AuthBase):
    """A token in the Authorization header (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._value = f"Bearer {token}"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its header."""
        request.headers["Authorization"] = self._value
        return request

    def __repr__(self) -> str:
        return "BearerAuth()"


class QueryAuth(AuthBase):
    """Keys as parameters of the address, for web servers that drop the Authorization header.

    They end up in the access logs of that server, so this is the owner's choice (`auth: query`).
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with the keys behind its parameters."""
        request.prepare_url(request.url, self._pairs)
        return request

    def __repr__(self) -> str:
        return "QueryAuth()"
