"""Adding a source or a survey to a config.yaml as with an editor: what stands there stays, comments too."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
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
    return with_entry(text, "sources", name, entry)


def with_entry(text: str, block: str, name: str, entry: Mapping[str, Any]) -> str:
    """The text of a file with one more entry at the end of a block of the top level, which is made if it lacks."""
    return _inserted(text, block, name, entry) or _rewritten(text, block, name, entry)


def block_text(block: str, name: str, entry: Mapping[str, Any]) -> str:
    """An entry as it will stand in the file, for a person to look at."""
    return _dumped({block: {name: entry}}).rstrip()


def put(file: Path, text: str) -> None:
    """Write a config file in one go: whoever reads meanwhile sees the old one or the new one.

    A new file is readable by its owner alone; one that others could read is closed to them. SettingsError where it
    cannot be written.
    """
    target = file.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".config-", suffix=".yaml", dir=target.parent)
    except OSError as error:
        raise unwritable(file, error) from error
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
        raise unwritable(file, error) from error


def unwritable(file: Path, error: OSError) -> SettingsError:
    """That a config file cannot be written, and why."""
    return SettingsError(texts("unwritable", file=file, reason=reason(error)), texts("unwritable_advice"))


def _inserted(text: str, block: str, name: str, entry: Mapping[str, Any]) -> str | None:
    """The text with the entry put in as lines; None where its block is not written as an indented block."""
    root = YAML(typ="safe", pure=True).compose(text)
    present = _value(root, block)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if present is None:
        at, indent, head = len(lines), _STEP, [f"{block}:\n"]
    elif isinstance(present, MappingNode) and not present.flow_style and present.value:
        indent = " " * present.value[0][0].start_mark.column
        at, head = _end(lines, present, len(indent)), []
    elif _is_empty(present, block, lines):
        at, indent, head = present.start_mark.line + 1, _STEP, []
    else:
        return None
    added = [f"{indent}{line}\n" if line else "\n" for line in _dumped({name: entry}).splitlines()]
    result = "".join([*lines[:at], *head, *added, *lines[at:]])
    return result if _says(result, text, block, name, entry) else None


def _end(lines: list[str], block: Node, indent: int) -> int:
    """The number of the line after the last one that belongs to the block, comments of its last entry included."""
    at = _last_leaf(block).end_mark.line + 1
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


def _is_empty(present: Node, block: str, lines: list[str]) -> bool:
    """Whether nothing but a comment follows the block's key on its line."""
    line = present.start_mark.line
    return not present.value and line < len(lines) and lines[line].split("#")[0].strip() == f"{block}:"


def _value(root: Node | None, key: str) -> Node | None:
    if isinstance(root, MappingNode):
        for name, value in root.value:
            if name.value == key:
                return value  # type: ignore[no-any-return]
    return None


def _says(result: str, before: str, block: str, name: str, entry: Mapping[str, Any]) -> bool:
    """Whether the new text says what the old one said, and the new entry."""
    wanted = _loaded(before) or {}
    wanted[block] = {**(wanted.get(block) or {}), name: dict(entry)}
    try:
        return bool(_loaded(result) == wanted)
    except YAMLError:
        return False


def _loaded(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _rewritten(text: str, block: str, name: str, entry: Mapping[str, Any]) -> str:
    """The text read and written again by a writer that keeps comments, for files in other styles."""
    yaml = _writer()
    data = yaml.load(text) or {}
    if not data.get(block):
        data[block] = {}
    data[block][name] = _pairs_on_one_line(dict(entry))
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _dumped(data: Mapping[str, Any]) -> str:
    out = io.StringIO()
    _writer().dump(_pairs_on_one_line(dict(data)), out)
    return out.getvalue()


def _pairs_on_one_line(value: Any) -> Any:
    """The same data, lists of numbers written as [0, 10]."""
    if isinstance(value, Mapping):
        return {key: _pairs_on_one_line(inner) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    listed = CommentedSeq(map(_pairs_on_one_line, value))
    if all(isinstance(one, int) for one in listed):
        listed.fa.set_flow_style()
    return listed


def _writer() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.allow_unicode = True
    return yaml
