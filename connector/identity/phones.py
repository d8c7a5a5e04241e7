"""Joining by phone numbers (`identity.phone`): whose number it is, and who else has it.

A number counts in its E.164 form; one without a country code is read by the country of its own row. It belongs to the
account of the row, else to its e-mail. A number of more than `identity.shared_names` accounts and addresses is nobody's
own (a shop's hotline, a marketplace's) and joins no one. What belongs to whom is kept in a table of its own, since
numbers are typed in many ways and no index on the rows finds the others of one number; it is emptied where phones do
not join.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from sqlalchemy import Connection, text

from connector.identity.partition import ACCOUNT, EMAIL, Node, account_node
from connector.identity.reading import ALIASES, TABLES, bound, by_index, by_source, pieces, within
from connector.model import PersonPhone
from connector.store.statements import delete, upsert

PHONES = str(PersonPhone.__tablename__)
_COLUMNS = ("kind", "source_id", "key", "phone_key")
_WITH_PHONE = tuple(name for name, table in TABLES.items() if "phone" in table.columns)

_ERASED = "·"
"""What stands for the numbers of an erased person begins with this; `refresh` leaves it."""

Numbers = dict[Node, set[str]]


@lru_cache(maxsize=1 << 14)
def e164(number: str, country: str | None) -> str | None:
    """The number as +49301234567; None where it is none, or could be one of several countries."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def forget_all(connection: Connection) -> None:
    """Empty the table: it is filled again as keys are resolved, where phones join. Erased persons stay joined."""
    connection.execute(text(f"DELETE FROM {PHONES} WHERE phone_key NOT LIKE '{_ERASED}%'"))


def keep_together(connection: Connection, persons: Iterable[int], renamed: Callable[[str], str]) -> None:
    """Hold together what phone numbers joined, when the numbers of these persons are erased.

    `renamed` gives the e-mail key that will stand for another. Called before the rows lose their numbers.
    """
    statement = text(
        f"SELECT person_id, kind, source_id, key FROM {ALIASES} WHERE {within(connection, 'person_id', 'bigint')}"
    )
    rows = []
    for piece in pieces(persons):
        for person, kind, source_id, key in connection.execute(statement, {"keys": bound(connection, piece)}).all():
            rows.append((kind, source_id, renamed(key) if kind == EMAIL else key, f"{_ERASED}{person}"))
    upsert(connection.dialect.name, PersonPhone, _COLUMNS).send(connection, rows)


def refresh(
    connection: Connection, spelt: Mapping[Node, Iterable[str]], nobodys: Iterable[Node], limit: int
) -> set[str]:
    """Bring the numbers of nodes up to date; answers those through which others must be looked at.

    `spelt` gives the stored keys of each e-mail node, and nothing for accounts; the nodes of `nobodys` own no number.
    Others are looked at through the numbers that these nodes have now, as far as they join, and through those that
    joined until now or join from now on.
    """
    now = _of_rows(connection, spelt)
    before = numbers_of(connection, [*spelt, *nobodys])
    added = [(*node, phone) for node, phones in now.items() for phone in phones - before.get(node, set())]
    dropped = [
        (*node, phone)
        for node, phones in before.items()
        for phone in phones - now.get(node, set())
        if not phone.startswith(_ERASED)
    ]
    changed = {row[3] for row in (*added, *dropped)}
    joined = _joining(connection, changed, limit)
    dialect = connection.dialect.name
    upsert(dialect, PersonPhone, _COLUMNS).send(connection, added)
    delete(dialect, PersonPhone, _COLUMNS).send(connection, dropped)
    present = changed.union(*now.values(), *before.values())
    return joined | _joining(connection, present, limit)


