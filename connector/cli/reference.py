"""`python -m connector.cli.reference`: writes config.example.yaml, docs/adapters.md and docs/kpis.md from the code.

To be called in the project's directory after a setting or a stream has changed; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector import catalog
from connector.cli.figure_reference import figures
from connector.config.example import example, value_of
from connector.contract import Stream, Sweep
from connector.settings import SourceSettings

if TYPE_CHECKING:
    from connector.contract import Adapter

PACKAGE = "shop-connector"
"""The distribution whose adapters are described; what else is installed here is none of these files' business."""

_SWEEPS = {
    Sweep.STAMPS: "ids and change stamps are compared",
    Sweep.WHOLE: "read whole and compared",
    Sweep.NONE: "none; the API says what is gone",
}


def documents() -> dict[str, str]:
    """The generated files: path from the project's directory, and text."""
    own = {one.name: one.adapter for one in catalog.installed() if one.package == PACKAGE and one.adapter is not None}
    return {
        "config.example.yaml": example(own),
        "docs/adapters.md": "\n".join(_adapters(own)) + "\n",
        "docs/kpis.md": "\n".join(figures()) + "\n",
    }


def _adapters(adapters: Mapping[str, type[Adapter]]) -> Iterator[str]:
    yield "<!-- Written by `python -m connector.cli.reference`; do not edit. -->"
    yield ""
    yield "# Adapters"
    yield ""
    yield "What each adapter reads and what config.yaml may say about it. `connector adapters` lists what is installed,"
    yield "third parties' adapters too; [writing-an-adapter.md](writing-an-adapter.md) shows how one is made."
    for name, adapter in adapters.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield _paragraph(adapter.Settings.__doc__)
        yield ""
        yield "| stream | becomes | what vanished is found by |"
        yield "|---|---|---|"
        for stream in adapter.streams:
            yield f"| `{stream.name}` | {_tables(stream)} | {_SWEEPS[stream.sweep]} |"
        yield ""
        own = {key: about for key, about in adapter.Settings.model_fields.items() if _is_own(key)}
        yield from _keys({"adapter": f"`{name}`"}, own)
    yield ""
    yield "## Keys of every source"
    yield ""
    yield from _keys({}, SourceSettings.model_fields)


def _is_own(key: str) -> bool:
    return key not in SourceSettings.model_fields


def _tables(stream: Stream) -> str:
    return ", ".join(f"`{feed.table.__tablename__}`" for feed in stream.feeds)


def _keys(fixed: Mapping[str, str], fields: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | default | meaning |"
    yield "|---|---|---|"
    for key, value in fixed.items():
        yield f"| `{key}` | | always {value} |"
    for key, about in fields.items():
        default = "needed" if about.is_required() else f"`{value_of(about)}`"
        yield f"| `{key}` | {default} | {_cell(about.description or '')} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _paragraph(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def main() -> None:
    """Write the files below the working directory."""
    for path, text in documents().items():
        Path(path).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
