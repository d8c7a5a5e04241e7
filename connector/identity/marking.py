"""Which keys are to be resolved: those marked by pages, or all of them where the rules changed."""

from __future__ import annotations

from sqlalchemy import Connection, text

from connector.identity.partition import ACCOUNT, EMAIL, Node
from connector.identity.phones import forget_all
from connector.identity.reading import ALIASES, MARKS, TABLES
from connector.identity.rules import IdentityRules
from connector.model import StreamState
from connector.store.marks import PERSONS

STATES = str(StreamState.__tablename__)

# What identity remembers between runs stands among the streams, as streams of no source.
RULES = PERSONS  # the fingerprint of the rules by which persons were last put together
UNLABELLED = "identity-rows"  # set while rows may lack the person that their alias names (`labelling`)


def remembered(connection: Connection, name: str) -> str | None:
    """What stands under `name`; None where nothing does."""
    found: str | None = connection.execute(
        text(f"SELECT cursor FROM {STATES} WHERE source_id = 0 AND stream = :name"), {"name": name}
    ).scalar()
    return found


def remember(connection: Connection, name: str, value: str | None) -> None:
    """Put `value` under `name`."""
    connection.execute(
        text(
            f"INSERT INTO {STATES} (source_id, stream, cursor) VALUES (0, :name, :value) "
            "ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor"
        ),
        {"name": name, "value": value},
    )


def rules_unchanged(connection: Connection, rules: IdentityRules) -> bool:
    """Whether persons were last put together by these rules."""
    return remembered(connection, RULES) == rules.fingerprint


def anything_left(connection: Connection) -> bool:
    """Whether any key is waiting to be resolved, or any row for its person."""
    marked = connection.execute(text(f"SELECT 1 FROM {MARKS} LIMIT 1")).first()
    return marked is not None or remembered(connection, UNLABELLED) is not None


def begin(connection: Connection, rules: IdentityRules, *, everything: bool, bulk: int) -> bool:
    """Mark every key there is if the rules changed or `everything` is asked; remember the rules.

    Answers whether rows get their person at the end: from `bulk` marks on, or where an earlier run did not come so
    far. From here on an interrupted run is finished by any later one, whether that asks for everything or not.
    """
    if everything or not rules_unchanged(connection, rules):
        forget_all(connection)
        _mark_everything(connection)
        remember(connection, RULES, rules.fingerprint)
    some = text(f"SELECT count(*) FROM (SELECT 1 FROM {MARKS} LIMIT :bulk) AS some_marks")
    if connection.execute(some, {"bulk": bulk}).scalar_one() >= bulk:
        remember(connection, UNLABELLED, "yes")
    return remembered(connection, UNLABELLED) is not None


def _mark_everything(connection: Connection) -> None:
    for table in TABLES:
        _mark(
            connection, f"SELECT DISTINCT '{ACCOUNT}', source_id, account_id FROM {table} WHERE account_id IS NOT NULL"
        )
        _mark(connection, f"SELECT DISTINCT '{EMAIL}', 0, email_key FROM {table} WHERE email_key IS NOT NULL")
    _mark(connection, f"SELECT kind, source_id, key FROM {ALIASES} WHERE true")


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
