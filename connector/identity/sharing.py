"""Which addresses are used with too many billing names to be one person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from connector.identity.reading import ORDERS, bound, by_index, pieces, within
from connector.identity.rules import IdentityRules

SAMPLE = 1000  # orders whose names are read first; an address shared by many shows it long before


def shared_addresses(connection: Connection, spellings: Mapping[str, Sequence[str]], rules: IdentityRules) -> set[str]:
    """Those of the addresses that are shared. `spellings` gives the stored keys of each effective key.

    Counts by index first: an address with no more orders than names allowed cannot be shared, and that is nearly
    every one. Names of the rest are read; of addresses with very many orders only as many as it takes.
    """
    orders = _counts(connection, [key for keys in spellings.values() for key in keys])
    shared: set[str] = set()
    few: dict[str, str] = {}  # stored key -> effective key
    for address, keys in spellings.items():
        total = sum(orders.get(key, 0) for key in keys)
        if total <= rules.shared_names:
            continue
        if total <= SAMPLE:
            few.update((key, address) for key in keys)
        elif _many_names(connection, keys, total, rules):
            shared.add(address)
    names: dict[str, set[str]] = {}
    for key, name in _names(connection, list(few)):
        names.setdefault(few[key], set()).add(name)
    shared.update(address for address, found in names.items() if rules.shared(found))
    return shared


def _counts(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    statement = text(
        f"SELECT email_key, count(*) FROM {_orders(connection)} "
        f"WHERE {within(connection, 'email_key')} GROUP BY email_key"
    )
    for piece in pieces(keys):
        rows = connection.execute(statement, {"keys": bound(connection, piece)})
        counts.update((key, count) for key, count in rows.all())
    return counts


def _names(connection: Connection, keys: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    statement = text(
        f"SELECT DISTINCT email_key, name FROM {_orders(connection)} "
        f"WHERE {within(connection, 'email_key')} AND name IS NOT NULL"
    )
    for piece in pieces(keys):
        rows = connection.execute(statement, {"keys": bound(connection, piece)})
        found.extend((key, name) for key, name in rows.all())
    return found


def _many_names(connection: Connection, keys: Sequence[str], total: int, rules: IdentityRules) -> bool:
    statement = text(
        f"SELECT DISTINCT name FROM (SELECT name FROM {_orders(connection)} "
        f"WHERE {within(connection, 'email_key')} AND name IS NOT NULL LIMIT :sample) AS sampled"
    )
    sample = SAMPLE
    while True:
        found = connection.execute(statement, {"keys": bound(connection, keys), "sample": sample}).scalars()
        if rules.shared(found):
            return True
        if sample >= total:
            return False
        sample *= 10


def _orders(connection: Connection) -> str:
    return by_index(connection, ORDERS, "email_key")
