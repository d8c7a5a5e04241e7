"""Tells conversations again wherever something changed, a few hundred at a time.

`save_page` marks every conversation whose rows it changes. Each batch of marks is closed over what counts together;
what was told is written and the marks go in one transaction. So a run may die between two batches: the next one finds
the rest still marked. What a conversation comes to depends on the rows as they are, not on the order they came in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from connector.clock import Clock
from connector.conversations import marking
from connector.conversations.families import Families, gather
from connector.conversations.family import Family, Happened, Key, Said
from connector.conversations.marking import MARKS, Premises
from connector.conversations.reading import Rows
from connector.conversations.rules import ServiceRules
from connector.conversations.telling import Told, tell, tell_part
from connector.conversations.writing import clear_marks, write_told
from connector.identity.turns import in_turn
from connector.messages.conversations import texts
from connector.store import Store
from connector.store.touching import put_link_marks

BATCH = 1000  # marked conversations told in one transaction


def tell_conversations(
    store: Store,
    *,
    rules: ServiceRules,
    clock: Clock,
    everything: bool = False,
    batch: int = BATCH,
    progress: Callable[[int], None] = lambda told: None,
) -> int:
    """Bring what conversations come to up to date: those marked, or all where the rules changed or it is asked.

    Answers how many were told; `progress` hears it after each batch. Asking again with nothing marked costs a few
    small reads. Raises `StoreError`.
    """
    with store.read() as connection:
        now = marking.premises(connection, rules)
        if not everything and not marking.anything_left(connection) and marking.unchanged(connection, now):
            return 0
    now = in_turn(store, clock, partial(_begin, rules=rules, everything=everything), marks=MARKS, said=texts)
    total = 0
    last: Key | None = None
    while True:
        step = partial(_batch, now=now, after=last, size=batch)
        last, told = in_turn(store, clock, step, marks=MARKS, said=texts, long_run=True)
        total += told
        progress(total)
        if last is None:
            return total


def _begin(connection: Connection, *, rules: ServiceRules, everything: bool) -> Premises:
    now = marking.premises(connection, rules)
    marking.begin(connection, now, everything=everything)
    return now


def _batch(connection: Connection, *, now: Premises, after: Key | None, size: int) -> tuple[Key | None, int]:
    marked = marking.marked(connection, after, size)
    if not marked:
        return None, 0
    rows = Rows(connection)
    families = gather(rows, marked)
    told = tell_all(rows, families, now)
    write_told(connection, told, families.told.keys())
    put_link_marks(connection, connection.dialect.name, [("conversation", *key) for key in families.members])
    clear_marks(connection, families.keys)
    return (marked[-1] if len(marked) == size else None), len(told)


def tell_all(rows: Rows, families: Families, now: Premises) -> dict[Key, Told]:
    """What each of these conversations comes to."""
    heads = families.heads()
    parts: dict[Key, list[Key]] = {}
    for key, head in heads.items():
        if key != head:
            parts.setdefault(head, []).append(key)
    messages: dict[Key, list[Said]] = {}
    for said in rows.messages(families.members):
        messages.setdefault(heads[said.source_id, said.conversation_id], []).append(said)
    events: dict[Key, list[Happened]] = {}
    for event in rows.events(families.members):
        events.setdefault(heads[event.source_id, event.conversation_id], []).append(event)
    told = {}
    for key, member in families.members.items():
        head, merged = heads[key], families.merged.get(key)
        if head != key:
            told[key] = tell_part(member, head, merged)
            continue
        family = Family(
            member,
            [families.members[part] for part in sorted(parts.get(key, ()))],
            messages.get(key, ()),
            events.get(key, ()),
        )
        clock = now.hours.clock(member.source_id, member.group_name)
        told[key] = tell(family, clock, now.is_bot, names=now.names, merged_into=merged)
    return told
