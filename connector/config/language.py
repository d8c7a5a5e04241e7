"""The language of this machine's user, for everything said before a config.yaml is read."""

from __future__ import annotations

import locale
import os
import re
import sys
from pathlib import Path

from connector.messages import LANGUAGES


def system_language() -> str:
    """ "de" or "en": what the user's locale asks for where we speak it, else English.

    The environment decides as gettext has it: LC_ALL, LC_MESSAGES or LANG name the locale, and LANGUAGE lists wishes
    that come first unless the locale is C. Where it says nothing, Windows is asked for the language of its windows.
    """
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if _code(named) in ("c", "posix"):
        return "en"
    wishes = [wish for wish in (os.environ.get("LANGUAGE") or named).split(":") if wish]
    if not wishes and sys.platform == "win32":
        import ctypes

        wishes = [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
    return next((_code(wish) for wish in wishes if _code(wish) in LANGUAGES), "en")


def asked_language(file: Path) -> str | None:
    """ "de" or "en" where a config file asks for it, mistakes elsewhere in it or not; else None."""
    try:
        found = re.search(r"^language:\s*[\"']?(\w+)", file.read_text(encoding="utf-8-sig"), re.MULTILINE)
    except (OSError, ValueError):
        return None
    return found[1] if found and found[1] in LANGUAGES else None


def _code(name: str) -> str:
    return re.split(r"[-_.@]", name)[0].lower()
