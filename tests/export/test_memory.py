"""Memory does not grow with the number of rows that are written."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from connector.export.scope import Scope
from connector.export.tables import TABLES
from connector.simulation.clock import FakeClock
from connector.store import open_store
from tests.export import grids
from tests.export.shops import BERLIN, tea_shop

MEGABYTE = 1_000_000


def peak(form: str, target: Path, rows: int) -> int:
    """The most memory that Python objects took while so many rows were written."""
    tracemalloc.start()
    try:
        grids.write(form, target, rows=rows)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_writer_holds_few_rows_at_a_time(tmp_path: Path, form: str) -> None:
    grids.write(form, tmp_path / f"warm.{form}", rows=10)  # imports and caches
    few = peak(form, tmp_path / f"few.{form}", 6_000)
    many = peak(form, tmp_path / f"many.{form}", 30_000)
    assert many < few + MEGABYTE


def test_rows_are_streamed_from_the_store(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'shop.db'}", clock=FakeClock()) as store:
        tea_shop(store, 5_000)
        with store.read() as connection:
            scope = Scope(zone=BERLIN)
            list(TABLES["products"].rows(connection, scope).rows)
            tracemalloc.start()
            try:
                count = sum(1 for _ in TABLES["orders"].rows(connection, scope).rows)
                most = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
    assert count == 5_000
    assert most < 3 * MEGABYTE  # all of them would take more than 10
