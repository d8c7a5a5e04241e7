"""A third party's adapter as tests need one: it reads a file that says what happens, and how.

The file is JSON: `answer` ok, refused, down or fault; `records` by id; `timezone`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from pydantic import Field, SecretStr, field_validator

from connector.contract import Cursor, Feed, Page, Record, Row, SourceInfo, Stream, StreamAccess, Sweep
from connector.errors import AccessRefused, Unavailable
from connector.messages import Catalogue
from connector.model import Product
from connector.settings import SourceSettings
from connector.transport import Transport

texts = Catalogue(
    "ledger",
    en={"refused": "The ledger is locked.", "refused_advice": "Unlock it.", "down": "The ledger is not there."},
    de={
        "refused": "Das Buch ist verschlossen.",
        "refused_advice": "Schließen Sie es auf.",
        "down": "Das Buch ist nicht da.",
    },
)


class LedgerSettings(SourceSettings):
    """A ledger in a file."""

    key: SecretStr = Field(description="opens the ledger")
    token: SecretStr | None = Field(default=None, description="opens it too")
    book: str = Field(description="path of the ledger")
    column: str | None = Field(default=None, description="what to read")

    @field_validator("column")
    @classmethod
    def _no_such_column(cls, value: str | None) -> str | None:
        if value is not None and value.startswith("no"):
            raise ValueError(f"there is no column {value}")
        return value


class Ledger:
    """Reads records from a file."""

    Settings: ClassVar[type[SourceSettings]] = LedgerSettings
    streams: ClassVar[tuple[Stream, ...]] = (
        Stream("entries", (Feed(Product, "product_id"),), Sweep.NONE),
        Stream("notes", (Feed(Product, "product_id"),), Sweep.NONE),
    )

    def __init__(self, settings: LedgerSettings, transport: Transport) -> None:
        self._book = Path(settings.book)

    def _read(self) -> dict[str, Any]:
        book = json.loads(self._book.read_text(encoding="utf-8"))
        if book["answer"] == "refused":
            raise AccessRefused(texts("refused"), texts("refused_advice"))
        if book["answer"] == "down":
            raise Unavailable(texts("down"))
        if book["answer"] == "fault":
            raise ZeroDivisionError("ada@example.test divided by sesame-open-123456")
        return dict(book)

    def check(self) -> SourceInfo:
        book = self._read()
        readable = book.get("readable", True)
        access = tuple(StreamAccess(stream.name, readable) for stream in self.streams)
        return SourceInfo("Ledger", "3.1", "file", book.get("timezone"), None, access)

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        if stream.name == "notes":
            yield Page((), "0")
            return
        records = [
            Record(name, json.dumps(content).encode(), read_at=content["at"])
            for name, content in self._read().get("records", {}).items()
        ]
        yield Page(records, "0")

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        return "0"

    def admit(self, stream: Stream, record: Record) -> Record:
        return record

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        yield Product, {"product_id": record.id, "name": json.loads(record.payload)["name"]}


class Half:
    """Forgot most of the contract."""

    Settings = LedgerSettings
