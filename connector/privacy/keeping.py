"""Erases by age: what `privacy.keep` says, so that nobody has to think of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, or_, select, union_all

from connector.clock import Clock
from connector.identity import IdentityRules, resolve
from connector.instants import SECOND
from connector.model import PERSONAL
from connector.privacy.erased import STAND_IN
from connector.privacy.forgetting import Known, at_rest, forget_each
from connector.privacy.holdings import Whose, last_sign
from connector.privacy.scrubbing import DOMAIN
from connector.store import Store
from connector.store.tables import table_of

AT_ONCE = 5_000
"""Persons looked up together: every stored record is searched for their addresses, once for all of them."""


def erase_expired(
    store: Store, sources: Mapping[str, Known], *, keep: float, rules: IdentityRules, clock: Clock
) -> int:
    """Erase everybody of whom there was no sign of life for `keep` seconds, and what is nobody's and older.

    A sign of life is an order, a conversation, a cart, an answer or the opening of an account. How many persons were
    erased. Raises `SourceBusy` where there is somebody to erase and a source is being synced just now, `StoreError`.
    """
    before = clock.now() - int(keep * SECOND)
    resolve(store, rules=rules, clock=clock)
    if not _due(store, before):
        return 0
    with at_rest(store):
        resolve(store, rules=rules, clock=clock)
        due = _due(store, before)  # once more: whoever gave a sign of life in the meantime stays
        forget_each(store, due, sources, rules=rules, clock=clock)
    return sum(len(whose.persons) for whose in due)


def _due(store: Store, before: int) -> list[Whose]:
    """Who is to be erased, in portions."""
    with store.read() as connection:
        persons = _expired(connection, before)
        nobodys = _named_nobodys(connection, before)
    due = [Whose(tuple(persons[start : start + AT_ONCE])) for start in range(0, len(persons), AT_ONCE)]
    return [*due, Whose(nobody_before=before)] if nobodys else due


def _expired(connection: Connection, before: int) -> list[int]:
    """Persons whose last sign of life is from before an instant (microseconds UTC) and who still have a name."""
    signs = union_all(
        *(
            select(table.c.person_id, last_sign(table).label("at"), _named(table).label("named"))
            for table in map(table_of, PERSONAL)
        )
    ).subquery()
    query = (
        select(signs.c.person_id)
        .where(signs.c.person_id.is_not(None))
        .group_by(signs.c.person_id)
        .having(func.max(signs.c.at) < before, func.max(signs.c.named) > 0)
        .order_by(signs.c.person_id)
    )
    return list(connection.execute(query).scalars())


def _named_nobodys(connection: Connection, before: int) -> bool:
    """Whether anything old that belongs to no person still names somebody."""
    whose = Whose(nobody_before=before)
    return any(
        connection.execute(select(table.c.source_id).where(whose.rows(table), _named(table) > 0).limit(1)).first()
        for table in map(table_of, PERSONAL)
    )


def _named(table: Table) -> ColumnElement[int]:
    """1 where a row names somebody, else 0."""
    ways = [and_(table.c.person_id.is_not(None), table.c.email_key.not_like(f"%@{DOMAIN}"))]
    ways += [table.c[name].not_like(f"{STAND_IN}%") for name in ("name", "phone") if name in table.c]
    return case((or_(*ways), 1), else_=0)
