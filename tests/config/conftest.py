"""Config files for tests, and a third party's adapter to read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.config.load import load
from connector.config.model import Config
from connector.config.problems import ConfigMistakesError

PLUGINS = Path(__file__).parents[1] / "plugins"

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third party's package is installed."""
    monkeypatch.syspath_prepend(str(PLUGINS))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a config.yaml that only its owner can read."""

    def written(text: str) -> Path:
        file = tmp_path / "config.yaml"
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
        return file

    return written


def with_ledger(more: str = "", top: str = "") -> str:
    """A config that is right, but for what is added to its source or its top level."""
    return (
        f"timezone: Europe/Berlin\n{top}"
        "sources:\n"
        "  shop:\n"
        "    adapter: ledger\n"
        "    url: https://ledger.example\n"
        "    key: sesame\n"
        "    book: book.json\n"
        f"{more}"
    )


def loaded(file: Path, **environment: str) -> Config:
    """The config in the file."""
    return load(file, environment)


def mistakes(file: Path, language: str = "en", **environment: str) -> list[str]:
    """What is said to be wrong with the file."""
    with pytest.raises(ConfigMistakesError) as caught:
        load(file, environment)
    return [problem.render(language) for problem in caught.value.problems]
