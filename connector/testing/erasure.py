"""What must be true after persons were erased: nothing names them any more, and all else is as it was."""

from __future__ import annotations

import re
from itertools import chain, product
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from connector import catalog
from connector.model import PERSONAL
from connector.privacy.holdings import Holdings, records_of
from connector.store.raw import iterate
from connector.store.tables import table_of
from connector.testing.world import World

SOME = 4
"""Persons that are erased in a test."""

_PERSONAL_COLUMNS = frozenset({"email", "email_key", "name", "phone", "subject", "comment", "body", "reason"})
_OURS = frozenset({"raw_records", "runs", "stream_states", "sources", "persons", "person_aliases", "person_changes"})
_HASHED = frozenset({"erasures", "erasure_keys"})


def erasable(there: World) -> list[int]:
    """A few persons with an address, spread over all there are."""
    found: dict[str, int] = {}
    with there.store.read() as connection:
        for model in PERSONAL:
            table = table_of(model)
            query = sa.select(table.c.email_key, table.c.person_id).where(
                table.c.person_id.is_not(None), table.c.email_key.is_not(None)
            )
            found |= {row[0]: row[1] for row in connection.execute(query)}
    persons = list(dict.fromkeys(found[key] for key in sorted(found)))
    return persons[:: max(1, len(persons) // SOME)][:SOME]


def told_without_names(there: World) -> dict[str, list[Any]]:
    """Every row without what is personal in it; `person_id` says whose it is."""
    with there.store.read() as connection:
        return {
            name: sorted(
                (
                    {column: value for column, value in row.items() if column not in _PERSONAL_COLUMNS}
                    for row in connection.execute(sa.select(table)).mappings()
                ),
                key=repr,
            )
            for name, table in SQLModel.metadata.tables.items()
            if name not in _OURS | _HASHED
        }


def traces(there: World, held: Holdings) -> list[str]:
    """Where a person is still named: addresses anywhere; names and numbers, which others share, in what was theirs."""
    texts = {text for text in held.texts if "@" in text}
    # As a whole: one address may end like another.
    whole = {text: re.compile(rf"(?<![\w.+-]){re.escape(text)}(?!\w)") for text in texts}
    found = [
        f"{place}: {text}"
        for place, content in _everywhere(there)
        for text in texts
        if text in content and whole[text].search(content)
    ]
    # A record may hold the parts of a name apart.
    names = {part for name in held.texts - texts for part in (name, *(f'"{word}"' for word in name.split()))}
    adapter, transport = there.build()
    transport.close()
    with there.store.read() as connection:
        sources = connection.execute(sa.select(SQLModel.metadata.tables["sources"].c.id)).scalars().all()
    for source_id, stream in product(sources, adapter.streams):
        for record in chain.from_iterable(records_of(there.store, source_id, stream, held)):
            content = record.payload.decode()
            found += [f"{stream.name} {record.id}: {name}" for name in names if name in content]
    return found


def _everywhere(there: World) -> list[tuple[str, str]]:
    """The text of every table and of every stored record."""
    kind = catalog.adapter(there.adapter_name)
    pieces: list[tuple[str, str]] = []
    with there.store.read() as connection:
        for name, table in SQLModel.metadata.tables.items():
            if name != "raw_records":
                pieces.append((name, repr(connection.execute(sa.select(table)).all())))
        sources = connection.execute(sa.select(SQLModel.metadata.tables["sources"].c.id)).scalars().all()
    for source_id in sources:
        for stream in kind.streams:
            for record in iterate(there.store, source_id, stream):
                pieces.append((f"{stream.name} {record.id}", record.payload.decode()))
    return pieces
