"""No text is kept unless the owner keeps texts; no address, place or client ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.zendesk.streams import EVENTS, KINDS, LOGS, RATINGS, SURVEYS, TICKETS
from connector.config.document import parse
from connector.config.load import interpret
from connector.contract import Record, Stream
from connector.settings import Surroundings
from connector.simulation.clock import FakeClock
from connector.store import open_store
from connector.testing.world import World
from tests.adapters.zendesk.desks import NOWHERE, connected, fixture, rows

COMMENT = {
    **fixture("recorded/ticket_comment_child_event.json"),
    "ticket_id": 7,
    "role": "customer",
    "plain_body": "Bestellung 1042 fehlt",
}
LINE = {**fixture("official/conversation_log.json")["events"][0], "ticket_id": 123}
RATING = fixture("composed/satisfaction_ratings_page.json")["satisfaction_ratings"][0]
SURVEY = fixture("official/csat_survey_responses.json")["survey_responses"][0]
TICKET = fixture("composed/tickets_cursor_page1.json")["tickets"][0]
TEXTS: list[tuple[Stream, dict[str, Any], str, str]] = [
    (TICKETS, TICKET, "subject", "Wo bleibt meine Bestellung?"),
    (EVENTS, COMMENT, "body", "Bestellung 1042 fehlt"),
    (LOGS, LINE, "body", "Hey! Have a question? I'm here to assist."),
    (RATINGS, RATING, "comment", "Schnell!"),
    (SURVEYS, SURVEY, "comment", "I had to repeatedly answer the same questions."),
]
IDS = [stream.name for stream, *_ in TEXTS]


@pytest.mark.parametrize(("stream", "content", "column", "text"), TEXTS, ids=IDS)
def test_texts_are_kept_only_where_the_owner_keeps_them(stream, content, column, text, clock: FakeClock) -> None:
    assert rows(stream, content, clock, texts_kept=True)[0][column] == text
    assert rows(stream, content, clock)[0][column] is None
    payload = json.dumps(content).encode()
    kept = connected(NOWHERE, clock).admit(stream, Record("1", payload, 1)).payload
    assert json.dumps(text)[1:-1].encode() not in kept


@pytest.mark.parametrize(("stream", "content", "column", "text"), TEXTS, ids=IDS)
def test_once_texts_are_no_longer_kept_rows_have_none(stream, content, column, text, clock: FakeClock) -> None:
    full = connected(NOWHERE, clock, Surroundings(texts_kept=True))
    stored = full.admit(stream, Record("1", json.dumps(content).encode(), 1)).payload
    (row, *_) = (row for _, row in connected(NOWHERE, clock).normalise(stream, Record("1", stored, 1)))
    assert row[column] is None


def test_lengths_and_orders_stay_either_way(clock: FakeClock) -> None:
    for texts_kept in (False, True):
        assert rows(EVENTS, COMMENT, clock, texts_kept=texts_kept)[0]["length"] == 21
        assert json.loads(rows(TICKETS, TICKET, clock, texts_kept=texts_kept)[0]["order_numbers"]) == ["1042"]


def test_a_full_sync_after_the_choice_changed_takes_the_texts_off_the_disk(there, clock, tmp_path: Path) -> None:
    desk, _ = there
    world = World("zendesk", desk, open_store(f"sqlite:///{tmp_path}/connector.db", clock=clock), clock)

    def texts() -> list[Any]:
        return [row for row in world.everything()["messages"] if "Das Paket kommt heute." in row]

    try:
        world.surroundings = Surroundings(texts_kept=True)
        world.sync()
        assert texts()
        world.surroundings = Surroundings()
        world.sync("full")
        assert not texts()
        assert b"Das Paket" not in _stored_payloads(world)
    finally:
        world.close()
        world.store.close()


def _stored_payloads(world: World) -> bytes:
    from connector.store.raw import iterate

    adapter, transport = world.build()
    transport.close()
    return b"".join(
        record.payload for stream in adapter.streams for record in iterate(world.store, world._source_id(), stream)
    )


def test_config_tells_the_source(tmp_path: Path) -> None:
    text = """
timezone: Europe/Berlin
privacy: {message_text: full}
sources:
  helpdesk: {adapter: zendesk, url: "https://shop.example", access_token: "${TOKEN}"}
"""
    file = tmp_path / "config.yaml"
    config = interpret(parse(text, file), file, {"TOKEN": "secret-token"})
    surroundings = config.sources["helpdesk"].surroundings
    assert surroundings.texts_kept is True
    assert surroundings.tokens.file == tmp_path / "connector.db.tokens"
    none = interpret(parse(text.replace("full", "none"), file), file, {"TOKEN": "secret-token"})
    assert none.sources["helpdesk"].surroundings.texts_kept is False
    server = text.replace("timezone:", "store: postgresql+psycopg://u@h/db\ntimezone:")
    beside = interpret(parse(server, file), file, {"TOKEN": "secret-token"}).sources["helpdesk"].surroundings.tokens
    assert beside.file == tmp_path / "config.yaml.tokens"


def test_no_address_place_or_client_of_any_record_is_kept(there, clock: FakeClock) -> None:
    _, server = there
    adapter = connected(server.address, clock, Surroundings(texts_kept=True))
    forbidden = (b"203.0.113", b"Mozilla", b"private remark", b"x@example.test")
    for stream in KINDS:
        records = [record for page in adapter.pull(stream, None) for record in page.records]
        assert records, stream.name
        kept = b"".join(adapter.admit(stream, record).payload for record in records)
        assert not any(word in kept for word in forbidden), stream.name
