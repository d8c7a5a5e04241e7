"""A file is put in place whole or not at all, and what goes wrong is a sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connector.errors import UsageError
from connector.export.columns import Column, Grid
from connector.export.csv_files import Dialect, write_file
from connector.export.placing import placed
from tests.export import grids

UTC = ZoneInfo("UTC")


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_appears_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.csv"
    with placed(target) as draft:
        draft.write_text("whole")
        assert not target.exists()
        assert draft.parent == target.parent
    assert target.read_text() == "whole"
    assert only(target.parent) == ["report.csv"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.write_text("old")

    def rows():  # type: ignore[no-untyped-def]
        yield ["one"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(target, Grid("t", (Column("name"),), rows()), Dialect.PLAIN, zone=UTC, language="en")
    assert target.read_text() == "old"
    assert only(tmp_path) == ["report.csv"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_locked_workbook_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    target = tmp_path / f"report.{form}"
    target.write_text("open in Excel")

    def locked(source: object, destination: object) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(destination))

    monkeypatch.setattr(os, "replace", locked)  # what Windows does while Excel has the file open
    with pytest.raises(UsageError) as error:
        grids.write(form, target)
    assert error.value.advice is not None
    if form == "xlsx":
        assert "Close the workbook report.xlsx in Excel" in error.value.advice.render("en")
        assert "Schließen Sie die Arbeitsmappe report.xlsx in Excel" in error.value.advice.render("de")
    else:
        assert f"Close report.{form}" in error.value.advice.render("en")
    assert target.read_text() == "open in Excel"
    assert only(tmp_path) == [f"report.{form}"]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit for the size of files")
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(tmp_path: Path, form: str) -> None:
    target = tmp_path / f"report.{form}"
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from connector.errors import UsageError\n"
        "from tests.export import grids\n"
        "import polars, xlsxwriter\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    grids.write(sys.argv[1], Path(sys.argv[2]), rows=20_000)\n"
        "except UsageError as error:\n"
        "    print(error.message.key, '|', error.advice)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, form, str(target)], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.stdout.startswith("disk_full | Free some space"), run.stdout + run.stderr
    assert only(tmp_path) == []


def test_a_folder_as_target(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error, placed(tmp_path):
        pass
    assert error.value.message.key == "target_is_folder"


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError) as error, placed(tmp_path / "out" / "report.csv"):
        pass
    assert error.value.message.key == "folder_is_file"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(UsageError) as error, placed(closed / "report.csv"):
        pass
    assert error.value.message.key == "folder_closed"
