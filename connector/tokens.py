"""Tokens that a system changes by itself, such as a refresh token that is good for one use.

They cannot stand in config.yaml, which belongs to the owner, nor in the store, which is copied and exported. They lie
in one file beside the store that its owner alone may read; neither backups nor exports know of it.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from connector.errors import SettingsError
from connector.messages.tokens import texts

PATIENCE = 60.0  # seconds; renewing a login takes one request


class TokenVault:
    """The tokens of one source, kept under its name in `file`. Safe for several threads and processes."""

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self._name = name

    def __repr__(self) -> str:
        return f"<TokenVault {self.file}>"

    def read(self) -> Mapping[str, Any]:
        """What is kept of this source; empty where nothing is. SettingsError where the file cannot be read."""
        found = self._all().get(self._name, {})
        return found if isinstance(found, dict) else {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else renews a login meanwhile. SettingsError where the file could not be written afterwards.

        That is found out first: a token that is used before its successor can be saved would lock the owner out.
        """
        lock = FileLock(self.file.with_name(f".{self.file.name}.lock"), timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout:
            raise SettingsError(texts("held", file=self.file), texts("held_advice")) from None
        except OSError as error:
            raise self._unwritable() from error
        try:
            self._write(self._all())
            yield
        finally:
            lock.release()

    def keep(self, tokens: Mapping[str, Any]) -> None:
        """Put what is kept of this source, on the disk before this returns. To be called within `held`.

        SettingsError where the file cannot be written.
        """
        self._write({**self._all(), self._name: dict(tokens)})

    def _all(self) -> dict[str, Any]:
        try:
            content = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            raise SettingsError(texts("unreadable", file=self.file), texts("unreadable_advice")) from None
        return content if isinstance(content, dict) else {}

    def _write(self, content: Mapping[str, Any]) -> None:
        try:
            # `mkstemp` makes files that their owner alone may read; put in place in one go.
            handle, name = tempfile.mkstemp(prefix=f".{self.file.name}-", dir=self.file.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as new:
                    json.dump(content, new)
                    new.flush()
                    os.fsync(new.fileno())
                Path(name).replace(self.file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise self._unwritable() from error

    def _unwritable(self) -> SettingsError:
        return SettingsError(texts("unwritable", file=self.file), texts("unwritable_advice"))
