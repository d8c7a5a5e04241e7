"""Putting a finished file in place: all of it or nothing.

A file is written beside its target under another name and then renamed over it, so that whoever opens the target sees
the old or the new one, never a half. What goes wrong on the way becomes a sentence, and nothing is left behind.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connector.errors import UsageError
from connector.messages import Message
from connector.messages.export import texts

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A path to write to; on leaving without an error the file there takes the place of `target`.

    Raises UsageError where the folder is missing or closed to us, the disk is full, or another program holds the
    target open.
    """
    if target.is_dir():
        raise UsageError(texts("target_is_folder", path=target), texts("target_is_folder_advice"))
    if target.exists() and not os.access(target, os.W_OK):
        raise UsageError(texts("target_locked", path=target), _closing(target))
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.touch()
            yield draft
        except OSError as fault:
            raise _said(fault, target) from fault
        _take_place(draft, target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _take_place(draft: Path, target: Path) -> None:
    try:
        os.replace(draft, target)  # noqa: PTH105 - named for what it is: atomic on all three systems
    except PermissionError as fault:  # Windows: a program has the target open
        raise UsageError(texts("target_locked", path=target), _closing(target)) from fault
    except OSError as fault:
        raise _said(fault, target) from fault


def _said(fault: OSError, target: Path) -> UsageError:
    if fault.errno in _FULL:
        return UsageError(texts("disk_full", path=target), texts("disk_full_advice"))
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return UsageError(texts("folder_closed", path=target.parent), texts("folder_closed_advice"))
    if isinstance(fault, FileExistsError | NotADirectoryError):
        return UsageError(texts("folder_is_file", path=target.parent), texts("folder_is_file_advice"))
    reason = fault.strerror or type(fault).__name__
    return UsageError(texts("not_written", path=target, reason=reason), texts("not_written_advice"))


def _closing(target: Path) -> Message:
    return texts("close_workbook" if target.suffix.lower() == ".xlsx" else "close_file", name=target.name)
