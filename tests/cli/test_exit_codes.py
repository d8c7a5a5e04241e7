"""Every way a call can end has its exit code and its sentence with a next step; nothing but results is on stdout."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Desk, command, environment


def test_all_well_is_0(desk: Desk) -> None:
    done = desk.call("sync")
    assert (done.code, done.err) == (0, "")
    assert "shop/entries   ok          1" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["snyc"], "There is no command `snyc`. Did you mean `sync`?"),
        (["sync", "--fulll"], "There is no option `--fulll`. Did you mean `--full`?"),
        (["sync", "shopp"], "There is no source `shopp` in config.yaml. Did you mean `shop`?"),
        (["sync", "shop/orders"], "The source `shop` has no stream `orders`."),
        (["sync", "--since", "yesterday"], "`yesterday` is no date; write it as 2026-01-31."),
        (["sync", "--since", "2999-01-01"], "`2999-01-01` lies in the future"),
        (["sync", "--config", "c.yaml"], "`--config` stands before the command: `connector --config … sync`."),
        (["kpi", "fcr", "--method", "magic"], "fcr.method: "),
        (["sync", "--full", "--sweep"], "`--full` and `--sweep` cannot be used together."),
        (["kpi", "orders", "--json", "--format", "csv"], "`--json` and `--format csv` cannot be used together."),
        (["sync", "--accept-loss"], "`--accept-loss` needs the name of the source"),
        (["kpi", "--period", "2026-13"], "2026-13"),
        (["kpi", "--from", "2026-02-01", "--to", "2026-01-01"], "2026-02-01"),
        (["kpi", "nonsense"], "nonsense"),
        (["kpi", "--format", "xml"], "`--format` takes one of: table, json, csv."),
        (["export"], "`PATH` is missing."),
        (["export", "out.doc"], "A path that ends in .doc cannot be exported to."),
        (["backup"], "`FILE` is missing."),
        (["backup", "a", "b"], "This is one too many: b."),
        (["init", "--language", "fr"], "`--language` takes one of: de, en."),
        (["demo", "--dir"], "The option `--dir` needs a value."),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_2(desk: Desk, arguments: list[str], said: str) -> None:
    done = desk.call(*arguments)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""
    assert len(done.err.splitlines()) >= 2, "a next step belongs there"


def test_rebuilding_nothing_is_said(desk: Desk) -> None:
    desk.call("kpi", "orders")
    done = desk.call("rebuild")
    assert (done.code, done.out) == (0, "")
    assert "Nothing has been stored yet. `connector sync` begins." in done.err


def test_a_mistake_in_the_config_is_2_and_all_are_said(desk: Desk) -> None:
    desk.write(
        "language: de\nsources:\n  shop:\n    adapter: ledger\n    url: nowhere\n    key: ${NOT_SET}\n    bok: x\n"
    )
    done = desk.call("sync", "--json")
    assert (done.code, done.out) == (2, "")
    assert "In config.yaml stehen 5 Fehler:" in done.err
    assert "  sources.shop.key: Die Umgebungsvariable NOT_SET ist nicht gesetzt. (Zeile 6)" in done.err
    assert "  sources.shop.bok: Diesen Schlüssel gibt es hier nicht. Meinten Sie `book`? (Zeile 7)" in done.err


def test_a_call_that_cannot_be_understood_is_said_in_the_language_of_the_config(desk: Desk) -> None:
    desk.write("language: de\nsources: [\n")
    done = desk.call("export", "out", "--format", "xml")
    assert (done.code, done.out) == (2, "")
    assert "`--format` nimmt eines von: csv, parquet." in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_takes_no_more_is_no_fault_of_the_program(desk: Desk) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("status", "--json"), cwd=desk.folder, env=environment(), stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "Error: The output could not be written: No space left on device." in done.stderr
    assert not (desk.folder / "connector-faults.log").exists()


def test_no_config_is_2_and_names_the_ways_out(empty_desk: Desk) -> None:
    done = empty_desk.call("status")
    assert done.code == 2
    assert "There is no configuration file config.yaml." in done.err
    assert "connector init" in done.err


def test_a_folder_in_place_of_the_config_is_2_and_the_file_in_it_is_named(desk: Desk) -> None:
    done = desk.call("--config", ".", "status")
    assert done.code == 2
    assert "it is a directory" in done.err
    assert "Name the file in it: config.yaml." in done.err


def test_the_config_is_the_one_that_is_named(desk: Desk, tmp_path: Path) -> None:
    desk.config.rename(tmp_path / "other.yaml")
    assert desk.call("status").code == 2
    assert desk.call("--config", "other.yaml", "status").code == 0
    assert desk.call("status", CONNECTOR_CONFIG="other.yaml").code == 0


@pytest.mark.parametrize("answer", ["refused", "down"])
def test_a_source_that_fails_is_3(desk: Desk, answer: str) -> None:
    desk.book(answer=answer)
    assert desk.call("check").code == 3
    done = desk.call("sync", "--json")
    assert done.code == 3
    assert done.json["runs"][0]["status"] == "failed"
    assert done.json["runs"][0]["error"]["class"] == {"refused": "AccessRefused", "down": "Unavailable"}[answer]


def test_a_fault_of_ours_in_a_source_is_one_line_and_the_traceback_is_on_file(desk: Desk, tmp_path: Path) -> None:
    desk.book(answer="fault")
    done = desk.call("sync", "shop/entries")
    assert done.code == 3
    assert "Traceback" not in done.err + done.out
    log = tmp_path / "connector-faults.log"
    assert str(log) in done.err
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_fault_of_ours_is_1_with_one_line_and_a_traceback_without_secrets_on_file(desk: Desk, tmp_path: Path) -> None:
    desk.book(answer="fault")
    done = desk.call("check")
    assert done.code == 1
    log = tmp_path / "connector-faults.log"
    assert f"This is a fault of the program, not yours: ZeroDivisionError. Details are in {log}." in done.err
    assert "Traceback" not in done.err
    text = log.read_text(encoding="utf-8")
    assert "pretend_shop.py" in text
    assert "ZeroDivisionError: …@… divided by …" in text
    assert "ada@example.test" not in text
    assert "sesame" not in text
    if os.name != "nt":
        assert log.stat().st_mode & 0o777 == 0o600


def test_a_store_that_is_junk_is_4(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "connector.db").write_text("this is no database" * 100, encoding="utf-8")
    for arguments in (["sync"], ["status"], ["kpi"], ["backup", "b.db"], ["rebuild"]):
        done = desk.call(*arguments)
        assert done.code == 4, arguments
        assert done.out == ""
        assert len(done.err.splitlines()) == 2


def test_without_a_command_it_shows_its_help(empty_desk: Desk) -> None:
    done = empty_desk.call()
    assert done.code == 2
    assert "Usage: connector" in done.err


def test_a_reader_that_has_seen_enough_is_no_fault(desk: Desk) -> None:
    with desk.start("adapters") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.wait(30) == 0
        assert running.stderr is not None
        assert running.stderr.read() == ""


def test_quiet_and_verbose(desk: Desk) -> None:
    assert desk.call("-q", "status").err == ""
    desk.book(answer="refused")
    assert "The ledger is locked." in desk.call("-q", "check").err
    desk.book()
    assert desk.call("sync").code == 0
    desk.book(answer="down")
    assert "shop/entries: The ledger is not there." in desk.call("-v", "sync", "shop/entries").err.splitlines()
