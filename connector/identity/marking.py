"""Which keys are to be resolved: those marked by pages, or all of them where the rules changed."""

from __future__ import annotations

from sqlalchemy import Connection, text

from connector.identity.partition import ACCOUNT, EMAIL, Node
from connector.identity.reading import ALIASES, MARKS, TABLES
from connector.identity.rules import IdentityRules
from connector.model import StreamState

STATES = str(StreamState.__tablename__)
_PLACE = {"source_id": 0, "stream": "identity"}
"""Where the fingerprint of the rules that persons were put together by is kept: a stream of no source."""


def rules_used(connection: Connection) -> str | None:
    """The fingerprint of the rules by which persons were last put together; None before the first time."""
    found: str | None = connection.execute(
        text(f"SELECT cursor FROM {STATES} WHERE source_id = :source_id AND stream = :stream"), _PLACE
    ).scalar()
    return found


def rules_unchanged(connection: Connection, rules: IdentityRules) -> bool:
    """Whether persons were last put together by these rules."""
    return rules_used(connection) == rules.fingerprint


def any_marked(connection: Connection) -> bool:
    """Whether any key is waiting to be resolved."""
    return connection.execute(text(f"SELECT 1 FROM {MARKS} LIMIT 1")).first() is not None


def begin(connection: Connection, rules: IdentityRules, *, everything: bool) -> None:
    """Mark every key there is if the rules changed or `everything` is asked; remember the rules.

    From here on an interrupted run is finished by any later one, whether that asks for everything or not.
    """
    unchanged = rules_unchanged(connection, rules)
    if unchanged and not everything:
        return
    for table in TABLES:
        _mark(
            connection, f"SELECT DISTINCT '{ACCOUNT}', source_id, account_id FROM {table} WHERE account_id IS NOT NULL"
        )
        _mark(connection, f"SELECT DISTINCT '{EMAIL}', 0, email_key FROM {table} WHERE email_key IS NOT NULL")
    _mark(connection, f"SELECT kind, source_id, key FROM {ALIASES} WHERE true")
    if not unchanged:
        connection.execute(
            text(
                f"INSERT INTO {STATES} (source_id, stream, cursor) VALUES (:source_id, :stream, :cursor) "
                "ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor"
            ),
            {**_PLACE, "cursor": rules.fingerprint},
        )


def _mark(connection: Connection, keys: str) -> None:
    connection.execute(text(f"INSERT INTO {MARKS} (kind, source_id, key) {keys} ON CONFLICT DO NOTHING"))


def marked(connection: Connection, after: Node | None, limit: int) -> list[Node]:
    """The next marked keys in the order of their primary key, beginning behind `after`."""
    behind = "WHERE (kind, source_id, key) > (:kind, :source_id, :key)" if after else ""
    values = dict(zip(("kind", "source_id", "key"), after, strict=True)) if after else {}
    rows = connection.execute(
        text(f"SELECT kind, source_id, key FROM {MARKS} {behind} ORDER BY kind, source_id, key LIMIT :limit"),
        {**values, "limit": limit},
    )
    return [(kind, source_id, key) for kind, source_id, key in rows]


def tagged_keys(connection: Connection) -> list[str]:
    """Every stored e-mail key with a plus in it, and every such alias.

    Read whole, once for a run, and only where plus tags are merged: they are few, and no index finds the tagged
    spellings of one address under every database's way of sorting text.
    """
    parts = [f"SELECT email_key FROM {table} WHERE email_key LIKE '%+%'" for table in TABLES]
    parts.append(f"SELECT key FROM {ALIASES} WHERE kind = '{EMAIL}' AND key LIKE '%+%'")
    return list(connection.execute(text(" UNION ".join(parts))).scalars())
