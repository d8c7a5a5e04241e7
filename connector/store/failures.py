"""Where the database's errors become sentences.

Every statement on the store runs inside `border`. Errors that the owner can act on (a full disk, a lock, a wrong
password) become `StoreError`; what can only be a mistake of this program (bad SQL, a broken constraint) goes through
as it is and ends as a fault of ours. Drivers' own texts are never shown: they may quote values and addresses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from connector.errors import StoreError
from connector.messages.store import texts

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_PERM: "unwritable",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "unwritable",
    sqlite3.SQLITE_IOERR: "io",
    sqlite3.SQLITE_CORRUPT: "junk",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CANTOPEN: "unwritable",
    sqlite3.SQLITE_NOLFS: "full",
    sqlite3.SQLITE_AUTH: "unwritable",
    sqlite3.SQLITE_FORMAT: "junk",
    sqlite3.SQLITE_NOTADB: "junk",
}

# SQLSTATE, whole or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATE = {
    "08": "pg_lost",
    "25006": "unwritable",
    "28": "pg_login",
    "3D": "pg_no_database",
    "3F": "pg_rights",  # no schema that the user may use
    "42501": "pg_rights",
    "40P01": "locked",
    "53100": "full",
    "53300": "pg_connections",
    "55P03": "locked",
    "57P": "pg_lost",
    "58": "io",
}

# A refused connection carries no SQLSTATE, only the server's words.
_CONNECTING = (
    ("password", "pg_login"),
    ("authentication", "pg_login"),
    ("role ", "pg_login"),
    ("pg_hba.conf", "pg_login"),
    ("database ", "pg_no_database"),
    ("too many", "pg_connections"),
    ("remaining connection slots", "pg_connections"),
)


def explained(error: BaseException, name: str) -> StoreError | None:
    """What `error` means for the store called `name`; None where it is a mistake of this program."""
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    key = None
    if isinstance(cause, sqlite3.Error):
        key = _sqlite_key(cause)
    elif cause is not None and type(cause).__module__.startswith("psycopg"):
        key = _postgresql_key(cause)
    return StoreError(texts(key, name=name), texts(f"{key}_advice")) if key else None


def _sqlite_key(cause: sqlite3.Error) -> str | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_ERROR and "malformed" in str(cause):
        return "junk"
    return _SQLITE.get(code & 0xFF)


def _postgresql_key(cause: BaseException) -> str | None:
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((_SQLSTATE[state[:size]] for size in (5, 3, 2) if state[:size] in _SQLSTATE), None)
    if type(cause).__name__ not in {"OperationalError", "ConnectionTimeout", "InterfaceError"}:
        return None
    said = str(cause)
    if "FATAL" in said:
        return next((key for word, key in _CONNECTING if word in said), "pg_unreachable")
    if "connection failed" in said or "could not" in said or "timeout" in said or "resolve" in said:
        return "pg_unreachable"
    return "pg_lost"


@contextmanager
def border(name: str) -> Iterator[None]:
    """Turn the database's errors inside into `StoreError` about the store called `name`."""
    try:
        yield
    except Exception as error:
        told = explained(error, name)
        if told is None:
            raise
        raise told from error
