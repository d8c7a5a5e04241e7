"""The YAML of a config.yaml as plain data, with the line of every key.

Nothing that a parser says is shown as it stands: it quotes the text it stumbled over, and that may be a secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from connector.config.files import read_text
from connector.config.problems import Problem, Steps
from connector.errors import SettingsError
from connector.messages import Message
from connector.messages.config import texts


class WrittenInt(int):
    """A whole number that remembers how it was written, for the keys that want a text (`007`)."""

    text: str


class WrittenFloat(float):
    """A number that remembers how it was written."""

    text: str


def plain(data: Any) -> Any:
    """The same data with ordinary numbers."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    if isinstance(data, WrittenInt):
        return int(data)
    return float(data) if isinstance(data, WrittenFloat) else data


@dataclass
class Document:
    """What a file says: its data, the line of each key (from 1), and keys that stand twice."""

    data: dict[str, Any]
    lines: dict[Steps, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(file: Path) -> Document:
    """The document in `file`. SettingsError where it cannot be read or is no YAML mapping."""
    return parse(read_text(file), file)


def parse(text: str, file: Path) -> Document:
    """The document in `text`; `file` is what errors call it."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Constructor
    yaml.allow_duplicate_keys = True  # found below, so that they are reported with everything else
    try:
        root = yaml.compose(text)
        data = yaml.load(text)
    except YAMLError as error:
        raise _not_yaml(file, error) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise SettingsError(texts("not_a_mapping", file=file), texts("not_a_mapping_advice"))
    document = Document(data)
    if root is not None:
        try:
            _walk(root, (), document, set())
        except YAMLError as error:
            raise _not_yaml(file, error) from None
    return document


class _Constructor(SafeConstructor):
    """Dates stay texts, so that an impossible one is reported like any other value; so does what is tagged binary."""

    def construct_written_int(self, node: ScalarNode) -> WrittenInt:
        with _tag_must_fit(node):
            number = WrittenInt(self.construct_yaml_int(node))
        number.text = node.value
        return number

    def construct_written_float(self, node: ScalarNode) -> WrittenFloat:
        with _tag_must_fit(node):
            number = WrittenFloat(self.construct_yaml_float(node))
        number.text = node.value
        return number


@contextmanager
def _tag_must_fit(node: ScalarNode) -> Iterator[None]:
    """`!!int abc` is no number, whatever its tag says."""
    try:
        yield
    except ValueError:
        raise ConstructorError(None, None, _NO_CONSTRUCTOR, node.start_mark) from None


_NO_CONSTRUCTOR = "could not determine a constructor"  # as the parser says of a tag it does not know
_IN_ITSELF = "a value that holds itself"

_Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
_Constructor.add_constructor("tag:yaml.org,2002:binary", SafeConstructor.construct_yaml_str)
_Constructor.add_constructor("tag:yaml.org,2002:int", _Constructor.construct_written_int)
_Constructor.add_constructor("tag:yaml.org,2002:float", _Constructor.construct_written_float)


def _walk(node: Node, path: Steps, document: Document, seen: set[int]) -> None:
    if id(node) in seen:
        raise ConstructorError(None, None, _IN_ITSELF, node.start_mark)
    if isinstance(node, MappingNode):
        here: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            line = key.start_mark.line + 1
            if key.value in here and key.value != "<<":
                problem = texts("twice", key=key.value, line=here[key.value])
                document.problems.append(Problem((*path, key.value), problem, line))
            here.setdefault(key.value, line)
            document.lines[(*path, key.value)] = line
            _walk(value, (*path, key.value), document, seen | {id(node)})
    elif isinstance(node, SequenceNode):
        for at, value in enumerate(node.value):
            document.lines[(*path, at)] = value.start_mark.line + 1
            _walk(value, (*path, at), document, seen | {id(node)})


def _not_yaml(file: Path, error: YAMLError) -> SettingsError:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {"line": 1, "column": 1}
    reason = _reason(getattr(error, "problem", None) or "", getattr(error, "context", None) or "")
    return SettingsError(texts("not_yaml", file=file, reason=reason, **place), texts("not_yaml_advice"))


def _reason(problem: str, context: str) -> Message:
    for beginning, key in (
        ("mapping values are not allowed", "yaml_colon"),
        ("could not find expected ':'", "yaml_no_colon"),
        ("found undefined alias", "yaml_star"),
        (_NO_CONSTRUCTOR, "yaml_tag"),
        (_IN_ITSELF, "yaml_in_itself"),
        ("found character '\\t'", "yaml_tab"),
        ("found character", "yaml_character"),
        ("found unknown escape", "yaml_escape"),
        ("expected <block end>", "yaml_indentation"),
        ("but found another document", "yaml_documents"),
    ):
        if problem.startswith(beginning):
            return texts(key)
    if "quoted scalar" in context:
        return texts("yaml_quote")
    if "flow" in context:
        return texts("yaml_bracket")
    return texts("yaml_other")
