"""A store whose claims a test writes by hand, with the marks that a saved page would leave."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from connector.identity import IdentityRules, Resolution, resolve
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.identity.naive import Node, Row, Truth

KEYS = {
    "orders": "order_id",
    "customer_accounts": "account_id",
    "conversations": "conversation_id",
    "carts": "cart_id",
    "survey_answers": "answer_id",
}
_MONEY = dict.fromkeys(("total_micros", "tax_micros", "shipping_micros", "discount_micros"), 0)
_REST: dict[str, dict[str, Any]] = {
    "orders": {"status": "completed", "status_raw": "completed", "status_known": True, "countable": True, **_MONEY},
    "customer_accounts": {},
    "conversations": {"channel": "email", "status": "open", "state": "open", "countable": True},
    "carts": {"products": 1, "quantity_micros": 1_000_000, "has_address": True},
    "survey_answers": {"survey": "s", "kind": "relational", "metric": "nps", "scale": "0-10", "superseded": False},
}
_DATED = {"orders", "conversations", "carts"}
_NAMED = {"orders", "customer_accounts", "conversations"}


class World:
    """Rows in a store, and who they are."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock
        self.rows: dict[tuple[str, int, str], Row] = {}

    def empty(self) -> None:
        with self.store.write() as connection:
            for table in (*KEYS, "persons", "person_aliases", "person_changes", "identity_marks", "stream_states"):
                connection.execute(text(f"DELETE FROM {table}"))
        self.rows.clear()

    def order(self, key: str, email: str | None = None, **more: Any) -> None:
        """An order of source 1, unless said otherwise."""
        self.put(Row("orders", more.pop("source", 1), key, more.pop("account", None), email, **more))

    def account(self, key: str, email: str | None = None, source: int = 1) -> None:
        self.put(Row("customer_accounts", source, key, key, email))

    def put(self, row: Row) -> None:
        """Write a row as a saved page would: new claims over old, person kept, keys of both marked."""
        values: dict[str, Any] = {
            "source_id": row.source_id,
            KEYS[row.table]: row.key,
            "account_id": row.account_id,
            "email_key": row.email_key,
            **({"created_at": row.created_at} if row.table in _DATED else {}),
            **({"name": row.name} if row.table in _NAMED else {}),
            **({"number": row.key} if row.table == "orders" else {}),
            **_REST[row.table],
        }
        changed = ", ".join(f"{column} = excluded.{column}" for column in values)
        with self.store.write() as connection:
            self._mark(connection, self.rows.get((row.table, row.source_id, row.key)), row)
            connection.execute(
                text(
                    f"INSERT INTO {row.table} ({', '.join(values)}) VALUES ({', '.join(f':{c}' for c in values)}) "
                    f"ON CONFLICT (source_id, {KEYS[row.table]}) DO UPDATE SET {changed}"
                ),
                values,
            )
        self.rows[row.table, row.source_id, row.key] = row

    def remove(self, table: str, source_id: int, key: str) -> None:
        """A row that is no more, as after a record came to be read in another way."""
        with self.store.write() as connection:
            self._mark(connection, self.rows.pop((table, source_id, key)))
            connection.execute(
                text(f"DELETE FROM {table} WHERE source_id = :source_id AND {KEYS[table]} = :key"),
                {"source_id": source_id, "key": key},
            )

    def _mark(self, connection: Any, *rows: Row | None) -> None:
        marks = set[Node]()
        for row in filter(None, rows):
            if row.account_id is not None:
                marks.add(("account", row.source_id, row.account_id))
            if row.email_key is not None:
                marks.add(("email", 0, row.email_key))
        for kind, source_id, key in marks:
            connection.execute(
                text("INSERT INTO identity_marks (kind, source_id, key) VALUES (:k, :s, :key) ON CONFLICT DO NOTHING"),
                {"k": kind, "s": source_id, "key": key},
            )

    def resolve(self, rules: IdentityRules | None = None, **more: Any) -> Resolution:
        return resolve(self.store, rules=rules or IdentityRules(), clock=self.clock, **more)

    def told(self) -> Truth:
        """Who is who according to the store."""
        with self.store.read() as connection:
            aliases = connection.execute(text("SELECT person_id, kind, source_id, key FROM person_aliases")).all()
            persons = dict(connection.execute(text("SELECT id, conflict FROM persons WHERE merged_into IS NULL")).all())
            rows = {
                (table, source_id, key): person
                for table, column in KEYS.items()
                for source_id, key, person in connection.execute(
                    text(f"SELECT source_id, {column}, person_id FROM {table}")
                )
            }
        nodes: dict[int, set[Node]] = {}
        for person, *node in aliases:
            nodes.setdefault(person, set()).add(tuple(node))  # type: ignore[arg-type]
        assert nodes.keys() <= persons.keys(), "an alias of a person that is not there, or was taken over"
        return Truth(
            frozenset(map(frozenset, nodes.values())),
            frozenset(frozenset(found) for person, found in nodes.items() if persons[person]),
            {row: frozenset(nodes[person]) if person is not None else None for row, person in rows.items()},
        )

    def person(self, table: str, key: str, source: int = 1) -> int | None:
        """The person of a row."""
        with self.store.read() as connection:
            found: int | None = connection.execute(
                text(f"SELECT person_id FROM {table} WHERE source_id = :source AND {KEYS[table]} = :key"),
                {"source": source, "key": key},
            ).scalar_one()
            return found

    def changes(self) -> list[tuple[str, int, int]]:
        """The history of merges and splits."""
        with self.store.read() as connection:
            rows = connection.execute(text("SELECT kind, person_id, other_id FROM person_changes ORDER BY id"))
            return [(kind, person, other) for kind, person, other in rows]

    def marks(self) -> int:
        with self.store.read() as connection:
            return int(connection.execute(text("SELECT count(*) FROM identity_marks")).scalar_one())
