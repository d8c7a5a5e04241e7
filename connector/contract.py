"""What an adapter is.

The words of the contract:

- ADAPTER: the code for one kind of system (`woocommerce`). It reads and translates; it never stores, sleeps, retries
  or schedules.
- SOURCE: one configured instance of it (`main-shop`).
- STREAM: one kind of record in a source (`main-shop/orders`).
- RECORD: one thing as the API gave it, under the API's own id, as text.
- ADMITTED: a record after `admit` dropped what privacy forbids and added what later steps need. Only admitted
  records are ever stored; they are what is hashed, normalised and rebuilt from.
- ROW: a table of `connector.model` and the columns of one of its rows, without `source_id`. Money in millionths,
  instants in microseconds UTC.
- PAGE: records that belong together, and a CURSOR: a promise that whoever resumes there misses nothing.
- STAMP: a short text that changes whenever a record may have changed in a way worth reading it again.
- SWEEP: a walk over all ids, to find what vanished or changed without a trace.
- GONE: what the single read answers 404 for.

The way of a record: `pull` -> `admit` -> `normalise` -> store. `pull` does all the I/O; the other two are pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Protocol, runtime_checkable

import msgspec
from sqlmodel import SQLModel

from connector.messages import Message
from connector.settings import SourceSettings
from connector.transport import Transport

Cursor = str
Row = tuple[type[SQLModel], dict[str, Any]]


class Sweep(StrEnum):
    """How a stream finds out what vanished or changed without a trace."""

    STAMPS = "stamps"  # ids and stamps can be listed cheaply (`ListsStamps`)
    WHOLE = "whole"  # the stream has no change filter: everything is read again
    NONE = "none"  # the API itself says what is gone


@dataclass(frozen=True)
class Feed:
    """A table that a stream's records become rows of.

    `owner` is the column that holds the id of the record a row came from: when a record changes, its rows in a table
    are replaced by the new ones.
    """

    table: type[SQLModel]
    owner: str


@dataclass(frozen=True)
class Personal:
    """Where admitted records of a stream say who somebody is: names of fields, at any depth.

    A name is led by its parent's ("visitor.name") where it means something else in other places. What is erased for a
    person who asks for it is exactly this; all else of a record (amounts, days, countries, numbers) stays.
    """

    emails: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # names, phone numbers, what people wrote


@dataclass(frozen=True)
class Stream:
    """One kind of record, and what the adapter can promise about it."""

    name: str  # "orders": the word of the config, the command line, the docs and the run table
    feeds: tuple[Feed, ...]
    sweep: Sweep
    named_by: tuple[Feed, ...] = ()
    """Columns of other tables that name ids of this stream; ids named there and not held are read singly."""
    dictionary: Path | None = None
    """Compression dictionary for stored records: `NAME-VERSION.zdict`, made of invented records."""
    personal: Personal = Personal()


class Record(msgspec.Struct, frozen=True, eq=False):
    """One thing as the API gave it, or (after `admit`) as it may be kept.

    A struct, since records are made by the hundred thousand: `msgspec.structs.replace` changes one.
    """

    id: str
    payload: bytes  # a JSON object, UTF-8; before `admit` it may be empty where there is `content`
    read_at: int  # microseconds UTC by our clock: the start of the request that brought it
    updated_at: int | None = None  # microseconds UTC by the source's clock
    stamp: str | None = None
    locator: str | None = None  # what a single read needs besides the id, e.g. the parent's id
    content: Any = None
    """The payload already decoded, where the adapter has it at hand. A cache: whoever finds None decodes `payload`."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash(_compared(self))

    def __repr__(self) -> str:
        return f"<Record {self.id}, {len(self.payload)} bytes>"


_compared = attrgetter("id", "payload", "read_at", "updated_at", "stamp", "locator")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something in a list that is no record: no JSON object, or one without an id."""

    reason: Message
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Records that belong together."""

    records: Sequence[Record]
    cursor: Cursor | None  # resume here and nothing is missed; None = no promise yet
    total: int | None = None  # how many records this walk will bring, where the API says so: for progress only
    unreadable: Sequence[Unreadable] = ()
    anew: str | None = None
    """Whatever is set aside under an id beginning so was met again with this page and those after it, or is no more:
    what was set aside of it before is dropped."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a sweep: ids with their stamps, and what a single read of them needs besides the id."""

    stamps: Mapping[str, str | None]
    locators: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One record to be asked for singly."""

    id: str
    locator: str | None = None


@dataclass(frozen=True)
class StreamAccess:
    """Whether the configured key may read a stream."""

    stream: str
    readable: bool
    reason: Message | None = None
    advice: Message | None = None


@dataclass(frozen=True)
class SourceInfo:
    """Who answers at a source's address."""

    product: str  # "WooCommerce"
    version: str | None
    url: str
    timezone: str | None  # IANA name
    currency: str | None  # ISO 4217
    streams: tuple[StreamAccess, ...] = ()
    warnings: tuple[Message, ...] = ()


class Adapter(Protocol):
    """One API, read and translated."""

    Settings: ClassVar[type[SourceSettings]]
    streams: ClassVar[tuple[Stream, ...]]  # in the order they are synced

    def __init__(self, settings: Any, transport: Transport) -> None: ...

    def check(self) -> SourceInfo:
        """Who answers, and what the key may read. Raises `SourceError` with advice where nothing can be read."""
        ...

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """Everything that may have changed since the cursor; everything there is where it is None.

        A cursor on a page holds for all pages up to and including it. Records may come more than once; order does
        not matter. Raises `SourceError`; what was yielded before stays valid.
        """
        ...

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor that stands at an instant (microseconds UTC): `pull` from it brings what changed since then."""
        ...

    def admit(self, stream: Stream, record: Record) -> Record:
        """The record as it may be kept. Pure. Raises `UnexpectedPayload` where it cannot be understood."""
        ...

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record. Pure: no I/O, no clock. Raises `UnexpectedPayload`."""
        ...


@runtime_checkable
class ListsStamps(Protocol):
    """A power for `Sweep.STAMPS`: list every id cheaply."""

    def stamps(self, stream: Stream) -> Iterator[Listed]:
        """Every id there is, with its stamp as it is now, page by page."""
        ...


@runtime_checkable
class ReadsOne(Protocol):
    """A power: read records by id."""

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Each wanted record, in any order; None only where the single read said that it is not there (404)."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """A power: keep what was true when a record was first seen and what its API no longer says."""

    def remembers(self, stream: Stream) -> bool:
        """Whether a stream has such records."""
        ...

    def remembered(self, stream: Stream, record: Record, stored: bytes) -> Record:
        """An admitted record with what is to stay of `stored`, its admitted payload as it is held. Pure."""
        ...
