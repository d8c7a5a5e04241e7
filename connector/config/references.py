"""`${NAME}` from the environment and `${file:/run/secrets/x}` from a file, filled in wherever a text stands.

`$${` stands for a plain `${`. In the login of a PostgreSQL address a value is percent-encoded, so that any password
fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from connector.config.files import reason
from connector.config.problems import Problem, Steps
from connector.messages import Message
from connector.messages.config import texts

_REFERENCE = re.compile(r"\$\$\{|\$\{([^}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEYS = frozenset(("bad_reference", "no_variable", "empty_variable", "no_file", "empty_file"))


class _MissingError(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


@dataclass
class Filled:
    """The data with every reference filled in, what could not be, and which values came from outside."""

    data: Any
    problems: list[Problem] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    unfilled: set[Steps] = field(default_factory=set)


def fill(data: Any, environment: Mapping[str, str], base: Path) -> Filled:
    """`data` with its references filled in; `${file:…}` is read relative to `base`."""
    filled = Filled(None)
    filled.data = _filled(data, (), environment, base, filled)
    return filled


def has_reference(text: str) -> bool:
    """Whether a text takes anything from outside."""
    return any(match[1] is not None for match in _REFERENCE.finditer(text))


def is_about_reference(problem: Problem) -> bool:
    """Whether a problem says that a reference could not be filled in."""
    return problem.message.key in _KEYS


def _filled(value: Any, path: Steps, environment: Mapping[str, str], base: Path, filled: Filled) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(item, (*path, key), environment, base, filled) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, (*path, at), environment, base, filled) for at, item in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    login_ends = value.rfind("@") if path == ("store",) and value.startswith("postgresql") else 0

    def replace(match: re.Match[str]) -> str:
        if match[1] is None:
            return "${"
        try:
            found = _looked_up(match[1].strip(), environment, base)
        except _MissingError as missing:
            filled.problems.append(Problem(path, missing.message))
            filled.unfilled.add(path)
            return ""
        filled.values.add(found)
        return quote(found, safe="") if match.end() <= login_ends else found

    return _REFERENCE.sub(replace, value)


def _looked_up(name: str, environment: Mapping[str, str], base: Path) -> str:
    if name.startswith("file:"):
        return _read(name.removeprefix("file:").strip(), base)
    if not _NAME.fullmatch(name):
        raise _MissingError(texts("bad_reference"))
    if name not in environment:
        raise _MissingError(texts("no_variable", name=name))
    if not environment[name].strip():
        raise _MissingError(texts("empty_variable", name=name))
    return environment[name].strip()


def _read(name: str, base: Path) -> str:
    try:
        text = (base / Path(name).expanduser()).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError) as error:
        raise _MissingError(texts("no_file", name=name, reason=reason(error))) from None
    if not text:
        raise _MissingError(texts("empty_file", name=name))
    return text
