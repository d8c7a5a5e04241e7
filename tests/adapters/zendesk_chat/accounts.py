"""The adapter beside a pretend account, and beside recorded answers."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from adapters.zendesk_chat import CHATS, ZendeskChat
from adapters.zendesk_chat.settings import ZendeskChatSettings
from adapters.zendesk_chat.simulator import TOKEN
from connector.contract import Record
from connector.settings import Surroundings, Timeouts
from connector.simulation.clock import FakeClock
from connector.transport import Transport

FIXTURES = Path(__file__).parents[2] / "fixtures" / "zendesk_chat"
NOWHERE = "https://shop.zendesk.test"
NO_TEXTS, TEXTS = Surroundings(), Surroundings(texts_kept=True)


def connected(address: str, clock: FakeClock, surroundings: Surroundings = NO_TEXTS, **settings: Any) -> ZendeskChat:
    parsed = ZendeskChatSettings.model_validate({"url": address, "access_token": TOKEN, **settings})
    transport = Transport(address, clock=clock, random=Random(1), timeouts=Timeouts(), retry_for=300)
    return ZendeskChat(parsed.within(surroundings), transport)


def fixture(path: str) -> Any:
    return json.loads((FIXTURES / path).read_text(encoding="utf-8"))


def chats(path: str) -> list[dict[str, Any]]:
    """The chats of a sample, which is a page or a single chat."""
    content = fixture(path)
    return content.get("chats") or [content]


def rows(
    chat: dict[str, Any], clock: FakeClock, surroundings: Surroundings = NO_TEXTS
) -> dict[type, list[dict[str, Any]]]:
    """The rows of a chat as the API gave it, by table; what was admitted is admitted as it is."""
    adapter = connected(NOWHERE, clock, surroundings)
    record = adapter.admit(CHATS, Record(chat["id"], json.dumps(chat).encode(), 1))
    assert adapter.admit(CHATS, Record(chat["id"], record.payload, 1)).payload == record.payload
    made: dict[type, list[dict[str, Any]]] = {}
    for table, row in adapter.normalise(CHATS, Record(chat["id"], record.payload, 1)):
        assert set(row) <= set(table.__table__.c.keys())
        made.setdefault(table, []).append(row)
    return made
