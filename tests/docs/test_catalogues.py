"""Every text exists in every language, with the same places to fill in."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator

import pytest

import adapters
import connector
from connector.messages import Catalogue


def catalogues() -> Iterator[tuple[str, Catalogue]]:
    """Every catalogue of the program and of its own adapters."""
    for package in (connector, adapters):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or module.name.endswith("__main__"):
                continue
            if package is connector and not module.name.startswith("connector.messages"):
                continue
            found = importlib.import_module(module.name)
            for name, value in vars(found).items():
                if isinstance(value, Catalogue):
                    yield f"{module.name}.{name}", value


ALL = {id(catalogue): (name, catalogue) for name, catalogue in catalogues()}.values()


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("name", "catalogue"), ALL, ids=[name for name, _ in ALL])
def test_both_languages_have_the_same_texts_with_the_same_places(name: str, catalogue: Catalogue) -> None:
    assert set(catalogue.en) == set(catalogue.de)
    differing = {key for key, text in catalogue.en.items() if places(text) != places(catalogue.de[key])}
    assert differing == set()


@pytest.mark.parametrize(("name", "catalogue"), ALL, ids=[name for name, _ in ALL])
def test_no_text_is_empty_or_ends_with_a_blank(name: str, catalogue: Catalogue) -> None:
    for language, texts in (("en", catalogue.en), ("de", catalogue.de)):
        odd = {key for key, text in texts.items() if not text or text.endswith(" ")}
        assert odd == set(), language


@pytest.mark.parametrize(("name", "catalogue"), ALL, ids=[name for name, _ in ALL])
def test_english_texts_quote_in_the_english_way(name: str, catalogue: Catalogue) -> None:
    assert {key for key, text in catalogue.en.items() if set(text) & set("»«„")} == set()


def test_the_walk_finds_them() -> None:
    areas = {catalogue.area for _, catalogue in ALL}
    assert {"cli", "config", "transport", "store", "sync", "settings"} <= areas
    assert len(areas) >= 10
