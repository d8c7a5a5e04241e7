"""Whatever happened in whatever order, told between or not, stopped or not: what is told follows from the rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.conversations import ServiceRules
from connector.conversations.family import Family, Member
from connector.conversations.telling import tell
from connector.model import Conversation, ConversationEvent, Message, Order
from connector.simulation.clock import FakeClock
from connector.store.touching import LINKS, put_link_marks
from tests.conversations.desk import Desk
from tests.conversations.naive import DAY, Books

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

sources = st.sampled_from([1, 2])
tickets = st.sampled_from(["1", "2", "3"])
names = st.sampled_from([None, "t:1", "t:2"])
persons = st.sampled_from([None, 1, 2])
instants = st.integers(0, 30).map(lambda number: number * DAY // 2)
conversations = st.tuples(
    st.just("conversation"), sources, tickets,
    st.fixed_dictionaries({
        "same_as": names, "self_ref": names, "merged_into": st.sampled_from([None, None, "1", "2"]),
        "channel": st.sampled_from(["email", "chat"]),
        "state": st.sampled_from(["open", "solved", "closed", "deleted"]),
        "created_at": instants, "numbers": st.lists(st.sampled_from(["7", "8"]), max_size=2, unique=True),
        "person": persons,
    }),
)  # fmt: skip
messages = st.tuples(
    st.just("message"), sources, st.sampled_from(["m1", "m2", "m3", "m4"]),
    st.fixed_dictionaries({
        "conversation_id": tickets, "created_at": st.one_of(st.none(), instants),
        "author_role": st.sampled_from(["customer", "agent", "bot"]), "agent_id": st.sampled_from([None, "a", "b"]),
    }),
)  # fmt: skip
events = st.tuples(
    st.just("event"), sources, st.sampled_from(["e1", "e2", "e3"]),
    st.one_of(
        st.fixed_dictionaries({
            "conversation_id": tickets, "at": instants, "kind": st.just("status"),
            "value": st.sampled_from(["open", "solved", "closed"]),
        }),
        st.fixed_dictionaries({
            "conversation_id": tickets, "at": instants, "kind": st.just("merged"), "value": tickets,
        }),
    ),
)  # fmt: skip
orders = st.tuples(
    st.just("order"), st.sampled_from([3, 4]), st.sampled_from(["7", "8", "9"]),
    st.fixed_dictionaries({"created_at": instants, "countable": st.booleans(), "person": persons}),
)  # fmt: skip
moves = st.tuples(st.just("move"), st.sampled_from(["conversations", "orders"]), st.integers(0, 100), persons)
goings = st.tuples(st.just("gone"), st.integers(0, 100))
tellings = st.tuples(st.just("settle"), st.integers(1, 3), st.integers(0, 8))
histories = st.lists(
    st.one_of(conversations, conversations, messages, messages, events, orders, orders, moves, goings, tellings),
    min_size=1,
    max_size=25,
)


class Stopped(BaseException):
    """What a kill looks like from inside."""


class StoppingClock(FakeClock):
    """Kills whoever begins one transaction too many."""

    def __init__(self, transactions: int) -> None:
        super().__init__()
        self.left = transactions

    def monotonic(self) -> float:
        self.left -= 1
        if self.left < 0:
            raise Stopped
        return super().monotonic()


class History:
    """Lets things happen to a store and writes them into the naive books."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.books = desk, Books()
        self._do: dict[str, Callable[..., None]] = {
            "conversation": self._conversation, "message": self._message, "event": self._event, "order": self._order,
            "move": self._move, "gone": self._gone, "settle": self._settle,
        }  # fmt: skip

    def play(self, steps: list[Any]) -> None:
        for kind, *rest in steps:
            self._do[kind](*rest)

    def _conversation(self, source: int, id_: str, row: dict[str, Any]) -> None:
        listed = "[" + ", ".join(f'"{number}"' for number in row["numbers"]) + "]"
        stored = {name: value for name, value in row.items() if name not in ("numbers", "person")}
        self.desk.save(Conversation, source, conversation_id=id_, order_numbers=listed, **stored)
        self.books.conversations[source, id_] = row
        self._belongs("conversations", source, id_, row["person"])

    def _order(self, source: int, id_: str, row: dict[str, Any]) -> None:
        stored = {name: value for name, value in row.items() if name != "person"}
        self.desk.save(Order, source, order_id=id_, number=id_, **stored)
        self.books.orders[source, id_] = dict(row)
        self._belongs("orders", source, id_, row["person"])

    def _message(self, source: int, id_: str, row: dict[str, Any]) -> None:
        self.desk.save(Message, source, message_id=id_, **row)
        self.books.messages[source, id_] = row

    def _event(self, source: int, id_: str, row: dict[str, Any]) -> None:
        self.desk.save(ConversationEvent, source, event_id=id_, **row)
        self.books.events[source, id_] = row

    def _belongs(self, table: str, source: int, id_: str, person: int | None) -> None:
        """Give a row another person with the marks that identity leaves."""
        column = {"orders": "order_id", "conversations": "conversation_id"}[table]
        (before,) = self.desk.rows(table, "person_id, 1, 1", f"source_id = {source} AND {column} = '{id_}'")
        marks = [("person", 0, str(one)) for one in (before[0], person) if one is not None]
        if table == "conversations":
            marks.append(("conversation", source, id_))
        with self.desk.store.write() as connection:
            if self._linked:
                put_link_marks(connection, self.desk.store.dialect, marks)
        self.desk.belongs(table, id_, person, source)

    @property
    def _linked(self) -> bool:
        return bool(self.desk.rows("stream_states", "source_id, stream, 1", f"stream = '{LINKS}'"))

    def _move(self, table: str, number: int, person: int | None) -> None:
        rows = getattr(self.books, table)
        if rows:
            source, id_ = sorted(rows)[number % len(rows)]
            rows[source, id_] = {**rows[source, id_], "person": person}
            self._belongs(table, source, id_, person)

    def _gone(self, number: int) -> None:
        if self.books.orders:
            source, id_ = sorted(self.books.orders)[number % len(self.books.orders)]
            self.desk.gone(Order, id_, source=source)
            self.books.orders[source, id_]["gone"] = True

    def _settle(self, batch: int, transactions: int) -> None:
        clock = self.desk.clock
        self.desk.clock = StoppingClock(transactions)
        with suppress(Stopped):
            self.desk.tell(batch=batch)
            self.desk.link(batch=batch)
        self.desk.clock = clock


