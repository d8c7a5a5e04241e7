"""Every text exists in both languages, with the same places."""

from __future__ import annotations

import string

import pytest

from connector.messages.transport import texts


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted({*texts.en, *texts.de}))
def test_both_languages(key: str) -> None:
    assert places(texts.en[key]) == places(texts.de[key])
    assert texts.en[key] != texts.de[key]
    assert texts.en[key].endswith(".") or key.startswith("bad_ca_file_")
