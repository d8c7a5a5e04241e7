"""`connector export`: a workbook, or a folder of CSV or Parquet files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from connector.clock import Clock
from connector.errors import UsageError
from connector.export.columns import Grid
from connector.export.csv_files import Dialect
from connector.export.frugal import frugal
from connector.export.material import Exported, Material, Progress, Request, quiet
from connector.export.tables import TABLES
from connector.frames.reading import Reads
from connector.messages.export import texts


def export_workbook(
    store: Reads, target: Path, request: Request, *, clock: Clock, progress: Progress = quiet
) -> Exported:
    """Write an .xlsx workbook, whole or not at all. Raises UsageError (what was asked, or the file), StoreError."""
    from connector.export.workbook import write_workbook

    with store.read() as connection:
        material = Material(connection, request, clock)
        rows = write_workbook(target, material, progress)
    return Exported((target,), rows, material.left_out)


def export_csv(
    store: Reads,
    folder: Path,
    request: Request,
    *,
    clock: Clock,
    dialect: Dialect | None = None,
    progress: Progress = quiet,
) -> Exported:
    """Write one .csv file per table into a folder; the dialect follows the language unless it is given.

    Raises UsageError (what was asked, or a file), StoreError. Files written before an error stay.
    """
    from connector.export.csv_files import write_file

    chosen = dialect or (Dialect.EXCEL_DE if request.language == "de" else Dialect.PLAIN)

    def write(target: Path, grid: Grid) -> int:
        return write_file(target, grid, chosen, zone=request.zone, language=request.language)

    return _export_folder(store, folder, request, clock, progress, "csv", write)


def export_parquet(
    store: Reads, folder: Path, request: Request, *, clock: Clock, progress: Progress = quiet
) -> Exported:
    """Write one .parquet file per table into a folder. Raises as `export_csv`."""
    from connector.export.parquet_files import write_file

    return _export_folder(store, folder, request, clock, progress, "parquet", write_file)


def _export_folder(
    store: Reads,
    folder: Path,
    request: Request,
    clock: Clock,
    progress: Progress,
    ending: str,
    write: Callable[[Path, Grid], int],
) -> Exported:
    if folder.exists() and not folder.is_dir():
        raise UsageError(texts("folder_is_file", path=folder), texts("folder_is_file_advice"))
    files: list[Path] = []
    rows: dict[str, int] = {}
    with store.read() as connection, frugal(connection):
        material = Material(connection, request, clock)
        for name in sorted(material.tables, key=lambda name: name not in TABLES):  # figures last: see Material
            target = folder / f"{name}.{ending}"
            progress(name, 0)
            rows[name] = write(target, material.grid(name))
            files.append(target)
            progress(name, rows[name])
    return Exported(tuple(files), rows, material.left_out)
