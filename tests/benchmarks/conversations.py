"""How long it takes to tell many conversations, and then the few that changed.

    python -m tests.benchmarks.conversations [CONVERSATIONS]

Each has six messages and three changes of status; every tenth is a chat that counts with its ticket. Printed are
processor seconds of telling and of linking (a quarter of the persons bought something), of a second run with nothing
marked and with a hundred marked, and the largest memory of the process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connector.conversations import OpeningHours, ServiceRules, link_orders, tell_conversations
from connector.instants import DAY, HOUR, MINUTE
from connector.model import Conversation, ConversationEvent, Message, Order
from connector.simulation.clock import FakeClock
from connector.store import Store, open_store, state
from connector.store.statements import upsert

BEGIN = 1_700_000_000_000_000
OFFICE = OpeningHours("Europe/Berlin", tuple((day * 1440 + 540, day * 1440 + 1080) for day in range(5)), "DE-BY")
CHUNK = 5000


def fill(store: Store, count: int) -> None:
    """Invent conversations, and orders of a quarter of their persons."""
    for start in range(0, count, CHUNK):
        numbers = range(start, min(count, start + CHUNK))
        with store.write() as connection:
            for model, columns, rows in (
                (
                    Conversation,
                    ("source_id", "conversation_id", "channel", "status", "state", "created_at", "self_ref", "same_as",
                     "person_id", "order_numbers"),
                    list(_conversations(numbers)),
                ),
                (
                    Message,
                    ("source_id", "message_id", "conversation_id", "created_at", "author_role", "agent_id"),
                    list(_messages(numbers)),
                ),
                (
                    ConversationEvent,
                    ("source_id", "event_id", "conversation_id", "at", "kind", "value"),
                    list(_events(numbers)),
                ),
                (
                    Order,
                    ("source_id", "order_id", "number", "status", "status_raw", "created_at", "person_id",
                     "total_micros", "tax_micros", "shipping_micros", "discount_micros"),
                    [(3, str(n), str(n), "completed", "completed", _at(n) - 3 * DAY, n, 0, 0, 0, 0)
                     for n in numbers if n % 4 == 0],
                ),
            ):  # fmt: skip
                upsert(store.dialect, model, columns).send(connection, rows)
            connection.exec_driver_sql(
                "INSERT INTO conversation_marks SELECT source_id, conversation_id FROM conversations WHERE true "
                "ON CONFLICT DO NOTHING"
            )


def _at(number: int) -> int:
    return BEGIN + number * 2 * MINUTE


def _conversations(numbers: range) -> Iterator[tuple[Any, ...]]:
    for n in numbers:
        named = f'["{n}"]' if n % 8 == 0 else None
        yield 1, str(n), "email", "solved", "solved", _at(n), f"t:{n}", None, n, named
        if n % 10 == 0:
            yield 2, f"c{n}", "chat", "closed", "closed", _at(n) - MINUTE, None, f"t:{n}", None, None


def _messages(numbers: range) -> Iterator[tuple[Any, ...]]:
    for n in numbers:
        for place in range(6):
            role, agent = ("agent", f"a{n % 7}") if place % 2 else ("customer", None)
            yield 1, f"{n}/{place}", str(n), _at(n) + place * HOUR, role, agent


def _events(numbers: range) -> Iterator[tuple[Any, ...]]:
    for n in numbers:
        for place, word in enumerate(("new", "pending", "solved")):
            yield 1, f"{n}/{place}", str(n), _at(n) + 2 * place * HOUR, "status", word


def main() -> None:
    """Fill a store, tell, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    rules, clock = ServiceRules(hours=OFFICE), FakeClock()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'c.db'}", clock=clock)
        for name in ("desk", "chat", "shop"):
            state.ensure_source(store, name, adapter="a", url="https://x.test")
        fill(store, count)
        held = _memory()

        def measured(what: str) -> None:
            for step in (tell_conversations, link_orders):
                begun = time.process_time()
                done = step(store, rules=rules, clock=clock)
                print(f"{what:16} {step.__name__:20} {done:>9} {time.process_time() - begun:8.2f} s")

        measured("everything")
        measured("nothing new")
        with store.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO conversation_marks SELECT source_id, conversation_id FROM conversations LIMIT 100"
            )
        measured("a hundred")
        print(f"memory {_memory()} MB, {held} MB before")
        store.close()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
