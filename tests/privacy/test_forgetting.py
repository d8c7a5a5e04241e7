"""Erasing one person: nothing names them anywhere, no figure moves, and no sync brings them back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from connector.contract import Record, Row, Stream
from connector.errors import SourceBusy
from connector.export.exporting import export_csv
from connector.export.material import Request
from connector.identity import person_of_email, resolve
from connector.kpi.evaluate import evaluate
from connector.kpi.registry import KPIS
from connector.privacy.forgetting import Forgotten, Known, forget, stand_in
from connector.privacy.holdings import Whose, holdings_of
from connector.store.backup import backup
from connector.store.copies import copy_aside
from connector.store.locks import source_lock
from connector.store.raw import compressor, iterate
from connector.testing.world import SOURCE, World
from tests.privacy.conftest import RULES

ZONE = ZoneInfo("Europe/Berlin")


def known(shop: World) -> Known:
    adapter, transport = shop.build()
    transport.close()
    return Known(adapter.streams, adapter.normalise)


def erase(shop: World, *persons: int, how: Known | None = None) -> Forgotten:
    return forget(shop.store, Whose(persons), {SOURCE: how or known(shop)}, rules=RULES, clock=shop.clock)


def somebody(shop: World) -> tuple[int, set[str]]:
    """The person with the most orders, and the texts that tell who it is."""
    with shop.store.read() as connection:
        person_id = (
            connection.execute(
                sa.text("SELECT person_id FROM orders WHERE person_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1")
            )
            .scalars()
            .first()
        )
        assert person_id is not None
        return person_id, set(holdings_of(connection, Whose((person_id,))).texts)


def figures(shop: World) -> list[dict[str, Any]]:
    ids = [kpi.id for kpi in KPIS if kpi.subject == "shop"]
    document = evaluate(shop.store, ids, clock=shop.clock, zone=ZONE).to_json("en")
    return list(document["results"])


def in_files(folder: Path, texts: Iterable[str]) -> list[tuple[str, str]]:
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [(path.name, text) for text in texts if text.lower().encode() in content]
    return found


def in_records(shop: World, texts: Iterable[str]) -> list[tuple[str, str]]:
    adapter, transport = shop.build()
    transport.close()
    return [
        (f"{stream.name} {record.id}", text)
        for stream in adapter.streams
        for record in iterate(shop.store, 1, stream)
        for text in texts
        if text in record.payload.decode()
    ]


def emails_of(texts: Iterable[str]) -> set[str]:
    return {text for text in texts if "@" in text}


def test_nothing_names_the_person_in_any_file_and_no_figure_moves(shop: World, folder: Path, tmp_path: Path) -> None:
    person_id, texts = somebody(shop)
    emails = emails_of(texts)
    assert in_files(folder, emails)
    before = figures(shop)
    done = erase(shop, person_id)
    assert done.records > 1
    assert not done.remnants.log_left
    assert figures(shop) == before
    assert in_files(folder, emails) == []
    assert in_records(shop, emails) == []
    out = tmp_path / "out"
    export_csv(shop.store, out, Request(zone=ZONE), clock=shop.clock)
    assert in_files(out, emails) == []


def test_a_full_sync_does_not_bring_the_person_back(shop: World, folder: Path) -> None:
    person_id, texts = somebody(shop)
    before = figures(shop)
    erase(shop, person_id)
    shop.sync("full")
    resolve(shop.store, rules=RULES, clock=shop.clock)
    assert in_files(folder, emails_of(texts)) == []
    assert in_records(shop, emails_of(texts)) == []
    after = figures(shop)
    assert [row["value"] for row in after] == [row["value"] for row in before]


def test_the_person_stays_one_person_under_the_same_number(shop: World) -> None:
    person_id, texts = somebody(shop)
    email = min(emails_of(texts))
    erase(shop, person_id)
    assert person_of_email(shop.store, email) is None
    address = stand_in(shop.store, email)
    assert address is not None
    assert address.endswith("@erased.invalid")
    assert person_of_email(shop.store, address) == person_id


def test_an_erasure_that_was_cut_short_is_ended_by_the_next(shop: World, folder: Path) -> None:
    person_id, texts = somebody(shop)
    before = figures(shop)
    how = known(shop)
    calls = 0

    def failing(stream: Stream, record: Record) -> Iterable[Row]:
        nonlocal calls
        calls += 1
        if calls > 1 and stream.name == "orders":
            raise KeyboardInterrupt
        assert how.normalise is not None
        return how.normalise(stream, record)

    with pytest.raises(KeyboardInterrupt):
        erase(shop, person_id, how=Known(how.streams, failing))
    resolve(shop.store, rules=RULES, clock=shop.clock)
    for email in sorted(emails_of(texts)):
        if (left := person_of_email(shop.store, email)) is not None:
            erase(shop, left)
    erase(shop, person_id)
    assert in_files(folder, emails_of(texts)) == []
    assert figures(shop) == before


@pytest.mark.parametrize("streams_known", [True, False])
def test_a_source_that_is_configured_no_more_is_erased_too(shop: World, folder: Path, streams_known: bool) -> None:
    person_id, texts = somebody(shop)
    before = figures(shop)
    erase(shop, person_id, how=Known(known(shop).streams if streams_known else ()))
    assert figures(shop) == before
    with shop.store.read() as connection:
        rows = connection.execute(sa.text("SELECT * FROM orders")).all()
    assert not [row for row in rows if any(email in repr(row) for email in emails_of(texts))]
    assert in_files(folder, emails_of(texts)) == []
    if streams_known:
        assert in_records(shop, emails_of(texts)) == []
    else:
        assert {record.payload for record in iterate(shop.store, 1, known(shop).streams[0])} == {b"{}"}


def test_what_was_set_aside_and_what_errors_said_is_cleared(shop: World, folder: Path) -> None:
    person_id, texts = somebody(shop)
    email = max(emails_of(texts))
    payload = compressor(None)(f'{{"id": 5, "billing": {{"email": "{email}", "first_name": "Ann"}}}}'.encode())
    with shop.store.write() as connection:
        aside = SQLModel.metadata.tables["set_aside"]
        values = {"source_id": 1, "stream": "orders", "step": "normalise", "dictionary": 0, "read_at": 1}
        connection.execute(aside.insert().values(record_id="5", reason=f"odd: {email}", payload=payload, **values))
        runs = SQLModel.metadata.tables["runs"]
        connection.execute(sa.update(runs).values(error_message=f"The shop said: {email} is unknown"))
    erase(shop, person_id)
    assert in_files(folder, {email}) == []
    adapter, transport = shop.build()
    transport.close()
    with shop.store.read() as connection:
        kept = connection.execute(sa.text("SELECT payload, dictionary, reason FROM set_aside")).one()
    from connector.store.raw import decompress

    content = decompress(kept.payload, adapter.streams[0].dictionary, kept.dictionary)
    assert b"erased.invalid" in content
    assert b"Ann" not in content


def test_own_copies_are_deleted_and_backups_are_named(shop: World, tmp_path: Path) -> None:
    person_id, _ = somebody(shop)
    copy = copy_aside(shop.store, "before-0002")
    backup(shop.store, tmp_path / "monday.db")
    done = erase(shop, person_id)
    assert not copy.exists()
    assert done.remnants.copies == (copy,)
    assert done.remnants.backups == (tmp_path / "monday.db",)


def test_nobody_is_erased_while_a_source_is_being_synced(shop: World) -> None:
    person_id, texts = somebody(shop)
    with source_lock(shop.store, SOURCE), pytest.raises(SourceBusy):
        erase(shop, person_id)
    assert person_of_email(shop.store, min(emails_of(texts))) == person_id