TIMES = (
    "state", "countable", "opened_by", "first_reply_at", "frt_seconds", "replies", "reopens", "solved_at",
    "resolution_seconds", "reply_gap_seconds", "waiting_since_at", "agents", "estimated_seconds", "has_messages",
)  # fmt: skip


def as_told_from_scratch(books: Books) -> dict[tuple[int, str], tuple[Any, ...]]:
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    for key in books.conversations:
        if books.head(key) != key:
            found[key] = books.head(key)
            continue
        members = {
            one: Member(*one, **{
                name: value for name, value in books.conversations[one].items() if name not in ("numbers", "person")
            })
            for one in sorted(books.family(key))
        }  # fmt: skip
        parts = [member for one, member in members.items() if one != key]
        told = tell(Family(members[key], parts, books.said(key), books.happened(key)), None)
        found[key] = tuple(told.times.get(name) for name in TIMES)
    return found


def as_stored(desk: Desk) -> dict[tuple[int, str], tuple[Any, ...]]:
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    for row in desk.rows(
        "conversation_times", f"source_id, conversation_id, part_of_source_id, part_of_id, {', '.join(TIMES)}"
    ):
        key = (row[0], row[1])
        found[key] = (row[2], row[3]) if row[3] is not None else tuple(row[4:])
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=histories)
def test_any_history(desk: Desk, steps: list[Any]) -> None:
    desk.empty()
    desk.rules = ServiceRules()
    history = History(desk)
    history.play(steps)
    desk.tell(batch=2)
    desk.link(batch=2)
    assert as_stored(desk) == as_told_from_scratch(history.books)
    links = {
        (row[0], row[1]): tuple(row[2:])
        for row in desk.rows("conversations", "source_id, conversation_id, order_source_id, order_id, order_reason")
    }
    assert links == {key: history.books.link(key) for key in history.books.conversations}
    assert desk.tell() == 0
    assert desk.link(everything=True) == 0
