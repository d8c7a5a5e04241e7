"""Stored records: compressed, each stream with a dictionary of its own.

Records of one stream resemble each other, so zstd with a dictionary of what they have in common makes one of them a
tenth of its size. The dictionary is made of invented records: one trained on real pages would carry customers' names
and addresses into every installation. It belongs to the adapter (`Stream.dictionary`, a file `NAME-<version>.zdict`);
its version stands on every stored record, and older versions stay beside the newest for as long as records use them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import zstandard
from sqlalchemy import select

from connector.contract import Record, Stream
from connector.errors import StoreError
from connector.messages.store import texts
from connector.model import RawRecord
from connector.store.database import Store
from connector.store.statements import among, among_value, place
from connector.store.tables import table_of

LEVEL = 1
"""Of compression. 3 makes an order 9 of 1,150 bytes smaller and takes 7 microseconds for it in place of 4."""
CHUNK = 500
"""Records read at a time."""

_NAME = re.compile(r"(?P<name>.+)-(?P<version>[1-9]\d*)\.zdict")
_raw = table_of(RawRecord)


class _PerThread(threading.local):
    """A zstd context serves one thread at a time, and making one costs more than a record."""

    def __init__(self) -> None:
        self.compressors: dict[Path | None, zstandard.ZstdCompressor] = {}
        self.decompressors: dict[tuple[Path | None, int], zstandard.ZstdDecompressor] = {}


_contexts = _PerThread()


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored record and since when it is gone (microseconds UTC), if it is."""

    record: Record
    gone_at: int | None


def dictionary_version(dictionary: Path | None) -> int:
    """The version in a dictionary's file name; 0 where there is no dictionary."""
    if dictionary is None:
        return 0
    match = _NAME.fullmatch(dictionary.name)
    if match is None:
        raise ValueError(f"a dictionary is named NAME-<version>.zdict, not {dictionary.name}")
    return int(match["version"])


def compressor(dictionary: Path | None) -> Callable[[bytes], bytes]:
    """What compresses a payload of a stream with this dictionary, in the present thread."""
    found = _contexts.compressors.get(dictionary)
    if found is None:
        # The version stands on the row, so the frame need not repeat an id; nor a checksum: the digest is stored.
        found = zstandard.ZstdCompressor(
            level=LEVEL,
            dict_data=_read(dictionary) if dictionary else None,
            write_dict_id=False,
            write_checksum=False,
        )
        _contexts.compressors[dictionary] = found
    return found.compress


def decompress(payload: bytes, dictionary: Path | None, version: int) -> bytes:
    """A payload as it was admitted. `version` is the one that stands on its row.

    Raises `StoreError` where the adapter no longer brings that version of the dictionary.
    """
    found = _contexts.decompressors.get((dictionary, version))
    if found is None:
        found = zstandard.ZstdDecompressor(dict_data=_of_version(dictionary, version))
        _contexts.decompressors[dictionary, version] = found
    return found.decompress(payload)


def iterate(store: Store, source_id: int, stream: Stream) -> Iterator[Record]:
    """All stored records of a stream, gone ones too, in the order of their ids; a few hundred in memory at a time."""
    for chunk in iterate_stored(store, source_id, stream):
        for stored in chunk:
            yield stored.record


def iterate_stored(store: Store, source_id: int, stream: Stream, *, size: int = CHUNK) -> Iterator[list[Stored]]:
    """The same in chunks of `size`, with since when each is gone. Every chunk is read at an instant of its own."""
    last = ""
    while True:
        with store.read() as connection:
            rows = connection.execute(
                select(_raw)
                .where(
                    _raw.c.source_id == source_id,
                    _raw.c.stream == stream.name,
                    _raw.c.record_id > last,
                )
                .order_by(_raw.c.record_id)
                .limit(size)
            ).all()
        if not rows:
            return
        last = rows[-1].record_id
        yield [
            Stored(
                Record(
                    id=row.record_id,
                    payload=decompress(row.payload, stream.dictionary, row.dictionary),
                    read_at=row.read_at,
                    updated_at=row.updated_at,
                    stamp=row.stamp,
                    locator=row.locator,
                ),
                row.gone_at,
            )
            for row in rows
            if row.payload is not None
        ]


def held_payloads(store: Store, source_id: int, stream: Stream, ids: Sequence[str]) -> dict[str, bytes]:
    """The admitted payloads that are stored of the records with these ids."""
    if not ids:
        return {}
    sign = place(store.dialect)
    these = f"source_id = {sign} AND stream = {sign} AND record_id {among(store.dialect)}"
    with store.read() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT record_id, payload, dictionary FROM raw_records WHERE {these} AND payload IS NOT NULL",
            (source_id, stream.name, among_value(store.dialect, ids)),
        ).fetchall()
    return {record_id: decompress(payload, stream.dictionary, version) for record_id, payload, version in rows}


def train_dictionary(samples: Sequence[bytes], target: Path, *, size: int = 16 * 1024) -> None:
    """Train a dictionary of `size` bytes on invented, admitted records and write it to `target`.

    For maintainers of adapters: `target` is `NAME-<version>.zdict` with a version that was never used, beside the
    older ones. A few hundred samples as varied as real records do. Raises ValueError for another file name.
    """
    dictionary_version(target)
    target.write_bytes(zstandard.train_dictionary(size, list(samples), level=LEVEL).as_bytes())


@lru_cache(maxsize=100)
def _read(dictionary: Path) -> zstandard.ZstdCompressionDict:
    data = zstandard.ZstdCompressionDict(dictionary.read_bytes())
    data.precompute_compress(level=LEVEL)
    return data


def _of_version(dictionary: Path | None, version: int) -> zstandard.ZstdCompressionDict | None:
    if version == 0:
        return None
    match = _NAME.fullmatch(dictionary.name) if dictionary else None
    path = dictionary.with_name(f"{match['name']}-{version}.zdict") if dictionary and match else None
    if path is None or not path.is_file():
        raise StoreError(texts("no_dictionary", version=version), texts("no_dictionary_advice"))
    return _read(path)
