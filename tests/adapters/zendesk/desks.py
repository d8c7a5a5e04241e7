"""The adapter beside a pretend help desk, and beside recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from adapters.zendesk import Zendesk
from adapters.zendesk.settings import ZendeskSettings
from connector.contract import Record, Stream
from connector.settings import Surroundings, Timeouts
from connector.simulation.clock import FakeClock
from connector.transport import Transport

FIXTURES = Path(__file__).parents[2] / "fixtures" / "zendesk"
LOGIN = {"client_id": "connector", "client_secret": "pretend-client-secret-77aa"}
NOWHERE = "https://shop.zendesk.test"
NO_TEXTS = Surroundings()


def connected(address: str, clock: FakeClock, surroundings: Surroundings = NO_TEXTS, **settings: Any) -> Zendesk:
    parsed = ZendeskSettings.model_validate({"url": address, **LOGIN, **settings}).within(surroundings)
    transport = Transport(address, clock=clock, random=Random(1), timeouts=Timeouts(), retry_for=300)
    return Zendesk(parsed, transport)


def fixture(path: str) -> Any:
    return json.loads((FIXTURES / path).read_text(encoding="utf-8"))


def rows(
    stream: Stream, content: dict[str, Any], clock: FakeClock, *, texts_kept: bool = False
) -> list[dict[str, Any]]:
    """The rows of a record as the API gave it; what was admitted is admitted as it is."""
    adapter = connected(NOWHERE, clock, Surroundings(texts_kept=texts_kept))
    record = adapter.admit(stream, Record("1", json.dumps(content).encode(), 1))
    assert adapter.admit(stream, Record("1", record.payload, 1)).payload == record.payload
    made = list(adapter.normalise(stream, Record("1", record.payload, 1)))
    assert all(set(row) <= set(table.__table__.c.keys()) for table, row in made)
    return [row for _, row in made]


def everything(adapter: Zendesk, stream: Stream, cursor: str | None = None) -> tuple[list[Record], str | None]:
    """All records of a walk, and where it ended."""
    records: list[Record] = []
    for page in adapter.pull(stream, cursor):
        records += page.records
        cursor = page.cursor or cursor
    return records, cursor


def made(adapter: Zendesk, stream: Stream, cursor: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    """All rows of a walk, with the names of their tables."""
    found = everything(adapter, stream, cursor)[0]
    return [
        (str(table.__tablename__), row)
        for record in found
        for table, row in adapter.normalise(stream, adapter.admit(stream, record))
    ]
