"""Where a request goes: always to the source's own origin, since the key goes with it."""

from __future__ import annotations

from urllib.parse import urlsplit

from requests import PreparedRequest, RequestException

from connector.errors import AccessRefused, SettingsError
from connector.messages.transport import texts
from connector.transport.redaction import Redactor

_PORTS = {"http": 80, "https": 443}


class Home:
    """The origin (scheme, host, port) and base path that every request of a source stays in.

    A source of files has an address that begins with `file:`; no request has a way to it.

    Raises `SettingsError` where the address cannot be one.
    """

    def __init__(self, base_url: str, redactor: Redactor) -> None:
        self.local = base_url.startswith("file:")
        normal = base_url if self.local else _normal(base_url)
        if normal is None:
            raise SettingsError(texts("bad_address", url=redactor.address(base_url)), texts("bad_address_advice"))
        self.url = normal
        self.shown = redactor.address(normal)
        self._origin = _origin(normal)
        self._redactor = redactor

    def resolve(self, path: str) -> str:
        """The address of a request: `path` behind the base address, or a full address of the same origin.

        A full address is what APIs give as the link to the next page. One of another origin raises `AccessRefused`:
        the key would travel with it, and it shows that the source knows itself under another name.
        """
        if not path.lower().startswith(("http://", "https://")):
            return f"{self.url.rstrip('/')}/{path.lstrip('/')}" if path else self.url
        target = _normal(path)
        if target is None or _origin(target) != self._origin:
            raise AccessRefused(
                texts("other_origin", url=self.shown, target=self._redactor.address(path)), texts("exact_address")
            )
        return target


def _normal(url: str) -> str | None:
    """The address as it would be sent: host in ASCII, signs escaped, no user name; None where it is no address.

    The sending library does it, since two parsers may disagree about where a host name ends.
    """
    prepared = PreparedRequest()
    try:
        prepared.prepare_url(url, None)
        parts = urlsplit(prepared.url or "")
    except (RequestException, ValueError):
        return None
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, fragment="").geturl() if parts.scheme in _PORTS and host else None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
