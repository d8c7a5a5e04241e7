"""A help desk, a chat and a shop whose records are rows, saved page by page as a sync would save them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from connector.contract import Feed, Record, Row, Stream, Sweep
from connector.conversations import ServiceRules, link_orders, tell_conversations
from connector.instants import from_datetime
from connector.model import Agent, BusinessSchedule, Conversation, ConversationEvent, Message, Order
from connector.simulation.clock import FakeClock
from connector.store import Store, state
from connector.store.gone import mark_gone
from connector.store.write import save_page

STREAMS = {
    Conversation: Stream("tickets", (Feed(Conversation, "conversation_id"),), Sweep.STAMPS),
    Message: Stream("messages", (Feed(Message, "message_id"),), Sweep.NONE),
    ConversationEvent: Stream("events", (Feed(ConversationEvent, "event_id"),), Sweep.NONE),
    Agent: Stream("agents", (Feed(Agent, "agent_id"),), Sweep.NONE),
    BusinessSchedule: Stream("schedules", (Feed(BusinessSchedule, "schedule_id"),), Sweep.NONE),
    Order: Stream("orders", (Feed(Order, "order_id"),), Sweep.STAMPS),
}
_BY_NAME = {stream.name: model for model, stream in STREAMS.items()}
_KEY = {model: stream.feeds[0].owner for model, stream in STREAMS.items()}
_REST: dict[Any, dict[str, Any]] = {
    Conversation: {"channel": "email", "status": "open", "state": "open"},
    Message: {"author_role": "customer"},
    Order: {"status": "completed", "status_raw": "completed"}
    | dict.fromkeys(("total_micros", "tax_micros", "shipping_micros", "discount_micros"), 0),
    BusinessSchedule: {"position": 0, "holidays": "[]"},
}
BERLIN = ZoneInfo("Europe/Berlin")


def at(stamp: str) -> int:
    """Local time in Berlin: `06-08 10:00` of 2026, or a whole stamp."""
    return from_datetime(datetime.fromisoformat(stamp if stamp[0] == "2" else f"2026-{stamp}").replace(tzinfo=BERLIN))


def normalise(stream: Stream, record: Record) -> Iterable[Row]:
    """A record is the row."""
    yield _BY_NAME[stream.name], json.loads(record.payload)


class Desk:
    """A store with a desk (source 1), a chat (2) and two shops (3, 4)."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.rules = ServiceRules()
        for name in ("desk", "chat", "shop", "outlet"):
            state.ensure_source(store, name, adapter="a", url="https://x.test")
        self._read_at = 0

    def save(self, model: Any, source: int = 1, **row: Any) -> None:
        """Save one record; a key without a value is the model's default."""
        key = row[_KEY[model]]
        self._read_at += 1
        payload = json.dumps({**_REST.get(model, {}), **row}).encode()
        save_page(
            self.store, source, STREAMS[model], [Record(key, payload, self._read_at)], cursor=None, normalise=normalise
        )

    def ticket(self, id_: str, created: str | None = "06-08 09:00", *, source: int = 1, **row: Any) -> None:
        self.save(Conversation, source, conversation_id=id_, created_at=at(created) if created else None, **row)

    def says(self, ticket: str, when: str, role: str = "customer", *, source: int = 1, **row: Any) -> None:
        row.setdefault("message_id", f"{ticket}-{when}-{role}")
        if role == "agent":
            row.setdefault("agent_id", "a1")
        self.save(Message, source, conversation_id=ticket, created_at=at(when), author_role=role, **row)

    def happens(
        self, ticket: str, when: str, kind: str, value: str | None = None, *, source: int = 1, **row: Any
    ) -> None:
        row.setdefault("event_id", f"{ticket}-{when}-{kind}-{value}")
        self.save(ConversationEvent, source, conversation_id=ticket, at=at(when), kind=kind, value=value, **row)

    def order(self, id_: str, created: str, person: int | None = None, *, source: int = 3, **row: Any) -> None:
        row.setdefault("number", id_)
        self.save(Order, source, order_id=id_, created_at=at(created), **row)
        if person is not None:
            self.belongs("orders", id_, person, source)

    def belongs(self, table: str, id_: str, person: int | None, source: int) -> None:
        """Say whose a row is, as identity would."""
        column = {"orders": "order_id", "conversations": "conversation_id"}[table]
        with self.store.write() as connection:
            connection.execute(
                text(f"UPDATE {table} SET person_id = :person WHERE source_id = :source AND {column} = :id"),
                {"person": person, "source": source, "id": id_},
            )

    def gone(self, model: Any, id_: str, *, source: int = 1) -> None:
        mark_gone(self.store, source, STREAMS[model], [id_], at=self._read_at + 1)

    def tell(self, rules: ServiceRules | None = None, **more: Any) -> int:
        self.rules = rules or self.rules
        return tell_conversations(self.store, rules=self.rules, clock=self.clock, **more)

    def link(self, rules: ServiceRules | None = None, **more: Any) -> int:
        self.rules = rules or self.rules
        return link_orders(self.store, rules=self.rules, clock=self.clock, **more)

    def times(self, ticket: str = "1", source: int = 1) -> Mapping[str, Any]:
        """What the conversation came to."""
        with self.store.read() as connection:
            return (
                connection.execute(
                    text("SELECT * FROM conversation_times WHERE source_id = :s AND conversation_id = :c"),
                    {"s": source, "c": ticket},
                )
                .mappings()
                .one()
            )

    def rows(self, table: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
        with self.store.read() as connection:
            found = connection.execute(text(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY 1, 2, 3"))
            return [tuple(row) for row in found]

    def empty(self) -> None:
        with self.store.write() as connection:
            for table in (
                "conversations", "messages", "conversation_events", "agents", "business_schedules", "orders",
                "raw_records", "conversation_times", "conversation_replies", "conversation_spans",
                "conversation_numbers", "conversation_marks", "order_link_marks", "identity_marks", "stream_states",
            ):  # fmt: skip
                connection.execute(text(f"DELETE FROM {table}"))
