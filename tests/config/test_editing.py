"""A source is added to a file as an owner would: every line that stood there stays, comments too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from connector.config.editing import new_text, put, with_source
from connector.errors import SettingsError

ENTRY = {"adapter": "ledger", "url": "https://x.example", "key": "${KEY}", "pin": "007", "note": "a: b # c", "page": 5}


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    "text",
    [
        "timezone: UTC # here\nsources:\n    a:\n        url: x # this\n        # schedule: 3m\n\n"
        "# options\norders: {date: paid}\n",
        "sources:\n  a: {url: x,\n    b: c}\n  # the end",
        "sources:\n  a:\n    t: |\n      foo\n      bar\nzoo: 1\n",
        "sources:\n  a:\n    t: >-\n      foo\n\n      bar\n\n\n# tail\n",
        "sources:\n  a:\n    - 1\n    - 2\n",
        "timezone: UTC\nsources: # shops\norders: {date: paid}\n",
        "timezone: UTC\n",
        "timezone: UTC",
    ],
)
def test_every_line_stays_and_the_source_is_there(text: str) -> None:
    after = with_source(text, "new", ENTRY)
    assert read(after)["sources"]["new"] == ENTRY
    for line in text.splitlines():
        assert line in after.splitlines()
    rest = read(after)
    del rest["sources"]["new"]
    before = read(text)
    assert rest == {**before, "sources": before.get("sources") or {}}
    assert "# schedule: 3m\n" not in text or after.index("# schedule: 3m") < after.index("new:") < after.index("# opt")


@pytest.mark.parametrize("text", ["sources: {}\n", "sources: {a: {url: x}} # here\n", "{timezone: UTC, sources: {}}\n"])
def test_other_styles_keep_their_content(text: str) -> None:
    after = read(with_source(text, "new", ENTRY))
    assert after["sources"].pop("new") == ENTRY
    assert after == read(text)


names = st.text("abcdefgh", min_size=1, max_size=4)
values = st.one_of(
    st.integers(),
    st.booleans(),
    st.none(),
    st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=12),
    st.dates().map(str),
)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(names, st.dictionaries(names, values, min_size=1, max_size=3), min_size=1, max_size=3),
    st.dictionaries(names, values, max_size=3),
)
def test_any_source_added_to_any_sources_is_read_back(sources: dict[str, Any], entry: dict[str, Any]) -> None:
    text = new_text({"timezone": "UTC"}, "de")
    for name, one in sources.items():
        text = with_source(text, name, one)
    text = with_source(text, "last-one", entry)
    assert read(text) == {"timezone": "UTC", "sources": {**sources, "last-one": entry}}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_new_file_is_its_owners_alone_and_an_old_one_is_closed_to_others(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    put(file, "a: 1\n")
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    put(file, "a: 2\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_text(encoding="utf-8") == "a: 2\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("a: 1\n", encoding="utf-8")
    link = tmp_path / "config.yaml"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("links cannot be made here")
    put(link, "a: 2\n")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "a: 2\n"


def test_a_directory_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written: there is no such file"):
        put(tmp_path / "nowhere" / "config.yaml", "a: 1\n")
