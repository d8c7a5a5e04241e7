"""Finds a person by e-mail or by an id from yesterday."""

from __future__ import annotations

from sqlalchemy import Connection, text

from connector.emails import email_key
from connector.identity.marking import RULES, remembered
from connector.identity.partition import EMAIL
from connector.identity.reading import ALIASES
from connector.identity.rules import without_plus_tag
from connector.store import Store


def person_of_email(store: Store, email: str) -> int | None:
    """The person an address belongs to, as of the last `resolve`; None where it is nobody's or not known.

    The address may be written in any way; plus tags are merged if persons were put together so.
    """
    key = email_key(email)
    if key is None:
        return None
    with store.read() as connection:
        if (remembered(connection, RULES) or "").startswith("merge-"):
            key = without_plus_tag(key)
        person = connection.execute(
            text(f"SELECT person_id FROM {ALIASES} WHERE kind = :kind AND source_id = 0 AND key = :key"),
            {"kind": EMAIL, "key": key},
        ).scalar()
        return _current(connection, person) if person is not None else None


def current_person(store: Store, person_id: int) -> int | None:
    """The person that an id stands for today: itself, or the one that took it over. None for an id never given out."""
    with store.read() as connection:
        return _current(connection, person_id)


def _current(connection: Connection, person_id: int) -> int | None:
    # A person is only ever taken over by one with a lower id, so this ends.
    statement = text("SELECT merged_into FROM persons WHERE id = :person_id")
    while True:
        found = connection.execute(statement, {"person_id": person_id}).first()
        if found is None:
            return None
        if found[0] is None:
            return person_id
        person_id = found[0]
