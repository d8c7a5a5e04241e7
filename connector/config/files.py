"""Finding config.yaml and reading it, with a sentence for every way in which that fails."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from connector.errors import SettingsError
from connector.messages import Message
from connector.messages.config import texts


def config_path(named: str | Path | None) -> Path:
    """The file that is meant: the one named, else the one CONNECTOR_CONFIG names, else ./config.yaml."""
    return Path(named or os.environ.get("CONNECTOR_CONFIG") or "config.yaml").expanduser()


def read_text(file: Path) -> str:
    """The text of a config file. SettingsError where it is absent, cannot be read or is no UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(texts("absent", file=file), texts("absent_advice")) from None
    except UnicodeDecodeError:
        raise SettingsError(texts("not_text", file=file), texts("not_text_advice")) from None
    except OSError as error:
        said, advice = reason(error), texts("unreadable_file_advice")
        if file.is_dir():  # Windows calls that a lack of rights
            said, advice = texts("reason_directory"), texts("directory_advice", file=file / "config.yaml")
        raise SettingsError(texts("unreadable_file", file=file, reason=said), advice) from None


def reason(error: OSError | ValueError) -> Message | str:
    """Why a file could not be read; never its content. A ValueError comes of its encoding or an impossible name."""
    if isinstance(error, UnicodeDecodeError):
        return texts("reason_encoding")
    if isinstance(error, FileNotFoundError | ValueError):
        return texts("reason_absent")
    if isinstance(error, PermissionError):
        return texts("reason_denied")
    if isinstance(error, IsADirectoryError):
        return texts("reason_directory")
    return error.strerror or type(error).__name__


def readable_by_others(file: Path) -> bool:
    """Whether other users of this machine may read the file. Always False on Windows, which has no such bits."""
    if os.name == "nt":
        return False
    return bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
