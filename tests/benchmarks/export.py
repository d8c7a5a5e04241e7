"""How fast and in how much memory a store is exported. Prints rows a second and the peak of resident memory.

    python -m tests.benchmarks.export [ORDERS]

Each format runs in a process of its own, since a process never shrinks; the floor is the same table written with
XlsxWriter and nothing else: no store, no types, no safety.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEGABYTE = 1024 * 1024
FORMATS = ("workbook", "csv", "parquet", "floor")


def main() -> None:
    """Build the store once, then measure each format in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", __spec__.name, "build", str(count), folder], check=True)
        for form in FORMATS:
            subprocess.run([sys.executable, "-m", __spec__.name, form, str(count), folder], check=True)


def build(count: int, folder: Path) -> None:
    """A tea shop of `count` orders."""
    from connector.simulation.clock import FakeClock
    from connector.store import open_store
    from tests.export.shops import tea_shop

    with open_store(f"sqlite:///{folder / 'shop.db'}", clock=FakeClock()) as store:
        tea_shop(store, count)


def ours(form: str, folder: Path) -> int:
    """Export everything; how many rows were written."""
    from connector.export import exporting
    from connector.export.material import Request
    from connector.simulation.clock import FakeClock
    from connector.store import open_store
    from tests.export.shops import BERLIN, at

    clock = FakeClock(at("2026-11-21T12:00:00"))
    request = Request(zone=BERLIN, language="de")
    with open_store(f"sqlite:///{folder / 'shop.db'}", clock=clock) as store:
        if form == "workbook":
            done = exporting.export_workbook(store, folder / "report.xlsx", request, clock=clock)
        elif form == "csv":
            done = exporting.export_csv(store, folder / "csv", request, clock=clock)
        else:
            done = exporting.export_parquet(store, folder / "parquet", request, clock=clock)
    return sum(done.rows.values())


def floor(count: int, folder: Path) -> int:
    """Bare XlsxWriter: as many rows as the shop has, of as many cells, already at hand."""
    import xlsxwriter

    book = xlsxwriter.Workbook(folder / "floor.xlsx", {"constant_memory": True})
    rows = 0
    for cells, factor in ((34, 1.0), (7, 1.0), (13, 2.0), (13, 1 / 3)):
        sheet = book.add_worksheet()
        for row in range(int(count * factor)):
            for cell in range(0, cells, 2):
                sheet.write_string(row, cell, "main-shop")
            for cell in range(1, cells, 2):
                sheet.write_number(row, cell, 12.5)
        rows += int(count * factor)
    book.close()
    return rows


def measure(form: str, count: int, folder: Path) -> None:
    """Run one format and print what it took."""
    started, busy = time.perf_counter(), time.process_time()
    rows = floor(count, folder) if form == "floor" else ours(form, folder)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    print(
        f"{form:9} {count:>9,} orders {rows:>11,} rows {seconds:6.1f} s ({busy:5.1f} s busy) "
        f"{rows / seconds:>8,.0f} rows/s "
        f"peak {peak() / MEGABYTE:6.0f} MB",
        flush=True,
    )


def peak() -> int:
    """The largest resident memory of this process so far, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    if len(sys.argv) == 4:
        what, number, where = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
        if what == "build":
            build(number, where)
        else:
            measure(what, number, where)
    else:
        main()
