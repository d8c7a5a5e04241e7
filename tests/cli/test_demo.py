"""`connector demo`: everything at once, without config, key or network."""

from __future__ import annotations

import signal
import sys

import pytest

from connector import catalog
from connector.messages.demo import texts
from tests.cli.conftest import Desk


def test_it_does_not_touch_a_real_configuration(desk: Desk) -> None:
    before = desk.config.read_text(encoding="utf-8")
    done = desk.call("demo", "--dir", ".")
    assert done.code == 2
    assert "is not from an earlier demo" in done.err
    assert desk.config.read_text(encoding="utf-8") == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without asking them")
def test_it_replaces_an_earlier_one_writes_everything_and_serves_on_demand(empty_desk: Desk) -> None:
    folder = empty_desk.folder / "connector-demo"
    folder.mkdir()
    (folder / "config.yaml").write_text(f"# {texts.text('en', 'comment')}\nlanguage: en\n", encoding="utf-8")
    (folder / "config.yaml").chmod(0o600)
    (folder / "connector.db").write_text("of an earlier demo", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with empty_desk.start("demo", "--serve", LANG="de_DE.UTF-8") as running:
        assert running.stdout is not None
        shown = []
        for line in running.stdout:
            shown.append(line)
            if line.startswith("Die gespielten Shops antworten"):
                break
        assert "Nettoumsatz" in "".join(shown)
        assert str(folder / "report.xlsx") in "".join(shown)
        for name in ("connector.db", "config.yaml", "report.xlsx"):
            assert (folder / name).stat().st_size > 0
        assert (folder / "config.yaml").stat().st_mode & 0o777 == 0o600
        config = folder / "config.yaml"
        assert empty_desk.call("--config", config, "check").code == 0
        sources = empty_desk.call("--config", config, "status", "--json").json["sources"]
        assert {one["adapter"] for one in sources} == set(catalog.simulators())
        assert all(one["streams"][0]["rows"] > 500 for one in sources)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        running.stdout.close()
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
