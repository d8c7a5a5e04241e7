"""Which files of a folder are read, and when again."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from adapters.survey_files import SurveyFiles
from adapters.survey_files.folder import Position, matching
from adapters.survey_files.settings import SurveyFilesSettings
from connector import catalog
from connector.contract import Page
from connector.errors import Unavailable, UnexpectedPayload
from connector.settings import Surroundings
from connector.simulation.clock import FakeClock
from connector.surveys.responses import ANSWERS


def adapter(files: str, *, texts_kept: bool = False, **more: object) -> SurveyFiles:
    settings = SurveyFilesSettings.model_validate(
        {
            "survey": "x",
            "kind": "relational",
            "files": files,
            "email": "email",
            "comment": "comment",
            "answered_at": {"column": "date"},
            "metrics": [{"kind": "nps", "column": "nps"}],
            **more,
        }
    ).within(Surroundings(texts_kept=texts_kept))
    made, transport = catalog.build("survey_files", settings, clock=FakeClock(), random=Random(1))
    transport.close()
    assert isinstance(made, SurveyFiles)
    return made


def write(file: Path, *rows: str, age: int = 0) -> Path:
    file.write_text("date,email,nps,comment\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    os.utime(file, (1_800_000_000 - age, 1_800_000_000 - age))
    return file


def ids(pages: list[Page]) -> list[str]:
    return [record.id for page in pages for record in page.records]


def test_the_oldest_file_comes_first_and_leftovers_are_no_files(tmp_path: Path) -> None:
    newer, older = write(tmp_path / "a.csv", age=1), write(tmp_path / "b.csv", age=9)
    for name in ("~$a.csv", ".hidden.csv", "notes.pdf"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    assert list(matching([str(tmp_path)])) == [str(older), str(newer)]
    assert list(matching([str(tmp_path / "*.csv")])) == [str(older), str(newer)]
    assert list(matching([str(tmp_path / "nowhere" / "*.csv")])) == []
    odd = write(tmp_path / "answers [1].csv")
    assert list(matching([str(odd)])) == [str(odd)]


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    made = adapter(str(tmp_path))
    write(tmp_path / "a.csv", "2026-10-03T10:00,a@x.test,9,fine")
    first = list(made.pull(ANSWERS, None))
    cursor = first[-1].cursor
    assert len(ids(first)) == 1
    assert list(made.pull(ANSWERS, cursor)) == []
    write(tmp_path / "b.csv", "2026-10-03T10:01,b@x.test,9,fine", age=99)
    second = list(made.pull(ANSWERS, cursor))
    assert len(ids(second)) == 1
    (tmp_path / "a.csv").unlink()
    assert list(made.pull(ANSWERS, second[-1].cursor)) == [], "a tidied folder is no loss"


def test_from_an_instant_on_only_newer_files_count() -> None:
    position = Position(since=10_000_000)
    assert position.wants("a", (1, 10_000_000_000))
    assert not position.wants("a", (1, 9_999_999_000))


def test_comments_stay_outside_unless_texts_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "2026-10-03T10:00,a@x.test,9,came late")
    for kept in (False, True):
        made = adapter(str(tmp_path), texts_kept=kept)
        (record,) = [made.admit(ANSWERS, record) for page in made.pull(ANSWERS, None) for record in page.records]
        ((_, row),) = made.normalise(ANSWERS, record)
        assert (b"came late" in record.payload) == kept
        assert row["comment"] == ("came late" if kept else None)


def test_anonymous_rows_of_one_day_stay_apart_and_those_of_one_minute_are_one(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", *["2026-10-03,,9,"] * 3, *["2026-10-03T10:00,,9,"] * 3)
    made = adapter(str(tmp_path))
    once = ids(list(made.pull(ANSWERS, None)))
    assert len(set(once)) == 4
    assert ids(list(made.pull(ANSWERS, None))) == once


def test_an_address_is_no_id(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "2026-10-03,a@x.test,9,")
    (name,) = ids(list(adapter(str(tmp_path), id="email").pull(ANSWERS, None)))
    assert "@" not in name


def test_a_number_that_a_spreadsheet_shortened_stands_for_nobody(tmp_path: Path) -> None:
    """Taken at its word, all rows would be one answer."""
    (tmp_path / "a.csv").write_text(
        "id,date,email,nps,comment\n1.18E+11,2026-10-03,a@x.test,9,\n1.18E+11,2026-10-04,b@x.test,2,\n118,2026-10-04,,3,\n",
        encoding="utf-8",
    )
    made = adapter(str(tmp_path), id="id")
    records = [record for page in made.pull(ANSWERS, None) for record in page.records]
    assert len({record.id for record in records}) == 3
    for record, line in zip(records[:2], "23", strict=True):
        with pytest.raises(UnexpectedPayload, match=f"[Ll]ine {line}.*shortened by a spreadsheet"):
            list(made.normalise(ANSWERS, record))
    assert len(list(made.normalise(ANSWERS, records[2]))) == 1


def test_check_says_what_is_wrong_with_the_files(tmp_path: Path) -> None:
    assert [note.key for note in adapter(str(tmp_path)).check().warnings] == ["no_files"]
    (tmp_path / "a.csv").write_text("date,other\n2026-10-03,9\n", encoding="utf-8")
    (note,) = adapter(str(tmp_path)).check().warnings
    assert "There is no column `email`." in note.render("en")


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(Unavailable, match="cannot be read"):
        matching([str(tmp_path)])
