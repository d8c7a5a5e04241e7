"""What is written from the code is what the code would write, and says what the code does."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from connector import catalog
from connector.cli.reference import PACKAGE, documents
from connector.config.document import parse
from connector.config.load import interpret
from connector.config.model import Config, General
from connector.kpi.options import KpiOptions

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", sorted(documents()))
def test_generated_files_are_up_to_date(path: str) -> None:
    written = (PROJECT / path).read_text(encoding="utf-8")
    assert written == documents()[path], "call `python -m connector.cli.reference` and commit what changed"


EXAMPLE = PROJECT / "config.example.yaml"


def lines() -> list[str]:
    return EXAMPLE.read_text(encoding="utf-8").splitlines()


def example() -> Config:
    text = EXAMPLE.read_text(encoding="utf-8")
    environment = dict.fromkeys(re.findall(r"\$\{([A-Z_]+)\}", text), "secret")
    return interpret(parse(text, Path("config.yaml")), Path("config.yaml"), environment)


def test_the_example_config_says_what_the_models_say_where_they_are_not_asked() -> None:
    config = example()
    assert config.options == KpiOptions()
    assert config.language == General.model_fields["language"].default
    for source in config.sources.values():
        if source.block == "surveys":
            continue  # columns have no defaults; `test_surveys` reads that block
        defaults = {key: about.default for key, about in type(source).model_fields.items() if not about.is_required()}
        said = {key: getattr(source, key) for key in defaults}
        assert {key: value for key, value in said.items() if not isinstance(value, SecretStr)} == {
            key: value for key, value in defaults.items() if not isinstance(said[key], SecretStr)
        }


def test_every_adapter_of_our_own_is_in_it() -> None:
    own = {one.name for one in catalog.installed() if one.package == PACKAGE and one.adapter is not None}
    assert {source.adapter for source in example().sources.values()} == own


def test_every_key_of_the_example_config_has_a_comment() -> None:
    uncommented = [
        line
        for before, line in pairwise(lines())
        if line.strip() and not line.lstrip().startswith("#") and not before.lstrip().startswith("#")
    ]
    assert {line.strip().rstrip(":") for line in uncommented} == set(example().sources), "names are the owner's choice"


def test_the_example_config_has_every_key() -> None:
    top = {line.split(":")[0] for line in lines() if line and line[0] not in "# "}
    assert top == {*General.model_fields, *KpiOptions.model_fields}
