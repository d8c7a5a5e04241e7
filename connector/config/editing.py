"""Adding a source to a config.yaml as an owner would with an editor: what stands there stays, comments too."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from connector.config.files import reason
from connector.errors import SettingsError
from connector.messages.init import texts

_STEP = "  "


def new_text(general: Mapping[str, Any], language: str) -> str:
    """The text of a new file with the given keys of the top level and no source yet."""
    comment = texts.text(language, "file_comment")
    sources = texts.text(language, "sources_comment")
    return f"# {comment}\n\n{_dumped(general)}\n# {sources}\nsources:\n"


def with_source(text: str, name: str, entry: Mapping[str, Any]) -> str:
    """The text of a file with one more source at the end of its `sources`."""
    return _inserted(text, name, entry) or _rewritten(text, name, entry)


def put(file: Path, text: str) -> None:
    """Write a config file in one go: whoever reads meanwhile sees the old one or the new one.

    A new file is readable by its owner alone; one that others could read is closed to them. SettingsError where it
    cannot be written.
    """
    target = file.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".config-", suffix=".yaml", dir=target.parent)
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as new:
            new.write(text)
        if target.exists() and os.name != "nt":
            before = target.stat()
            with suppress(PermissionError):  # only root may give files away
                os.chown(name, before.st_uid, before.st_gid)
            Path(name).chmod(before.st_mode & 0o770)
        Path(name).replace(target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> SettingsError:
    return SettingsError(texts("unwritable", file=file, reason=reason(error)), texts("unwritable_advice"))


def _inserted(text: str, name: str, entry: Mapping[str, Any]) -> str | None:
    """The text with the source put in as lines; None where its `sources` is not written as an indented block."""
    root = YAML(typ="safe", pure=True).compose(text)
    sources = _value(root, "sources")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if sources is None:
        at, indent, head = len(lines), _STEP, ["sources:\n"]
    elif isinstance(sources, MappingNode) and not sources.flow_style and sources.value:
        indent = " " * sources.value[0][0].start_mark.column
        at, head = _end(lines, sources, len(indent)), []
    elif _is_empty(sources, lines):
        at, indent, head = sources.start_mark.line + 1, _STEP, []
    else:
        return None
    block = [f"{indent}{line}\n" if line else "\n" for line in _dumped({name: entry}).splitlines()]
    result = "".join([*lines[:at], *head, *block, *lines[at:]])
    return result if _says(result, text, name, entry) else None


def _end(lines: list[str], sources: Node, indent: int) -> int:
    """The number of the line after the last one that belongs to the block, comments of its last entry included."""
    at = _last_leaf(sources).end_mark.line + 1
    while at < len(lines):
        stripped = lines[at].lstrip(" ")
        if not stripped.startswith("#") or len(lines[at]) - len(stripped) <= indent:
            break
        at += 1
    return int(min(at, len(lines)))


def _last_leaf(node: Node) -> Node:
    while isinstance(node, MappingNode | SequenceNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node


def _is_empty(sources: Node, lines: list[str]) -> bool:
    """Whether nothing but a comment follows `sources:` on its line."""
    line = sources.start_mark.line
    return not sources.value and line < len(lines) and lines[line].split("#")[0].strip() == "sources:"


def _value(root: Node | None, key: str) -> Node | None:
    if isinstance(root, MappingNode):
        for name, value in root.value:
            if name.value == key:
                return value  # type: ignore[no-any-return]
    return None


def _says(result: str, before: str, name: str, entry: Mapping[str, Any]) -> bool:
    """Whether the new text says what the old one said, and the new source."""
    wanted = _loaded(before) or {}
    wanted["sources"] = {**(wanted.get("sources") or {}), name: dict(entry)}
    try:
        return bool(_loaded(result) == wanted)
    except YAMLError:
        return False


def _loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _rewritten(text: str, name: str, entry: Mapping[str, Any]) -> str:
    """The text read and written again by a writer that keeps comments, for files in other styles."""
    yaml = _writer()
    data = yaml.load(text) or {}
    if not data.get("sources"):
        data["sources"] = {}
    data["sources"][name] = dict(entry)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _dumped(data: Mapping[str, Any]) -> str:
    out = io.StringIO()
    _writer().dump(dict(data), out)
    return out.getvalue()


def _writer() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.allow_unicode = True
    return yaml
