"""The store's own bookkeeping: sources, where each stream stands, runs, and the records as they came."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

from connector.model.columns import big, number, text_

_GONE = text("gone_at IS NOT NULL")


class Source(SQLModel, table=True):
    """One configured source. The name is the owner's; the number is ours and never reused."""

    __tablename__ = "sources"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, sa_column=number())
    name: str = Field(sa_column=Column(Text, unique=True, nullable=False))
    adapter: str = Field(sa_column=text_(null=False))
    url: str = Field(sa_column=text_(null=False))
    timezone: str | None = Field(default=None, sa_column=text_())  # IANA name, as the source said it
    currency: str | None = Field(default=None, sa_column=text_())  # ISO 4217, the shop's main currency
    version: str | None = Field(default=None, sa_column=text_())
    created_at: int = Field(sa_column=big(null=False))


class StreamState(SQLModel, table=True):
    """Where a stream stands: the cursor to resume from, and how its last runs went."""

    __tablename__ = "stream_states"
    source_id: int = Field(sa_column=big(key=True))
    stream: str = Field(sa_column=text_(key=True))
    cursor: str | None = Field(default=None, sa_column=text_())  # opaque; only the adapter reads it
    last_success_at: int | None = Field(default=None, sa_column=big())
    last_attempt_at: int | None = Field(default=None, sa_column=big())
    last_sweep_at: int | None = Field(default=None, sa_column=big())
    failing_since: int | None = Field(default=None, sa_column=big())  # microseconds UTC; null while all is well
    error_class: str | None = Field(default=None, sa_column=text_())
    error_message: str | None = Field(default=None, sa_column=text_())
    error_advice: str | None = Field(default=None, sa_column=text_())


class Run(SQLModel, table=True):
    """One execution of one stream (or of a source that failed before any stream) and its outcome. Reports only."""

    __tablename__ = "runs"
    id: int | None = Field(default=None, sa_column=number())
    source_id: int = Field(sa_column=big(null=False))
    stream: str | None = Field(default=None, sa_column=text_())
    kind: str = Field(sa_column=text_(null=False))  # sync | sweep | full | rebuild | import
    status: str = Field(sa_column=text_(null=False))  # running | ok | partial | failed | skipped | interrupted
    started_at: int = Field(sa_column=big(null=False, index=True))
    finished_at: int | None = Field(default=None, sa_column=big())
    requests: int = Field(default=0, sa_column=big(null=False))
    records: int = Field(default=0, sa_column=big(null=False))
    inserted: int = Field(default=0, sa_column=big(null=False))
    updated: int = Field(default=0, sa_column=big(null=False))
    unchanged: int = Field(default=0, sa_column=big(null=False))
    gone: int = Field(default=0, sa_column=big(null=False))
    set_aside: int = Field(default=0, sa_column=big(null=False))
    bytes: int = Field(default=0, sa_column=big(null=False))
    error_class: str | None = Field(default=None, sa_column=text_())
    error_message: str | None = Field(default=None, sa_column=text_())
    error_advice: str | None = Field(default=None, sa_column=text_())


class RawRecord(SQLModel, table=True):
    """An admitted record as it came, compressed; the origin of every row it became."""

    __tablename__ = "raw_records"
    # With row ids, unlike most tables here: the payload makes its rows long, and the key's own small index then
    # answers "which of these are known" and "how many" without walking over the payloads.
    __table_args__ = (Index("ix_raw_records_gone", "source_id", "stream", sqlite_where=_GONE, postgresql_where=_GONE),)
    source_id: int = Field(sa_column=big(key=True))
    stream: str = Field(sa_column=text_(key=True))
    record_id: str = Field(sa_column=text_(key=True))
    payload: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zstd; null = asked for, never there
    dictionary: int = Field(default=0, sa_column=big(null=False))  # version of the stream's dictionary; 0 = none
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # BLAKE2b-128 of the admitted payload
    updated_at: int | None = Field(default=None, sa_column=big())  # the source's clock
    stamp: str | None = Field(default=None, sa_column=text_())
    locator: str | None = Field(default=None, sa_column=text_())
    read_at: int = Field(sa_column=big(null=False))  # our clock: start of the request that brought this content
    gone_at: int | None = Field(default=None, sa_column=big())


class SetAside(SQLModel, table=True):
    """A record that could not be read, with the reason and what may be kept of it. `rebuild` tries it again."""

    __tablename__ = "set_aside"
    source_id: int = Field(sa_column=big(key=True))
    stream: str = Field(sa_column=text_(key=True))
    record_id: str = Field(sa_column=text_(key=True))
    step: str = Field(sa_column=text_(null=False))  # pull | admit | normalise
    reason: str = Field(sa_column=text_(null=False))  # a sentence without personal data
    payload: bytes | None = Field(default=None, sa_column=Column(LargeBinary))  # zstd, admitted
    dictionary: int = Field(default=0, sa_column=big(null=False))
    stamp: str | None = Field(default=None, sa_column=text_())
    locator: str | None = Field(default=None, sa_column=text_())
    updated_at: int | None = Field(default=None, sa_column=big())
    read_at: int = Field(sa_column=big(null=False))


class Backup(SQLModel, table=True):
    """A backup that was made, so that an erasure can name the files that still hold what was erased."""

    __tablename__ = "backups"
    path: str = Field(sa_column=text_(key=True))
    made_at: int = Field(sa_column=big(null=False))
