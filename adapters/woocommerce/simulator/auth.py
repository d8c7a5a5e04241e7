"""Who asks: WooCommerce's keys over https, one-legged OAuth 1.0a signatures over either.

Over plain http a key sent as Basic or in the address is not even looked at; the answer is the same as to nobody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from adapters.woocommerce.simulator.answers import Refusal, not_authentic
from adapters.woocommerce.simulator.request import Request

WINDOW = 15 * 60  # seconds that a signature's time may be off, either way
_HASHES: Mapping[str, Callable[..., Any]] = {"HMAC-SHA1": hashlib.sha1, "HMAC-SHA256": hashlib.sha256}
_NEEDED = ("oauth_consumer_key", "oauth_timestamp", "oauth_nonce", "oauth_signature", "oauth_signature_method")
_READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the shop. `permissions`: read, write or read_write; `may_view`: whether its user has shop rights."""

    consumer_key: str
    consumer_secret: str
    permissions: str = "read"
    may_view: bool = True


class Gate:
    """Knows the keys and the nonces that were used.

    With `machine_time_ok` a signature's time may also fit this machine's clock: where the shop's clock is set by hand,
    the signature still comes from code that reads the machine's.
    """

    def __init__(self, keys: Iterable[ApiKey], *, machine_time_ok: bool) -> None:
        self.keys = list(keys)
        self.machine_time_ok = machine_time_ok
        self._nonces: dict[tuple[str, str], int] = {}

    def key_of(self, request: Request, now: int) -> ApiKey | None:
        """The key that this request proves; None where it brings none that counts. Raises `Refusal` (401)."""
        key = self._by_secret(request) if request.https else None
        return key or self._by_signature(request, now)

    @staticmethod
    def check_permission(key: ApiKey, method: str) -> None:
        """Raises `Refusal` (401) where the key is not for reading, or not for writing."""
        if method in _READING:
            if key.permissions not in ("read", "read_write"):
                raise not_authentic("The API key provided does not have read permissions.")
        elif key.permissions not in ("write", "read_write"):
            raise not_authentic("The API key provided does not have write permissions.")

    def _find(self, consumer_key: str) -> ApiKey | None:
        return next((key for key in self.keys if key.consumer_key == consumer_key.strip()), None)

    def _by_secret(self, request: Request) -> ApiKey | None:
        name, secret = request.text("consumer_key"), request.text("consumer_secret")
        if not (name and secret):
            name, secret = _basic(request.authorization)
        if not (name and secret):
            return None
        key = self._find(name)
        if key and not hmac.compare_digest(key.consumer_secret.encode(), secret.encode()):
            raise not_authentic("Consumer secret is invalid.")
        return key

    def _by_signature(self, request: Request, now: int) -> ApiKey | None:
        params = dict(request.params) | _oauth_header(request.authorization)
        if not any(params.get(name) for name in _NEEDED):
            return None
        missing = [name for name in _NEEDED if not params.get(name)]
        if missing:
            raise Refusal(
                401,
                "woocommerce_rest_authentication_missing_parameter",
                f"Missing OAuth parameter{'s' if len(missing) > 1 else ''} {', '.join(missing)}",
            )
        key = self._find(str(params["oauth_consumer_key"]))
        if key is None:
            raise not_authentic("Consumer key is invalid.")
        self._check_signature(request, params, key)
        self._check_moment(params, key, now)
        return key

    def _check_signature(self, request: Request, params: dict[str, Any], key: ApiKey) -> None:
        given = unquote(str(params.pop("oauth_signature")).replace(" ", "+"))
        method = str(params["oauth_signature_method"])
        if method not in _HASHES:
            raise not_authentic("Invalid signature - signature method is invalid.")
        address = f"{'https' if request.https else 'http'}://{request.host}{request.raw_path}"
        text = "%26".join(_joined(sorted(params.items())))
        signed = f"{request.method}&{_percent(address)}&{text}"
        digest = hmac.new(f"{key.consumer_secret}&".encode(), signed.encode(), _HASHES[method]).digest()
        if not hmac.compare_digest(base64.b64encode(digest), given.encode()):
            raise not_authentic("Invalid signature - provided signature does not match.")

    def _check_moment(self, params: Mapping[str, Any], key: ApiKey, now: int) -> None:
        text = str(params["oauth_timestamp"])
        at = int(text) if text.isdigit() else 0
        clocks = (now, int(time.time())) if self.machine_time_ok else (now,)
        if all(abs(clock - at) > WINDOW for clock in clocks):
            raise not_authentic("Invalid timestamp.")
        used = (key.consumer_key, str(params["oauth_nonce"]))
        if used in self._nonces:
            raise not_authentic("Invalid nonce - nonce has already been used.")
        self._nonces[used] = at
        if len(self._nonces) > 10_000:
            self._nonces = {one: when for one, when in self._nonces.items() if at - when <= WINDOW}


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, code = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(code).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def _oauth_header(authorization: str) -> dict[str, str]:
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "oauth":
        return {}
    pairs = (part.strip().partition("=") for part in text.split(","))
    return {name: unquote(value.strip('"')) for name, _, value in pairs if name.startswith("oauth_")}


def _percent(text: str) -> str:
    return quote(text, safe="~")


def _joined(params: Iterable[tuple[str, Any]], outer: str = "") -> list[str]:
    """Each parameter escaped, joined with `=` and escaped again; lists by their places in brackets."""
    texts: list[str] = []
    for name, value in params:
        name = f"{outer}%5B{_percent(name)}%5D" if outer else _percent(name)
        if isinstance(value, Mapping):
            texts += _joined(value.items(), name)
        else:
            texts.append(_percent(f"{name}={_percent(str(value))}"))
    return texts
