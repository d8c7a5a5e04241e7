"""The files that patterns mean, and which of them changed since a cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from connector.errors import Unavailable
from connector.messages.surveys import texts
from connector.surveys.sheets import ENDINGS

State = tuple[int, int]
"""Length in bytes and time of the last change in nanoseconds: a file that is still being written differs next time."""


class Position(msgspec.Struct, frozen=True):
    """The cursor: files as they were when they were read; and an instant, files older than which are not wanted."""

    files: dict[str, State] = {}
    since: int = 0  # microseconds UTC

    @classmethod
    def of(cls, cursor: str | None) -> Position:
        """What a cursor says; None is the beginning."""
        return cls() if cursor is None else msgspec.json.decode(cursor, type=cls)

    def cursor(self) -> str:
        """As the store keeps it."""
        return msgspec.json.encode(self).decode()

    def wants(self, file: str, state: State) -> bool:
        """Whether a file is to be read."""
        if file in self.files:
            return self.files[file] != state
        return state[1] // 1000 >= self.since


def matching(patterns: Iterable[str]) -> Mapping[str, State]:
    """The files that patterns mean with their states, the oldest first: what was exported later comes later.

    A folder means all files in it. Left out are what has another ending, hidden files, and what Excel puts beside a
    file that is open. `Unavailable` where a folder cannot be read.
    """
    found: dict[str, State] = {}
    for pattern in patterns:
        for file in _meant(Path(pattern)):
            if file.suffix.lower() not in ENDINGS or file.name.startswith((".", "~$")):
                continue
            try:
                about = file.stat()
            except OSError:
                continue  # moved away at this moment
            if file.is_file():
                found[str(file)] = (about.st_size, about.st_mtime_ns)
    return dict(sorted(found.items(), key=lambda item: (item[1][1], item[0])))


def _meant(pattern: Path) -> list[Path]:
    try:
        return list(pattern.iterdir() if pattern.is_dir() else _globbed(pattern))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        said = texts("unreadable_folder", folder=pattern, reason=reason)
        raise Unavailable(said, texts("unreadable_folder_advice")) from None


def _globbed(pattern: Path) -> Iterator[Path]:
    """What a pattern means. A file that bears the very name of a pattern, brackets and all, is that file."""
    if pattern.is_file():
        return iter((pattern,))
    return Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))
