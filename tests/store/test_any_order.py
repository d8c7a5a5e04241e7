"""Whatever order pages are saved in, and however they are cut, the newest read of each record counts."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.contract import Record
from connector.simulation.clock import FakeClock
from connector.store import open_store
from connector.store.gone import mark_gone
from connector.store.rebuilding import rebuild_source
from connector.store.write import save_page
from tests.store.shop import ORDERS, STREAMS, everything, normalise, order, rows, sqlite_url

# What a shop was at each instant: content never returns to what it was, as real records carry a date of change.
reads = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(1, 12), st.sampled_from(["", "politely", "badly"])),
    min_size=1,
    max_size=24,
)
cuts = st.lists(st.integers(1, 5), min_size=1, max_size=24)


def record(id_: str, at: int, fail: str) -> Record:
    """How the order was when a request that began at `at` read it; some versions of it cannot be understood."""
    fails = fail if at % 3 == 0 else ""
    return order(
        id_, at, total=at, lines=map(str, range(at % 4)), account=str(at % 3), email=f"{at % 2}@x", fail=fails,
        updated_at=at, stamp=str(at),
    )  # fmt: skip


def pages(records: list[Record], sizes: list[int]) -> list[list[Record]]:
    """The records cut into pages."""
    cut, rest = [], list(records)
    while rest:
        size = sizes[len(cut) % len(sizes)]
        cut.append(rest[:size])
        rest = rest[size:]
    return cut


def stored(saved: list[list[Record]], *, gone: dict[str, int] | None = None, rebuilt: bool = False) -> dict[str, Any]:
    """The store after these pages."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "connector.db").write_bytes(empty_store())
        store = open_store(sqlite_url(Path(folder)), clock=FakeClock())
        for page in saved:
            save_page(store, 1, ORDERS, page, cursor=None, normalise=normalise)
        for id_, at in (gone or {}).items():
            mark_gone(store, 1, ORDERS, [id_], at=at)
        if rebuilt:
            rebuild_source(store, 1, STREAMS, normalise)
        found = everything(store, without=["identity_marks"])
        store.close()
        return found


@lru_cache
def empty_store() -> bytes:
    """The file of a store without anything in it; copying it is faster than making its tables each time."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(sqlite_url(Path(folder)), clock=FakeClock()).close()
        return Path(folder, "connector.db").read_bytes()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reads, cuts, cuts, st.randoms(use_true_random=False))
def test_the_order_of_pages_and_their_size_do_not_matter(
    read: list[tuple[str, int, str]], sizes: list[int], others: list[int], chance: Any
) -> None:
    fail = {id_: how for id_, _, how in read}
    records = [record(id_, at, fail[id_]) for id_, at, _ in read]
    shuffled = list(records)
    chance.shuffle(shuffled)
    one, other = stored(pages(records, sizes)), stored(pages(shuffled, others))
    assert one == other
    good: dict[str, int] = {}
    last: dict[str, int] = {}
    for id_, at, _ in read:
        last[id_] = max(at, last.get(id_, 0))
        if not (fail[id_] and at % 3 == 0):
            good[id_] = max(at, good.get(id_, 0))
    assert [row[1] for row in one["orders"]] == sorted(good)
    assert {row[1]: len([line for line in one["order_lines"] if line[1] == row[1]]) for row in one["orders"]} == {
        id_: at % 4 for id_, at in good.items()
    }
    assert {row[2] for row in one["set_aside"]} == {id_ for id_, at in last.items() if at != good.get(id_)}


@settings(max_examples=25, deadline=None)
@given(reads, cuts, st.dictionaries(st.sampled_from("abc"), st.integers(1, 14), max_size=2))
def test_a_rebuild_and_a_second_sync_change_nothing(
    read: list[tuple[str, int, str]], sizes: list[int], gone: dict[str, int]
) -> None:
    fail = {id_: how for id_, _, how in read}
    saved = pages([record(id_, at, fail[id_]) for id_, at, _ in read], sizes)
    once = stored(saved, gone=gone)
    assert stored(saved, gone=gone, rebuilt=True) == once
    assert stored(saved + saved, gone=gone) == once


def test_the_newest_total_is_the_one_stored() -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(sqlite_url(Path(folder)), clock=FakeClock()) as store:
        for at in (4, 8, 1, 7):
            save_page(store, 1, ORDERS, [record("a", at, "")], cursor=None, normalise=normalise)
        assert rows(store, "SELECT total_micros FROM orders") == [(8,)]
