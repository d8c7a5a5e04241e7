"""The store's address in config.yaml: its two forms, and the password in it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_SQLITE = re.compile(r"sqlite:///.+")
_POSTGRESQL = re.compile(r"postgresql\+psycopg://\S+")
_LOGIN = re.compile(r"[a-z+]+://[^:/@]*:(?P<password>.*)@")


def possible(address: str) -> bool:
    """Whether an address has one of the two forms that a store can have."""
    return bool(_SQLITE.fullmatch(address) or _POSTGRESQL.fullmatch(address))


def file(address: str, base: Path) -> Path | None:
    """The database file that an address names, relative to `base`; None for a database server."""
    name = address.removeprefix("sqlite:///")
    return None if name == address else base / Path(name).expanduser()


def password(address: str) -> tuple[str, ...]:
    """The password in an address as it is written there and as it is meant; none where there is none."""
    match = _LOGIN.match(address)
    return tuple({match["password"], unquote(match["password"])}) if match else ()
