"""Parquet by Polars, with proper types: money as decimals of six places, instants as UTC times, days as dates.

Text is held as it is. A table larger than one chunk is written in parts beside the target first and then joined by
Polars' streaming engine, so memory does not grow with the number of rows.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector.export.columns import Column, Grid, Kind, Row
from connector.export.placing import placed

if TYPE_CHECKING:
    import polars as pl

CHUNK = 5_000
"""Rows in a part."""


def write_file(target: Path, grid: Grid) -> int:
    """Write a grid to a Parquet file, whole or not at all; how many rows it has. Raises UsageError with the reason."""
    with placed(target) as draft, system_errors():
        return _write(draft, grid)


@contextmanager
def system_errors() -> Iterator[None]:
    """Polars wraps the system's errors in its own and keeps only their text and number: here they are OSError again."""
    import polars as pl

    try:
        yield
    except pl.exceptions.PolarsError as fault:
        found = re.search(r"os error (\d+)", str(fault))
        if found is None:
            raise
        number = int(found[1])
        if sys.platform == "win32":
            raise OSError(0, "", None, number) from fault  # Windows counts its errors otherwise; Python translates
        raise OSError(number, os.strerror(number)) from fault


def _write(draft: Path, grid: Grid) -> int:
    import polars as pl

    chunks = _frames(grid)
    first = next(chunks)
    following = next(chunks, None)
    if following is None:
        first.write_parquet(draft)
        return first.height
    count = 0
    with tempfile.TemporaryDirectory(dir=draft.parent, prefix=f"{draft.name}.") as folder:
        parts: list[Path] = []
        for frame in _all(first, following, chunks):
            part = Path(folder) / f"{len(parts):06d}.parquet"
            frame.write_parquet(part, compression="lz4")
            parts.append(part)
            count += frame.height
        pl.scan_parquet(parts).sink_parquet(draft, maintain_order=True)
    return count


def _all(first: pl.DataFrame, second: pl.DataFrame, rest: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    yield first
    yield second
    yield from rest


def _frames(grid: Grid) -> Iterator[pl.DataFrame]:
    """The grid in frames of CHUNK rows; at least one, so that an empty table keeps its columns."""
    rows = iter(grid.rows)
    chunk = list(islice(rows, CHUNK))
    while True:
        yield _frame(grid.columns, chunk)
        chunk = list(islice(rows, CHUNK))
        if not chunk:
            return


def _frame(columns: tuple[Column, ...], chunk: list[Row]) -> pl.DataFrame:
    import polars as pl

    values = zip(*chunk, strict=True) if chunk else (() for _ in columns)
    return pl.DataFrame([_series(column, list(one)) for column, one in zip(columns, values, strict=True)])


def _series(column: Column, values: list[Any]) -> pl.Series:
    import polars as pl

    kind, name = column.kind, column.name
    if kind in {Kind.MONEY, Kind.QUANTITY, Kind.PERCENT}:
        amounts = [None if micros is None else Decimal(micros).scaleb(-6) for micros in values]
        return pl.Series(name, amounts, dtype=pl.Decimal(38, 6))
    if kind is Kind.INSTANT:
        return pl.Series(name, values, dtype=pl.Int64).cast(pl.Datetime("us", "UTC"))
    if kind is Kind.DAY:
        return pl.Series(name, values, dtype=pl.Date)
    if kind in {Kind.TEXT, Kind.LINK}:
        return pl.Series(name, [None if text is None else _utf8(str(text)) for text in values], dtype=pl.String)
    if kind is Kind.COUNT:
        return pl.Series(name, values, dtype=pl.Int64)
    if kind is Kind.BOOL:
        return pl.Series(name, values, dtype=pl.Boolean)
    return pl.Series(
        name,
        [float(value) if isinstance(value, int | Decimal) else value for value in values],
        dtype=pl.Float64,
    )


def _utf8(text: str) -> str:
    """Parquet holds text as UTF-8, which has no place for half a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
