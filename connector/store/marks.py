"""Identity marks: which accounts and e-mail keys have claims that changed since persons were last put together.

A mark is written in the transaction that changes the claim, so it can neither be lost nor come too early. Whoever puts
persons together removes it in the transaction that reads the claims, and keeps writers of marks out meanwhile. The
first time every claim there is is looked at, so pages mark nothing before.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlmodel import SQLModel

from connector.model import IdentityMark
from connector.store.statements import upsert
from connector.store.tables import table_of

PERSONS = "identity"
"""What stands among the streams, as a stream of no source, once persons were put together."""

Mark = tuple[str, int, str]
"""("account", source_id, account_id) or ("email", 0, email_key)."""
Claims = tuple[str | None, ...]
"""What a row says about its person: account id, e-mail key, name (shared addresses are told by names), phone number
and the country it is read by.
"""

CLAIMS = ("account_id", "email_key", "name", "phone", "country")
"""The columns that make a row's claims, where its table has them."""

_COLUMNS = ("kind", "source_id", "key")


def claims_sql(model: type[SQLModel]) -> str:
    """The columns with a row's claims, as a part of a SELECT."""
    columns = table_of(model).columns
    return ", ".join(name if name in columns else "NULL" for name in CLAIMS)


def touched(source_id: int, *claims: Claims | None) -> Iterable[Mark]:
    """The marks of the given claims; None says nothing."""
    for claim in claims:
        if claim is None:
            continue
        account_id, email_key, *_ = claim
        if account_id is not None:
            yield "account", source_id, account_id
        if email_key is not None:
            yield "email", 0, email_key


def expected(connection: Connection, dialect: str) -> bool:
    """Whether changed claims are to be marked in this transaction: persons were put together before.

    On PostgreSQL whoever is about to do that for the first time is kept out until this transaction ends, so that its
    rows are seen then.
    """
    cursor = connection.connection.cursor()  # the driver's own: every page of orders asks
    try:
        if dialect == "postgresql":
            cursor.execute("LOCK TABLE identity_marks IN ROW EXCLUSIVE MODE")
        cursor.execute(f"SELECT 1 FROM stream_states WHERE source_id = 0 AND stream = '{PERSONS}'")
        return cursor.fetchone() is not None
    finally:
        cursor.close()


def put_marks(connection: Connection, dialect: str, marks: Iterable[Mark]) -> None:
    """Write marks. In one order always, so that two writers on PostgreSQL never wait for each other."""
    upsert(dialect, IdentityMark, _COLUMNS).send(connection, sorted(set(marks)))