def numbers_of(connection: Connection, nodes: Iterable[Node]) -> Numbers:
    """The numbers of these nodes as they are kept."""
    listed = list(nodes)
    emails = [key for kind, _, key in listed if kind == EMAIL]
    accounts = by_source(node for node in listed if node[0] == ACCOUNT)
    found: Numbers = {}
    statement = text(
        f"SELECT kind, source_id, key, phone_key FROM {PHONES} "
        f"WHERE kind = :kind AND source_id = :source_id AND {within(connection, 'key')}"
    )
    for kind, source_id, keys in (*((ACCOUNT, number, ids) for number, ids in accounts.items()), (EMAIL, 0, emails)):
        for piece in pieces(keys):
            values = {"kind": kind, "source_id": source_id, "keys": bound(connection, piece)}
            for *node, phone in connection.execute(statement, values).all():
                found.setdefault((node[0], node[1], node[2]), set()).add(phone)
    return found


def owners_of(connection: Connection, phones: Iterable[str]) -> dict[str, list[Node]]:
    """The nodes that have these numbers."""
    found: dict[str, list[Node]] = {}
    statement = text(
        f"SELECT phone_key, kind, source_id, key FROM {PHONES} WHERE {within(connection, 'phone_key')} "
        "ORDER BY phone_key, kind, source_id, key"
    )
    for piece in pieces(phones):
        for phone, *node in connection.execute(statement, {"keys": bound(connection, piece)}).all():
            found.setdefault(phone, []).append((node[0], node[1], node[2]))
    return found


def bridges(connection: Connection, nodes: Iterable[Node], limit: int) -> Iterator[tuple[Node, Node]]:
    """Pairs of these nodes that share a number which is somebody's own."""
    inside = set(nodes)
    phones = {phone for held in numbers_of(connection, inside).values() for phone in held}
    for phone, owners in owners_of(connection, phones).items():
        if len(owners) <= limit or phone.startswith(_ERASED):
            known = [node for node in owners if node in inside]
            yield from itertools.pairwise(known)


def _of_rows(connection: Connection, spelt: Mapping[Node, Iterable[str]]) -> Numbers:
    """The numbers that the rows themselves say."""
    found: Numbers = {}
    accounts = by_source(node for node in spelt if node[0] == ACCOUNT)
    emails = {key: node for node, keys in spelt.items() if node[0] == EMAIL for key in keys}
    for name in _WITH_PHONE:
        country = "country" if "country" in TABLES[name].columns else "NULL"
        by_account = by_index(connection, name, "source_id", "account_id")
        statement = text(
            f"SELECT DISTINCT account_id, phone, {country} FROM {by_account} "
            f"WHERE source_id = :source_id AND {within(connection, 'account_id')} AND phone IS NOT NULL"
        )
        for source_id, ids in accounts.items():
            for piece in pieces(ids):
                values = {"source_id": source_id, "keys": bound(connection, piece)}
                for account, number, land in connection.execute(statement, values).all():
                    _note(found, account_node(source_id, account), number, land)
        statement = text(
            f"SELECT DISTINCT email_key, phone, {country} FROM {by_index(connection, name, 'email_key')} "
            f"WHERE {within(connection, 'email_key')} AND account_id IS NULL AND phone IS NOT NULL"
        )
        for piece in pieces(emails):
            for key, number, land in connection.execute(statement, {"keys": bound(connection, piece)}).all():
                _note(found, emails[key], number, land)
    return found


def _note(found: Numbers, node: Node, number: str, country: str | None) -> None:
    phone = e164(number, country)
    if phone is not None:
        found.setdefault(node, set()).add(phone)


def _joining(connection: Connection, phones: Iterable[str], limit: int) -> set[str]:
    """Those of the numbers that are somebody's own."""
    statement = text(
        f"SELECT phone_key, count(*) FROM {PHONES} WHERE {within(connection, 'phone_key')} GROUP BY phone_key"
    )
    return {
        phone
        for piece in pieces(phones)
        for phone, count in connection.execute(statement, {"keys": bound(connection, piece)}).all()
        if count <= limit or phone.startswith(_ERASED)
    }
