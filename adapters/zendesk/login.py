"""How a request proves who asks: OAuth, a token of the owner's, or e-mail and API token."""

from __future__ import annotations

import hashlib
import threading
from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from requests import PreparedRequest
from requests.auth import AuthBase

from adapters.zendesk.messages import texts
from adapters.zendesk.settings import ZendeskSettings
from connector.errors import AccessRefused, SettingsError
from connector.messages import Message
from connector.tokens import TokenVault
from connector.transport import Answer, BasicAuth, BearerAuth, Request, Transport


class ChangingToken(AuthBase):
    """An access token that is asked for when one is needed, and again after a 401. Safe for several threads."""

    def __init__(self, http: Transport) -> None:
        self._http = http
        self._lock = threading.Lock()
        self._header: str | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its header. Raises `SourceError` where no token can be had."""
        with self._lock:
            if self._header is None:
                self._header = self._another(None)
            request.headers["Authorization"] = self._header
        return request

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def renew(self, sent: str | None) -> bool:
        """Get another token unless somebody has done so since `sent` was signed."""
        with self._lock:
            if self._header is None or self._header == sent:
                self._header = self._another(sent)
        return True

    @abstractmethod
    def _another(self, refused: str | None) -> str:
        """An Authorization header that is not `refused`."""

    def _asked(self, wanted: Mapping[str, str], refusal: tuple[Message, Message]) -> Mapping[str, Any]:
        """What the desk answers to a wish for tokens."""
        http = self._http.configured(explain=_explain(*refusal))
        answer = http.fetch(Request("oauth/tokens", method="POST", json=dict(wanted), anonymous=True, expect="object"))
        content: Mapping[str, Any] = answer.json()
        token = content.get("access_token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise AccessRefused(*refusal)
        return content


class ClientCredentials(ChangingToken):
    """OAuth 2.0 client credentials (RFC 6749 4.4). The token lives in memory only, so nothing needs to be saved."""

    def __init__(self, client_id: str, client_secret: str, http: Transport) -> None:
        super().__init__(http)
        self._client = {"client_id": client_id, "client_secret": client_secret}

    def _another(self, refused: str | None) -> str:
        wanted = {"grant_type": "client_credentials", **self._client, "scope": "read"}
        return _bearer(self._asked(wanted, (texts("no_token"), texts("no_token_advice"))))


class RefreshedToken(ChangingToken):
    """OAuth 2.0 refresh tokens that change with each use (RFC 6749 6).

    An answer kills the refresh token it was asked with and the access token before it, so both new ones are saved
    before either is used. Other processes that read the same desk find them there. A refresh token that the owner puts
    into config.yaml anew goes before what was saved of an older one.
    """

    def __init__(self, client: Mapping[str, str], first: str, vault: TokenVault | None, http: Transport) -> None:
        super().__init__(http)
        self._client = client
        self._first = first
        self._vault = vault
        self._given = hashlib.blake2b(first.encode(), digest_size=16).hexdigest()

    def _another(self, refused: str | None) -> str:
        if self._vault is None:
            raise AccessRefused(texts("no_vault"), texts("no_vault_advice"))
        try:
            kept = self._kept(self._vault)
            if "access_token" in kept and _bearer(kept) != refused:
                return _bearer(kept)
            with self._vault.held():
                kept = self._kept(self._vault)  # another process may have been faster
                if "access_token" in kept and _bearer(kept) != refused:
                    return _bearer(kept)
                return self._refreshed(self._vault, str(kept.get("refresh_token") or self._first))
        except SettingsError as error:
            raise AccessRefused(error.message, error.advice) from error

    def _kept(self, vault: TokenVault) -> Mapping[str, Any]:
        kept = vault.read()
        return kept if kept.get("given") == self._given else {}

    def _refreshed(self, vault: TokenVault, refresh_token: str) -> str:
        wanted = {"grant_type": "refresh_token", "refresh_token": refresh_token, **self._client}
        content = self._asked(wanted, (texts("refresh_ended"), texts("refresh_ended_advice")))
        following = content.get("refresh_token") or refresh_token
        vault.keep({"given": self._given, "refresh_token": following, "access_token": content["access_token"]})
        return _bearer(content)


def _bearer(content: Mapping[str, Any]) -> str:
    return f"Bearer {content['access_token']}"


def _explain(message: Message, advice: Message) -> Callable[[Answer], AccessRefused | None]:
    def explain(answer: Answer) -> AccessRefused | None:
        if answer.status in (400, 401, 403):
            return AccessRefused(message, advice)
        return AccessRefused(texts("no_desk"), texts("no_desk_advice")) if answer.status == 404 else None

    return explain


def login(settings: ZendeskSettings, http: Transport) -> AuthBase:
    """The best way in that the owner gave."""
    secret = settings.client_secret.get_secret_value() if settings.client_secret else None
    if settings.client_id and settings.refresh_token:
        client = {"client_id": settings.client_id, **({"client_secret": secret} if secret else {})}
        first = settings.refresh_token.get_secret_value()
        return RefreshedToken(client, first, settings.surroundings.tokens, http)
    if settings.client_id and secret:
        return ClientCredentials(settings.client_id, secret, http)
    if settings.access_token:
        return BearerAuth(settings.access_token.get_secret_value())
    token = settings.api_token.get_secret_value() if settings.api_token else ""
    return BasicAuth(f"{settings.email}/token", token)
