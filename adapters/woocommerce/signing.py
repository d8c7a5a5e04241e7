"""How a request proves who asks.

Over https the key pair goes as Basic. Over plain http WooCommerce ignores Basic and takes only OAuth 1.0a signatures;
those are made by the published client's own code and made anew for each try, since a nonce is accepted once.
"""

from __future__ import annotations

from uuid import uuid4

from requests import PreparedRequest
from requests.auth import AuthBase
from woocommerce.oauth import OAuth

from adapters.woocommerce.settings import WooCommerceSettings
from connector.transport import BasicAuth, QueryAuth


class _Signature(OAuth):  # type: ignore[misc]
    """The client's own nonces are of eight digits: a few thousand requests in the 15 minutes for which a shop remembers
    them, and one comes twice and is refused."""

    @staticmethod
    def generate_nonce() -> str:
        return uuid4().hex


class SignedAddress(AuthBase):
    """OAuth 1.0a, one-legged: the signature travels in the address."""

    def __init__(self, key: str, secret: str) -> None:
        self._key = key
        self._secret = secret

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with a fresh nonce, time and signature."""
        request.url = _Signature(
            request.url, self._key, self._secret, version="wc/v3", method=request.method
        ).get_oauth_url()
        return request

    def __repr__(self) -> str:
        return "SignedAddress()"


def signature(settings: WooCommerceSettings) -> AuthBase:
    """The way this shop wants its requests signed."""
    key, secret = settings.consumer_key.get_secret_value(), settings.consumer_secret.get_secret_value()
    if settings.auth == "query":
        return QueryAuth((("consumer_key", key), ("consumer_secret", secret)))
    if settings.url.startswith("http://"):
        return SignedAddress(key, secret)
    return BasicAuth(key, secret)
