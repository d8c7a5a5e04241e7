"""How a request proves who asks: OAuth client credentials, a token of the owner's, or e-mail and API token."""

from __future__ import annotations

import threading

from requests import PreparedRequest
from requests.auth import AuthBase

from adapters.zendesk.messages import texts
from adapters.zendesk.settings import ZendeskSettings
from connector.errors import AccessRefused
from connector.transport import Answer, BasicAuth, BearerAuth, Request, Transport


class ClientCredentials(AuthBase):
    """OAuth 2.0 client credentials (RFC 6749 4.4): a token is asked for when one is needed, and again after a 401.

    The token lives in memory only, so nothing needs to be saved. Safe for several threads.
    """

    def __init__(self, client_id: str, client_secret: str, http: Transport) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._http = http.configured(explain=_refused)
        self._lock = threading.Lock()
        self._header: str | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its header. Raises `SourceError` where no token can be had."""
        with self._lock:
            if self._header is None:
                self._header = self._new()
            request.headers["Authorization"] = self._header
        return request

    def __repr__(self) -> str:
        return "ClientCredentials()"

    def renew(self, sent: str | None) -> bool:
        """Get another token unless somebody has done so since `sent` was signed."""
        with self._lock:
            if self._header is None or self._header == sent:
                self._header = self._new()
        return True

    def _new(self) -> str:
        wanted = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "scope": "read",
        }
        answer = self._http.fetch(
            Request("oauth/tokens", method="POST", json=wanted, anonymous=True, expect="object")
        ).json()
        token = answer.get("access_token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise AccessRefused(texts("no_token"), texts("no_token_advice"))
        return f"Bearer {token}"


def _refused(answer: Answer) -> AccessRefused | None:
    if answer.status in (400, 401, 403):
        return AccessRefused(texts("no_token"), texts("no_token_advice"))
    return AccessRefused(texts("no_desk"), texts("no_desk_advice")) if answer.status == 404 else None


def login(settings: ZendeskSettings, http: Transport) -> AuthBase:
    """The best way in that the owner gave."""
    if settings.client_id and settings.client_secret:
        return ClientCredentials(settings.client_id, settings.client_secret.get_secret_value(), http)
    if settings.access_token:
        return BearerAuth(settings.access_token.get_secret_value())
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    return BasicAuth(f"{settings.email}/token", token)
