"""What cannot be compared is refused with a sentence, before anything is asked of a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connector.cli import main

CONFIG = """\
store: sqlite:///connector.db
timezone: Europe/Berlin
language: {language}
sources:
  desk:
    adapter: zendesk
    url: http://127.0.0.1:9
    client_id: connector
    client_secret: secret
  shop:
    adapter: woocommerce
    url: http://127.0.0.1:9
    consumer_key: ck_x
    consumer_secret: cs_x
"""


def called(tmp_path: Path, *arguments: str, language: str = "en") -> Result:
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG.format(language=language), encoding="utf-8")
    file.chmod(0o600)
    return CliRunner().invoke(main, ["--config", str(file), "reconcile", *arguments])


@pytest.mark.parametrize(("language", "word"), [("en", "has no report of its own"), ("de", "keinen eigenen Bericht")])
def test_a_help_desk_has_no_report(tmp_path: Path, language: str, word: str) -> None:
    result = called(tmp_path, "desk", language=language)
    assert result.exit_code == 2
    assert word in result.stderr
    assert "prestashop, woocommerce" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("shop",), "connector sync shop"),  # never synced
        (("nosuch",), "no source `nosuch`"),
        (("shop", "--from", "2026-05", "--to", "2026-04"), "2026"),  # reversed
        (("shop", "--from", "yesterdy"), "yesterdy"),
        ((), "SOURCE"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    result = called(tmp_path, *arguments)
    assert result.exit_code == 2, result.output
    assert word in result.stderr
