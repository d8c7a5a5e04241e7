"""What was erased and must not come back with the next sync.

A source still holds what we erased, and will bring it again. Every admitted record is therefore held against this
list before it is stored, and scrubbed where it belongs to somebody who was erased. The list knows addresses, accounts,
orders and conversations only by a keyed hash (BLAKE2b-128): whoever reads it learns nobody's name from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, select

from connector.contract import Record, Row, Stream
from connector.emails import email_key
from connector.model import Erasure, ErasureKey
from connector.privacy.scrubbing import DOMAIN, addresses_in, scrubbed
from connector.store import Store
from connector.store.tables import table_of

EMAIL, ACCOUNT, ORDER, CONVERSATION = "email", "account", "order", "conversation"
NOBODYS = {ORDER: "nobodys_order", CONVERSATION: "nobodys_conversation"}
"""What is erased by age and belongs to no person: it has no address, or one that many people use."""

STAND_IN = "·"
"""What the stand-ins of names begin with."""

_COLUMNS = {"account_id": ACCOUNT, "order_id": ORDER, "conversation_id": CONVERSATION}

Thing = tuple[str, int, str]
"""Kind, source (0 for an address) and the id or e-mail key."""

_erasures, _keys = table_of(Erasure), table_of(ErasureKey)


@dataclass(frozen=True)
class Erased:
    """The list, as it was read."""

    key: bytes = b""
    digests: Set[tuple[str, int, bytes]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.digests)

    def __contains__(self, thing: Thing) -> bool:
        return (thing[0], thing[1], digest(self.key, thing)) in self.digests

    def address(self, email: str) -> str:
        """The address that cannot exist and always stands for this one."""
        if email.endswith(f"@{DOMAIN}"):
            return email
        return f"erased-{digest(self.key, (EMAIL, 0, email_key(email) or email))[:8].hex()}@{DOMAIN}"

    def kept(
        self, source_id: int, stream: Stream, record: Record, normalise: Callable[[Stream, Record], Iterable[Row]]
    ) -> Record:
        """The admitted record as it may be stored: scrubbed where it is an erased person's."""
        if not self.digests or not (stream.personal.emails or stream.personal.texts):
            return record
        things = list(things_of(source_id, stream, record, normalise))
        if any(thing in self for thing in things):
            return scrubbed(record, stream.personal, self.address)
        if any((NOBODYS.get(kind, kind), source, text) in self for kind, source, text in things):
            return self.without_names(record, stream)
        return record

    def without_names(self, record: Record, stream: Stream) -> Record:
        """A record of nobody's, with stand-ins for its names.

        An address that many people use is known by their many names, so these must stay different; the address itself
        is no person's and stays.
        """
        return scrubbed(record, stream.personal, lambda address: address, self._token)

    def _token(self, text: str) -> str:
        return text if text.startswith(STAND_IN) else f"{STAND_IN}{digest(self.key, ('text', 0, text))[:4].hex()}"


def digest(key: bytes, thing: Thing) -> bytes:
    """The keyed hash that stands for a thing."""
    kind, source_id, text = thing
    return blake2b(f"{kind}\0{source_id}\0{text}".encode(), key=key, digest_size=16).digest()


def things_of(
    source_id: int, stream: Stream, record: Record, normalise: Callable[[Stream, Record], Iterable[Row]]
) -> Iterable[Thing]:
    """Whose a record may be, by its rows and by the addresses in it: not every record with an address makes a row."""
    try:
        rows = list(normalise(stream, record))
    except Exception:  # noqa: BLE001  (whatever an adapter raises: the record is set aside later, with its reason)
        rows = []
    found: dict[Thing, None] = {}
    for _, row in rows:
        if key := row.get("email_key"):
            found[EMAIL, 0, key] = None
        for column, kind in _COLUMNS.items():
            if row.get(column):
                found[kind, source_id, str(row[column])] = None
    try:
        written = addresses_in(record, stream.personal)
    except ValueError:
        written = set()
    return found | dict.fromkeys((EMAIL, 0, key) for address in written if (key := email_key(address)))


def read(store: Store) -> Erased:
    """The list as it is now."""
    with store.read() as connection:
        return _read(connection)


def add(
    connection: Connection, things: Iterable[Thing], *, at: int, random_bytes: Callable[[int], bytes] = os.urandom
) -> Erased:
    """Put things on the list; what is there already stays. The list with them. `at` in microseconds UTC."""
    if connection.execute(select(_keys.c.key)).first() is None:
        connection.execute(_keys.insert().values(id=1, key=random_bytes(32)))
    held = _read(connection)
    new = {(kind, source_id, digest(held.key, (kind, source_id, text))) for kind, source_id, text in things}
    new -= held.digests
    if new:
        rows = [
            {"kind": kind, "source_id": source_id, "digest": hashed, "erased_at": at}
            for kind, source_id, hashed in sorted(new)
        ]
        connection.execute(_erasures.insert(), rows)
    return Erased(held.key, held.digests | new)


def _read(connection: Connection) -> Erased:
    key = connection.execute(select(_keys.c.key)).scalar()
    if key is None:
        return Erased()
    rows = connection.execute(select(_erasures.c.kind, _erasures.c.source_id, _erasures.c.digest))
    return Erased(key, frozenset((row[0], row[1], row[2]) for row in rows))
