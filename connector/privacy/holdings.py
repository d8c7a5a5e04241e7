"""Everything that is stored of somebody: what rows are theirs, and which stored records these came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, false, func, null, or_, select, true, tuple_

from connector.contract import Record, Stream
from connector.emails import email_key
from connector.model import PERSONAL, Conversation, Order, PersonAlias, RawRecord
from connector.privacy.erased import ACCOUNT, CONVERSATION, EMAIL, NOBODYS, ORDER, Thing
from connector.privacy.scrubbing import addresses_in
from connector.store import Store
from connector.store.raw import decompress
from connector.store.tables import table_of

CHUNK = 200
"""Records read at a time: a record may be large, and somebody's may be many."""

_KINDS = {"orders": ("order_id", ORDER), "conversations": ("conversation_id", CONVERSATION)}
_raw = table_of(RawRecord)


@dataclass(frozen=True)
class Whose:
    """Whom rows belong to: some persons; or nobody, where they are from before an instant (microseconds UTC)."""

    persons: tuple[int, ...] = ()
    nobody_before: int | None = None

    def rows(self, table: Table) -> ColumnElement[bool]:
        """The rows of a table that are theirs, bear an address of theirs, or are of their orders and conversations.

        Two accounts of one source may use one address; then it is the one's, and yet the other's rows name it too.
        """
        if "person_id" in table.c:
            if self.nobody_before is not None:
                return and_(table.c.person_id.is_(None), last_sign(table) < self.nobody_before)
            alias = table_of(PersonAlias)
            own = select(alias.c.key).where(alias.c.person_id.in_(self.persons), alias.c.kind == EMAIL)
            return or_(table.c.person_id.in_(self.persons), table.c.email_key.in_(own))
        for model, column in ((Order, "order_id"), (Conversation, "conversation_id")):
            if column in table.c:
                parent = table_of(model)
                # Not correlated, so that it is looked up once and not for every row of the table.
                theirs = select(parent.c.source_id, parent.c[column]).where(self.rows(parent)).correlate(None)
                return tuple_(table.c.source_id, table.c[column]).in_(theirs)
        return false()


def last_sign(table: Table) -> ColumnElement[Any]:
    """When a row last told of its person, microseconds UTC; null where it does not say."""
    names = ("answered_at", "offered_at", "updated_at", "created_at", "registered_at")
    return func.coalesce(*(table.c[name] for name in names if name in table.c), null())


@dataclass(frozen=True)
class Holdings:
    """What is somebody's. `texts` are their addresses, names and phone numbers as they are written somewhere."""

    whose: Whose
    things: frozenset[Thing]
    texts: frozenset[str]
    rows: int

    @property
    def email_keys(self) -> frozenset[str]:
        """The keys of their addresses."""
        return frozenset(key for kind, _, key in self.things if kind == EMAIL)


def holdings_of(connection: Connection, whose: Whose) -> Holdings:
    """What is stored of somebody."""
    things: set[Thing] = set()
    written: set[str] = set()
    count = 0
    for model in PERSONAL:
        table = table_of(model)
        for row in connection.execute(select(table).where(whose.rows(table))).mappings():
            count += 1
            things |= _nobodys(table, dict(row)) if whose.nobody_before is not None else _things(table, dict(row))
            written |= {text for name in ("email", "email_key", "name", "phone") if (text := row.get(name))}
    return Holdings(whose, frozenset(things), frozenset(written), count)


def _things(table: Table, row: dict[str, Any]) -> set[Thing]:
    found: set[Thing] = set()
    if row.get("email_key"):
        found.add((EMAIL, 0, row["email_key"]))
    if row.get("account_id"):
        found.add((ACCOUNT, row["source_id"], row["account_id"]))
    if table.name in _KINDS:
        column, kind = _KINDS[table.name]
        found.add((kind, row["source_id"], row[column]))
    return found


def _nobodys(table: Table, row: dict[str, Any]) -> set[Thing]:
    """Their addresses are many people's, so only the rows themselves are named."""
    if table.name not in _KINDS:
        return set()
    column, kind = _KINDS[table.name]
    return {(NOBODYS[kind], row["source_id"], row[column])}


def records_of(store: Store, source_id: int, stream: Stream, held: Holdings) -> Iterator[list[Record]]:
    """The stored records of a stream that are a person's, in chunks: those that their rows came from, and those with
    one of their addresses, which need not have become rows. Each chunk is read when it is asked for.
    """
    with store.read() as connection:
        ids = sorted(_owners(connection, source_id, stream, held) | _naming(connection, source_id, stream, held))
    for start in range(0, len(ids), CHUNK):
        with store.read() as connection:
            chunk = list(_stored(connection, source_id, stream, _raw.c.record_id.in_(ids[start : start + CHUNK])))
        yield chunk


def _stored(connection: Connection, source_id: int, stream: Stream, which: ColumnElement[bool]) -> Iterator[Record]:
    query = select(_raw).where(
        _raw.c.source_id == source_id, _raw.c.stream == stream.name, which, _raw.c.payload.is_not(None)
    )
    for row in connection.execution_options(yield_per=CHUNK).execute(query):
        payload = decompress(row.payload, stream.dictionary, row.dictionary)
        yield Record(row.record_id, payload, row.read_at, row.updated_at, row.stamp, row.locator)


def _owners(connection: Connection, source_id: int, stream: Stream, held: Holdings) -> set[str]:
    found: set[str] = set()
    for feed in stream.feeds:
        table = table_of(feed.table)
        mine = select(table.c[feed.owner]).where(table.c.source_id == source_id, held.whose.rows(table))
        found |= set(connection.execute(mine).scalars())
    return found


def _naming(connection: Connection, source_id: int, stream: Stream, held: Holdings) -> set[str]:
    keys = held.email_keys
    if not stream.personal.emails or not keys:
        return set()
    found: set[str] = set()
    for record in _stored(connection, source_id, stream, true()):
        if not keys.isdisjoint(map(email_key, addresses_in(record, stream.personal))):
            found.add(record.id)
    return found
