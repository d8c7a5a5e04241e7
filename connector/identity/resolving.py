"""Puts persons together again wherever claims changed, a few thousand marked keys at a time.

`save_page` marks every key whose claims it changes. Each batch of marks is closed over rows, aliases and earlier
persons; the closure is partitioned, ids are carried on, rows get their person and the marks go, in one transaction.
So a run may die between two batches: the next one finds the rest still marked. Since a closure holds every claim of
its keys, the outcome depends on the claims as they are, not on the order in which they came or were resolved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from connector.clock import Clock
from connector.identity import marking
from connector.identity.closure import Closure, Spellings, close_over
from connector.identity.firsts import first_by_number
from connector.identity.labelling import START, Place, label, label_tagged
from connector.identity.moving import move_rows
from connector.identity.partition import Claim, Node, account_node, email_node, partition
from connector.identity.reading import ACCOUNTS, Claims, Use, pieces
from connector.identity.relinking import mark_all_links
from connector.identity.rules import IdentityRules
from connector.identity.succession import Trace, succeed
from connector.identity.turns import in_turn
from connector.identity.writing import clear_marks, write_aliases, write_persons
from connector.store import Store

BATCH = 2000  # marked keys resolved in one transaction; what hangs together with them is held in memory
BULK = 20_000  # marked keys from which on rows get their person at the end


@dataclass(frozen=True)
class Resolution:
    """What putting persons together came to."""

    persons: int = 0  # persons that were looked at; one may be counted again in a later batch
    merged: int = 0  # persons taken over by an older one
    split: int = 0  # parts that left a person
    changed_rows: int = 0  # orders, accounts, conversations, carts and answers whose person changed

    def __add__(self, other: Resolution) -> Resolution:
        return Resolution(
            self.persons + other.persons,
            self.merged + other.merged,
            self.split + other.split,
            self.changed_rows + other.changed_rows,
        )


def resolve(
    store: Store,
    *,
    rules: IdentityRules,
    clock: Clock,
    everything: bool = False,
    batch: int = BATCH,
    bulk: int = BULK,
    progress: Callable[[int], None] = lambda persons: None,
) -> Resolution:
    """Bring persons up to date with the claims: those marked, or all where the rules changed or `everything` is asked.

    The partition is a function of the present claims and the rules alone; claims of rows that are gone count, so that
    figures on the past do not jump. Asking again with nothing marked costs two small reads. From `bulk` marks on rows
    get their person at the end, in one walk over the tables. `progress` hears after each batch how many persons were
    looked at. Raises `StoreError`.
    """
    with store.read() as connection:
        if not (everything or marking.anything_left(connection)) and marking.rules_unchanged(connection, rules):
            return Resolution()
    late = in_turn(store, clock, partial(marking.begin, rules=rules, everything=everything, bulk=bulk))
    with store.read() as connection:
        spellings = Spellings(rules, marking.tagged_keys(connection) if rules.merges_plus_tags else ())

    total = Resolution()
    last: Node | None = None
    while True:
        step = partial(_batch, spellings=spellings, clock=clock, after=last, size=batch, late=late)
        last, outcome = in_turn(store, clock, step, long_run=late)
        total += outcome
        progress(total.persons)
        if last is None:
            break
    # A row costs a fraction of what a key does.
    return total + _label(store, clock, spellings, 4 * batch) if late else total


def _batch(
    connection: Connection, *, spellings: Spellings, clock: Clock, after: Node | None, size: int, late: bool
) -> tuple[Node | None, Resolution]:
    marked = marking.marked(connection, after, size)
    if not marked:
        return None, Resolution()
    claims = Claims(connection)
    closure = close_over(claims, marked, spellings)
    outcome = _settle(connection, closure, spellings.rules, clock.now(), late=late)
    clear_marks(
        connection,
        {
            *marked,
            *closure.accounts,
            *(email_node(key) for address in closure.addresses for key in spellings.of(address)),
        },
    )
    return (marked[-1] if len(marked) == size else None), outcome


def _label(store: Store, clock: Clock, spellings: Spellings, chunk: int) -> Resolution:
    rows = 0
    after: Place | None = START
    while after is not None:
        after, labelled = in_turn(store, clock, partial(label, after=after, chunk=chunk), long_run=True)
        rows += labelled
    for keys in pieces(spellings.tagged, chunk):
        rows += in_turn(store, clock, partial(label_tagged, keys=keys, rules=spellings.rules), long_run=True)
    in_turn(store, clock, _labelled)
    return Resolution(changed_rows=rows)


def _labelled(connection: Connection) -> None:
    mark_all_links(connection)
    marking.remember(connection, marking.UNLABELLED, None)


def _settle(connection: Connection, closure: Closure, rules: IdentityRules, now: int, *, late: bool) -> Resolution:
    """Partition a closure and write down what follows from it; with `late` leave rows of nobody to `labelling`."""
    owners = {use: _owner(use, closure, rules) for use in closure.uses}
    groups = partition(_claims(closure, rules), closure.bridges)
    traces = []
    for use, node in owners.items():
        if node is not None:
            was = use.person_id if use.person_id is not None else closure.aliases.get(node)
            if was is not None:
                traces.append(Trace(was, node, use, closure.uses[use].earliest))
    succession = succeed(groups, closure.aliases, traces, lambda tied: first_by_number(connection, tied))
    ids = write_persons(connection, groups, succession, now)
    aliases = {node: person for group, person in zip(groups, ids, strict=True) for node in group.nodes}
    write_aliases(connection, closure.aliases, aliases)
    moves = [
        (use, person)
        for use, node in owners.items()
        if (person := aliases[node] if node is not None else None) != use.person_id
        and not (late and use.person_id is None)
    ]
    move_rows(connection, moves)
    return Resolution(
        persons=len(groups),
        merged=len(succession.merged),
        split=len(succession.split),
        changed_rows=sum(closure.uses[use].rows for use, _ in moves),
    )


def _owner(use: Use, closure: Closure, rules: IdentityRules) -> Node | None:
    """The node whose person a row is: its account, else its e-mail, else nobody."""
    if use.account_id is not None:
        return account_node(use.source_id, use.account_id)
    if use.email_key is None:
        return None
    address = rules.effective(use.email_key)
    return None if address in closure.nobodys else email_node(address)


def _claims(closure: Closure, rules: IdentityRules) -> set[Claim]:
    claims = set()
    for use in closure.uses:
        address = rules.effective(use.email_key) if use.email_key is not None else None
        if address in closure.nobodys:
            address = None
        if use.account_id is not None or address is not None:
            claims.add(Claim(use.source_id, use.account_id, address, use.table == ACCOUNTS))
    return claims
