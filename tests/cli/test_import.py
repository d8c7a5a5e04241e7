"""`connector import`: the mapping is proposed, agreed to and kept; rows are taken or named by their line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PROJECT, Desk

SAMPLES = PROJECT / "tests" / "fixtures" / "surveys"


def answers(desk: Desk, columns: str = "survey, metric, scale, score", where: str = "1 = 1") -> list[Any]:
    with closing(sqlite3.connect(desk.folder / "connector.db")) as store:
        return store.execute(f"SELECT {columns} FROM survey_answers WHERE {where} ORDER BY 1, 2, 3, 4").fetchall()


def csv(desk: Desk, *rows: str, name: str = "answers.csv") -> Path:
    file = desk.folder / name
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def test_a_mapping_is_proposed_agreed_to_and_kept_with_the_comments_of_the_file(desk: Desk) -> None:
    before = desk.config.read_text(encoding="utf-8") + "# the end\n"
    desk.write(before)
    done = desk.call("import", SAMPLES / "typeform.csv", "--as", "post-purchase", "--ces", "2", "--yes")
    assert done.code == 0, done.err
    assert "post-purchase: 3 new, 0 changed, 0 as before, 0 refused." in done.out
    assert "a high score means that it was easy" in done.err
    after = desk.config.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "scale: [0, 10]" in after
    assert answers(desk) == [
        ("post-purchase", "ces", "1-7", 3),
        ("post-purchase", "ces", "1-7", 6),
        ("post-purchase", "csat", "1-5", 2),
        ("post-purchase", "csat", "1-5", 4),
        ("post-purchase", "csat", "1-5", 5),
        ("post-purchase", "nps", "0-10", 6),
        ("post-purchase", "nps", "0-10", 9),
    ]

    again = desk.call("import", SAMPLES / "typeform.csv", "--as", "post-purchase", "--json")
    assert again.code == 0
    run = again.json["run"]
    assert (run["inserted"], run["updated"], run["unchanged"]) == (0, 0, 3), "a mapping that is kept is not asked for"
    source = next(one for one in desk.call("status", "--json").json["sources"] if one["name"] == "post-purchase")
    assert [(one["name"], one["rows"]) for one in source["streams"]] == [("answers", 3)]
    with closing(sqlite3.connect(desk.folder / "connector.db")) as store:
        assert store.execute("SELECT DISTINCT kind FROM runs").fetchall() == [("import",)]


def test_a_corrected_file_corrects(desk: Desk) -> None:
    file = csv(desk, "Datum;E-Mail;NPS", "03.10.2026 11:05;anna@shop.example;3", "03.10.2026 12:05;max@shop.example;9")
    desk.call("import", file, "--as", "x", "--yes")
    csv(desk, "Datum;E-Mail;NPS", "03.10.2026 11:05;Anna@shop.example;8", "03.10.2026 12:05;max@shop.example;9")
    run = desk.call("import", file, "--as", "x", "--json").json["run"]
    assert (run["inserted"], run["updated"], run["unchanged"]) == (0, 1, 1)
    assert [row[3] for row in answers(desk)] == [8, 9]


def test_nobody_to_ask_means_nothing_is_kept(desk: Desk) -> None:
    before = desk.config.read_text(encoding="utf-8")
    done = desk.call("import", SAMPLES / "google_forms_en.csv", "--as", "x")
    assert done.code == 2
    assert "kind: nps" in done.err
    assert "--yes" in done.err
    assert desk.config.read_text(encoding="utf-8") == before
    assert not (desk.folder / "connector.db").exists()


@pytest.mark.parametrize(("language", "said"), [("en", "another version"), ("de", "eine andere Fassung")])
def test_effort_needs_to_be_stated(desk: Desk, language: str, said: str) -> None:
    desk.write(f"language: {language}\n" + desk.config.read_text(encoding="utf-8"))
    file = csv(desk, "date,ces", "2026-10-03,3")
    done = desk.call("import", file, "--as", "x", "--yes")
    assert done.code == 2
    assert "--ces 1" in done.err
    assert desk.call("import", file, "--as", "x", "--yes", "--ces", "1").code == 0
    assert answers(desk, "scale, score, metric, kind") == [("1-5", 3, "ces", "transactional")]
    done = desk.call("import", file, "--as", "x", "--ces", "2")
    assert done.code == 2
    assert said in done.err


def test_the_option_states_it_too(desk: Desk) -> None:
    desk.write(desk.config.read_text(encoding="utf-8") + "\nces: {version: 2}\n")
    assert desk.call("import", csv(desk, "date,ces", "2026-10-03,7"), "--as", "x", "--yes").code == 0
    assert answers(desk, "scale, score, metric, kind") == [("1-7", 7, "ces", "transactional")]


def test_what_nps_is_not_is_refused_by_line(desk: Desk) -> None:
    file = csv(
        desk,
        "date,email,nps",
        "2026-10-03T10:00,a@shop.example,11",
        "2026-10-03T10:01,b@shop.example,10",
        "2026-10-03T10:02,c@shop.example,7.5",
        "2026-10-03T10:03,d@shop.example,fine",
        "yesterday,e@shop.example,9",
        "2026-10-03T10:05,f@shop.example,-1",
        "2026-10-03T10:06,,x",
    )
    done = desk.call("import", file, "--as", "x", "--yes", "--json")
    assert done.code == 3
    assert [(one["line"], one["reason"]) for one in done.json["refused"]] == [
        (2, "Line 2: 11 in `nps` lies outside the scale of 0 to 10."),
        (4, "Line 4: 7.5 in `nps` is not a whole number."),
        (5, "Line 5: What stands in `nps` is no score."),
        (6, "Line 6: What stands in `date` is no date of the format in the mapping."),
        (7, "Line 7: -1 in `nps` lies outside the scale of 0 to 10."),
        (8, "Line 8: What stands in `nps` is no score."),
    ]
    assert [row[3] for row in answers(desk)] == [10]
    csv(desk, "date,email,nps", *(f"2026-10-03T10:0{at},{who}@shop.example,5" for at, who in enumerate("abcdef")))
    done = desk.call("import", file, "--as", "x")
    assert done.code == 0, "corrected"
    source = next(one for one in desk.call("status", "--json").json["sources"] if one["name"] == "x")
    assert source["streams"][0]["set_aside"] == 1, "the row of `yesterday` had another key"


def test_a_scale_from_one_is_no_nps(desk: Desk) -> None:
    file = csv(desk, "date,Would you recommend us (1-10)?", "2026-10-03,9")
    done = desk.call("import", file, "--as", "x", "--yes")
    assert done.code == 2
    assert "from 1 to 10" in done.err
    assert "not converted" in done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "answers.csv is empty."),
        (b"date,nps\n", "answers.csv holds headings and no answers."),
        (b"PK\x03\x04\0\0\0\0\0\0 no text", "answers.csv is no text file."),
        (b'date,nps\n2026-10-03,"9\n' + b"x" * (1 << 20) + b"\n", "answers.csv is no proper CSV from line 2 on."),
        (b"nps,comment\n9,good\n", "No column says when it was answered."),
        (b"date,colour\n2026-10-03,red\n", "No column was recognised that holds scores."),
        (b"date,nps\n2026-10-03,9\x81\n", "answers.csv holds characters that do not fit its encoding."),
    ],
)
def test_a_file_that_cannot_be_used(desk: Desk, content: bytes, said: str) -> None:
    (desk.folder / "answers.csv").write_bytes(content)
    done = desk.call("import", "answers.csv", "--as", "x", "--yes")
    assert done.code == 2
    assert said in done.err
    assert "surveys:" not in desk.config.read_text(encoding="utf-8")


def test_a_missing_column_lists_those_there_are(desk: Desk) -> None:
    desk.call("import", csv(desk, "date,nps", "2026-10-03,9"), "--as", "x", "--yes")
    done = desk.call("import", csv(desk, "Date ,score", "2026-10-03,9"), "--as", "x")
    assert done.code == 2
    assert "There is no column `nps`." in done.err
    assert "`Date`, `score`" in done.err


@pytest.mark.parametrize(
    ("file", "said"), [("nowhere.csv", "There is no file nowhere.csv."), (".", "is a folder"), ("a.xls", "old Excel")]
)
def test_no_such_file(desk: Desk, file: str, said: str) -> None:
    (desk.folder / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    done = desk.call("import", file, "--as", "x", "--yes")
    assert done.code == 2
    assert said in done.err


def test_a_file_that_is_locked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = csv(desk, "date,nps", "2026-10-03,9")
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **more: Any) -> Any:
        if path == file:
            raise PermissionError(13, "The process cannot access the file")  # as Windows says while Excel has it open
        return opened(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    done = desk.call("import", file, "--as", "x", "--yes")
    assert done.code == 2
    assert "Close it in Excel" in done.err


def test_a_source_is_no_survey(desk: Desk) -> None:
    done = desk.call("import", csv(desk, "date,nps", "2026-10-03,9"), "--as", "shop", "--yes")
    assert done.code == 2
    assert "is a shop or help desk" in done.err


def test_an_unknown_address_counts_and_two_answers_of_one_person_are_both_kept(desk: Desk) -> None:
    file = csv(
        desk,
        "date,email,nps",
        "2026-10-03T10:00,nobody@shop.example,9",
        "2026-10-03T10:00,no address,9",
        "2026-10-04T10:00,NOBODY@shop.example ,3",
    )
    assert desk.call("import", file, "--as", "x", "--yes").code == 0
    rows = answers(desk, "email_key, person_id IS NOT NULL, score, metric")
    assert rows == [(None, 0, 9, "nps"), ("nobody@shop.example", 1, 3, "nps"), ("nobody@shop.example", 1, 9, "nps")]


def test_sync_reads_what_is_dropped_into_the_folder(desk: Desk) -> None:
    inbox = desk.folder / "inbox"
    inbox.mkdir()
    text = desk.config.read_text(encoding="utf-8")
    desk.write(
        f"{text}\nsurveys:\n  x:\n    kind: relational\n    files: inbox/*.csv\n    answered_at: {{column: date}}\n"
        "    metrics: [{kind: nps, column: nps}]\n"
    )
    assert desk.call("sync", "x").code == 0
    csv(desk, "date,nps", "2026-10-03T10:00,9", name="inbox/a.csv")
    csv(desk, "date,other", "2026-10-03T10:00,9", name="inbox/b.csv")
    done = desk.call("sync", "x")
    assert done.code == 3, "one of two files cannot be used"
    assert "were set aside: 1. The first: b.csv: There is no column `nps`." in done.err
    assert [row[3] for row in answers(desk)] == [9]
    csv(desk, "date,nps", "2026-10-03T11:00,0", name="inbox/b.csv")
    assert desk.call("sync", "x").code == 0
    assert [row[3] for row in answers(desk)] == [0, 9]
    source = next(one for one in desk.call("status", "--json").json["sources"] if one["name"] == "x")
    assert source["streams"][0]["set_aside"] == 0
    assert "Survey files" in desk.call("check", "x").out
    assert desk.call("rebuild", "x").code == 0
    assert [row[3] for row in answers(desk)] == [0, 9]


def test_a_mapping_put_right_mends_what_was_refused_without_the_file(desk: Desk) -> None:
    text = desk.config.read_text(encoding="utf-8")
    survey = (
        "\nsurveys:\n  x:\n    kind: transactional\n    email: email\n    answered_at: {column: date}\n"
        "    metrics: [{kind: csat, column: rating, scale: [0, 1], labels: {good: 1, bad: 0%s}}]\n"
    )
    desk.write(text + survey % "")
    file = csv(desk, "date,email,rating", "2026-10-03,a@shop.example,good", "2026-10-03,b@shop.example,super")
    assert desk.call("import", file, "--as", "x").code == 3
    file.unlink()
    desk.write(text + survey % ", super: 1")
    assert desk.call("rebuild", "x").code == 0
    assert [row[2:] for row in answers(desk)] == [("good-bad", 1), ("good-bad", 1)]
    source = next(one for one in desk.call("status", "--json").json["sources"] if one["name"] == "x")
    assert source["streams"][0]["set_aside"] == 0
