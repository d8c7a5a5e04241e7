"""Gives rows their person in the order in which they are stored: the end of a run with very many marks.

A batch of keys has its orders all over the table. Writing to each of them batch by batch would write nearly every page
of a large table again for every batch (9 GB for a million orders); one walk in the order of the primary key writes each
page once. Until a row is reached it says that it is nobody's, which `resolving` knows to mean: ask the alias.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from connector.identity.moving import move_rows
from connector.identity.partition import ACCOUNT, EMAIL, email_node
from connector.identity.reading import ALIASES, Claims
from connector.identity.rules import IdentityRules
from connector.model import PERSONAL
from connector.store.tables import key_of

Place = tuple[int, int, str]
"""Where the walk stands: the table's place in `PERSONAL`, and the key of the row it reached (source id, own id)."""

START: Place = (0, 0, "")


def label(connection: Connection, after: Place, *, chunk: int) -> tuple[Place | None, int]:
    """Label the next `chunk` rows behind `after`; answers where it came to (None: the end) and how many got a person.

    A row whose keys have no alias stays nobody's: its address is nobody's own, or it came later and is still marked.
    So does a guest's under a tagged spelling, whose alias is that of another key: `label_tagged` does those.
    """
    at, source_id, own_id = after
    table = str(PERSONAL[at].__tablename__)
    key = f"(source_id, {key_of(PERSONAL[at])[1]})"
    span, values = f"{key} > (:source_id, :own_id)", {"source_id": source_id, "own_id": own_id}
    last = connection.execute(
        text(f"SELECT {key[1:-1]} FROM {table} WHERE {span} ORDER BY {key[1:-1]} LIMIT 1 OFFSET :skip"),
        {**values, "skip": chunk - 1},
    ).first()
    if last is not None:
        span, values = (
            f"{span} AND {key} <= (:last_source, :last_own)",
            {**values, "last_source": last[0], "last_own": last[1]},
        )
    alias = f"SELECT alias.person_id FROM {ALIASES} AS alias WHERE alias.kind"
    person = (
        f"CASE WHEN account_id IS NOT NULL "
        f"THEN ({alias} = '{ACCOUNT}' AND alias.source_id = {table}.source_id AND alias.key = {table}.account_id) "
        f"ELSE ({alias} = '{EMAIL}' AND alias.source_id = 0 AND alias.key = {table}.email_key) END"
    )
    # The plus keeps the index on persons out of it: in there all rows of nobody are one heap.
    labelled = connection.execute(
        text(f"UPDATE {table} SET person_id = {person} WHERE {span} AND +person_id IS NULL AND {person} IS NOT NULL"),
        values,
    ).rowcount
    if last is not None:
        return (at, last[0], last[1]), labelled
    return ((at + 1, 0, "") if at + 1 < len(PERSONAL) else None), labelled


def label_tagged(connection: Connection, keys: Iterable[str], rules: IdentityRules) -> int:
    """Label the guests' rows under these stored keys, which stand for others; answers how many got a person."""
    uses = Claims(connection).of_emails(keys)
    nodes = {
        use: email_node(rules.effective(use.email_key))
        for use in uses
        if use.email_key is not None and use.account_id is None and use.person_id is None
    }
    aliases = Claims(connection).aliases(set(nodes.values()))
    moves = [(use, aliases[node]) for use, node in nodes.items() if node in aliases]
    move_rows(connection, moves)
    return sum(uses[use].rows for use, _ in moves)
