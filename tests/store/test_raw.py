"""Stored records come back as they were admitted, with whatever dictionary they were stored."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from connector.errors import StoreError
from connector.store import Store
from connector.store import raw as raw_module
from connector.store.raw import compressor, decompress, dictionary_version, iterate, train_dictionary
from connector.store.write import save_page
from tests.store.shop import ORDERS, normalise, order, rows


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "orders-1.zdict"
    samples = [order(str(n), status="completed", billing={"city": f"Ort {n}"}, total=n).payload * 3 for n in range(300)]
    train_dictionary(samples, path, size=1024)
    return path


def test_records_come_back_as_they_were_in_the_order_of_their_ids(store: Store) -> None:
    records = [order(str(n), n, total=n, updated_at=n, stamp="s", locator="l") for n in range(10)]
    save_page(store, 1, ORDERS, records[::-1], cursor=None, normalise=normalise)
    assert list(iterate(store, 1, ORDERS)) == records


def test_a_dictionary_makes_records_smaller_and_its_version_stands_on_them(store: Store, dictionary: Path) -> None:
    stream = replace(ORDERS, dictionary=dictionary)
    record = order("7", status="completed", billing={"city": "Ort 7"})
    save_page(store, 1, ORDERS, [record], cursor=None, normalise=normalise)
    save_page(store, 2, stream, [record], cursor=None, normalise=normalise)
    (plain, small) = rows(store, "SELECT dictionary, length(payload) FROM raw_records ORDER BY source_id")
    assert (plain[0], small[0]) == (0, 1)
    assert small[1] < plain[1]
    assert list(iterate(store, 2, stream)) == [record]


def test_records_of_an_older_dictionary_and_of_none_are_read_beside_newer_ones(store: Store, dictionary: Path) -> None:
    newer = dictionary.with_name("orders-2.zdict")
    train_dictionary([json.dumps({"n": n, "text": "anders " * (n % 7)}).encode() for n in range(500)], newer, size=512)
    for version, path in enumerate((None, dictionary, newer)):
        stream = replace(ORDERS, dictionary=path)
        save_page(store, 1, stream, [order(str(version))], cursor=None, normalise=normalise)
    assert rows(store, "SELECT dictionary FROM raw_records ORDER BY record_id") == [(0,), (1,), (2,)]
    found = list(iterate(store, 1, replace(ORDERS, dictionary=newer)))
    assert [record.payload for record in found] == [order("0").payload] * 3


def test_a_dictionary_that_is_missing_is_named(store: Store, dictionary: Path) -> None:
    save_page(store, 1, replace(ORDERS, dictionary=dictionary), [order("7")], cursor=None, normalise=normalise)
    with pytest.raises(StoreError, match="version 1"):
        list(iterate(store, 1, replace(ORDERS, dictionary=Path("elsewhere/orders-3.zdict"))))


@pytest.mark.parametrize("name", ["orders.zdict", "orders-0.zdict", "orders-1.dict"])
def test_a_dictionary_has_its_version_in_its_name(name: str) -> None:
    with pytest.raises(ValueError, match="NAME-<version>"):
        dictionary_version(Path(name))


def test_chunks_join_without_a_gap(store: Store) -> None:
    records = [order(f"{n:03}") for n in range(25)]
    save_page(store, 1, ORDERS, records, cursor=None, normalise=normalise)
    chunks = list(raw_module.iterate_stored(store, 1, ORDERS, size=7))
    assert [len(chunk) for chunk in chunks] == [7, 7, 7, 4]
    assert [stored.record for chunk in chunks for stored in chunk] == records


def test_threads_compress_side_by_side(dictionary: Path) -> None:
    payloads = [order(str(n), text="x" * n).payload for n in range(300)]
    results: dict[int, list[bytes]] = {}

    def work(number: int) -> None:
        results[number] = [compressor(dictionary)(payload) for payload in payloads]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result == results[0] for result in results.values())
    assert [decompress(data, dictionary, 1) for data in results[0]] == payloads


def test_reading_all_records_holds_a_chunk_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [order(f"{n:04}") for n in range(raw_module.CHUNK + 1)]
    save_page(store, 1, ORDERS, records, cursor=None, normalise=normalise)
    unpacked: list[bytes] = []

    def watched(payload: bytes, dictionary: Path | None, version: int) -> bytes:
        unpacked.append(payload)
        return decompress(payload, dictionary, version)

    monkeypatch.setattr(raw_module, "decompress", watched)
    reading = iterate(store, 1, ORDERS)
    assert next(reading) == records[0]
    assert len(unpacked) == raw_module.CHUNK
    assert [records[0], *reading] == records
