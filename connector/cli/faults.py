"""Faults of the program itself: a traceback in a file that only the user can read, without secrets or addresses."""

from __future__ import annotations

import os
import re
import tempfile
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from connector import __version__

NAME = "connector-faults.log"
LARGEST = 1_000_000  # bytes; a larger file is begun anew

_MAIL = re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+")
_DATABASE_VALUES = re.compile(r"\[parameters:.*", re.DOTALL)  # SQLAlchemy shows the rows it could not write
_QUERY = re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]*")


def write(error: BaseException, beside: Path, secrets: Iterable[str]) -> Path | None:
    """Write the traceback down; the file it went to, or None where no directory takes one.

    Beside config.yaml if possible, else in the home directory, else where temporary files go.
    """
    text = f"{datetime.now(UTC).isoformat(timespec='seconds')} connector {__version__}\n{_story(error, secrets)}\n"
    for folder in (beside.absolute().parent, Path.home(), Path(tempfile.gettempdir())):
        file = folder / NAME
        try:
            full = file.exists() and file.stat().st_size > LARGEST
            flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
            with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return file
    return None


def place(error: BaseException) -> str:
    """File and line of this program or its libraries in which an error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def redacted(text: str, secrets: Iterable[str]) -> str:
    """A text without secrets, e-mail addresses, queries of addresses and values of database statements."""
    for secret in secrets:
        if len(secret) > 3:
            text = text.replace(secret, "…")
    return _MAIL.sub("…@…", _QUERY.sub(r"\1?…", _DATABASE_VALUES.sub("[parameters: …]", text)))


def _story(error: BaseException, secrets: Iterable[str]) -> str:
    chain: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in chain:
        chain.append(here)
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    parts = []
    for one in reversed(chain):
        frames = redacted("".join(traceback.format_tb(one.__traceback__)), secrets)
        parts.append(f"{frames}{type(one).__qualname__}: {redacted(str(one), secrets)[:500]}\n")
    return "\n".join(parts)
