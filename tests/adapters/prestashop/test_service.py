"""The shop's own customer service: conversations, messages and who answers; texts only where the owner keeps them."""

from __future__ import annotations

import json

from sqlalchemy import text

from adapters.prestashop import EMPLOYEES, MESSAGES, THREADS
from connector.contract import Record
from connector.model import Agent, Conversation, Message
from connector.settings import Surroundings
from connector.testing.world import World
from tests.adapters.prestashop.recorded import recorded, utc


def test_conversations(rows):
    threads = recorded("customer_threads_full.json")
    (row,) = rows(THREADS, threads[0], {"name": "Jörg Vogt", "reference": "ABCDEFGHI"})[Conversation]
    assert (row["channel"], row["channel_raw"], row["status"], row["state"]) == (
        "form",
        "order page",
        "closed",
        "closed",
    )
    assert (row["account_id"], row["email_key"]) == ("56", "kunde56@example.org")
    assert json.loads(row["order_numbers"]) == ["ABCDEFGHI"]
    assert utc(row["closed_at"]) == "2026-01-02 02:06:58"
    (row,) = rows(THREADS, threads[1], {"contact": "Webmaster", "guest": True})[Conversation]
    assert (row["status"], row["state"], row["closed_at"]) == ("pending2", "open", None)
    assert (row["group_name"], row["channel_raw"], row["account_id"]) == ("Webmaster", "Webmaster", None)
    (anonymous, *_) = recorded("customer_threads_without_customer.json")
    (row,) = rows(THREADS, anonymous)[Conversation]
    assert row["account_id"] is None
    assert row["email"]


def test_messages(rows):
    first, note, reply, *_ = recorded("customer_messages_full.json")
    (row,) = rows(MESSAGES, first)[Message]
    assert (row["author_role"], row["agent_id"], row["public"]) == ("customer", None, True)
    assert row["length"] == len(first["message"])
    (row,) = rows(MESSAGES, note)[Message]
    assert (row["author_role"], row["agent_id"], row["public"]) == ("agent", "2", False)
    assert rows(MESSAGES, reply)[Message][0]["public"] is True
    marked_up = {**first, "message": "<p>Gr&uuml;&szlig;e</p>\n"}
    assert rows(MESSAGES, marked_up)[Message][0]["length"] == len("Grüße")
    assert (row["body"], row["order_numbers"]) == (None, None)


def test_a_message_says_which_orders_it_names(rows):
    first = recorded("customer_messages_full.json")[0]
    asking = {**first, "message": "Wo bleibt <b>LGVQUTFKZ</b>? Und Bestellung Nr. 1042, LGVQUTFKZ ist eilig."}
    assert json.loads(rows(MESSAGES, asking)[Message][0]["order_numbers"]) == ["LGVQUTFKZ", "1042"]


def test_employees_are_id_and_name(rows, shop):
    (employee,) = recorded("employees_fields.json")
    assert rows(EMPLOYEES, employee)[Agent][0] == {"agent_id": "1", "name": "Anna Test", "role": "agent"}
    with_hash = {**employee, "passwd": "$2y$10$abc", "email": "anna@example.org"}
    kept = shop.admit(EMPLOYEES, Record("1", json.dumps(with_hash).encode(), 1)).payload
    assert b"$2y$" not in kept
    assert b"anna@" not in kept


# --- texts ------------------------------------------------------------------------------------------------------------


def messages(there: World) -> dict[int, str | None]:
    """Length -> text of the messages in the store."""
    with there.store.read() as connection:
        return {row.length: row.body for row in connection.execute(text("SELECT length, body FROM messages"))}


def test_texts_are_kept_as_people_read_them_and_leave_the_disk_with_the_next_full_sync(there: World) -> None:
    written = "Wann kommt die Kanne wieder?\nGrüße 🍵"
    there.surroundings = Surroundings(texts_kept=True)
    there.sync()
    kept = messages(there)
    assert kept[len(written)] == written
    assert None not in kept.values()
    there.surroundings = Surroundings()
    there.sync("full")
    assert messages(there) == dict.fromkeys(kept), "the same lengths, and no text"
    there.assert_equal()
