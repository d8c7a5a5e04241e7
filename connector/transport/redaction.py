"""Keeps secrets and personal data out of whatever is shown: messages, log lines, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, urljoin, urlsplit

HIDDEN = "***"
_EMAIL = re.compile(r"[^\s/?#&=:;,<>\"']+(?:@|%40)[^\s/?#&=:;,<>\"']+", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")


class Redactor:
    """Replaces given secrets, as they are and as they stand in addresses, and anything that looks like an e-mail."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        # The longest first, so that a secret that begins with another one is hidden whole.
        ordered = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        """The text with secrets and e-mail addresses hidden."""
        if self._secrets:
            text = self._secrets.sub(HIDDEN, text)
        return _EMAIL.sub(HIDDEN, text)

    def address(self, url: str) -> str:
        """Scheme, host, port and path of a URL: no query, no fragment, no user name or password."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return HIDDEN
        host = parts.netloc.rpartition("@")[2]
        bare = f"{parts.scheme}://{host}{parts.path}" if host else parts.path
        return self("".join(character for character in bare if character.isprintable()))

    def joined(self, base: str, reference: str) -> str:
        """The address that `reference` means as seen from `base`, as by `address`."""
        try:
            return self.address(urljoin(base, reference))
        except ValueError:
            return HIDDEN

    def code(self, value: object) -> str | None:
        """A short machine-readable error code that is safe to show; None for words, secrets and everything else."""
        text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        return text if _CODE.fullmatch(text) and self(text) == text else None


def _forms(secret: str) -> tuple[str, ...]:
    """A secret as it is, and as it stands in the path and in the query of an address."""
    return secret, quote(secret), quote(secret, safe=""), quote_plus(secret)
