"""Everything that is wrong with a config.yaml, gathered and reported at once, each with its path.

A problem never holds a value from the file, since the value may be a secret in the wrong place.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from connector import __version__
from connector.errors import SettingsError
from connector.messages import Message
from connector.messages.config import texts
from connector.settings import Unfit, kinds

Step = str | int
Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake and where it is: the keys that lead there."""

    path: Steps
    message: Message
    line: int | None = None

    def render(self, language: str) -> str:
        """`sources.outlet.key: The environment variable OUTLET_KEY is not set. (line 14)`."""
        text = f"{written(self.path)}: {self.message.render(language)}" if self.path else self.message.render(language)
        return texts("at_line", problem=text, line=self.line).render(language) if self.line else text


class ConfigMistakesError(SettingsError):
    """A config.yaml cannot be used; `problems` says everything that is wrong with it.

    `file` None: it is not written yet, and what was entered for it cannot be used.
    """

    def __init__(self, file: Path | None, problems: Sequence[Problem], language: str | None = None) -> None:
        key = "one_problem" if len(problems) == 1 else "many_problems"
        if file is None:
            super().__init__(texts(f"{key}_entered", count=len(problems)), texts("problems_entered_advice"))
        else:
            super().__init__(texts(key, file=file, count=len(problems)), texts("problems_advice"))
        self.problems = tuple(problems)
        self.language = language  # the one the file asks for, where that much could be read
        self.hint = (
            texts("newer_advice", version=__version__)
            if any(problem.message.key.startswith(("unknown_key", "later")) for problem in problems)
            else None
        )

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {problem.render('en')}" for problem in self.problems)])


def written(path: Steps) -> str:
    """A path as people write it: `sources.outlet.key`, `surveys.files[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def unknown(path: Steps, known: Iterable[str]) -> Problem:
    """A key that does not exist, with the nearest one that does."""
    close = difflib.get_close_matches(str(path[-1]), list(known), n=1)
    return Problem(path, texts("unknown_key_like", like=close[0]) if close else texts("unknown_key"))


def of_model(model: type[BaseModel], data: Mapping[str, Any], error: ValidationError, at: Steps = ()) -> list[Problem]:
    """The problems that pydantic found in `data`, in our words; one for each place."""
    found: dict[Steps, Problem] = {}
    for item in error.errors(include_url=False, include_input=False):
        inside = _real_path(item["loc"], data, absent=item["type"] == "missing")
        path = at + inside
        if item["type"] == "extra_forbidden":
            problem = unknown(path, _keys_at(model, inside[:-1]))
        else:
            field = _field(model, inside)
            value = None if _secret(field) else _value_at(data, inside)
            problem = Problem(path, _message(item["type"], item.get("ctx", {}), field, value))
        found.setdefault(path, problem)
    return list(found.values())


def _message(kind: str, context: Mapping[str, Any], field: FieldInfo | None, value: Any) -> Message:
    raised = context.get("error")
    if isinstance(raised, Unfit):
        return raised.message
    if isinstance(raised, Exception) and not _secret(field):
        return texts("want_other_because", reason=str(raised).rstrip("."))
    if kind == "missing":
        return texts("missing")
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        close = difflib.get_close_matches(str(value), choices.split(", "), n=1)
        return (
            texts("want_one_of_like", choices=choices, like=close[0])
            if close
            else texts("want_one_of", choices=choices)
        )
    for limit, key in _LIMITS.items():
        if limit in context:
            return texts(key, limit=context[limit])
    for beginning, key in _KINDS:
        if kind.startswith(beginning):
            return texts(key)
    return texts("want_other")


_LIMITS = {
    "ge": "want_at_least",
    "gt": "want_more_than",
    "le": "want_at_most",
    "lt": "want_less_than",
    "min_length": "want_longer",
    "max_length": "want_shorter",
}
_KINDS = (
    ("string", "want_text"),
    ("bool", "want_bool"),
    ("int", "want_whole"),
    ("float", "want_number"),
    ("decimal", "want_number"),
    ("date", "want_date"),
    ("list", "want_list"),
    ("tuple", "want_list"),
    ("set", "want_list"),
    ("frozen_set", "want_list"),
    ("model", "want_block"),
    ("dict", "want_block"),
    ("mapping", "want_block"),
    ("dataclass", "want_block"),
)


def _real_path(location: Sequence[Step], data: Any, *, absent: bool) -> Steps:
    """The steps that exist in the file. Pydantic adds some for the branches of a union; `absent`: the last lacks."""
    path: list[Step] = []
    here = data
    for number, step in enumerate(location):
        if isinstance(here, Mapping) and (step in here or (absent and number == len(location) - 1)):
            here = here.get(step)
        elif isinstance(here, list | tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _value_at(data: Any, path: Steps) -> Any:
    for step in path:
        if isinstance(data, list | tuple) and isinstance(step, int):
            data = data[step]
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _model_at(model: type[BaseModel], path: Steps) -> type[BaseModel] | None:
    here: type[BaseModel] | None = model
    for step in path:
        field = here.model_fields.get(str(step)) if here else None
        here = _block(field) if field else None
    return here


def _block(field: FieldInfo) -> type[BaseModel] | None:
    for candidate in kinds(field):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _secret(field: FieldInfo | None) -> bool:
    return field is not None and SecretStr in kinds(field)


def _keys_at(model: type[BaseModel], path: Steps) -> list[str]:
    here = _model_at(model, path)
    return list(here.model_fields) if here else []


def _field(model: type[BaseModel], path: Steps) -> FieldInfo | None:
    here = _model_at(model, path[:-1]) if path else None
    return here.model_fields.get(str(path[-1])) if here else None
