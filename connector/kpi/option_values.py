"""Values of options as people write them, and what is wrong with them in our words."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

from connector.errors import UsageError
from connector.messages import Message
from connector.messages.kpi import KPI
from connector.settings import Unfit


def parsed(text: str) -> Any:
    """The value as config.yaml would read it: `paid`, `90`, `null`, `[30, 90]`."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError):
        return text


def unknown(path: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for an option that does not exist; the advice names those like it."""
    names = list(known)
    close = difflib.get_close_matches(path if "." in names[0] else name, names, n=3, cutoff=0.5)
    return UsageError(KPI("option.unknown", path=path), KPI("option.unknown.advice", known=", ".join(close or names)))


_KINDS: tuple[tuple[str, Callable[[dict[str, Any]], Message]], ...] = (
    ("literal_error", lambda context: KPI("option.choice", expected=_choices(str(context["expected"])))),
    ("greater_than", lambda context: KPI("option.at_least", limit=context.get("ge", context.get("gt")))),
    ("less_than", lambda context: KPI("option.at_most", limit=context.get("le", context.get("lt")))),
    ("int", lambda _: KPI("option.whole_number")),
    ("float", lambda _: KPI("option.number")),
    ("decimal", lambda _: KPI("option.number")),
    ("finite", lambda _: KPI("option.number")),
    ("bool", lambda _: KPI("option.yes_no")),
    ("list", lambda _: KPI("option.list")),
    ("too_short", lambda _: KPI("option.list")),
)


def problem(error: ValidationError) -> Message:
    """What is wrong with a value, in our words. Of a union's branches the first one speaks."""
    first = error.errors(include_url=False, include_input=False)[0]
    context = first.get("ctx", {})
    if isinstance(raised := context.get("error"), Unfit):
        return raised.message
    for kind, message in _KINDS:
        if first["type"].startswith(kind):
            return message(context)
    return KPI("option.invalid")


def _choices(expected: str) -> str:
    """Pydantic's "'a', 'b' or 'c'" without quotes and without an English word."""
    return expected.replace("'", "").replace(" or ", " | ").replace(", ", " | ")


def written(value: Any) -> str:
    """A value as config.yaml writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("'", "")
