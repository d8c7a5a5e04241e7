"""The store's address in config.yaml: its two forms, and the password in it."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SQLITE = re.compile(r"sqlite:///.+")
_POSTGRESQL = re.compile(r"postgresql\+psycopg://\S+")
_LOGIN = re.compile(r"[a-z+]+://[^:/@]*:(?P<password>.*)@")


def possible(address: str) -> bool:
    """Whether an address has one of the two forms that a store can have."""
    return bool(_SQLITE.fullmatch(address) or _POSTGRESQL.fullmatch(address))


def password(address: str) -> tuple[str, ...]:
    """The password in an address as it is written there and as it is meant; none where there is none."""
    match = _LOGIN.match(address)
    return tuple({match["password"], unquote(match["password"])}) if match else ()
